"""What a balance is, folded naively out of the recorded entries alone: nothing kept, nothing fast.

Written apart from the projections. It shares only the facts with them, and what makes a fact
effective (``domain/corrections.py``).
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from attrs import evolve, frozen

from rekenschap.application import Status, ToewijzingStand, Uitkomst
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.corrections import TenLasteZoalsBeslist, effective
from rekenschap.domain.facts import (
    AfwezigheidGemeld,
    BeginstandOvergenomen,
    Feit,
    GoedkeuringGeweigerd,
    GoedkeuringVerleend,
    InzetGeregistreerd,
    NoShowGeregistreerd,
    TenLasteGebracht,
    ToewijzingAfgegeven,
    ToewijzingGewijzigd,
    ToewijzingIngetrokken,
    Verlengd,
    VerzoekIngetrokken,
    ZorgGestart,
    ZorgGestopt,
    ZorgHervat,
)

Grant = ToewijzingAfgegeven | BeginstandOvergenomen
Missed = NoShowGeregistreerd | AfwezigheidGemeld
ONE_DAY = timedelta(days=1)


@frozen(kw_only=True)
class Stand:
    """What the oracle says of an allocation; the same fields as ``ToewijzingStand``."""

    status: Status
    product: str
    toegewezen: Decimal | None
    verbruikt: Decimal
    saldo: Decimal | None
    verbruikt_per_soort: dict[str, Decimal]
    sessies: int
    no_shows: dict[int, int]
    ingangsdatum: date
    einddatum: date | None
    startdatum: date | None


@frozen
class Counted:
    """A fact that counts: where it was recorded, what it says, what it weighs."""

    positie: int
    feit: Feit
    aantal: Decimal


@frozen(kw_only=True)
class Known:
    """What is known of one allocation at a position: its grant, and what counts on it."""

    grant: Boeking
    waits: bool
    counted: tuple[Counted, ...] = ()

    @property
    def first_day(self) -> date:
        fact = self.grant.feit
        assert isinstance(fact, Grant)
        return min(fact.datum, fact.ingangsdatum)


def known_of(log: Sequence[Boeking], name: str, known: int) -> Known | None:
    """What counts of an allocation as it was known at a position; None without a grant."""
    stream = f"toewijzing/{name}"
    entries = [b for b in log if b.positie <= known and b.feit.stroom == stream]
    asked: dict[int, Boeking] = {}
    grant: Boeking | None = None
    counted: dict[int, Counted] = {}
    reported: dict[int, Missed] = {}
    for entry in _that_count(entries, asked):
        fact = entry.feit
        if isinstance(fact, Grant):
            grant, counted, reported = entry, {}, {}
        elif grant is None:
            continue
        elif isinstance(fact, Missed):
            reported[entry.positie] = fact
        elif isinstance(fact, TenLasteGebracht):
            about = reported.get(fact.betreft)
            if about is not None and isinstance(fact, TenLasteZoalsBeslist):
                about = fact.feit
            if about is not None and about.declareren:
                counted[fact.betreft] = Counted(fact.betreft, about, _weight(entry))
        else:
            counted[entry.positie] = Counted(entry.positie, fact, _weight(entry))
    if grant is not None:
        return Known(grant=grant, waits=False, counted=tuple(counted.values()))
    waiting = [b for b in asked.values() if isinstance(b.feit, ToewijzingAfgegeven)]
    return Known(grant=waiting[0], waits=True) if waiting else None


def balance(known: Known | None, day: date) -> Stand | None:
    """The balance on a valid day; None when there was none yet."""
    if known is None or day < known.first_day:
        return None
    grant = known.grant.feit
    assert isinstance(grant, Grant)
    taken_over = isinstance(grant, BeginstandOvergenomen)
    facts = [c for c in known.counted if c.feit.datum <= day]
    charged = [c for c in facts if isinstance(c.feit, InzetGeregistreerd | Missed)]
    size = _size(known.grant)
    if size is not None:
        size += sum((c.aantal for c in facts if isinstance(c.feit, Verlengd)), Decimal(0))
    used = sum((c.aantal for c in charged), grant.verbruikt if taken_over else Decimal(0))
    per_kind: dict[str, Decimal] = {}
    no_shows: dict[int, int] = {}
    for one in charged:
        kind = _kind(one.feit)
        per_kind[kind] = per_kind.get(kind, Decimal(0)) + one.aantal
        if isinstance(one.feit, NoShowGeregistreerd):
            no_shows[one.feit.datum.year] = no_shows.get(one.feit.datum.year, 0) + 1
    starts = [c.feit.datum for c in facts if isinstance(c.feit, ZorgGestart)]
    if taken_over and grant.gestart:
        starts.append(grant.gestart)
    stopped = _stopped(grant, facts)
    withdrawn = any(isinstance(c.feit, ToewijzingIngetrokken) for c in facts)
    status = Status.WACHT if known.waits else Status.LOPEND
    if stopped is not None:
        status = Status.GESTOPT
    return Stand(
        status=Status.INGETROKKEN if withdrawn else status,
        product=_last(facts, ToewijzingGewijzigd, "product", grant.product),
        toegewezen=size,
        verbruikt=used,
        saldo=None if size is None else size - used,
        verbruikt_per_soort=per_kind,
        sessies=sum(1 for c in charged if c.feit.lees("sessie") is True),
        no_shows=no_shows,
        ingangsdatum=grant.ingangsdatum,
        einddatum=stopped or _latest(facts, grant.einddatum),
        startdatum=min(starts, default=None),
    )


def same(said: ToewijzingStand | None) -> Stand | None:
    """What the ledger said, in the fields the oracle knows."""
    if said is None:
        return None
    names = [name for name in Stand.__slots__ if not name.startswith("_")]
    values: dict[str, Any] = {name: getattr(said, name) for name in names}
    for name in ("verbruikt_per_soort", "no_shows"):
        values[name] = dict(values[name])
    return Stand(**values)


def counters(
    log: Sequence[Boeking], names: Sequence[str], day: date, known: int
) -> dict[str, dict[int, int]]:
    """Charged no-shows of these allocations per product they were granted for, and year."""
    found: dict[str, dict[int, int]] = {}
    for name in names:
        it = known_of(log, name, known)
        if it is None:
            continue
        grant = it.grant.feit
        assert isinstance(grant, Grant)
        for one in it.counted:
            if isinstance(one.feit, NoShowGeregistreerd) and one.feit.datum <= day:
                years = found.setdefault(grant.product, {})
                years[one.feit.datum.year] = years.get(one.feit.datum.year, 0) + 1
    return found


def interesting_days(log: Sequence[Boeking], name: str) -> list[date]:
    """Each day a fact names as its own, ever, with the day before and after; and the last day."""
    days = {date.max}
    for entry in log:
        if entry.feit.stroom != f"toewijzing/{name}":
            continue
        facts = (entry.feit, getattr(entry.feit, "nieuw", entry.feit))
        for fact in facts:
            for told in (fact.datum, getattr(fact, "ingangsdatum", fact.datum)):
                days |= {told - ONE_DAY, told, told + ONE_DAY}
    return sorted(days)


def allocations(log: Sequence[Boeking]) -> dict[str, str]:
    """Every toewijzing that was ever asked for, and the reference of its jeugdige."""
    grants = (b.feit for b in log if isinstance(b.feit, Grant))
    return {fact.toewijzing: fact.jeugdige for fact in grants}


def _that_count(entries: Sequence[Boeking], asked: dict[int, Boeking]) -> Iterator[Boeking]:
    """What counts, in the order it came to count: an approved step when it was approved."""
    for entry in effective(entries):
        outcome, fact = entry.beslissing.uitkomst, entry.feit
        if outcome is Uitkomst.GOEDKEURING_NODIG:
            asked[entry.positie] = entry
        elif outcome is Uitkomst.GEWEIGERD:
            continue
        elif isinstance(fact, GoedkeuringVerleend):
            if fact.betreft in asked:
                pending = asked.pop(fact.betreft)
                effect = entry.beslissing.gevolg or pending.beslissing.gevolg
                yield evolve(pending, beslissing=evolve(pending.beslissing, gevolg=effect))
        elif isinstance(fact, GoedkeuringGeweigerd | VerzoekIngetrokken):
            asked.pop(fact.betreft, None)
        else:
            yield entry


def _weight(entry: Boeking) -> Decimal:
    effect = entry.beslissing.gevolg
    return Decimal(0) if effect is None or effect.aantal is None else effect.aantal


def _size(entry: Boeking) -> Decimal | None:
    fact = entry.feit
    if isinstance(fact, BeginstandOvergenomen):
        return fact.volume if isinstance(fact.volume, Decimal) else None
    effect = entry.beslissing.gevolg
    return None if effect is None else effect.aantal


def _kind(fact: Feit) -> str:
    if isinstance(fact, InzetGeregistreerd):
        return fact.soort
    return "no_show" if isinstance(fact, NoShowGeregistreerd) else "afwezigheid"


def _stopped(grant: Feit, facts: Sequence[Counted]) -> date | None:
    """The last day of the care, if it stopped and was not taken up again later."""
    stopped = grant.gestopt or None if isinstance(grant, BeginstandOvergenomen) else None
    for one in _in_valid_order(facts):
        if isinstance(one.feit, ZorgGestopt):
            stopped = stopped or one.feit.datum
        elif isinstance(one.feit, ZorgHervat) and stopped is not None and one.feit.datum > stopped:
            stopped = None
    return stopped


def _latest(facts: Sequence[Counted], first: date | None) -> date | None:
    """The last day of the validity: an extension never shortens it, and None is without end."""
    named = [first, *(c.feit.einddatum for c in facts if isinstance(c.feit, Verlengd))]
    told = [day for day in named if day is not AFWEZIG]
    return None if None in told else max(day for day in told if isinstance(day, date))


def _last(facts: Sequence[Counted], kind: type[Feit], name: str, first: Any) -> Any:
    """The value told last, by valid day, in a field that may be left out."""
    told = [getattr(c.feit, name) for c in _in_valid_order(facts) if isinstance(c.feit, kind)]
    told = [value for value in told if value is not AFWEZIG]
    return told[-1] if told else first


def _in_valid_order(facts: Sequence[Counted]) -> list[Counted]:
    return sorted(facts, key=lambda c: (c.feit.datum, c.positie))
