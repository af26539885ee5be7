"""Where the present comes from: the machine, or a hand that sets it."""

from datetime import UTC, datetime, timedelta


class SystemClock:
    """The clock of the machine, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved; for tests and for playing scenarios.

    It may be set back: that is how one tries what the ledger does when a machine's clock does so.
    """

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def now(self) -> datetime:
        return self._moment

    def set(self, moment: datetime) -> None:
        """Put the clock at ``moment``, which must be aware: a naive time means nothing here."""
        if moment.tzinfo is None:
            raise ValueError("a clock needs an aware moment, one with a time zone")
        self._moment = moment.astimezone(UTC)

    def advance(self, step: timedelta) -> None:
        """Move the clock by ``step``, which may be negative."""
        self._moment += step
