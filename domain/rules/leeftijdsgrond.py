"""Rules about care past the age it is meant for: on which ground it goes on, or begins again."""

from collections.abc import Iterator
from datetime import date, timedelta

from attrs import frozen

from rekenschap.domain.calendar import Termijn
from rekenschap.domain.conditions import Eisen
from rekenschap.domain.effects import days_of
from rekenschap.domain.rules.leeftijd import GEBOORTEDATUM, age_on
from rekenschap.domain.rules.tijdvak import names_no_last_day
from rekenschap.domain.rules.verjaardagen import any_told, asked_on, birthday
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.zaak import AFGEGEVEN, VERLENGD, Regelsoort, Zaak, regelsoort

ONE_DAY = timedelta(days=1)


@frozen(kw_only=True)
class Leeftijdsgrond(Regelsoort):
    """What both kinds share: from which birthday a ground is asked, and which ones there are."""

    leest_geboortedatum = True

    vanaf: int
    hervat_binnen: Termijn
    grond: Eisen
    tot: int | None = None

    def missing(self, zaak: Zaak, born: date) -> bool:
        """Whether a ground is asked here, and neither earlier care nor the case gives one."""
        since = birthday(born, self.vanaf)
        day = _judged_by(zaak)
        if day is None or day < since:
            return False
        if self.tot is not None and day >= birthday(born, self.tot):
            return False
        return not any_told(zaak, self.grond) and not _going_on(zaak, since)

    def closed(self, zaak: Zaak, born: date) -> date | None:
        """The day the latest earlier care closed, if some of it began before the birthday."""
        since = birthday(born, self.vanaf)
        first = zaak.toewijzing.ingangsdatum
        earlier = [t for t in zaak.dossier.andere(zaak.toewijzing.id) if begun(t) is not None]
        if not any(_begun_before(t, since) for t in earlier):
            return None
        ends = (_closed_on(t) for t in earlier)
        return max((end for end in ends if end is not None and end < first), default=None)

    def in_time(self, zaak: Zaak, closed: date) -> bool:
        """Whether care that is closed was asked for again within the term."""
        return asked_on(zaak) <= self.hervat_binnen.na(closed)


@regelsoort("grond_vanaf_leeftijd", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class GrondVanafLeeftijd(Leeftijdsgrond):
    """From a birthday on, care needs a ground; ``tot`` a later birthday.

    Care decided and begun before it that runs until the new one begins; care that closed and is
    asked for again within a term; or one of the values in ``grond``. An extension is judged by its
    new last day, and leans on any care begun before; one of an allocation that began later keeps
    the ground it had.
    """

    def judge(self, zaak: Zaak) -> Bevinding | None:
        born = zaak.geboortedatum
        if born is None:
            return zwijgt(GEBOORTEDATUM)
        if not self.missing(zaak, born):
            return VOLDOET
        closed = self.closed(zaak, born) if zaak.voor is None else None
        if closed is not None and self.in_time(zaak, closed):
            return VOLDOET
        day = _judged_by(zaak)
        assert day is not None
        return breuk(leeftijd=age_on(born, day), vanaf_leeftijd=self.vanaf, grond=None)


@regelsoort("hervat_na_afsluiten", 1, AFGEGEVEN)
@frozen(kw_only=True)
class HervatNaAfsluiten(Leeftijdsgrond):
    """Past a birthday, care that closed begins again only when asked for within a term.

    Speaks where that is the only ground there could be.
    """

    def judge(self, zaak: Zaak) -> Bevinding | None:
        born = zaak.geboortedatum
        if born is None:
            return zwijgt(GEBOORTEDATUM)
        if not self.missing(zaak, born):
            return None
        closed = self.closed(zaak, born)
        if closed is None:
            return None
        if self.in_time(zaak, closed):
            return VOLDOET
        last = self.hervat_binnen.na(closed)
        return breuk(afgesloten=closed, aangevraagd_op=asked_on(zaak), uiterlijk=last)


def begun(allocation: Toewijzing) -> date | None:
    """The first day of care: its start, or effort before that; None while there is none."""
    return min(_days_of_care(allocation), default=None)


def _closed_on(allocation: Toewijzing) -> date | None:
    """The day care was stopped, else the last day it could run; None while it is open."""
    if allocation.gestopt is not None:
        return allocation.gestopt
    runs = allocation.looptijd
    return None if runs is None else runs.tot_en_met


def _days_of_care(allocation: Toewijzing) -> Iterator[date]:
    if allocation.gestart is not None:
        yield allocation.gestart
    elif allocation.voorganger and (allocation.gestopt or allocation.geboekt):
        yield allocation.ingangsdatum  # nobody told the start, but there was care
    for _, effort in allocation.inzet():
        yield days_of(effort).van


def _begun_before(allocation: Toewijzing, day: date) -> bool:
    """Whether it was decided, and care began, before a day."""
    first = begun(allocation)
    return allocation.afgifte.datum < day and first is not None and first < day


def _judged_by(zaak: Zaak) -> date | None:
    """The day that asks a ground: the first of a grant, the new last one of an extension."""
    if zaak.voor is None:
        return zaak.toewijzing.ingangsdatum
    return None if names_no_last_day(zaak) else zaak.toewijzing.einddatum


def _going_on(zaak: Zaak, since: date) -> bool:
    """Whether care from before the birthday goes on in this step."""
    others = zaak.dossier.andere(zaak.toewijzing.id)
    before = zaak.voor
    if before is None:
        until = zaak.toewijzing.ingangsdatum - ONE_DAY
        return any(_begun_before(t, since) and _runs_until(t, until) for t in others)
    if before.ingangsdatum >= since:
        return True  # it got its ground when it was granted
    ran_past = before.einddatum is None or before.einddatum >= since
    if ran_past and before.afgifte.datum < since:
        return True
    return any(_begun_before(t, since) for t in (before, *others))


def _runs_until(allocation: Toewijzing, day: date) -> bool:
    runs = allocation.looptijd
    return runs is not None and (runs.tot_en_met is None or runs.tot_en_met >= day)
