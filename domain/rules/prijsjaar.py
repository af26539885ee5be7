"""Rules about the time for which the text fixes its prices."""

from datetime import date

from attrs import frozen

from rekenschap.domain.effects import days_of
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.zaak import INZET, Regelsoort, Zaak, regelsoort


@regelsoort("prijs_vastgesteld_tot", 1, INZET)
@frozen(kw_only=True)
class PrijsVastgesteldTot(Regelsoort):
    """The text fixes its prices up to a day; what is delivered later uses them all the same."""

    tot_en_met: date

    def judge(self, zaak: Zaak) -> Bevinding | None:
        delivered = days_of(zaak.stap).tot_en_met or zaak.stap.datum
        if delivered <= self.tot_en_met:
            return VOLDOET
        return breuk(geleverd_op=delivered, prijs_vastgesteld_tot_en_met=self.tot_en_met)
