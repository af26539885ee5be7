"""decide about an earlier record: approve or turn down what waits, correct or take back."""

from attrs import evolve as changed

from rekenschap.domain import invariants
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.corrections import effective, merged
from rekenschap.domain.decide import (
    Aanspraakfeit,
    Situatie,
    Uitspraak,
    case_of,
    judged,
    replaced,
    without_footing,
)
from rekenschap.domain.facts import (
    Feit,
    GegevenGecorrigeerd,
    GegevenIngetrokken,
    GegevensGewist,
    GoedkeuringGeweigerd,
    GoedkeuringVerleend,
    OverBoeking,
    RegelingIngevoerd,
    TenLasteGebracht,
    VerzoekIngetrokken,
)
from rekenschap.domain.identifiers import Code, RegelId
from rekenschap.domain.judge import judge
from rekenschap.domain.obstacles import obstacles
from rekenschap.domain.standing import as_it_stands, counts, trial, without
from rekenschap.domain.verdicts import Beslissing, Gevolg, Oordeel, breuk, heaviest
from rekenschap.domain.vervanging import as_if_never, replaced_anew, restored
from rekenschap.domain.vocabulary import Ernst, Uitkomst


def decide_about(situation: Situatie, step: OverBoeking) -> tuple[Uitspraak, ...]:
    """Decide on a step about an earlier record. Raises Incorrect for an impossible fact."""
    invariants.check(step)
    house = judge(case_of(situation, step, Gevolg()), situation.huisregels)
    if house.uitkomst is Uitkomst.GEWEIGERD:
        return (Uitspraak(step, house),)
    match step:
        case GoedkeuringVerleend():
            approval = _approval(situation, step)
            asked = situation.dossier.wachtend.get(step.betreft)
            brought = () if asked is None else replaced(situation, asked.feit, approval)
            return (*brought, Uitspraak(step, approval))
        case GoedkeuringGeweigerd() | VerzoekIngetrokken():
            return (Uitspraak(step, _ending(situation, step)),)
        case GegevenGecorrigeerd():
            return _correction(situation, step)
        case GegevenIngetrokken():
            return _taken_back(situation, step)
        case _:
            raise TypeError(f"not a step about an earlier record: {type(step).__name__}")


def _refused(ground: str) -> Beslissing:
    return Beslissing(Uitkomst.GEWEIGERD, gronden=(Code(ground),))


def _approval(situation: Situatie, step: GoedkeuringVerleend) -> Beslissing:
    """Judge the request again; approval lifts only the verdicts that asked for it.

    What the step does to the balance is worked out again too, and recorded with the approval.
    """
    pending = situation.dossier.wachtend.get(step.betreft)
    if pending is None:
        return _refused("niets_dat_wacht")
    asked = [o for o in pending.beslissing.oordelen if o.ernst is Ernst.GOEDKEURING]
    if not situation.mag_goedkeuren(step.door, [o.regel for o in asked]):
        return _not_by(step.door, situation, asked)
    lifted = frozenset(o.regel for o in asked)
    now = _judged_again(situation, pending, lifted)
    covered = situation.regeling.goedkeuring_dekt_alles or _chose_version(situation, lifted)
    objections = [
        changed(o, ernst=Ernst.WEIGERT)
        for o in now.oordelen
        if o.ernst is Ernst.WEIGERT
        or (o.ernst is Ernst.GOEDKEURING and not covered and o.regel not in lifted)
    ]
    silenced = situation.regeling.goedkeuring_dekt_alles
    signals = [o for o in now.oordelen if o.ernst is Ernst.SIGNAAL and not silenced]
    if objections or now.gronden:
        return changed(
            now,
            uitkomst=Uitkomst.GEWEIGERD,
            oordelen=(*objections, *signals),
            gebruikt=(),
            gevolg=None,
        )
    return changed(now, uitkomst=heaviest(tuple(signals)), oordelen=tuple(signals))


def _chose_version(situation: Situatie, rules: frozenset[RegelId]) -> bool:
    """Whether what was asked is which regeling governs: whoever answers that covers the rest."""
    return any(
        application.soort.kiest_versie
        for regulation in situation.regelingen
        for rule in regulation.regels
        if rule.id in rules
        for application in rule.toepassingen
    )


def _judged_again(situation: Situatie, pending: Boeking, lifted: frozenset[RegelId]) -> Beslissing:
    """What the rules say of what is known now, of a step asked when it was: a claim on its fact as
    that stands by now.
    """
    step, claim = pending.feit, None
    asked_at = changed(situation, positie=pending.positie, moment=pending.geregistreerd_op)
    if isinstance(step, TenLasteGebracht):
        claim, root = step, step.betreft
        entry = as_it_stands(situation, root)
        assert entry is not None, "a claim waits no longer than its fact counts"
        step = entry.feit
        asked_at = changed(asked_at, dossier=without(situation, root), positie=root)
    grounds = obstacles(asked_at.dossier, step)
    if grounds:
        return without_footing(asked_at, step, grounds)
    return judged(asked_at, step, claim=claim, lifted=lifted)


def _ending(situation: Situatie, step: GoedkeuringGeweigerd | VerzoekIngetrokken) -> Beslissing:
    """Turn a request down, or take it back: it waits no longer."""
    pending = situation.dossier.wachtend.get(step.betreft)
    if pending is None:
        return _refused("niets_dat_wacht")
    asked = [o for o in pending.beslissing.oordelen if o.ernst is Ernst.GOEDKEURING]
    approver = situation.mag_goedkeuren(step.door, [o.regel for o in asked])
    if isinstance(step, GoedkeuringGeweigerd) and not approver:
        return _not_by(step.door, situation, asked)
    return Beslissing.GEEN


def _not_by(who: str, situation: Situatie, asked: list[Oordeel]) -> Beslissing:
    """Only the party the regeling names may approve; the rules that asked say so again."""
    verdicts = tuple(
        Oordeel(
            o.regel,
            Ernst.WEIGERT,
            breuk(door=who, alleen_door=situation.goedkeurders_van(o.regel)).vergeleken,
        )
        for o in asked
    )
    return Beslissing(
        Uitkomst.GEWEIGERD, oordelen=verdicts, gronden=(Code("niet_bevoegd_goed_te_keuren"),)
    )


def _correction(situation: Situatie, step: GegevenGecorrigeerd) -> tuple[Uitspraak, ...]:
    """A plain fact is always corrected; what was claimed or asked is judged as if asked now."""
    root = situation.dossier.oorsprong(step.betreft)
    before = as_it_stands(situation, root)
    if before is None:
        return (Uitspraak(step, _refused("niets_te_corrigeren")),)
    fact = merged(before.feit, step.nieuw, step.velden)
    invariants.check(fact)
    barred = _barred(situation, before.feit) or _barred(situation, fact)
    if barred is not None:
        return (Uitspraak(step, barred),)
    bare = as_if_never(situation, root)
    if isinstance(fact, Aanspraakfeit):
        return _corrected_claim(bare, step, fact, root)
    if not type(before.feit).aanspraak:
        return (Uitspraak(step, Beslissing.GEEN),)
    grounds = obstacles(bare.dossier, fact)
    if grounds:
        return (Uitspraak(step, without_footing(bare, fact, grounds)),)
    said = final(judged(bare, fact))
    return (*replaced_anew(situation, bare, step, fact, said), Uitspraak(step, said))


def _corrected_claim(
    without: Situatie, step: GegevenGecorrigeerd, fact: Aanspraakfeit, root: int
) -> tuple[Uitspraak, ...]:
    """The fact is corrected whatever happens; its claim is asked again for what it is now."""
    if not fact.declareren:
        return (Uitspraak(step, Beslissing.GEEN),)
    claim = TenLasteGebracht(datum=fact.datum, toewijzing=fact.toewijzing, betreft=root)
    grounds = obstacles(without.dossier, fact)
    if grounds:
        refused = Beslissing(Uitkomst.GEWEIGERD, gronden=grounds)
        return (Uitspraak(step, Beslissing.GEEN), Uitspraak(claim, refused))
    at_root = changed(without, positie=root)
    return (
        Uitspraak(step, Beslissing.GEEN),
        Uitspraak(claim, final(judged(at_root, fact, claim=claim))),
    )


def final(decision: Beslissing) -> Beslissing:
    """A correction does not wait, nor an erasure: what would ask approval is refused, and is asked
    anew."""
    if decision.uitkomst is not Uitkomst.GOEDKEURING_NODIG:
        return decision
    verdicts = tuple(
        changed(o, ernst=Ernst.WEIGERT) if o.ernst is Ernst.GOEDKEURING else o
        for o in decision.oordelen
    )
    return changed(decision, uitkomst=Uitkomst.GEWEIGERD, oordelen=verdicts)


def _taken_back(situation: Situatie, step: GegevenIngetrokken) -> tuple[Uitspraak, ...]:
    """Take a record back, and with it what it brought along."""
    target = situation.dossier.boeking(step.betreft)
    if target is None or not counts(situation, target):
        return (Uitspraak(step, _refused("niets_in_te_trekken")),)
    root = step.betreft
    while isinstance(target.feit, GegevenIngetrokken | GegevenGecorrigeerd):
        root = target.feit.betreft
        target = situation.dossier.boeking(root)
        assert target is not None
    barred = _barred(situation, target.feit)
    if barred is not None:
        return (Uitspraak(step, barred),)
    if root == step.betreft:
        return (*restored(situation, step, target.feit), Uitspraak(step, Beslissing.GEEN))
    entry = trial(situation, step)
    again = (b for b in effective((*situation.dossier.boekingen, entry)) if b.positie == root)
    fact = next((b.feit for b in again), None)
    if fact is None:
        return (*restored(situation, step, target.feit), Uitspraak(step, Beslissing.GEEN))
    bare = changed(as_if_never(situation, root), positie=root)
    said = _as_it_was(bare, fact, root)
    return (*replaced_anew(situation, bare, step, fact, said), Uitspraak(step, said))


def _as_it_was(bare: Situatie, fact: Feit, root: int) -> Beslissing:
    """The record a withdrawn correction was about gets its old weight again."""
    claim = None
    if isinstance(fact, Aanspraakfeit) and fact.declareren:
        claim = TenLasteGebracht(datum=fact.datum, toewijzing=fact.toewijzing, betreft=root)
    elif not type(fact).aanspraak:
        return Beslissing.GEEN
    grounds = obstacles(bare.dossier, fact)
    if grounds:
        return Beslissing(Uitkomst.GEWEIGERD, gronden=grounds)
    return final(judged(bare, fact, claim=claim))


def _barred(situation: Situatie, fact: Feit) -> Beslissing | None:
    """Why this record may not be changed or taken back; None when it may.

    What a role may not record, it may not change either. A regeling stays as it is, whoever asks:
    what was decided under it rests on it, and a successor is introduced beside it. What was
    erased does not come back.
    """
    about_role = tuple(regulation.over_rol for regulation in situation.huisregels)
    house = judge(case_of(situation, fact, Gevolg()), about_role)
    if house.uitkomst is Uitkomst.GEWEIGERD:
        return house
    if isinstance(fact, GegevensGewist):
        return _refused("wissing_blijft")
    return _refused("regeling_blijft") if isinstance(fact, RegelingIngevoerd) else None
