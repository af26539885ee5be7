"""The balance of one allocation as it stands on a day: folded in valid order, over few fields."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from attrs import evolve, field, frozen

from rekenschap.domain.afrekening import settled
from rekenschap.domain.effects import value_of
from rekenschap.domain.facts import (
    Feit,
)
from rekenschap.domain.quantities import canonical, shown
from rekenschap.domain.verdicts import Gevolg, Trede
from rekenschap.domain.vocabulary import Eenheid, Status

NUL = Decimal(0)
_spell: Final = json.JSONEncoder(sort_keys=True).encode
NO_SHOWS: Final = "no_shows"
AFWEZIGHEIDSDAGEN: Final = "afwezigheidsdagen"
PGB: Final = "pgb"
"""The form in which help is paid out instead of given."""


@frozen(kw_only=True)
class Saldo:
    """The balance of an allocation on a day; quantities in ``eenheid``, money exact in eurocent.

    ``regeling`` is the name of the rule set, or its hash where a record was judged under it.
    ``betaald`` is None while nothing was paid. ``waarde`` is None once something was charged, or
    taken over, for which no price was known. ``minuten`` is the time that was charged, whatever
    it weighs; ``bij_stop`` what the decision on the stop worked out for a traject.
    """

    jeugdige: str
    aanbieder: str | None
    status: Status
    product: str
    regeling: str
    eenheid: Eenheid | None
    omvang: Decimal | None
    ingangsdatum: date
    einddatum: date | None
    gestart: date | None = None
    gestopt: date | None = None
    geboekt: Decimal = NUL
    per_soort: Mapping[str, Decimal] = field(factory=dict)
    sessies: int = 0
    no_shows: Mapping[int, int] = field(factory=dict)
    afwezigheidsdagen: Mapping[int, int] = field(factory=dict)
    leveringsvorm: str | None = None
    gedeclareerd: int = 0
    betaald: int | None = None
    eigen_bijdrage: int = 0
    budget: int | None = None
    prijs: Gevolg | None = None
    waarde: Fraction | None = Fraction(0)
    minuten: Decimal = NUL
    bij_stop: Gevolg | None = None

    @property
    def laatste_dag(self) -> date | None:
        """The last day: of the validity, or of the care once it stopped."""
        return self.einddatum if self.gestopt is None else self.gestopt

    @property
    def afrekening(self) -> Gevolg | None:
        """What a traject is settled at, by what is known."""
        if self.bij_stop is None or self.gestopt is None:
            return None
        return settled(self.bij_stop, self.gestart, self.gestopt, self.minuten)

    @property
    def verbruikt(self) -> Decimal:
        """What is used: what was charged, or what a traject was settled at when it stopped."""
        at_stop = self.afrekening
        return self.geboekt if at_stop is None else at_stop.aantal or NUL

    @property
    def over(self) -> Decimal | None:
        """What is left; None when the size is not bounded."""
        return None if self.omvang is None else self.omvang - self.verbruikt

    def toegewezen_waarde(self) -> Fraction | None:
        """The budget, else the size at its price; None when it cannot be determined."""
        if self.budget is not None:
            return Fraction(self.budget)
        if self.prijs is None or self.omvang is None or self.prijs.tarief is None:
            return None
        return value_of(evolve(self.prijs, aantal=self.omvang))

    @property
    def trede(self) -> Trede | None:
        """The step of a graduated price that what was used has come to; None below the first."""
        steps = self.prijs.staffel if self.prijs is not None else ()
        if not steps:
            return None
        reached = [step for step in steps if step.vanaf <= self.verbruikt]
        return max(reached, key=lambda step: step.vanaf, default=None)

    @property
    def huidig_product(self) -> str:
        """The product it is by now: a graduated price can make it another."""
        step = self.trede
        return self.product if step is None or not step.product else step.product

    def verbruikte_waarde(self) -> Fraction | None:
        """The value of what was used; None without a known price.

        Where rules say what a grant without a price comes to, it is known while nothing is used.
        """
        grant = self.prijs
        if grant is not None and grant.staffel:
            step = self.trede
            return None if self.waarde is None else Fraction(step.prijs.eurocent if step else 0)
        unpriced = grant is None or (grant.tarief is None and grant.waarde is None)
        at_stop = self.afrekening
        worth = self.waarde if at_stop is None else value_of(at_stop)
        return None if unpriced and not worth else worth

    def over_waarde(self) -> Fraction | None:
        """What is left in money: less what was paid where it is paid out, else what was used.

        Of a personal budget whose use has no price, what was paid is all there is to subtract.
        """
        return self._over_waarde(self.toegewezen_waarde(), self.verbruikte_waarde())

    def _over_waarde(self, allotted: Fraction | None, used: Fraction | None) -> Fraction | None:
        paid_out = self.prijs is not None and self.prijs.saldo_na_betaling is True
        if self.leveringsvorm == PGB and (paid_out or self.betaald is not None or used is None):
            used = Fraction(self.betaald or 0)
        return None if allotted is None or used is None else allotted - used

    def row(self) -> dict[str, Any]:
        """The columns of a row, but for its key and its intervals."""
        left = self.over
        allotted, used = self.toegewezen_waarde(), self.verbruikte_waarde()
        return {
            "jeugdige": self.jeugdige,
            "aanbieder": self.aanbieder,
            "status": self.status.value,
            "product": self.huidig_product,
            "regeling": self.regeling,
            "eenheid": None if self.eenheid is None else self.eenheid.value,
            "toegewezen": None if self.omvang is None else _told(self.omvang),
            "verbruikt": _told(self.verbruikt),
            "saldo": None if left is None else _told(left),
            "sessies": self.sessies,
            "ingangsdatum": self.ingangsdatum.isoformat(),
            "einddatum": None if (last := self.laatste_dag) is None else last.isoformat(),
            "startdatum": None if self.gestart is None else self.gestart.isoformat(),
            "verdeling": _spell(
                {
                    "per_soort": {k: _told(v) for k, v in self.per_soort.items()},
                    NO_SHOWS: {str(k): v for k, v in self.no_shows.items()},
                    AFWEZIGHEIDSDAGEN: {str(k): v for k, v in self.afwezigheidsdagen.items()},
                    "toegewezen_cent": _exact(allotted),
                    "waarde_cent": _exact(used),
                    "over_cent": _exact(self._over_waarde(allotted, used)),
                    "gedeclareerd_cent": self.gedeclareerd,
                    "betaald_cent": self.betaald or 0,
                    "eigen_bijdrage_cent": self.eigen_bijdrage,
                }
            ),
        }


@frozen
class Bijdrage:
    """A fact that bears on a balance from a day on, and what it does to it.

    ``onder`` is the hash of the rule set it was judged under.
    """

    dag: date
    positie: int
    feit: Feit
    gevolg: Gevolg
    wacht: bool = False
    onder: str = ""


@lru_cache(maxsize=10_000)
def _told(number: Decimal) -> str:
    return canonical(shown(number))


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
