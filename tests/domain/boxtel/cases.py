"""Short cases about Boxtel, through the front door: ``case(pgb(), inzet(10)).then_accepted()``.

Every step before the last must count. What a step does not say has the default of the scenario
format. Days are text, amounts are text with two decimals.
"""

import json
import tempfile
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from attrs import define

from rekenschap.application.answers import Oordeelsvorming
from rekenschap.domain.vocabulary import Uitkomst
from rekenschap.infrastructure.scenario import play, read_file
from rekenschap.infrastructure.scenario.runner import Verslag

Step = dict[str, Any]
BORN = "2010-05-04"


def step(event: str, day: str, **fields: Any) -> Step:
    return {"gebeurtenis": event, "datum": day, **fields}


def grant(name: str = "T1", **fields: Any) -> Step:
    """An allocation of 2020 in natura, decided on its first day unless told otherwise."""
    told: Step = {"ingangsdatum": "2020-05-11", "einddatum": "2020-12-31", **fields}
    day = told.pop("op", told["ingangsdatum"])
    return step("ToewijzingAfgegeven", day, toewijzing=name, jeugdige="J1", **told)


def zin(product: str = "generalistische_jeugd_ggz", name: str = "T1", **fields: Any) -> Step:
    return grant(name, product=product, leveringsvorm="zin", **fields)


def pgb(product: str = "individuele_begeleiding", name: str = "T1", **fields: Any) -> Step:
    """Ten hours by an organisation, at the full price, unless told otherwise."""
    told = {
        "leveringsvorm": "pgb",
        "hulpverlener": "zorgorganisatie",
        "eenheid": "uur",
        "volume": 10,
        "budget": "470.00",
        "zin_kostprijs": "9000.00",
        **fields,
    }
    return grant(name, product=product, **{k: v for k, v in told.items() if v != "weg"})


def informeel(product: str = "individuele_begeleiding", name: str = "T1", **fields: Any) -> Step:
    """Ten hours by a relative in the first degree."""
    told = {
        "hulpverlener": "sociaal_netwerk",
        "graad_tot_budgethouder": 1,
        "budget": "235.00",
        **fields,
    }
    return pgb(product, name, **told)


def vaktherapie(name: str = "T1", **fields: Any) -> Step:
    """Ten treatments, insurance looked into."""
    told = {
        "eenheid": "sessie",
        "volume": 10,
        "budget": "700.00",
        "aanvullende_verzekering": "niet_verzekerd",
        **fields,
    }
    return pgb("vaktherapie", name, **told)


def vervoer(name: str = "T1", **fields: Any) -> Step:
    """A hundred kilometres."""
    told = {"leveringsvorm": "vergoeding", "eenheid": "km", "volume": 100, **fields}
    return grant(name, product="vervoer", **told)


def inzet(aantal: Any = 1, *, van: str = "T1", op: str = "2020-06-01", **fields: Any) -> Step:
    return step(
        "InzetGeregistreerd", op, toewijzing=van, aantal=aantal, **{"eenheid": "uur", **fields}
    )


def verlenging(
    tot: str | None = None, *, van: str = "T1", op: str = "2020-06-01", **f: Any
) -> Step:
    """An extension; without a last day that stays where it is."""
    told = {} if tot is None else {"einddatum": None if tot == "open" else tot}
    return step("Verlengd", op, toewijzing=van, **told, **f)


def start(van: str = "T1", *, op: str = "2020-05-11", **fields: Any) -> Step:
    return step("ZorgGestart", op, toewijzing=van, **fields)


def stop(van: str = "T1", *, op: str, **fields: Any) -> Step:
    return step("ZorgGestopt", op, toewijzing=van, **fields)


def intrekking(van: str = "T1", *, op: str) -> Step:
    return step("ToewijzingIngetrokken", op, toewijzing=van)


def verwijzing(door: str, *, op: str = "2020-05-04", **fields: Any) -> Step:
    return step("VerwijzingOntvangen", op, verwijzing="V1", jeugdige="J1", verwijzer=door, **fields)


def peildatum(op: str, **fields: Any) -> Step:
    return step("PeildatumBereikt", op, **({"jeugdige": "J1"} | fields))


def plan(soort: str, *, op: str, **fields: Any) -> Step:
    return step("PlanVastgesteld", op, jeugdige="J1", plan=soort, **fields)


def goedkeuring(betreft: str, *, door: str = "gemeente", op: str = "2020-06-10") -> Step:
    return step("GoedkeuringVerleend", op, betreft=betreft, door=door)


def eerder(
    product: str, name: str = "T0", *, van: str = "2019-01-07", tot: str | None, **fields: Any
) -> Step:
    """An allocation of the regeling before this one, its care begun on its first day."""
    return {
        "toewijzing": name,
        "jeugdige": "J1",
        "regeling": "voorganger",
        "product": product,
        "datum": van,
        "ingangsdatum": van,
        "einddatum": tot,
        "gestart": van,
        **fields,
    }


@define(slots=False)
class Case:
    """A story and what the ledger made of it."""

    stappen: tuple[Step, ...]
    geboren: str
    begin: tuple[Step, ...] = ()

    @cached_property
    def verslag(self) -> Verslag:
        """The story, played."""
        content = {
            "regeling": "boxtel-2020",
            "scenarios": [
                {
                    "id": "case",
                    "gegeven": {
                        "jeugdigen": [{"id": "J1", "geboortedatum": self.geboren}],
                        "toewijzingen": list(self.begin),
                    },
                    "stappen": list(self.stappen),
                }
            ],
        }
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "case.yaml"
            file.write_text(json.dumps(content), "utf-8")
            (scenario,) = read_file(file)
        report = play(scenario)
        for one in report.stappen[:-1]:
            assert one.antwoord.uitkomst is not Uitkomst.GEWEIGERD, _said(one.antwoord)
        return report

    @property
    def antwoord(self) -> Oordeelsvorming:
        """What the ledger answered to the last step."""
        return self.verslag.stappen[-1].antwoord

    def then_accepted(self) -> Self:
        return self._then(Uitkomst.GEACCEPTEERD)

    def then_refused_by(self, *rules: str) -> Self:
        """Refused, by exactly these rules."""
        return self._then(Uitkomst.GEWEIGERD, *rules)

    def then_waits_for(self, *rules: str) -> Self:
        """Pending, because of exactly these rules."""
        return self._then(Uitkomst.GOEDKEURING_NODIG, *rules)

    def then_signals(self, *rules: str) -> Self:
        """It counts, with exactly these signals."""
        return self._then(Uitkomst.GESIGNALEERD, *rules)

    def then_stands(self, van: str = "T1", **figures: Any) -> Self:
        """The balance at the end has these figures."""
        end = self.verslag.eind[van]
        assert {key: end[key] for key in figures} == figures
        return self

    def _then(self, outcome: Uitkomst, *rules: str) -> Self:
        answer = self.antwoord
        assert answer.uitkomst is outcome, _said(answer)
        spoke = answer.signalen if outcome is Uitkomst.GESIGNALEERD else answer.regels
        assert set(spoke) == set(rules), _said(answer)
        return self


def case(*steps: Step, geboren: str = BORN, begin: tuple[Step, ...] = ()) -> Case:
    """A story about one jeugdige; ``begin`` are allocations of an earlier regeling."""
    return Case(stappen=steps, geboren=geboren, begin=begin)


def _said(answer: Oordeelsvorming) -> str:
    rules = ", ".join((*answer.regels, *answer.signalen, *answer.gronden))
    return f"{answer.uitkomst} ({rules})"
