"""Lists in pages: how long one is, and where the next begins."""

from typing import Final

from rekenschap.domain.errors import Incorrect

LARGEST_PAGE: Final = 1_000
LONGEST_CURSOR: Final = 18
"""So many digits are still a position to a database."""


def page_size(limit: int) -> int:
    """How many lines a page has. Raises Incorrect."""
    whole = isinstance(limit, int) and not isinstance(limit, bool)
    if not whole or not 1 <= limit <= LARGEST_PAGE:
        raise Incorrect("limiet", limit, f"1 to {LARGEST_PAGE}")
    return limit


def page_cursor(text: str | None) -> int:
    """After which line a page begins. Raises Incorrect."""
    if text is None:
        return 0
    if not isinstance(text, str) or not text.isdecimal() or len(text) > LONGEST_CURSOR:
        raise Incorrect("verder", text, "what the page before gave as verder")
    return int(text)
