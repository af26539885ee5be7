"""Rules about money: what is allocated and used is worth no more than a price, or an amount."""

from decimal import Decimal
from fractions import Fraction

import attrs
from attrs import frozen

from rekenschap.domain.facts import InzetGeregistreerd
from rekenschap.domain.inrichting import Tarief
from rekenschap.domain.quantities import Bedrag, half_up
from rekenschap.domain.rules.prijzen import (
    priced,
    size_at,
    size_in_euros,
    unit_price,
    used_before,
    used_in_euros,
)
from rekenschap.domain.rules.ruimte import left_in_euros
from rekenschap.domain.verdicts import VOLDOET, Bevinding, Gevolg, breuk, zwijgt
from rekenschap.domain.vocabulary import Ernst
from rekenschap.domain.zaak import (
    AFGEGEVEN,
    INZET,
    LASTEN,
    VERLENGD,
    Regelsoort,
    Rekenstap,
    Zaak,
    regelsoort,
)


@regelsoort("budget_tegen_tarief", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class BudgetTegenTarief(Regelsoort):
    """The budget is at most the size times the price in the text, or the lower one agreed.

    ``afspraak_telt`` false: the price in the text, whatever was agreed. At an extension the new
    totals are compared. Without a budget, a size or a price there is nothing to compare.
    """

    afspraak_telt: bool = True

    def judge(self, zaak: Zaak) -> Bevinding | None:
        allocation = zaak.toewijzing
        if allocation.budget is None:
            return None
        if allocation.omvang is None:
            return zwijgt("volume")
        price = unit_price(zaak, agreed=self.afspraak_telt)
        if price is None:
            return None
        if not isinstance(price, Tarief):
            return zwijgt(zaak.regeling.tariefsoort or "tarief")
        limit = size_at(allocation, price)
        if limit is None:
            return zwijgt("eenheid")
        if allocation.budget <= limit:
            return VOLDOET
        return breuk(
            budget=allocation.budget,
            omvang=allocation.omvang,
            tarief=price.bedrag,
            hoogstens=limit,
        )


@regelsoort("waarde_hoogstens_kenmerk", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class WaardeHoogstensKenmerk(Regelsoort):
    """What is allocated is worth at most the amount in a kenmerk.

    It is worth its budget, else the amount in ``anders``, else its size times the price. None in
    the kenmerk is a breach of the weight ``niet_vastgelegd``; without that the rule is silent.
    """

    kenmerk: str
    anders: str | None = None
    niet_vastgelegd: Ernst | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        limit = zaak.lees(self.kenmerk)
        if limit is None and self.niet_vastgelegd is not None:
            return breuk(self.niet_vastgelegd, **{self.kenmerk: None})
        if not isinstance(limit, Bedrag):
            return zwijgt(self.kenmerk)
        other = zaak.lees(self.anders) if self.anders is not None else None
        worth = zaak.toewijzing.budget
        if worth is None:
            worth = other if isinstance(other, Bedrag) else size_in_euros(zaak)
        if worth is None:
            return zwijgt("budget")
        return VOLDOET if worth <= limit else breuk(waarde=worth, **{self.kenmerk: limit})


@regelsoort("waarde_hoogstens", 1, AFGEGEVEN, VERLENGD, INZET)
@frozen(kw_only=True)
class WaardeHoogstens(Regelsoort):
    """What is allocated, or used, is worth at most so much, less the amount in a kenmerk."""

    bedrag: Decimal
    verminderd_met: str | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        limit = half_up(Fraction(self.bedrag) * 100)
        if self.verminderd_met is not None:
            less = zaak.lees(self.verminderd_met)
            if not isinstance(less, Bedrag):
                return zwijgt(self.verminderd_met)
            limit = Bedrag(max(limit.eurocent - less.eurocent, 0))
        used = zaak.gebeurtenis == INZET
        worth = used_in_euros(zaak) if used else size_in_euros(zaak)
        if worth is None:
            return zwijgt("budget")
        if worth <= limit:
            return VOLDOET
        before = used_before(zaak) if used else Fraction(0)
        return breuk(waarde=worth, hoogstens=limit, past_nog=left_in_euros(limit, before))


@regelsoort("waarde_maximum", 1, *LASTEN)
@frozen(kw_only=True)
class WaardeMaximum(Regelsoort):
    """All that is charged is worth no more than what was allocated: its budget, else its value."""

    def judge(self, zaak: Zaak) -> Bevinding | None:
        size = size_in_euros(zaak)
        if size is None:
            return None
        used = used_in_euros(zaak)
        if used is None:
            return zwijgt("tarief")
        if used <= size:
            return VOLDOET
        room = left_in_euros(size, used_before(zaak))
        return breuk(toegewezen=size, waarde_met_deze_stap=used, past_nog=room)


@regelsoort("uren_per_eenheid", 1, AFGEGEVEN, INZET)
@frozen(kw_only=True)
class UrenPerEenheid(Regelsoort):
    """A unit is worth at most so many hours at a price; effort no more than the hours worked.

    The hours are in the kenmerk ``gewerkt``. Effort without an amount is worth just that.
    """

    rekent = True

    per_uur: Decimal
    uren: Decimal
    gewerkt: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.gevolg.aantal is None:
            return None
        if isinstance(zaak.stap, InzetGeregistreerd):
            limit = self._worth(zaak.stap, zaak.gevolg.aantal)
            asked = zaak.stap.bedrag or None
            if asked is None or asked <= limit:
                return VOLDOET
            return breuk(bedrag=asked, hoogstens=limit)
        limit = priced(zaak.gevolg.aantal * self.uren, self.per_uur)
        budget = zaak.toewijzing.budget
        if budget is None or budget <= limit:
            return VOLDOET
        return breuk(budget=budget, hoogstens=limit)

    def waarde(self, stap: Rekenstap, gevolg: Gevolg) -> Gevolg:
        asks = isinstance(stap.feit, InzetGeregistreerd) and gevolg.waarde is None
        if not asks or gevolg.aantal is None:
            return gevolg
        assert isinstance(stap.feit, InzetGeregistreerd)
        return attrs.evolve(gevolg, waarde=self._worth(stap.feit, gevolg.aantal))

    def _worth(self, step: InzetGeregistreerd, amount: Decimal) -> Bedrag:
        hours = amount * self.uren
        worked = step.lees(self.gewerkt)
        if isinstance(worked, int | Decimal) and not isinstance(worked, bool):
            hours = min(hours, Decimal(worked))
        return priced(hours, self.per_uur)
