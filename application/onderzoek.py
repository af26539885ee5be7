"""Investigating the record: decisions made again, and parts of it replayed under other rules."""

from collections.abc import Callable, Iterator
from datetime import date

from rekenschap.application.dossiers import Kept
from rekenschap.application.lezen import Libraries
from rekenschap.application.other_rules import Regels, as_changes
from rekenschap.application.parallel import Werkers, alone
from rekenschap.application.ports import UnitOfWork
from rekenschap.application.recorded import Deel, command_at, commands_of
from rekenschap.application.references import position_in
from rekenschap.application.replay import Herbeslissing, Herspeler
from rekenschap.application.reproduction import Reproducer, Reproductie
from rekenschap.application.toezicht import Toezicht
from rekenschap.application.views import Vergelijken
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.identifiers import AanbiederId, ToewijzingId
from rekenschap.domain.values import as_date, as_token

Progress = Callable[[int], None]
"""Told now and then up to which position the work is done."""


class Onderzoek(Toezicht, Vergelijken):
    """The questions of who investigates: an auditor, or who handles an objection."""

    def reproduceer(self, beslissing: str) -> Reproductie:
        """Make a decision again from its receipt, on what was known then and under its own rules.

        ``beslissing`` is the reference of an answer. The result says whether every byte is the
        same, or names what differs. Raises Incorrect for what is no decision of this grootboek.
        """
        with self._store.reading() as unit:
            position = self._position_of(unit, beslissing)
            command = command_at(unit.log, self._codec.decode, position)
            return self._reproducer(unit, Libraries()).of(command)

    def reproduceer_alles(
        self,
        deel: Deel | None = None,
        *,
        werkers: Werkers = 1,
        progress: Progress | None = None,
    ) -> Iterator[Reproductie]:
        """The same for every decision of a part of the ledger (default: all), in order.

        ``werkers`` is how many processes work on it (1: this one, 0: one per core), or ``Workers``
        of your own. With others the whole ledger is asked, ``progress`` is told how many lines are
        done, and the first result comes when the last part is.
        """
        part, kept, libraries = Deel() if deel is None else deel, Kept(), Libraries()
        if not isinstance(part, Deel):
            raise Incorrect("deel", part, "a Deel: a subject at most, and a period")
        if alone(werkers):
            yield from self._reproduced(part, kept, libraries, progress)
        elif part != Deel():
            raise Incorrect("deel", part, "None, with werkers: it is the whole ledger they cut up")
        else:
            yield from self._store.parallel.reproduced(werkers, self.positie, progress)

    def _reproduced(
        self, part: Deel, kept: Kept, libraries: Libraries, progress: Progress | None
    ) -> Iterator[Reproductie]:
        for commands in commands_of(self._store, self._codec.decode, part, self.positie):
            with self._store.reading() as unit:
                again = self._reproducer(unit, libraries)
                found = [again.of(command, kept) for command in commands]
            yield from found
            if progress is not None:
                progress(commands[-1].beslist.positie)

    def herspeel(
        self,
        regels: Regels = None,
        *,
        jeugdige: str | None = None,
        toewijzing: str | None = None,
        aanbieder: str | None = None,
        van: date | None = None,
        tot_en_met: date | None = None,
        progress: Progress | None = None,
    ) -> Iterator[Herbeslissing]:
        """Decide a part of the ledger again under other rules, or under those of then (default).

        The part is a jeugdige (the host's id), a toewijzing, an aanbieder or everything, and of
        that what is about the days ``van`` up to and including ``tot_en_met``. What lies outside
        it stays as it was recorded. Yields every line, in order; ``anders`` says which differ.
        Nothing is recorded. Raises Incorrect for what the grootboek or the rules do not know.
        """
        with self._store.reading() as unit:
            part = self._part(unit, jeugdige, toewijzing, aanbieder, van, tot_en_met)
            replayer = self._replayer(unit, regels)
        return self._replayed(replayer, part, progress)

    def _replayed(
        self, replayer: Herspeler, part: Deel, progress: Progress | None
    ) -> Iterator[Herbeslissing]:
        for commands in commands_of(self._store, self._codec.decode, part, self.positie):
            with self._store.reading() as unit:
                found = list(replayer.replay(unit, commands))
            yield from found
            if progress is not None:
                progress(commands[-1].beslist.positie)

    def _replayer(self, unit: UnitOfWork, rules: Regels) -> Herspeler:
        changes = as_changes(rules)
        settings = self._session(unit).configuration()
        return Herspeler(self.grootboek, self._codec, self._regelingen, changes, settings)

    def _reproducer(self, unit: UnitOfWork, libraries: Libraries) -> Reproducer:
        return Reproducer(self.grootboek, unit, self._codec, self._regelingen, libraries)

    def _part(
        self,
        unit: UnitOfWork,
        jeugdige: str | None,
        toewijzing: str | None,
        aanbieder: str | None,
        van: date | None,
        tot_en_met: date | None,
    ) -> Deel:
        asked = {"jeugdige": jeugdige, "toewijzing": toewijzing, "aanbieder": aanbieder}
        named = [name for name, value in asked.items() if value is not None]
        if len(named) > 1:
            either = "at most one of jeugdige, toewijzing and aanbieder"
            raise Incorrect("deel", ", ".join(named), either)
        if toewijzing is not None:
            as_token(ToewijzingId)("toewijzing", toewijzing)
            self._known_allocation(unit, toewijzing)
        if aanbieder is not None:
            as_token(AanbiederId)("aanbieder", aanbieder)
        first = date.min if van is None else as_date("van", van)
        last = date.max if tot_en_met is None else as_date("tot_en_met", tot_en_met)
        if last < first:
            raise Incorrect("tot_en_met", last, f"a day not before {first}")
        return Deel(
            jeugdige=None if jeugdige is None else self._known_youth(unit, jeugdige),
            toewijzing=toewijzing,
            aanbieder=aanbieder,
            van=first,
            tot_en_met=last,
        )

    def _position_of(self, unit: UnitOfWork, beslissing: str) -> int:
        head = unit.log.head().position
        position = position_in(self.grootboek, beslissing)
        if position is not None and position <= head:
            return position
        allowed = f"the beslissing of an answer, {self.grootboek}/1 up to {self.grootboek}/{head}"
        raise Incorrect("beslissing", beslissing, allowed)
