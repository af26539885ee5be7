"""What is asked about a provider as a whole: its allocations, and the signals on a day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from rekenschap.application.answers import Toets
from rekenschap.application.dossiers import Session
from rekenschap.application.forming import formed_by
from rekenschap.application.ports import UnitOfWork
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.calendar import AMSTERDAM
from rekenschap.domain.corrections import effective
from rekenschap.domain.decide import Situatie, Uitspraak, judged
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.evolve import fold
from rekenschap.domain.facts import BeginstandOvergenomen, ToewijzingAfgegeven
from rekenschap.domain.identifiers import AanbiederId, ToewijzingId
from rekenschap.domain.peildatum import PeildatumBereikt
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.vocabulary import Rol


def allocations_of(
    session: Session, provider: AanbiederId, counts: Callable[[Boeking], bool] | None = None
) -> tuple[Toewijzing, ...]:
    """Every allocation to a provider, of whichever jeugdige; of their entries only what counts."""
    granted = [entry.feit for entry in session.entries(f"aanbieder/{provider}")]
    youths = {
        f.jeugdige for f in granted if isinstance(f, ToewijzingAfgegeven | BeginstandOvergenomen)
    }
    found: list[Toewijzing] = []
    for youth in sorted(youths):
        dossier = session.dossier(youth).dossier
        if counts is not None:
            dossier = fold(entry for entry in effective(dossier.boekingen) if counts(entry))
        found += [t for t in dossier.toewijzingen.values() if t.aanbieder == provider]
    return tuple(found)


def signals_of_provider(
    provider: AanbiederId,
    day: date,
    total: Bedrag | None,
    unit: UnitOfWork,
    session: Session,
    library: Bibliotheek,
) -> Toets:
    """Which signals are open about a provider on a day; ``total`` is its declared total of the
    year where that is known from elsewhere. Records nothing."""
    rules = library.op_dag(day)
    step = PeildatumBereikt(
        datum=day,
        toewijzing=ToewijzingId("alle"),
        aanbieder=provider,
        gedeclareerd_totaal=total,
    )
    contract = session.contract(provider)
    situation = Situatie(
        dossier=Dossier(),
        inrichting=session.configuration(),
        regeling=rules.over_aanbieder,
        moment=datetime.combine(day, time(12), AMSTERDAM).astimezone(UTC),
        positie=unit.log.head().position + 1,
        rol=Rol.BEHEERDER,
        contracten={} if contract is None else {provider: contract},
        bij_aanbieder=allocations_of(session, provider),
    )
    return Toets(**formed_by(Uitspraak(step, judged(situation, step)), (rules,)))
