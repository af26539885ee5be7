"""More rules about evaluations: once by a day, and a term that changes as care goes on."""

from datetime import date

from attrs import frozen

from rekenschap.domain.calendar import Termijn
from rekenschap.domain.effects import days_of
from rekenschap.domain.rules.termijnen import evaluations, is_running
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.zaak import INZET, PEILDATUM, Regelsoort, Zaak, regelsoort

EVALUATIE = "EvaluatieVastgelegd"


@regelsoort("evaluatie_uiterlijk", 1, INZET, PEILDATUM)
@frozen(kw_only=True)
class EvaluatieUiterlijk(Regelsoort):
    """An evaluation is held within a term after the start of care; any one counts.

    It stays open until one is held, also when the care has stopped or the last day has passed; no
    longer once the allocation is withdrawn.

    Judged at an evaluation too (``bij``), the first one that comes later is a breach itself.
    """

    overal = True
    plicht_vanaf = frozenset({PEILDATUM})

    termijn: Termijn

    def judge(self, zaak: Zaak) -> Bevinding | None:
        allocation, day = zaak.toewijzing, zaak.stap.datum
        if allocation.gestart is None or day < allocation.gestart:
            return None
        due = self.termijn.na(allocation.gestart)
        held = evaluations(zaak.voor or allocation, day)
        if day <= due or held:
            return VOLDOET
        withdrawn = allocation.ingetrokken
        if zaak.gebeurtenis != EVALUATIE and withdrawn is not None and withdrawn <= day:
            return None
        return breuk(uiterlijk=due, peildag=day)

    def uiterlijk(self, zaak: Zaak) -> date | None:
        allocation, day = zaak.toewijzing, zaak.stap.datum
        withdrawn = allocation.ingetrokken
        if allocation.gestart is None or day < allocation.gestart:
            return None
        if withdrawn is not None and withdrawn <= day:
            return None
        return None if evaluations(allocation, day) else self.termijn.na(allocation.gestart)


@regelsoort("evaluatie_termijn_gefaseerd", 1, INZET, PEILDATUM)
@frozen(kw_only=True)
class EvaluatieTermijnGefaseerd(Regelsoort):
    """An evaluation once per ``termijn`` in a first phase of the care, once per ``daarna`` later.

    Counted from the start of care or the last evaluation; which term, by whether that day lies in
    the first phase. The due day itself is in time. A stay is judged on its last night.
    """

    plicht_vanaf = frozenset({PEILDATUM})

    termijn: Termijn
    daarna: Termijn
    fase: Termijn

    def judge(self, zaak: Zaak) -> Bevinding | None:
        day = days_of(zaak.stap).tot_en_met or zaak.stap.datum
        term = self._term(zaak.toewijzing, day)
        if term is None:
            return None
        last, due = term
        return VOLDOET if day <= due else breuk(laatste=last, uiterlijk=due, peildag=day)

    def uiterlijk(self, zaak: Zaak) -> date | None:
        term = self._term(zaak.toewijzing, zaak.stap.datum)
        return None if term is None else term[1]

    def _term(self, allocation: Toewijzing, day: date) -> tuple[date, date] | None:
        """The day the term runs from and its last day; None when none runs."""
        started = allocation.gestart
        if started is None or day < started or not is_running(allocation, day):
            return None
        last = max([started, *(e.datum for e in evaluations(allocation, day))])
        first_phase = last < self.fase.na(started)
        return last, (self.termijn if first_phase else self.daarna).na(last)
