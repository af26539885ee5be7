"""Which signals are open on a day: the rules that time itself can break."""

from datetime import date

from rekenschap.application.answers import Toets
from rekenschap.application.dossiers import Session
from rekenschap.application.forming import formed_by
from rekenschap.application.ports import UnitOfWork
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.application.surroundings import Surroundings
from rekenschap.domain.decide import Uitspraak, judged
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.identifiers import ToewijzingId
from rekenschap.domain.peildatum import PeildatumBereikt
from rekenschap.domain.verdicts import Beslissing, Oordeel, heaviest
from rekenschap.domain.vocabulary import Rol


def open_signals(
    day: date,
    dossier: Dossier,
    only: str | None,
    unit: UnitOfWork,
    session: Session,
    library: Bibliotheek,
) -> Toets:
    """The verdicts on a day for one allocation, or for every one of a jeugdige."""
    verdicts: list[Oordeel] = []
    rules = []
    for name, allocation in dossier.toewijzingen.items():
        if only is not None and name != only:
            continue
        regulation = library.van(dossier, allocation, day)
        step = PeildatumBereikt(datum=day, toewijzing=allocation.id)
        situation = Surroundings(unit, session, library.huisregels).situation(
            step,
            dossier,
            regulation,
            moment=unit.log.moment(),
            position=unit.log.head().position + 1,
            role=Rol.BEHEERDER,
        )
        verdicts += judged(situation, step).oordelen
        rules.append(regulation)
    said = Beslissing(heaviest(tuple(verdicts)), oordelen=tuple(verdicts))
    asked = PeildatumBereikt(datum=day, toewijzing=ToewijzingId(only or "alle"))
    return Toets(**formed_by(Uitspraak(asked, said), (*rules, *library.huisregels)))
