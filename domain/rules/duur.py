"""Rules about how long: at least a term, so many days from the start, within an age."""

from collections.abc import Iterator
from datetime import date, timedelta

from attrs import frozen

from rekenschap.domain.calendar import Periode, Termijn
from rekenschap.domain.effects import days_of
from rekenschap.domain.identifiers import Product
from rekenschap.domain.rules.leeftijd import GEBOORTEDATUM, age_on
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.zaak import AFGEGEVEN, INZET, VERLENGD, Regelsoort, Zaak, regelsoort

ONE_DAY = timedelta(days=1)


@regelsoort("duur_minimum", 1, AFGEGEVEN)
@frozen(kw_only=True)
class DuurMinimum(Regelsoort):
    """The allocation lasts at least a term, its first day being day one; an open end does."""

    termijn: Termijn

    def judge(self, zaak: Zaak) -> Bevinding | None:
        allocation = zaak.toewijzing
        least = self.termijn.laatste_dag_vanaf(allocation.ingangsdatum)
        if allocation.einddatum is None or allocation.einddatum >= least:
            return VOLDOET
        return breuk(einddatum=allocation.einddatum, ten_minste_tot_en_met=least)


@regelsoort("looptijd_maximum", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class LooptijdMaximum(Regelsoort):
    """The whole validity lasts at most a term, extensions of whatever kind included.

    Its first day is day one; an open end exceeds every term.
    """

    termijn: Termijn

    def judge(self, zaak: Zaak) -> Bevinding | None:
        allocation = zaak.toewijzing
        most = self.termijn.laatste_dag_vanaf(allocation.ingangsdatum)
        if allocation.einddatum is not None and allocation.einddatum <= most:
            return VOLDOET
        return breuk(einddatum=allocation.einddatum, laatste_dag=most)


@regelsoort("duur_vanaf_start", 1, AFGEGEVEN, INZET)
@frozen(kw_only=True)
class DuurVanafStart(Regelsoort):
    """Care lasts at most so many days: day one is its start, else the first day of the validity.

    No effort lies past the last of them and no last day that was given; an open end means it.
    """

    dagen: int

    def judge(self, zaak: Zaak) -> Bevinding | None:
        allocation = zaak.toewijzing
        last = last_day_of(allocation, self.dagen)
        named = allocation.einddatum
        if zaak.gebeurtenis == INZET:
            named = days_of(zaak.stap, stays_through=zaak.vertrekdag_telt).tot_en_met
        if named is None or named <= last:
            return VOLDOET
        return breuk(dag_een=day_one(allocation), laatste_dag=last, loopt_tot_en_met=named)


@regelsoort("keten_maximum", 1, AFGEGEVEN)
@frozen(kw_only=True)
class KetenMaximum(Regelsoort):
    """Different products after or over each other last no longer than the first of them may.

    A link overlaps the one before it or begins on the day after; one without a last day lasts
    ``dagen``. Only a last day that was given is judged.
    """

    producten: frozenset[Product]
    dagen: int

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this = zaak.toewijzing
        if this.einddatum is None:
            return None
        chain = list(self._before(this, zaak))
        if not chain:
            return None
        first = min(chain, key=day_one)
        last = last_day_of(first, self.dagen)
        if this.einddatum <= last:
            return VOLDOET
        return breuk(eerste=first.id, dag_een=day_one(first), laatste_dag=last)

    def _before(self, this: Toewijzing, zaak: Zaak) -> Iterator[Toewijzing]:
        """The allocations this one follows, directly or through others."""
        rest = [t for t in zaak.dossier.andere(this.id) if t.product in self.producten]
        rest = [t for t in rest if t.ingetrokken is None]
        reached = [this]
        while reached:
            link = reached.pop()
            for other in [t for t in rest if self._follows(link, t)]:
                rest.remove(other)
                reached.append(other)
                yield other

    def _follows(self, link: Toewijzing, earlier: Toewijzing) -> bool:
        runs = earlier.looptijd
        if runs is None or earlier.product == link.product:
            return False
        last = runs.tot_en_met or last_day_of(earlier, self.dagen)
        return runs.van <= link.ingangsdatum <= last + ONE_DAY


@regelsoort("gelijktijdig_vereist", 1, AFGEGEVEN)
@frozen(kw_only=True)
class GelijktijdigVereist(Regelsoort):
    """The allocation shares a day with another of these products.

    One of ``kort`` without a last day lasts at most ``dagen``, from the start of its care.
    """

    producten: frozenset[Product]
    kort: frozenset[Product]
    dagen: int

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this = zaak.toewijzing
        own = self._runs(this)
        for other in zaak.dossier.andere(this.id):
            counts = other.product in self.producten and other.ingetrokken is None
            runs = self._runs(other) if counts else None
            if own is not None and runs is not None and runs.overlaps(own):
                return VOLDOET
        return breuk(naast=tuple(sorted(self.producten)))

    def _runs(self, allocation: Toewijzing) -> Periode | None:
        runs = allocation.looptijd
        if runs is None or runs.tot_en_met is not None or allocation.product not in self.kort:
            return runs
        return Periode(runs.van, max(runs.van, last_day_of(allocation, self.dagen)))


@regelsoort("leeftijd_hele_looptijd", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class LeeftijdHeleLooptijd(Regelsoort):
    """At least ``van`` on the first day, and the last day lies before the birthday of ``tot``.

    An open end reaches every birthday, unless ``open_einde`` says how long it then lasts.
    """

    leest_geboortedatum = True

    tot: int
    van: int = 0
    open_einde: Termijn | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        born = zaak.geboortedatum
        if born is None:
            return zwijgt(GEBOORTEDATUM)
        this = zaak.toewijzing
        begins = age_on(born, this.ingangsdatum)
        if zaak.voor is None and self.van and begins < self.van:
            return breuk(leeftijd_bij_aanvang=begins, van=self.van)
        last = this.einddatum
        if last is None and self.open_einde is not None:
            last = self.open_einde.laatste_dag_vanaf(this.ingangsdatum)
        if last is not None and last < Termijn(jaren=self.tot).na(born):
            return VOLDOET
        at_the_end = None if last is None else age_on(born, last)
        return breuk(leeftijd_op_laatste_dag=at_the_end, tot=self.tot)


def day_one(allocation: Toewijzing) -> date:
    """The day the care started, else the first day of the validity."""
    return allocation.gestart or allocation.ingangsdatum


def last_day_of(allocation: Toewijzing, days: int) -> date:
    """The last day of so many, the first being the start of care."""
    return Termijn(dagen=days).laatste_dag_vanaf(day_one(allocation))
