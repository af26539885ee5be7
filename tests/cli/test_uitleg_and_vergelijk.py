"""Can anybody ask what holds for a product on a day, and what differs between two versions?"""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.application.care import accepted, granted, introduced, made, started

from rekenschap.application import StelTariefVast
from rekenschap.domain.quantities import Bedrag
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.cli import main
from rekenschap.infrastructure.words import value_words

FIRST = (Path(__file__).parents[1] / "domain/regelingen/duindam-2026.yaml").read_text("utf-8")
SECOND = (
    FIRST.replace("regeling: duindam-2026", "regeling: duindam-2028")
    .replace("{vanaf: 2026-01-01, tot_en_met: 2027-12-31}", "{vanaf: 2028-01-01, tot_en_met: null}")
    .replace('{bedrag: "1.05", per: minuut}', '{bedrag: "1.25", per: minuut}')
    .replace("ten hoogste negen maanden.", "ten hoogste een half jaar.")
)


def run(*arguments: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, [*arguments], env=env)


@pytest.fixture
def versions(tmp_path: Path) -> tuple[str, str]:
    one, other = tmp_path / "een.yaml", tmp_path / "ander.yaml"
    one.write_text(FIRST, "utf-8")
    other.write_text(SECOND, "utf-8")
    return str(one), str(other)


@pytest.fixture
def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'gemeente.db'}"
    with open_grootboek(url, grootboek="gemeente") as rekenschap:
        for command in (
            introduced(),
            granted(),
            started(),
            made(StelTariefVast, product="vaktherapie", eenheid="minuut", bedrag="1.10"),
        ):
            accepted(rekenschap.execute(command))
    return url


@pytest.mark.parametrize(
    ("day", "version", "price", "sentence"),
    [
        ("2027-12-31", "duindam-2026", "€ 1,05 per minuut", "ten hoogste negen maanden."),
        ("2028-01-01", "duindam-2028", "€ 1,25 per minuut", "ten hoogste een half jaar."),
    ],
)
def test_of_two_versions_the_one_of_the_day_is_explained(
    versions: tuple[str, str], day: str, version: str, price: str, sentence: str
) -> None:
    one, other = versions
    asked = ("uitleg", "-r", one, "-r", other, "-p", "wandelcoach", "--geldig-op", day)

    told, data = run(*asked), json.loads(run(*asked, "--json").stdout)

    assert told.exit_code == 0, told.output
    assert f"  * {version}: geldt vanaf" in told.stdout
    assert price in told.stdout
    assert sentence in told.stdout
    assert "Deze versie geldt op de ingangsdatum." in told.stdout
    assert (data["regeling"], data["waarom"]) == (version, "op_de_ingangsdatum")
    assert [one["regeling"] for one in data["versies"] if one["gekozen"]] == [version]


def test_outside_every_version_it_says_so_and_names_no_price(versions: tuple[str, str]) -> None:
    told = run("uitleg", "-r", versions[0], "-p", "wandelcoach", "--geldig-op", "2025-12-31")

    assert told.exit_code == 0
    assert "Geen versie geldt op deze dag" in told.stdout
    assert "Voor deze dag is geen tarief bekend" in told.stdout
    assert "1,05" not in told.stdout


def test_what_the_text_is_silent_about_stands_at_the_end() -> None:
    told = run("uitleg", "-r", "boxtel-2020", "-p", "vaktherapie", "--geldig-op", "2020-05-01")

    assert "Niet geregeld" in told.stdout
    assert "no_show: Over niet verschijnen zegt de tekst niets" in told.stdout


def test_a_toewijzing_of_a_grootboek_is_explained_as_it_was_known(database: str) -> None:
    asked = ("uitleg", "-d", database, "-g", "gemeente", "-t", "T1", "--geldig-op", "2025-04-01")

    told, before = run(*asked), run(*asked, "--bekend-op", "2")

    assert "Onder deze versie is de toewijzing afgegeven" in told.stdout
    assert before.exit_code == 2
    assert "Deze toewijzing is hier nooit gemeld" in before.stderr


def test_a_price_that_was_fixed_says_so_from_its_day_on(database: str) -> None:
    asked = ("uitleg", "-d", database, "-g", "gemeente", "-p", "vaktherapie", "--geldig-op")

    assert "€ 1,10 per minuut" in run(*asked, "2025-03-03").stdout
    assert "geen tarief bekend" in run(*asked, "2025-03-02").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Noem een product (--product P) of een toewijzing"),
        (("-p", "vaktherapie"), "Noem een regeling (-r), of een grootboek (-d en -g)."),
        (("-p", "a", "-t", "T1", "-r", "twente-2025"), "Noem een product"),
        (("-p", "vaktherapie", "-d", "sqlite:///x.db"), "Noem een regeling (-r), of een"),
        (("-t", "T1", "-r", "twente-2025"), "een toewijzing staat in een grootboek"),
        (("-p", "fact", "-r", "twente-2025", "-g", "g"), "Kijk in regelingen (-r), of in een"),
        (("-p", "fakt", "-r", "twente-2025"), "nodig is een product van twente-2025"),
        (("-p", "fact", "-r", "twente-1925"), "of een YAML-bestand dat er is"),
        (("-p", "fact", "-r", "."), "of een YAML-bestand dat er is"),
        (("-p", "fact", "-r", "twente-2025", "--geldig-op", "morgen"), "is geen dag"),
        (("-p", "fact", "-r", "twente-2025", "--bekend-op", "9"), "Zo ver is het grootboek nog"),
        (("-p", "fact", "-d", "sqlite:///nergens.db", "-g", "g"), "een database die er is"),
    ],
)
def test_a_wrong_question_is_told_what_to_do(arguments: tuple[str, ...], said: str) -> None:
    result = run("uitleg", *arguments)

    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_database_of_the_environment_does_not_stand_in_the_way(database: str) -> None:
    env = {"REKENSCHAP_DATABASE": database, "REKENSCHAP_GROOTBOEK": "gemeente"}

    from_file = run("uitleg", "-r", "boxtel-2020", "-p", "vaktherapie", env=env)
    from_ledger = run("uitleg", "-p", "vaktherapie", env=env)

    assert "  * boxtel-2020: " in from_file.stdout
    assert "  * twente-2025: " in from_ledger.stdout


def test_what_differs_is_shown_with_before_and_after(versions: tuple[str, str]) -> None:
    told = run("vergelijk", *versions)
    found = json.loads(run("vergelijk", *versions, "--json").stdout)

    assert told.exit_code == 0
    assert "van duindam-2026 naar duindam-2028" in told.stdout
    assert "    - Hulp overdag duurt ten hoogste negen maanden.\n" in told.stdout
    assert "    + Hulp overdag duurt ten hoogste een half jaar.\n" in told.stdout
    assert "    - € 1,05 per minuut\n    + € 1,25 per minuut" in told.stdout
    assert "Verschillen: 1 in regels, 1 in producten, 0 in lezingen." in told.stdout
    assert [one["regel"] for one in found["regels"]] == ["DD-02"]
    assert [one["product"] for one in found["producten"]] == ["wandelcoach"]


def test_only_what_bears_on_a_product(versions: tuple[str, str]) -> None:
    assert "Er is geen verschil." in run("vergelijk", *versions, "-p", "schuilplek").stdout
    assert "0 in producten" in run("vergelijk", *versions, "-p", "dagopvang").stdout


def test_the_same_version_twice_does_not_differ() -> None:
    assert "Er is geen verschil." in run("vergelijk", "twente-2025", "twente-2025").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("twente-2025", "nergens-1999"), "regeling: 'nergens-1999' past hier niet"),
        (("twente-2025", "boxtel-2020", "-p", "x"), "een product van twente-2025 of boxtel-2020"),
        (("twente-2025",), "ANDER"),
    ],
)
def test_a_wrong_comparison_is_told_what_to_do(arguments: tuple[str, ...], said: str) -> None:
    result = run("vergelijk", *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.parametrize(
    ("cents", "told"),
    [
        (110, "€ 1,10"),
        (5, "€ 0,05"),
        (4700, "€ 47,00"),
        (-1234567, "€ -12.345,67"),
        (-5, "€ -0,05"),
    ],
)
def test_an_amount_always_has_its_cents(cents: int, told: str) -> None:
    assert value_words(Bedrag(cents)) == told


def test_the_day_of_today_is_the_default(database: str) -> None:
    data = json.loads(run("uitleg", "-r", "twente-2025", "-p", "fact", "--json").stdout)

    assert date.fromisoformat(data["geldig_op"]) >= date(2025, 1, 1)
