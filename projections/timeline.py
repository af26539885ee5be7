"""The balance of one allocation on every day it changes, and how one more fact alters that."""

from bisect import insort
from collections.abc import Iterable
from datetime import date

from attrs import define, evolve, field

from rekenschap.domain.boeking import Boeking
from rekenschap.domain.facts import (
    BeginstandOvergenomen,
    NoShowGeregistreerd,
    TenLasteGebracht,
    ToewijzingAfgegeven,
)
from rekenschap.domain.toewijzing import GEEN_GEVOLG
from rekenschap.projections.changes import after, first_balance, first_day
from rekenschap.projections.contributions import (
    Bearing,
    Introducing,
    Reported,
    contributions,
    is_plain,
)
from rekenschap.projections.omtrek import Omtrek
from rekenschap.projections.saldo import NO_SHOWS, Bijdrage, Saldo

Days = dict[date, Saldo]
CounterKey = tuple[str, str, str, int]
"""jeugdige, teller, product, year"""


def _order(item: Bijdrage) -> tuple[date, bool, date, int]:
    """The grant first, then in valid order: also among what lies before the first day."""
    return item.dag, not _introduces(item), item.feit.datum, item.positie


@define
class Timeline:
    """What bears on an allocation in valid order, and the balance from each day on.

    Empty while nothing introduced the allocation.
    """

    items: list[Bijdrage] = field(factory=list)
    rows: list[tuple[date, Saldo]] = field(factory=list)
    reported: dict[int, Reported] = field(factory=dict)

    @classmethod
    def of(cls, items: list[Bijdrage]) -> "Timeline":
        """The timeline of a whole list of contributions."""
        made = cls()
        first = next((i for i in items if _introduces(i)), None)
        if first is None:
            return made
        made.items = [first]
        made.rows = [(first.dag, first_balance(first))]
        for item in items:
            if item is not first:
                made.add(item)
        return made

    @classmethod
    def introduced(cls, entry: Omtrek) -> "Timeline":
        """The timeline of an allocation of which this, a grant that counts, is the first entry."""
        fact, effect = entry.feit, entry.gevolg or GEEN_GEVOLG
        return cls.of([Bijdrage(first_day(fact), entry.positie, fact, effect, onder=entry.onder)])

    @classmethod
    def of_entries(cls, entries: Iterable[Boeking]) -> "Timeline":
        """The timeline of everything that was recorded about an allocation."""
        items, reported = contributions(entries)
        made = cls.of(items)
        made.reported = reported
        return made

    def on(self, day: date) -> Saldo | None:
        """The balance on a valid day; None while there is none."""
        rows = [balance for since, balance in self.rows if since <= day]
        return rows[-1] if rows else None

    def as_days(self) -> Days:
        """The balance by the day it holds from."""
        return dict(self.rows)

    def no_shows(self) -> list[tuple[CounterKey, date]]:
        """The no-shows that are charged: the counter each goes under, and its day."""
        return [found for item in self.items for found in self.no_shows_of(item)]

    def no_shows_of(self, item: Bijdrage) -> list[tuple[CounterKey, date]]:
        """The same of one thing charged, under the product it was granted for."""
        if not self.rows or not isinstance(item.feit, NoShowGeregistreerd):
            return []
        granted, day = self.items[0].feit, item.feit.datum
        assert isinstance(granted, ToewijzingAfgegeven | BeginstandOvergenomen)
        return [((granted.jeugdige, NO_SHOWS, granted.product, day.year), day)]

    def asks_all(self, entry: Omtrek) -> bool:
        """Whether what an entry does is told only by everything about the allocation together: an
        approval, a correction, a grant, or a claim on what was not reported or charged before."""
        if not is_plain(entry):
            return True
        if not entry.uitkomst.erkend:
            return False
        if isinstance(fact := entry.feit, TenLasteGebracht):
            at = fact.betreft
            return at not in self.reported or any(item.positie == at for item in self.items)
        return isinstance(fact, Introducing)

    def bearing(self, entry: Omtrek) -> Bijdrage | None:
        """What an entry adds, which does not ask all; None where that is nothing (yet)."""
        if not entry.uitkomst.erkend:
            return None
        fact, position = entry.feit, entry.positie
        if isinstance(fact, Reported):
            if self.rows:
                self.reported[position] = fact
            return None
        if isinstance(fact, TenLasteGebracht):
            position = fact.betreft
            fact = self.reported[position]
        elif not isinstance(fact, Bearing):
            return None
        effect = entry.gevolg or GEEN_GEVOLG
        return Bijdrage(first_day(fact), position, fact, effect, onder=entry.onder)

    def add(self, item: Bijdrage) -> tuple[Days, Days]:
        """Let one more fact bear on it; the days that change, before and after."""
        if not self.rows:
            return {}, {}
        if item.dag < self.rows[0][0]:
            item = evolve(item, dag=self.rows[0][0])
        if _order(item) >= _order(self.items[-1]):
            return self._append(item)
        insort(self.items, item, key=_order)
        return self._refold(item.dag)

    def _append(self, item: Bijdrage) -> tuple[Days, Days]:
        self.items.append(item)
        last_day, balance = self.rows[-1]
        new = after(balance, item)
        if item.dag == last_day:
            self.rows[-1] = (last_day, new)
            return {last_day: balance}, {last_day: new}
        self.rows.append((item.dag, new))
        return {}, {item.dag: new}

    def _refold(self, day: date) -> tuple[Days, Days]:
        """Fold again from a day on: a late fact alters every later balance."""
        kept = [row for row in self.rows if row[0] < day]
        before = {d: b for d, b in self.rows if d >= day}
        if not kept:  # the day of the grant itself
            again = Timeline.of(self.items)
            self.rows = again.rows
            return before, dict(again.rows)
        balance = kept[-1][1]
        changed: Days = {}
        for item in self.items:
            if item.dag >= day:
                balance = changed[item.dag] = after(balance, item)
        self.rows = kept + list(changed.items())
        return before, changed


def _introduces(item: Bijdrage) -> bool:
    return isinstance(item.feit, ToewijzingAfgegeven | BeginstandOvergenomen)
