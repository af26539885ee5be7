"""Short stories in the words of the scenarios, played through the front door of a ledger in memory.

``laatste(...)`` plays steps and tells the answer to the last one: its outcome and the rules of that
weight, e.g. ``geweigerd WAA-F04 WAA-F05``. Every step before it must be recorded, unless it was
made with ``vrij``. ``stand(...)`` tells the balance at the end.
"""

import tempfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import yaml

from rekenschap.domain.calendar import AMSTERDAM
from rekenschap.infrastructure.scenario import play, read_file
from rekenschap.infrastructure.scenario.runner import Verslag

Stap = dict[str, Any]
OK = "geaccepteerd"
VRIJ = "vrij"
GEBOREN = "2006-05-14"


def stap(gebeurtenis: str, datum: str, **velden: Any) -> Stap:
    """Any step."""
    return {"gebeurtenis": gebeurtenis, "datum": datum, **velden}


def vrij(one: Stap) -> Stap:
    """A step that need not be recorded."""
    return {**one, VRIJ: True}


def toewijzing(
    product: str, van: str = "2016-01-04", tot: str | None = "2016-12-31", **velden: Any
) -> Stap:
    """A grant, T1 unless named, decided on its first day unless ``op`` says when."""
    day = velden.pop("op", van)
    named = {"toewijzing": "T1", "jeugdige": "J1", **velden}
    return stap(
        "ToewijzingAfgegeven", day, product=product, ingangsdatum=van, einddatum=tot, **named
    )


def _over(gebeurtenis: str, datum: str, velden: dict[str, Any]) -> Stap:
    return stap(gebeurtenis, datum, **{"toewijzing": "T1", **velden})


def start(op: str, **velden: Any) -> Stap:
    return _over("ZorgGestart", op, velden)


def stop(op: str, **velden: Any) -> Stap:
    return _over("ZorgGestopt", op, velden)


def hervat(op: str, **velden: Any) -> Stap:
    return _over("ZorgHervat", op, velden)


def verleng(op: str, **velden: Any) -> Stap:
    return _over("Verlengd", op, velden)


def inzet(aantal: float, op: str, eenheid: str = "minuut", **velden: Any) -> Stap:
    return _over("InzetGeregistreerd", op, {"aantal": aantal, "eenheid": eenheid, **velden})


def dagen(van: str, tot: str, aantal: int, **velden: Any) -> Stap:
    """Days of a stay."""
    more = {"van": van, "tot_en_met": tot, "soort": "verblijf", **velden}
    return inzet(aantal, tot, "dag", **more)


def afwezig(van: str, tot: str | None = None, **velden: Any) -> Stap:
    return _over("AfwezigheidGemeld", van, {"van": van, "tot_en_met": tot, **velden})


def declareer(op: str, **velden: Any) -> Stap:
    return _over("Gedeclareerd", op, velden)


def betaal(op: str, bedrag: str, **velden: Any) -> Stap:
    return _over("Betaald", op, {"bedrag": bedrag, **velden})


def bericht(soort: str, op: str, **velden: Any) -> Stap:
    return _over("BerichtVerzonden", op, {"bericht": soort, **velden})


def verwijzing(op: str, verwijzer: str, **velden: Any) -> Stap:
    named = {"verwijzing": "V1", "jeugdige": "J1", **velden}
    return stap("VerwijzingOntvangen", op, verwijzer=verwijzer, **named)


def keur_goed(betreft: str, op: str, door: str = "gemeente") -> Stap:
    return stap("GoedkeuringVerleend", op, betreft=betreft, door=door)


def speel(*stappen: Stap, geboren: str = GEBOREN, **gegeven: Any) -> Verslag:
    """Play the steps of one story about J1; ``gegeven`` are facts that hold before."""
    youth = {"id": "J1", "geboortedatum": geboren, **gegeven.pop("jeugdige", {})}
    youths = [youth, *gegeven.pop("jeugdigen", [])]
    story = {
        "id": "proef",
        "titel": "proef",
        "gegeven": {"jeugdigen": youths, **gegeven},
        "stappen": list(_registered(stappen)),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "proef.yaml"
        path.write_text(yaml.safe_dump({"regeling": "waalre-2017", "scenarios": [story]}))
        (scenario,) = read_file(path)
        return play(scenario)


def _registered(stappen: tuple[Stap, ...]) -> Iterator[Stap]:
    """The steps as a file has them; one about an earlier day is registered with the one before."""
    latest = ""
    for one in stappen:
        told = {k: v for k, v in one.items() if k != VRIJ}
        if one["datum"] < latest:
            noon = datetime.combine(date.fromisoformat(latest), time(12), AMSTERDAM)
            told.setdefault("geregistreerd", noon.isoformat())
        latest = max(latest, one["datum"], str(told.get("geregistreerd", ""))[:10])
        yield told


def laatste(*stappen: Stap, **gegeven: Any) -> str:
    """The answer to the last step, in short."""
    report = speel(*stappen, **gegeven)
    for told, played in zip(stappen[:-1], report.stappen, strict=False):
        assert VRIJ in told or played.antwoord.uitkomst.erkend, (played.stap, played.antwoord)
    said = report.stappen[-1].antwoord
    return " ".join((str(said.uitkomst), *sorted(set(said.regels))))


def stand(*stappen: Stap, naam: str = "T1", **gegeven: Any) -> Any:
    """The balance of an allocation at the end."""
    return speel(*stappen, **gegeven).eind[naam]
