"""The configuration of a grootboek: which regelingen it knows, options chosen, prices fixed."""

from datetime import date

from attrs import evolve, frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.corrections import effective
from rekenschap.domain.facts import OptieGekozen, RegelingIngevoerd, TariefVastgesteld
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import Code, Product, RegelingNaam
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.vocabulary import Eenheid


@frozen
class Tarief:
    """A price per unit."""

    bedrag: Bedrag
    per: Eenheid


@frozen(kw_only=True)
class Inrichting:
    """What is configured, folded out of the stream of the grootboek."""

    boekingen: tuple[Boeking, ...] = ()
    regelingen: tuple[RegelingIngevoerd, ...] = ()
    opties: tuple[OptieGekozen, ...] = ()
    tarieven: tuple[TariefVastgesteld, ...] = ()

    @property
    def positie(self) -> int:
        """The last position folded in."""
        return self.boekingen[-1].positie if self.boekingen else 0

    def met(self, entries: tuple[Boeking, ...]) -> "Inrichting":
        """The configuration after more entries."""
        if not entries:
            return self
        recorded = (*self.boekingen, *entries)
        facts = [e.feit for e in effective(recorded) if e.beslissing.uitkomst.erkend]
        return evolve(
            self,
            boekingen=recorded,
            regelingen=tuple(f for f in facts if isinstance(f, RegelingIngevoerd)),
            opties=tuple(f for f in facts if isinstance(f, OptieGekozen)),
            tarieven=tuple(f for f in facts if isinstance(f, TariefVastgesteld)),
        )

    def optie(self, regulation: RegelingNaam, name: str, day: date) -> Optiewaarde | Afwezig:
        """The value chosen for an option as it holds on a day; AFWEZIG when nobody chose."""
        chosen = self.gekozen(regulation, name, day)
        return AFWEZIG if chosen is None else chosen.waarde

    def gekozen(self, regulation: RegelingNaam, name: str, day: date) -> OptieGekozen | None:
        """The choice of an option that holds on a day; None when nobody chose."""
        chosen = [
            o
            for o in self.opties
            if o.regeling == regulation and o.optie == name and o.datum <= day
        ]
        return max(reversed(chosen), key=lambda o: o.datum, default=None)

    def tarief(
        self,
        product: Product,
        day: date,
        per: Eenheid | None = None,
        soort: Code | Afwezig = AFWEZIG,
    ) -> Tarief | None:
        """The price of a product for what is delivered on a day; None when none is known.

        Where there are prices for several units, the one per ``per``; ``soort`` names one that is
        not the ordinary price.
        """
        held = [
            t
            for t in self.tarieven
            if t.product == product
            and t.soort == soort
            and (per is None or t.eenheid is per)
            and t.datum <= day
            and (t.tot_en_met is None or day <= t.tot_en_met)
        ]
        if not held:
            return None
        latest = max(reversed(held), key=lambda t: t.datum)
        return Tarief(latest.bedrag, latest.eenheid)
