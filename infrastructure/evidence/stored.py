"""Checkpoints, proofs and exports of a grootboek in a database, each from one or two readings.

Nothing is kept beside the log to make them from: a root that was stored could be changed with it.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from rekenschap.application.bewijsstukken import Insluitingsbewijs, Logregel, Samenhangsbewijs
from rekenschap.application.controlepunt import Controlepunt
from rekenschap.application.errors import Broken, Incorrect
from rekenschap.infrastructure.evidence.against import Against
from rekenschap.infrastructure.evidence.export import Export
from rekenschap.infrastructure.evidence.merkle import (
    Stretch,
    consistency_stretches,
    inclusion_stretches,
    is_consistent,
    is_included,
    roots,
)
from rekenschap.infrastructure.store.seal import (
    UNREADABLE,
    End,
    Row,
    Sealed,
    chain,
    first_hash,
    from_microseconds,
    judge_rows,
    verify_rows,
)

Progress = Callable[[int], None] | None


class Lines(Protocol):
    """What evidence reads of a store: lines as they stand there, in order, in constant memory."""

    @property
    def ledger_id(self) -> str: ...

    def end(self) -> End:
        """Where the log ends, in one view."""
        ...

    def raw(self, after: int | None, upto: int, progress: Progress = None) -> Iterator[Row]:
        """Whole lines with a position above ``after``; None is before all there are."""
        ...

    def hashes(self, upto: int) -> Iterator[bytes]:
        """The stored hash of every line from the first. Raises Broken where one is missing."""
        ...


class StoredEvidence:
    """``Bewijsvoering`` on the lines of a store."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def controlepunt(
        self,
        omvang: int | None = None,
        *,
        tegen: Sequence[Controlepunt] = (),
        progress: Progress = None,
    ) -> Controlepunt:
        """The checkpoint of the first lines (default: all); reads and verifies all of them."""
        return self._judged(omvang, tegen, lambda rows: rows, progress)

    def exporteer(
        self, naar: Path, controlepunten: Sequence[Controlepunt], progress: Progress = None
    ) -> Controlepunt:
        """Write the log to a folder while it is verified; the folder appears when all is well."""
        with Export(naar) as export:
            made = self._judged(None, controlepunten, export.along, progress)
            export.finish([*(one for one in controlepunten if one != made), made])
        return made

    def insluiting(self, positie: int, tot: Controlepunt) -> Insluitingsbewijs:
        """The proof of one line; it is checked before it is given."""
        self._of_this_log(tot)
        try:
            line = self._line(positie)
        except Broken:
            self.controlepunt(tegen=[tot])  # the one before it may be the first that is wrong
            raise
        path = self._roots(inclusion_stretches(positie - 1, tot.omvang), tot.omvang)
        if not is_included(line.hash, positie - 1, tot.omvang, path, tot.wortel):
            self._refuse(tot)
        return Insluitingsbewijs(regel=line, pad=tuple(path), controlepunt=tot)

    def samenhang(self, van: Controlepunt, tot: Controlepunt) -> Samenhangsbewijs:
        """The proof that one log begins with another; it is checked before it is given."""
        for punt in (van, tot):
            self._of_this_log(punt)
        if van.omvang > tot.omvang:  # the log has become shorter than it was
            self._refuse(van)
        path = self._roots(consistency_stretches(van.omvang, tot.omvang), tot.omvang)
        if not is_consistent(van.omvang, van.wortel, tot.omvang, tot.wortel, path):
            self._refuse(van, tot)
        if not path:  # nothing of the log was needed to join these two
            self.controlepunt(tegen=(van, tot))
        return Samenhangsbewijs(van=van, tot=tot, pad=tuple(path))

    def _judged(
        self,
        omvang: int | None,
        tegen: Sequence[Controlepunt],
        along: Callable[[Iterator[Row]], Iterator[Row]],
        progress: Progress,
    ) -> Controlepunt:
        lines = self._lines
        end = lines.end()
        head = end.head
        if omvang is not None and omvang > head.position:
            allowed = f"a position from 0 up to the last one, {head.position}"
            raise Incorrect("omvang", omvang, allowed)
        size = head.position if omvang is None else omvang
        against = Against(lines.ledger_id, tegen)
        with against.naming():
            rows = along(against.along(lines.raw(None, size, progress)))
            if omvang is None:
                verify_rows(rows, lines.ledger_id, head, end.last)
                last, moment = head.hash, head.recorded_at
            else:
                found = judge_rows(rows, Sealed.nothing(lines.ledger_id))
                last, at = found.hash, found.moment
                moment = None if at is None else from_microseconds(at)
                if found.count != size:
                    raise Broken("the log ends before its head", position=found.count + 1)
            against.finish(head.position)
        return Controlepunt(
            grootboek_id=lines.ledger_id,
            omvang=size,
            wortel=against.tree.root(),
            kop=last,
            moment=moment,
        )

    def _line(self, position: int) -> Logregel:
        """The line at a position, once it fits on the one before it."""
        rows = list(self._lines.raw(max(position - 2, 0), position))
        before = rows[0] if position > 1 else None
        if len(rows) != (1 if before is None else 2) or rows[-1][0] != position:
            raise Broken("there is no line here", position=position)
        previous = first_hash(self._lines.ledger_id) if before is None else before[7]
        try:
            return _fitting(rows[-1], previous)
        except UNREADABLE as error:
            raise Broken(f"cannot be read ({error})", position=position) from error

    def _roots(self, stretches: Sequence[Stretch], size: int) -> list[bytes]:
        return roots(self._lines.hashes(size), stretches) if stretches else []

    def _of_this_log(self, punt: Controlepunt) -> None:
        Against(self._lines.ledger_id, [punt])
        if punt.omvang > self._lines.end().head.position:
            self._refuse(punt)

    def _refuse(self, *punten: Controlepunt) -> None:
        """Reads the whole log once more, to name where it stops being that of a checkpoint."""
        self.controlepunt(tegen=punten)
        raise Broken("the stored hashes are not those that were verified just now")


def _fitting(row: Row, previous: bytes) -> Logregel:
    """The line, once its hash is that of itself behind the one before it."""
    position, at, stream, stream_version, name, version, payload, stored = row
    told, other = stream.decode(), name.decode()
    if stored != chain(previous, position, at, other, version, told, stream_version, payload):
        raise Broken("the stored hash is not the hash of this line", position=position)
    return Logregel(
        positie=position,
        geregistreerd_op_us=at,
        stroom=told,
        stroomversie=stream_version,
        naam=other,
        versie=version,
        inhoud=payload,
        hash=stored,
        vorige_hash=previous,
    )
