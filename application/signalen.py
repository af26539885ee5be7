"""Which signals are open on a day: the rules that time itself can break."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction

from attrs import frozen

from rekenschap.application.answers import Toets
from rekenschap.application.dossiers import Session
from rekenschap.application.forming import formed_by
from rekenschap.application.ports import UnitOfWork
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.application.surroundings import Surroundings
from rekenschap.domain.decide import Situatie, Uitspraak, case_of, judged
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.facts import Feit
from rekenschap.domain.identifiers import RegelId, ToewijzingId
from rekenschap.domain.judge import duties, nearly_full
from rekenschap.domain.peildatum import PeildatumBereikt
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import Beslissing, Gevolg, Oordeel, heaviest
from rekenschap.domain.vocabulary import Rol

BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


@frozen
class Passing:
    """What the rules say when nothing happens but time passing, inside one unit of work.

    Nothing is recorded, so the clock is not asked: the moment is that of the last record.
    """

    unit: UnitOfWork
    session: Session
    library: Bibliotheek

    def situation(self, fact: Feit, dossier: Dossier, rules: Regeling) -> Situatie:
        """A step that is only thought of, on what is known."""
        head = self.unit.log.head()
        return Surroundings(self.unit, self.session, self.library.huisregels).situation(
            fact,
            dossier,
            rules,
            moment=head.recorded_at or BEFORE_ALL,
            position=head.position + 1,
            role=Rol.BEHEERDER,
        )

    def on(self, day: date, dossier: Dossier, allocation: Toewijzing) -> Beslissing:
        """What the rules say about an allocation on a day."""
        step = PeildatumBereikt(datum=day, toewijzing=allocation.id)
        rules = self.library.van(dossier, allocation, day)
        return judged(self.situation(step, dossier, rules), step)

    def duties(
        self, step: Feit, dossier: Dossier, rules: Regeling
    ) -> Iterator[tuple[RegelId, date]]:
        """The duties with a term that a step brings and that are not met, with their last day."""
        event = type(step).__name__
        if not any(event in one.plicht_bij for one in (rules, *self.library.huisregels)):
            return
        situation = self.situation(step, dossier, rules)
        yield from duties(case_of(situation, step, Gevolg()), situation.regelingen)

    def nearly_full(
        self, day: date, dossier: Dossier, allocation: Toewijzing, part: Fraction
    ) -> Iterator[RegelId]:
        """The rules with a maximum of which at least this part is used on a day."""
        step = PeildatumBereikt(datum=day, toewijzing=allocation.id)
        situation = self.situation(step, dossier, self.library.van(dossier, allocation, day))
        yield from nearly_full(case_of(situation, step, Gevolg()), situation.regelingen, part)


def open_signals(day: date, dossier: Dossier, only: str | None, passing: Passing) -> Toets:
    """The verdicts on a day for one allocation, or for every one of a jeugdige."""
    verdicts: list[Oordeel] = []
    rules = []
    for name, allocation in dossier.toewijzingen.items():
        if only is None or name == only:
            verdicts += passing.on(day, dossier, allocation).oordelen
            rules.append(passing.library.van(dossier, allocation, day))
    said = Beslissing(heaviest(tuple(verdicts)), oordelen=tuple(verdicts))
    asked = PeildatumBereikt(datum=day, toewijzing=ToewijzingId(only or "alle"))
    return Toets(**formed_by(Uitspraak(asked, said), (*rules, *passing.library.huisregels)))
