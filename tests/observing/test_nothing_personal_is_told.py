"""A life with a secret in every text: does one of them reach a span, a metric or a log line?"""

import io
import logging
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.application.care import made
from tests.observing.test_telemetry import Collected
from tests.observing.watching import Watching, watched

from rekenschap.application import (
    Actor,
    Conflict,
    GeefToewijzingAf,
    Incorrect,
    LegGezinVast,
    LegJeugdigeVast,
    OntvangVerwijzing,
    RegistreerInzet,
    Rekenschap,
    Samen,
    StartZorg,
    WisGegevens,
    commands,
)
from rekenschap.infrastructure.observing import JsonRegels, LogWaarnemer

BORN = date(2011, 5, 8)
SECRETS = {
    "child": "geheim-kind-111222333",
    "sibling": "geheim-broer-444555666",
    "family": "geheim-gezin-1",
    "worker": "geheim-j.devries",
    "practice": "geheim-praktijk",
    "town": "Geheimstad",
    "words": "Moeder vertelde een geheim",
    "allocation": "T-geheim-111222333",
    "referral": "V-geheim-111222333",
    "command": "c-geheim-111222333",
    "reference": "r-geheim-111222333",
    "provider": "geheim-aanbieder",
    "purpose": "geheim-doel",
    "malformed": "geheim\tmet spatie",
    "born": BORN.isoformat(),
}
WHO = Actor(SECRETS["worker"], "gemeente", SECRETS["practice"])


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that is logged anywhere, down to the last detail."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonRegels())
    root.addHandler(handler)
    logging.getLogger("rekenschap").setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    logging.getLogger("rekenschap").setLevel(logging.NOTSET)


def said(cls: Any, nth: int, **values: Any) -> Any:
    named = {
        "command_id": f"{SECRETS['command']}-{nth}",
        "referentie": f"{SECRETS['reference']}-{nth}",
    }
    return made(cls, **{"actor": WHO, **named, **values})


def life() -> list[Any]:
    s = SECRETS
    about = {"toewijzing": s["allocation"]}
    return [
        said(LegJeugdigeVast, 1, jeugdige=s["child"], geboortedatum=BORN, woonplaats=s["town"]),
        said(LegJeugdigeVast, 2, jeugdige=s["sibling"], geboortedatum=BORN),
        said(LegGezinVast, 3, gezin=s["family"], leden=[s["child"], s["sibling"]]),
        said(
            OntvangVerwijzing,
            4,
            verwijzing=s["referral"],
            jeugdige=s["child"],
            verwijzer="huisarts",
            afgiftedatum=date(2025, 2, 1),
        ),
        said(
            GeefToewijzingAf,
            5,
            jeugdige=s["child"],
            aanbieder=s["provider"],
            product="begeleiding_individueel",
            ingangsdatum=date(2025, 3, 3),
            einddatum=date(2025, 12, 31),
            volume=600,
            eenheid="minuut",
            **about,
        ),
        said(StartZorg, 6, **about),
        said(RegistreerInzet, 7, soort="direct", aantal=60, eenheid="minuut", **about),
        said(RegistreerInzet, 8, soort="direct", aantal=6000, eenheid="minuut", **about),
    ]


def play(ledger: Rekenschap) -> None:
    """Decide, fail and ask, in every way there is, with secrets everywhere."""
    s, story = SECRETS, life()
    for command in story[:5]:
        ledger.execute(command)
    answers = ledger.execute_batch(story[5:])
    assert [str(one.uitkomst) for one in answers] == ["geaccepteerd", "geaccepteerd", "geweigerd"]
    ledger.toets(said(StartZorg, 9, toewijzing=s["allocation"]))
    wrong: list[Any] = [
        said(StartZorg, 1, toewijzing=s["allocation"]),
        said(StartZorg, 10, toewijzing=s["malformed"]),
        said(LegJeugdigeVast, 11, jeugdige=s["child"], geboortedatum=s["words"]),
        said(GeefToewijzingAf, 12, toewijzing="T9", jeugdige=s["child"], product=s["town"],
             ingangsdatum=BORN, einddatum=BORN, vastgesteld={s["words"]: s["words"]}),
        s["words"],
    ]  # fmt: skip
    for command in wrong:
        with pytest.raises((Incorrect, Conflict)):
            ledger.execute(command)
    reader = ledger.namens(WHO, doel=s["purpose"])
    reader.stand(jeugdige=s["child"])
    reader.spoor(toewijzing=s["allocation"])
    reader.bezwaardossier(answers[2].beslissing)
    reader.toewijzingen(aanbieder=s["provider"])
    reader.gelezen(jeugdige=s["child"])
    list(reader.werklijst())
    for question in (reader.stand, reader.spoor):
        with pytest.raises(Incorrect):
            question(jeugdige=s["words"])
        with pytest.raises(Incorrect):
            question(toewijzing=s["malformed"])
    ledger.execute(said(WisGegevens, 13, jeugdige=s["child"], grond="verzoek_betrokkene"))
    assert reader.gezondheid().bevindingen


def told_by(collected: Collected, lines: io.StringIO, watching: Watching) -> str:
    """All of it as one text: spans and metrics as their SDK prints them, logs, observations."""
    spans = "".join(one.to_json() for one in collected.spans())
    metrics = collected.metrics_json()
    return "\n".join([spans, metrics, lines.getvalue(), repr(watching.seen)])


def test_no_secret_is_in_anything_that_is_told(database_url: str, lines: io.StringIO) -> None:
    collected, watching = Collected(), Watching()
    observer = Samen(collected.observer, LogWaarnemer(), watching)
    with watched(database_url, observer) as ledger:
        play(ledger)
        references = [ref for ref in _references(ledger) if "/" in ref and ref != "grootboek"]
    told = told_by(collected, lines, watching)

    assert len(told) > 20_000
    assert "GeefToewijzingAf" in told
    assert [name for name, secret in SECRETS.items() if secret in told] == []
    assert "geheim" not in told.lower()
    assert len(references) > 8
    assert [one for one in references if one in told or one.split("/")[1] in told] == []


def _references(ledger: Rekenschap) -> set[str]:
    with ledger._store.reading() as unit:
        return {
            one
            for position in range(1, unit.log.head().position + 1)
            for one in unit.log.references_of(position)
        }


def test_every_command_of_the_package_has_a_kind_that_is_its_own_name() -> None:
    from rekenschap.application.waarnemen import kind_of

    ours = [getattr(commands, one) for one in commands.__all__]
    kinds = [one for one in ours if isinstance(one, type) and hasattr(one, "feit")]

    assert len(kinds) > 30
    assert all(kind_of(one.__new__(one)) == one.__name__ for one in kinds)
