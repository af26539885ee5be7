"""The difference between two answers: which facts and rules, and what that does to the case."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final

import attrs
from attrs import frozen

from rekenschap.application.lezen import Bekend
from rekenschap.application.other_rules import Regels
from rekenschap.application.standen import SpoorRegel, ToewijzingStand
from rekenschap.domain.facts import GegevenIngetrokken
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.herziening import Herziening
from rekenschap.domain.verdicts import Beslissing
from rekenschap.domain.vergelijking import Vergelijking
from rekenschap.domain.vocabulary import Ernst, Uitkomst

CLOCKS: Final = frozenset({"toewijzing", "jeugdige", "geldig_op", "bekend_op", "volgens"})
"""Fields of a balance that say what was asked, not what was found."""


@frozen(kw_only=True)
class Gezichtspunt:
    """From where one looks: a valid day, what was known, and under which rules.

    None is today, now, and the rules of the decisions themselves.
    """

    geldig_op: date | None = None
    bekend_op: Bekend = None
    regels: Regels = None


@frozen(kw_only=True)
class Gezien:
    """The clocks an answer used: the day, the position, and the rules in one line."""

    geldig_op: date
    bekend_op: int
    volgens: str
    regeling: str | None


class Feitsoort(StrEnum):
    """Why a fact is in one view and not, or not like that, in the other."""

    LATER_BEKEND = "later_bekend"
    GECORRIGEERD = "gecorrigeerd"
    INGETROKKEN = "ingetrokken"
    HERSTELD = "hersteld"
    LATERE_DAG = "latere_dag"


@frozen
class Feitverschil:
    """A fact that is not the same in both views.

    ``feit`` is its line of the trail; ``door`` what corrected it or took it back, in the view in
    which it did. ``hersteld``: what changed it was itself taken back. ``latere_dag``: known in
    both, about a day that only one of them reaches.
    """

    soort: Feitsoort
    feit: SpoorRegel
    door: SpoorRegel | None = None


@frozen
class Besluitverschil:
    """A decision with another outcome, other rules that spoke or other grounds.

    ``een`` and ``ander`` are its lines in the trail of each view; None where it has none.
    """

    een: SpoorRegel | None
    ander: SpoorRegel | None


@frozen
class Heroverweging:
    """A decision that would be different by what is known in the second view, under its own rules:
    the answer it had, and the one it would have."""

    beslissing: str
    gebeurtenis: str
    datum: date
    toen: Beslissing
    nu: Beslissing


@frozen
class Veldverschil:
    """A field of the balance with its two values; None where there was no balance."""

    veld: str
    een: Any
    ander: Any


@frozen
class Lezingverschil:
    """A reading that is another one in the second view; None where a version has none."""

    optie: str
    een: Optiewaarde
    ander: Optiewaarde


@frozen(kw_only=True)
class Verschil:
    """Everything that differs from the first view (``een``) to the second (``ander``).

    ``regels`` is None when the same text governs both.
    """

    toewijzing: str
    een: Gezien
    ander: Gezien
    feiten: tuple[Feitverschil, ...]
    besluiten: tuple[Besluitverschil, ...]
    te_herzien: tuple[Heroverweging, ...]
    regels: Vergelijking | None
    lezingen: tuple[Lezingverschil, ...]
    stand: tuple[Veldverschil, ...]

    @property
    def gelijk(self) -> bool:
        """Whether nothing differs."""
        found = (self.feiten, self.besluiten, self.te_herzien, self.lezingen, self.stand)
        return not any(found) and (self.regels is None or self.regels.gelijk)


def of_facts(
    one: Sequence[SpoorRegel], other: Sequence[SpoorRegel], een: Gezien, ander: Gezien
) -> Iterator[Feitverschil]:
    """The facts that differ, in the order of the record; changes themselves stand with the fact.

    The trails are whole; what is about a later day than that of a view is not seen in it. What
    both views know and only one has, or has changed, differs by its rules: that is a decision.
    """
    before = {line.bekend_op: line for line in one}
    after = {line.bekend_op: line for line in other}
    both_know = min(een.bekend_op, ander.bekend_op)
    for position in sorted({*before, *after}):
        was, now = before.get(position), after.get(position)
        line = now or was
        assert line is not None
        in_one = was is None or now is None
        if line.gebeurtenis in CHANGES or (in_one and position <= both_know):
            continue
        seen = (
            was is not None and line.geldig_op <= een.geldig_op,
            now is not None and line.geldig_op <= ander.geldig_op,
        )
        if seen[0] is not seen[1]:
            yield Feitverschil(Feitsoort.LATER_BEKEND if in_one else Feitsoort.LATERE_DAG, line)
        elif een.bekend_op != ander.bekend_op and all(seen) and _replaced(was) != _replaced(now):
            assert was is not None
            assert now is not None
            yield _changed(was, now, before, after)


def _replaced(line: SpoorRegel | None) -> int | None:
    return None if line is None else line.achterhaald_op


CHANGES: Final = frozenset({"GegevenGecorrigeerd", "GegevenIngetrokken"})


def _changed(
    was: SpoorRegel,
    now: SpoorRegel,
    before: Mapping[int, SpoorRegel],
    after: Mapping[int, SpoorRegel],
) -> Feitverschil:
    if now.achterhaald_op is None:
        return Feitverschil(Feitsoort.HERSTELD, now, before.get(was.achterhaald_op or 0))
    by = after.get(now.achterhaald_op)
    taken_back = by is not None and isinstance(by.feit, GegevenIngetrokken)
    kind = Feitsoort.INGETROKKEN if taken_back else Feitsoort.GECORRIGEERD
    return Feitverschil(kind, now, by)


def of_decisions(
    one: Sequence[SpoorRegel], other: Sequence[SpoorRegel], both_know: int
) -> Iterator[Besluitverschil]:
    """The decisions up to a position that both views know, and that came out otherwise; and what
    only follows in one of them."""
    before, after = _by_line(one), _by_line(other)
    for key in sorted({*before, *after}):
        was, now = before.get(key), after.get(key)
        if key[0] <= both_know and _heart(was) != _heart(now):
            yield Besluitverschil(was, now)


def _by_line(trail: Sequence[SpoorRegel]) -> dict[tuple[int, str, int], SpoorRegel]:
    """By position, event and how many of these came before: what was never recorded shares the
    position of what it follows from."""
    found: dict[tuple[int, str, int], SpoorRegel] = {}
    for line in trail:
        number = 0
        while (key := (line.bekend_op, line.gebeurtenis, number)) in found:
            number += 1
        found[key] = line
    return found


def _heart(line: SpoorRegel | None) -> tuple[Uitkomst, frozenset[tuple[str, Ernst]], Any] | None:
    if line is None:
        return None
    return line.uitkomst, frozenset((v.regel, v.ernst) for v in line.verdicts), line.gronden


def of_balances(
    one: ToewijzingStand | None, other: ToewijzingStand | None
) -> Iterator[Veldverschil]:
    """The fields of the balance that differ."""
    for name in (a.name for a in attrs.fields(ToewijzingStand)):
        was, now = getattr(one, name, None), getattr(other, name, None)
        if name not in CLOCKS and was != now:
            yield Veldverschil(name, was, now)


def of_readings(
    one: Mapping[str, Optiewaarde], other: Mapping[str, Optiewaarde]
) -> Iterator[Lezingverschil]:
    """The readings that differ."""
    for name in sorted({*one, *other}):
        if one.get(name) != other.get(name):
            yield Lezingverschil(name, one.get(name), other.get(name))


def of_reviews(grootboek: str, found: Sequence[Herziening]) -> Iterator[Heroverweging]:
    """Decisions to look at again, as they are told."""
    for one in found:
        entry = one.besluit.boeking
        yield Heroverweging(
            beslissing=f"{grootboek}/{entry.positie}",
            gebeurtenis=type(entry.feit).__name__,
            datum=entry.feit.datum,
            toen=one.toen,
            nu=one.nu,
        )
