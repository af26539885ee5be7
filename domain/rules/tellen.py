"""Rules that count over the allocations of a jeugdige: so many per year."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from rekenschap.domain.calendar import Termijn
from rekenschap.domain.identifiers import Product
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.zaak import NO_SHOW, Regelsoort, Zaak, regelsoort

if TYPE_CHECKING:
    from rekenschap.domain.regeling import Regeling

TWELVE_MONTHS = Termijn(maanden=12)


@regelsoort("no_shows_per_jaar", 1, NO_SHOW)
@frozen(kw_only=True)
class NoShowsPerJaar(Regelsoort):
    """At most so many charged no-shows per jeugdige per year.

    What a year is and what is counted together are readings: ``jaar_optie`` (kalenderjaar,
    voortschrijdend_12m, looptijd) and ``bereik_optie`` (jeugdige_product, toewijzing, jeugdige). A
    rolling year ends on a no-show; every one that holds this day is tested. Of another product
    only what this same rule is about is counted.
    """

    hoogstens: int
    jaar_optie: str
    bereik_optie: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        held = self._gehouden(zaak)
        if held <= self.hoogstens:
            return VOLDOET
        year = str(zaak.optie(self.jaar_optie))
        return breuk(hoogstens=self.hoogstens, met_deze=held, jaar=year)

    def deel_gebruikt(self, zaak: Zaak) -> Fraction | None:
        return Fraction(self._gehouden(zaak), self.hoogstens) if self.hoogstens else None

    def _gehouden(self, zaak: Zaak) -> int:
        """How many there are in the fullest year that holds the day."""
        year = str(zaak.optie(self.jaar_optie))
        allocations = list(self._counted(zaak, "toewijzing" if year == "looptijd" else None))
        days = [last.feit.datum for t in allocations for last in t.lasten.no_shows]
        return max(_in_windows(days, zaak.stap.datum, year), default=0)

    def _counted(self, zaak: Zaak, scope: str | None) -> Iterable[Toewijzing]:
        this = zaak.toewijzing
        scope = scope or str(zaak.optie(self.bereik_optie))
        yield this
        if scope == "toewijzing":
            return
        for other in zaak.dossier.andere(this.id):
            if other.product == this.product or (
                scope == "jeugdige" and self._is_about(zaak.regeling, other.product)
            ):
                yield other

    def _is_about(self, rules: "Regeling", product: Product) -> bool:
        return any(one.soort == self for _, one in rules.toepassingen(NO_SHOW, product))


def _in_windows(days: list[date], day: date, year: str) -> Iterable[int]:
    """How many fall in each year that holds ``day``; ``days`` includes it."""
    if year == "kalenderjaar":
        yield sum(1 for d in days if d.year == day.year)
    elif year == "voortschrijdend_12m":
        for end in {d for d in days if d >= day}:
            begin = TWELVE_MONTHS.voor(end)
            if begin < day:
                yield sum(1 for d in days if begin < d <= end)
    else:
        yield len(days)
