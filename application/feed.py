"""The feed: the log as hosts build on it, in order and without gaps."""

from collections.abc import Iterable, Iterator, Sequence

from rekenschap.application.ports import Codec, Store
from rekenschap.application.standen import Gebeurtenis
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import BY_CLASS_NAME
from rekenschap.domain.values import as_int

AT_ONCE = 1_000


def feed(
    store: Store, codec: Codec, after: int, kinds: Sequence[str] | None, limit: int | None
) -> Iterator[Gebeurtenis]:
    """Every record above a position, read in chunks, each in a short transaction of its own.

    What is asked is checked at once, not when the first line is taken.
    """
    if kinds is not None and (isinstance(kinds, str) or not isinstance(kinds, Iterable)):
        raise Incorrect("soorten", kinds, "a list of names of events")
    names = None if kinds is None else [_stored_name(one) for one in kinds]
    left = None if limit is None else as_int("limiet", limit)
    return _lines(store, codec, as_int("vanaf", after), names, left)


def _lines(
    store: Store, codec: Codec, after: int, names: list[str] | None, left: int | None
) -> Iterator[Gebeurtenis]:
    while left is None or left > 0:
        size = AT_ONCE if left is None else min(AT_ONCE, left)
        with store.reading() as unit:
            records = unit.log.read_from(after, limit=size, names=names)
            upto = records[-1].position if records else after
            touched = unit.log.references_between(after, upto)
        for record in records:
            entry = codec.decode(record)
            effect = entry.beslissing.gevolg
            yield Gebeurtenis(
                positie=entry.positie,
                geregistreerd_op=entry.geregistreerd_op,
                soort=record.name,
                feit=entry.feit,
                uitkomst=entry.beslissing.uitkomst,
                gevolg_aantal=None if effect is None else effect.aantal,
                raakt=touched.get(record.position, ()),
            )
        if len(records) < size:
            return
        after = upto
        left = None if left is None else left - len(records)


def _stored_name(kind: str) -> str:
    names = {cls.naam for cls in BY_CLASS_NAME.values()}
    if isinstance(kind, str) and kind in BY_CLASS_NAME:
        return BY_CLASS_NAME[kind].naam
    if not isinstance(kind, str) or kind not in names:
        raise Incorrect("soorten", kind, "names of events: " + ", ".join(sorted(names)))
    return kind
