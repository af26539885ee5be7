"""Replaying a part of the ledger under other rules: what would have been decided.

Each recorded command is decided again in its turn, on what would have been known by then: what is
decided otherwise counts, or does not count, for what comes after it. The facts stay what they were:
nobody knows what would have been asked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

import attrs
from attrs import frozen

from rekenschap.application.bekend import Known
from rekenschap.application.dossiers import Kept
from rekenschap.application.other_rules import AndereLezer, AndereSession
from rekenschap.application.ports import Codec, Head, Regelingen, UnitOfWork
from rekenschap.application.receipts import receipt_of
from rekenschap.application.recorded import Opdracht
from rekenschap.application.redeciding import Herbesloten, decided_again, matched, pointed_at
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.application.world import (
    ROOM,
    Anders,
    Wereld,
    WereldLog,
    as_recorded,
    bare,
    end_of,
    moved,
)
from rekenschap.domain.andere_regels import AndereRegels
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import Feit
from rekenschap.domain.facts.inrichting import OverGrootboek
from rekenschap.domain.identifiers import Hash
from rekenschap.domain.inrichting import Inrichting
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.verdicts import Beslissing

TICK = timedelta(microseconds=1)


@frozen(kw_only=True)
class Herbeslissing:
    """A recorded decision beside what it would have been. It is no decision: no append takes it.

    ``toen`` is None for what would have followed and was never recorded, ``nu`` for what would
    not have been recorded; ``onmogelijk`` says why it could no longer be asked. ``gewist`` are the
    rules that needed what was erased since: of those the recorded verdict stands.
    """

    beslissing: str
    positie: int
    geregistreerd_op: datetime
    datum: date
    feit: Feit
    toen: Beslissing | None
    nu: Beslissing | None
    regeling_toen: str | None
    regeling_nu: str | None
    gewist: tuple[str, ...] = ()
    onmogelijk: str | None = None

    @property
    def gebeurtenis(self) -> str:
        """The name of the event in the vocabulary."""
        return type(self.feit).__name__

    @property
    def anders(self) -> bool:
        """Whether outcome, rules, grounds or the effect on a balance would have been different."""
        if self.toen is None or self.nu is None:
            return True
        return _heart(self.toen) != _heart(self.nu)


class Herspeler:
    """Replays commands in order, in any number of units of work; keeps only what is different."""

    def __init__(
        self,
        grootboek: str,
        codec: Codec,
        reader: Regelingen,
        changes: AndereRegels,
        settings: Inrichting,
    ) -> None:
        self._grootboek = grootboek
        self._reader = AndereLezer(reader, changes, settings)
        self._library: tuple[object, Bibliotheek] | None = None
        self._originals = Bibliotheek(settings, reader).op_hash
        self._kept = Kept()
        self.wereld = Wereld(codec.decode)

    def replay(self, unit: UnitOfWork, commands: Iterable[Opdracht]) -> Iterator[Herbeslissing]:
        """What became of each line of these commands, in the order it would have."""
        for command in commands:
            before = command.begin * ROOM - 1
            session = self._session(unit, before, command.boekingen[0].geregistreerd_op - TICK)
            yield from self._again(command, unit, session)
            self._kept.merge(session)

    def entries(self, unit: UnitOfWork, references: Sequence[str], upto: int) -> list[Boeking]:
        """Every entry that would touch these, up to a position of the log."""
        log = WereldLog(self.wereld, unit.log, Head(end_of(upto), b"", None))
        return [self.wereld.decode(line) for line in log.read(references)]

    def library(self, session: AndereSession) -> Bibliotheek:
        """The changed rule sets of the configuration of a moment."""
        settings = session.configuration()
        known = self._library
        if known is None or known[0] != settings.regelingen:
            made = Bibliotheek(settings, self._reader)
            known = self._library = (settings.regelingen, made)
        return known[1]

    def at_end(self, unit: UnitOfWork, upto: int) -> AndereSession:
        """A reading of this world up to a position of the log."""
        return self._session(unit, end_of(upto), unit.log.head().recorded_at)

    def _session(self, unit: UnitOfWork, last: int, moment: datetime | None) -> AndereSession:
        log = WereldLog(self.wereld, unit.log, Head(last, b"", moment))
        return AndereSession(self._kept, log, self.wereld.decode, self._reader)

    def _again(
        self, command: Opdracht, unit: UnitOfWork, session: AndereSession
    ) -> Iterator[Herbeslissing]:
        there = Opdracht(
            command.regels,
            tuple(attrs.evolve(moved(e), positie=e.positie * ROOM) for e in command.boekingen),
        )
        library = self.library(session)
        view = Known(session.log, unit.vault)
        try:
            about = pointed_at(session, there.gevraagd.feit)
            again = decided_again(there, view, session, library, about)
        except Incorrect as error:
            if isinstance(there.gevraagd.feit, OverGrootboek):  # no regeling decides on it
                yield from (self._beside(entry, entry, library) for entry in there.boekingen)
                return
            self.wereld.replace([line.position for line in command.regels], ())
            for entry in there.boekingen:
                yield self._beside(entry, None, library, onmogelijk=str(error))
            return
        entries = _entries(again, there)
        recorded = {e.positie: e for e in there.boekingen}
        if _is_different(recorded, entries):
            self._replace(command, again, entries)
        lines = [(bare(one), one) for one in entries]
        session.recorded(again.besloten.sleutel, lines)
        now = {one.positie: one for one in entries}
        for position in sorted({*recorded, *now}):
            yield self._beside(
                recorded.get(position), now.get(position), library, gewist=again.gewist
            )

    def _replace(self, command: Opdracht, again: Herbesloten, entries: Sequence[Boeking]) -> None:
        """From here on the world holds this command as it would have been recorded."""
        owner = again.besloten.sleutel
        instead = []
        for one in entries:
            in_place = one.positie % ROOM == 0
            named = (one.feit.stroom, *one.feit.verwijzingen_naar, owner)
            touched = tuple(dict.fromkeys(name for name in named if name is not None))
            instead.append(Anders(one, None if in_place else touched))
        self.wereld.replace([line.position for line in command.regels], instead)

    def _beside(
        self,
        then: Boeking | None,
        now: Boeking | None,
        library: Bibliotheek,
        *,
        gewist: tuple[str, ...] = (),
        onmogelijk: str | None = None,
    ) -> Herbeslissing:
        before, after = (None if one is None else as_recorded(one) for one in (then, now))
        entry = before or after
        assert entry is not None
        return Herbeslissing(
            beslissing=f"{self._grootboek}/{entry.positie}",
            positie=entry.positie,
            geregistreerd_op=entry.geregistreerd_op,
            datum=entry.feit.datum,
            feit=entry.feit,
            toen=None if before is None else before.beslissing,
            nu=None if after is None else after.beslissing,
            regeling_toen=_governing(then, self._originals),
            regeling_nu=_governing(now, library.op_hash),
            gewist=gewist,
            onmogelijk=onmogelijk,
        )


def _entries(again: Herbesloten, command: Opdracht) -> list[Boeking]:
    """The lines the command would have had, each at the place of the one it stands for."""
    asked = command.gevraagd
    recorded = matched(again.uitspraken, command.boekingen)
    receipt = receipt_of(again.besloten, command.begin // ROOM - 1)
    step = next(i for i, e in enumerate(recorded) if e is not None and e is asked)
    return [
        attrs.evolve(
            asked,
            positie=asked.positie + place - step if entry is None else entry.positie,
            feit=said.feit,
            beslissing=said.beslissing.met_bon(receipt),
            referentie=None if said.meegebracht else asked.referentie,
        )
        for place, (said, entry) in enumerate(zip(again.uitspraken, recorded, strict=True))
    ]


def _is_different(recorded: dict[int, Boeking], entries: Sequence[Boeking]) -> bool:
    """Whether anything is not as it was recorded that a later decision or the trail can rest on.

    Receipts, and the names of rules that passed or were silent, are no ground of anything.
    """
    if recorded.keys() != {one.positie for one in entries}:
        return True
    return any(
        one.feit != recorded[one.positie].feit
        or _ground(one.beslissing) != _ground(recorded[one.positie].beslissing)
        for one in entries
    )


def _ground(decision: Beslissing) -> Beslissing:
    return attrs.evolve(decision, bon=None, geslaagd=(), niet_getoetst=())


def _heart(decision: Beslissing) -> tuple[object, ...]:
    """What of a decision matters to whom it is about."""
    spoke = frozenset((one.regel, one.ernst) for one in decision.oordelen)
    effect = decision.gevolg if decision.uitkomst.erkend else None
    return decision.uitkomst, spoke, decision.gronden, effect


def _governing(entry: Boeking | None, by_hash: Mapping[Hash, Regeling]) -> str | None:
    """The name of the regeling a decision was made under."""
    receipt = None if entry is None else entry.beslissing.bon
    if receipt is None or not receipt.regelingen:
        return None
    return by_hash[receipt.regelingen[0]].naam
