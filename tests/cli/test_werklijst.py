"""Can one see from the command line what somebody should look at?"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.application.care import (
    AANBIEDER,
    effort,
    granted,
    introduced,
    made,
    referred,
    started,
    treated,
)

from rekenschap.application import CorrigeerGegeven, VraagAdvies
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.cli import main
from rekenschap.infrastructure.clock import FixedClock

NEW = {"variant": "NIEUW_ALTERNATIEF", "akkoord_gemeente": False}
DAY = "2025-12-15"
REFUSED, ASKED = 6, 11
"""The positions of what was refused, and of what waits."""


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A ledger with something on every list."""
    url = f"sqlite:///{tmp_path / 'gemeente.db'}"
    clock = FixedClock(datetime(2026, 6, 1, 9, tzinfo=UTC))
    with open_grootboek(url, grootboek="gemeente", clock=clock) as rekenschap:
        answers = [rekenschap.execute(command) for command in happened()]
    assert [one.positie for one in answers if not one.uitkomst.erkend] == [REFUSED, ASKED]
    return url


def happened() -> list[Any]:
    about = {"betreft": "eerste", "reden": "typefout", "gezag": "aanbieder", "actor": AANBIEDER}
    return [
        introduced(),
        granted("T1", "client-1", volume=600),
        started("T1"),
        effort("T1", 600, referentie="eerste"),
        effort("T1", 60),  # refused, until the first is corrected
        made(CorrigeerGegeven, vervanging={"aantal": 540}, **about),
        referred("V2", "client-2", afgiftedatum=date(2025, 1, 10)),
        treated("T2", "V2", "client-2"),
        referred("V3", "client-3"),
        treated("T3", "V3", "client-3", vastgesteld=NEW),
    ]


def werklijst(url: str, *more: str, grootboek: str = "gemeente") -> Result:
    return CliRunner().invoke(main, ["werklijst", "-d", url, "-g", grootboek, *more])


def test_every_list_is_shown_with_its_heading_and_the_sentence_of_its_rule(url: str) -> None:
    result = werklijst(url, "--peildatum", DAY)

    assert result.exit_code == 0, result.output
    text = result.stdout
    assert "Open signalen (1)\n  jeugdige client-1, toewijzing T1, uiterlijk 3 septem" in text
    assert "Verwijzingen die verlopen voordat de zorg is gestart (1)" in text
    assert "  jeugdige client-2, toewijzing T2, uiterlijk 10 januari 2026" in text
    assert "Toewijzingen die bijna op zijn (1)\n  jeugdige client-1, toewijzing T1" in text
    assert "Wacht op goedkeuring (1)\n  jeugdige client-3, toewijzing T3, beslissing " in text
    assert "Te herzien: met wat nu bekend is, was het antwoord anders (1)" in text
    assert "    was: geweigerd; zou nu zijn: geaccepteerd" in text
    assert "    TW-ALG-01: Alles wat op een toewijzing wordt gedeclareerd is samen" in text
    assert "Toewijzingen die aflopen (2)" in text
    assert text.endswith("Peildatum: 15 december 2025; 7 dingen om naar te kijken.\n")


def test_what_has_ended_needs_no_looking_at(url: str) -> None:
    result = werklijst(url, "--peildatum", "2026-01-05", "--soort", "bijna_op")

    assert result.stdout == "Peildatum: 5 januari 2026; niets om naar te kijken.\n"


def test_only_the_lists_that_were_asked(url: str) -> None:
    result = werklijst(url, "--peildatum", DAY, "--soort", "signaal", "--soort", "loopt_af")

    headings = [line for line in result.stdout.splitlines() if line and line[0] != " "]
    assert headings == [
        "Open signalen (1)",
        "Toewijzingen die aflopen (2)",
        "Peildatum: 15 december 2025; 3 dingen om naar te kijken.",
    ]


def test_of_one_youth(url: str) -> None:
    result = werklijst(url, "--peildatum", DAY, "--jeugdige", "client-2")

    assert "client-2" in result.stdout
    assert "client-1" not in result.stdout


def test_nothing_to_look_at_is_an_answer(url: str) -> None:
    asked = ("--peildatum", "2025-03-04", "--soort", "signaal")

    assert werklijst(url, *asked).stdout == "Peildatum: 4 maart 2025; niets om naar te kijken.\n"
    assert werklijst(url, *asked, "--json").stdout == ""


def test_it_is_json_lines_for_machines(url: str) -> None:
    result = werklijst(url, "--peildatum", DAY, "--json")

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    (again,) = [line for line in lines if line["soort"] == "te_herzien"]
    assert (again["toen"]["uitkomst"], again["nu"]["uitkomst"]) == ("geweigerd", "geaccepteerd")
    (due,) = [line for line in lines if line["soort"] == "signaal"]
    assert (due["uiterlijk"], due["regels"]) == ("2025-09-03", ["TW-ALG-15"])


def test_as_it_was_known_before_the_correction(url: str) -> None:
    asked = ("--peildatum", DAY, "--soort", "te_herzien")

    assert "(1)" in werklijst(url, *asked).stdout
    assert "niets om naar te kijken" in werklijst(url, *asked, "--bekend-op", "6").stdout


def test_a_clock_behind_the_log_stops_no_question(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'later.db'}"
    clock = FixedClock(datetime(2100, 6, 1, 9, tzinfo=UTC))
    with open_grootboek(url, grootboek="gemeente", clock=clock) as rekenschap:
        for command in happened():
            rekenschap.execute(command)

    result = werklijst(url, "--peildatum", DAY)

    assert (result.exit_code, result.stderr) == (0, "")
    assert "Open signalen (1)" in result.stdout


def test_terms_and_advice_and_referrals_are_named(url: str) -> None:
    clock = FixedClock(datetime(2026, 6, 2, 9, tzinfo=UTC))
    with open_grootboek(url, grootboek="gemeente", clock=clock) as rekenschap:
        question = {"advies": "A1", "verwijzer": "gemeente", "vorm": "fysiek_overleg"}
        rekenschap.execute(made(VraagAdvies, **question))
        rekenschap.execute(referred("V9", "client-9"))

    late = werklijst(url, "--peildatum", "2025-03-11", "--soort", "termijn_verstreken").stdout
    soon = werklijst(url, "--peildatum", "2025-03-10", "--soort", "termijn_loopt").stdout
    lapses = werklijst(url, "--peildatum", "2026-02-01", "--soort", "verwijzing_verloopt").stdout

    assert "Termijnen die zijn verstreken (1)\n  advies A1, beslissing gemeente/" in late
    assert "Termijnen die binnenkort aflopen (1)\n  advies A1, " in soon
    assert "  jeugdige client-9, verwijzing V9, uiterlijk 1 februari 2026" in lapses


def test_without_a_day_it_is_about_today(url: str) -> None:
    result = werklijst(url, "--soort", "bijna_op")

    assert result.exit_code == 0
    assert f" {date.today().year}; niets om naar te kijken." in result.stdout  # noqa: DTZ011


def test_asking_changes_nothing(url: str) -> None:
    first, again = (werklijst(url, "--peildatum", DAY).stdout for _ in range(2))
    verified = CliRunner().invoke(main, ["verify", "-d", url, "-g", "gemeente"])

    assert first == again
    assert f"{ASKED} vastleggingen" in verified.stdout


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--jeugdige", "client-9"), "Deze jeugdige is hier niet bekend."),
        (("--peildatum", "gisteren"), "schrijf hem als 2026-09-30"),
        (("--soort", "alles"), "wacht_op_goedkeuring"),
    ],
)
def test_what_goes_wrong_is_told_with_its_mend(url: str, more: tuple[str, ...], told: str) -> None:
    result = werklijst(url, *more)

    assert result.exit_code == 2
    assert told in result.stderr


def test_a_grootboek_that_is_not_there_is_named(url: str) -> None:
    result = werklijst(url, grootboek="gemente")

    assert result.exit_code == 2
    assert "gemente" in result.stderr
