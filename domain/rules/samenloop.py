"""Rules about products next to each other, for one jeugdige on the same days."""

from datetime import date, timedelta
from typing import Any

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Periode
from rekenschap.domain.conditions import Eisen
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.vocabulary import Ernst
from rekenschap.domain.zaak import AFGEGEVEN, VERLENGD, Regelsoort, Zaak, regelsoort


@frozen(kw_only=True)
class Paar:
    """Two kinds of allocation that do not go together, each by the values it must have."""

    een: Eisen
    ander: Eisen


@regelsoort("samenloop", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class Samenloop(Regelsoort):
    """These allocations may not share a day, whichever comes first.

    Judged against every other one of the jeugdige that counts, at the grant for its whole period,
    at an extension for the days it adds. With ``ander_aanbieder`` that is its weight when both
    providers are known and differ.
    """

    paren: tuple[Paar, ...]
    ander_aanbieder: Ernst | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        after = zaak.toewijzing
        days = after.periode if zaak.voor is None else added_days(zaak.voor.einddatum, after)
        if days is None:
            return None
        found: Bevinding | None = VOLDOET
        for other in zaak.dossier.samenlopend(after.id, days):
            match self._excludes(after, other):
                case True:
                    found = self._breach(after, other)
                    if found.ernst is None:
                        return found
                case str() as untold if found is VOLDOET:
                    found = zwijgt(untold)
        return found

    def _breach(self, this: Toewijzing, other: Toewijzing) -> Bevinding:
        differ = this.aanbieder and other.aanbieder and this.aanbieder != other.aanbieder
        return breuk(
            self.ander_aanbieder if differ else None,
            naast=other.id,
            product=other.product,
            loopt_tot_en_met=other.looptijd.tot_en_met if other.looptijd else None,
        )

    def _excludes(self, this: Toewijzing, other: Toewijzing) -> bool | str:
        """Whether one of the pairs fits; the name of what nobody told, if that decides."""
        untold: str | None = None
        for pair in self.paren:
            fits = matches(this, other, pair)
            if fits is True:
                return True
            untold = fits or untold
        return untold or False


def matches(this: Toewijzing, other: Toewijzing, pair: Paar) -> bool | str:
    """Whether two allocations are such a pair, either way round; else what nobody told."""
    untold: str | None = None
    for one, two in ((pair.een, pair.ander), (pair.ander, pair.een)):
        fits = _fits(this, one), _fits(other, two)
        if fits == (True, True):
            return True
        if False not in fits:
            untold = next(f for f in fits if isinstance(f, str))
    return untold or False


def _fits(allocation: Toewijzing, conditions: Eisen) -> bool | str:
    for name, condition in conditions.items():
        value: Any = allocation.lees(name)
        if value is AFWEZIG:
            return name
        if not condition.holds(value):
            return False
    return True


def added_days(previous_end: date | None, after: Toewijzing) -> Periode | None:
    """The days an extension adds; None when it adds none."""
    if previous_end is None or (after.einddatum is not None and after.einddatum <= previous_end):
        return None
    return Periode(previous_end + timedelta(days=1), after.einddatum)
