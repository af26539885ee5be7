"""Rules about other allocations of the jeugdige, however long ago: before, beside, or ever."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from attrs import field, frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.conditions import Eisen
from rekenschap.domain.identifiers import Product
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.zaak import AFGEGEVEN, Regelsoort, Zaak, regelsoort

Wanneer = Literal["ooit", "eerder", "naast_of_eerder"]


@regelsoort("eerder_uitgesloten", 1, AFGEGEVEN)
@frozen(kw_only=True)
class EerderUitgesloten(Regelsoort):
    """The jeugdige has no other allocation of these products, running or over, however long ago.

    ``behalve`` are values of the step that make up for it.
    """

    producten: frozenset[Product]
    behalve: Eisen = field(factory=dict)

    def judge(self, zaak: Zaak) -> Bevinding | None:
        found = next(others_of(zaak, self.producten), None)
        if found is None:
            return VOLDOET
        for name, condition in self.behalve.items():
            value = zaak.stap.lees(name)
            if value is not AFWEZIG and condition.holds(value):
                return VOLDOET
        return breuk(al_toegewezen=found.id)


@regelsoort("eerder_vereist", 1, AFGEGEVEN)
@frozen(kw_only=True)
class EerderVereist(Regelsoort):
    """The jeugdige has another allocation of one of these products, running or over.

    ``wanneer``: ``ooit`` is any that is known, ``eerder`` one decided no later, ``naast_of_eerder``
    one that began before this one ends. Where the step is about an allocation of such a product,
    that one counts for ``ooit``.
    """

    overal = True

    producten: frozenset[Product]
    wanneer: Wanneer = "ooit"

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if any(self._in_time(other, zaak) for other in self._known(zaak)):
            return VOLDOET
        return breuk(vereist=tuple(sorted(self.producten)), wanneer=self.wanneer)

    def _known(self, zaak: Zaak) -> Iterator[Toewijzing]:
        own = zaak.voor if self.wanneer == "ooit" else None
        if own is not None and own.product in self.producten and own.ingetrokken is None:
            yield own
        yield from others_of(zaak, self.producten)

    def _in_time(self, other: Toewijzing, zaak: Zaak) -> bool:
        match self.wanneer:
            case "ooit":
                return True
            case "eerder":
                return decided_on(other) <= zaak.stap.datum
            case _:
                last = zaak.toewijzing.einddatum
                return last is None or other.ingangsdatum <= last


@regelsoort("tussentijd_minimum", 1, AFGEGEVEN)
@frozen(kw_only=True)
class TussentijdMinimum(Regelsoort):
    """Between the first day of an allocation of these products and that of this one lies a term.

    The day on which the term is over is late enough.
    """

    producten: frozenset[Product]
    termijn: Termijn

    def judge(self, zaak: Zaak) -> Bevinding | None:
        day = zaak.toewijzing.ingangsdatum
        for other in others_of(zaak, self.producten):
            first, second = sorted((day, other.ingangsdatum))
            if second < self.termijn.na(first):
                allowed = self.termijn.na(other.ingangsdatum)
                return breuk(vorige=other.id, ingangsdatum=day, vanaf=allowed)
        return VOLDOET


@regelsoort("een_per_kalenderjaar", 1, AFGEGEVEN)
@frozen(kw_only=True)
class EenPerKalenderjaar(Regelsoort):
    """At most one allocation of these products per jeugdige in a calendar year, by its decision."""

    producten: frozenset[Product]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        year = zaak.stap.datum.year
        for other in others_of(zaak, self.producten):
            if decided_on(other).year == year:
                return breuk(jaar=year, al_toegewezen=other.id)
        return VOLDOET


def others_of(zaak: Zaak, products: frozenset[Product]) -> Iterator[Toewijzing]:
    """The other allocations of these products that count; one that was withdrawn does not."""
    allocation = zaak.na or zaak.voor
    for key, other in zaak.dossier.toewijzingen.items():
        itself = allocation is not None and key == allocation.id
        if not itself and other.product in products and other.ingetrokken is None:
            yield other


def decided_on(allocation: Toewijzing) -> date:
    """The day of the decision."""
    return allocation.afgifte.datum
