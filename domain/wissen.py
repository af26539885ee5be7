"""decide: may the data of a person be destroyed? Pure; nobody may where no rule names a role."""

from rekenschap.domain.decide import Situatie, Uitspraak, judged
from rekenschap.domain.decide_about import final
from rekenschap.domain.facts import GegevensGewist
from rekenschap.domain.identifiers import Code
from rekenschap.domain.obstacles import obstacles
from rekenschap.domain.verdicts import Beslissing
from rekenschap.domain.vocabulary import Rol, Uitkomst


def decide_erasure(situation: Situatie, step: GegevensGewist) -> tuple[Uitspraak, ...]:
    """Decide on an erasure: first who asks, then whether there is anything to erase.

    In that order, so that who may not ask does not learn whether somebody is known here. Nothing
    is erased on approval: what a house rule wants approved is refused, and asked by who may.
    """
    said = final(judged(situation, step))
    if said.uitkomst is not Uitkomst.GEWEIGERD:
        ground = _ground(situation, step)
        if ground is not None:
            said = Beslissing(Uitkomst.GEWEIGERD, gronden=(ground,))
    return (Uitspraak(step, said),)


def _ground(situation: Situatie, step: GegevensGewist) -> Code | None:
    if situation.rol is not Rol.SCENARIO and not _names_a_role(situation):
        return Code("wissen_niet_geregeld")
    return next(iter(obstacles(situation.dossier, step)), None)


def _names_a_role(situation: Situatie) -> bool:
    """Whether a house rule here says who may erase; texts from before this event do not."""
    return any(
        application.soort.over_rol
        for regulation in situation.huisregels
        for _, application in regulation.toepassingen(GegevensGewist.__name__, None)
    )
