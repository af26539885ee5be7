"""The seal: a chain of SHA-256 hashes over the stored bytes, on the standard library alone.

Each line's hash covers the hash before it, so a changed, missing, swapped or added line shows at
the first position that is wrong. A chain cannot show a rewrite of everything after some point: for
that checkpoints must be kept elsewhere (``infrastructure/evidence``).

The leaf of a line is, in this order and for ever::

    previous hash      32 bytes
    seven integers     8 bytes each, big-endian, signed: position, recorded_at (microseconds since
                       1970 UTC), version, stream_version, and the lengths in bytes of the three
                       parts below
    name, stream       UTF-8
    payload            as stored

The lengths stand before the parts, so no two different lines have the same leaf. The "previous
hash" of the first line is made of the random id of the grootboek: no line fits in another one.
"""

import struct
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from attrs import frozen

from rekenschap.application.errors import Broken
from rekenschap.application.ports import Head, StoredRecord

Row = tuple[int, int, bytes, int, bytes, int, bytes, bytes]
"""position, recorded_at in µs, stream, stream_version, name, version, payload, hash: as stored."""


@frozen
class End:
    """Where a log ends: by its head, and by the last position that stands there."""

    head: Head
    last: int


@frozen
class Sealed:
    """Up to where lines were judged: how many, and the hash and the moment (µs) of the last."""

    count: int
    hash: bytes
    moment: int | None = None

    @classmethod
    def nothing(cls, ledger_id: str) -> "Sealed":
        """Before the first line of a grootboek."""
        return cls(0, first_hash(ledger_id))


_INTEGERS = struct.Struct(">7q")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
UNREADABLE = (TypeError, ValueError, AttributeError, OverflowError, struct.error)
"""What a line raises that is no longer of the types it was stored in."""


def to_microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970 UTC; exact, which a float timestamp is not."""
    return (moment - _EPOCH) // _MICROSECOND


def from_microseconds(microseconds: int) -> datetime:
    return _EPOCH + timedelta(0, 0, microseconds)


def first_hash(ledger_id: str) -> bytes:
    """What stands for the "previous hash" of the first line of a grootboek."""
    return sha256(b"rekenschap/grootboek/1:" + ledger_id.encode()).digest()


def chain(
    previous_hash: bytes,
    position: int,
    recorded_at_us: int,
    name: str,
    version: int,
    stream: str,
    stream_version: int,
    payload: bytes,
) -> bytes:
    """The hash of one line, over the line before it."""
    name_bytes, stream_bytes = name.encode(), stream.encode()
    numbers = _INTEGERS.pack(
        position,
        recorded_at_us,
        version,
        stream_version,
        len(name_bytes),
        len(stream_bytes),
        len(payload),
    )
    parts = (previous_hash, numbers, name_bytes, stream_bytes, payload)
    return sha256(b"".join(parts)).digest()


def verify(records: Iterable[StoredRecord], ledger_id: str, head: Head) -> int:
    """Verify a whole grootboek from its first line; returns the number of lines.

    Reads the records once, in order, and keeps none of them.
    """
    rows = (
        (
            record.position,
            to_microseconds(record.recorded_at),
            record.stream.encode(),
            record.stream_version,
            record.name.encode(),
            record.version,
            record.payload,
            record.hash,
        )
        for record in records
    )
    return verify_rows(rows, ledger_id, head)


def verify_rows(rows: Iterable[Row], ledger_id: str, head: Head, last: int = 0) -> int:
    """``verify`` for lines as the database gives them: whatever stands there is judged.

    The rows are those up to the head; ``last`` is the last position there is.
    """
    found = judge_rows(rows, Sealed.nothing(ledger_id))
    verify_end(found, head, last)
    return found.count


def judge_rows(rows: Iterable[Row], since: Sealed) -> Sealed:
    """Judge the lines that follow on those that were judged, whatever the head says."""
    count, previous, moment = since.count, since.hash, since.moment
    try:
        for position, at, stream, stream_version, name, version, payload, stored in rows:
            if position != count + 1:
                raise Broken(f"found position {position} here", position=count + 1)
            numbers = _INTEGERS.pack(
                position, at, version, stream_version, len(name), len(stream), len(payload)
            )
            previous = sha256(b"".join((previous, numbers, name, stream, payload))).digest()
            if previous != stored:
                raise Broken("the stored hash is not the hash of this line", position=position)
            if moment is not None and at <= moment:
                raise Broken("recorded no later than the line before it", position=position)
            count, moment = position, at
    except UNREADABLE as error:
        raise Broken(f"cannot be read ({error})", position=count + 1) from error
    return Sealed(count, previous, moment)


def verify_end(found: Sealed, head: Head, last: int) -> None:
    """The head tells how many lines there must be: a chain alone does not miss its own tail."""
    count = found.count
    first = max(min(count, head.position), 0) + 1
    if type(last) is not int or last > head.position:
        raise Broken("a line stands beyond the head", position=first)
    if count != head.position:
        raise Broken(f"{count} lines stand where the head says {head.position}", position=first)
    if found.hash != head.hash:
        raise Broken("the head has another hash than the last line", position=count)
    recorded_at = None if head.recorded_at is None else to_microseconds(head.recorded_at)
    if recorded_at != found.moment:
        raise Broken("the head has another moment than the last line", position=count)
