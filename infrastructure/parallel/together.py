"""Replays cut into parts and brought together: in one order, whatever worked them out."""

import heapq
import pickle
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import IO, Any, Final

from attrs import evolve

from rekenschap.application.controlepunt import Controlepunt
from rekenschap.application.errors import Broken, Incorrect
from rekenschap.application.inzage import ASKED
from rekenschap.application.parallel import Rij, Werkers, Workers
from rekenschap.application.reproduction import Reproductie
from rekenschap.infrastructure.parallel.parts import (
    how_many,
    planned,
    stretches_for,
    youths_in,
)
from rekenschap.infrastructure.parallel.place import Place, Sleutel
from rekenschap.infrastructure.parallel.work import (
    Checking,
    Done,
    Task,
    fold,
    reproduce,
    verify,
)
from rekenschap.infrastructure.parallel.workers import workers_of
from rekenschap.infrastructure.store.guarded import GuardedStore
from rekenschap.infrastructure.store.verifying import Judged, Stretch

CHUNK: Final = 20
"""So many results of a part are in memory while the parts are merged."""


class Parts:
    """The results of parts, each in order, kept in a file without a name until all are there."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._places: list[list[int]] = []

    def add(self, results: list[Any]) -> None:
        """Keep what came of one part."""
        places = []
        for first in range(0, len(results), CHUNK):
            places.append(self._file.tell())
            pickle.dump(results[first : first + CHUNK], self._file)
        self._places.append(places)

    def merged(self, key: Callable[[Any], Any] | None) -> Iterator[Any]:
        """All of them in one order, by a key or by themselves, read back little by little."""
        return heapq.merge(*(self._read(places) for places in self._places), key=key)

    def _read(self, places: list[int]) -> Iterator[Any]:
        for place in places:
            self._file.seek(place)
            yield from pickle.load(self._file)


class SqlParallel:
    """``Parallel`` of the application on a database that other processes can open."""

    deelbaar = True

    def __init__(self, store: GuardedStore, place: Place, parts: int | None = None) -> None:
        """``parts`` is the number of parts; without it, as many as the log asks for."""
        self._store = store
        self._place = place
        self._parts = parts

    def reproduced(
        self, werkers: Werkers, upto: int, progress: Callable[[int], None] | None
    ) -> Iterator[Reproductie]:
        return self._together(reproduce, lambda one: one.positie, werkers, upto, progress)

    def folded(
        self, werkers: Werkers, upto: int, progress: Callable[[int], None] | None
    ) -> Iterator[Rij]:
        return self._together(fold, None, werkers, upto, progress)  # a row begins with its key

    def verified(
        self,
        werkers: Werkers,
        progress: Callable[[int], None] | None,
        tegen: Sequence[Controlepunt],
        *,
        alleen_keten: bool = False,
    ) -> int:
        """What a worker finds wrong is looked for once more by this process alone: from the first
        line on, and so the first of it is named."""
        workers = workers_of(werkers)
        store, begun = self._store, self._store.verification(alleen_keten=alleen_keten)
        number = self._parts or stretches_for(workers.aantal, begun.end.head.position)
        place = evolve(self._place, sleutel=None)  # nothing of the vault is read
        cut: list[Stretch | None] = [*begun.stretches(number)]
        if not alleen_keten:
            cut.insert(0, None)  # the indexes, which take one worker longest
        tasks = [Checking(place=place, stretch=one, beside=not alleen_keten) for one in cut]
        judged, lines = list[Judged](), 0
        try:
            for one in workers.each(verify, tasks):
                if one is not None:
                    judged.append(one)
                    lines += one.ended.count - one.began.count
                    if progress is not None:
                        progress(lines)
            count = begun.together(judged, tegen)
        except Broken:
            known = store.verified
            store.verify(tegen=tegen, alleen_keten=alleen_keten)
            store.verified = known  # a worker saw it otherwise
            raise
        store.verified = (count, store.clock.now())
        return count

    def _together(
        self,
        work: Callable[[Task], Done],
        key: Callable[[Any], Any] | None,
        werkers: Werkers,
        upto: int,
        progress: Callable[[int], None] | None,
    ) -> Iterator[Any]:
        tasks, workers = self._tasks(werkers, upto)
        lines = 0
        with tempfile.TemporaryFile(prefix="rekenschap-") as file:
            parts = Parts(file)
            for done in workers.each(work, tasks):
                self._note(done.gelezen)
                parts.add(done.gevonden)
                lines += done.regels
                if progress is not None:
                    progress(min(lines, upto))
            yield from parts.merged(key)

    def _tasks(self, werkers: Werkers, upto: int) -> tuple[list[Task], Workers]:
        workers, place = workers_of(werkers), self._place
        if workers.elders and isinstance(place.sleutel, bytes):
            allowed = "the path of a key file that every machine has: a key is not sent over"
            raise Incorrect("sleutel", None, allowed, secret=True)
        with self._store.reading() as unit:
            youths = youths_in(unit.connection, self._store.ledger.key)
        number = self._parts or how_many(workers.aantal, upto)
        return [
            Task(place=place, part=part, upto=upto) for part in planned(youths, number)
        ], workers

    def _note(self, persons: Collection[str]) -> None:
        """What a worker read of persons is logged before what came of it is told."""
        asked = ASKED.get()
        if asked is not None:
            self._store.note_read(asked, persons, granted=True)


def let_others_help(store: GuardedStore, url: str, sleutel: Sleutel) -> None:
    """Have the store cut its replays into parts, where other processes can open its database."""
    place = Place.of(url, store.grootboek, sleutel)
    if place is not None:
        store.parallel = SqlParallel(store, place)
