"""Do ``--werkers``, ``--cluster`` and ``parquet`` do what they say, and refuse in Dutch?"""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.application.care import KEY, effort, granted, introduced, started

from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.cli import main


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("cli")
    key = folder / "sleutel"
    key.write_bytes(KEY)
    url = f"sqlite:///{folder / 'zorg.db'}"
    with open_grootboek(url, grootboek="g", sleutel=key) as ledger:
        ledger.execute_batch([introduced(), granted(), started(), effort()])
    return ["-d", url, "-g", "g", "-s", str(key)]


def ran(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_two_workers_say_what_one_says(place: list[str]) -> None:
    alone = ran("reproduceer", *place, "--alles")
    assert "5 beslissingen opnieuw gemaakt: 5 tot op de byte gelijk." in alone.output
    two = ran("reproduceer", *place, "--alles", "--werkers", "2")
    assert (two.exit_code, two.output) == (0, alone.output)


@pytest.mark.parametrize("wrong", ["-1", "veel", "1.5", "²"])
def test_what_is_no_number_of_workers_is_refused(place: list[str], wrong: str) -> None:
    found = ran("rebuild", *place, f"--werkers={wrong}")
    assert found.exit_code == 2
    assert "nodig is een aantal, of alle" in found.output


def test_workers_and_a_cluster_are_a_choice_and_for_everything(place: list[str]) -> None:
    both = ran("rebuild", *place, "--werkers", "2", "--cluster", "tcp://127.0.0.1:9")
    assert (both.exit_code, "Kies: --werkers N" in both.output) == (2, True)
    one = ran("reproduceer", *place, "--beslissing", "g/3", "--werkers", "2")
    assert (one.exit_code, "horen bij --alles" in one.output) == (2, True)


def test_the_tables_are_written_once_and_replaced_when_asked(
    place: list[str], tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    folder = str(tmp_path / "uit")
    told = ran("parquet", *place, "--naar", folder, "--geldig-op", "2025-04-01")
    assert told.exit_code == 0
    assert "5 vastleggingen staan in" in told.output
    assert "1 standen op 1 april 2025, bekend tot en met positie 5" in told.output

    again = ran("parquet", *place, "--naar", folder)
    assert again.exit_code == 2
    assert "een bestand dat er niet is, of --overschrijf" in again.output
    everything = ran("parquet", *place, "--naar", folder, "--alle-standen", "--overschrijf")
    assert (everything.exit_code, "standen van alle dagen" in everything.output) == (0, True)
    choice = ran("parquet", *place, "--naar", folder, "--alle-standen", "--geldig-op", "2025-04-01")
    assert (choice.exit_code, "Kies: --geldig-op" in choice.output) == (2, True)
