"""Does the outline of a line say what the whole line says?"""

from collections.abc import Callable

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.codec.samples import full, sparse
from tests.codec.strategies import FACTS, entries, stored

from rekenschap.application.errors import Broken
from rekenschap.application.ports import Entry
from rekenschap.domain.facts import Feit
from rekenschap.infrastructure.codec import decode, encode
from rekenschap.infrastructure.outline import outline
from rekenschap.projections.omtrek import Omtrek

EVERY_FACT = pytest.mark.parametrize("cls", FACTS, ids=lambda cls: cls.naam)


def same(entry: Entry) -> None:
    new = encode(entry)
    line = stored(new)
    found = outline(line)
    assert found == Omtrek.van(decode(line))
    assert type(found.feit) is type(entry.feit)


@EVERY_FACT
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_the_outline_is_that_of_the_whole_line(cls: type[Feit], data: st.DataObject) -> None:
    same(data.draw(entries(cls)))


@EVERY_FACT
@pytest.mark.parametrize("made", [full, sparse])
def test_also_of_a_line_with_everything_and_with_nothing(
    cls: type[Feit], made: Callable[[type[Feit]], Entry]
) -> None:
    same(made(cls))


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{}",
        b"[1]",
        b'{"feit":{}}',
        b'{"feit":{},"oordeel":{"uitkomst":"misschien","oordelen":[],"gevolg":null,"bon":null}}',
        b'{"feit":{},"oordeel":{"uitkomst":"geweigerd","oordelen":[1],"gevolg":null,"bon":null}}',
        b'{"feit":{},"oordeel":{"uitkomst":"geweigerd","oordelen":[],"gevolg":{},"bon":null}}',
        b"\xff",
    ],
)
def test_a_line_that_cannot_be_read_is_broken_at_its_position(payload: bytes) -> None:
    line = attrs.evolve(stored(encode(full(FACTS[0]))), payload=payload)
    with pytest.raises(Broken) as caught:
        outline(line)
    assert caught.value.position == line.position
