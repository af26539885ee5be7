"""Rules about advice: the terms within which it is given."""

from datetime import date
from typing import Literal

from attrs import frozen

from rekenschap.domain.calendar import Termijn, working_days_after
from rekenschap.domain.facts import AdviesUitgebracht
from rekenschap.domain.rules.afwezigheid import holidays_of
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.zaak import Regelsoort, Zaak, regelsoort

Moment = Literal["vraag", "instrument", "advies"]


@regelsoort("advies_termijn", 1, "AdviesUitgebracht")
@frozen(kw_only=True)
class AdviesTermijn(Regelsoort):
    """From one moment to another at most so many working days, or a term.

    Working days are counted from the day after; ``feestdagen_optie`` holds the holidays.
    """

    vormen: frozenset[str]
    van: Moment
    tot: Moment
    werkdagen: int | None = None
    termijn: Termijn | None = None
    feestdagen_optie: str | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        assert isinstance(zaak.stap, AdviesUitgebracht)
        asked = zaak.dossier.adviezen.get(zaak.stap.advies)
        if asked is None or asked.vorm not in self.vormen:
            return None
        days: dict[Moment, object] = {
            "vraag": asked.datum,
            "instrument": zaak.stap.lees("instrument_ingezet_op"),
            "advies": zaak.stap.datum,
        }
        begin, end = days[self.van], days[self.tot]
        if not isinstance(begin, date) or not isinstance(end, date):
            return zwijgt("instrument_ingezet_op")
        last = self._last(begin, zaak)
        return VOLDOET if end <= last else breuk(van=begin, op=end, uiterlijk=last)

    def _last(self, begin: date, zaak: Zaak) -> date:
        if self.werkdagen is not None:
            option = self.feestdagen_optie
            return working_days_after(
                begin, self.werkdagen, holidays_of(zaak, option) if option else ()
            )
        return (self.termijn or Termijn()).na(begin)
