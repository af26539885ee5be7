"""Rules about stays: nights and days that are claimed, and being in one place at a time."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from attrs import frozen

from rekenschap.domain.calendar import iso_week
from rekenschap.domain.facts import InzetGeregistreerd
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.vocabulary import Eenheid
from rekenschap.domain.zaak import INZET, Regelsoort, Zaak, regelsoort


@regelsoort("nachten_maximum", 1, INZET)
@frozen(kw_only=True)
class NachtenMaximum(Regelsoort):
    """No more is claimed than the stay has nights, or days where the departure counts."""

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, InzetGeregistreerd)
        if not isinstance(step.aankomst, date) or not isinstance(step.vertrek, date):
            return None
        held = (step.vertrek - step.aankomst).days + zaak.vertrekdag_telt
        return VOLDOET if step.aantal <= held else breuk(aantal=step.aantal, hoogstens=held)


@regelsoort("hoogstens_kenmerk", 1, INZET)
@frozen(kw_only=True)
class HoogstensKenmerk(Regelsoort):
    """No more is claimed than a kenmerk says; what nobody told judges nothing.

    With ``geen_is_nul`` an explicit none is zero, otherwise it judges nothing either.
    """

    kenmerk: str
    geen_is_nul: bool = False

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step, bound = zaak.stap, zaak.stap.lees(self.kenmerk)
        assert isinstance(step, InzetGeregistreerd)
        if bound is None and self.geen_is_nul:
            bound = 0
        if isinstance(bound, bool) or not isinstance(bound, int | Decimal):
            return None
        if step.aantal <= bound:
            return VOLDOET
        return breuk(aantal=step.aantal, **{self.kenmerk: bound})


@regelsoort("dagen_per_week", 1, INZET)
@frozen(kw_only=True)
class DagenPerWeek(Regelsoort):
    """At most so many days claimed per ISO week, earlier stays included."""

    hoogstens: int

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, InzetGeregistreerd)
        own = list(claimed_days(step))
        weeks = {iso_week(day) for day in own}
        claimed: Counter[tuple[int, int]] = Counter()
        for _, stay in zaak.toewijzing.inzet():
            claimed.update(iso_week(day) for day in claimed_days(stay))
        most = max((claimed[week] for week in weeks), default=0)
        if most <= self.hoogstens:
            return VOLDOET
        return breuk(hoogstens=self.hoogstens, in_de_week=most)


@regelsoort("een_verblijf_per_nacht", 1, INZET)
@frozen(kw_only=True)
class EenVerblijfPerNacht(Regelsoort):
    """Presence is claimed once per night: two stays of one jeugdige never claim the same one."""

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, InzetGeregistreerd)
        own = set(claimed_nights(step))
        for other in zaak.dossier.andere(zaak.toewijzing.id):
            if other.eenheid is not Eenheid.ETMAAL:
                continue
            for _, stay in other.inzet():
                both = own.intersection(claimed_nights(stay))
                if both:
                    return breuk(nacht=min(both), al_geclaimd_op=other.id)
        return VOLDOET


def claimed_nights(stay: InzetGeregistreerd) -> Iterator[date]:
    """The nights of a stay that are claimed: its claimed days, the day of departure excepted."""
    departure = stay.vertrek or date.max
    return (day for day in claimed_days(stay) if day < departure)


def claimed_days(stay: InzetGeregistreerd) -> Iterator[date]:
    """The days of a stay that are claimed: the first ``aantal`` from the arrival, or of its run."""
    first = stay.aankomst or stay.van or stay.datum
    for offset in range(int(stay.aantal)):
        yield first + timedelta(days=offset)
