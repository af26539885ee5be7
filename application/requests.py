"""From a command to the fact it asks to record, looking up what it points at."""

from collections.abc import Mapping
from typing import Any

import attrs

from rekenschap.application.aanwijzen import POINTING, Aanwijzer, named_entries, pointed
from rekenschap.application.commands import (
    Command,
    CorrigeerGegeven,
    OverStap,
    VoerRegelingIn,
    WisGegevens,
)
from rekenschap.application.dossiers import Session
from rekenschap.application.ports import Regelingen
from rekenschap.application.translate import Translator, fields_of
from rekenschap.application.wissen import persons_named
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.corrections import effective
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import (
    GROOTBOEK,
    BezwaarBeslist,
    Feit,
    GegevenGecorrigeerd,
    GegevensGewist,
    GoedkeuringGeweigerd,
    GoedkeuringVerleend,
    OverBesluit,
    RegelingIngevoerd,
    TenLasteGebracht,
    VerzoekIngetrokken,
)
from rekenschap.domain.facts.base import FeitMetKenmerken
from rekenschap.domain.identifiers import BetrokkeneRef, Code, RegelingTekst, Stroom
from rekenschap.domain.vocabulary import Uitkomst

ENVELOPE = frozenset({"command_id", "actor", "referentie"})
IDENTITY = frozenset(
    {
        "toewijzing",
        "jeugdige",
        "verwijzing",
        "advies",
        "gezin",
        "aanbieder",
        "betrokkene",
        "betreft",
        "bij",
    }
)
"""Fields that say what a fact is about; correcting them would make it another fact."""
ABOUT_PENDING = GoedkeuringVerleend | GoedkeuringGeweigerd | VerzoekIngetrokken


@attrs.frozen
class Verzoek:
    """A fact that is asked to be recorded, its content for comparing, and what it points at."""

    feit: Feit
    inhoud: Mapping[str, object]
    betreft: Boeking | None = None
    geheimen: Mapping[str, str] = attrs.field(factory=dict)
    """What it brings for the vault, by the fingerprint that stands for it meanwhile."""
    genoemd: str | None = None
    """Whose record it points at, also when that can no longer be acted upon: words about it are
    about them."""


class Requests:
    """Makes requests of commands; one per unit of work."""

    def __init__(
        self, grootboek: str, session: Session, translator: Translator, regelingen: Regelingen
    ) -> None:
        self._grootboek = grootboek
        self._session = session
        self._translate = translator
        self._regelingen = regelingen

    def of(self, command: Command) -> Verzoek:
        """The fact a command asks for. Raises Incorrect naming the field that is wrong."""
        match command:
            case VoerRegelingIn():
                introduced = self._regulation(command)
                return Verzoek(introduced, _content(introduced, {}))
            case CorrigeerGegeven():
                return self._correction(command)
            case OverStap():
                return self._about(command)
            case WisGegevens():
                erasure = self._erasure(command)
                return Verzoek(erasure, _content(erasure, {}))
            case _ if issubclass(command.feit, OverBesluit):
                return self._about_decision(command)
            case _:
                fact = self._translate.fact(command.feit, _values(command))
                return Verzoek(fact, _content(fact, {}), geheimen=self._secrets())

    def _secrets(self) -> dict[str, str]:
        return {mark: value for mark, (_, value) in self._translate.secrets.items()}

    def _about_decision(self, command: Command) -> Verzoek:
        """A fact about a decision on record, or about the objection against it."""
        aimed = Aanwijzer(self._grootboek, self._session).of(command)
        told = {n: v for n, v in _values(command).items() if n not in POINTING}
        empty = {"nieuw_besluit": AFWEZIG} if command.feit is BezwaarBeslist else {}
        fact = self._translate.fact(command.feit, {**empty, **told, **aimed.velden})
        content = {n: v for n, v in _content(fact, {}).items() if n not in aimed.velden}
        return Verzoek(fact, {**content, **pointed(command)}, aimed.boeking, self._secrets())

    def _regulation(self, command: VoerRegelingIn) -> RegelingIngevoerd:
        if not isinstance(command.tekst, str):
            raise Incorrect("tekst", command.tekst, "the name of a regeling, or its YAML")
        text = self._regelingen.text(command.tekst)
        regulation = self._regelingen.read(text)
        return RegelingIngevoerd(
            datum=self._translate.value(RegelingIngevoerd, "datum", command.datum),
            regeling=regulation.naam,
            hash=regulation.hash,
            tekst=RegelingTekst(text),
            bekendgemaakt_op=regulation.bekendgemaakt_op,
            in_werking_op=regulation.periode.van,
            vervalt_op=regulation.periode.tot_en_met,
        )

    def _erasure(self, command: WisGegevens) -> GegevensGewist:
        """Whom it is about is looked up, never made: nobody gets a reference by being erased."""
        named = persons_named(command)
        if len(named) != 1:
            one = "exactly one of jeugdige, gezin and persoon"
            raise Incorrect("jeugdige", None, one, secret=True)
        ((kind, host_id),) = named.items()
        found = self._translate.known(kind, host_id)
        return GegevensGewist(
            datum=self._translate.value(GegevensGewist, "datum", command.datum),
            betrokkene=AFWEZIG if found is None else BetrokkeneRef(found),
            grond=self._translate.value(GegevensGewist, "grond", command.grond),
        )

    def _about(self, command: OverStap) -> Verzoek:
        entry = self._pointed_at(command)
        values = {**_values(command), **_target(entry)}
        fact = self._translate.fact(command.feit, values)
        named = self._named(command.betreft)
        about = self._session.subject(named[-1]) if named else None
        return Verzoek(fact, _content(fact, {"betreft": command.betreft}), entry, genoemd=about)

    def _correction(self, command: CorrigeerGegeven) -> Verzoek:
        entry = self._pointed_at(command)
        original = self._as_it_stands(entry)
        if original is None:
            raise Incorrect("betreft", command.betreft, "the referentie of a recorded step")
        changes, names = self._changes(type(original), command.vervanging)
        newer = attrs.evolve(original, **_merged(original, changes, names))
        plain = {
            name: self._translate.value(GegevenGecorrigeerd, name, getattr(command, name))
            for name in ("datum", "reden", "gezag")
        }
        fact = GegevenGecorrigeerd(**plain, **_target(entry), nieuw=newer, velden=names)
        content = {
            **plain,
            "betreft": command.betreft,
            "vervanging": {name: newer.lees(name) for name in names},
        }
        return Verzoek(fact, content, entry)

    def _changes(
        self, cls: type[Feit], given: Mapping[str, Any]
    ) -> tuple[dict[str, Any], tuple[Code, ...]]:
        """The checked values of the fields and kenmerken that change."""
        if not isinstance(given, Mapping) or not given:
            raise Incorrect("vervanging", given, "at least one field with its new value")
        core = {a.name for a in fields_of(cls)} - {"vastgesteld"}
        changes: dict[str, Any] = {}
        for name, raw in given.items():
            if name in IDENTITY and name in core:
                raise Incorrect(f"vervanging.{name}", raw, "no identity: withdraw, record anew")
            if name in core:
                changes[name] = self._translate.value(cls, name, raw)
            elif not issubclass(cls, FeitMetKenmerken):
                raise Incorrect(f"vervanging.{name}", raw, "a field: " + ", ".join(sorted(core)))
            else:
                checked = self._translate.value(cls, "vastgesteld", {name: raw})
                changes.update(checked)
        return changes, tuple(Code(name) for name in sorted(changes))

    def _pointed_at(self, command: OverStap) -> Boeking | None:
        """The entry a command points at, if it can act on one."""
        found = self._named(command.betreft)
        plain = [e for e in found if not isinstance(e.feit, ABOUT_PENDING)]
        if issubclass(command.feit, ABOUT_PENDING):
            waits = [e for e in found if e.beslissing.uitkomst is Uitkomst.GOEDKEURING_NODIG]
            return next(reversed(waits or plain), None)  # under other rules it might have waited
        last = next((e for e in reversed(plain) if not isinstance(e.feit, TenLasteGebracht)), None)
        if last is None and plain and isinstance(claim := plain[-1].feit, TenLasteGebracht):
            return self._session.entry(claim.betreft)
        return last

    def _named(self, named: object) -> tuple[Boeking, ...]:
        """The entries of a name: of a referentie, or of the reference of an answer."""
        return named_entries(self._grootboek, self._session, "betreft", named)

    def _as_it_stands(self, entry: Boeking | None) -> Feit | None:
        """The fact a correction starts from: as earlier corrections left it."""
        if entry is None:
            return None
        dossier = self._session.dossier(self._session.subject(entry)).dossier
        root = dossier.oorsprong(entry.positie)
        now = next((b for b in effective(dossier.boekingen) if b.positie == root), None)
        original = now or dossier.boeking(root)
        return None if original is None else original.feit


def _values(command: Command) -> dict[str, Any]:
    return {
        a.name: getattr(command, a.name)
        for a in attrs.fields(type(command))
        if a.name not in ENVELOPE
    }


def _target(entry: Boeking | None) -> dict[str, Any]:
    if entry is None:
        return {"betreft": 0, "bij": Stroom(GROOTBOEK)}
    return {"betreft": entry.positie, "bij": Stroom(entry.feit.stroom)}


def _merged(fact: Feit, changes: Mapping[str, Any], names: tuple[Code, ...]) -> dict[str, Any]:
    core: dict[str, Any] = {n: changes[n] for n in names if n in type(fact).__core__}
    rest: dict[str, Any] = {n: changes[n] for n in names if n not in core}
    if rest:
        core["vastgesteld"] = {**fact.kenmerken, **rest}
    return core


def _content(fact: Feit, instead: Mapping[str, object]) -> Mapping[str, object]:
    """What makes a command the same command: its values, not what they point at today."""
    values: dict[str, object] = {
        a.name: getattr(fact, a.name)
        for a in fields_of(type(fact))
        if a.name != "bij" and getattr(fact, a.name) is not AFWEZIG
    }
    return {"gebeurtenis": fact.naam, **values, **instead}
