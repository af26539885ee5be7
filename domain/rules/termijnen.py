"""Rules about terms: how long it lasts, by when it starts, when it is evaluated."""

from collections.abc import Callable
from datetime import date
from typing import Literal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.facts import EvaluatieVastgelegd
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.vocabulary import Ernst, SoortEvaluatie
from rekenschap.domain.zaak import (
    AFGEGEVEN,
    INZET,
    PEILDATUM,
    VERLENGD,
    Regelsoort,
    Zaak,
    regelsoort,
)

VERWIJZER = "verwijzer"


@regelsoort("duur_maximum", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class DuurMaximum(Regelsoort):
    """The allocation lasts at most a term: its first day is day one, an open end exceeds it.

    At an extension the first day is the start of care once that is known (``vanaf: start``), and
    an extension that leaves the last day where it is, is not judged. The term is ``termijn``, or
    as many days as a reading says.
    """

    termijn: Termijn | None = None
    dagen_optie: str | None = None
    vanaf: Literal["ingangsdatum", "start"] = "ingangsdatum"

    def judge(self, zaak: Zaak) -> Bevinding | None:
        term = self._term(zaak)
        if term is None:
            return None
        after = zaak.toewijzing
        first = after.ingangsdatum
        if zaak.voor is not None:
            if zaak.voor.einddatum == after.einddatum:
                return None
            if self.vanaf == "start":
                first = after.gestart or first
        last = term.laatste_dag_vanaf(first)
        if after.einddatum is not None and after.einddatum <= last:
            return VOLDOET
        return breuk(eerste_dag=first, einddatum=after.einddatum, laatste_dag=last)

    def _term(self, zaak: Zaak) -> Termijn | None:
        days = zaak.optie(self.dagen_optie) if self.dagen_optie else None
        return Termijn(dagen=days) if isinstance(days, int) else self.termijn


@regelsoort("start_termijn", 1, "ZorgGestart")
@frozen(kw_only=True)
class StartTermijn(Regelsoort):
    """Care starts within a term after the date on the letter; that day next year is in time."""

    termijn: Termijn
    schrikkeldag_optie: str | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        letter = zaak.verwijzing
        issued = letter.afgiftedatum if letter else None
        if not isinstance(issued, date):
            return zwijgt("afgiftedatum")
        last = self.laatste_dag(issued, zaak.optie)
        if zaak.stap.datum <= last:
            return VOLDOET
        return breuk(start=zaak.stap.datum, afgiftedatum=issued, laatste_dag=last)

    def laatste_dag(self, issued: date, reading: Callable[[str], Optiewaarde]) -> date:
        """The last day to start on, for a letter of this date; ``reading`` tells an option."""
        option = self.schrikkeldag_optie
        forward = option is not None and reading(option) == "volgende"
        return self.termijn.na(issued, leap_day_forward=forward)


@regelsoort("eindevaluatie", 1, "ZorgGestopt", PEILDATUM)
@frozen(kw_only=True)
class Eindevaluatie(Regelsoort):
    """When care stops there is an evaluation at the end.

    Silent if care never started, unless ``ook_zonder_start``.
    """

    ook_zonder_start: bool = False

    plicht_vanaf = frozenset({PEILDATUM})

    def judge(self, zaak: Zaak) -> Bevinding | None:
        allocation = zaak.toewijzing
        if allocation.gestopt is None:
            return None
        if allocation.gestart is None and not self.ook_zonder_start:
            return None
        if zaak.stap.datum < allocation.gestopt:
            return None
        held = evaluations(allocation, zaak.stap.datum)
        if any(e.soort is SoortEvaluatie.EIND for e in held):
            return VOLDOET
        return breuk(gestopt=allocation.gestopt)

    def uiterlijk(self, zaak: Zaak) -> date | None:
        found = self.judge(zaak)
        return zaak.toewijzing.gestopt if found is not None and found.breuk else None


@regelsoort("evaluatie_termijn", 1, INZET, PEILDATUM)
@frozen(kw_only=True)
class EvaluatieTermijn(Regelsoort):
    """An evaluation at least once per term, from the start of care or the last one.

    ``aanwezig`` are groups of parties: one of each must have been there. The referrer counts as
    present when the gemeente is, if the gemeente refers. Who was there and was not recorded,
    counts.
    """

    plicht_vanaf = frozenset({PEILDATUM})

    termijn: Termijn
    aanwezig: tuple[tuple[str, ...], ...] = ()

    def judge(self, zaak: Zaak) -> Bevinding | None:
        last, day = self._laatste(zaak), zaak.stap.datum
        if last is None:
            return None
        due = self.termijn.na(last)
        return VOLDOET if day <= due else breuk(laatste=last, uiterlijk=due, peildag=day)

    def uiterlijk(self, zaak: Zaak) -> date | None:
        last = self._laatste(zaak)
        return None if last is None else self.termijn.na(last)

    def _laatste(self, zaak: Zaak) -> date | None:
        """The day the term runs from; None when none runs."""
        allocation, day = zaak.toewijzing, zaak.stap.datum
        started = allocation.gestart
        if started is None or day < started:
            return None
        stopped, withdrawn = allocation.verloop.stilte_op(day), allocation.ingetrokken
        if (stopped and day > stopped) or (withdrawn and day >= withdrawn):
            return None
        held = [e.datum for e in evaluations(allocation, day) if self._counts(e, zaak.verwijzer)]
        return max([started, *held])

    def _counts(self, evaluation: EvaluatieVastgelegd, referrer: object) -> bool:
        present = evaluation.lees("met")
        if not isinstance(present, tuple):
            return True
        there = set(present)
        if referrer in there:
            there.add(VERWIJZER)
        return all(there.intersection(group) for group in self.aanwezig)


@regelsoort("evaluatie_met", 1, VERLENGD, PEILDATUM)
@frozen(kw_only=True)
class EvaluatieMet(Regelsoort):
    """Longer than a term asks an evaluation with a named party, in a window after the start.

    None at all is a breach; one outside the window is a breach of weight ``buiten_venster``. At a
    peildatum it is a signal, once the window is past.
    """

    plicht_vanaf = frozenset({PEILDATUM})

    boven: Termijn
    met: str
    venster_van: Termijn
    venster_tot: Termijn
    buiten_venster: Ernst = Ernst.SIGNAAL

    def judge(self, zaak: Zaak) -> Bevinding | None:
        after, day = zaak.toewijzing, zaak.stap.datum
        if zaak.gebeurtenis == VERLENGD and zaak.stap.lees("einddatum") is AFWEZIG:
            return None
        if after.gestart is None:
            return zwijgt("start_zorg")
        limit = self.boven.laatste_dag_vanaf(after.gestart)
        if after.einddatum is not None and after.einddatum <= limit:
            return None
        first, last = self.venster_van.na(after.gestart), self.venster_tot.na(after.gestart)
        if zaak.gebeurtenis == PEILDATUM and (day <= last or not is_running(after, day)):
            return None
        held = [e.datum for e in evaluations(after, day) if self._with(e, zaak.verwijzer)]
        if any(first <= e <= last for e in held):
            return VOLDOET
        signal = self.buiten_venster if held or zaak.gebeurtenis == PEILDATUM else None
        return breuk(
            signal, evaluatie=max(held, default=None), venster_van=first, venster_tot_en_met=last
        )

    def uiterlijk(self, zaak: Zaak) -> date | None:
        allocation, day = zaak.toewijzing, zaak.stap.datum
        started = allocation.gestart
        if started is None or not is_running(allocation, day):
            return None
        if (last := allocation.einddatum) and last <= self.boven.laatste_dag_vanaf(started):
            return None
        first, due = self.venster_van.na(started), self.venster_tot.na(started)
        held = (e for e in evaluations(allocation, day) if self._with(e, zaak.verwijzer))
        return None if any(first <= e.datum <= due for e in held) else due

    def _with(self, evaluation: EvaluatieVastgelegd, referrer: object) -> bool:
        present = evaluation.lees("met")
        if not isinstance(present, tuple):
            return False
        return self.met in present or (referrer == self.met and VERWIJZER in present)


def evaluations(allocation: Toewijzing, day: date) -> list[EvaluatieVastgelegd]:
    """The evaluations held up to and including a day."""
    return [e for e in allocation.evaluaties if e.datum <= day]


def is_running(allocation: Toewijzing, day: date) -> bool:
    """Whether the allocation runs on a day: valid, not stopped and not withdrawn."""
    runs = allocation.looptijd_op(day)
    return runs is not None and day in runs
