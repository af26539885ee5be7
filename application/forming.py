"""From a decision to the answer people read: every rule that spoke, with sentence and sources."""

from collections.abc import Iterable
from typing import Any

from rekenschap.application.answers import Verdict
from rekenschap.domain.decide import Uitspraak
from rekenschap.domain.facts import Feit
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.verdicts import Oordeel


def formed_by(
    said: Uitspraak, regulations: Iterable[Regeling], about: Feit | None = None
) -> dict[str, Any]:
    """The fields an answer and a toets share.

    ``about`` is the fact behind a claim, an approval or a correction: where the text is silent on
    that, the answer says so.
    """
    decision = said.beslissing
    asked = type(said.feit if about is None else about).__name__
    sets = tuple(regulations)
    verdicts = tuple(_verdict(one, sets) for one in decision.oordelen)
    return {
        "uitkomst": decision.uitkomst,
        "aard": said.feit.aard,
        "regels": decision.regels,
        "signalen": decision.signalen,
        "verdicts": verdicts,
        "geslaagd": decision.geslaagd,
        "niet_getoetst": tuple((n.regel, n.kenmerk) for n in decision.niet_getoetst),
        "gronden": decision.gronden,
        "niet_geregeld": tuple(
            one.zin for rules in sets for one in rules.niet_geregeld if asked in one.bij
        ),
    }


def _verdict(said: Oordeel, sets: tuple[Regeling, ...]) -> Verdict:
    rule = next(one.op_id[said.regel] for one in sets if said.regel in one.op_id)
    return Verdict(
        regel=said.regel,
        ernst=said.ernst,
        zin=rule.zin,
        bronnen=rule.bronnen,
        vergeleken={str(name): value for name, value in said.vergeleken.items()},
    )
