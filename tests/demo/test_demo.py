"""Does the demo show, to the letter and on a real ledger, what it promises?"""

import shlex
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.demo.conftest import SEED, YOUTHS, Played
from tests.owner import drop_guards

from rekenschap.application import OpTijd, Uitkomst
from rekenschap.infrastructure.cli import main
from rekenschap.infrastructure.demo.caseload import caseload
from rekenschap.infrastructure.demo.play import play_demo
from rekenschap.infrastructure.demo.show import settings, suggestions
from rekenschap.infrastructure.demo.story import JEUGDIGE, TOEWIJZING, story

SIGNED_TABLES = ("events", "event_references", "commands", "ledgers")


def rekenschap(*arguments: str, **settings: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env={"COLUMNS": "80", **settings})


def on(played: Played, command: str, url: str | None = None) -> Result:
    return rekenschap(*shlex.split(command), "-d", url or played.url, "-g", "demo")


# --- the caseload in figures


def test_the_caseload_has_two_hundred_youths_and_counts_the_same_every_time(
    played: Played,
) -> None:
    figures = played.demo.cijfers

    assert figures.jeugdigen == YOUTHS
    assert figures.verwijzingen == 259
    assert figures.toewijzingen_gevraagd == 279
    assert figures.toewijzingen_verleend == 240
    assert figures.stappen == 11_141
    assert figures.vastgelegd == 11_448


def test_every_outcome_occurs(played: Played) -> None:
    assert played.demo.cijfers.uitkomsten == {
        Uitkomst.GEACCEPTEERD: 10_103,
        Uitkomst.GESIGNALEERD: 502,
        Uitkomst.GOEDKEURING_NODIG: 34,
        Uitkomst.GEWEIGERD: 502,
    }


def test_rules_of_many_kinds_refuse_and_signal(played: Played) -> None:
    assert played.demo.cijfers.weigerden == {
        "TW-ALG-01": 248,
        "TW-ALG-07": 83,
        "TW-NS-02": 45,
        "TW-ALG-02": 44,
        "TW-ALG-08": 17,
        "TW-ALG-12": 12,
        "TW-VT-01": 12,
        "TW-ALG-16": 11,
        "TW-NS-01": 6,
        "HR-02": 5,
        "TW-HA-03": 5,
        "TW-ALG-10": 4,
        "TW-HA-01": 2,
        "TW-HA-04": 2,
        "TW-CMB-01": 1,
        "TW-HA-05": 1,
        "TW-VT-02": 1,
    }
    assert played.demo.cijfers.signaleerden == {
        "TW-ALG-15": 431,
        "HR-01": 72,
        "TW-ALG-14": 37,
        "TW-HA-06": 1,
    }


def test_the_same_seed_gives_the_same_demo_and_another_seed_another(tmp_path: Path) -> None:
    one, two, other = (
        play_demo(f"sqlite:///{tmp_path / name}.db", seed=seed, youths=12)
        for name, seed in (("one", 7), ("two", 7), ("other", 8))
    )

    assert one == two
    assert one.cijfers != other.cijfers
    assert one.verhaal.weigering.regels == other.verhaal.weigering.regels


def test_the_caseload_is_pure_and_its_days_rise() -> None:
    days = list(caseload(SEED, 20, story()))

    assert days == list(caseload(SEED, 20, story()))
    moments = [moment for moment, _ in days]
    assert moments == sorted(set(moments))
    ids = [command.command_id for _, commands in days for command in commands]
    assert len(ids) == len(set(ids))


# --- the story


def test_the_balance_of_one_day_differs_by_what_became_known_later(played: Played) -> None:
    story = played.demo.verhaal

    assert (story.toen.toegewezen, story.nu.toegewezen) == (4200, 4200)
    assert (story.toen.verbruikt, story.toen.saldo) == (2415, 1785)
    assert (story.nu.verbruikt, story.nu.saldo) == (2475, 1725)
    assert story.toen.geldig_op == story.nu.geldig_op == story.toen_op.date()
    assert (story.toen.no_shows, story.nu.no_shows) == ({2026: 3}, {2026: 2})


def test_the_trail_explains_the_difference_to_the_minute(played: Played) -> None:
    story = played.demo.verhaal

    effects = [int(one.gevolg) for one in story.verschillen]

    assert effects == [120, 75, -75, -60]
    assert sum(effects) == story.nu.verbruikt - story.toen.verbruikt
    assert all(one.geldig_op <= story.toen.geldig_op for one in story.verschillen)
    assert all(one.geregistreerd_op > story.toen_op for one in story.verschillen)


def test_an_extension_without_contact_is_refused_with_its_ground(played: Played) -> None:
    refused = played.demo.verhaal.weigering

    assert refused.uitkomst is Uitkomst.GEWEIGERD
    assert refused.regels == ("TW-HA-03",)
    (verdict,) = refused.verdicts
    assert verdict.zin.startswith("Voor elke verlenging na een medische verwijzing")
    (source,) = verdict.bronnen
    assert source.citaat.startswith("en bij verlengingen eerst contact opneemt met de toegang")


def test_the_parents_object_and_a_contact_told_later_takes_the_ground_away(played: Played) -> None:
    story = played.demo.verhaal
    again, objection = story.heroverwogen, story.bezwaar

    assert objection.tegen == again.beslissing == story.weigering.beslissing
    assert objection.ontvangen_op == date(2026, 12, 17)
    assert objection.termijnen is not None
    assert objection.termijnen.op_tijd is OpTijd.JA
    assert objection.termijnen.bezwaar_tot == date(2027, 1, 19)
    assert objection.termijnen.beslis_uiterlijk == date(2027, 3, 2)
    assert again.nu is not None
    assert (again.toen.uitkomst, again.nu.uitkomst) == ("geweigerd", "geaccepteerd")
    assert (again.regeling, again.regeling_anders) == ("twente-2025", "twente-2025")


# --- what is printed


@pytest.mark.parametrize(
    "words",
    [
        "200 jeugdigen",
        "TW-ALG-01",
        "Alles wat op een toewijzing wordt gedeclareerd",
        "2.415 minuten",
        "2.475 minuten",
        "1.725 minuten",
        "TW-HA-03 weigert",
        "Toolbox 2.0 Inkoop jeugdhulp 2025",
        "“en bij verlengingen eerst contact opneemt met de toegang",
        "7 december 2026",
        "bekend op 30 september 2026",
        "inzet gecorrigeerd",
        "+60",
        "5. Er komt bezwaar",
        "Op 17 december 2026 kwam het bezwaar binnen",
        "met wat nu bekend is geaccepteerd geaccepteerd",
        "uiterlijk op 2 maart 2027",
        "rekenschap-demo/demo.db",
    ],
)
def test_the_printed_page_tells_it(played: Played, words: str) -> None:
    assert words in " ".join(played.printed.split())


def test_the_printed_page_fits_eighty_columns_and_has_no_escapes(played: Played) -> None:
    assert "\x1b" not in played.printed
    assert [line for line in played.printed.splitlines() if len(line.rstrip()) > 80] == []


def test_every_command_it_suggests_is_printed_and_works_as_typed(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(played.folder)
    lines = [line.strip() for line in played.printed.splitlines()]
    told = [line.removeprefix("export ") for line in lines if line.startswith("export ")]
    environment = dict(shlex.split(one)[0].split("=", 1) for one in told)
    commands = [line for line in lines if line.startswith("rekenschap ")]

    results = [rekenschap(*shlex.split(one)[1:], **environment) for one in commands]

    assert len(commands) == len(suggestions(played.demo.verhaal)) == 13
    assert told == [
        one.removeprefix("export ") for one in settings("sqlite:///rekenschap-demo/demo.db", None)
    ]
    assert [one.exit_code for one in results] == [0] * 13
    assert [one.stderr for one in results[:-1]] == [""] * 12
    assert results[-1].stderr.startswith("vouwen: ")  # a rebuild says how far it is
    then, now, _, later, _, refusal, since, objection, _, without, *_ = (
        one.stdout for one in results
    )
    assert "1.785 minuten" in then
    assert "1.725 minuten" in now
    assert "Gegeven gecorrigeerd" in later
    assert "TW-HA-03 weigert" in refusal
    assert "zou nu zijn: geaccepteerd" in since
    assert "beslissen uiterlijk       2 maart 2027" in objection
    assert "geweigerd" in without
    page = (played.folder / "bezwaar.html").read_text("utf-8")
    assert "De verlenging van 7 december 2026 is geweigerd. Reden: " in page
    assert "Op 17 december 2026 kwam bezwaar binnen." in page
    assert (played.folder / "bezwaar.pdf").read_bytes().startswith(b"%PDF-")


# --- its ledger


def test_its_ledger_verifies(played: Played) -> None:
    result = on(played, "verify")

    assert result.exit_code == 0
    assert str(played.demo.cijfers.vastgelegd) in result.stdout


def test_one_byte_changed_in_one_event_is_found_at_its_position(
    played: Played, tmp_path: Path
) -> None:
    position = played.demo.verhaal.weigering.positie
    copy = copied(played, tmp_path)
    with closing(sqlite3.connect(copy)) as connection, connection:
        drop_guards(connection)
        (payload,) = connection.execute(
            "SELECT payload FROM events WHERE position = ?", (position,)
        ).fetchone()
        changed = bytearray(payload)
        changed[len(changed) // 2] ^= 1
        connection.execute(
            "UPDATE events SET payload = ? WHERE position = ?", (bytes(changed), position)
        )

    result = on(played, "verify", f"sqlite:///{copy}")

    assert result.exit_code == 1
    assert f"positie {position}" in result.stderr


def test_no_personal_value_is_in_the_bytes_of_the_log(played: Played) -> None:
    personal = personal_values()
    stored = stored_bytes(played.file)

    assert len(personal) > 3 * YOUTHS
    assert [value for value in personal if value.encode() in stored] == []


def test_no_personal_value_is_in_any_file_of_the_ledger(played: Played) -> None:
    files = b"".join(one.read_bytes() for one in sorted(played.file.parent.iterdir()))
    some = sorted(personal_values())[::8]  # the files are large, and one of each kind tells

    assert [value for value in some if value.encode() in files] == []


def personal_values() -> set[str]:
    """Host ids of youths, families and actors, birth dates, and words: all the vault holds."""
    found: set[str] = set()
    for _, commands in caseload(SEED, YOUTHS - 1, story()):
        for command in commands:
            found.add(command.actor.id)
            for name in ("jeugdige", "gezin", "geboortedatum", "motivering"):
                value = getattr(command, name, None)
                if value:
                    found.add(str(value))
    return found - ordinary_days()


def ordinary_days() -> set[str]:
    """Days on which something happened, too: as a birth date one cannot tell them apart."""
    return {
        str(getattr(command, name))
        for _, commands in caseload(SEED, YOUTHS - 1, story())
        for command in commands
        for name in ("datum", "afgiftedatum", "ingangsdatum", "einddatum")
        if getattr(command, name, None)
    }


def stored_bytes(file: Path) -> bytes:
    with closing(sqlite3.connect(file)) as connection:
        return b"\n".join(
            value if isinstance(value, bytes) else str(value).encode()
            for table in SIGNED_TABLES
            for row in connection.execute(f"SELECT * FROM {table}")
            for value in row
        )


def copied(played: Played, folder: Path) -> Path:
    """The ledger as one file, with its key beside it."""
    target = folder / "copy.db"
    with (
        closing(sqlite3.connect(played.file)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
    shutil.copy(f"{played.file}.sleutel", f"{target}.sleutel")
    return target


# --- where it is made


def test_a_second_demo_starts_afresh_or_beside_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    results = [
        rekenschap("demo", "--jeugdigen", "1", *more) for more in ((), (), ("--keep",), ("--keep",))
    ]

    assert [one.exit_code for one in results] == [0, 0, 0, 0]
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "rekenschap-demo",
        "rekenschap-demo-2",
        "rekenschap-demo-3",
    ]


def test_a_folder_with_somebodys_work_in_it_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "rekenschap-demo"
    folder.mkdir()
    (folder / "aantekeningen.txt").write_text("van mij")
    (folder / "demo.db").write_text("ook van mij")

    result = rekenschap("demo", "--jeugdigen", "1")

    assert result.exit_code == 2
    assert "aantekeningen.txt" in result.stderr
    assert "--keep" in result.stderr
    assert (folder / "demo.db").read_text() == "ook van mij"


def test_a_grootboek_that_holds_something_is_not_played_into(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'eigen.db'}"
    first = rekenschap("demo", "--jeugdigen", "1", "--database", url)

    second = rekenschap("demo", "--jeugdigen", "1", "--database", url)

    assert first.exit_code == 0
    assert second.exit_code == 2
    assert "--database" in second.stderr


def test_the_story_is_the_same_for_one_youth_alone(tmp_path: Path) -> None:
    alone = play_demo(f"sqlite:///{tmp_path / 'alleen.db'}", seed=1, youths=1)

    assert alone.cijfers.jeugdigen == 1
    assert alone.verhaal.nu.toewijzing == TOEWIJZING
    assert alone.verhaal.nu.jeugdige == JEUGDIGE
    assert (alone.verhaal.toen.verbruikt, alone.verhaal.nu.verbruikt) == (2415, 2475)


def test_the_work_lists_of_the_whole_caseload_can_be_asked(played: Played) -> None:
    result = on(played, "werklijst")

    assert result.exit_code == 0, result.output
    assert "dingen om naar te kijken" in result.stdout
    assert "zou nu zijn" in result.stdout
