"""Rules about messages, invoices and payments in time."""

from datetime import date
from typing import Literal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.corrections import effective
from rekenschap.domain.facts import BerichtVerzonden, Gedeclareerd
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.vocabulary import Uitkomst
from rekenschap.domain.zaak import GEDECLAREERD, Regelsoort, Zaak, regelsoort

BERICHT = "BerichtVerzonden"
START: Literal["start"] = "start"
STOP: Literal["stop"] = "stop"
REFUSED: Literal["geweigerde_declaratie"] = "geweigerde_declaratie"


@regelsoort("bericht_termijn", 1, BERICHT)
@frozen(kw_only=True)
class BerichtTermijn(Regelsoort):
    """A message is sent within a term after what it answers; the last day of it is in time.

    That (``na``) is another message on the same allocation, the ``start`` or ``stop`` of the care,
    or a claim that was refused (``geweigerde_declaratie``), each the last one before it. Without it
    nothing is judged.
    """

    bericht: str
    na: str
    termijn: Termijn

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, BerichtVerzonden)
        if step.bericht != self.bericht:
            return None
        since = self._since(zaak, step)
        if since is None:
            return None
        last = self.termijn.na(since)
        if step.datum <= last:
            return VOLDOET
        return breuk(bericht=str(step.bericht), na=since, uiterlijk=last, verzonden=step.datum)

    def _since(self, zaak: Zaak, step: BerichtVerzonden) -> date | None:
        allocation = zaak.na or zaak.voor
        if self.na == START:
            return _started(zaak, step, allocation)
        if self.na == STOP:
            stop = None if allocation is None else allocation.verloop.stop_op(step.datum)
            return None if stop is None else stop.dag
        if self.na == REFUSED:
            days = [
                entry.feit.datum
                for entry in effective(zaak.dossier.boekingen)
                if isinstance(entry.feit, Gedeclareerd)
                and entry.feit.toewijzing == step.toewijzing
                and entry.beslissing.uitkomst is Uitkomst.GEWEIGERD
            ]
        else:
            days = [
                sent.datum
                for sent in zaak.dossier.berichten
                if sent.bericht == self.na and sent.toewijzing == step.toewijzing
            ]
        return max((day for day in days if day <= step.datum), default=None)


@regelsoort("binnen_termijn_na", 1)
@frozen(kw_only=True)
class BinnenTermijnNa(Regelsoort):
    """The step comes within a term after a day it names; that last day is in time."""

    overal = True

    kenmerk: str
    termijn: Termijn

    def judge(self, zaak: Zaak) -> Bevinding | None:
        since = zaak.stap.lees(self.kenmerk)
        if since is AFWEZIG:
            return zwijgt(self.kenmerk)
        if not isinstance(since, date):
            return None
        last = self.termijn.na(since)
        if zaak.stap.datum <= last:
            return VOLDOET
        return breuk(**{self.kenmerk: since}, uiterlijk=last, op=zaak.stap.datum)


@regelsoort("binnen_termijn_na_stop", 1, GEDECLAREERD)
@frozen(kw_only=True)
class BinnenTermijnNaStop(Regelsoort):
    """The step comes within a term after the care stopped; while it runs nothing is judged."""

    overal = True

    termijn: Termijn

    def judge(self, zaak: Zaak) -> Bevinding | None:
        stopped = zaak.toewijzing.verloop.stilte_op(zaak.stap.datum)
        if stopped is None:
            return None
        last = self.termijn.na(stopped)
        if zaak.stap.datum <= last:
            return VOLDOET
        return breuk(gestopt=stopped, uiterlijk=last, op=zaak.stap.datum)


@regelsoort("eigen_factuur", 1, GEDECLAREERD)
@frozen(kw_only=True)
class EigenFactuur(Regelsoort):
    """The invoice it is on holds no line of another kind, accepted or not."""

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, Gedeclareerd)
        if not step.factuur:
            return zwijgt("factuur")
        for entry in effective(zaak.dossier.boekingen):
            line = entry.feit
            if not isinstance(line, Gedeclareerd) or line.factuur != step.factuur:
                continue
            if line.soort != step.soort:
                return breuk(factuur=step.factuur, ook_op=str(line.soort))
        return VOLDOET


def _started(zaak: Zaak, step: BerichtVerzonden, allocation: Toewijzing | None) -> date | None:
    """The day the care began, also where its allocation is still to be given."""
    if allocation is not None:
        return allocation.gestart
    early = zaak.dossier.aangekondigd.get(step.toewijzing, ())
    return min((start.datum for start in early), default=None)
