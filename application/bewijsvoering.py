"""What evidence needs of the outside, as Protocols: who makes it, who keeps it, who stamps it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from rekenschap.application.bewijsstukken import Insluitingsbewijs, Samenhangsbewijs
from rekenschap.application.controlepunt import Controlepunt

Progress = Callable[[int], None] | None
"""Told now and then how many lines were read."""


class Bewijsvoering(Protocol):
    """Evidence of one grootboek that can leave the building; all of it raises Broken."""

    def controlepunt(
        self,
        omvang: int | None = None,
        *,
        tegen: Sequence[Controlepunt] = (),
        progress: Callable[[int], None] | None = None,
    ) -> Controlepunt:
        """The checkpoint of the first lines (default: all), once their seal is verified.

        The log is also held against every checkpoint in ``tegen`` up to there.
        """
        ...

    def insluiting(self, positie: int, tot: Controlepunt) -> Insluitingsbewijs:
        """The proof that the line at a position is in the log of a checkpoint."""
        ...

    def samenhang(self, van: Controlepunt, tot: Controlepunt) -> Samenhangsbewijs:
        """The proof that the log of a checkpoint begins with that of an earlier one."""
        ...

    def exporteer(
        self,
        naar: Path,
        controlepunten: Sequence[Controlepunt],
        progress: Callable[[int], None] | None = None,
    ) -> Controlepunt:
        """Write the whole log to a new folder, to be checked without this program."""
        ...


class Bewaarder(Protocol):
    """Where checkpoints are kept, out of reach of whoever can write to the database.

    A file on another machine, an archive, a publication. It is asked for all it has before it gets
    one more, so that a log which does not fit what was kept gets no new checkpoint.
    """

    def punten(self) -> Sequence[Controlepunt]:
        """All checkpoints of this grootboek that were kept, the oldest first."""
        ...

    def bewaar(self, punt: Controlepunt) -> None:
        """Keep one more. Raises Onbeschikbaar when that is not possible now."""
        ...


class Tijdstempelaar(Protocol):
    """An authority that tells when it saw a digest, in the shape of RFC 3161."""

    def stempel(self, digest: bytes) -> bytes:
        """The DER bytes of a TimeStampResp for a SHA-256 digest; nothing here reads them.

        Raises Onbeschikbaar when the authority does not answer.
        """
        ...
