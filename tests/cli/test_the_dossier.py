"""Can somebody who handles an objection make the dossier, and see the objections, by command?"""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.application.care import effort, granted, introduced, made, started
from tests.owner import drop_guards

from rekenschap.application import DienBezwaarIn, LegBekendmakingVast
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.cli import main
from rekenschap.infrastructure.clock import FixedClock

REFUSED = "gemeente/3"
ARTICLES = "Awb 3:41 lid 1, Awb 6:8 lid 1, Awb 6:7, Atw 1 lid 1, Awb 6:9 lid 1, Awb 7:10 lid 1"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A grant that was refused, made known and objected to; and effort that was refused."""
    url = f"sqlite:///{tmp_path / 'gemeente.db'}"
    clock = FixedClock(datetime(2025, 6, 2, 9, tzinfo=UTC))
    with open_grootboek(url, grootboek="gemeente", clock=clock) as rekenschap:
        answers = [rekenschap.execute(command) for command in happened()]
    assert [one.beslissing for one in answers if not one.uitkomst.erkend] == [REFUSED, "gemeente/8"]
    return url


def happened() -> list[object]:
    too_long = {"einddatum": date(2035, 12, 31), "product": "vaktherapie"}
    return [
        introduced(),
        granted("T9", "client-1", referentie="aanvraag", **too_long),
        made(LegBekendmakingVast, beslissing="aanvraag", datum=date(2025, 3, 4)),
        made(DienBezwaarIn, beslissing="aanvraag", datum=date(2025, 3, 20)),
        granted("T1", "client-1", volume=600),
        started("T1"),
        effort("T1", 601),
    ]


def run(url: str, command: str, *more: str, grootboek: str = "gemeente") -> Result:
    return CliRunner().invoke(main, [command, "-d", url, "-g", grootboek, *more])


# --- the dossier


def test_both_a_page_and_a_pdf_are_written(url: str, tmp_path: Path) -> None:
    page, pdf = tmp_path / "bezwaar.html", tmp_path / "BEZWAAR.PDF"

    result = run(url, "dossier", "-b", REFUSED, "-n", str(page), "-n", str(pdf))

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [f"Het dossier staat in {one}." for one in (page, pdf)]
    assert "De toewijzing van 3 maart 2025 is geweigerd. Reden: " in page.read_text("utf-8")
    assert "Op 20 maart 2025 kwam bezwaar binnen." in page.read_text("utf-8")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert {one.stat().st_mode & 0o777 for one in (page, pdf)} == {0o600}


def test_a_page_that_is_there_already_is_made_again(url: str, tmp_path: Path) -> None:
    page = tmp_path / "bezwaar.htm"
    page.write_text("van gisteren")

    assert run(url, "dossier", "-b", REFUSED, "-n", str(page)).exit_code == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("name", ["bezwaar.txt", "bezwaar", "bezwaar.pdf.zip", ".pdf"])
def test_another_kind_of_file_is_not_made(url: str, tmp_path: Path, name: str) -> None:
    page, target = tmp_path / "goed.html", tmp_path / name

    result = run(url, "dossier", "-b", REFUSED, "-n", str(page), "-n", str(target))

    assert result.exit_code == 2
    assert "nodig is een bestand dat eindigt op .html of .pdf" in result.stderr
    assert not page.exists()
    assert not target.exists()


def test_a_folder_that_is_not_there(url: str, tmp_path: Path) -> None:
    result = run(url, "dossier", "-b", REFUSED, "-n", str(tmp_path / "weg" / "bezwaar.pdf"))

    assert result.exit_code == 2
    assert "nodig is een bestand waar geschreven mag worden, in een map die er is" in result.stderr
    assert "No such" not in result.stderr


@pytest.mark.parametrize("named", ["gemeente/99", "ander/3", "aanvraag", ""])
def test_a_decision_that_is_not_there(url: str, tmp_path: Path, named: str) -> None:
    page = tmp_path / "bezwaar.html"

    result = run(url, "dossier", "-b", named, "-n", str(page))

    assert result.exit_code == 2
    assert "nodig is een beslissing van gemeente/1 tot en met gemeente/8" in result.stderr
    assert not page.exists()


def test_evidence_that_does_not_verify_gives_no_dossier(url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        drop_guards(connection)
        connection.execute("UPDATE events SET hash = zeroblob(32) WHERE position = 5")
    page = tmp_path / "bezwaar.html"

    result = run(url, "dossier", "-b", REFUSED, "-n", str(page))

    assert result.exit_code == 1
    assert result.stderr.startswith("Wat is vastgelegd, klopt niet meer")
    assert not page.exists()


# --- the objections


def test_the_objections_of_a_youth_with_their_terms(url: str) -> None:
    result = run(url, "bezwaren", "-j", "client-1", "--op", "2025-06-01")

    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[:9] == [
        "Bezwaar gemeente/5",
        "  tegen                     gemeente/3, toewijzing afgegeven: geweigerd",
        "  toewijzing                T9",
        "  ontvangen                 20 maart 2025",
        "  stand                     open",
        "  op tijd                   ja",
        "  beslissen uiterlijk       27 mei 2025",
        "  beslistermijn verstreken  ja",
        f"  grondslag                 {ARTICLES}",
    ]


def test_the_same_against_a_decision_and_for_machines(url: str) -> None:
    result = run(url, "bezwaren", "-b", REFUSED, "--op", "2025-05-27", "--json")

    (line,) = result.stdout.splitlines()
    told = json.loads(line)
    assert (told["bezwaar"], told["tegen"], told["verstreken"]) == ("gemeente/5", REFUSED, False)
    assert told["termijnen"]["beslis_uiterlijk"] == "2025-05-27"


@pytest.mark.parametrize(
    ("more", "there"),
    [
        (("--op", "2025-03-19"), False),
        (("--op", "2025-03-20"), True),
        (("--op", "2025-06-01", "--bekend-op", "4"), False),
        (("--op", "2025-06-01", "--bekend-op", "5"), True),
    ],
)
def test_on_both_clocks(url: str, more: tuple[str, ...], there: bool) -> None:
    result = run(url, "bezwaren", "-j", "client-1", *more)

    assert result.exit_code == 0
    assert ("gemeente/5" in result.stdout) is there
    assert ("Er is die dag geen bezwaar bekend." in result.stdout) is not there


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "Noem een jeugdige (--jeugdige J) of een beslissing (--beslissing B)"),
        (("-j", "client-1", "-b", REFUSED), "niet allebei"),
        (("-j", "client-2"), "Deze jeugdige is hier niet bekend."),
        (("-b", "gemeente/99"), "nodig is een beslissing die hier is vastgelegd"),
    ],
)
def test_what_is_asked_wrongly(url: str, more: tuple[str, ...], told: str) -> None:
    result = run(url, "bezwaren", *more)

    assert result.exit_code == 2
    assert told in result.stderr
