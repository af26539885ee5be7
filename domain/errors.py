"""The one error the domain raises: input that cannot be a fact."""

from typing import Any


class Incorrect(Exception):
    """Malformed input: names the field, the value and what is allowed. Nothing was written.

    ``secret`` values (birth dates, words, ids of persons) are never shown in the message.
    """

    def __init__(self, field: str, value: Any, allowed: str, *, secret: bool = False) -> None:
        shown = "(not shown)" if secret else _shorten(_spelled(value))
        super().__init__(f"{field}: {shown} is not allowed; allowed is {allowed}")
        self.field = field
        self.value = None if secret else value
        self.allowed = allowed


def _spelled(value: Any) -> str:
    try:
        return repr(value)
    except (
        Exception
    ):  # Python spells no number of thousands of digits; a host's class may be broken
        return f"(a value of type {type(value).__name__})"


def _shorten(text: str, limit: int = 200) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
