"""Lines that go by, held against checkpoints that were kept elsewhere.

A chain that was written anew from some line on fits in itself; the root of a checkpoint then tells
that something up to its size is another, and the last checkpoint that still fits, that everything
up to there is as it was. So the first wrong position is known to lie between those two.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from rekenschap.application.controlepunt import Controlepunt
from rekenschap.application.errors import Broken
from rekenschap.infrastructure.evidence.merkle import EMPTY_ROOT, Tree
from rekenschap.infrastructure.store.seal import Row, first_hash, to_microseconds


class Against:
    """Goes along with a verification from the first line to the last, once."""

    def __init__(self, ledger_id: str, punten: Sequence[Controlepunt]) -> None:
        """Raises Broken for a checkpoint of another grootboek: one of the two was replaced."""
        for punt in punten:
            if punt.grootboek_id != ledger_id:
                raise Broken(
                    f"this is grootboek {ledger_id}, and the checkpoint of {punt.omvang} lines is "
                    f"of {punt.grootboek_id}: either the ledger or the file was replaced",
                    position=1,
                    bevestigd_tot=0,
                    uiterlijk=1,
                )
        self.tree = Tree()
        self.confirmed = 0
        """Up to here the log is the one that checkpoints stand for."""
        self._waiting = sorted(punten, key=lambda one: one.omvang, reverse=True)
        self._reached(0, EMPTY_ROOT, first_hash(ledger_id), None)

    def along(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The same lines; each is in the tree once whoever takes them judged it."""
        tree, wanted = self.tree, self._next()
        for row in rows:
            yield row
            tree.add(row[7])
            if tree.size == wanted:
                self._reached(tree.size, tree.root(), row[7], row[1])
                wanted = self._next()

    def follow(self, hashes: Iterable[bytes], moment_at: Callable[[int], int]) -> None:
        """The same for lines that were judged already: their hashes, in order from the first."""
        tree, wanted = self.tree, self._next()
        for stored in hashes:
            tree.add(stored)
            if tree.size == wanted:
                self._reached(tree.size, tree.root(), stored, moment_at(tree.size))
                wanted = self._next()

    def finish(self, head: int) -> None:
        """Raises Broken when a checkpoint stands for more lines than there are, up to the head."""
        if self._waiting and self._waiting[0].omvang > head:
            raise Broken(
                f"the log ends after {head} lines, and a checkpoint stands for "
                f"{self._waiting[0].omvang}",
                position=head + 1,
            )

    @contextmanager
    def naming(self) -> Iterator[None]:
        """Adds to a ``Broken`` up to where checkpoints confirm the log."""
        try:
            yield
        except Broken as error:
            if error.position is not None:
                error.details.setdefault("bevestigd_tot", self.confirmed)
                error.details.setdefault("uiterlijk", error.position)
            raise

    def _next(self) -> int | None:
        return self._waiting[-1].omvang if self._waiting else None

    def _reached(self, size: int, root: bytes, last: bytes, moment: int | None) -> None:
        while self._waiting and self._waiting[-1].omvang == size:
            punt = self._waiting.pop()
            if punt.wortel != root:
                raise Broken(
                    f"this is not the log of the checkpoint of {size} lines: what differs begins "
                    f"at one of the positions {self.confirmed + 1} to {size}",
                    position=self.confirmed + 1,
                    uiterlijk=size,
                )
            if (punt.kop, _microseconds(punt.moment)) != (last, moment):
                raise Broken(
                    f"the checkpoint of {size} lines contradicts itself: its root is that of this "
                    "log, and its last hash or moment is not",
                )
        self.confirmed = size


def _microseconds(moment: datetime | None) -> int | None:
    return None if moment is None else to_microseconds(moment)
