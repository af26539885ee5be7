"""Can one ask a ledger from the command line, on both clocks, and be told what went wrong?"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from rekenschap.application import (
    Actor,
    CorrigeerGegeven,
    Eenheid,
    Fase,
    GeefToewijzingAf,
    LegJeugdigeVast,
    RegistreerInzet,
    Rekenschap,
    Rol,
    StartZorg,
    VerleenGoedkeuring,
    VoerRegelingIn,
    Voortgang,
)
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.cli import herbouwd, main
from rekenschap.infrastructure.clock import FixedClock

GEMEENTE = Actor("m.devries", Rol.GEMEENTE)
AANBIEDER = Actor("planning", Rol.AANBIEDER)
FIRST = date(2025, 3, 3)
WORDS = "Besproken aan de keukentafel."


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A ledger with one allocation: accepted, refused, corrected, each on a day of its own."""
    url = f"sqlite:///{tmp_path / 'gemeente.db'}"
    with told(url) as rekenschap:
        day = FIRST
        for number, command in enumerate(happened()):
            rekenschap.clock.set(datetime.combine(day, NOON) + timedelta(days=number))
            rekenschap.execute(command)
    return url


class Told:
    """A ledger and the hand that sets its clock."""

    def __init__(self, rekenschap: Rekenschap, clock: FixedClock) -> None:
        self.execute, self.clock = rekenschap.execute, clock


NOON = datetime(2025, 1, 1, 12, tzinfo=UTC).timetz()


@contextmanager
def told(url: str) -> Iterator[Told]:
    clock = FixedClock(datetime.combine(FIRST, NOON))
    with open_grootboek(url, grootboek="gemeente", clock=clock) as rekenschap:
        yield Told(rekenschap, clock)


def happened() -> list[Any]:
    inzet = {
        "actor": AANBIEDER,
        "datum": FIRST,
        "toewijzing": "T1",
        "soort": "direct",
        "eenheid": Eenheid.MINUUT,
        "vastgesteld": {"aanwezige_jeugdigen": 1, "sessie": True},
    }
    return [
        VoerRegelingIn(command_id="1", actor=GEMEENTE, datum=FIRST, tekst="twente-2025"),
        LegJeugdigeVast(
            command_id="2",
            actor=GEMEENTE,
            datum=FIRST,
            jeugdige="client-1",
            geboortedatum=date(2014, 5, 17),
        ),
        GeefToewijzingAf(
            command_id="3",
            actor=GEMEENTE,
            datum=FIRST,
            toewijzing="T1",
            jeugdige="client-1",
            verwijzer="gemeente",
            product="begeleiding_individueel",
            ingangsdatum=FIRST,
            einddatum=date(2026, 3, 2),
            volume=600,
            eenheid=Eenheid.MINUUT,
        ),
        StartZorg(command_id="4", actor=AANBIEDER, datum=FIRST, toewijzing="T1"),
        RegistreerInzet(command_id="5", aantal=90, referentie="eerste", **inzet),
        RegistreerInzet(command_id="6", aantal=700, **inzet),
        CorrigeerGegeven(
            command_id="7",
            actor=AANBIEDER,
            datum=FIRST,
            betreft="eerste",
            reden="typefout",
            gezag="aanbieder",
            vervanging={"aantal": 60},
        ),
        GeefToewijzingAf(
            command_id="8",
            actor=GEMEENTE,
            datum=FIRST,
            referentie="nieuw",
            toewijzing="T2",
            jeugdige="client-1",
            verwijzer="gemeente",
            product="behandeling_individueel",
            ingangsdatum=FIRST,
            einddatum=date(2025, 9, 2),
            vastgesteld={"variant": "NIEUW_ALTERNATIEF", "akkoord_gemeente": False},
        ),
        VerleenGoedkeuring(
            command_id="9",
            actor=GEMEENTE,
            datum=FIRST,
            betreft="nieuw",
            door="gemeente",
            motivering=WORDS,
        ),
    ]


def rekenschap(command: str, url: str, *more: str, grootboek: str = "gemeente") -> Result:
    return CliRunner().invoke(main, [command, "-d", url, "-g", grootboek, *more])


# --- stand


def test_a_balance_is_shown_with_the_clocks_it_used(url: str) -> None:
    result = rekenschap("stand", url, "--toewijzing", "T1", "--geldig-op", "2025-03-31")

    assert result.exit_code == 0
    assert "toegewezen        600 minuten" in result.stdout
    assert "nog te gebruiken  540 minuten" in result.stdout
    assert "Geldig op: 31 maart 2025" in result.stdout
    assert "positie 10, vastgelegd 11 maart 2025, 13:00" in result.stdout


@pytest.mark.parametrize("known", ["7", "2025-03-08", "2025-03-08T20:00:00+01:00"])
def test_what_was_known_is_asked_by_position_day_or_moment(url: str, known: str) -> None:
    result = rekenschap("stand", url, "-t", "T1", "--geldig-op", "2025-03-31", "--bekend-op", known)

    assert "verbruikt         90 minuten" in result.stdout
    assert "positie 7" in result.stdout


def test_a_youth_is_shown_with_every_allocation(url: str) -> None:
    result = rekenschap("stand", url, "--jeugdige", "client-1", "--geldig-op", "2025-03-31")

    assert result.exit_code == 0
    assert "Jeugdige client-1: 2 toewijzing" in result.stdout
    assert "Toewijzing T1" in result.stdout


def test_a_balance_is_json_for_machines(url: str) -> None:
    result = rekenschap("stand", url, "-t", "T1", "--geldig-op", "2025-03-31", "--json")

    data = json.loads(result.stdout)
    assert (data["verbruikt"], data["saldo"], data["status"]) == (60, 540, "lopend")
    assert (data["geldig_op"], data["bekend_op"]) == ("2025-03-31", 10)


def test_a_day_on_which_nothing_was_known_is_an_answer(url: str) -> None:
    early = ("stand", url, "-t", "T1", "--geldig-op", "2025-01-01")

    result, machine = rekenschap(*early), rekenschap(*early, "--json")

    assert (result.exit_code, machine.exit_code) == (0, 0)
    assert "er niets van bekend" in result.stdout
    assert "Geldig op: 1 januari 2025" in result.stdout
    assert "Bekend:    tot en met positie 10, " in result.stdout
    assert json.loads(machine.stdout) is None


# --- spoor


def test_the_trail_tells_who_when_what_and_on_what_ground(url: str) -> None:
    result = rekenschap("spoor", url, "--toewijzing", "T1")

    assert result.exit_code == 0
    text = result.stdout
    assert "Inzet geregistreerd, 3 maart 2025: geweigerd" in text
    assert "vastgelegd 8 maart 2025, 13:00 door planning (aanbieder)" in text
    assert "TW-ALG-01 weigert: Alles wat op een toewijzing wordt gedeclareerd" in text
    assert "vergeleken: " in text
    assert "bron: Toolbox 2.0 Inkoop jeugdhulp 2025" in text
    assert "reden: typefout" in text
    assert "betreft: positie 6" in text
    assert "werd: aantal 60" in text
    assert "achterhaald door 8" in text
    assert "Geldig op: alle dagen\nBekend:    tot en met positie 10" in text
    assert "Dit is het einde van het spoor." in text


def test_words_from_the_vault_are_not_shown(url: str) -> None:
    text = rekenschap("spoor", url, "--toewijzing", "T2").stdout
    machine = rekenschap("spoor", url, "--toewijzing", "T2", "--json").stdout

    assert WORDS not in text + machine
    assert "Toewijzing afgegeven, 3 maart 2025: wacht op goedkeuring" in text
    assert "motivering: (in de kluis)" in text


def test_the_trail_is_paged(url: str) -> None:
    pages, further = [], "0"
    while further:
        result = rekenschap("spoor", url, "-t", "T1", "--limiet", "2", "--verder", further)
        pages.append(result.stdout)
        _, _, rest = result.stdout.partition("geef --verder ")
        further = rest.strip()
    whole = rekenschap("spoor", url, "-t", "T1").stdout

    assert len(pages) == 3
    assert [one for page in pages for one in headlines(page)] == headlines(whole)


def headlines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line[:1].isdigit()]


def test_the_trail_is_json_lines_for_machines(url: str) -> None:
    result = rekenschap("spoor", url, "-j", "client-1", "--bekend-op", "7", "--json")

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["bekend_op"] for line in lines] == [3, 4, 5, 6, 7]
    refused = lines[-1]
    assert (refused["uitkomst"], refused["feit"]["aantal"]) == ("geweigerd", 700)
    assert refused["verdicts"][0]["regel"] == "TW-ALG-01"
    assert refused["verdicts"][0]["bronnen"][0]["citaat"]


# --- rebuild


def test_a_rebuild_tells_how_much_and_changes_no_answer(url: str) -> None:
    asked = ("stand", url, "-t", "T1", "--geldig-op", "2025-03-31")
    before = rekenschap(*asked).stdout

    result = rekenschap("rebuild", url)

    assert result.exit_code == 0
    assert "10 vastleggingen, in " in result.stdout
    assert "De standen kwamen overeen met het logboek." in result.stdout
    assert rekenschap(*asked).stdout == before


def test_where_nobody_watches_a_line_is_written_for_every_phase(url: str) -> None:
    lines = rekenschap("rebuild", url).stderr.splitlines()

    assert [line.partition(":")[0] for line in lines] == ["vouwen", "vergelijken", "wisselen"]
    assert lines[0].startswith("vouwen: 10 van 10 vastleggingen")


def test_a_watcher_sees_a_bar_per_phase_with_its_speed() -> None:
    screen = StringIO()
    console = Console(file=screen, force_terminal=True, width=100)
    with patch.object(herbouwd, "Console", lambda **_: console), herbouwd.followed() as told:
        for done in (0, 1000, 4000):
            told(Voortgang(Fase.VOUWEN, done, 3000))
        told(Voortgang(Fase.WISSELEN, 0, 1))
        told(Voortgang(Fase.WISSELEN, 1, 1))

    assert "wisselen" in screen.getvalue()
    assert "1/1" in screen.getvalue()
    assert "per seconde" in screen.getvalue()


def test_what_stood_otherwise_is_told_and_the_log_is_followed(url: str) -> None:
    asked = ("stand", url, "-t", "T1", "--geldig-op", "2025-03-31")
    before = rekenschap(*asked).stdout
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file, file:
        file.execute("UPDATE saldo SET verbruikt = '99' WHERE toewijzing = 'T1' AND bekend_van = 8")
    assert "verbruikt         99 minuten" in rekenschap(*asked).stdout

    result = rekenschap("rebuild", url)

    assert result.exit_code == 0
    assert "NIET overeen met het logboek; het logboek is gevolgd" in result.stderr
    assert "Rijen die anders waren: saldo 1 (tot en met positie 10)" in result.stderr
    assert "  saldo: stond er anders (toewijzing T1, geldig_van 2025-03-" in result.stderr
    assert rekenschap(*asked).stdout == before


# --- nareken


def test_balances_worked_out_anew_say_the_same(url: str) -> None:
    rekenschap("stand", url, "-t", "T1")

    result = rekenschap("nareken", url, "--geldig-op", "2025-03-31")

    assert result.exit_code == 0
    assert result.stdout == (
        "De standen van gemeente op 2025-03-31 zijn nagerekend uit 10 vastleggingen: "
        "2 toewijzingen.\nDe tabellen zeggen hetzelfde als het logboek.\n"
    )
    assert result.stderr == ""


def test_what_is_not_folded_yet_is_left_out_and_said(url: str) -> None:
    result = rekenschap("nareken", url)

    assert result.exit_code == 0
    assert "nagerekend uit 0 vastleggingen: 0 toewijzingen." in result.stdout
    assert "Er is later nog 10 keer vastgelegd" in result.stdout


def test_a_balance_that_says_something_else_is_named_and_left(url: str) -> None:
    rekenschap("stand", url, "-t", "T1")
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file, file:
        file.execute("UPDATE saldo SET verbruikt = '99' WHERE toewijzing = 'T1'")

    results = [rekenschap("nareken", url, "--geldig-op", "2025-03-31") for _ in range(2)]

    assert [result.exit_code for result in results] == [1, 1]
    assert "van 1 toewijzingen (rekenschap rebuild maakt ze goed)" in results[1].stderr
    assert "  saldo: stond er anders (toewijzing T1, geldig_op 2025-03-31)" in results[1].stderr


def test_a_day_that_is_none_is_told(url: str) -> None:
    result = rekenschap("nareken", url, "--geldig-op", "gisteren")

    assert result.exit_code == 2
    assert "'gisteren' is geen dag" in result.stderr


# --- what goes wrong is told with its mend


@pytest.mark.parametrize("command", ["stand", "spoor", "verify", "rebuild", "nareken"])
def test_a_database_that_does_not_exist_is_not_made(tmp_path: Path, command: str) -> None:
    more = () if command in ("verify", "rebuild", "nareken") else ("-t", "T1")

    result = rekenschap(command, f"sqlite:///{tmp_path / 'weg.db'}", *more)

    assert result.exit_code == 2
    assert "weg.db" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["stand", "spoor", "verify", "rebuild", "nareken"])
def test_a_grootboek_that_does_not_exist_is_not_made(url: str, command: str) -> None:
    more = () if command in ("verify", "rebuild", "nareken") else ("-t", "T1")

    result = rekenschap(command, url, *more, grootboek="gemeete")
    again = rekenschap(command, url, *more, grootboek="gemeete")

    assert (result.exit_code, again.exit_code) == (2, 2)
    assert "gemeente" in result.stderr


@pytest.mark.parametrize("command", ["stand", "spoor"])
@pytest.mark.parametrize(
    ("arguments", "mend"),
    [
        (("-t", "T9"), "vraag met --jeugdige"),
        (("-j", "client-9"), "niet bekend"),
        ((), "--toewijzing T"),
        (("-t", "T1", "-j", "client-1"), "niet allebei"),
        (("-t", "T1", "--bekend-op", "999"), "eerdere positie"),
        (("-t", "T1", "--bekend-op", "gisteren"), "2026-09-30"),
        (("-t", "T1", "--geldig-op", "30-09-2026"), "2026-09-30"),
    ],
)
def test_a_question_that_cannot_be_answered_names_its_mend(
    url: str, command: str, arguments: tuple[str, ...], mend: str
) -> None:
    result = rekenschap(command, url, *arguments)

    assert result.exit_code == 2
    assert mend in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_the_id_of_a_youth_is_not_repeated_in_an_error(url: str) -> None:
    result = rekenschap("stand", url, "-j", "client-9")

    assert "client-9" not in result.stderr


@pytest.mark.parametrize("command", ["demo", "stand", "spoor", "rebuild", "nareken"])
def test_help_teaches_with_examples(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])

    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    assert f"rekenschap {command}" in result.stdout
