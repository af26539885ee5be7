"""Work lists: what somebody should look at, as of any day. Computed from what is known."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from fractions import Fraction

from attrs import evolve, frozen

from rekenschap.application.dossiers import Session
from rekenschap.application.herzien import Herzien
from rekenschap.application.ports import UnitOfWork
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.application.signalen import Passing
from rekenschap.application.verlopen import SOON, lapsing
from rekenschap.domain.bezwaren import Bezwaarstand, bezwaarzaken
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.facts import OverToewijzing, VerwijzingOntvangen
from rekenschap.domain.facts.advies import OverAdvies
from rekenschap.domain.identifiers import Code, RegelId
from rekenschap.domain.opdag import on_day, recognised, told_on
from rekenschap.domain.peildatum import PeildatumBereikt
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import Beslissing

NEARLY = Fraction(9, 10)


class SoortWerk(StrEnum):
    """The work lists."""

    SIGNAAL = "signaal"
    TERMIJN_VERSTREKEN = "termijn_verstreken"
    TERMIJN_LOOPT = "termijn_loopt"
    BEZWAAR_TERMIJN = "bezwaar_termijn"
    VERWIJZING_VERLOOPT = "verwijzing_verloopt"
    BIJNA_OP = "bijna_op"
    LOOPT_AF = "loopt_af"
    WACHT_OP_GOEDKEURING = "wacht_op_goedkeuring"
    TE_HERZIEN = "te_herzien"


@frozen(kw_only=True)
class Werk:
    """One thing to look at. ``uiterlijk`` is the day it is due, where there is one.

    It is about a ``toewijzing``, a ``verwijzing`` or an ``advies``; ``regels`` are the rules it is
    about. For ``te_herzien`` ``toen`` is the answer that was given and ``nu`` the one it would
    have by what is known now; ``beslissing`` is the reference of the step. For ``bezwaar_termijn``
    it is the reference of the objection, and without ``uiterlijk`` its term cannot be worked out.
    """

    soort: SoortWerk
    jeugdige: str | None
    toewijzing: str | None = None
    verwijzing: str | None = None
    advies: str | None = None
    regels: tuple[str, ...] = ()
    uiterlijk: date | None = None
    beslissing: str | None = None
    toen: Beslissing | None = None
    nu: Beslissing | None = None


@frozen
class Werklijst:
    """Makes the work lists of one dossier inside one unit of work, as of a day."""

    grootboek: str
    unit: UnitOfWork
    session: Session
    library: Bibliotheek
    day: date

    def of(self, reference: str) -> Iterator[Werk]:
        """Everything to look at for one jeugdige, or one question for advice."""
        dossier = self.session.dossier(reference).dossier
        youth = self.unit.vault.host_id(reference)
        then = on_day(dossier.boekingen, self.day)
        for work in self._all(dossier, then):
            yield evolve(work, jeugdige=youth)

    def _all(self, dossier: Dossier, then: Dossier) -> Iterator[Werk]:
        """The rules see size and period as they are known; the rest is as of the day."""
        for allocation in dossier.toewijzingen.values():
            yield from self._signals(dossier, allocation)
        yield from self._duties(then)
        yield from self._lapsing(then)
        yield from self._objections(dossier)
        for allocation in then.toewijzingen.values():
            yield from self._near_its_end(then, allocation)
        for entry in then.wachtend.values():
            asked = tuple(o.regel for o in entry.beslissing.oordelen)
            yield self._about(SoortWerk.WACHT_OP_GOEDKEURING, entry, regels=asked)
        for one in Herzien(self.unit, self.session, self.library).of(dossier):
            if told_on(one.besluit.boeking) <= self.day:
                rules = tuple(dict.fromkeys((*one.toen.regels, *one.nu.regels)))
                work = self._about(SoortWerk.TE_HERZIEN, one.besluit.boeking, regels=rules)
                yield evolve(work, toen=one.toen, nu=one.nu)

    def _about(
        self, kind: SoortWerk, entry: Boeking, *, regels: tuple[str, ...], due: date | None = None
    ) -> Werk:
        """Work about a step that was recorded."""
        fact = entry.feit
        return Werk(
            soort=kind,
            jeugdige=None,
            toewijzing=fact.op_toewijzing,
            verwijzing=fact.verwijzing if isinstance(fact, VerwijzingOntvangen) else None,
            advies=fact.advies if isinstance(fact, OverAdvies) else None,
            regels=regels,
            uiterlijk=due,
            beslissing=f"{self.grootboek}/{entry.positie}",
        )

    @property
    def _passing(self) -> Passing:
        return Passing(self.unit, self.session, self.library)

    def _signals(self, dossier: Dossier, allocation: Toewijzing) -> Iterator[Werk]:
        """The rules that time broke, and the duties of the same kind that are soon due."""
        step = PeildatumBereikt(datum=self.day, toewijzing=allocation.id)
        rules = self.library.van(dossier, allocation, self.day)
        due = dict(self._passing.duties(step, dossier, rules))
        for verdict in self._passing.on(self.day, dossier, allocation).oordelen:
            named = verdict.vergeleken.get(Code("uiterlijk"))
            last = due.pop(verdict.regel, None)
            yield Werk(
                soort=SoortWerk.SIGNAAL,
                jeugdige=None,
                toewijzing=allocation.id,
                regels=(verdict.regel,),
                uiterlijk=named if isinstance(named, date) else last,
            )
        for rule, last in due.items():
            if self.day <= last <= self.day + SOON:
                yield Werk(
                    soort=SoortWerk.TERMIJN_LOOPT,
                    jeugdige=None,
                    toewijzing=allocation.id,
                    regels=(rule,),
                    uiterlijk=last,
                )

    def _duties(self, then: Dossier) -> Iterator[Werk]:
        """The duties that a recorded step brought and that nobody told to be met."""
        for entry in recognised(then):
            allocation = None
            if isinstance(entry.feit, OverToewijzing):
                allocation = then.toewijzingen.get(entry.feit.toewijzing)
            elif not isinstance(entry.feit, OverAdvies):
                continue
            rules = self.library.voor(entry.feit, then, allocation).versie
            last: dict[RegelId, date] = dict(self._passing.duties(entry.feit, then, rules))
            for rule, due in last.items():
                late = due < self.day
                kind = SoortWerk.TERMIJN_VERSTREKEN if late else SoortWerk.TERMIJN_LOOPT
                if due <= self.day + SOON:
                    yield self._about(kind, entry, regels=(rule,), due=due)

    def _lapsing(self, then: Dossier) -> Iterator[Werk]:
        """A referral on which care has not started and soon cannot."""
        for one in lapsing(then, self.day, self.library, self.session.configuration()):
            yield Werk(
                soort=SoortWerk.VERWIJZING_VERLOOPT,
                jeugdige=None,
                toewijzing=one.toewijzing,
                verwijzing=one.verwijzing,
                regels=(one.regel,),
                uiterlijk=one.dag,
            )

    def _objections(self, dossier: Dossier) -> Iterator[Werk]:
        """Objections whose term to decide runs out or ran out, or cannot be worked out."""
        for case in bezwaarzaken(dossier.boekingen, self.day):
            terms = case.termijnen() if case.stand is Bezwaarstand.OPEN else None
            if terms is None:
                continue
            due = terms.beslis_uiterlijk
            if due is None or due <= self.day + SOON:
                yield self._about(SoortWerk.BEZWAAR_TERMIJN, case.boeking, regels=(), due=due)

    def _near_its_end(self, then: Dossier, allocation: Toewijzing) -> Iterator[Werk]:
        """Nearly used up, or near its last day."""
        runs = allocation.looptijd
        if runs is None or self.day not in runs:
            return
        full = tuple(self._passing.nearly_full(self.day, then, allocation, NEARLY))
        if full:
            yield Werk(
                soort=SoortWerk.BIJNA_OP, jeugdige=None, toewijzing=allocation.id, regels=full
            )
        last = allocation.einddatum
        if last is not None and last - SOON <= self.day:
            yield Werk(
                soort=SoortWerk.LOOPT_AF, jeugdige=None, toewijzing=allocation.id, uiterlijk=last
            )
