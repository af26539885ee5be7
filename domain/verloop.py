"""The course of the care on one toewijzing: when it was stopped, and resumed after that."""

from collections.abc import Iterator
from datetime import date, timedelta

from attrs import evolve, frozen

from rekenschap.domain.absent import Afwezig
from rekenschap.domain.calendar import Periode
from rekenschap.domain.verdicts import Gevolg


@frozen
class Wending:
    """A stop of the care, or the resumption after one.

    ``afrekening`` settles a traject, as the decision on the stop worked it out; ``reden`` is why it
    stopped, None where nobody told.
    """

    dag: date
    positie: int
    stop: bool
    afrekening: Gevolg | None = None
    reden: str | None = None


@frozen
class Verloop:
    """Stops and resumptions, in the order of their days, however late they were recorded.

    The day of a stop is the last day of the care, that of a resumption the first. Of two stops
    without a resumption between them the first stands; a resumption counts after the day of a stop.
    """

    wendingen: tuple[Wending, ...] = ()

    @property
    def laatste_stop(self) -> Wending | None:
        """The stop after which the care was not resumed."""
        return next((stop for stop, resumed in self._stiltes() if resumed is None), None)

    @property
    def hervat(self) -> tuple[date, ...]:
        """The days the care was resumed on."""
        return tuple(turn.dag for turn in self.wendingen if not turn.stop)

    def stop_op(self, day: date) -> Wending | None:
        """The stop that stands on a day; None when the care runs then."""
        for stop, resumed in self._stiltes():
            if stop.dag <= day and (resumed is None or day < resumed):
                return stop
        return None

    def stilte_op(self, day: date) -> date | None:
        """The last day of the care as it is on a day; None when the care runs then."""
        stop = self.stop_op(day)
        return None if stop is None else stop.dag

    def stilte_tijdens(self, period: Periode) -> date | None:
        """The stop because of which the care did not run on every day of a period, if any."""
        for stop, resumed in self._stiltes():
            first = stop.dag + timedelta(days=1)
            last = None if resumed is None else resumed - timedelta(days=1)
            if (last is None or first <= last) and Periode(first, last).overlaps(period):
                return stop.dag
        return None

    def gestopt_op(
        self,
        day: date,
        position: int,
        afrekening: Gevolg | None = None,
        reden: str | None = None,
    ) -> "Verloop":
        """The course with one stop more, which settles a traject if it comes to something."""
        return self._met(Wending(day, position, stop=True, afrekening=afrekening, reden=reden))

    def hervat_op(self, day: date, position: int) -> "Verloop":
        """The course with one resumption more."""
        return self._met(Wending(day, position, stop=False))

    def _met(self, turn: Wending) -> "Verloop":
        turns = sorted((*self.wendingen, turn), key=lambda one: (one.dag, one.positie))
        return evolve(self, wendingen=tuple(turns))

    def _stiltes(self) -> Iterator[tuple[Wending, date | None]]:
        """Each stop that stands, and the day the care was resumed; None while it was not."""
        stands: Wending | None = None
        for turn in self.wendingen:
            if turn.stop:
                stands = stands or turn
            elif stands is not None and turn.dag > stands.dag:
                yield stands, turn.dag
                stands = None
        if stands is not None:
            yield stands, None


def latest(known: date | None, named: date | Afwezig | None) -> date | None:
    """The later of two last days; None is without end, AFWEZIG names none."""
    if isinstance(named, Afwezig):
        return known
    return None if known is None or named is None else max(known, named)
