"""The rule sets of a what-if: read from the texts the grootboek stored, and then changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import attrs

from rekenschap.application.dossiers import Decode, Kept, Session
from rekenschap.application.ports import Log, Regelingen
from rekenschap.application.regelingen import HUISREGELS, Bibliotheek
from rekenschap.application.tijdreis import valid_day
from rekenschap.domain.andere_regels import AndereRegels, Getal
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import OptieGekozen
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import Code
from rekenschap.domain.inrichting import Inrichting
from rekenschap.domain.kenmerken import Waarde
from rekenschap.domain.regeling import Regeling

Regels = AndereRegels | str | None
"""The rules of a question: other ones, a version by name, or None for those of the decisions."""


def as_changes(rules: Regels) -> AndereRegels:
    """What a caller means by ``regels``. Raises Incorrect for anything else."""
    if rules is None:
        return AndereRegels()
    if isinstance(rules, str):
        return AndereRegels(regeling=rules)
    if isinstance(rules, AndereRegels):
        return _well_formed(rules)
    raise Incorrect("regels", rules, "AndereRegels, the name of a regeling, or None")


class AndereLezer:
    """Reads every text as the what-if would have it: another version, or the same one changed.

    House rules are never another version: they are the grootboek's own. What the changes name is
    checked at once, against every text there is. Raises Incorrect for what none of them has.
    """

    def __init__(self, reader: Regelingen, changes: AndereRegels, settings: Inrichting) -> None:
        self._reader = reader
        self._changes = changes
        self._known: dict[str, Regeling] = {}
        known = Bibliotheek(settings, reader)
        self._forced = _forced(changes, known, settings, reader)
        texts: set[str] = {one.tekst for one in settings.regelingen}
        if self._forced is not None:
            house = {one for one in texts if reader.read(one).soort == HUISREGELS}
            texts = {*house, self._forced}
        sets = known.geldend if self._forced is None else (reader.read(self._forced),)
        self.namen = frozenset(one.naam for one in sets)
        _check(changes, (*sets, *known.huisregels), lambda rule: _numbers(reader, texts, rule))
        for text in sorted(texts):
            self.read(text)

    def text(self, source: str) -> str:
        return self._reader.text(source)

    def read(self, text: str) -> Regeling:
        if text not in self._known:
            house = self._reader.read(text).soort == HUISREGELS
            chosen = text if house or self._forced is None else self._forced
            numbers, without = self._changes.getallen, self._changes.zonder
            if numbers or without:
                chosen = self.replaced(chosen, numbers, without)
            self._known[text] = self._reader.read(chosen)
        return self._known[text]

    def replaced(self, text: str, numbers: Mapping[Getal, Waarde], without: Sequence[str]) -> str:
        return self._reader.replaced(text, numbers, without)

    def numbers(self, text: str, rule: str) -> tuple[str, ...]:
        return self._reader.numbers(text, rule)

    def inrichting(self, settings: Inrichting) -> Inrichting:
        """The configuration with other readings, whoever chose what before."""
        readings = self._changes.lezingen
        if not readings:
            return settings
        chosen = tuple(
            OptieGekozen(datum=date.min, regeling=name, optie=Code(option), waarde=value)
            for name in sorted({*self.namen, *(one.regeling for one in settings.regelingen)})
            for option, value in readings.items()
        )
        kept = tuple(one for one in settings.opties if one.optie not in readings)
        return attrs.evolve(settings, opties=(*kept, *chosen))


class AndereSession(Session):
    """A reading in which options read as the what-if has them, on every day."""

    def __init__(self, kept: Kept, log: Log, decode: Decode, reader: AndereLezer) -> None:
        super().__init__(kept, log, decode)
        self._reader = reader

    def configuration(self) -> Inrichting:
        return self._reader.inrichting(super().configuration())


def _well_formed(changes: AndereRegels) -> AndereRegels:
    """The changes, lists as tuples. Raises Incorrect for what is not of its type."""
    if changes.op is not None:
        valid_day(changes.op, changes.op, "regels.op")
    for name in ("getallen", "lezingen"):
        if not isinstance(told := getattr(changes, name), Mapping):
            raise Incorrect(f"regels.{name}", told, "a map of what is replaced to its value")
    for number in changes.getallen:
        named = isinstance(number, Getal) and isinstance(number.instelling, str)
        if not named or not isinstance(number.regel, str):
            raise Incorrect("regels.getallen", number, "Getal(regel, instelling), both text")
    without = changes.zonder
    is_list = isinstance(without, tuple | list)
    if not is_list or not all(isinstance(rule, str) for rule in without):
        raise Incorrect("regels.zonder", without, "a tuple of the ids of rules")
    readings = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in changes.lezingen.items()
    }
    return attrs.evolve(changes, lezingen=readings, zonder=tuple(dict.fromkeys(without)))


def _forced(
    changes: AndereRegels, known: Bibliotheek, settings: Inrichting, reader: Regelingen
) -> str | None:
    """The text that governs everything; None where each decision keeps its version."""
    name = changes.regeling
    if changes.op is not None:
        if name is not None:
            raise Incorrect("regels.op", changes.op, "either a version by name, or that of a day")
        name = known.op_dag(changes.op).naam
    if name is None:
        return None
    if not isinstance(name, str):
        raise Incorrect("regels.regeling", name, "the name of a regeling, or its YAML")
    stored = [one.tekst for one in settings.regelingen if one.regeling == name]
    text = stored[-1] if stored else _text(name, known, reader)
    if reader.read(text).soort == HUISREGELS:
        raise Incorrect("regels.regeling", name, "a regeling; house rules stay what they are")
    return text


def _text(name: str, known: Bibliotheek, reader: Regelingen) -> str:
    """A packaged text, or one in YAML."""
    try:
        return reader.text(name)
    except Incorrect as error:
        if "\n" in name:
            raise
        here = ", ".join(one.naam for one in known.geldend) or "none"
        allowed = f"a regeling of the grootboek ({here}), or {error.allowed}"
        raise Incorrect("regels.regeling", name, allowed) from error


def _numbers(reader: Regelingen, texts: Iterable[str], rule: str) -> set[str]:
    return {name for text in texts for name in reader.numbers(text, rule)}


def _check(
    changes: AndereRegels, sets: tuple[Regeling, ...], numbers: Callable[[str], set[str]]
) -> None:
    """Raises Incorrect for a rule, number or reading that none of these has."""
    rules = {rule for one in sets for rule in one.op_id}
    a_rule = "a rule of " + ", ".join(one.naam for one in sets)
    for rule in changes.zonder:
        if rule not in rules:
            raise Incorrect("regels.zonder", rule, a_rule)
    for number in changes.getallen:
        if number.regel not in rules:
            raise Incorrect("regels.getallen", number.regel, a_rule)
        having = numbers(number.regel)
        if number.instelling not in having:
            listed = "one of " + ", ".join(sorted(having)) if having else "nothing: it has none"
            raise Incorrect(f"regels.getallen.{number.regel}", number.instelling, listed)
    for name, value in changes.lezingen.items():
        _check_reading(name, value, sets)


def _check_reading(name: str, value: Optiewaarde, sets: tuple[Regeling, ...]) -> None:
    having = [one for one in sets if name in one.opties]
    if not having:
        known = sorted({str(option) for one in sets for option in one.opties})
        raise Incorrect("regels.lezingen", name, "one of " + ", ".join(known))
    for one in having:
        try:
            one.opties[Code(name)].check(value, one.producten)
        except Incorrect as error:
            raise Incorrect(f"regels.lezingen.{name}", error.value, error.allowed) from error
