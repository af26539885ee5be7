"""Rules about the money of a personal budget: its price, and what is paid out of it."""

from decimal import Decimal
from fractions import Fraction

from attrs import evolve, frozen

from rekenschap.domain.absent import Afwezig
from rekenschap.domain.effects import value_of
from rekenschap.domain.facts import Betaald, ToewijzingAfgegeven
from rekenschap.domain.inrichting import Tarief
from rekenschap.domain.kenmerken import Waarde
from rekenschap.domain.quantities import IN_MINUTES, Bedrag, half_up
from rekenschap.domain.rules.ruimte import left_in_euros
from rekenschap.domain.verdicts import VOLDOET, Bevinding, Gevolg, breuk, zwijgt
from rekenschap.domain.vocabulary import Eenheid
from rekenschap.domain.zaak import AFGEGEVEN, Regelsoort, Rekenstap, Zaak, regelsoort

BETAALD = "Betaald"


@regelsoort("tarief_hoogstens", 1, AFGEGEVEN, BETAALD)
@frozen(kw_only=True)
class TariefHoogstens(Regelsoort):
    """A unit is worth at most so much: the price agreed, the budget, and what is paid.

    ``per`` are the units the amount is for; minutes count as part of an hour, and what is in
    another unit is not judged.
    """

    hoogstens: Decimal
    per: tuple[Eenheid, ...]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        if isinstance(step, Betaald):
            unit = step.eenheid or zaak.toewijzing.eenheid
            if not isinstance(step.aantal, Decimal):
                return zwijgt("aantal")
            most = self._worth(step.aantal, unit)
            if most is None or step.bedrag <= most:
                return None if most is None else VOLDOET
            return breuk(bedrag=step.bedrag, hoogstens=most)
        assert isinstance(step, ToewijzingAfgegeven)
        unit = step.eenheid or None
        price = self._worth(Decimal(1), unit)
        if price is None:
            return None
        if isinstance(step.tarief, Bedrag) and self._dearer(step.tarief, unit):
            return breuk(tarief=step.tarief, hoogstens=price)
        if isinstance(step.budget, Bedrag) and isinstance(step.volume, Decimal):
            most = self._worth(step.volume, unit)
            if most is not None and step.budget > most:
                return breuk(budget=step.budget, hoogstens=most)
        return VOLDOET

    def _worth(self, amount: Decimal, unit: Eenheid | None) -> Bedrag | None:
        """What a quantity is worth at most; None for a unit that is not judged."""
        part = self._part(unit)
        return None if part is None else half_up(Fraction(amount) * part)

    def _dearer(self, price: Bedrag, unit: Eenheid | None) -> bool:
        part = self._part(unit)
        return part is not None and price.eurocent > part

    def _part(self, unit: Eenheid | None) -> Fraction | None:
        """The exact most for one of a unit, in eurocent."""
        whole = Fraction(self.hoogstens) * 100
        if unit is None or unit in self.per:
            return whole
        if unit is Eenheid.MINUUT and Eenheid.UUR in self.per:
            return whole / IN_MINUTES[Eenheid.UUR]
        return None


@regelsoort("tarief_hoogstens_contract", 1, AFGEGEVEN)
@frozen(kw_only=True)
class TariefHoogstensContract(Regelsoort):
    """The price agreed is at most what the contracted help costs on the first day."""

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, ToewijzingAfgegeven)
        if not isinstance(step.tarief, Bedrag):
            return zwijgt("tarief")
        contracted = self._contracted(zaak, step)
        if contracted is None:
            return None
        most = _per(contracted, step.eenheid or contracted.per)
        if most is None or step.tarief.eurocent <= most:
            return None if most is None else VOLDOET
        return breuk(tarief=step.tarief, gecontracteerd=contracted.bedrag)

    def _contracted(self, zaak: Zaak, step: ToewijzingAfgegeven) -> Tarief | None:
        """The price that was fixed, else the one in the text; that of the same unit first."""
        unit, day = step.eenheid or None, step.ingangsdatum
        fixed = zaak.inrichting.tarief(step.product, day, unit)
        fixed = fixed or zaak.inrichting.tarief(step.product, day)
        known = zaak.regeling.producten.get(step.product)
        return fixed or (known.prijs(day, unit) if known is not None else None)


@regelsoort("betaald_hoogstens_budget", 1, BETAALD)
@frozen(kw_only=True)
class BetaaldHoogstensBudget(Regelsoort):
    """All that is paid out is at most the budget, or without one the size times the price."""

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step, allocation = zaak.stap, zaak.toewijzing
        assert isinstance(step, Betaald)
        budget = allocation.budget or self._value(zaak)
        if budget is None:
            return zwijgt("budget")
        earlier = zaak.voor.betalingen if zaak.voor is not None else ()
        total = Bedrag(sum(paid.bedrag.eurocent for paid in (*earlier, step)))
        if total <= budget:
            return VOLDOET
        room = left_in_euros(budget, total.eurocent - step.bedrag.eurocent)
        return breuk(budget=budget, samen_betaald=total, past_nog=room)

    def _value(self, zaak: Zaak) -> Bedrag | None:
        """The size of the allocation at the price agreed for it."""
        allocation = zaak.toewijzing
        price = allocation.lees("tarief")
        unit = _unit(allocation.lees("eenheid")) or allocation.eenheid
        if allocation.omvang is None or not isinstance(price, Bedrag) or unit is None:
            return None
        worth = value_of(
            Gevolg(
                eenheid=allocation.eenheid or unit,
                aantal=allocation.omvang,
                tarief=price,
                tarief_eenheid=unit,
            )
        )
        return None if worth is None else half_up(worth)


@regelsoort("saldo_na_betaling", 1, AFGEGEVEN, "BezwaarBeslist")
@frozen(kw_only=True)
class SaldoNaBetaling(Regelsoort):
    """What is left in money is less what was paid out, whatever was registered. Computes only."""

    rekent = True

    def judge(self, zaak: Zaak) -> Bevinding | None:
        return None

    def waarde(self, stap: Rekenstap, gevolg: Gevolg) -> Gevolg:
        return evolve(gevolg, saldo_na_betaling=True)


def _unit(told: Waarde | Afwezig) -> Eenheid | None:
    return told if isinstance(told, Eenheid) else None


def _per(price: Tarief, unit: Eenheid) -> Fraction | None:
    """A price for another unit, in eurocent; None where the units do not go together."""
    if price.per is unit:
        return Fraction(price.bedrag.eurocent)
    if price.per not in IN_MINUTES or unit not in IN_MINUTES:
        return None
    return Fraction(price.bedrag.eurocent) * IN_MINUTES[unit] / IN_MINUTES[price.per]
