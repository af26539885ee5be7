"""What would be, under other rules, of one jeugdige: balances and the trail."""

from datetime import date

import attrs
from attrs import frozen

from rekenschap.application.ports import Codec, UnitOfWork
from rekenschap.application.readmodel import Leesmodel
from rekenschap.application.recorded import commands_in
from rekenschap.application.replay import Herspeler
from rekenschap.application.standen import JeugdigeStand, Pagina, SpoorRegel, ToewijzingStand
from rekenschap.application.trail import Trail, replaced_by
from rekenschap.application.world import as_recorded, log_position
from rekenschap.domain.boeking import Boeking


@frozen(kw_only=True)
class WatAls:
    """The part of the ledger of one subject, replayed up to a position, in one unit of work.

    ``over`` is the jeugdige, or a stream that is of none. ``regels`` says in words what is
    assumed; every answer repeats it.
    """

    unit: UnitOfWork
    codec: Codec
    leesmodel: Leesmodel
    replayer: Herspeler
    over: str
    positie: int
    regels: str

    def stand(self, name: str, day: date) -> ToewijzingStand | None:
        """The balance of an allocation on a valid day; None where there would be none."""
        entries = self.replayer.entries(self.unit, (f"toewijzing/{name}",), self.positie)
        found = self.leesmodel.uit_boekingen(
            self.unit, name, entries, self._names(), day, self.positie
        )
        return None if found is None else attrs.evolve(found, volgens=self.regels)

    def standen(self, host_id: str, day: date) -> JeugdigeStand:
        """Everything of the jeugdige on a valid day."""
        streams = [e.feit.stroom for e in self._all()]
        names = sorted({s.partition("/")[2] for s in streams if s.startswith("toewijzing/")})
        found = (self.stand(name, day) for name in names)
        each = [
            self.replayer.entries(self.unit, (f"toewijzing/{name}",), self.positie)
            for name in names
        ]
        return JeugdigeStand(
            jeugdige=host_id,
            geldig_op=day,
            bekend_op=self.positie,
            toewijzingen=tuple(one for one in found if one is not None),
            no_shows=self.leesmodel.tellers_uit(each, day),
            volgens=self.regels,
        )

    def spoor(self, name: str | None, day: date, after: int, limit: int) -> Pagina[SpoorRegel]:
        """The trail of an allocation or of the jeugdige, as it would be.

        It goes on after a position of this world: several lines here can share one of the log.
        """
        mine = (self.over,) if name is None else (f"toewijzing/{name}",)
        entries = self.replayer.entries(self.unit, mine, self.positie)
        replaced = {p: log_position(by) for p, by in replaced_by(entries).items()}
        library = self.replayer.library(self.replayer.at_end(self.unit, self.positie))
        trail = Trail(self.unit, self.codec, library)
        later = [e for e in entries if e.feit.datum <= day and e.positie > after]
        page = later[:limit]
        return Pagina(
            regels=tuple(trail.of(as_recorded(e), replaced.get(e.positie)) for e in page),
            verder=str(page[-1].positie) if len(later) > limit else None,
            bekend_op=self.positie,
            volgens=self.regels,
        )

    def replay(self) -> None:
        """Decide all of the subject again; asked once, before anything else."""
        log, decode = self.unit.log, self.codec.decode
        commands = commands_in(log, decode, (self.over,), 0, self.positie)
        for _ in self.replayer.replay(self.unit, commands):
            pass

    def _all(self) -> list[Boeking]:
        return self.replayer.entries(self.unit, (self.over,), self.positie)

    def _names(self) -> dict[str, str]:
        library = self.replayer.library(self.replayer.at_end(self.unit, self.positie))
        return {digest: rules.naam for digest, rules in library.op_hash.items()}
