"""Rules about evaluations that fall due again and again while an allocation runs."""

from attrs import frozen

from rekenschap.domain.calendar import Termijn
from rekenschap.domain.rules.duur import day_one
from rekenschap.domain.rules.termijnen import evaluations, is_running
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.zaak import INZET, PEILDATUM, Regelsoort, Zaak, regelsoort


@regelsoort("evaluatie_elke", 1, INZET, PEILDATUM)
@frozen(kw_only=True)
class EvaluatieElke(Regelsoort):
    """While an allocation runs there is an evaluation once per term; any one counts.

    Counted from the last evaluation, else from the start of care, else from the first day of the
    validity. The due day itself is in time.
    """

    termijn: Termijn

    def judge(self, zaak: Zaak) -> Bevinding | None:
        allocation, day = zaak.toewijzing, zaak.stap.datum
        if not is_running(allocation, day):
            return None
        last = max([day_one(allocation), *(e.datum for e in evaluations(allocation, day))])
        due = self.termijn.na(last)
        return VOLDOET if day <= due else breuk(laatste=last, uiterlijk=due, peildag=day)
