"""The four things that are exceptions; everything else is an answer (docs/decisions/0003)."""

from typing import Any

from rekenschap.domain.errors import Incorrect

__all__ = ["Broken", "Conflict", "Gesloten", "Incorrect", "Onbeschikbaar"]


class Gesloten(Incorrect):
    """A request to a grootboek whose ``with`` block has ended; nothing was recorded."""

    def __init__(self, grootboek: str) -> None:
        super().__init__("grootboek", grootboek, "one that is open: open it with open_grootboek")

    def __str__(self) -> str:
        return f"the grootboek {self.value!r} is closed; open it again with open_grootboek"


class Conflict(Exception):
    """A command id was used before with other content; nothing was recorded."""

    def __init__(self, command_id: str, position: int) -> None:
        super().__init__(
            f"command id {command_id!r} was used before with other content (position {position}); "
            "give a new command its own id, and repeat a command with exactly the same content"
        )
        self.command_id = command_id
        self.position = position


class Onbeschikbaar(Exception):
    """The store cannot be reached, is busy or full, or the clock runs behind.

    Nothing is known to be recorded. Send the same command with the same command id again: if it was
    recorded after all, the original answer comes back.
    """


class Broken(Exception):
    """Stored evidence does not verify, or cannot be read.

    ``position`` is the first position that is wrong, when it is known.
    """

    def __init__(self, message: str, *, position: int | None = None, **details: Any) -> None:
        where = "" if position is None else f"position {position}: "
        super().__init__(f"{where}{message}")
        self.position = position
        self.details = details
