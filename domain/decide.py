"""decide: what becomes of a step, given all that is known. Pure; every rule that applies judges.

The result is one or more facts, each with the decision on it, in the order they are recorded. A
no-show or absence that is charged is two: the fact, and the claim that a rule can refuse.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from attrs import evolve as changed
from attrs import field, frozen

from rekenschap.domain import effects, invariants
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.evolve import apply
from rekenschap.domain.facts import (
    AfwezigheidGemeld,
    BeginstandOvergenomen,
    BezwaarBeslist,
    Feit,
    Gedeclareerd,
    InzetGeregistreerd,
    NoShowGeregistreerd,
    OverBesluit,
    OvereenkomstVastgelegd,
    OverToewijzing,
    TenLasteGebracht,
    ToewijzingAfgegeven,
    ToewijzingIngetrokken,
    Verlengd,
    ZorgGestopt,
)
from rekenschap.domain.facts.toewijzing import VERVANGEN_DOOR
from rekenschap.domain.identifiers import AanbiederId, Code, Keuze, RegelId
from rekenschap.domain.inrichting import Inrichting
from rekenschap.domain.judge import judge, takes_place_of
from rekenschap.domain.obstacles import obstacles
from rekenschap.domain.peildatum import PeildatumBereikt
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import Beslissing, Gevolg, Oordeel
from rekenschap.domain.vocabulary import Ernst, Rol, Uitkomst
from rekenschap.domain.zaak import Zaak

Aanspraakfeit = NoShowGeregistreerd | AfwezigheidGemeld


@frozen(kw_only=True)
class Situatie:
    """All a decision rests on: what is known, which rules hold, who asks, when.

    ``positie`` is where the step will be recorded. ``regeling`` is the version that was chosen for
    it; ``huisregels`` are the ledger's own.
    """

    dossier: Dossier
    inrichting: Inrichting
    regeling: Regeling
    huisregels: tuple[Regeling, ...] = ()
    moment: datetime
    positie: int
    rol: Rol
    geboortedatum: date | None = None
    persoon: Mapping[str, str] = field(factory=dict)
    versie_open: bool = False
    contracten: Mapping[AanbiederId, OvereenkomstVastgelegd] = field(factory=dict)
    bij_aanbieder: tuple[Toewijzing, ...] = ()
    samen: tuple[InzetGeregistreerd, ...] = ()
    gezin: tuple[Toewijzing, ...] = ()

    @property
    def regelingen(self) -> tuple[Regeling, ...]:
        """All rule sets that judge."""
        return (self.regeling, *self.huisregels)

    def goedkeurders_van(self, rule: RegelId) -> tuple[str, ...]:
        """Who may approve what a rule asks, also where it is one of the ledger's own."""
        said = next((r.op_id[rule] for r in self.regelingen if rule in r.op_id), None)
        named = None if said is None else said.goedkeurders
        return self.regeling.goedkeurders if named is None else named

    def mag_goedkeuren(self, party: str, rules: Iterable[RegelId]) -> bool:
        """Whether a party may approve what all of these rules ask."""
        return all(party in self.goedkeurders_van(rule) for rule in rules)


@frozen
class Uitspraak:
    """One fact and the decision on it, ready to be recorded.

    ``meegebracht`` when it follows from another step, which nobody asked for by itself.
    """

    feit: Feit
    beslissing: Beslissing
    meegebracht: bool = False


def decide_step(situation: Situatie, step: Feit) -> tuple[Uitspraak, ...]:
    """Decide on a step of the care or the allocation. Raises Incorrect for an impossible fact."""
    invariants.check(step)
    grounds = obstacles(situation.dossier, step)
    if grounds:
        return (Uitspraak(step, without_footing(situation, step, grounds)),)
    if isinstance(step, Aanspraakfeit) and step.declareren:
        if isinstance(step, AfwezigheidGemeld) and step.tot_en_met is None:
            return (Uitspraak(step, judged(situation, step)),)  # not back yet: claims nothing
        claim = TenLasteGebracht(
            datum=step.datum, toewijzing=step.toewijzing, betreft=situation.positie
        )
        return (
            Uitspraak(step, Beslissing.GEEN),
            Uitspraak(claim, judged(situation, step, claim=claim)),
        )
    said = judged(situation, step)
    return (*replaced(situation, step, said), Uitspraak(step, said))


def replaced(situation: Situatie, step: Feit, said: Beslissing) -> Iterator[Uitspraak]:
    """The withdrawals a grant brings along: of what it takes the place of, once it counts."""
    if not isinstance(step, ToewijzingAfgegeven) or not said.uitkomst.erkend:
        return
    rules = situation.regeling.toepassingen(type(step).__name__, step.product)
    if not any(application.soort.neemt_plaats_in for _, application in rules):
        return
    for name in takes_place_of(case_of(situation, step, said.gevolg or Gevolg())):
        withdrawn = ToewijzingIngetrokken(
            datum=step.datum,
            toewijzing=name,
            door=Keuze("gemeente"),
            vastgesteld={VERVANGEN_DOOR: str(step.toewijzing)},
        )
        yield Uitspraak(withdrawn, Beslissing.GEEN, meegebracht=True)


def without_footing(situation: Situatie, step: Feit, grounds: tuple[Code, ...]) -> Beslissing:
    """The refusal of what stands on nothing, with the rules that name this very case.

    An extension of an allocation that is there names the rules that refuse it anyhow.
    """
    if (early := beforehand(situation, step)) is not None:
        return early
    objections: tuple[Oordeel, ...] = ()
    if isinstance(step, Verlengd) and step.toewijzing in situation.dossier.toewijzingen:
        said = judged(situation, step)
        objections = tuple(o for o in said.oordelen if o.ernst is Ernst.WEIGERT)
    return Beslissing(Uitkomst.GEWEIGERD, oordelen=objections, gronden=grounds)


def beforehand(situation: Situatie, step: Feit) -> Beslissing | None:
    """What rules say that name this very case: a step on an allocation still to be given."""
    if not isinstance(step, OverToewijzing):
        return None
    if step.toewijzing not in situation.dossier.aangekondigd:
        return None
    early = tuple(regulation.vooraf for regulation in situation.regelingen)
    said = judge(case_of(situation, step, Gevolg()), early)
    return said if said.oordelen else None


def judged(
    situation: Situatie,
    step: Feit,
    *,
    claim: TenLasteGebracht | None = None,
    lifted: frozenset[RegelId] = frozenset(),
) -> Beslissing:
    """What the rules say about a step, or about the claim that goes with it.

    What is told of an objection only the house rules judge, unless it changes an allocation.
    """
    effect = effect_of(situation, step) if claim is not None or _weighs(step) else None
    case = case_of(situation, step, effect or Gevolg(), claim=claim)
    bare = isinstance(step, OverBesluit) and case.voor is None
    leaves = isinstance(step, BezwaarBeslist) and not step.herziet
    sets = situation.huisregels if bare or leaves else situation.regelingen
    said = judge(case, sets, claim=claim is not None, lifted=lifted)
    if said.uitkomst is not Uitkomst.GEWEIGERD and _charges_what_was_withdrawn(case, claim):
        said = Beslissing(Uitkomst.GEWEIGERD, gronden=(Code("toewijzing_ingetrokken"),))
    return changed(said, gevolg=effect)


def _charges_what_was_withdrawn(case: Zaak, claim: TenLasteGebracht | None) -> bool:
    """Whether a day is charged on which the allocation was withdrawn, and no rule minds."""
    if claim is None and not isinstance(case.stap, InzetGeregistreerd):
        return False
    withdrawn = case.toewijzing.ingetrokken
    last = effects.days_of(case.stap, stays_through=case.vertrekdag_telt).tot_en_met
    return withdrawn is not None and last is not None and last >= withdrawn


def case_of(
    situation: Situatie, step: Feit, effect: Gevolg, *, claim: TenLasteGebracht | None = None
) -> Zaak:
    """The step before its judges: with the allocation as it is, and as it would be after it."""
    dossier = situation.dossier
    before = after = None
    if step.op_toewijzing is not None:
        before = dossier.toewijzing(step.op_toewijzing)
        after = _after(situation, step, effect, claim)
    return Zaak(
        gebeurtenis=type(step).__name__,
        stap=step,
        dossier=dossier,
        voor=None if isinstance(step, ToewijzingAfgegeven) else before,
        na=after,
        gevolg=effect,
        regeling=situation.regeling,
        inrichting=situation.inrichting,
        moment=situation.moment,
        rol=situation.rol,
        geboortedatum=situation.geboortedatum,
        persoon=situation.persoon,
        versie_open=situation.versie_open,
        contracten=situation.contracten,
        bij_aanbieder=situation.bij_aanbieder,
        samen=situation.samen,
        gezin=situation.gezin,
    )


def effect_of(situation: Situatie, step: Feit) -> Gevolg | None:
    """What the step does to the balance; None for a step that does not touch it."""
    rules = situation.regeling
    if isinstance(step, ToewijzingAfgegeven):
        return effects.of_grant(step, rules, situation.inrichting)
    if isinstance(step, BeginstandOvergenomen):
        return effects.of_taken_over(step, rules)
    allocation = situation.dossier.toewijzing(step.op_toewijzing)
    if allocation is None:
        return None
    match step:
        case Verlengd():
            return effects.of_extension(step, allocation, rules, situation.inrichting)
        case BezwaarBeslist() if step.herziet:
            return effects.of_objection(step, allocation, rules, situation.inrichting)
        case InzetGeregistreerd() | NoShowGeregistreerd() | AfwezigheidGemeld():
            return effects.of_charge(step, allocation, rules, situation.inrichting)
        case Gedeclareerd():
            return effects.of_declaration(step, allocation, rules, situation.inrichting)
        case ZorgGestopt():
            return effects.of_stop(step, allocation, rules, situation.inrichting)
        case _:
            return None


def _weighs(step: Feit) -> bool:
    return not isinstance(step, Aanspraakfeit | PeildatumBereikt)


def _after(
    situation: Situatie, step: Feit, effect: Gevolg, claim: TenLasteGebracht | None
) -> Toewijzing | None:
    if isinstance(step, PeildatumBereikt):
        return situation.dossier.toewijzingen.get(step.toewijzing)
    counted = Beslissing(Uitkomst.GEACCEPTEERD, gevolg=effect)
    after = apply(situation.dossier, step, situation.positie, counted)
    if claim is not None:
        after = apply(after, claim, situation.positie + 1, counted)
    return after.toewijzing(step.op_toewijzing)
