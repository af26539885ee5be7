"""Rules about advice: the terms within which it is given."""

from datetime import date
from typing import Literal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Termijn, working_days_after
from rekenschap.domain.facts import AdviesGevraagd, AdviesUitgebracht
from rekenschap.domain.opdag import recognised
from rekenschap.domain.rules.afwezigheid import holidays_of
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.zaak import Regelsoort, Zaak, regelsoort

INSTRUMENT = "instrument_ingezet_op"
Moment = Literal["vraag", "instrument", "advies"]


@regelsoort("advies_termijn", 1, "AdviesUitgebracht")
@frozen(kw_only=True)
class AdviesTermijn(Regelsoort):
    """From one moment to another at most so many working days, or a term.

    Working days are counted from the day after; ``feestdagen_optie`` holds the holidays. The day an
    instrument was put in can be told with the advice, or before it with the question.
    """

    plicht_vanaf = frozenset({"AdviesGevraagd"})

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
        put_in = zaak.stap.lees(INSTRUMENT)
        days: dict[Moment, object] = {
            "vraag": asked.datum,
            "instrument": asked.lees(INSTRUMENT) if put_in is AFWEZIG else put_in,
            "advies": zaak.stap.datum,
        }
        begin, end = days[self.van], days[self.tot]
        if not isinstance(begin, date) or not isinstance(end, date):
            return zwijgt(INSTRUMENT)
        last = self._last(begin, zaak)
        return VOLDOET if end <= last else breuk(van=begin, op=end, uiterlijk=last)

    def uiterlijk(self, zaak: Zaak) -> date | None:
        """Of what was asked and not answered; an instrument counts when it was told."""
        asked = zaak.stap
        if not isinstance(asked, AdviesGevraagd) or asked.vorm not in self.vormen:
            return None
        put_in = asked.lees(INSTRUMENT)
        begin = asked.datum if self.van == "vraag" else put_in
        facts = (b.feit for b in recognised(zaak.dossier))
        met = any(isinstance(f, AdviesUitgebracht) and f.advies == asked.advies for f in facts)
        if self.tot == "instrument":
            met = met or isinstance(put_in, date)
        return None if met or not isinstance(begin, date) else self._last(begin, zaak)

    def _last(self, begin: date, zaak: Zaak) -> date:
        if self.werkdagen is not None:
            option = self.feestdagen_optie
            return working_days_after(
                begin, self.werkdagen, holidays_of(zaak, option) if option else ()
            )
        return (self.termijn or Termijn()).na(begin)
