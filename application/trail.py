"""Lines of the audit trail, from what was recorded."""

from rekenschap.application.errors import Broken
from rekenschap.application.forming import formed_by
from rekenschap.application.ports import Codec, UnitOfWork
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.application.standen import SpoorRegel
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.decide import Uitspraak


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
