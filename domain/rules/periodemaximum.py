"""A maximum per period that can be passed after consultation."""

from datetime import date
from decimal import Decimal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.facts import InzetGeregistreerd
from rekenschap.domain.rules.ruimte import added_by, left
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.zaak import AFGEGEVEN, INZET, VERLENGD, Regelsoort, Zaak, regelsoort


@regelsoort("periodemaximum", 1, AFGEGEVEN, VERLENGD, INZET)
@frozen(kw_only=True)
class Periodemaximum(Regelsoort):
    """At most so much per period, with all overlapping allocations of the product together.

    The period is a reading (``periode_optie``): looptijd (the whole validity), looptijdjaar (each
    year begun since the first day) or kalenderjaar (of the jeugdige: effort on every allocation of
    the product counts, also one after the other). More only after contact with a party on a
    subject that says why (``onderbouwing``), recorded on or before that day.
    """

    hoogstens: Decimal
    periode_optie: str
    met: str
    onderwerp: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        period = str(zaak.optie(self.periode_optie))
        if isinstance(zaak.stap, InzetGeregistreerd):
            if period == "looptijd":
                return None  # within the size that was granted only that size bounds
            asked, limit = self._used(zaak, period), self.hoogstens
        else:
            asked = self._granted(zaak)
            limit = self.hoogstens * _periods(zaak.toewijzing, period)
        if asked <= limit or self._consulted(zaak):
            return VOLDOET
        this = zaak.toewijzing
        room = left(limit, asked - added_by(zaak, this.omvang or this.verbruikt))
        return breuk(hoogstens=limit, samen=asked, periode=period, past_nog=room)

    def _granted(self, zaak: Zaak) -> Decimal:
        this = zaak.toewijzing
        sizes = [this.omvang or this.verbruikt]
        for other in zaak.dossier.samenlopend(this.id, this.periode):
            if other.product == this.product:
                sizes.append(other.omvang or other.verbruikt)
        return sum(sizes, Decimal(0))

    def _used(self, zaak: Zaak, period: str) -> Decimal:
        """What was charged in the period that holds the day: a calendar year is that of the
        jeugdige, over every allocation of the product; another year is that of the allocation."""
        this, day = zaak.toewijzing, zaak.stap.datum
        if period != "kalenderjaar":
            first = this.ingangsdatum
            year = _year_begun(first, day)
            return sum(
                (c.aantal for c in this.lasten if _year_begun(first, c.feit.datum) == year),
                Decimal(0),
            )
        others = (one for one in zaak.dossier.andere(this.id) if one.product == this.product)
        charges = (charge for one in (this, *others) for charge in one.lasten)
        return sum((c.aantal for c in charges if c.feit.datum.year == day.year), Decimal(0))

    def _consulted(self, zaak: Zaak) -> bool:
        letter = zaak.toewijzing.lees("verwijzing")
        return any(
            c.feit.met == self.met
            and c.feit.onderwerp == self.onderwerp
            and c.feit.datum <= zaak.stap.datum
            and c.feit.lees("onderbouwing") is True
            and c.feit.verwijzing in (AFWEZIG, letter)
            for c in zaak.dossier.contacten
        )


def _periods(allocation: Toewijzing, period: str) -> int:
    first, last = allocation.ingangsdatum, allocation.einddatum
    if period == "looptijd" or last is None:
        return 1
    if period == "kalenderjaar":
        return last.year - first.year + 1
    return _year_begun(first, last) + 1


def _year_begun(first: date, day: date) -> int:
    """How many whole years of the validity lie behind a day."""
    years = day.year - first.year
    return years if Termijn(jaren=years).na(first) <= day else years - 1
