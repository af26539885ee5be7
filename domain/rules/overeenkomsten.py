"""Rules about the contract with a provider: while it runs, after notice, and after withdrawals."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.conditions import Eisen
from rekenschap.domain.facts import OvereenkomstVastgelegd
from rekenschap.domain.facts.toewijzing import VERVANGEN_DOOR
from rekenschap.domain.kenmerken import Waarde
from rekenschap.domain.maanden import whole_months_after
from rekenschap.domain.peildatum import PeildatumBereikt
from rekenschap.domain.quantities import Bedrag, half_up
from rekenschap.domain.rules.declareren import care_month
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.vocabulary import Ernst
from rekenschap.domain.zaak import (
    AFGEGEVEN,
    GEDECLAREERD,
    PEILDATUM,
    Regelsoort,
    Zaak,
    regelsoort,
)

OPGEZEGD_OP = "opgezegd_op"
ONE_DAY = timedelta(days=1)


@regelsoort("overeenkomst_loopt", 1, AFGEGEVEN, GEDECLAREERD)
@frozen(kw_only=True)
class OvereenkomstLoopt(Regelsoort):
    """A contract is in force on the first day of an allocation, and in the month declared for.

    Before it begins is a breach. After ``tot_en_met``, or the later day in the kenmerk ``verlengd``
    of the provider, it is one of the weight ``daarna``.
    """

    leest_contract = True

    van: date
    tot_en_met: date
    verlengd: str
    daarna: Ernst

    def judge(self, zaak: Zaak) -> Bevinding | None:
        first = last = zaak.toewijzing.ingangsdatum
        if zaak.gebeurtenis == GEDECLAREERD:
            month = care_month(zaak)
            if month is None or month.tot_en_met is None:
                return zwijgt("periode")
            first, last = month.van, month.tot_en_met
        until = self.tot_en_met
        extended = told_by_contract(zaak, self.verlengd)
        if isinstance(extended, date):
            until = max(until, extended)
        if last < self.van:
            return breuk(dag=last, overeenkomst_van=self.van)
        if first > until:
            return breuk(self.daarna, dag=first, overeenkomst_tot_en_met=until)
        return VOLDOET


@regelsoort("overeenkomst_vereist", 1, AFGEGEVEN)
@frozen(kw_only=True)
class OvereenkomstVereist(Regelsoort):
    """The contract with the provider says certain things; what it does not say counts as none."""

    overal = True
    leest_contract = True

    eis: Eisen

    def judge(self, zaak: Zaak) -> Bevinding | None:
        wrong: dict[str, Waarde] = {}
        for name, condition in self.eis.items():
            value = told_by_contract(zaak, name)
            value = None if isinstance(value, Afwezig) else value
            if not condition.holds(value):
                wrong[name] = value
        return breuk(**wrong) if wrong else VOLDOET


@regelsoort("overeenkomst_opgezegd", 1, AFGEGEVEN)
@frozen(kw_only=True)
class OvereenkomstOpgezegd(Regelsoort):
    """After notice a contract runs off for whole months; later no allocation begins under it."""

    leest_contract = True

    uitloop: Termijn

    def judge(self, zaak: Zaak) -> Bevinding | None:
        given = told_by_contract(zaak, OPGEZEGD_OP)
        if not isinstance(given, date):
            return None
        last = whole_months_after(given, self.uitloop).tot_en_met
        assert last is not None
        first = zaak.toewijzing.ingangsdatum
        if first <= last:
            return VOLDOET
        return breuk(ingangsdatum=first, opgezegd_op=given, loopt_tot_en_met=last)


@regelsoort("opzegtermijn", 1, "ZorgGestopt")
@frozen(kw_only=True)
class Opzegtermijn(Regelsoort):
    """Care stops no earlier than a term after notice was given (``opgezegd_op``).

    With ``vanaf_volgende_maand`` the term begins on the first day of the next month, and care may
    stop on its last day. Without a day of notice nothing is judged.
    """

    termijn: Termijn
    vanaf_volgende_maand: bool = False

    def judge(self, zaak: Zaak) -> Bevinding | None:
        given = zaak.stap.lees(OPGEZEGD_OP)
        if not isinstance(given, date):
            return None
        first = self.termijn.na(given)
        if self.vanaf_volgende_maand:
            end = whole_months_after(given, self.termijn).tot_en_met
            assert end is not None
            first = end
        if zaak.stap.datum >= first:
            return VOLDOET
        return breuk(opgezegd_op=given, gestopt=zaak.stap.datum, niet_voor=first)


@regelsoort("aanbieder_uitgesloten", 1, AFGEGEVEN)
@frozen(kw_only=True)
class AanbiederUitgesloten(Regelsoort):
    """After so many withdrawals in a calendar year a provider is given nothing new for a term.

    Counted are those by ``door``, of every jeugdige. The term begins on the day of the one that
    makes up the number.
    """

    leest_aanbieder = True

    intrekkingen: int
    door: str
    duur: Termijn

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.toewijzing.aanbieder is None:
            return zwijgt("aanbieder")
        day = zaak.stap.datum
        for began in self._began(zaak.bij_aanbieder):
            until = self.duur.na(began)
            if began <= day < until:
                return breuk(uitgesloten_van=began, tot_en_met=until - ONE_DAY)
        return VOLDOET

    def _began(self, allocations: Iterable[Toewijzing]) -> list[date]:
        """The days on which the number was made up."""
        days = sorted(
            t.ingetrokken for t in allocations if t.ingetrokken is not None and _by(t, self.door)
        )
        seen: Counter[int] = Counter()
        found = []
        for day in days:
            seen[day.year] += 1
            if seen[day.year] == self.intrekkingen:
                found.append(day)
        return found


@regelsoort("gedeclareerd_per_jaar", 1, PEILDATUM)
@frozen(kw_only=True)
class GedeclareerdPerJaar(Regelsoort):
    """What a provider declared in the calendar year of a day is no more than an amount.

    A total as it is known elsewhere goes before what the ledger holds. Judged for providers whose
    contract says what is in ``overeenkomst``.
    """

    over_aanbieder = True
    leest_contract = True
    leest_aanbieder = True

    boven: Decimal
    overeenkomst: Eisen

    def judge(self, zaak: Zaak) -> Bevinding | None:
        contract = next(iter(zaak.contracten.values()), None)
        for name, condition in self.overeenkomst.items():
            value = AFWEZIG if contract is None else contract.lees(name)
            if value is AFWEZIG:
                return zwijgt(name)
            if not condition.holds(value):
                return None
        year = zaak.stap.datum.year
        assert isinstance(zaak.stap, PeildatumBereikt)
        total = zaak.stap.gedeclareerd_totaal
        if total is None:
            total = Bedrag(sum(_declared_in(year, zaak.bij_aanbieder)))
        if total.eurocent <= self.boven * 100:
            return VOLDOET
        return breuk(jaar=year, gedeclareerd=total, boven=half_up(Fraction(self.boven) * 100))


def _declared_in(year: int, allocations: Iterable[Toewijzing]) -> Iterator[int]:
    for allocation in allocations:
        for line in allocation.declaraties:
            if line.datum.year == year and isinstance(line.bedrag, Bedrag):
                yield line.bedrag.eurocent


def _by(allocation: Toewijzing, party: str) -> bool:
    """Whether a party withdrew an allocation, and not because another took its place."""
    gone = allocation.intrekking
    return gone is not None and gone.door == party and gone.lees(VERVANGEN_DOOR) is AFWEZIG


def contract_of(zaak: Zaak) -> OvereenkomstVastgelegd | None:
    """What is agreed with the provider of the allocation."""
    allocation = zaak.na or zaak.voor
    provider = allocation.aanbieder if allocation is not None else None
    return None if provider is None else zaak.contracten.get(provider)


def told_by_contract(zaak: Zaak, name: str) -> Waarde | Afwezig:
    """A value by name of the contract; AFWEZIG when there is none, or nobody told."""
    contract = contract_of(zaak)
    return AFWEZIG if contract is None else contract.lees(name)
