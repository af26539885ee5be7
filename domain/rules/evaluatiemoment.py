"""Rules about evaluations that fall due again and again while an allocation runs."""

from datetime import date

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

    plicht_vanaf = frozenset({PEILDATUM})

    termijn: Termijn

    def judge(self, zaak: Zaak) -> Bevinding | None:
        due, day = self.uiterlijk(zaak), zaak.stap.datum
        if due is None:
            return None
        return VOLDOET if day <= due else breuk(uiterlijk=due, peildag=day)

    def uiterlijk(self, zaak: Zaak) -> date | None:
        allocation, day = zaak.toewijzing, zaak.stap.datum
        if not is_running(allocation, day):
            return None
        held = (e.datum for e in evaluations(allocation, day))
        return self.termijn.na(max([day_one(allocation), *held]))
