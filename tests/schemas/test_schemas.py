"""Do the published schemas say what the codec reads, for every event and version there ever was?"""

import copy
import json
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from tests.codec.malformed import in_a_class, in_an_entry, spoiled
from tests.codec.samples import full, sparse
from tests.codec.strategies import FACTS, entries
from tests.golden.write import HERE as GOLDEN
from tests.schemas.write import latest_shared

from rekenschap.domain.facts import REGISTER, Feit
from rekenschap.infrastructure import schemas
from rekenschap.infrastructure.codec import encode
from rekenschap.infrastructure.schemas import made

EVERY_FACT = pytest.mark.parametrize("cls", FACTS, ids=lambda cls: cls.naam)
PUBLISHED = schemas.published()
EVERY_VERSION = pytest.mark.parametrize(("name", "version"), PUBLISHED)
WRITE = "run python -m tests.schemas.write, and commit what it makes"


@cache
def validator(name: str, version: int) -> Draft202012Validator:
    schema = schemas.schema_of(name, version)
    checker = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator(schema, format_checker=checker)


def quick(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """Another reader of the same standard, for where there are thousands of wrong values."""
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def fits(name: str, version: int, payload: bytes) -> bool:
    return validator(name, version).is_valid(json.loads(payload))


def test_every_event_and_version_that_was_ever_written_has_a_schema() -> None:
    golden = {(path.parent.name, int(path.stem)) for path in GOLDEN.glob("*/*.json")}
    assert set(PUBLISHED) == golden, WRITE
    assert set(REGISTER) <= golden


@EVERY_VERSION
def test_a_schema_is_one_of_json_schema_2020_12(name: str, version: int) -> None:
    schema = schemas.schema_of(name, version)
    assert schema["$schema"] == made.DIALECT
    Draft202012Validator.check_schema(schema)
    Draft202012Validator.check_schema(schema["$defs"]["delen"])


@EVERY_FACT
def test_the_schema_of_today_is_the_one_that_was_published(cls: type[Feit]) -> None:
    text = schemas.path_of(cls.naam, cls.versie).read_text("utf-8")
    published = json.loads(text)
    today = made.without_words(made.event(cls))
    assert made.without_words(published) == today, "a changed shape is a new version of the event"
    assert published["description"]


def test_what_all_events_share_is_the_latest_edition() -> None:
    assert latest_shared() == made.shared(), WRITE


def test_a_later_edition_of_what_is_shared_only_adds() -> None:
    for earlier, later in zip(schemas.editions(), schemas.editions()[1:], strict=False):
        old, new = (
            json.loads(schemas.path_of(schemas.SHARED, one).read_text("utf-8"))["$defs"]
            for one in (earlier, later)
        )
        assert_only_adds(old, new)


def assert_only_adds(old: dict[str, Any], new: dict[str, Any]) -> None:
    """Whatever fitted fits still: no name gone, nothing more required, no kind of value other."""
    assert old.keys() <= new.keys()
    for name, schema in old.items():
        was, now = copy.deepcopy(schema), copy.deepcopy(new[name])
        if "enum" in was:
            assert set(was["enum"]) <= set(now["enum"]), name
        elif "properties" in was and "required" in was:
            assert was["required"] == now["required"], name
            kept = {k: v for k, v in now["properties"].items() if k in was["properties"]}
            assert kept == was["properties"], name
        else:
            assert was == now, name


def test_an_edition_that_takes_something_away_is_noticed() -> None:
    old = made.shared()["$defs"]
    for spoil in (
        lambda new: new.pop("Rol"),
        lambda new: new["Rol"]["enum"].pop(),
        lambda new: new["Bon"]["required"].append("lezingen"),
        lambda new: new["Bon"]["properties"].pop("lezingen"),
        lambda new: new["Code"].update(pattern="x"),
    ):
        new = copy.deepcopy(old)
        spoil(new)
        with pytest.raises(AssertionError):
            assert_only_adds(old, new)
    wider = copy.deepcopy(old)
    wider["Rol"]["enum"].append("rechter")
    wider["Bon"]["properties"]["later"] = {}
    assert_only_adds(old, wider)


def test_no_published_schema_was_changed_added_or_lost_without_its_hash() -> None:
    assert schemas.hashes() == schemas.sums(), WRITE


def test_an_event_or_version_without_a_schema_is_named() -> None:
    for name, version in (("zorg-begonnen", 1), ("zorg-gestart", 99), ("delen", 1)):
        with pytest.raises(KeyError, match=f"{name} version {version}"):
            schemas.schema_of(name, version)


@EVERY_VERSION
def test_the_golden_payload_fits(name: str, version: int) -> None:
    payload = json.loads((GOLDEN / name / f"{version}.json").read_bytes())
    assert [error.message for error in validator(name, version).iter_errors(payload)] == []


@EVERY_FACT
def test_the_fullest_and_the_emptiest_payload_fit(cls: type[Feit]) -> None:
    for entry in (full(cls), sparse(cls)):
        assert fits(cls.naam, cls.versie, encode(entry).payload)


@EVERY_FACT
def test_whatever_the_codec_writes_fits(cls: type[Feit]) -> None:
    @settings(max_examples=3, deadline=None)
    @given(entries(cls))
    def law(entry: Any) -> None:
        record = encode(entry)
        found = validator(cls.naam, cls.versie).iter_errors(json.loads(record.payload))
        assert [error.message for error in found] == []

    law()


@pytest.mark.parametrize(("name", "version"), PUBLISHED[::8])
def test_both_readers_of_the_schemas_say_the_same(name: str, version: int) -> None:
    payload = (GOLDEN / name / f"{version}.json").read_bytes()
    other = quick(schemas.schema_of(name, version))
    assert other.is_valid(json.loads(payload))
    for key in json.loads(payload)["feit"]:
        for value in (None, 1.5, "", [], {"x": 1}):
            wrong = spoiled(payload, ("feit", key), value)
            assert fits(name, version, wrong) == other.is_valid(json.loads(wrong)), (key, value)


@EVERY_FACT
def test_what_the_codec_refuses_in_a_fact_the_schema_refuses_as_far_as_one_can(
    cls: type[Feit],
) -> None:
    payload = encode(full(cls)).payload
    whole = schemas.schema_of(cls.naam, cls.versie)
    alone = {**whole["properties"]["feit"], "$id": whole["$id"], "$defs": whole["$defs"]}
    check = quick(alone)
    wrong = in_a_class(cls, json.loads(payload)["feit"], ("feit",))
    let_through = [
        (path, value)
        for path, value in wrong
        if not beyond_a_schema(path, value)
        and check.is_valid(json.loads(spoiled(payload, path, value))["feit"])
    ]
    assert let_through == []


def test_what_the_codec_refuses_around_a_fact_the_schema_refuses_as_well() -> None:
    cls = FACTS[0]
    payload = encode(full(cls)).payload
    check = quick(schemas.schema_of(cls.naam, cls.versie))
    around = [one for one in in_an_entry(cls, json.loads(payload)) if one[0][0] != "feit"]
    assert len(around) >= 300
    let_through = [
        (path, value)
        for path, value in around
        if not beyond_a_schema(path, value)
        and check.is_valid(json.loads(spoiled(payload, path, value)))
    ]
    assert let_through == []


def beyond_a_schema(path: tuple[str | int, ...], wrong: Any) -> bool:
    """What JSON Schema cannot tell: a float that is whole, what a fact in a fact may hold."""
    whole = isinstance(wrong, float) and wrong.is_integer()
    inside_a_fact = path[:2] == ("feit", "nieuw")
    day_zero = isinstance(wrong, str) and wrong.startswith("0000-")
    tagged = isinstance(wrong, dict) and wrong in ({"getal": "1", "datum": "2025-01-01"},)
    return whole or inside_a_fact or day_zero or tagged


@EVERY_VERSION
def test_a_payload_of_another_shape_does_not_fit(name: str, version: int) -> None:
    payload = json.loads((GOLDEN / name / f"{version}.json").read_bytes())
    check = validator(name, version)
    for part in (*payload, *(("feit", key) for key in payload["feit"])):
        spoilt = copy.deepcopy(payload)
        place, key = (spoilt, part) if isinstance(part, str) else (spoilt["feit"], part[1])
        place[key] = {"iets anders": 1.5}
        assert not check.is_valid(spoilt), part
    for place in ("feit", "oordeel", "melder"):
        spoilt = copy.deepcopy(payload)
        spoilt[place]["erbij"] = 1
        assert not check.is_valid(spoilt), place


def test_a_first_version_does_not_fit_the_second_and_the_other_way_round() -> None:
    for name in ("bezwaar-ingediend", "bezwaar-beslist"):
        for version, other in ((1, 2), (2, 1)):
            payload = (GOLDEN / name / f"{version}.json").read_bytes()
            assert fits(name, version, payload)
            assert not fits(name, other, payload)
