"""What is a checkpoint, and what does a ledger say that does not fit one that was kept?"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from sqlalchemy import delete, update
from tests.application.care import effort, opened
from tests.evidence.small import NOW, Stored, fitting_head, rechained, small_ledger
from tests.evidence.test_merkle import naive_root
from tests.owner import drop_guards

from rekenschap.application import (
    Broken,
    Controlepunt,
    Incorrect,
    Onbeschikbaar,
    Rekenschap,
    read_checkpoints,
    write_checkpoints,
)
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.evidence.keeping import Controlepuntbestand, kept_in
from rekenschap.infrastructure.store.schema import commands, event_references, events, ledgers
from rekenschap.infrastructure.store.seal import first_hash, to_microseconds

PUNT = Controlepunt(
    grootboek_id="0f" * 16,
    omvang=5,
    wortel=bytes(range(32)),
    kop=bytes(range(32, 64)),
    moment=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
)
TEXT = (
    "rekenschap/0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f\n"
    "5\n"
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    "kop 202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f\n"
    "moment 2026-03-02T09:00:00.000000Z\n"
)


class Stempel:
    """An authority that gives back what it was asked to stamp; or is closed."""

    def __init__(self, *, closed: bool = False) -> None:
        self.closed = closed
        self.asked: list[bytes] = []

    def stempel(self, digest: bytes) -> bytes:
        if self.closed:
            raise Onbeschikbaar("the authority does not answer")
        self.asked.append(digest)
        return b"stamped:" + digest


def test_the_text_is_fixed_for_ever() -> None:
    assert PUNT.tekst == TEXT
    assert Controlepunt.lees(TEXT) == PUNT
    assert PUNT.digest.hex() == DIGEST


DIGEST = "b97230785fcde7113297eecff1275226d172079444900797c390e5bed9ee9180"


def test_an_empty_log_has_a_checkpoint_without_a_moment() -> None:
    empty = evolve(PUNT, omvang=0, moment=None)

    assert empty.tekst.count("\n") == 4
    assert Controlepunt.lees(empty.tekst) == empty


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rekenschap/", "rekenschap"),
        ("rekenschap/", "Rekenschap/"),
        ("rekenschap/0f", "rekenschap/0F"),
        ("rekenschap/0f", "rekenschap/"),
        ("\n5\n", "\n05\n"),
        ("\n5\n", "\n-5\n"),
        ("\n5\n", "\n0\n"),
        ("\n5\n", "\n\n"),
        ("\n5\n", "\n٥\n"),
        ("\n5\n", "\n1000000000000000000\n"),
        ("Hh8=", "Hh9="),
        ("Hh8=", "Hh8"),
        ("AAEC", "AA C"),
        ("AAECAwQF", ""),
        ("kop 20", "kop 2"),
        ("kop 20", "kop  20"),
        ("2a2b", "2A2b"),
        ("kop ", "staart "),
        ("09:00:00.000000Z", "09:00:00Z"),
        ("09:00:00.000000Z", "09:00:00.000000+00:00"),
        ("09:00:00.000000Z", "25:00:00.000000Z"),
        ("moment", "Moment"),
        ("Z\n", "Z"),
        ("Z\n", "Z\n\n"),
        ("Z\n", "Z\nmeer\n"),
        ("moment 2026-03-02T09:00:00.000000Z\n", ""),
    ],
)
def test_a_checkpoint_has_one_spelling(old: str, new: str) -> None:
    changed = TEXT.replace(old, new, 1)
    assert changed != TEXT

    with pytest.raises(Incorrect, match="controlepunt"):
        Controlepunt.lees(changed)


def test_several_are_kept_with_an_empty_line_between_them() -> None:
    several = [PUNT, evolve(PUNT, omvang=6), evolve(PUNT, omvang=7)]

    assert read_checkpoints(write_checkpoints(several)) == several
    assert read_checkpoints("") == []
    with pytest.raises(Incorrect):
        read_checkpoints(TEXT + TEXT)
    with pytest.raises(Incorrect):
        read_checkpoints(TEXT + "\n\n" + TEXT)


def test_the_root_is_that_of_the_rfc_over_the_stored_hashes(ledger: Rekenschap) -> None:
    stored = Stored.of(ledger)

    for size, punt in enumerate(stored.kept):
        assert punt.omvang == size
        assert punt.wortel == naive_root([row[7] for row in stored.rows[:size]])
        assert punt.kop == (stored.rows[size - 1][7] if size else first_hash(stored.ledger))
        assert Controlepunt.lees(punt.tekst) == punt
    assert ledger.controlepunt() == stored.kept[-1]


@pytest.mark.parametrize("omvang", [-1, 14, 2**70, True, "3", 1.0])
def test_a_size_that_the_log_never_had_is_incorrect(ledger: Rekenschap, omvang: Any) -> None:
    assert ledger.controlepunt(omvang=13).omvang == 13

    with pytest.raises(Incorrect, match="omvang"):
        ledger.controlepunt(omvang=omvang)


def test_a_ledger_that_only_grew_fits_everything_that_was_kept(ledger: Rekenschap) -> None:
    kept = [ledger.controlepunt(omvang=size) for size in (0, 1, 7, 13)]

    ledger.execute(effort("W1", 15))

    assert ledger.verify(tegen=kept) == 14
    assert ledger.verify(tegen=[*kept, *kept[::-1], ledger.controlepunt()]) == 14


def test_a_tail_that_was_cut_off_is_seen_against_a_checkpoint_alone(ledger: Rekenschap) -> None:
    stored = Stored.of(ledger)
    replace(ledger, list(stored.rows[:7]), stored)

    assert ledger.verify() == 7
    with pytest.raises(Broken, match=r"position 8: the log ends after 7 lines") as caught:
        ledger.verify(tegen=[stored.kept[4], stored.kept[13]])
    assert caught.value.position == 8
    assert caught.value.details == {"bevestigd_tot": 4, "uiterlijk": 8}


@pytest.mark.parametrize(
    ("sizes", "first", "last"),
    [((13,), 1, 13), ((4, 8, 13), 5, 8), ((5, 6, 13), 6, 6), ((5, 8), 6, 8), ((3, 5, 13), 6, 13)],
)
def test_a_ledger_that_was_written_anew_is_seen_between_two_checkpoints(
    ledger: Rekenschap, sizes: tuple[int, ...], first: int, last: int
) -> None:
    stored = Stored.of(ledger)
    row = stored.rows[5]
    changed: Any = (*row[:6], row[6].replace(b'"uitkomst":"ge', b'"uitkomst":"Ge'), row[7])
    anew = rechained([changed, *stored.rows[6:]], stored.rows[4][7], 6)
    replace(ledger, [*stored.rows[:5], *anew], stored)

    assert ledger.verify() == 13
    with pytest.raises(Broken) as caught:
        ledger.verify(tegen=[stored.kept[size] for size in sizes])
    assert caught.value.position == first
    assert caught.value.details == {"bevestigd_tot": first - 1, "uiterlijk": last}


def test_what_was_written_after_the_last_checkpoint_is_judged_by_the_chain_alone(
    ledger: Rekenschap,
) -> None:
    stored = Stored.of(ledger)
    row: Any = stored.rows[12]
    anew = rechained([(*row[:6], row[6] + b" ", row[7])], stored.rows[11][7], 13)
    replace(ledger, [*stored.rows[:12], *anew], stored)

    assert ledger.verify(tegen=stored.kept[:13]) == 13


def test_a_checkpoint_of_another_grootboek_is_broken_and_not_passed_over(
    ledger: Rekenschap,
) -> None:
    with small_ledger("sqlite://") as other:
        strange = other.controlepunt()

    with pytest.raises(Broken, match="position 1: this is grootboek"):
        ledger.verify(tegen=[strange])
    with pytest.raises(Broken, match="position 1: this is grootboek"):
        ledger.insluitingsbewijs(positie=3, controlepunt=strange)


def test_a_checkpoint_that_contradicts_itself_is_told_from_a_log_that_was_changed(
    ledger: Rekenschap,
) -> None:
    punt = ledger.controlepunt()
    assert punt.moment is not None

    for changed in (evolve(punt, kop=bytes(32)), evolve(punt, moment=NOW.replace(year=2020))):
        with pytest.raises(Broken, match="contradicts itself") as caught:
            ledger.verify(tegen=[changed])
        assert caught.value.position is None


def test_no_checkpoint_is_made_of_a_log_that_does_not_hold(ledger: Rekenschap) -> None:
    store: Any = ledger._store
    with store.engine.begin() as connection:
        drop_guards(connection)
        connection.execute(update(events).where(events.c.position == 9).values(payload=b"{}"))

    with pytest.raises(Broken, match="position 9"):
        ledger.controlepunt()
    assert ledger.controlepunt(omvang=8).omvang == 8
    with pytest.raises(Broken, match="position 9"):
        ledger.controlepunt(omvang=9)


def test_checkpoints_are_kept_in_a_file_that_only_grows(ledger: Rekenschap, tmp_path: Path) -> None:
    keeper = Controlepuntbestand(tmp_path / "kept.txt")

    first = ledger.controlepunt(bewaarder=keeper)
    assert ledger.controlepunt(bewaarder=keeper) == first
    ledger.execute(effort("W1", 15))
    second = ledger.controlepunt(bewaarder=keeper)

    assert keeper.punten() == kept_in(keeper.path) == [first, second]
    assert keeper.path.read_text() == f"{first.tekst}\n{second.tekst}"


def test_a_ledger_that_does_not_fit_what_was_kept_gets_no_new_checkpoint(
    ledger: Rekenschap, tmp_path: Path
) -> None:
    keeper = Controlepuntbestand(tmp_path / "kept.txt")
    kept = ledger.controlepunt(bewaarder=keeper)
    stored = Stored.of(ledger)
    replace(ledger, list(stored.rows[:10]), stored)

    with pytest.raises(Broken, match="position 11"):
        ledger.controlepunt(bewaarder=keeper)
    assert keeper.punten() == [kept]


def test_a_time_stamp_lies_beside_the_file_and_is_of_the_text(
    ledger: Rekenschap, tmp_path: Path
) -> None:
    authority = Stempel()
    keeper = Controlepuntbestand(tmp_path / "kept.txt", authority)

    punt = ledger.controlepunt(bewaarder=keeper)

    assert authority.asked == [punt.digest]
    assert (tmp_path / "kept.txt-13.tsr").read_bytes() == b"stamped:" + punt.digest


def test_a_checkpoint_whose_stamp_was_refused_is_not_kept(
    ledger: Rekenschap, tmp_path: Path
) -> None:
    keeper = Controlepuntbestand(tmp_path / "kept.txt", Stempel(closed=True))

    with pytest.raises(Onbeschikbaar):
        ledger.controlepunt(bewaarder=keeper)
    assert list(tmp_path.glob("kept*")) == []


def test_a_place_where_nothing_can_be_kept_is_unavailable(
    ledger: Rekenschap, tmp_path: Path
) -> None:
    with pytest.raises(Onbeschikbaar, match="cannot be kept"):
        ledger.controlepunt(bewaarder=Controlepuntbestand(tmp_path / "no/folder.txt"))


@pytest.mark.parametrize("content", [b"\xff", b"niets", TEXT[:-1].encode()])
def test_a_file_that_holds_something_else_is_incorrect(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kept.txt").write_bytes(content)

    with pytest.raises(Incorrect):
        kept_in(tmp_path / "kept.txt")
    with pytest.raises(Incorrect, match="controlepunten"):
        kept_in(tmp_path / "not-there.txt")


def test_a_ledger_that_is_taken_up_again_fits_what_was_kept_before(
    database_url: str, tmp_path: Path
) -> None:
    keeper = Controlepuntbestand(tmp_path / "kept.txt")
    with small_ledger(database_url) as rekenschap:
        rekenschap.controlepunt(bewaarder=keeper)

    with opened(database_url, "duindam", FixedClock(NOW)) as again:
        again.execute(effort("W1", 15))

        assert again.verify(tegen=keeper.punten()) == 14


def replace(rekenschap: Rekenschap, rows: list[Any], stored: Stored) -> None:
    """By whoever can write to every table: these lines, and a head that fits."""
    store: Any = rekenschap._store
    head = fitting_head(rows, first_hash(stored.ledger))
    assert head.recorded_at is not None
    with store.engine.begin() as connection:
        drop_guards(connection)
        for table, column in tables():
            connection.execute(delete(table).where(column > len(rows)))
        for row in rows:
            values = {"recorded_at": row[1], "payload": row[6], "hash": row[7]}
            connection.execute(update(events).where(events.c.position == row[0]).values(values))
        at = to_microseconds(head.recorded_at)
        written = {"position": head.position, "hash": head.hash, "recorded_at": at}
        connection.execute(update(ledgers).values(written))


def tables() -> Iterator[tuple[Any, Any]]:
    yield events, events.c.position
    yield event_references, event_references.c.position
    yield commands, commands.c.first_position
