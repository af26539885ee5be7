"""Reading what is known: dossiers and the configuration, kept between decisions.

What was read once is not read again: a kept dossier is complete up to a position, and only what was
recorded after it is read and folded on. Nothing is kept of a unit of work that did not commit.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import TypeVar

from attrs import evolve as changed
from attrs import field, frozen

from rekenschap.application.ports import Log, StoredRecord
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.corrections import effective
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.evolve import fold
from rekenschap.domain.facts import (
    GROOTBOEK,
    BeginstandOvergenomen,
    Feit,
    GegevenGecorrigeerd,
    GegevensGewist,
    GezinVastgelegd,
    GoedkeuringVerleend,
    JeugdigeVastgelegd,
    OvereenkomstVastgelegd,
    TenLasteGebracht,
    ToewijzingAangekondigd,
    ToewijzingAfgegeven,
    VerwijzingOntvangen,
)
from rekenschap.domain.identifiers import AanbiederId, GezinRef, JeugdigeRef
from rekenschap.domain.inrichting import Inrichting
from rekenschap.domain.vocabulary import Uitkomst

V = TypeVar("V")
Decode = Callable[[StoredRecord], Boeking]
Introducing = (
    ToewijzingAangekondigd | ToewijzingAfgegeven | BeginstandOvergenomen | VerwijzingOntvangen
)
"""The facts by which a toewijzing or verwijzing gets its id, and its jeugdige."""
KEPT = 5_000
NOTHING = hashlib.sha256(b"").hexdigest()


@frozen(kw_only=True)
class Gelezen:
    """A dossier, the reference it was read by, and a digest of the lines it was folded from."""

    verwijzing: str
    tot: int = 0
    dossier: Dossier = field(factory=Dossier)
    digest: str = NOTHING

    def met(self, lines: Iterable[tuple[StoredRecord, Boeking]], upto: int) -> "Gelezen":
        """The dossier after more lines; it is complete up to ``upto``."""
        dossier, digest = self.dossier, self.digest
        for record, entry in lines:
            dossier = fold((entry,), dossier)
            digest = hashlib.sha256(bytes.fromhex(digest) + record.hash).hexdigest()
        return changed(self, dossier=dossier, digest=digest, tot=upto)


class Kept:
    """What is kept between units of work of one grootboek: so many dossiers, the oldest is dropped
    first."""

    def __init__(self, limit: int = KEPT) -> None:
        self._limit = limit
        self.dossiers: OrderedDict[str, Gelezen] = OrderedDict()
        self.owners: OrderedDict[str, JeugdigeRef] = OrderedDict()
        self.inrichting = Inrichting()
        self.inrichting_tot = 0

    def merge(self, session: "Session") -> None:
        """Keep what a committed unit of work read and wrote."""
        _keep(self.dossiers, session.dossiers, self._limit)
        _keep(self.owners, session.owners, 4 * self._limit)
        if session.inrichting_tot > self.inrichting_tot:
            self.inrichting, self.inrichting_tot = session.inrichting, session.inrichting_tot


class Session:
    """The reading of one unit of work."""

    def __init__(self, kept: Kept, log: Log, decode: Decode) -> None:
        self._kept = kept
        self._log = log
        self._decode = decode
        self.dossiers: dict[str, Gelezen] = {}
        self.owners: dict[str, JeugdigeRef] = {}
        self.inrichting = kept.inrichting
        self.inrichting_tot = kept.inrichting_tot
        self.gewist: set[str] = set()
        """Who was asked to be erased since what is kept was read, whoever recorded that."""

    @property
    def log(self) -> Log:
        """The log that is read."""
        return self._log

    @classmethod
    def fresh(cls, log: Log, decode: Decode) -> "Session":
        """A reading that knows nothing yet."""
        return cls(Kept(), log, decode)

    def configuration(self) -> Inrichting:
        """The configuration up to the head; on the way it learns who was erased elsewhere: an
        erasure lies in the stream of whom it is about."""
        head = self._log.head().position
        if self.inrichting_tot < head:
            records = self._log.read((GROOTBOEK,), after=self.inrichting_tot)
            told = [one for one in records if one.name != GegevensGewist.naam]
            erased = (one.stream for one in records if one.name == GegevensGewist.naam)
            self.gewist.update(stream for stream in erased if stream != GROOTBOEK)
            self.inrichting = self.inrichting.met(tuple(self._decode(one) for one in told))
            self.inrichting_tot = head
        return self.inrichting

    def dossier(self, reference: str) -> Gelezen:
        """All that touches a jeugdige (or another subject with a stream of its own)."""
        head = self._log.head().position
        known = self.dossiers.get(reference) or self._kept.dossiers.get(reference)
        if known is None:
            known = Gelezen(verwijzing=reference)
        if known.tot < head:
            records = self._log.read((reference,), after=known.tot)
            known = known.met([(r, self._decode(r)) for r in records], head)
        self.dossiers[reference] = known
        return known

    def owner(self, stream: str) -> JeugdigeRef | None:
        """The jeugdige of a toewijzing or verwijzing; None when nothing introduced it."""
        known = self.owners.get(stream) or self._kept.owners.get(stream)
        if known is not None:
            return known
        entry = self.introduced(stream)
        if entry is None:
            return None
        self._own(entry)
        assert isinstance(entry.feit, Introducing)
        return entry.feit.jeugdige

    def _own(self, entry: Boeking) -> None:
        """Remember whose an id is: who got it keeps it, so a refused request gives it to nobody."""
        refused = entry.beslissing.uitkomst is Uitkomst.GEWEIGERD
        if isinstance(entry.feit, Introducing) and not refused:
            self.owners[entry.feit.stroom] = entry.feit.jeugdige

    def introduced(self, stream: str) -> Boeking | None:
        """The entry that gave a stream its id: one that counts or waits, else the last refused."""
        found: Boeking | None = None
        for record in self._log.read((stream,)):
            entry = self._decode(record)
            if record.stream == stream and isinstance(entry.feit, Introducing):
                found = entry
                if entry.beslissing.uitkomst is not Uitkomst.GEWEIGERD:
                    return found
        return found

    def entries(self, reference: str) -> tuple[Boeking, ...]:
        """Every entry that touches a reference, oldest first."""
        return tuple(self._decode(record) for record in self._log.read((reference,)))

    def family(self, youth: JeugdigeRef) -> list[JeugdigeRef]:
        """The other jeugdigen of the family of one, as it is known now."""
        dossier = self.dossier(youth).dossier
        person = dossier.persoon
        own = [person.gezin] if person is not None and isinstance(person.gezin, str) else []
        named_in = [b.feit.gezin for b in dossier.boekingen if isinstance(b.feit, GezinVastgelegd)]
        members: dict[JeugdigeRef, None] = {}
        for family in dict.fromkeys((*own, *named_in)):
            members.update(dict.fromkeys(self._members(family)))
        return [one for one in members if one != youth]

    def _members(self, family: GezinRef) -> list[JeugdigeRef]:
        """Who the last list of a family names, and who says to belong to it."""
        facts = [entry.feit for entry in self.entries(family)]
        lists = [f.leden for f in facts if isinstance(f, GezinVastgelegd)]
        said = {f.jeugdige for f in facts if isinstance(f, JeugdigeVastgelegd)}
        belong = [youth for youth in sorted(said) if self._belongs(youth, family)]
        return [*(lists[-1] if lists else ()), *belong]

    def _belongs(self, youth: JeugdigeRef, family: GezinRef) -> bool:
        person = self.dossier(youth).dossier.persoon
        return person is not None and person.gezin == family

    def contract(self, provider: AanbiederId) -> OvereenkomstVastgelegd | None:
        """What was last agreed with a provider."""
        facts = [e.feit for e in effective(self.entries(f"aanbieder/{provider}"))]
        agreed = [f for f in facts if isinstance(f, OvereenkomstVastgelegd)]
        return agreed[-1] if agreed else None

    def decoded(self, record: StoredRecord) -> Boeking:
        """The entry in a line that was read."""
        return self._decode(record)

    def entry(self, position: int) -> Boeking | None:
        """The entry at a position."""
        found = self._log.read_from(position - 1, upto=position, limit=1) if position > 0 else []
        return self._decode(found[0]) if found else None

    def behind(self, fact: Feit) -> Feit | None:
        """The fact that a claim, an approval or a correction is about in the end."""
        while isinstance(fact, TenLasteGebracht | GoedkeuringVerleend | GegevenGecorrigeerd):
            entry = self.entry(fact.betreft)
            if entry is None:
                return None
            fact = entry.feit
        return fact

    def subject(self, entry: Boeking) -> str:
        """What the dossier of an entry is read by: its jeugdige, or else its stream."""
        touched = self._log.references_of(entry.positie)
        return next((r for r in touched if r.startswith("jeugdige/")), entry.feit.stroom)

    def recorded(
        self, reference: str | None, lines: Iterable[tuple[StoredRecord, Boeking]]
    ) -> None:
        """Fold in what this unit of work itself just recorded."""
        new = list(lines)
        upto = new[-1][0].position
        if reference is not None:
            self.dossiers[reference] = self.dossiers[reference].met(new, upto)
        for record, entry in new:
            self._own(entry)
            if record.stream == GROOTBOEK and not isinstance(entry.feit, GegevensGewist):
                self.inrichting = self.inrichting.met((entry,))
        self.inrichting_tot = upto


def _keep(kept: OrderedDict[str, V], new: dict[str, V], limit: int) -> None:
    for key, value in new.items():
        kept[key] = value
        kept.move_to_end(key)
    while len(kept) > limit:
        kept.popitem(last=False)
