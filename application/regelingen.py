"""The rule sets a grootboek knows, read from the texts it stored."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

import attrs

from rekenschap.application.ports import Regelinglezer
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import (
    BeginstandOvergenomen,
    BezwaarBeslist,
    Feit,
    OptieGekozen,
    RegelingIngevoerd,
    TariefVastgesteld,
    ToewijzingAfgegeven,
    Verlengd,
)
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import Hash
from rekenschap.domain.inrichting import Inrichting
from rekenschap.domain.kenmerken import Kenmerk, Kenmerkenlijst
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.versions import (
    Besluitsoort,
    Versiekeuze,
    Versievraag,
    choose_version,
    day_after,
)

HUISREGELS = "huisregels"


class Bibliotheek:
    """The regelingen introduced in one configuration."""

    def __init__(self, settings: Inrichting, reader: Regelinglezer) -> None:
        self.op_hash: dict[Hash, Regeling] = {}
        latest: dict[str, Regeling] = {}
        for introduced in settings.regelingen:
            regulation = _read(introduced, reader)
            self.op_hash[introduced.hash] = self.op_hash[regulation.hash] = regulation
            latest[regulation.naam] = regulation
        self.geldend = tuple(r for r in latest.values() if r.soort != HUISREGELS)
        self.huisregels = tuple(r for r in latest.values() if r.soort == HUISREGELS)
        self.kenmerken = _together(r.kenmerken for r in latest.values())

    def op_dag(self, day: date) -> Regeling:
        """The version that governs a step on a day. Raises Incorrect when there is none at all."""
        return self._chosen(Versievraag(soort=Besluitsoort.GEBRUIK, dag=day)).versie

    @cached_property
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

    def voor(
        self, fact: Feit, dossier: Dossier, allocation: Toewijzing | None
    ) -> Versiekeuze[Regeling]:
        """The version that governs a step, by the transitional law of the versions here.

        On an allocation of an earlier regeling only what says so judges.
        """
        own = None if allocation is None else self._own(dossier, allocation)
        chosen = self._chosen(_asked(fact, allocation, own))
        return Versiekeuze(_limited(chosen.versie, allocation, own), chosen.open)

    def beperkt(self, rules: Regeling, dossier: Dossier, allocation: Toewijzing | None) -> Regeling:
        """The rule set as it judges on an allocation: where earlier rules hold, what says so."""
        own = None if allocation is None else self._own(dossier, allocation)
        return _limited(rules, allocation, own)

    def voor_toekenning(self, decided: date, first: date) -> Versiekeuze[Regeling]:
        """The version a new allocation would fall under."""
        asked: Versievraag[Regeling] = Versievraag(
            soort=Besluitsoort.TOEKENNING, dag=decided, eerste_dag=first
        )
        return self._chosen(asked)

    def van(self, dossier: Dossier, allocation: Toewijzing, day: date) -> Regeling:
        """The version under which an allocation is used."""
        own = self._own(dossier, allocation)
        return _limited(self.op_dag(day) if own is None else own, allocation, own)

    def _own(self, dossier: Dossier, allocation: Toewijzing) -> Regeling | None:
        """The version an allocation is under; None when it came from rules that are not here."""
        if isinstance(allocation.afgifte, BeginstandOvergenomen) and allocation.onder is None:
            name = allocation.afgifte.regeling
            return next((r for r in self.geldend if r.naam == name), None)
        decided = dossier.boeking(allocation.onder or allocation.positie)
        receipt = decided.beslissing.bon if decided is not None else None
        if receipt is None or not receipt.regelingen:
            return None
        return self.op_hash[receipt.regelingen[0]]

    def _chosen(self, asked: Versievraag[Regeling]) -> Versiekeuze[Regeling]:
        chosen = choose_version(self.geldend, asked)
        if chosen is None:
            raise Incorrect("regeling", None, "a regeling: introduce one with VoerRegelingIn first")
        return chosen


def readings(rules: Regeling, settings: Inrichting, day: date) -> dict[str, Optiewaarde]:
    """Every reading of a version as it holds on a day."""
    found: dict[str, Optiewaarde] = {}
    for name, option in rules.opties.items():
        chosen = settings.optie(rules.naam, name, day)
        found[name] = option.standaard if chosen is AFWEZIG else chosen
    return found


def _limited(rules: Regeling, allocation: Toewijzing | None, own: Regeling | None) -> Regeling:
    """What of a rule set judges on an allocation that is under ``own`` (None: of earlier rules)."""
    if allocation is None or (own is not None and not _stays(allocation, rules)):
        return rules
    return rules.op_voorganger


def _stays(allocation: Toewijzing, version: Regeling) -> bool:
    """Whether an allocation of earlier rules stays so, though a decision brought it under these."""
    taken_over = isinstance(allocation.afgifte, BeginstandOvergenomen)
    return taken_over and allocation.onder is not None and version.overgangsrecht.voorganger_blijft


def _asked(
    fact: Feit, allocation: Toewijzing | None, own: Regeling | None
) -> Versievraag[Regeling]:
    """What the choice of a version depends on, for one step."""
    asked = Versievraag(soort=Besluitsoort.GEBRUIK, dag=fact.datum, eigen=own)
    match fact:
        case ToewijzingAfgegeven():
            applied = fact.lees("aanvraagdatum")
            return attrs.evolve(
                asked,
                soort=Besluitsoort.TOEKENNING,
                eigen=None,
                eerste_dag=fact.ingangsdatum,
                aanvraag=applied if isinstance(applied, date) else None,
            )
        case Verlengd():
            old = None if allocation is None else allocation.einddatum
            adds_days = isinstance(fact.einddatum, date) or fact.einddatum is None
            first = day_after(old) if adds_days else None
            return attrs.evolve(asked, soort=Besluitsoort.VERLENGING, eerste_dag=first)
        case BezwaarBeslist() if fact.herziet:
            return attrs.evolve(asked, soort=Besluitsoort.BEZWAAR)
        case _:
            return asked


def _read(introduced: RegelingIngevoerd, reader: Regelinglezer) -> Regeling:
    return reader.read(introduced.tekst)


def _together(lists: Iterable[Kenmerkenlijst]) -> Kenmerkenlijst:
    kenmerken: dict[str, Kenmerk] = {}
    values: dict[str, tuple[str, ...]] = {}
    for one in lists:
        kenmerken.update(one.kenmerken)
        values.update(one.lijsten)
    return Kenmerkenlijst(kenmerken, values)
