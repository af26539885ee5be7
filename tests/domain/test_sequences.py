"""A sequence that grows is read as any other, and what it was before stays what it was."""

import pytest

from rekenschap.domain.reeks import BLOK, Reeks

EDGES = (0, 1, BLOK - 1, BLOK, BLOK + 1, 2 * BLOK, 2 * BLOK + 1)


def grown(count: int) -> Reeks[int]:
    """The first so many numbers, one after the other."""
    found = Reeks[int]()
    for number in range(count):
        found = found.met(number)
    return found


@pytest.mark.parametrize("count", EDGES)
def test_it_reads_as_the_same_list(count: int) -> None:
    one, numbers = grown(count), list(range(count))
    assert list(one) == numbers
    assert len(one) == count
    assert [one[place] for place in range(-count, count)] == [*numbers, *numbers]
    assert list(one[1:-1]) == numbers[1:-1]
    for place in (count, -count - 1):
        with pytest.raises(IndexError):
            one[place]


@pytest.mark.parametrize("count", EDGES)
def test_however_it_came_about_it_is_the_same(count: int) -> None:
    assert grown(count) == Reeks.van(range(count)) == grown(count + 1)[:count]
    assert hash(grown(count)) == hash(Reeks.van(range(count)))
    assert grown(count) != grown(count + 1)


def test_two_that_go_on_from_the_same_one_do_not_meet() -> None:
    before = grown(BLOK - 1)
    one, other = before.met(-1), before.met(-2)
    assert (one[-1], other[-1], before[-1]) == (-1, -2, BLOK - 2)
    assert (len(before), len(one)) == (BLOK - 1, BLOK)


def test_a_longer_one_shares_what_was_there() -> None:
    """Growing copies no more than a block, however long it is."""
    before = grown(3 * BLOK)
    after = before.met(0)
    assert all(a is b for a, b in zip(after._blokken, before._blokken, strict=True))
    assert len(after._rest) == 1
