"""Does the quick spelling of JSON give the bytes of the standard library, and read them back?"""

import json
from collections.abc import Callable
from enum import StrEnum
from types import NoneType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.codec.samples import full, sparse
from tests.codec.strategies import FACTS

from rekenschap.application.ports import Entry
from rekenschap.domain.facts import Feit
from rekenschap.infrastructure import codec
from rekenschap.infrastructure.canonical import NotCanonical, dumps, loads

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


def by_the_standard_library(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@given(VALUES)
def test_the_bytes_are_those_of_the_standard_library(value: Any) -> None:
    assert dumps(value) == by_the_standard_library(value)


@given(VALUES)
def test_what_is_written_is_read_back(value: Any) -> None:
    assert loads(dumps(value)) == value


@given(VALUES)
def test_another_spelling_of_the_same_is_read_too(value: Any) -> None:
    assert loads(json.dumps(value, indent=1).encode()) == value


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('{"a":1.5}', "1.5 is not whole"),
        ("1e3", "1e3 is not whole"),
        ("NaN", "NaN is not whole"),
        ("[-Infinity]", "-Infinity is not whole"),
        ('{"a":1,"a":2}', "'a' comes twice"),
        ('{"b":{"a":1,"a":1}}', "'a' comes twice"),
        (" 1", "Expecting value"),
        ("1 2", "something follows"),
        ("[1,]", "Expecting value"),
        ("[" * 100_000, "recursion"),
        ("", "Expecting value"),
        ("9" * 5000, "4300 digits"),
    ],
)
def test_what_is_no_json_of_ours_is_refused_by_what_is_wrong(text: str, wrong: str) -> None:
    with pytest.raises(NotCanonical, match=wrong):
        loads(text.encode())


@pytest.mark.parametrize("data", [b'"\xed\xa0\x80"', b"\xff", b'{"a":"\xc3"}'])
def test_what_is_not_utf8_is_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical, match="utf-8"):
        loads(data)


def kinds_in(value: Any) -> set[type]:
    """Every kind of value in what is about to be spelled."""
    if isinstance(value, dict):
        assert all(type(key) is str for key in value)
        return {dict}.union(*map(kinds_in, value.values()))
    if isinstance(value, list | tuple):
        return {type(value)}.union(*map(kinds_in, value))
    return {str} if isinstance(value, StrEnum) else {type(value)}


@pytest.mark.parametrize("cls", FACTS, ids=lambda cls: cls.naam)
@pytest.mark.parametrize("made", [full, sparse])
def test_the_codec_spells_nothing_but_what_there_is_one_spelling_of(
    cls: type[Feit], made: Callable[[type[Feit]], Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    spelled: list[Any] = []
    monkeypatch.setattr(codec, "dumps", lambda value: spelled.append(value) or b"{}")
    codec.encode(made(cls))
    assert kinds_in(spelled) <= {dict, list, tuple, str, int, bool, NoneType}


@pytest.mark.parametrize("value", [object(), {1: 2}, {"a": {2: 1}}])
def test_what_cannot_be_read_back_is_not_written(value: Any) -> None:
    with pytest.raises(TypeError):
        dumps(value)


def test_half_a_surrogate_pair_is_not_written() -> None:
    with pytest.raises(UnicodeEncodeError):
        dumps("\ud800")
