"""Lines of the audit trail, from what was recorded."""

from collections.abc import Sequence

from rekenschap.application.errors import Broken
from rekenschap.application.forming import formed_by
from rekenschap.application.ports import Codec, UnitOfWork
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.application.standen import SpoorRegel
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.corrections import is_correction
from rekenschap.domain.decide import Uitspraak
from rekenschap.domain.facts import GegevenIngetrokken, OverBoeking


class Trail:
    """Makes lines of the audit trail inside one unit of work."""

    def __init__(self, unit: UnitOfWork, codec: Codec, library: Bibliotheek) -> None:
        self._unit = unit
        self._codec = codec
        self._library = library

    def line(self, position: int, replaced: int | None) -> SpoorRegel:
        """The line recorded at a position; ``replaced`` is what took its place by then."""
        records = self._unit.log.read_from(position - 1, upto=position, limit=1)
        if not records:
            raise Broken("a line of the audit trail is not in the log", position=position)
        return self.of(self._codec.decode(records[0]), replaced)

    def of(self, entry: Boeking, replaced: int | None) -> SpoorRegel:
        """The line of an entry."""
        receipt = entry.beslissing.bon
        hashes = receipt.regelingen if receipt is not None else ()
        rules = [self._library.op_hash[h] for h in hashes]
        formed = formed_by(Uitspraak(entry.feit, entry.beslissing), rules)
        return SpoorRegel(
            bekend_op=entry.positie,
            geregistreerd_op=entry.geregistreerd_op,
            geldig_op=entry.feit.datum,
            gebeurtenis=type(entry.feit).__name__,
            feit=entry.feit,
            uitkomst=entry.beslissing.uitkomst,
            aard=entry.feit.aard,
            verdicts=formed["verdicts"],
            gronden=entry.beslissing.gronden,
            wie=self._unit.vault.host_id(entry.melder.wie),
            rol=entry.melder.rol,
            referentie=entry.referentie,
            achterhaald_op=replaced,
        )


def replaced_by(entries: Sequence[Boeking]) -> dict[int, int]:
    """By entry, the position of the last change of it that was not taken back."""
    changes = {e.positie: e for e in entries if is_correction(e) and e.beslissing.uitkomst.erkend}
    gone: set[int] = set()
    for position in sorted(changes, reverse=True):
        fact = changes[position].feit
        if isinstance(fact, GegevenIngetrokken) and position not in gone:
            gone.add(fact.betreft)
    return {
        fact.betreft: position
        for position in sorted(changes)
        if position not in gone and isinstance(fact := changes[position].feit, OverBoeking)
    }
