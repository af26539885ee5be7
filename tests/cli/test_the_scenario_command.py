"""Does ``rekenschap scenario run`` print what was promised, and leave with the right status?"""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rekenschap.infrastructure.cli import main

FILE = """\
regeling: twente-2025
scenarios:
  - id: GOED
    titel: Binnen het volume
    gegeven: {jeugdigen: [{id: J1, geboortedatum: 2012-05-20}]}
    stappen:
      - {gebeurtenis: VerwijzingOntvangen, verwijzing: V1, jeugdige: J1, datum: 2025-01-02,
         verwijzer: gemeente}
      - {gebeurtenis: ToewijzingAfgegeven, toewijzing: T1, verwijzing: V1, jeugdige: J1,
         datum: 2025-01-06, product: begeleiding_individueel, ingangsdatum: 2025-01-06,
         einddatum: 2026-01-05, volume: 600, eenheid: minuut}
      - {gebeurtenis: ZorgGestart, toewijzing: T1, datum: 2025-01-06}
      - {gebeurtenis: InzetGeregistreerd, toewijzing: T1, datum: 2025-01-08, aantal: 540.5,
         eenheid: minuut}
      - {gebeurtenis: InzetGeregistreerd, toewijzing: T1, datum: 2025-01-09, aantal: 61,
         eenheid: minuut}
    eind: {T1: {verbruikt: 540.5}}
"""
PASSING = FILE.replace("aantal: 61,", "aantal: 61, verwacht: geweigerd,")
SILENT = FILE.replace("    eind: {T1: {verbruikt: 540.5}}\n", "")
UNPLAYABLE = """\
  - id: ONBEKEND
    stappen:
      - {gebeurtenis: PeildatumBereikt, toewijzing: T1, datum: 2025-01-07}
"""
OTHER = """\
  - id: ANDERS
    gegeven: {jeugdigen: [{id: J1}]}
    stappen:
      - {gebeurtenis: VerwijzingOntvangen, verwijzing: V1, jeugdige: J1, datum: 2025-01-02,
         verwijzer: gemeente, product: vaktherapie}
"""


def run(tmp_path: Path, text: str, *options: str) -> Result:
    path = tmp_path / "zaken.yaml"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["scenario", "run", str(path), *options])


def test_every_expectation_holds(tmp_path: Path) -> None:
    result = run(tmp_path, PASSING)

    assert result.exit_code == 0, result.output
    assert "✓ GOED  Binnen het volume" in result.stdout
    assert "1 gespeeld, 1 geslaagd, 0 mislukt" in result.stdout


def test_one_does_not_hold_and_the_source_is_shown(tmp_path: Path) -> None:
    result = run(tmp_path, FILE)

    assert result.exit_code == 1
    assert "✗ GOED" in result.stdout
    assert "verwacht: vastgelegd" in result.stdout
    assert "bron: toolbox" in result.stdout
    assert "1 gespeeld, 0 geslaagd, 1 mislukt" in result.stdout


def test_the_json_has_the_shape_that_was_promised(tmp_path: Path) -> None:
    result = run(tmp_path, PASSING, "--json")

    (line,) = result.stdout.splitlines()
    told = json.loads(line, parse_float=Decimal)
    assert list(told) == ["id", "geslaagd", "stappen", "eind"]
    assert (told["id"], told["geslaagd"]) == ("GOED", True)
    last = told["stappen"][-1]
    assert (last["nr"], last["gebeurtenis"]) == (5, "InzetGeregistreerd")
    assert (last["uitkomst"], last["signalen"]) == ("geweigerd", [])
    assert last["regels"]
    end = told["eind"]["T1"]
    assert (end["toegewezen"], end["verbruikt"], end["saldo"]) == (
        600,
        Decimal("540.5"),
        Decimal("59.5"),
    )
    assert (end["ingangsdatum"], end["einddatum"]) == ("2025-01-06", "2026-01-05")
    assert (end["sessies"], end["no_shows"], end["gedeclareerd_eur"]) == (0, {}, "0.00")
    assert list(end) == [
        "eenheid",
        "toegewezen",
        "verbruikt",
        "saldo",
        "verbruikt_diagnostiek",
        "sessies",
        "no_shows",
        "afwezigheidsdagen",
        "toegewezen_eur",
        "bedrag_eur",
        "saldo_eur",
        "gedeclareerd_eur",
        "betaald_eur",
        "eigen_bijdrage_eur",
        "ingangsdatum",
        "einddatum",
        "startdatum",
        "status",
        "product",
        "regeling",
    ]


def test_without_expectations_nothing_is_judged(tmp_path: Path) -> None:
    result = run(tmp_path, SILENT, "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout)["geslaagd"] is None


def test_a_file_that_cannot_be_read_is_named_with_scenario_and_key(tmp_path: Path) -> None:
    result = run(tmp_path, FILE.replace("aantal: 61", "aantal: veel"))

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "zaken.yaml, scenario GOED, stap 5, aantal: 'veel' past hier niet" in result.stderr


def test_what_cannot_be_played_is_named_and_the_rest_is_played(tmp_path: Path) -> None:
    result = run(tmp_path, PASSING + UNPLAYABLE, "--json")

    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 1
    assert "ONBEKEND" in result.stderr
    assert "stap 1, toewijzing" in result.stderr


def test_only_the_products_that_are_asked_for_are_played(tmp_path: Path) -> None:
    text = PASSING + OTHER

    both = run(tmp_path, text, "--json", "--producten", "begeleiding_individueel, vaktherapie")
    one = run(tmp_path, text, "--producten", "vaktherapie")

    assert [json.loads(line)["id"] for line in both.stdout.splitlines()] == ["GOED", "ANDERS"]
    assert "GOED" not in one.stdout
    assert "1 overgeslagen" in one.stdout


def test_verbose_tells_every_step_with_what_was_compared(tmp_path: Path) -> None:
    result = run(tmp_path, PASSING, "--verbose")

    assert "stap 1 VerwijzingOntvangen 2025-01-02: geaccepteerd" in result.stdout
    assert "vergeleken:" in result.stdout
    assert "“" in result.stdout


def test_a_database_of_your_own_is_used_as_it_is_given(tmp_path: Path, database_url: str) -> None:
    first = run(tmp_path, PASSING, "--database", database_url)
    again = run(tmp_path, PASSING, "--store", database_url)

    assert (first.exit_code, again.exit_code) == (0, 0), first.output + again.output


def test_a_store_that_cannot_be_reached_is_no_failed_case(tmp_path: Path) -> None:
    url = "postgresql://postgres@127.0.0.1:1/nergens?connect_timeout=1"

    result = run(tmp_path, PASSING, "--database", url)

    assert result.exit_code == 3
    assert "niet beschikbaar" in result.stderr


@pytest.mark.parametrize("command", [[], ["scenario"], ["scenario", "run"], ["verify"], ["regels"]])
def test_help_teaches(command: list[str]) -> None:
    result = CliRunner().invoke(main, [*command, "--help"])

    assert result.exit_code == 0
    assert "Show this message" in result.output


@pytest.mark.parametrize("products", ["foo", "vaktherapie,foo", "", "vaktherapie,"])
def test_a_product_that_is_nowhere_is_refused_and_the_known_ones_are_named(
    tmp_path: Path, products: str
) -> None:
    result = run(tmp_path, PASSING + OTHER, "--producten", products)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "producten: " in result.stderr
    assert "begeleiding_individueel" in result.stderr


def test_a_product_of_the_regeling_without_a_scenario_plays_only_what_names_none(
    tmp_path: Path,
) -> None:
    result = run(tmp_path, PASSING, "--producten", "mst")

    assert result.exit_code == 0
    assert "1 overgeslagen" in result.stdout
