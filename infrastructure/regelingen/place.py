"""A place in a data file: the value there, and where it is, for errors that name the mend."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from rekenschap.domain.errors import Incorrect

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class Place:
    """A value in a file with its path; reading a key marks it as known."""

    def __init__(self, where: str, value: Any) -> None:
        self.where = where
        self.value = value
        self._read: set[str] = set()

    def named(self, name: str) -> "Place":
        """The same place under the name people know it by, e.g. the id of a rule."""
        found = Place(f"{self.where.split('.', 1)[0]}: {name}", self.value)
        found._read = self._read
        return found

    def wrong(self, value: Any, allowed: str) -> Incorrect:
        """The error for this place."""
        return Incorrect(self.where, value, allowed)

    def has(self, name: str) -> bool:
        """Whether a key is there."""
        return name in self._map()

    def key(self, name: str) -> "Place":
        """The place of a key. Raises Incorrect when it is not there."""
        values = self._map()
        if name not in values:
            raise Incorrect(f"{self.where}.{name}", None, "a value: the key is missing")
        self._read.add(name)
        return Place(f"{self.where}.{name}", values[name])

    def optional(self, name: str, default: Any) -> "Place":
        """The place of a key, or of its default."""
        return self.key(name) if self.has(name) else Place(f"{self.where}.{name}", default)

    def nothing_else(self) -> None:
        """Raises Incorrect when a key was never read: a misspelling is no remark."""
        unknown = sorted(set(self._map()) - self._read)
        if unknown:
            raise Incorrect(f"{self.where}.{unknown[0]}", unknown[0], "no such key here")

    def map(self, read: Callable[["Place"], T]) -> dict[str, T]:
        """Every value of a map, read."""
        return {name: read(self.key(name)) for name in self._map()}

    def list_of(self, read: Callable[["Place"], T]) -> list[T]:
        """Every value of a list, read."""
        if not isinstance(self.value, list):
            raise self.wrong(self.value, "a list")
        return [read(Place(f"{self.where}[{i}]", one)) for i, one in enumerate(self.value)]

    def maybe(self, read: Callable[["Place"], T]) -> T | None:
        """The value read, or None for null."""
        return None if self.value is None else read(self)

    def text(self) -> str:
        """A text that says something."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.wrong(self.value, "text")
        return self.value

    def number(self) -> int:
        """A whole number."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.wrong(self.value, "a whole number")
        return self.value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.wrong(self.value, "true or false")
        return self.value

    def day(self) -> date:
        """A day, JJJJ-MM-DD."""
        try:
            if _DAY.fullmatch(self.text()) is None:
                raise ValueError
            return date.fromisoformat(self.text())
        except ValueError as error:
            raise self.wrong(self.value, "a day, JJJJ-MM-DD") from error

    def one_of(self, *allowed: str) -> str:
        """One of these texts."""
        if self.value not in allowed:
            raise self.wrong(self.value, "one of " + ", ".join(allowed))
        return str(self.value)

    def enum(self, kind: type[E]) -> E:
        """A member of a closed list."""
        return kind(self.one_of(*(member.value for member in kind)))

    def _map(self) -> dict[str, Any]:
        if not isinstance(self.value, dict):
            raise self.wrong(self.value, "a map")
        return self.value
