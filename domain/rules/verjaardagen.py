"""Rules around a birthday: how far care reaches, what is needed from it on, why it may stop."""

from datetime import date

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.conditions import Eis, Eisen
from rekenschap.domain.effects import days_of
from rekenschap.domain.kenmerken import Waarde
from rekenschap.domain.rules.leeftijd import GEBOORTEDATUM, age_on
from rekenschap.domain.rules.tijdvak import names_no_last_day
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.vocabulary import Ernst
from rekenschap.domain.zaak import (
    AFGEGEVEN,
    INZET,
    LASTEN,
    VERLENGD,
    Regelsoort,
    Zaak,
    known,
    regelsoort,
)


@regelsoort("laatste_dag_leeftijd", 1, AFGEGEVEN, VERLENGD, INZET)
@frozen(kw_only=True)
class LaatsteDagLeeftijd(Regelsoort):
    """The last day lies before a birthday (``voor``), or past one (``na``).

    ``daarna`` moves the birthday by a term. An open end is not judged, nor is an extension that
    names no last day.
    """

    leest_geboortedatum = True

    voor: int | None = None
    na: int | None = None
    daarna: Termijn | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        born = zaak.geboortedatum
        if born is None:
            return zwijgt(GEBOORTEDATUM)
        last = _last_day(zaak)
        if last is None:
            return None
        too_late = self.voor is not None and last >= self._moved(born, self.voor)
        too_early = self.na is not None and last <= self._moved(born, self.na)
        if not too_late and not too_early:
            return VOLDOET
        return breuk(
            leeftijd_op_laatste_dag=age_on(born, last),
            voor=self.voor,
            na=self.na,
            maanden_daarna=None if self.daarna is None else self.daarna.in_maanden,
        )

    def _moved(self, born: date, years: int) -> date:
        return birthday(born, years, self.daarna)


@regelsoort("vereist_vanaf_leeftijd", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class VereistVanafLeeftijd(Regelsoort):
    """Care on a day from a birthday on asks that the step says certain things.

    ``of`` are values of the case that make up for it. An open end counts where the allocation
    begins there, or always with ``ook_open_einde``.
    """

    leest_geboortedatum = True

    vanaf: int
    eis: Eisen
    of: Eisen | None = None
    ook_open_einde: bool = False

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.geboortedatum is None:
            return zwijgt(GEBOORTEDATUM)
        if not self._reached(zaak, birthday(zaak.geboortedatum, self.vanaf)):
            return None
        if any_told(zaak, self.of):
            return VOLDOET
        wrong: dict[str, Waarde] = {}
        for name, condition in self.eis.items():
            value = zaak.stap.lees(name)
            if value is AFWEZIG:
                return zwijgt(name)
            if not condition.holds(value):
                wrong[name] = value
        return breuk(**wrong, vanaf_leeftijd=self.vanaf) if wrong else VOLDOET

    def _reached(self, zaak: Zaak, reached: date) -> bool:
        if names_no_last_day(zaak):
            return False
        allocation = zaak.toewijzing
        if allocation.einddatum is None:
            return self.ook_open_einde or allocation.ingangsdatum >= reached
        return allocation.einddatum >= reached


@regelsoort("aanvraag_na_leeftijd", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class AanvraagNaLeeftijd(Regelsoort):
    """Care from a birthday on is asked for before a term after it is over.

    Judged where the allocation begins there, or an extension reaches it. The day it was asked is
    ``aanvraagdatum`` where that was told, else the day of the step.
    """

    leest_geboortedatum = True

    vanaf: int
    binnen: Termijn

    def judge(self, zaak: Zaak) -> Bevinding | None:
        born = zaak.geboortedatum
        if born is None:
            return zwijgt(GEBOORTEDATUM)
        begins = birthday(born, self.vanaf)
        if not _bears_on(zaak, begins):
            return None
        asked = asked_on(zaak)
        if asked < self.binnen.na(begins):
            return VOLDOET
        return breuk(
            leeftijd_bij_aanvraag=age_on(born, asked),
            vanaf_leeftijd=self.vanaf,
            binnen_maanden=self.binnen.in_maanden,
        )


@regelsoort("stop_reden_leeftijd", 1, "ZorgGestopt")
@frozen(kw_only=True)
class StopRedenLeeftijd(Regelsoort):
    """Between two birthdays care stops only for certain reasons (``vrij``).

    For the reasons in ``nooit`` it never does; any other asks approval.
    """

    leest_geboortedatum = True

    vanaf: int
    tot: int
    vrij: frozenset[str]
    nooit: frozenset[str]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        born = zaak.geboortedatum
        if born is None:
            return zwijgt(GEBOORTEDATUM)
        if not birthday(born, self.vanaf) <= zaak.stap.datum < birthday(born, self.tot):
            return None
        reason = zaak.stap.lees("reden")
        if not known(reason):
            return zwijgt("reden")
        if reason in self.vrij:
            return VOLDOET
        weight = None if reason in self.nooit else Ernst.GOEDKEURING
        return breuk(weight, reden=str(reason), leeftijd=age_on(born, zaak.stap.datum))


def birthday(born: date, years: int, later: Termijn | None = None) -> date:
    """A birthday, or the day a term after it."""
    day = Termijn(jaren=years).na(born)
    return day if later is None else later.na(day)


def any_told(zaak: Zaak, wanted: Eisen | None) -> bool:
    """Whether one of these values was told: by an extension itself, else anywhere in the case."""
    for name, condition in (wanted or {}).items():
        extends = zaak.voor is not None and zaak.stap.lees(name) is not AFWEZIG
        sources = (zaak.stap,) if extends else (zaak.toewijzing.afgifte, zaak.verwijzing)
        if any(one is not None and _holds(condition, one.lees(name)) for one in sources):
            return True
    return False


def _holds(condition: Eis, value: Waarde | Afwezig) -> bool:
    return value is not AFWEZIG and condition.holds(value)


def asked_on(zaak: Zaak) -> date:
    """The day it was asked for: as told, else the day of the step."""
    told = zaak.stap.lees("aanvraagdatum")
    return told if isinstance(told, date) else zaak.stap.datum


def _last_day(zaak: Zaak) -> date | None:
    """The last day of what is charged or allocated; None where there is none to judge."""
    if zaak.gebeurtenis in LASTEN:
        return days_of(zaak.stap, stays_through=zaak.vertrekdag_telt).tot_en_met
    return None if names_no_last_day(zaak) else zaak.toewijzing.einddatum


def _bears_on(zaak: Zaak, day: date) -> bool:
    """Whether a grant begins on or after a day, or an extension reaches it."""
    if zaak.voor is None:
        return zaak.toewijzing.ingangsdatum >= day
    last = zaak.toewijzing.einddatum
    return not names_no_last_day(zaak) and (last is None or last >= day)
