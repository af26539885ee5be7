"""The rule sets a grootboek knows, read from the texts it stored."""

from collections.abc import Iterable
from datetime import date

import attrs

from rekenschap.application.ports import Regelingen
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import (
    BeginstandOvergenomen,
    Feit,
    OptieGekozen,
    RegelingIngevoerd,
    TariefVastgesteld,
)
from rekenschap.domain.identifiers import Hash
from rekenschap.domain.inrichting import Inrichting
from rekenschap.domain.kenmerken import Kenmerk, Kenmerkenlijst
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.versions import choose_version

HUISREGELS = "huisregels"


class Bibliotheek:
    """The regelingen introduced in one configuration."""

    def __init__(self, settings: Inrichting, reader: Regelingen) -> None:
        self.op_hash: dict[Hash, Regeling] = {}
        latest: dict[str, Regeling] = {}
        for introduced in settings.regelingen:
            regulation = _read(introduced, reader)
            self.op_hash[regulation.hash] = regulation
            latest[regulation.naam] = regulation
        self.geldend = tuple(r for r in latest.values() if r.soort != HUISREGELS)
        self.huisregels = tuple(r for r in latest.values() if r.soort == HUISREGELS)
        self.kenmerken = _together(r.kenmerken for r in latest.values())

    def op_dag(self, day: date) -> Regeling:
        """The version that governs a step on a day. Raises Incorrect when there is none at all."""
        found = choose_version(self.geldend, day)
        if found is None:
            raise Incorrect("regeling", None, "a regeling: introduce one with VoerRegelingIn first")
        return found

    @property
    def zonder_regels(self) -> Regeling:
        """A rule set that judges nothing, for facts no regeling is about."""
        return attrs.evolve(self.huisregels[0], regels=())

    def check(self, fact: Feit) -> None:
        """Raise Incorrect for configuration that names what no regeling here knows."""
        by_name = {regulation.naam: regulation for regulation in self.geldend}
        match fact:
            case OptieGekozen():
                if fact.regeling not in by_name:
                    raise Incorrect("regeling", fact.regeling, "one of " + ", ".join(by_name))
                products = by_name[fact.regeling].producten
                options = by_name[fact.regeling].opties
                if fact.optie not in options:
                    raise Incorrect("optie", fact.optie, "one of " + ", ".join(options))
                options[fact.optie].check(fact.waarde, products)
            case TariefVastgesteld():
                known = any(fact.product in r.producten for r in self.geldend)
                if self.geldend and not known:
                    raise Incorrect("product", fact.product, "a product of a regeling here")

    def van(self, dossier: Dossier, allocation: Toewijzing | None, day: date) -> Regeling:
        """The version that governs an allocation: the one it was granted under."""
        if allocation is not None:
            if isinstance(allocation.afgifte, BeginstandOvergenomen):
                return attrs.evolve(self.op_dag(day), regels=())
            granted = dossier.boeking(allocation.positie)
            receipt = granted.beslissing.bon if granted is not None else None
            if receipt is not None and receipt.regelingen:
                return self.op_hash[receipt.regelingen[0]]
        return self.op_dag(day)


def _read(introduced: RegelingIngevoerd, reader: Regelingen) -> Regeling:
    return reader.read(introduced.tekst)


def _together(lists: Iterable[Kenmerkenlijst]) -> Kenmerkenlijst:
    kenmerken: dict[str, Kenmerk] = {}
    values: dict[str, tuple[str, ...]] = {}
    for one in lists:
        kenmerken.update(one.kenmerken)
        values.update(one.lijsten)
    return Kenmerkenlijst(kenmerken, values)
