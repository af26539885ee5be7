"""What is recorded is read back the same: every fact, every kind of value, whatever the clock."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import attrs
import pytest
from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.codec.samples import full, full_fact, sparse
from tests.codec.strategies import FACTS, entries, stored, words

from rekenschap.application.ports import Entry
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.facts import Feit, InzetGeregistreerd, ToewijzingAfgegeven, Verlengd
from rekenschap.domain.identifiers import RegelingTekst
from rekenschap.domain.values import as_date, as_moment
from rekenschap.infrastructure.canonical import dumps
from rekenschap.infrastructure.codec import JsonCodec, decode, encode
from rekenschap.infrastructure.values import tagged, untagged

EVERY_FACT = pytest.mark.parametrize("cls", FACTS, ids=lambda cls: cls.naam)


def same(entry: Entry) -> None:
    """Read back equal, and written again to the same bytes."""
    new = encode(entry)
    read = decode(stored(new))
    assert read.feit == entry.feit
    assert type(read.feit) is type(entry.feit)
    assert read.beslissing == entry.beslissing
    assert (read.melder, read.opdracht, read.referentie) == (
        entry.melder,
        entry.opdracht,
        entry.referentie,
    )
    again = attrs.evolve(entry, feit=read.feit, beslissing=read.beslissing, melder=read.melder)
    assert encode(again).payload == new.payload


@EVERY_FACT
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_every_fact_is_read_back_as_it_was(cls: type[Feit], data: st.DataObject) -> None:
    same(data.draw(entries(cls)))


@EVERY_FACT
def test_a_fact_with_everything_and_one_with_nothing_are_read_back(cls: type[Feit]) -> None:
    same(full(cls))
    same(sparse(cls))


@EVERY_FACT
def test_the_bytes_are_the_one_spelling(cls: type[Feit]) -> None:
    payload = encode(full(cls)).payload
    spelled = json.dumps(
        json.loads(payload), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert spelled.encode() == payload


@EVERY_FACT
def test_validators_that_are_switched_off_change_nothing(cls: type[Feit]) -> None:
    new = encode(full(cls))
    attrs.validators.set_disabled(True)
    try:
        assert encode(full(cls)) == new
        assert encode(attrs.evolve(full(cls), feit=decode(stored(new)).feit)) == new
    finally:
        attrs.validators.set_disabled(False)


def test_a_payload_says_nothing_of_modules_or_classes() -> None:
    for cls in FACTS:
        text = encode(full(cls)).payload.decode()
        assert "rekenschap.domain" not in text
        assert cls.__name__ not in text


def granted(**values: object) -> ToewijzingAfgegeven:
    fact: ToewijzingAfgegeven = attrs.evolve(full_fact(ToewijzingAfgegeven), **values)
    return fact


def test_absent_none_and_a_value_stay_three_things() -> None:
    for value, key in ((AFWEZIG, False), (None, True), ("V-1", True)):
        new = encode(attrs.evolve(full(ToewijzingAfgegeven), feit=granted(verwijzing=value)))
        assert ("verwijzing" in json.loads(new.payload)["feit"]) is key
        read = decode(stored(new)).feit
        assert isinstance(read, ToewijzingAfgegeven)
        assert read.verwijzing is value if value is not None and not key else True
        assert read.verwijzing == value
        assert type(read.verwijzing) is type(value)


def test_a_kenmerk_that_is_none_is_not_one_that_is_absent() -> None:
    told = granted(vastgesteld={"variant": None})
    read = decode(stored(encode(attrs.evolve(full(ToewijzingAfgegeven), feit=told)))).feit
    assert read.lees("variant") is None
    assert read.lees("big") is AFWEZIG


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("0.000", "0"),
        ("0E+5", "0"),
        ("1.500", "1.5"),
        ("1E+3", "1000"),
        ("1E-6", "0.000001"),
        ("-12.340", "-12.34"),
        ("999999999999.999999", "999999999999.999999"),
        ("73048999999999926.951", "73048999999999926.951"),
        ("9" * 28, "9" * 28),
    ],
)
def test_a_decimal_has_one_spelling(number: str, text: str) -> None:
    assert tagged(Decimal(number)) == {"getal": text}
    assert untagged({"getal": text}) == Decimal(number)


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+28", "1E-29"])
def test_a_number_that_could_not_be_read_back_is_not_written(number: str) -> None:
    with pytest.raises(ValueError, match="a decimal"):
        tagged(Decimal(number))


@pytest.mark.parametrize("value", [1.5, float("nan"), object(), {1}, b"bytes", [1]])
def test_what_is_no_value_is_not_written(value: object) -> None:
    with pytest.raises(ValueError, match="does not belong in an event"):
        tagged(value)


def test_text_in_a_kenmerk_is_a_word_and_never_a_sentence() -> None:
    said = granted(vastgesteld={"aanleiding": "moeder is ziek"})
    with pytest.raises(ValueError, match="expected a word"):
        encode(attrs.evolve(full(ToewijzingAfgegeven), feit=said))


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_moment_is_spelled_with_four_digits_of_year_and_six_of_a_second(
    moment: datetime,
) -> None:
    text = tagged(moment)["tijdstip"]
    assert len(text) == 27
    assert untagged({"tijdstip": text}) == moment


def test_a_moment_with_an_offset_is_stored_in_utc() -> None:
    summer = datetime(2025, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    assert tagged(summer) == {"tijdstip": "2025-07-01T10:00:00.000000Z"}


def test_a_moment_without_a_time_zone_is_not_written() -> None:
    with pytest.raises(ValueError, match="time zone"):
        tagged(datetime(2025, 7, 1, 12))  # noqa: DTZ001


@pytest.mark.parametrize(
    "now", ["1900-01-01", "2024-02-29 23:59:59", "2025-03-30 01:30", "2199-12-31 23:59:59.999999"]
)
def test_a_frozen_clock_at_the_edge_changes_nothing(now: str) -> None:
    with freeze_time(now):
        day = as_date("datum", date.today())  # noqa: DTZ011
        moment = as_moment("tijdstip", datetime.now(UTC))
        fact = granted(datum=day, einddatum=date.today(), vastgesteld={"op": moment})  # noqa: DTZ011
        new = encode(attrs.evolve(full(ToewijzingAfgegeven), feit=fact))
        read = decode(stored(new)).feit
        assert read == fact
    assert decode(stored(new)).feit == fact
    assert read.datum == day
    for found in (read.datum, read.vastgesteld["op"]):  # type: ignore[attr-defined]
        assert type(found) in (date, datetime)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_text_of_a_regeling_may_hold_any_character(text: str) -> None:
    entry = full(next(cls for cls in FACTS if cls.naam == "regeling-ingevoerd"))
    fact = attrs.evolve(entry.feit, tekst=RegelingTekst(text))
    same(attrs.evolve(entry, feit=fact))


@given(st.dictionaries(words(), st.integers() | words(), max_size=6))
def test_the_order_in_which_kenmerken_were_given_does_not_matter(told: dict[str, object]) -> None:
    backwards = dict(reversed(told.items()))
    one, other = (
        encode(attrs.evolve(full(Verlengd), feit=attrs.evolve(full_fact(Verlengd), vastgesteld=v)))
        for v in (told, backwards)
    )
    assert one == other


def test_the_references_are_the_stream_what_is_touched_and_the_name_each_once() -> None:
    entry = attrs.evolve(full(InzetGeregistreerd), raakt=("jeugdige/1", "jeugdige/1"))
    new = encode(entry)
    assert new.stream == entry.feit.stroom
    assert new.references == (
        entry.feit.stroom,
        *entry.feit.verwijzingen_naar,
        "jeugdige/1",
        "referentie/stap-1",
    )


def test_the_content_of_a_command_tells_absent_values_and_kinds_apart() -> None:
    codec = JsonCodec()
    told = [{"a": None}, {"a": 1}, {"a": True}, {"a": "1"}, {"a": Decimal(1)}, {}, {"a": ()}]
    assert len({codec.content(values) for values in told}) == len(told)
    assert codec.content({"a": 1, "b": (2,)}) == codec.content({"b": [2], "a": 1})


def test_the_json_has_no_white_space_and_keeps_its_characters() -> None:
    assert dumps({"b": [1, "é"], "a": None}) == '{"a":null,"b":[1,"é"]}'.encode()
