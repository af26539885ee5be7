"""The balance of every allocation from one walk over the log, without the tables.

Most lines are efforts, and most efforts only add up: equal ones are counted, and weighed once at
the end. All else bears on the timeline of its allocation, as in the projector; an allocation whose
entries bear on each other is read again as a whole.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from typing import Any, Final

from attrs import define, field, frozen

from rekenschap.application.ports import StoredRecord
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.facts import Feit, RegelingIngevoerd
from rekenschap.domain.toewijzing import GEEN_GEVOLG
from rekenschap.domain.verdicts import Gevolg
from rekenschap.projections.changes import charged
from rekenschap.projections.contributions import Introducing, allocation_of
from rekenschap.projections.omtrek import Addition, Omtrek, Outline
from rekenschap.projections.saldo import Saldo
from rekenschap.projections.timeline import Timeline

Whole = Callable[[str], Iterable[Boeking]]
"""Every entry about an allocation, up to where the walk ends."""
_STREAM: Final = "toewijzing/"


@frozen
class _Kind:
    """Efforts that add the same: what that is, and one of them."""

    adds: Hashable
    feit: Feit
    gevolg: Gevolg


@define
class _Allocation:
    """What was read of an allocation so far.

    ``adds`` counts the efforts that add the same. ``at_length`` once only reading it again as a
    whole tells its balance.
    """

    timeline: Timeline = field(factory=Timeline)
    adds: dict[Hashable, int] = field(factory=dict)
    at_length: bool = False

    @property
    def adds_up(self) -> bool:
        """Whether an effort adds the same whatever comes before it: the balance has its unit."""
        rows = self.timeline.rows
        return self.at_length or (bool(rows) and rows[0][1].eenheid is not None)


AT_LENGTH: Final = _Allocation(at_length=True)
"""Of all that are read again: nothing else is kept of them."""


class Recount:
    """Takes the lines of a log in their order, from the first; then tells the balances on a day."""

    def __init__(self, day: date, outline: Outline, addition: Addition) -> None:
        self._day = day
        self._outline, self._addition = outline, addition
        self._allocations: dict[str, _Allocation] = {}
        self._kinds: dict[Hashable, _Kind] = {}
        self._regulations: dict[str, str] = {}

    def add(self, record: StoredRecord) -> None:
        """Take the next line."""
        found = self._addition(record)
        if found is not None:
            adds, day = found
            allocation = self._allocations.get(record.stream)
            if allocation is not None and allocation.adds_up:
                if day <= self._day and not allocation.at_length:
                    self._count(allocation, adds, record)
                return
        self._bear(self._outline(record), record)

    def balances(self, whole: Whole) -> Iterator[tuple[str, Saldo]]:
        """Each allocation that has a balance on the day, by name."""
        for stream, allocation in sorted(self._allocations.items()):
            name = stream.removeprefix(_STREAM)
            if allocation.at_length:
                balance = Timeline.of_entries(whole(name)).on(self._day)
            else:
                balance = self._added_up(allocation)
            if balance is not None:
                yield name, balance

    def rows(self, whole: Whole) -> Iterator[tuple[str, dict[str, Any]]]:
        """The same with the columns of a row of the tables."""
        for name, balance in self.balances(whole):
            rules = self._regulations.get(balance.regeling, balance.regeling)
            yield name, {**balance.row(), "regeling": rules}

    def _count(self, allocation: _Allocation, adds: Hashable, record: StoredRecord) -> None:
        kind = self._kinds.get(adds)
        if kind is None:
            entry = self._outline(record)
            kind = self._kinds[adds] = _Kind(adds, entry.feit, entry.gevolg or GEEN_GEVOLG)
        same = kind.adds  # one object for all allocations
        allocation.adds[same] = allocation.adds.get(same, 0) + 1

    def _bear(self, entry: Omtrek, record: StoredRecord) -> None:
        fact = entry.feit
        if isinstance(fact, RegelingIngevoerd):
            self._regulations[fact.hash] = fact.regeling
        if (name := allocation_of(fact)) is None:
            return
        allocation = self._allocations.setdefault(_STREAM + name, _Allocation())
        if allocation.at_length:
            return
        timeline = allocation.timeline
        if isinstance(fact, Introducing) and record.stream_version == 1 and entry.uitkomst.erkend:
            allocation.timeline = Timeline.introduced(entry)
        elif timeline.asks_all(entry):
            self._allocations[_STREAM + name] = AT_LENGTH
        elif (item := timeline.bearing(entry)) is not None:
            timeline.add(item)

    def _added_up(self, allocation: _Allocation) -> Saldo | None:
        balance = allocation.timeline.on(self._day)
        if balance is not None:
            for adds, times in allocation.adds.items():
                kind = self._kinds[adds]
                balance = charged(balance, kind.feit, kind.gevolg, times)
        return balance
