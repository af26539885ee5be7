"""Paragraphs and lists in Markdown, no line too long and no word read as a sign."""

import re
import textwrap
from collections.abc import Iterator
from typing import Final

WIDTH: Final = 120
_ITEM: Final = re.compile(r"^(\s*)(\d+[.)]|[-+#>])(?=\s|$)")
_SPECIAL: Final = re.compile(r"([*_<>\[\]|])")


def safe(text: str) -> str:
    """Words as they are, without what Markdown would read as a sign."""
    return _SPECIAL.sub(r"\\\1", text)


def item(text: str) -> Iterator[str]:
    """The lines of one item of a list."""
    lines = list(wrapped(text, WIDTH - 2))
    yield f"- {lines[0]}"
    yield from (f"  {line}" for line in lines[1:])


def wrapped(text: str, width: int = WIDTH) -> Iterator[str]:
    """Lines of a paragraph; one that would begin a list or a heading is made plain."""
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    for number, line in enumerate(lines):
        yield line if not number else _ITEM.sub(_plain_sign, line)


def _plain_sign(match: re.Match[str]) -> str:
    sign = match[2]
    return f"{match[1]}{sign[:-1]}\\{sign[-1]}"
