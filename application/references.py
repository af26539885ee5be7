"""The reference of a decision: the name of its grootboek, a slash, and its position."""

import re
from typing import Final

_NUMBER: Final = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


def position_in(grootboek: str, beslissing: object) -> int | None:
    """The position in a reference; None for what is no reference in this grootboek."""
    if not isinstance(beslissing, str):
        return None
    name, _, number = beslissing.rpartition("/")
    return int(number) if name == grootboek and _NUMBER.fullmatch(number) else None
