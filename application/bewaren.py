"""What is kept longer than it should be: a report, never an erasure."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from attrs import frozen

from rekenschap.application.dossiers import Kept, Session
from rekenschap.application.kluis import Bewaring
from rekenschap.application.ports import Codec, UnitOfWork
from rekenschap.domain.bronnen import Bron
from rekenschap.domain.calendar import AMSTERDAM, Termijn, amsterdam_day
from rekenschap.domain.facts import GezinVastgelegd, JeugdigeVastgelegd
from rekenschap.domain.persoonsgegevens import Gegeven, Persoonsgegevens


@frozen(kw_only=True)
class Verstreken:
    """Something personal whose term has passed.

    ``betrokkene`` is the reference and ``host_id`` the host's own id of whom it is about;
    ``bewaren_tot`` is the last day it was to be kept, ``sinds`` the day after.
    """

    betrokkene: str
    host_id: str | None
    gegeven: str
    doel: str
    laatste_wijziging: date
    bewaren_tot: date
    bron: Bron

    @property
    def sinds(self) -> date:
        """Since when it is kept too long."""
        return self.bewaren_tot + timedelta(days=1)


@frozen
class Bewaren:
    """Makes the report of one day inside one unit of work."""

    unit: UnitOfWork
    codec: Codec
    declared: Persoonsgegevens
    day: date

    def verstreken(self) -> Iterator[Verstreken]:
        """Everything whose term passed before the day, by person and field.

        A term counts from the last record that touches the person: that is looked up now, so a
        later step moves it along. It never ends before the day it was kept under.
        """
        terms = {one.termijn for one in self.declared.gegevens.values() if one.termijn is not None}
        if not terms:
            return
        shortest = min(terms, key=lambda term: term.na(self.day))
        for reference in self.unit.vault.quiet_since(self._last_before(shortest)):
            last = self._last_change(reference)
            host_id: str | None = None
            for kept in self._kept(reference):
                declaration = self.declared.van(kept.veld)
                until = _until(declaration, kept, last)
                if until is None or until >= self.day:
                    continue
                host_id = host_id or self.unit.vault.host_id(reference)
                yield Verstreken(
                    betrokkene=reference,
                    host_id=host_id,
                    gegeven=kept.veld,
                    doel=kept.doel,
                    laatste_wijziging=last,
                    bewaren_tot=until,
                    bron=declaration.bron,
                )

    def _kept(self, reference: str) -> list[Bewaring]:
        kind = reference.partition("/")[0]
        own = Bewaring(kind, self.declared.van(kind).doel, None)
        return [own, *self.unit.vault.kept_of(reference)]

    def _last_before(self, term: Termijn) -> int:
        """The last position recorded on or before the day that is a whole term ago."""
        end = datetime.combine(term.voor(self.day) + timedelta(days=1), time(), AMSTERDAM)
        return self.unit.log.position_at(end - timedelta(microseconds=1))

    def _last_change(self, reference: str) -> date:
        """The day of the last record that touches a person; of a family also its members."""
        last = [self.unit.log.read((one,))[-1:] for one in self._dossier(reference)]
        moments = [lines[0].recorded_at for lines in last if lines]
        return amsterdam_day(max(moments)) if moments else date.min

    def _dossier(self, reference: str) -> list[str]:
        if not reference.startswith("gezin/"):
            return [reference]
        entries = Session(Kept(), self.unit.log, self.codec.decode).entries(reference)
        members: set[str] = set()
        for fact in (entry.feit for entry in entries):
            if isinstance(fact, GezinVastgelegd):
                members.update(fact.leden)
            elif isinstance(fact, JeugdigeVastgelegd):
                members.add(fact.jeugdige)
        return [reference, *sorted(members)]


def _until(declaration: Gegeven, kept: Bewaring, last: date) -> date | None:
    until = declaration.bewaren_tot(last)
    return until if until is None or kept.tot is None else max(until, kept.tot)
