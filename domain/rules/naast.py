"""Rules about one allocation next to another: what it needs, and what may not happen meanwhile."""

from collections.abc import Iterator
from datetime import date, timedelta

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Periode
from rekenschap.domain.conditions import Eisen
from rekenschap.domain.effects import days_of
from rekenschap.domain.facts import AfwezigheidGemeld, InzetGeregistreerd
from rekenschap.domain.identifiers import Product
from rekenschap.domain.rules.samenloop import Paar, added_days, matches
from rekenschap.domain.rules.tijd import clash, slot_of
from rekenschap.domain.rules.verblijf import claimed_nights
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.zaak import AFGEGEVEN, INZET, VERLENGD, Regelsoort, Zaak, regelsoort


@regelsoort("naast_vereist", 1, AFGEGEVEN)
@frozen(kw_only=True)
class NaastVereist(Regelsoort):
    """The allocation shares a day with another of these products (any other, when none is named).

    One that waits, was refused or withdrawn does not count. ``of`` are values of the step that make
    up for it.
    """

    producten: frozenset[Product] | None = None
    of: Eisen | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this = zaak.toewijzing
        for other in zaak.dossier.samenlopend(this.id, this.periode):
            wanted = self.producten is None and other.product != this.product
            if wanted or (self.producten is not None and other.product in self.producten):
                return VOLDOET
        for name, condition in (self.of or {}).items():
            value = zaak.stap.lees(name)
            if value is not AFWEZIG and condition.holds(value):
                return VOLDOET
        return breuk(naast=tuple(sorted(self.producten)) if self.producten else None)


@regelsoort("eigen_verwijzing", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class EigenVerwijzing(Regelsoort):
    """Next to each other only on different referrals: the same one, or none, is a breach."""

    paren: tuple[Paar, ...]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this = zaak.toewijzing
        days = this.periode if zaak.voor is None else added_days(zaak.voor.einddatum, this)
        if days is None:
            return None
        found: Bevinding | None = None
        for other in zaak.dossier.samenlopend(this.id, days):
            if not any(matches(this, other, pair) is True for pair in self.paren):
                continue
            own, its = this.lees("verwijzing"), other.lees("verwijzing")
            if own is AFWEZIG or its is AFWEZIG:
                found = found or zwijgt("verwijzing")
            elif own is None or its is None or own == its:
                return breuk(verwijzing=own, naast=other.id, verwijzing_daarvan=its)
            else:
                found = found or VOLDOET
        return found


@regelsoort("niet_tijdens_sessie", 1, INZET)
@frozen(kw_only=True)
class NietTijdensSessie(Regelsoort):
    """Individual help is not given during a group session of the same jeugdige, in either order.

    It needs both clock times of both; touching times do not overlap. ``niet`` are kinds of effort
    that are not judged.
    """

    individueel: frozenset[Product]
    groep: frozenset[Product]
    niet: frozenset[str] = frozenset()

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, InzetGeregistreerd)
        if step.soort in self.niet:
            return None
        single = zaak.product in self.individueel
        against = self.groep if single else self.individueel
        judged: Bevinding | None = None
        for other, fact in _effort_on(zaak, against):
            if fact.datum != step.datum or fact.soort in self.niet:
                continue
            if slot_of(step) is None or slot_of(fact) is None:
                judged = judged or zwijgt("begintijd")
            elif clash(step, fact):
                return breuk(begintijd=step.begintijd or None, tegelijk_met=other.id)
            else:
                judged = judged or VOLDOET
        return judged


@regelsoort("uitvoerder_uitgesloten", 1, INZET)
@frozen(kw_only=True)
class UitvoerderUitgesloten(Regelsoort):
    """These people do not give this help while an allocation of another product is valid.

    With ``tijdens_sessie`` only while a session of that other one is going on.
    """

    uitvoerders: frozenset[str]
    naast: frozenset[Product]
    tijdens_sessie: bool = False

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, InzetGeregistreerd)
        day = Periode(step.datum, step.datum)
        running = zaak.dossier.samenlopend(zaak.toewijzing.id, day)
        beside = [other for other in running if other.product in self.naast]
        if not beside:
            return None
        who = step.lees("uitvoerder")
        if who is AFWEZIG:
            return zwijgt("uitvoerder")
        if who not in self.uitvoerders:
            return VOLDOET
        for other in beside:
            sessions = (f for _, f in other.inzet() if f.datum == step.datum)
            if not self.tijdens_sessie or any(clash(step, f) for f in sessions):
                return breuk(uitvoerder=str(who), naast=other.id)
        return VOLDOET


@regelsoort("niet_tijdens_verblijf", 1, INZET)
@frozen(kw_only=True)
class NietTijdensVerblijf(Regelsoort):
    """No effort on a day whose night was claimed on a stay before; the departure is free.

    Effort over several days is judged on every one of them.
    """

    verblijf: frozenset[Product]
    niet: frozenset[str] = frozenset()

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, InzetGeregistreerd)
        if step.soort in self.niet:
            return None
        days = days_of(step)
        for other, stay in _effort_on(zaak, self.verblijf):
            taken = [night for night in claimed_nights(stay) if night in days]
            if taken:
                return breuk(dag=min(taken), verblijf=other.id)
        return VOLDOET


@regelsoort("niet_bij_afwezigheid", 1, INZET)
@frozen(kw_only=True)
class NietBijAfwezigheid(Regelsoort):
    """No effort on a day the jeugdige is away from one of these stays, or did not come.

    An absence counts whether or not it is charged, first and last day included; without an end it
    lasts until the day before the care is resumed. Effort over several days is judged on every one
    of them.
    """

    verblijf: frozenset[Product]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        days = days_of(zaak.stap)
        for other in zaak.dossier.andere(zaak.toewijzing.id):
            if other.product not in self.verblijf:
                continue
            for away in other.afwezigheden:
                if _away(away.feit, other).overlaps(days):
                    first = max(days.van, away.feit.van)
                    return breuk(dag=first, afwezig_van=away.feit.van, verblijf=other.id)
        missed = [n.feit.datum for n in zaak.toewijzing.no_shows if n.feit.declareren]
        if any(day in days for day in missed):
            return breuk(dag=min(d for d in missed if d in days), no_show=zaak.toewijzing.id)
        return VOLDOET


def _effort_on(
    zaak: Zaak, products: frozenset[Product]
) -> Iterator[tuple[Toewijzing, InzetGeregistreerd]]:
    for other in zaak.dossier.andere(zaak.toewijzing.id):
        if other.product in products:
            for _, fact in other.inzet():
                yield other, fact


def _away(fact: AfwezigheidGemeld, stay: Toewijzing) -> Periode:
    last: date | None = fact.tot_en_met
    if last is None:
        back = [day for day in stay.verloop.hervat if day > fact.van]
        last = min(back) - timedelta(days=1) if back else None
    return Periode(fact.van, last)
