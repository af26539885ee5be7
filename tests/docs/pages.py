"""The pages people read, and what stands in them: blocks of code, headings and links."""

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs/decisions").glob("*.md")),
]

_FENCE = re.compile(r"^```(\S*)$")
_HEADING = re.compile(r"^#+ (.+)$")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


@frozen
class Block:
    """A fenced block: its language, its first line in the page, and its text.

    ``follows`` says that only white space stands between it and the block before.
    """

    language: str
    line: int
    text: str
    follows: bool


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks_of(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    language: str | None = None
    inside: list[str] = []
    first, follows = 0, False
    for number, line in enumerate(page.read_text("utf-8").splitlines(), start=1):
        fence = _FENCE.match(line)
        if language is None and fence:
            language, first, inside = fence[1], number + 1, []
        elif language is not None and fence:
            yield Block(language, first, "\n".join(inside) + "\n", follows)
            language, follows = None, True
        elif language is not None:
            inside.append(line)
        elif line.strip():
            follows = False
    assert language is None, f"{name_of(page)}: the block at line {first} is not closed"


def prose_of(page: Path) -> str:
    """The page without its blocks."""
    return re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


def links_of(page: Path) -> list[str]:
    """Where the links of a page point."""
    return _LINK.findall(prose_of(page))


def anchors_of(page: Path) -> set[str]:
    """The names that headings can be linked by, as code hosts make them."""
    headings = (_HEADING.match(line) for line in prose_of(page).splitlines())
    return {
        re.sub(r"[^\w\- ]", "", found[1].lower()).replace(" ", "-") for found in headings if found
    }
