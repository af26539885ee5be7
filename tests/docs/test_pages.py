"""Do the pages hang together: links that resolve, lines that fit, modules that exist?"""

import re
from pathlib import Path

import pytest
from tests.docs.pages import PAGES, ROOT, anchors_of, links_of, name_of

LONGEST_LINE = 130
MAY_BE_LONGER = {"0001", "0002", "0003"}  # decisions from before there was a limit
LAYERS = "domain|application|projections|infrastructure"
_MODULE = re.compile(rf"`((?:{LAYERS})/[a-z_/]+(?:\.py|\.yaml|/))`")
_EXIT_CODE = re.compile(r"^\| (\d) \| ", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_resolves(page: Path) -> None:
    broken = []
    for link in links_of(page):
        if link.startswith(("https://", "http://")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        is_ours = target.is_relative_to(ROOT) and target.exists()
        if not is_ours or (anchor and anchor not in anchors_of(target)):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("page", [p for p in PAGES if p.name[:4] not in MAY_BE_LONGER], ids=name_of)
def test_no_line_is_too_long(page: Path) -> None:
    lines = enumerate(page.read_text("utf-8").splitlines(), start=1)
    told = [one for one in lines if not one[1].startswith("| ") or "regels-" not in page.name]

    assert [number for number, line in told if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_module_that_is_named_exists(page: Path) -> None:
    named = _MODULE.findall(page.read_text("utf-8"))

    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_module_has_its_place_in_the_tour() -> None:
    named = _MODULE.findall((ROOT / "docs/tour.md").read_text("utf-8"))
    modules = [
        path.relative_to(ROOT).as_posix()
        for layer in LAYERS.split("|")
        for path in (ROOT / layer).rglob("*.py")
        if path.name != "__init__.py"
    ]

    assert [one for one in modules if not one.startswith(tuple(named))] == []


def test_every_page_of_the_docs_is_reached_from_the_readme() -> None:
    reached, todo = set[Path](), [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        if page in reached:
            continue
        reached.add(page)
        todo += [(page.parent / link.partition("#")[0]).resolve() for link in links_of(page)]
        todo = [one for one in todo if one.suffix == ".md" and one.is_file()]

    assert [name_of(p) for p in (ROOT / "docs").glob("*.md") if p not in reached] == []


def test_the_exit_codes_in_the_page_are_those_of_the_command_line() -> None:
    from rekenschap.infrastructure.cli import errors

    told = _EXIT_CODE.findall((ROOT / "docs/errors.md").read_text("utf-8"))

    assert told == [str(code) for code in (0, errors.FAILED, errors.INCORRECT, errors.UNAVAILABLE)]


@pytest.mark.parametrize("page", sorted((ROOT / "docs/decisions").glob("*.md")), ids=name_of)
def test_a_decision_says_whether_it_is_built_and_what_it_chose(page: Path) -> None:
    text = page.read_text("utf-8")

    assert text.startswith(f"# {page.name[:4]}. ")
    assert "\nStatus: " in text
    assert [part for part in ("**Decision.**", "**Consequences.**") if part not in text] == []
