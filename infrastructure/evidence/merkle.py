"""A Merkle tree over leaves that come one by one, hashed as RFC 6962 (section 2.1) does.

A leaf is hashed behind a byte 0x00 and a node behind 0x01, so that no node passes for a leaf. The
tree of n leaves splits at the largest power of two below n. Nothing here keeps the leaves: a tree
of any size is its peaks, the roots of its full subtrees, of which there are at most one per bit of
its size. Positions in the log are numbered from 1; here leaves are numbered from 0.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final

EMPTY_ROOT: Final = sha256(b"").digest()

Stretch = tuple[int, int]
"""Leaves from the first up to, and without, the second."""


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows at its end, in constant memory."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """One leaf more; every pair of full subtrees of one size becomes the next size."""
        node, size = sha256(b"\x00" + leaf).digest(), self.size
        peaks = self._peaks
        while size & 1:
            node = sha256(b"\x01" + peaks.pop() + node).digest()
            size >>= 1
        peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The root of what was added up to now."""
        if not self._peaks:
            return EMPTY_ROOT
        *rest, root = self._peaks
        for peak in reversed(rest):
            root = node_hash(peak, root)
        return root


def split(size: int) -> int:
    """The largest power of two below ``size``, which is at least 2."""
    return 1 << (size - 1).bit_length() - 1


def roots(leaves: Iterable[bytes], stretches: Sequence[Stretch]) -> list[bytes]:
    """The root of each stretch of leaves, from one reading; stretches may not overlap.

    A stretch of a proof is a subtree, so its root is the tree of its leaves alone. Raises
    ValueError when the leaves end before the last stretch does.
    """
    trees = [Tree() for _ in stretches]
    order = sorted(range(len(stretches)), key=stretches.__getitem__)
    at = 0
    for number, leaf in enumerate(leaves):
        while at < len(order) and number >= stretches[order[at]][1]:
            at += 1
        if at == len(order):
            break
        if number >= stretches[order[at]][0]:
            trees[order[at]].add(leaf)
    for tree, (first, end) in zip(trees, stretches, strict=True):
        if tree.size != end - first:
            raise ValueError(f"there are no leaves from {first} up to {end}")
    return [tree.root() for tree in trees]


def inclusion_stretches(index: int, size: int) -> list[Stretch]:
    """The subtrees beside the way from a leaf up to the root: PATH(m, D[n]) of RFC 6962."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    found: list[Stretch] = []
    first, end = 0, size
    while end - first > 1:
        middle = first + split(end - first)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first = middle
    return found[::-1]


def consistency_stretches(smaller: int, size: int) -> list[Stretch]:
    """The subtrees that make both the smaller tree and the larger: PROOF(m, D[n]) of RFC 6962."""
    if not 0 <= smaller <= size:
        raise ValueError(f"a tree of {size} leaves never had {smaller}")
    if smaller in (0, size):
        return []
    found: list[Stretch] = []
    first, end, whole = 0, size, True
    while end != smaller:
        middle = first + split(end - first)
        if smaller <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first, whole = middle, False
    if not whole:
        found.append((first, end))
    return found[::-1]


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from this leaf, at this index, to this root of that many leaves."""
    if not 0 <= index < size:
        return False
    node, last, rest = leaf_hash(leaf), size - 1, list(path)
    while last:
        if index & 1 or index < last:
            if not rest:
                return False
            beside = rest.pop(0)
            node = node_hash(beside, node) if index & 1 else node_hash(node, beside)
        index, last = index >> 1, last >> 1
    return not rest and node == root


def is_consistent(
    smaller: int, old_root: bytes, size: int, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether the tree of ``size`` leaves begins with the tree of ``smaller`` leaves."""
    if smaller == 0:
        return size >= 0 and not path and old_root == EMPTY_ROOT
    if smaller == size:
        return not path and old_root == new_root
    if not 0 < smaller < size:
        return False
    index, last, rest = smaller - 1, size - 1, list(path)
    while index & 1:  # up to where the smaller tree is a full subtree of the larger one
        index, last = index >> 1, last >> 1
    if index and not rest:
        return False
    old = new = rest.pop(0) if index else old_root
    while last:
        if index & 1 or index < last:
            if not rest:
                return False
            beside = rest.pop(0)
            new = node_hash(beside, new) if index & 1 else node_hash(new, beside)
            old = node_hash(beside, old) if index & 1 else old
        index, last = index >> 1, last >> 1
    return not rest and old == old_root and new == new_root
