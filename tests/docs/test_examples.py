"""Does every example in the pages run, and print what the page says it prints?

Each page runs in a folder of its own, and its blocks share their names. ``# -> `` behind a line
says what that line prints; a ```text block straight after a ```python block is all it prints.
"""

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest
from tests.docs.pages import PAGES, Block, blocks_of, name_of

_TOLD = re.compile(r"  # -> (.*)$", re.MULTILINE)
RUNNABLE = [page for page in PAGES if any(b.language == "python" for b in blocks_of(page))]


def printed_by(block: Block, page: Path, names: dict[str, Any]) -> str:
    """Run one block as if it stood at its own line of the page, so that errors point there."""
    code = compile("\n" * (block.line - 1) + block.text, name_of(page), "exec")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, names)
    return out.getvalue()


def expected_of(block: Block, after: Block | None) -> str | None:
    """What a block prints according to the page; None where it does not say."""
    if after is not None and after.follows and after.language == "text":
        return after.text
    told = _TOLD.findall(block.text)
    return "".join(f"{line}\n" for line in told) if told else None


@pytest.mark.parametrize("page", RUNNABLE, ids=name_of)
def test_the_examples_of_a_page_run_and_print_what_it_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = list(blocks_of(page))
    names: dict[str, Any] = {"__name__": "example"}
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        if block.language != "python":
            continue

        printed = printed_by(block, page, names)

        expected = expected_of(block, after)
        if expected is not None:
            assert printed == expected, f"{name_of(page)}, the block at line {block.line}"


def test_the_pages_with_examples_are_the_ones_that_should_have_them() -> None:
    assert {name_of(page) for page in RUNNABLE} >= {
        "README.md",
        "docs/bezwaardossier.md",
        "docs/clocks.md",
        "docs/errors.md",
        "docs/evidence.md",
        "docs/gemeenten.md",
        "docs/migrations.md",
        "docs/operating.md",
        "docs/parallel.md",
        "docs/parquet.md",
        "docs/regelingen.md",
        "docs/tour.md",
        "docs/vault.md",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("print(1)  # -> 1\nprint('a b')  # -> a b\n", "1\na b\n"),
        ("print(1)  # a remark\n", None),
    ],
)
def test_a_comment_with_an_arrow_is_what_a_line_prints(text: str, expected: str | None) -> None:
    assert expected_of(Block("python", 1, text, False), None) == expected
