"""The rule sets of a what-if: read from the texts the grootboek stored, and then changed."""

from datetime import date

import attrs

from rekenschap.application.dossiers import Decode, Kept, Session
from rekenschap.application.ports import Log, Regelingen
from rekenschap.application.regelingen import HUISREGELS, Bibliotheek
from rekenschap.domain.andere_regels import AndereRegels
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import OptieGekozen
from rekenschap.domain.identifiers import Code
from rekenschap.domain.inrichting import Inrichting
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
        return rules
    raise Incorrect("regels", rules, "AndereRegels, the name of a regeling, or None")


class AndereLezer:
    """Reads every text as the what-if would have it: another version, or the same one changed.

    House rules are never another version: they are the grootboek's own.
    """

    def __init__(self, reader: Regelingen, changes: AndereRegels, settings: Inrichting) -> None:
        self._reader = reader
        self._changes = changes
        known = Bibliotheek(settings, reader)
        self._forced = _forced(changes, known, settings, reader)
        sets = known.geldend if self._forced is None else (reader.read(self._forced),)
        _check(changes, (*sets, *known.huisregels))

    def read(self, text: str) -> Regeling:
        house = self._reader.read(text).soort == HUISREGELS
        chosen = text if house or self._forced is None else self._forced
        numbers, without = self._changes.getallen, self._changes.zonder
        if numbers or without:
            chosen = self._reader.replaced(chosen, numbers, without)
        return self._reader.read(chosen)


class AndereSession(Session):
    """A reading in which options read as the what-if has them, on every day."""

    def __init__(self, kept: Kept, log: Log, decode: Decode, changes: AndereRegels) -> None:
        super().__init__(kept, log, decode)
        self._changes = changes

    def configuration(self) -> Inrichting:
        return read_otherwise(super().configuration(), self._changes)


def read_otherwise(settings: Inrichting, changes: AndereRegels) -> Inrichting:
    """The configuration with other readings, whoever chose what before."""
    if not changes.lezingen:
        return settings
    names = {one.regeling for one in settings.regelingen}
    chosen = tuple(
        OptieGekozen(datum=date.min, regeling=name, optie=Code(option), waarde=value)
        for name in sorted(names)
        for option, value in changes.lezingen.items()
    )
    kept = tuple(one for one in settings.opties if one.optie not in changes.lezingen)
    return attrs.evolve(settings, opties=(*kept, *chosen))


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
    text = stored[-1] if stored else reader.text(name)
    if reader.read(text).soort == HUISREGELS:
        raise Incorrect("regels.regeling", name, "a regeling; house rules stay what they are")
    return text


def _check(changes: AndereRegels, sets: tuple[Regeling, ...]) -> None:
    """Raises Incorrect for a rule or reading that none of these has."""
    rules = {rule for one in sets for rule in one.op_id}
    for asked in (*changes.zonder, *(number.regel for number in changes.getallen)):
        if asked not in rules:
            raise Incorrect("regels", asked, "a rule of " + ", ".join(one.naam for one in sets))
    for name, value in changes.lezingen.items():
        having = [one for one in sets if name in one.opties]
        if not having:
            known = sorted({str(option) for one in sets for option in one.opties})
            raise Incorrect("regels.lezingen", name, "one of " + ", ".join(known))
        for one in having:
            one.opties[Code(name)].check(value, one.producten)
