"""Is the tree that of RFC 6962, and does a proof show what it says and nothing else?"""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rekenschap.infrastructure.evidence.merkle import (
    EMPTY_ROOT,
    Tree,
    consistency_stretches,
    inclusion_stretches,
    is_consistent,
    is_included,
    roots,
)

LARGEST = 130
LEAVES = [sha256(b"%d" % number).digest() for number in range(LARGEST)]

# The eight leaves that the test vectors of Certificate Transparency use, and the root of each of
# the trees of the first 1 to 8 of them.
KNOWN_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
KNOWN_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = naive_split(len(leaves))
    return sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def naive_split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def naive_path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962, word for word."""
    if len(leaves) == 1:
        return []
    k = naive_split(len(leaves))
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def naive_proof(m: int, leaves: list[bytes]) -> list[bytes]:
    """PROOF of RFC 6962, word for word."""
    return naive_subproof(m, leaves, True)


def naive_subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if whole else [naive_root(leaves)]
    k = naive_split(len(leaves))
    if m <= k:
        return [*naive_subproof(m, leaves[:k], whole), naive_root(leaves[k:])]
    return [*naive_subproof(m - k, leaves[k:], False), naive_root(leaves[:k])]


ROOTS = [naive_root(LEAVES[:size]) for size in range(LARGEST + 1)]


def flipped(value: bytes, bit: int) -> bytes:
    return (int.from_bytes(value) ^ (1 << bit)).to_bytes(len(value))


def test_the_roots_are_those_everybody_knows() -> None:
    tree = Tree()
    assert tree.root() == EMPTY_ROOT == sha256(b"").digest()
    for leaf, root in zip(KNOWN_LEAVES, KNOWN_ROOTS, strict=True):
        tree.add(leaf)
        assert tree.root().hex() == root


def test_a_tree_that_grows_has_the_root_of_every_size_on_the_way() -> None:
    tree = Tree()
    for size, leaf in enumerate(LEAVES):
        assert tree.root() == ROOTS[size]
        tree.add(leaf)
    assert (tree.size, tree.root()) == (LARGEST, ROOTS[LARGEST])


def test_a_tree_keeps_no_more_than_one_hash_per_bit_of_its_size() -> None:
    tree = Tree()
    for number in range(70_000):
        tree.add(b"%d" % number)
        assert len(tree._peaks) == tree.size.bit_count()


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_every_leaf_has_the_path_of_the_rfc_and_it_verifies(size: int) -> None:
    for index in range(size):
        path = roots(LEAVES[:size], inclusion_stretches(index, size))

        assert path == naive_path(index, LEAVES[:size])
        assert is_included(LEAVES[index], index, size, path, ROOTS[size])


@pytest.mark.parametrize("size", range(LARGEST + 1))
def test_every_smaller_tree_has_the_proof_of_the_rfc_and_it_verifies(size: int) -> None:
    for smaller in range(size + 1):
        path = roots(LEAVES[:size], consistency_stretches(smaller, size))

        assert path == (naive_proof(smaller, LEAVES[:size]) if smaller else [])
        assert is_consistent(smaller, ROOTS[smaller], size, ROOTS[size], path)


@st.composite
def inclusions(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(st.integers(1, LARGEST))
    return draw(st.integers(0, size - 1)), size


@given(inclusions(), st.data())
@settings(max_examples=300)
def test_a_path_proves_no_other_leaf_index_size_or_root(
    asked: tuple[int, int], data: st.DataObject
) -> None:
    index, size = asked
    path = naive_path(index, LEAVES[:size])
    leaf, root = LEAVES[index], ROOTS[size]
    other = data.draw(st.integers(-1, LARGEST).filter(lambda one: one != index))
    bit = data.draw(st.integers(0, 255))

    assert not is_included(leaf, other, size, path, root)
    assert not is_included(flipped(leaf, bit), index, size, path, root)
    assert not is_included(leaf, index, size, path, flipped(root, bit))
    assert not is_included(leaf, index, size, [*path, root], root)
    for at in range(len(path)):
        changed = [*path[:at], flipped(path[at], bit), *path[at + 1 :]]
        assert not is_included(leaf, index, size, changed, root)
        assert not is_included(leaf, index, size, path[:at] + path[at + 1 :], root)


def test_a_node_does_not_pass_for_a_leaf() -> None:
    inner = naive_root(LEAVES[:1]) + naive_root(LEAVES[1:2])

    assert not is_included(inner, 0, 1, [], ROOTS[2])
    assert not is_included(inner, 0, 2, [naive_root(LEAVES[2:4])], ROOTS[4])


@st.composite
def consistencies(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(st.integers(2, LARGEST))
    return draw(st.integers(1, size - 1)), size


@given(consistencies(), st.data())
@settings(max_examples=300)
def test_a_proof_joins_no_other_trees(asked: tuple[int, int], data: st.DataObject) -> None:
    smaller, size = asked
    path = naive_proof(smaller, LEAVES[:size])
    old, new = ROOTS[smaller], ROOTS[size]
    bit = data.draw(st.integers(0, 255))
    forked = naive_root([*LEAVES[: smaller - 1], b"another", *LEAVES[smaller:size]])

    assert not is_consistent(smaller, flipped(old, bit), size, new, path)
    assert not is_consistent(smaller, old, size, flipped(new, bit), path)
    assert not is_consistent(smaller, old, size, forked, path)
    assert not is_consistent(smaller, old, size, new, [*path, new])
    for at in range(len(path)):
        changed = [*path[:at], flipped(path[at], bit), *path[at + 1 :]]
        assert not is_consistent(smaller, old, size, new, changed)
        assert not is_consistent(smaller, old, size, new, path[:at] + path[at + 1 :])


@pytest.mark.parametrize(("smaller", "size"), [(-1, 3), (4, 3), (3, -1)])
def test_sizes_that_cannot_be_are_no_proof(smaller: int, size: int) -> None:
    assert not is_consistent(smaller, ROOTS[3], size, ROOTS[3], [])
    with pytest.raises(ValueError, match="never had"):
        consistency_stretches(smaller, size)


def test_the_empty_tree_is_the_beginning_of_every_tree_and_nothing_else_is() -> None:
    assert is_consistent(0, EMPTY_ROOT, 5, ROOTS[5], [])
    assert not is_consistent(0, ROOTS[1], 5, ROOTS[5], [])
    assert not is_consistent(0, EMPTY_ROOT, 5, ROOTS[5], [ROOTS[1]])


@pytest.mark.parametrize("index", [-1, 3, 4])
def test_a_leaf_that_is_not_there_has_no_path(index: int) -> None:
    with pytest.raises(ValueError, match="has no leaf"):
        inclusion_stretches(index, 3)


def test_a_tree_that_ends_too_soon_gives_no_roots() -> None:
    with pytest.raises(ValueError, match="no leaves from 2 up to 4"):
        roots(LEAVES[:3], [(0, 2), (2, 4)])
