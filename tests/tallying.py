"""How much work something is, counted and not timed: the same on every machine."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

from rekenschap.infrastructure.store.queries import LogQueries


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of Python were run; each turn of a loop counts anew."""
    count = 0

    def on_line(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return on_line

    before = sys.gettrace()
    sys.settrace(on_line)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@contextmanager
def statements_counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements the log is asked with, in this block."""
    asked: list[str] = []
    rows = LogQueries._rows

    def counted(self: LogQueries, sql: str, **values: Any) -> list[Any]:
        asked.append(sql)
        return rows(self, sql, **values)

    with monkeypatch.context() as patched:
        patched.setattr(LogQueries, "_rows", counted)
        yield asked
