"""The questions a scenario asks of a ledger: open signals on a day, and balances at the end."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from rekenschap.application.answers import Oordeelsvorming, Toets
from rekenschap.application.rekenschap import Rekenschap
from rekenschap.domain.peildatum import PeildatumBereikt
from rekenschap.domain.vocabulary import Uitkomst
from rekenschap.infrastructure.scenario.commands import PEILDATUM
from rekenschap.infrastructure.scenario.errors import ScenarioFout
from rekenschap.infrastructure.scenario.model import Scenario, Stap
from rekenschap.infrastructure.scenario.vocabulary import Veld, vocabulary

ACCEPTED: Final = Uitkomst.GEACCEPTEERD
ASKED = frozenset({"toewijzing", "jeugdige"})
ABOUT_PROVIDER = frozenset({"aanbieder", "gedeclareerd_totaal"})


def open_signals(rekenschap: Rekenschap, scenario: Scenario, step: Stap) -> Oordeelsvorming:
    """Which signals are open on the day of a step. Records nothing.

    A step that names nobody asks about every jeugdige of the scenario; one that names a provider
    about that provider as a whole.
    """
    if step.velden.keys() <= ABOUT_PROVIDER and "aanbieder" in step.velden:
        return rekenschap.signalen_van_aanbieder(
            step.velden["aanbieder"],
            step.datum,
            gedeclareerd_totaal=step.velden.get("gedeclareerd_totaal"),
        )
    more = sorted(step.velden.keys() - ASKED)
    if more:
        raise ScenarioFout(
            scenario.bestand,
            f"{PEILDATUM} kan het grootboek hiermee nog niet beantwoorden",
            scenario=scenario.id,
            key=f"{step.plaats}, {more[0]}",
        )
    if step.velden:
        return rekenschap.signalen(step.datum, **step.velden)
    youths = [one["id"] for one in scenario.gegeven.get("jeugdigen", ())]
    return _together([rekenschap.signalen(step.datum, jeugdige=youth) for youth in youths])


def _together(answers: Sequence[Toets]) -> Toets:
    """Several answers about one day as one: all that spoke, under the heaviest of them."""
    spoke = tuple(verdict for one in answers for verdict in one.verdicts)
    outcome = max((one.uitkomst for one in answers), key=list(Uitkomst).index, default=ACCEPTED)
    return Toets(
        uitkomst=outcome,
        aard=PeildatumBereikt.aard,
        regels=tuple(dict.fromkeys(v.regel for v in spoke if v.ernst.uitkomst is outcome)),
        signalen=tuple(dict.fromkeys(rule for one in answers for rule in one.signalen)),
        verdicts=spoke,
        geslaagd=tuple(dict.fromkeys(rule for one in answers for rule in one.geslaagd)),
        niet_getoetst=tuple(dict.fromkeys(gap for one in answers for gap in one.niet_getoetst)),
        gronden=(),
    )


def balances(rekenschap: Rekenschap, scenario: Scenario) -> dict[str, dict[str, Any]]:
    """Every toewijzing that was recorded and still stands, with every key of the table."""
    named = [one["toewijzing"] for one in scenario.gegeven.get("toewijzingen", ())]
    named += [
        step.velden["toewijzing"]
        for step in scenario.stappen
        if "toewijzing" in step.velden and "ingangsdatum" in step.velden
    ]
    found = {}
    for name in dict.fromkeys(named):
        stand = rekenschap.stand(toewijzing=name, geldig_op=date.max)
        if stand is not None:
            found[name] = {
                key: plain(field, getattr(stand, key)) for key, field in vocabulary().eind.items()
            }
    return found


def plain(field: Veld, value: Any) -> Any:
    """A value of a balance as the format writes it: money and days as text, numbers exact."""
    match field.soort:
        case "jaartelling":
            return {str(year): int(count) for year, count in sorted((value or {}).items())}
        case _ if value is None:
            return None
        case "getal":
            return _number(Decimal(value))
        case "geheel":
            return int(value)
        case "datum":
            return value.isoformat()
        case _:
            return str(value)


def _number(value: Decimal) -> int | Decimal:
    whole = value.to_integral_value()
    return int(whole) if whole == value else value


def same(field: Veld, wanted: Any, got: Any) -> bool:
    """Whether two values agree; a year that is not counted counts 0."""
    if field.soort == "jaartelling" and wanted is not None:
        return all(wanted.get(year, 0) == got.get(year, 0) for year in {*wanted, *got})
    return bool(wanted == got)
