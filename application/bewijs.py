"""Evidence that leaves the building: checkpoints, proofs of one line, exports."""

from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path

from rekenschap.application.bewijsstukken import Insluitingsbewijs, Samenhangsbewijs
from rekenschap.application.bewijsvoering import Bewaarder
from rekenschap.application.controlepunt import Controlepunt, as_checkpoints
from rekenschap.application.references import position_in
from rekenschap.application.vragen import Vragen
from rekenschap.domain.errors import Incorrect


class Bewijs(Vragen):
    """The questions of who must be able to check this ledger without trusting it."""

    def controlepunt(
        self,
        *,
        omvang: int | None = None,
        bewaarder: Bewaarder | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> Controlepunt:
        """The checkpoint of the log up to ``omvang`` lines (default: all).

        The seal of every line up to there is verified on the way. With a ``bewaarder`` the log is
        held against every checkpoint kept there, and the new one is kept as well, unless it is
        there already. Raises Broken, and then keeps nothing; Incorrect for an ``omvang`` beyond
        the log; Onbeschikbaar when it cannot be kept.
        """
        size = None if omvang is None else _position("omvang", omvang, 0)
        kept = () if bewaarder is None else tuple(bewaarder.punten())
        punt = self._store.bewijs.controlepunt(size, tegen=kept, progress=progress)
        if bewaarder is not None and punt not in kept:
            bewaarder.bewaar(punt)
        return punt

    def insluitingsbewijs(
        self,
        *,
        positie: int | None = None,
        beslissing: str | None = None,
        controlepunt: Controlepunt | None = None,
    ) -> Insluitingsbewijs:
        """The proof that one line is in the log: by its position, or the reference of a decision.

        It leads to ``controlepunt``, which must be at least as far as the line; without one, to a
        checkpoint that is made now, which proves nothing until it is kept elsewhere. Raises
        Incorrect for a line that is not there, Broken when the log does not fit the checkpoint.
        """
        if (positie is None) is (beslissing is None):
            raise Incorrect("positie", positie, "either a positie or a beslissing")
        if beslissing is not None:
            positie = position_of(self.grootboek, beslissing)
        assert positie is not None
        number = _position("positie", positie, 1)
        punt = self._or_now("controlepunt", controlepunt)
        if number > punt.omvang:
            raise Incorrect("positie", positie, f"a position from 1 to {punt.omvang}")
        return self._store.bewijs.insluiting(number, punt)

    def samenhangsbewijs(
        self, van: Controlepunt, tot: Controlepunt | None = None
    ) -> Samenhangsbewijs:
        """The proof that the log at a later checkpoint (default: now) begins with all of an
        earlier one. Raises Broken when it does not, Incorrect when ``van`` is the later one."""
        as_checkpoints("van", (van,))
        until = self._or_now("tot", tot)
        if tot is not None and van.omvang > until.omvang:
            allowed = f"a checkpoint of at most {until.omvang} lines"
            raise Incorrect("van", van.omvang, allowed)
        return self._store.bewijs.samenhang(van, until)

    def exporteer(
        self,
        naar: str | PathLike[str],
        *,
        controlepunten: Sequence[Controlepunt] = (),
        progress: Callable[[int], None] | None = None,
    ) -> Controlepunt:
        """Write the whole log to a new folder, with what is needed to check it without this
        program; returns the checkpoint of what was written, which is among it.

        ``controlepunten`` are checkpoints that were kept: the log is held against them and they go
        along. The folder appears whole or not at all. Raises Incorrect when it is there and holds
        something, or cannot be made; Broken; Onbeschikbaar when the disk is full.
        """
        if not isinstance(naar, str | PathLike):
            raise Incorrect("naar", naar, "the path of a folder")
        kept = as_checkpoints("controlepunten", controlepunten)
        return self._store.bewijs.exporteer(Path(naar), kept, progress)

    def _or_now(self, field: str, given: Controlepunt | None) -> Controlepunt:
        return self.controlepunt() if given is None else as_checkpoints(field, (given,))[0]


def _position(field: str, value: int, first: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not first <= value < 2**62:
        raise Incorrect(field, value, f"a position from {first} up to the last one")
    return value


def position_of(grootboek: str, beslissing: str) -> int:
    """The position in the reference of a decision: the name of the grootboek, and a number.

    Raises Incorrect for what is no such reference; whether there is a line is not asked.
    """
    position = position_in(grootboek, beslissing)
    if position is None:
        allowed = f"the reference of a decision of this grootboek: {grootboek}/ and a position"
        raise Incorrect("beslissing", beslissing, allowed)
    return position
