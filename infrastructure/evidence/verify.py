#!/usr/bin/env python3
"""Controleert een export of een bewijs van een grootboek, zonder het programma dat hem maakte.

    python3 verify.py MAP        [--tegen CONTROLEPUNTEN]
    python3 verify.py BEWIJS.json [--tegen CONTROLEPUNTEN]

Standalone on purpose: one file, the standard library alone (Python 3.9 or later), and written apart
from the ledger's own code, so that one mistake is not made twice. The result is the exit status: 0
all holds, 1 it does not, 2 this cannot be checked. What is tested and what that shows is told in
LEESMIJ.txt beside an export.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

CHECKPOINT = re.compile(
    r"rekenschap/(?P<ledger>[0-9a-f]{32})\n(?P<size>0|[1-9][0-9]{0,17})\n"
    r"(?P<root>[A-Za-z0-9+/]{43}=)\nkop (?P<last>[0-9a-f]{64})\n"
    r"(?:moment (?P<moment>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6})Z\n)?"
)
FIELDS = {"hash", "name", "position", "recorded_at", "stream", "stream_version", "version"}
UTC = timezone.utc  # noqa: UP017 - datetime.UTC is of Python 3.11
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Wrong(Exception):
    """The evidence does not hold; ``position`` is the first one that is wrong, if known."""

    def __init__(self, reason: str, position: int | None = None) -> None:
        super().__init__(reason)
        self.position = position


class Unusable(Exception):
    """This is no export, proof or list of checkpoints."""


class Checkpoint(NamedTuple):
    """The first ``size`` lines of a ledger in one root; ``moment`` in microseconds since 1970."""

    ledger: str
    size: int
    root: bytes
    last: bytes
    moment: int | None


def checkpoint(text: str) -> Checkpoint:
    """The checkpoint in a text of one spelling. Raises ValueError."""
    found = CHECKPOINT.fullmatch(text)
    if found is None:
        raise ValueError("geen controlepunt")
    size, root, moment = int(found["size"]), base64.b64decode(found["root"]), found["moment"]
    if base64.b64encode(root).decode() != found["root"] or (moment is None) is (size > 0):
        raise ValueError("geen controlepunt")
    at = None
    if moment is not None:
        since = datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%f").replace(tzinfo=UTC)
        at = (since - EPOCH) // timedelta(microseconds=1)
    return Checkpoint(found["ledger"], size, root, bytes.fromhex(found["last"]), at)


def checkpoints(text: str) -> list[Checkpoint]:
    """All in a text, with an empty line between two of them. Raises ValueError."""
    if not text.endswith("\n"):
        raise ValueError("afgebroken")
    return [checkpoint(one + "\n") for one in text[:-1].split("\n\n")]


# The chain: each line is hashed behind the hash of the line before it.


def first_hash(ledger: str) -> bytes:
    return hashlib.sha256(("rekenschap/grootboek/1:" + ledger).encode()).digest()


def payload_of(line: dict[str, Any]) -> bytes:
    """The stored bytes. Raises ValueError unless they are there once, in one spelling."""
    if FIELDS | {"payload"} == set(line):
        return bytes(line["payload"], "utf-8")
    if FIELDS | {"payload_base64"} != set(line):
        raise ValueError("er ontbreekt een veld, of er is er een te veel")
    content = base64.b64decode(line["payload_base64"], validate=True)
    if base64.b64encode(content).decode() != line["payload_base64"]:
        raise ValueError("base64 in een andere schrijfwijze")
    try:
        content.decode()
    except UnicodeDecodeError:
        return content
    raise ValueError("base64 waar tekst hoort")


def line_hash(previous: bytes, line: dict[str, Any]) -> bytes:
    """SHA-256 over the line before, seven numbers, and the three parts. Raises ValueError."""
    name, stream = bytes(line["name"], "utf-8"), bytes(line["stream"], "utf-8")
    payload = payload_of(line)
    numbers = [line[key] for key in ("position", "recorded_at", "version", "stream_version")]
    if any(type(one) is not int for one in numbers):
        raise ValueError("een getal is geen getal")
    leaf = hashlib.sha256(previous)
    for one in (*numbers, len(name), len(stream), len(payload)):
        leaf.update(one.to_bytes(8, "big", signed=True))
    for part in (name, stream, payload):
        leaf.update(part)
    if leaf.hexdigest() != line["hash"]:
        raise ValueError("de hash past niet bij deze regel")
    return leaf.digest()


# The tree of RFC 6962 over the hashes of the lines.


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """Full subtrees by their height, the smallest last: all that a growing tree needs."""

    def __init__(self) -> None:
        self.full: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> None:
        self.full.append((0, leaf_hash(leaf)))
        while len(self.full) > 1 and self.full[-1][0] == self.full[-2][0]:
            (height, left), (_, right) = self.full[-2:]
            self.full[-2:] = [(height + 1, node_hash(left, right))]

    def root(self) -> bytes:
        if not self.full:
            return hashlib.sha256(b"").digest()
        root = self.full[-1][1]
        for _, left in self.full[-2::-1]:
            root = node_hash(left, root)
        return root


def left_part(size: int) -> int:
    """The largest power of two below ``size``."""
    part = 1
    while part * 2 < size:
        part *= 2
    return part


def root_by_path(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes:
    """Where a path leads to from one leaf of a tree. Raises ValueError."""
    if size == 1:
        if path:
            raise ValueError("het pad is te lang")
        return leaf_hash(leaf)
    if not path:
        raise ValueError("het pad is te kort")
    left = left_part(size)
    if index < left:
        return node_hash(root_by_path(index, left, leaf, path[:-1]), path[-1])
    return node_hash(path[-1], root_by_path(index - left, size - left, leaf, path[:-1]))


def roots_by_path(
    old: int, size: int, path: Sequence[bytes], whole: bytes | None
) -> tuple[bytes, bytes]:
    """The roots of the first ``old`` leaves and of all that a path makes. Raises ValueError.

    ``whole`` is the root of the old tree as long as all of it lies in this subtree.
    """
    if old == size:
        if len(path) != (0 if whole else 1):
            raise ValueError("het pad heeft een andere lengte")
        root = whole or path[0]
        return root, root
    if not path:
        raise ValueError("het pad is te kort")
    left = left_part(size)
    if old <= left:
        first, last = roots_by_path(old, left, path[:-1], whole)
        return first, node_hash(last, path[-1])
    first, last = roots_by_path(old - left, size - left, path[:-1], None)
    return node_hash(path[-1], first), node_hash(path[-1], last)


# What is checked.


def parsed(text: bytes, indent: int | None = None) -> dict[str, Any]:
    """JSON in its one spelling, so that no change to the file goes unseen. Raises ValueError."""
    found = json.loads(text.decode())
    between = (",", ": ") if indent else (",", ":")
    spelled = json.dumps(
        found, ensure_ascii=False, indent=indent, separators=between, sort_keys=True
    )
    if not isinstance(found, dict) or (spelled + "\n").encode() != text:
        raise ValueError("niet geschreven zoals het hoort")
    return found


def check_log(lines: Iterable[bytes], ledger: str, kept: Sequence[Checkpoint]) -> int:
    """All lines of a log, against checkpoints; how many there are. Raises Wrong."""
    waiting = sorted(kept, key=lambda one: one.size, reverse=True)
    tree, previous, moment = Tree(), first_hash(ledger), None
    count = confirmed = reach(waiting, 0, tree, previous, moment, 0)
    for line in lines:
        try:
            fields = parsed(line)
            if fields.get("position") != count + 1:
                raise ValueError(f"hier staat positie {fields.get('position')}")
            previous = line_hash(previous, fields)
            if moment is not None and fields["recorded_at"] <= moment:
                raise ValueError("niet later vastgelegd dan de regel ervoor")
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
            raise Wrong(str(error), count + 1) from error
        moment, count = fields["recorded_at"], count + 1
        tree.add(previous)
        confirmed = reach(waiting, count, tree, previous, moment, confirmed)
    if waiting:
        told = f"het log houdt op, en er is een controlepunt van {waiting[0].size} regels"
        raise Wrong(told, count + 1)
    return count


def reach(
    waiting: list[Checkpoint],
    size: int,
    tree: Tree,
    last: bytes,
    moment: int | None,
    confirmed: int,
) -> int:
    """Holds the lines up to here against the checkpoints of this size; up to where all is well."""
    while waiting and waiting[-1].size == size:
        kept = waiting.pop()
        if kept.root != tree.root():
            told = f"dit is niet het log van het controlepunt van {size} regels; het verschil "
            told += f"begint op een van de posities {confirmed + 1} tot en met {size}"
            raise Wrong(told, confirmed + 1)
        if (kept.last, kept.moment) != (last, moment):
            raise Wrong(f"het controlepunt van {size} regels spreekt zichzelf tegen")
        if not waiting or waiting[-1].size != size:
            return size
    return confirmed


def check_export(folder: Path, kept: Sequence[Checkpoint]) -> str:
    """What to tell of an export that holds. Raises Wrong, and Unusable for what is no export."""
    try:
        text = (folder / "controlepunten.txt").read_bytes()
        log = (folder / "log.jsonl").open("rb")
    except OSError as error:
        raise Unusable(f"{folder}: dit is geen export ({error.strerror})") from error
    try:
        own = checkpoints(text.decode())
    except ValueError as error:
        raise Wrong(f"controlepunten.txt is niet te lezen: {error}") from error
    ledger = own[-1].ledger
    of_another(ledger, [*own, *kept])
    with log:
        count = check_log(log, ledger, [*own, *kept])
    if count != own[-1].size:
        raise Wrong("voorbij het laatste controlepunt staan nog regels", own[-1].size + 1)
    told = f"{count} regels van grootboek {ledger}: de keten en de boom kloppen"
    reached = max((one.size for one in kept), default=count)
    if reached < count:
        told += f"; tot en met regel {reached} is het ook het log van uw controlepunten"
    return told


def of_another(ledger: str, kept: Sequence[Checkpoint]) -> None:
    for one in kept:
        if one.ledger != ledger:
            raise Wrong(f"een controlepunt is van grootboek {one.ledger}, dit is {ledger}", 1)


def check_proof(text: bytes, kept: Sequence[Checkpoint]) -> str:
    """What to tell of a proof that holds. Raises Wrong, and Unusable for what is no proof."""
    try:
        kind = json.loads(text.decode()).get("soort")
    except (ValueError, AttributeError, RecursionError) as error:
        raise Unusable(f"dit is geen bewijs ({error})") from error
    check = {
        "rekenschap/insluitingsbewijs/1": included,
        "rekenschap/samenhangsbewijs/1": consistent,
    }.get(str(kind))
    if check is None:
        raise Unusable("dit is geen bewijs van een soort die dit programma kent")
    try:
        return check(parsed(text, indent=2), kept)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise Wrong(f"het bewijs klopt niet: {error}") from error


def included(proof: dict[str, Any], kept: Sequence[Checkpoint]) -> str:
    if set(proof) != {"controlepunt", "pad", "regel", "soort", "vorige_hash"}:
        raise ValueError("er ontbreekt een veld, of er is er een te veel")
    punt, line = checkpoint(proof["controlepunt"]), proof["regel"]
    hash_of_line = line_hash(one_hash(proof["vorige_hash"]), line)
    position = line["position"]
    if not 1 <= position <= punt.size:
        raise ValueError("de positie ligt niet in het controlepunt")
    path = [one_hash(one) for one in proof["pad"]]
    if root_by_path(position - 1, punt.size, hash_of_line, path) != punt.root:
        raise ValueError("het pad leidt niet naar het controlepunt")
    if position == 1 and one_hash(proof["vorige_hash"]) != first_hash(punt.ledger):
        raise ValueError("dit is niet de eerste regel van dit grootboek")
    anchored([punt], kept)
    told = f"regel {position} ({line['name']}) staat in het grootboek {punt.ledger}"
    return f"{told} zoals het was bij {punt.size} regels"


def consistent(proof: dict[str, Any], kept: Sequence[Checkpoint]) -> str:
    if set(proof) != {"pad", "soort", "tot", "van"}:
        raise ValueError("er ontbreekt een veld, of er is er een te veel")
    old, new = checkpoint(proof["van"]), checkpoint(proof["tot"])
    if old.ledger != new.ledger or old.size > new.size:
        raise ValueError("de controlepunten horen niet bij elkaar")
    path = [one_hash(one) for one in proof["pad"]]
    if old.size == 0:
        fits = not path and old.root == Tree().root()
    else:
        fits = roots_by_path(old.size, new.size, path, old.root) == (old.root, new.root)
    if not fits:
        raise ValueError("het ene log is geen begin van het andere")
    anchored([old, new], kept)
    told = f"het grootboek {new.ledger} bij {new.size} regels"
    return f"{told} begint met alles wat er bij {old.size} regels in stond"


def one_hash(text: Any) -> bytes:
    if not isinstance(text, str) or not re.fullmatch("[0-9a-f]{64}", text):
        raise ValueError("een hash is geen hash")
    return bytes.fromhex(text)


def anchored(own: Sequence[Checkpoint], kept: Sequence[Checkpoint]) -> None:
    """With checkpoints that were kept, those of a proof must be among them."""
    if kept and not set(own) <= set(kept):
        raise ValueError("het controlepunt ervan is niet een dat u bewaard hebt")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", 1)[0])
    parser.add_argument("wat", type=Path, help="de map van een export, of een bewijs (JSON)")
    parser.add_argument("--tegen", type=Path, help="controlepunten die u zelf hebt bewaard")
    asked = parser.parse_args(arguments)
    try:
        kept = read_kept(asked.tegen)
        if asked.wat.is_dir():
            told = check_export(asked.wat, kept)
        else:
            told = check_proof(read(asked.wat), kept)
    except Wrong as wrong:
        where = "" if wrong.position is None else f" vanaf positie {wrong.position}"
        print(f"KLOPT NIET{where}: {wrong}.")
        return 1
    except Unusable as error:
        print(f"Niet te controleren: {error}.", file=sys.stderr)
        return 2
    print(f"KLOPT: {told}.")
    if not kept:
        print("Let op: zonder --tegen is dit vergeleken met controlepunten uit dezelfde hand.")
    return 0


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error


def read_kept(path: Path | None) -> list[Checkpoint]:
    if path is None:
        return []
    try:
        return checkpoints(read(path).decode())
    except ValueError as error:
        raise Unusable(f"{path} bevat geen controlepunten ({error})") from error


if __name__ == "__main__":
    sys.exit(main())
