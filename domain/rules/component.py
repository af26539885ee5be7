"""Rules about a fixed amount that comes with care of another product, once."""

from datetime import date, timedelta
from decimal import Decimal

from attrs import frozen

from rekenschap.domain.facts import Gedeclareerd
from rekenschap.domain.identifiers import Product, VerwijzingId
from rekenschap.domain.rules.declaraties import ONE, declared, stands
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.zaak import Regelsoort, Zaak, regelsoort


@regelsoort("component_eenmalig", 1, "Gedeclareerd")
@frozen(kw_only=True)
class ComponentEenmalig(Regelsoort):
    """A component is declared once per allocation of another product, and not again after relapse.

    The first referral opens a window; one up to so many days later gets no component, a later one
    opens a new window. Without an allocation of that product there is none.
    """

    component: Product
    bij_product: Product
    hoogstens: Decimal
    niet_binnen_dagen: int

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step, own = zaak.stap, zaak.voor
        assert isinstance(step, Gedeclareerd)
        assert own is not None
        if declared(step, own) != self.component:
            return None
        beside = self._beside(own, step, zaak)
        if beside is None:
            return breuk(vereist=self.bij_product)
        if (step.aantal or ONE) > self.hoogstens:
            return breuk(aantal=step.aantal or ONE, hoogstens=self.hoogstens)
        if stands(self._claims(beside, zaak)):
            return breuk(al_gedeclareerd_bij=beside.id)
        came, opened = came_in(beside, zaak), self._window(beside, zaak)
        if came == opened:
            return VOLDOET
        last = opened + timedelta(days=self.niet_binnen_dagen)
        return breuk(aanmelding=came, eerste_aanmelding=opened, tot_en_met=last)

    def _known(self, zaak: Zaak) -> list[Toewijzing]:
        known = zaak.dossier.toewijzingen.values()
        return [t for t in known if t.product == self.bij_product and t.ingetrokken is None]

    def _beside(self, own: Toewijzing, claim: Gedeclareerd, zaak: Zaak) -> Toewijzing | None:
        """The allocation a claim belongs to: its own, or the one on the same referral, or the last
        that came in before it."""
        if own.product == self.bij_product:
            return own if own.ingetrokken is None else None
        known, letter = self._known(zaak), own.lees("verwijzing")
        same = [t for t in known if isinstance(letter, str) and t.lees("verwijzing") == letter]
        before = [t for t in known if came_in(t, zaak) <= claim.datum]
        return max(same or before, key=lambda t: came_in(t, zaak), default=None)

    def _claims(self, beside: Toewijzing, zaak: Zaak) -> list[Gedeclareerd]:
        return [
            fact
            for allocation in zaak.dossier.toewijzingen.values()
            for fact in allocation.declaraties
            if declared(fact, allocation) == self.component
            and self._beside(allocation, fact, zaak) == beside
        ]

    def _window(self, beside: Toewijzing, zaak: Zaak) -> date:
        """The day that opened the window which holds the referral of an allocation."""
        mine = came_in(beside, zaak)
        opened = date.min
        for day in sorted({came_in(t, zaak) for t in self._known(zaak)}):
            if day > mine:
                break
            if opened == date.min or day > opened + timedelta(days=self.niet_binnen_dagen):
                opened = day
        return opened


def came_in(allocation: Toewijzing, zaak: Zaak) -> date:
    """The day of the referral an allocation rests on, else its first day."""
    named = allocation.lees("verwijzing")
    letter = zaak.dossier.verwijzingen.get(VerwijzingId(named)) if isinstance(named, str) else None
    return allocation.ingangsdatum if letter is None else letter.datum
