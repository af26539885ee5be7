"""From a decision to the answer people read: every rule that spoke, with sentence and sources."""

from collections.abc import Iterable
from typing import Any

from rekenschap.application.answers import Verdict
from rekenschap.domain.decide import Uitspraak
from rekenschap.domain.regeling import Regeling


def formed_by(said: Uitspraak, regulations: Iterable[Regeling]) -> dict[str, Any]:
    """The fields an answer and a toets share."""
    rules = {rule.id: rule for regulation in regulations for rule in regulation.regels}
    decision = said.beslissing
    verdicts = tuple(
        Verdict(
            regel=o.regel,
            ernst=o.ernst,
            zin=rules[o.regel].zin,
            bronnen=rules[o.regel].bronnen,
            vergeleken={str(name): value for name, value in o.vergeleken.items()},
        )
        for o in decision.oordelen
    )
    return {
        "uitkomst": decision.uitkomst,
        "aard": said.feit.aard,
        "regels": decision.regels,
        "signalen": decision.signalen,
        "verdicts": verdicts,
        "geslaagd": decision.geslaagd,
        "niet_getoetst": tuple((n.regel, n.kenmerk) for n in decision.niet_getoetst),
        "gronden": decision.gronden,
    }
