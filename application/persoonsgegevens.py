"""Questions about the personal data themselves: who read them, and what is kept too long."""

import copy
from datetime import date
from typing import Self

from rekenschap.application.bewaren import Bewaren, Verstreken
from rekenschap.application.commands import Actor
from rekenschap.application.inzage import ONBEKEND, Inzage, Lezer, reader
from rekenschap.application.pages import page_cursor, page_size
from rekenschap.application.standen import Pagina
from rekenschap.application.toezicht import Toezicht
from rekenschap.application.translate import host_id_of
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.values import as_date


class Persoonsgegevens(Toezicht):
    """What a host answers for: what it keeps of people, how long, and who looked at it."""

    _lezer: Lezer = ONBEKEND

    def namens(self, lezer: Actor, *, doel: str | None = None) -> Self:
        """The same grootboek, whose questions are asked by this reader for this purpose.

        What they read of persons is in the reading log under that name. ``doel`` is one word out
        of a list of the host's own, such as ``bezwaarbehandeling``. The host proves who it is.
        """
        bound = copy.copy(self)
        bound._lezer = reader(lezer, doel)
        return bound

    def bewaartermijnen(self, *, op: date | None = None) -> tuple[Verstreken, ...]:
        """What is kept longer than its term on a day (default today): per person and field, what
        for, and since when. Nothing is erased by it: that is ``WisGegevens``."""
        day = amsterdam_day(self._store.clock.now()) if op is None else as_date("op", op)
        declared = self._regelingen.persoonsgegevens()
        with self._store.reading() as unit:
            return tuple(Bewaren(unit, self._codec, declared, day).verstreken())

    def gelezen(
        self,
        *,
        jeugdige: str | None = None,
        gezin: str | None = None,
        persoon: str | None = None,
        verder: str | None = None,
        limiet: int = 100,
    ) -> Pagina[Inzage]:
        """Who read what of one person (the host's id), oldest first: AVG article 15.

        Questions only: who decided is in the spoor. ``verder`` continues an earlier page. Raises
        Incorrect for somebody who is not known here, or was erased.
        """
        after, size = page_cursor(verder), page_size(limiet)
        named = {"jeugdige": jeugdige, "gezin": gezin, "persoon": persoon}
        given = {kind: raw for kind, raw in named.items() if raw is not None}
        if len(given) != 1:
            one = "exactly one of jeugdige, gezin and persoon"
            raise Incorrect("jeugdige", None, one, secret=True)
        ((kind, raw),) = given.items()
        with self._store.reading() as unit:
            found = unit.vault.find(kind, host_id_of(kind, kind, raw))
            if found is None:
                raise Incorrect(kind, raw, f"a {kind} that is known here", secret=True)
            lines = unit.vault.reads_of(found, after=after, limit=size + 1)
            position = unit.log.head().position
        more = str(lines[size - 1][0]) if len(lines) > size else None
        read = tuple(line for _, line in lines[:size])
        return Pagina(regels=read, verder=more, bekend_op=position)
