"""Does a proof of one line show that line, to somebody who sees no other and does not trust us?"""

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from sqlalchemy import update
from tests.application.care import effort
from tests.evidence.small import Stored
from tests.owner import drop_guards

from rekenschap.application import Broken, Incorrect, Rekenschap
from rekenschap.application.bewijs import position_of
from rekenschap.application.bewijsstukken import line_fields
from rekenschap.infrastructure.evidence import verify as standalone
from rekenschap.infrastructure.evidence.merkle import is_consistent, is_included
from rekenschap.infrastructure.store.schema import events


def checked(text: str, *kept: Any) -> str:
    return standalone.check_proof(text.encode(), [standalone.checkpoint(one.tekst) for one in kept])


def test_every_line_has_a_proof_to_every_checkpoint_after_it(
    in_memory: tuple[Rekenschap, Stored],
) -> None:
    ledger, stored = in_memory
    for punt in stored.kept[1:]:
        for position in range(1, punt.omvang + 1):
            proof = ledger.insluitingsbewijs(positie=position, controlepunt=punt)

            assert proof.regel.hash == stored.rows[position - 1][7]
            assert is_included(proof.regel.hash, position - 1, punt.omvang, proof.pad, punt.wortel)
            assert f"regel {position} (" in checked(proof.tekst, punt)


def test_every_two_checkpoints_hang_together(in_memory: tuple[Rekenschap, Stored]) -> None:
    ledger, stored = in_memory
    for later in stored.kept:
        for earlier in stored.kept[: later.omvang + 1]:
            proof = ledger.samenhangsbewijs(earlier, later)

            roots = (earlier.omvang, earlier.wortel, later.omvang, later.wortel)
            assert is_consistent(*roots, proof.pad)
            assert "begint met alles" in checked(proof.tekst, earlier, later)


def test_a_proof_on_either_store_verifies_and_goes_to_now_unless_told(ledger: Rekenschap) -> None:
    kept = ledger.controlepunt()
    answer = ledger.execute(effort("W1", 15))

    proof = ledger.insluitingsbewijs(beslissing=answer.beslissing)

    assert proof.regel.positie == answer.positie == 14
    assert proof.controlepunt == ledger.controlepunt()
    checked(proof.tekst, proof.controlepunt)
    joined = ledger.samenhangsbewijs(kept)
    assert (joined.van, joined.tot) == (kept, proof.controlepunt)
    checked(joined.tekst, kept, proof.controlepunt)


def test_the_document_holds_the_line_as_it_is_stored(in_memory: tuple[Rekenschap, Stored]) -> None:
    ledger, stored = in_memory

    document = json.loads(ledger.insluitingsbewijs(positie=6).tekst)

    line = document["regel"]
    assert bytes(line["payload"], "utf-8") == stored.rows[5][6]
    assert (line["position"], line["recorded_at"]) == stored.rows[5][:2]
    assert document["vorige_hash"] == stored.rows[4][7].hex()
    assert document["controlepunt"] == stored.kept[-1].tekst


def test_bytes_that_are_no_text_go_as_base64() -> None:
    fields = line_fields(1, 2, 3, 4, "s", "n", b"\xff\x00", bytes(32))

    assert fields["payload_base64"] == "/wA="
    assert "payload" not in fields
    assert standalone.payload_of(fields) == b"\xff\x00"


def test_text_that_goes_as_base64_is_another_spelling_and_does_not_pass() -> None:
    fields = line_fields(1, 2, 3, 4, "s", "n", b"{}", bytes(32))
    del fields["payload"]

    for text in ("e30=", "/wB=", "/w A=", "?"):
        with pytest.raises(ValueError, match=r"base64|padding|Non-base64|haracter"):
            standalone.payload_of(fields | {"payload_base64": text})


@pytest.mark.parametrize("positie", [0, -1, 14, 2**70, True, "3", 2.0])
def test_a_line_that_is_not_there_is_incorrect(ledger: Rekenschap, positie: Any) -> None:
    assert ledger.insluitingsbewijs(positie=13).regel.positie == 13

    with pytest.raises(Incorrect, match="positie"):
        ledger.insluitingsbewijs(positie=positie)


@pytest.mark.parametrize(
    "beslissing",
    ["duindam/0", "duindam/014", "duindam/x", "ander/3", "3", "", "duindam/٣", "duindam/3/"],
)
def test_a_reference_of_no_decision_here_is_incorrect(
    in_memory: tuple[Rekenschap, Stored], beslissing: str
) -> None:
    assert position_of("duindam", "duindam/3") == 3

    with pytest.raises(Incorrect, match="beslissing"):
        in_memory[0].insluitingsbewijs(beslissing=beslissing)


def test_exactly_one_line_is_asked_for(in_memory: tuple[Rekenschap, Stored]) -> None:
    ledger, _ = in_memory
    for asked in ({}, {"positie": 3, "beslissing": "duindam/3"}):
        with pytest.raises(Incorrect, match="either a positie or a beslissing"):
            ledger.insluitingsbewijs(**asked)  # type: ignore[arg-type]


def test_a_checkpoint_from_before_the_line_cannot_prove_it(
    in_memory: tuple[Rekenschap, Stored],
) -> None:
    ledger, stored = in_memory

    ledger.insluitingsbewijs(positie=5, controlepunt=stored.kept[5])
    with pytest.raises(Incorrect, match="a position from 1 to 4"):
        ledger.insluitingsbewijs(positie=5, controlepunt=stored.kept[4])


def test_the_later_checkpoint_comes_second(in_memory: tuple[Rekenschap, Stored]) -> None:
    ledger, stored = in_memory

    with pytest.raises(Incorrect, match="at most 4 lines"):
        ledger.samenhangsbewijs(stored.kept[5], stored.kept[4])


def test_no_proof_is_given_of_a_line_that_was_changed(ledger: Rekenschap) -> None:
    kept = ledger.controlepunt()
    _changed(ledger, 6, {"payload": b"{}"})

    with pytest.raises(Broken, match="position 6"):
        ledger.insluitingsbewijs(positie=6, controlepunt=kept)
    assert checked(ledger.insluitingsbewijs(positie=9, controlepunt=kept).tekst, kept)


@pytest.mark.parametrize("position", [1, 5, 6, 12, 13])
def test_no_proof_is_given_over_a_hash_that_was_changed(ledger: Rekenschap, position: int) -> None:
    kept = [ledger.controlepunt(omvang=5), ledger.controlepunt()]
    _changed(ledger, position, {"hash": bytes(32)})

    for ask in (
        lambda: ledger.insluitingsbewijs(positie=6, controlepunt=kept[1]),
        lambda: ledger.samenhangsbewijs(*kept) if position != 5 else ledger.verify(),
    ):
        with pytest.raises(Broken, match=f"position {position}"):
            ask()


def test_no_proof_is_given_to_a_checkpoint_that_the_log_does_not_reach(
    ledger: Rekenschap,
) -> None:
    further = evolve(ledger.controlepunt(), omvang=20)

    with pytest.raises(Broken, match="position 14: the log ends after 13 lines"):
        ledger.insluitingsbewijs(positie=3, controlepunt=further)
    with pytest.raises(Broken, match="position 14"):
        ledger.samenhangsbewijs(further)


def test_checkpoints_that_need_no_path_are_held_against_the_log_all_the_same(
    in_memory: tuple[Rekenschap, Stored],
) -> None:
    ledger, stored = in_memory
    forged = evolve(stored.kept[9], wortel=bytes(32))

    for van in (stored.kept[0], forged):
        with pytest.raises(Broken, match="one of the positions 1 to 9"):
            ledger.samenhangsbewijs(van, forged)


@pytest.mark.parametrize("given", ["kept.txt", None, 7, [None], ["rekenschap/"], b"x"])
def test_what_is_no_checkpoint_is_incorrect(
    in_memory: tuple[Rekenschap, Stored], given: Any, tmp_path: Path
) -> None:
    ledger, stored = in_memory
    asks: dict[str, Any] = {
        "tegen": lambda: ledger.verify(tegen=given),
        "van": lambda: ledger.samenhangsbewijs(given),
        "controlepunten": lambda: ledger.exporteer(tmp_path / "uit", controlepunten=given),
    }
    if given is not None:
        asks["controlepunt"] = lambda: ledger.insluitingsbewijs(positie=3, controlepunt=given)
        asks["tot"] = lambda: ledger.samenhangsbewijs(stored.kept[3], given)

    for field, ask in asks.items():
        with pytest.raises(Incorrect, match=f"^{field}: "):
            ask()
    assert list(tmp_path.iterdir()) == []


def test_a_proof_holds_only_against_a_checkpoint_that_was_kept(
    in_memory: tuple[Rekenschap, Stored],
) -> None:
    ledger, stored = in_memory
    proof = ledger.insluitingsbewijs(positie=6, controlepunt=stored.kept[9])

    assert checked(proof.tekst, *stored.kept)
    with pytest.raises(standalone.Wrong, match="niet een dat u bewaard hebt"):
        checked(proof.tekst, stored.kept[8], stored.kept[10])


def _changed(ledger: Rekenschap, position: int, values: dict[str, Any]) -> None:
    store: Any = ledger._store
    with store.engine.begin() as connection:
        drop_guards(connection)
        connection.execute(update(events).where(events.c.position == position).values(values))
