"""Bytes that are not exactly a payload of ours are never read: Broken, with the position."""

import json
from datetime import UTC, datetime

import pytest
from tests.codec.malformed import in_an_entry, raw, spoiled
from tests.codec.samples import full, sparse
from tests.codec.strategies import FACTS

from rekenschap.application.errors import Broken
from rekenschap.application.ports import StoredRecord
from rekenschap.domain.facts import Feit
from rekenschap.domain.upcasts import UPCASTS
from rekenschap.infrastructure.codec import decode, encode

POSITION = 4711
EVERY_FACT = pytest.mark.parametrize("cls", FACTS, ids=lambda cls: cls.naam)


def line(name: str, version: int, payload: bytes) -> StoredRecord:
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    return StoredRecord(POSITION, moment, "s", 1, name, version, payload, bytes(32))


def refused(name: str, version: int, payload: bytes) -> str:
    with pytest.raises(Broken) as caught:
        decode(line(name, version, payload))
    assert caught.value.position == POSITION
    assert str(caught.value).startswith(f"position {POSITION}: {name} version {version} cannot")
    return str(caught.value)


def position_of_the_error(record: StoredRecord) -> int | None:
    """Where reading it breaks; None when it is read."""
    try:
        decode(record)
    except Broken as error:
        return error.position
    return None


@EVERY_FACT
def test_five_hundred_ways_to_spoil_a_payload_are_all_refused(cls: type[Feit]) -> None:
    payload = encode(full(cls)).payload
    decode(line(cls.naam, cls.versie, payload))
    tried = set()
    for path, wrong in in_an_entry(cls, json.loads(payload)):
        bad = spoiled(payload, path, wrong)
        assert bad != payload, path
        assert position_of_the_error(line(cls.naam, cls.versie, bad)) == POSITION, (path, wrong)
        tried.add(bad)
    assert len(tried) >= 500


@EVERY_FACT
def test_bytes_that_are_no_payload_are_refused(cls: type[Feit]) -> None:
    payload = encode(full(cls)).payload
    for bad in raw(payload):
        assert bad != payload
        refused(cls.naam, cls.versie, bad)


@EVERY_FACT
def test_the_payload_of_one_fact_is_not_read_as_another(cls: type[Feit]) -> None:
    payload = encode(full(cls)).payload
    keys = json.loads(payload)["feit"].keys()
    for other in FACTS:
        needed = json.loads(encode(sparse(other)).payload)["feit"].keys()
        if not needed <= keys <= json.loads(encode(full(other)).payload)["feit"].keys():
            refused(other.naam, other.versie, payload)


@EVERY_FACT
def test_each_field_that_cannot_be_absent_must_be_there(cls: type[Feit]) -> None:
    payload = encode(sparse(cls)).payload
    decode(line(cls.naam, cls.versie, payload))
    for field in json.loads(payload)["feit"]:
        message = refused(cls.naam, cls.versie, _without(payload, field))
        assert field in message


def _without(payload: bytes, field: str) -> bytes:
    whole = json.loads(payload)
    del whole["feit"][field]
    return json.dumps(whole).encode()


@EVERY_FACT
def test_an_unknown_version_stops_loudly(cls: type[Feit]) -> None:
    for version in (0, cls.versie + 1, 99, -1):
        assert "unknown event" in refused(cls.naam, version, encode(full(cls)).payload)


@pytest.mark.parametrize("name", ["", "zorg-begonnen", "ZorgGestart", "rekenschap.domain", "os"])
def test_an_unknown_event_stops_loudly(name: str) -> None:
    assert "unknown event" in refused(name, 1, encode(full(FACTS[0])).payload)


def test_an_older_version_is_brought_up_to_date_on_read(monkeypatch: pytest.MonkeyPatch) -> None:
    cls = next(cls for cls in FACTS if cls.naam == "zorg-gestart")
    monkeypatch.setitem(
        UPCASTS, (cls.naam, 0), lambda fields: {**fields, "vastgesteld": {"oud": True}}
    )
    payload = _without(encode(full(cls)).payload, "vastgesteld")
    assert decode(line(cls.naam, 0, payload)).feit.lees("oud") is True
    assert "unknown event" in refused(cls.naam, -1, payload)


def test_a_word_that_was_read_before_does_not_open_the_door_for_its_likes() -> None:
    """What is known at sight is text: 1 is not '1', and a list is not its members."""
    cls = next(cls for cls in FACTS if cls.naam == "toewijzing-afgegeven")
    payload = encode(full(cls)).payload
    right = json.loads(payload)
    for _ in range(2):
        decode(line(cls.naam, 1, payload))
        for wrong in (1, True, [right["feit"]["product"]], {right["feit"]["product"]: 1}):
            refused(cls.naam, 1, spoiled(payload, ("feit", "product"), wrong))
            refused(cls.naam, 1, spoiled(payload, ("oordeel", "geslaagd", 0), wrong))
            refused(cls.naam, 1, spoiled(payload, ("oordeel", "niet_getoetst", 0, "regel"), wrong))
