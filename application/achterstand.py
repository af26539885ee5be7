"""How far a database that is read is behind the one that is written."""

from datetime import timedelta

from attrs import frozen


@frozen(kw_only=True)
class Achterstand:
    """Where a grootboek stands in the database that is asked, as of now.

    ``positie`` is the last position here, ``standen`` up to where the tables of balances and
    history are folded that lie here. ``hoofd`` is the last position of the primary, None when that
    is not known or cannot be reached. ``replica`` is whether this server only follows another one,
    ``verbonden`` whether it is receiving from it now (None when this is no replica). ``vertraging``
    is how old the newest change is that came through, zero when all that was received is in and
    more can come; None when no change ever came through.
    """

    positie: int
    standen: int
    hoofd: int | None
    replica: bool
    verbonden: bool | None
    vertraging: timedelta | None

    @property
    def vastleggingen(self) -> int | None:
        """How many records the primary has that are not here yet; None when that is not known."""
        return None if self.hoofd is None else max(0, self.hoofd - self.positie)
