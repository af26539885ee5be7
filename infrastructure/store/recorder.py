"""The recorder of the ``eventsourcing`` library, on the same append path as the ledger itself.

Importing this module imports ``eventsourcing.domain``, which patches ``dataclasses`` for the whole
process: nothing else in the store imports it. It reads nothing from the environment: the store it
is given decides where it writes.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Notification,
    OperationalError,
    StoredEvent,
    Subscription,
)

from rekenschap.application.errors import Onbeschikbaar
from rekenschap.application.ports import NewRecord, StoredRecord
from rekenschap.infrastructure.store.faults import DuplicateError
from rekenschap.infrastructure.store.store import SqlStore

OriginatorId = UUID | str


def to_name(topic: str) -> tuple[str, int]:
    """``name/version`` as a name and a version; version 0 is a topic that has none."""
    name, _, version = topic.rpartition("/")
    canonical = version.isascii() and version.isdigit() and not version.startswith("0")
    return (name, int(version)) if name and canonical else (topic, 0)


def to_topic(name: str, version: int) -> str:
    return name if version == 0 else f"{name}/{version}"


class SqlRecorder(ApplicationRecorder):
    """One grootboek as an application sequence: notification ids are its positions."""

    def __init__(
        self, store: SqlStore, *, originator_id_type: Literal["uuid", "text"] = "text"
    ) -> None:
        self._store = store
        self._as_uuid = originator_id_type == "uuid"

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        command_id: str | None = None,
        content_hash: bytes = b"",
        references: Sequence[Sequence[str]] | None = None,
        recorded_at: datetime | None = None,
        **kwargs: Any,
    ) -> Sequence[int] | None:
        """Append; ``references`` are those of each event, its own stream when not given.

        ``recorded_at`` is a moment asked of the log before; the log's own when not given.
        """
        if kwargs:
            raise TypeError(f"this recorder does not know {', '.join(sorted(kwargs))}")
        if not stored_events:
            return []
        touched = references or [(str(event.originator_id),) for event in stored_events]
        records = [
            NewRecord(str(event.originator_id), *to_name(event.topic), event.state, tuple(refs))
            for event, refs in zip(stored_events, touched, strict=True)
        ]
        try:
            with self._store.writing() as unit:
                stored = unit.log.append(
                    records,
                    moment=recorded_at or unit.log.moment(),
                    command_id=command_id,
                    content_hash=content_hash,
                    versions=[event.originator_version for event in stored_events],
                )
        except DuplicateError as error:
            raise IntegrityError(str(error)) from error
        except Onbeschikbaar as error:
            raise OperationalError(str(error)) from error
        return [record.position for record in stored]

    def select_events(
        self,
        originator_id: OriginatorId,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        with self._store.reading() as unit:
            records = unit.log.read_stream(
                str(originator_id), after=gt, upto=lte, limit=limit, newest_first=desc
            )
        return [
            StoredEvent(
                originator_id=originator_id,
                originator_version=record.stream_version,
                topic=to_topic(record.name, record.version),
                state=record.payload,
            )
            for record in records
        ]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        after = 0 if start is None else start - inclusive_of_start
        with self._store.reading() as unit:
            if topics:
                records = unit.log.read_topics(topics, after=after, upto=stop, limit=limit)
            else:
                records = unit.log.read_from(after, upto=stop, limit=limit)
        return [self._notification(record) for record in records]

    def max_notification_id(self) -> int | None:
        with self._store.reading() as unit:
            return unit.log.head().position or None

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        raise NotImplementedError("nothing waits in a thread here: read notifications from the log")

    def _notification(self, record: StoredRecord) -> Notification:
        return Notification(
            id=record.position,
            originator_id=UUID(record.stream) if self._as_uuid else record.stream,
            originator_version=record.stream_version,
            topic=to_topic(record.name, record.version),
            state=record.payload,
        )


class SqlAggregateRecorder(SqlRecorder):
    """The same without notification ids, as the library expects of a plain aggregate recorder."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        super().insert_events(stored_events, **kwargs)
