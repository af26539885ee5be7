"""Rules about an amount of money that is granted, agreed or quoted."""

from typing import Literal

from attrs import frozen

from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.vocabulary import Frequentie
from rekenschap.domain.zaak import AFGEGEVEN, Regelsoort, Zaak, regelsoort


@regelsoort("bedrag_maximum", 1, AFGEGEVEN)
@frozen(kw_only=True)
class BedragMaximum(Regelsoort):
    """An amount in a field or kenmerk of the step is at most so much; none is not judged.

    With ``frequentie`` only an amount that was granted per such a period.
    """

    veld: str
    hoogstens: Bedrag
    frequentie: Literal["totaal", "per_dag", "per_week", "per_maand"] | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        amount = zaak.stap.lees(self.veld)
        if not isinstance(amount, Bedrag):
            return None
        if self.frequentie and zaak.stap.lees("frequentie") != Frequentie(self.frequentie):
            return None
        if amount <= self.hoogstens:
            return VOLDOET
        return breuk(**{self.veld: amount}, hoogstens=self.hoogstens)


@regelsoort("bedrag_vast", 1, AFGEGEVEN)
@frozen(kw_only=True)
class BedragVast(Regelsoort):
    """An amount in a field or kenmerk of the step is one of these; none is not judged."""

    veld: str
    een_van: tuple[Bedrag, ...]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        amount = zaak.stap.lees(self.veld)
        if not isinstance(amount, Bedrag):
            return None
        if amount in self.een_van:
            return VOLDOET
        return breuk(**{self.veld: amount}, een_van=tuple(str(one) for one in self.een_van))
