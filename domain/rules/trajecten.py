"""Rules about trajects: when they begin, how long they stay open, and what may follow on one."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from attrs import evolve as changed
from attrs import frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.effects import days_of
from rekenschap.domain.facts import InzetGeregistreerd, ZorgGestart
from rekenschap.domain.identifiers import ToewijzingId
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, Gevolg, breuk, zwijgt
from rekenschap.domain.zaak import (
    AFGEGEVEN,
    INZET,
    VERLENGD,
    Regelsoort,
    Rekenstap,
    Zaak,
    known,
    regelsoort,
)

HERVAT = "ZorgHervat"
GESTART = "ZorgGestart"


@regelsoort("start_is_eerste_inzet", 1, GESTART, INZET)
@frozen(kw_only=True)
class StartIsEersteInzet(Regelsoort):
    """Care begins with its first effort, whether a start was reported or not.

    A start that is reported for a later day is a breach.
    """

    rekent = True

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if not isinstance(zaak.stap, ZorgGestart) or zaak.voor is None:
            return None
        first = min((days_of(fact).van for _, fact in zaak.voor.inzet()), default=None)
        if first is None or zaak.stap.datum <= first:
            return VOLDOET
        return breuk(start=zaak.stap.datum, eerste_inzet=first)

    def waarde(self, stap: Rekenstap, gevolg: Gevolg) -> Gevolg:
        """Effort begins the care on its first day, if nothing did before."""
        if not isinstance(stap.feit, InzetGeregistreerd):
            return gevolg
        return changed(gevolg, start=days_of(stap.feit).van)


@regelsoort("open_hoogstens", 1, INZET, VERLENGD, HERVAT)
@frozen(kw_only=True)
class OpenHoogstens(Regelsoort):
    """A traject is open for a term at most, the day it began included.

    After it there is no effort, no resumption, and no extension to a later day. Before care began
    the term runs from the first day of the allocation.
    """

    termijn: Termijn

    def judge(self, zaak: Zaak) -> Bevinding | None:
        day = zaak.stap.datum
        if zaak.gebeurtenis == INZET:
            day = days_of(zaak.stap).tot_en_met or day
        elif zaak.gebeurtenis == VERLENGD:
            named = zaak.stap.lees("einddatum")
            if not isinstance(named, date):
                return None
            day = named
        last = last_open_day(zaak.toewijzing, self.termijn)
        return VOLDOET if day <= last else breuk(dag=day, open_tot_en_met=last)


@regelsoort("terug_in_zorg", 1, AFGEGEVEN, HERVAT)
@frozen(kw_only=True)
class TerugInZorg(Regelsoort):
    """Who comes back with the same diagnosis goes on in the same traject, or in one that follows.

    Up to the term ``heropenen`` after the stop, and while the old one may be ``open``, it is
    reopened; up to the term ``vervolg`` a follow-up is given; later a new one. ``geval`` names the
    answer that is right where this speaks. ``zelfde``, ``opvolging`` and ``aard`` are the kenmerken
    that say it is the same diagnosis, on what it follows, and of what kind it is
    (``aard_vervolg``).
    """

    geval: Literal["heropenen", "vervolg", "nieuw"]
    heropenen: Termijn
    vervolg: Termijn
    open: Termijn
    zelfde: str
    opvolging: str
    aard: str
    aard_vervolg: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.gebeurtenis == HERVAT:
            return self._resumption(zaak)
        if zaak.stap.lees(self.zelfde) is not True:
            return None
        old = self._previous(zaak)
        if old is None or old.gestopt is None:
            return None
        first = zaak.toewijzing.ingangsdatum
        if self._right(old, old.gestopt, first) != self.geval:
            return None
        kind = zaak.stap.lees(self.aard)
        if self.geval != "heropenen":
            if not known(kind):
                return zwijgt(self.aard)
            if (kind == self.aard_vervolg) is (self.geval == "vervolg"):
                return VOLDOET
        return breuk(
            gestopt=old.gestopt,
            terug=first,
            vorige=old.id,
            aard=None if kind is AFWEZIG else kind,
        )

    def _resumption(self, zaak: Zaak) -> Bevinding | None:
        """A traject is resumed in time, and for the same diagnosis."""
        stopped = None if zaak.voor is None else zaak.voor.verloop.stilte_op(zaak.stap.datum)
        if stopped is None or self.geval != "heropenen":
            return None
        same, last = zaak.stap.lees(self.zelfde), self.heropenen.na(stopped)
        if same is not False and zaak.stap.datum <= last:
            return VOLDOET
        return breuk(gestopt=stopped, heropenen_tot_en_met=last, zelfde=same is not False)

    def _right(self, old: Toewijzing, stopped: date, first: date) -> str:
        if first <= self.heropenen.na(stopped) and first <= last_open_day(old, self.open):
            return "heropenen"
        return "vervolg" if first <= self.vervolg.na(stopped) else "nieuw"

    def _previous(self, zaak: Zaak) -> Toewijzing | None:
        """The traject it follows on: as told, else the one of its product that stopped last."""
        named = zaak.stap.lees(self.opvolging)
        if isinstance(named, str):
            return zaak.dossier.toewijzingen.get(ToewijzingId(named))
        return max(self._stopped(zaak), key=lambda t: t.gestopt or date.min, default=None)

    def _stopped(self, zaak: Zaak) -> Iterator[Toewijzing]:
        this = zaak.toewijzing
        for other in zaak.dossier.andere(this.id):
            if other.product == this.product and other.gestopt is not None:
                yield other


@regelsoort("eenmalig_voor", 1, AFGEGEVEN)
@frozen(kw_only=True)
class EenmaligVoor(Regelsoort):
    """A product is granted once for the same value of a kenmerk; a withdrawn one does not count.

    What nobody told, here or there, is not the same.
    """

    kenmerk: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this = zaak.toewijzing
        value = this.lees(self.kenmerk)
        if isinstance(value, Afwezig) or value is None:
            return zwijgt(self.kenmerk)
        for other in zaak.dossier.andere(this.id):
            same = other.product == this.product and other.lees(self.kenmerk) == value
            if same and other.ingetrokken is None:
                return breuk(**{self.kenmerk: value}, eerder=other.id)
        return VOLDOET


def last_open_day(allocation: Toewijzing, term: Termijn) -> date:
    """The last day of a term that began with the care, or else with the allocation."""
    return term.laatste_dag_vanaf(allocation.gestart or allocation.ingangsdatum)
