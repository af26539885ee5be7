"""Who asks a question, for what purpose, and what the question is called.

Every public method of the front door is a question by its own name: what is read of persons while
it runs is logged under that name, without the method doing anything for it.
"""

import functools
import inspect
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar

from attrs import field, frozen

from rekenschap.application.commands import Actor
from rekenschap.application.meten import Vraagloop
from rekenschap.application.translate import host_id_of
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.identifiers import Code
from rekenschap.domain.values import as_enum, as_token
from rekenschap.domain.vocabulary import Rol

T = TypeVar("T")


@frozen
class Lezer:
    """Who reads and for what purpose, as the host says; both None when it says nothing."""

    wie: Actor | None = None
    doel: Code | None = None


ONBEKEND: Final = Lezer()


@frozen
class Vraag:
    """A question that is being answered: the method of the front door, and who asked.

    ``loop`` measures it, where there is an observer. ``gelezen`` are those of whom the reading log
    has it that this question read: it may take many views.
    """

    naam: str
    lezer: Lezer
    loop: Vraagloop | None = field(default=None, eq=False)
    gelezen: set[str] = field(factory=set, eq=False, repr=False)


@frozen(kw_only=True)
class Inzage:
    """One line of the reading log: who read of a person, when, for what, by which question.

    ``betrokkene`` is the reference of whom was read; ``lezer`` and ``namens`` are the host's ids
    of the reader and of on whose behalf, None where unidentified or erased. ``toegekend`` is False
    when the question failed after it had read.
    """

    betrokkene: str
    gelezen_op: datetime
    lezer: str | None
    rol: Rol | None
    namens: str | None
    doel: str | None
    vraag: str
    toegekend: bool


NOT_ASKED: Final = frozenset({"execute", "execute_batch", "toets", "namens"})
"""What is no question to an observer: commands are told of as such."""


class Leesregister(Protocol):
    """A reading log that a host keeps itself, for a grootboek that is opened where nothing can be
    written."""

    def noteer(self, regels: Sequence[Inzage]) -> None:
        """Keep lines, one per person a question read of, before the question is answered. What it
        raises goes to who asked, who is told nothing."""
        ...


ASKED: Final[ContextVar[Vraag | None]] = ContextVar("rekenschap_vraag", default=None)


def reader(wie: Any, doel: Any) -> Lezer:
    """A reader, checked: raises Incorrect naming what is wrong."""
    if not isinstance(wie, Actor):
        raise Incorrect("lezer", None, "an Actor: who reads, and in what role", secret=True)
    host_id_of("persoon", "lezer.id", wie.id)
    if wie.namens is not None:
        host_id_of("persoon", "lezer.namens", wie.namens)
    role = as_enum(Rol)("lezer.rol", wie.rol)
    purpose = None if doel is None else Code(as_token(Code)("doel", doel))
    return Lezer(Actor(wie.id, role, wie.namens), purpose)


def by_name(cls: type[T]) -> type[T]:
    """Make every public method of a front door set the question it is; one inside another is part
    of the outer one."""
    for name, method in inspect.getmembers(cls, inspect.isfunction):
        if not name.startswith("_"):
            made = _steps if inspect.isgeneratorfunction(method) else _whole
            setattr(cls, name, made(name, method))
    return cls


def _question(door: Any, name: str) -> Vraag:
    observer = door._waarnemer
    if observer is None or name in NOT_ASKED or ASKED.get() is not None:
        return Vraag(name, door._lezer)
    return Vraag(name, door._lezer, Vraagloop(observer, door.grootboek, name))


def _whole(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def asked(self: Any, *args: Any, **values: Any) -> Any:
        if ASKED.get() is not None:
            return method(self, *args, **values)
        question = _question(self, name)
        answer: Any = None
        try:
            answer = _during(question, lambda: method(self, *args, **values))
        finally:
            if question.loop is not None and not isinstance(answer, Iterator):
                question.loop.end()
        return _one_by_one(question, answer) if isinstance(answer, Iterator) else answer

    return asked


def _steps(name: str, method: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Of a method that answers one by one, each step is part of the question."""

    @functools.wraps(method)
    def asked(self: Any, *args: Any, **values: Any) -> Iterator[Any]:
        yield from _one_by_one(_question(self, name), method(self, *args, **values))

    return asked


def _one_by_one(question: Vraag, answers: Iterator[Any]) -> Iterator[Any]:
    """The answers, each worked out as part of the question, whenever it is taken."""
    try:
        while (answer := _during(question, lambda: next(answers, _END))) is not _END:
            yield answer
    finally:
        if question.loop is not None:
            question.loop.end()


def _during(question: Vraag, work: Callable[[], T]) -> T:
    """What a piece of work gives; one question inside another is part of the outer one."""
    if ASKED.get() is not None:
        return work()
    token = ASKED.set(question)
    try:
        return work() if question.loop is None else question.loop.during(work)
    finally:
        ASKED.reset(token)


def loop_of_now() -> Vraagloop | None:
    """What measures the question that is being answered; None when nobody observes it."""
    asked = ASKED.get()
    return None if asked is None else asked.loop


_END: Final = object()
