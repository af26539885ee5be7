"""Rules about what somebody shows or needs: a statement that is recent, more than is usual."""

from datetime import date
from decimal import Decimal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.zaak import AFGEGEVEN, Regelsoort, Zaak, regelsoort


@regelsoort("verklaring_recent", 1, "ZorgGestart")
@frozen(kw_only=True)
class VerklaringRecent(Regelsoort):
    """There is a statement, given no longer than a term before a day; that day itself is in time.

    The day is the one in ``sinds``, or that of the step. None at all is a breach.
    """

    overal = True

    kenmerk: str
    termijn: Termijn
    sinds: str | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        given = zaak.stap.lees(self.kenmerk)
        if given is AFWEZIG:
            return zwijgt(self.kenmerk)
        if not isinstance(given, date):
            return breuk(**{self.kenmerk: None})
        since = zaak.stap.datum if self.sinds is None else zaak.stap.lees(self.sinds)
        if not isinstance(since, date):
            return zwijgt(self.sinds or "datum")
        earliest = self.termijn.voor(since)
        if given >= earliest:
            return VOLDOET
        return breuk(**{self.kenmerk: given}, niet_voor=earliest)


@regelsoort("meer_dan", 1, AFGEGEVEN)
@frozen(kw_only=True)
class MeerDan(Regelsoort):
    """One number is more than another."""

    kenmerk: str
    dan: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        values = []
        for name in (self.kenmerk, self.dan):
            value = zaak.stap.lees(name)
            if isinstance(value, bool) or not isinstance(value, int | Decimal):
                return zwijgt(name)
            values.append(value)
        if values[0] > values[1]:
            return VOLDOET
        return breuk(**{self.kenmerk: values[0], self.dan: values[1]})
