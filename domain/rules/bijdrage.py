"""Rules about what a family or household is asked to pay itself."""

from attrs import field, frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.conditions import Eisen
from rekenschap.domain.facts import EigenBijdrageOpgelegd
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.rules.ruimte import left_in_euros
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.zaak import Regelsoort, Zaak, regelsoort

OPGELEGD = "EigenBijdrageOpgelegd"


@regelsoort("bijdrage_per_maand", 1, OPGELEGD)
@frozen(kw_only=True)
class BijdragePerMaand(Regelsoort):
    """At most so much a month; what a household is asked for one calendar month, together."""

    leest_gezin = True

    hoogstens: Bedrag

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, EigenBijdrageOpgelegd)
        asked, limit = step.bedrag.eurocent, self.hoogstens.eurocent * step.maanden
        if step.maanden == 1:
            asked += sum(
                other.bedrag.eurocent
                for allocation in (*zaak.dossier.toewijzingen.values(), *zaak.gezin)
                for other in allocation.bijdragen
                if other.maanden == 1 and _month(other) == _month(step)
            )
        if asked <= limit:
            return VOLDOET
        room = left_in_euros(Bedrag(limit), asked - step.bedrag.eurocent)
        return breuk(
            hoogstens=Bedrag(limit), samen=Bedrag(asked), maanden=step.maanden, past_nog=room
        )


@regelsoort("bijdrage_tot_kostprijs", 1, OPGELEGD)
@frozen(kw_only=True)
class BijdrageTotKostprijs(Regelsoort):
    """Together never more than what the provision costs; not where ``behalve`` holds of it."""

    behalve: Eisen = field(factory=dict)

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this = zaak.toewijzing
        for name, condition in self.behalve.items():
            value = this.lees(name)
            if value is not AFWEZIG and condition.holds(value):
                return None
        price = this.lees("kostprijs")
        if not isinstance(price, Bedrag):
            return zwijgt("kostprijs")
        total = Bedrag(sum(one.bedrag.eurocent for one in this.bijdragen))
        if total <= price:
            return VOLDOET
        assert isinstance(zaak.stap, EigenBijdrageOpgelegd)
        room = left_in_euros(price, total.eurocent - zaak.stap.bedrag.eurocent)
        return breuk(kostprijs=price, samen_met_deze=total, past_nog=room)


def _month(fact: EigenBijdrageOpgelegd) -> tuple[int, int]:
    return fact.datum.year, fact.datum.month
