"""Are the four layers readable by a stranger, pure where they say so, and free of rule numbers?"""

import ast
import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
INVENTED = ROOT / "tests/domain/regelingen"
LAYERS = ("domain", "application", "infrastructure", "projections")
WITHOUT_A_CLOCK = ("domain", "application", "projections")

LONGEST_LINE = 100
LONGEST_FUNCTION = 40
LONGEST_MODULE = 300

# Exceptions, each with its reason: "infrastructure/store/schema.py" or
# "infrastructure/store/schema.py::create" -> why it reads better long than cut up.
MAY_BE_LONGER: dict[str, str] = {
    "infrastructure/evidence/verify.py": "goes to auditors, who run it as one file of its own",
}

# A product key that is also an ordinary word of the code, as name or in a sentence (never as a
# literal of its own): key -> which word.
ALSO_A_WORD: dict[str, str] = {"fact": "English: what was reported, the subject of this ledger"}

CLOCKS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "time.time",
    "time.time_ns",
}
UNFINISHED = re.compile(r"\b(TODO|FIXME)\b")


def modules(*layers: str) -> list[Path]:
    """Every module of these layers, in a fixed order."""
    found = [path for layer in layers for path in (ROOT / layer).rglob("*.py")]
    return sorted(path for path in found if "__pycache__" not in path.parts)


def name_of(path: Path) -> str:
    """The path as people write it: below the root, with slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path), filename=str(path))


def functions_of(
    tree: ast.AST, prefix: str = ""
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function with its qualified name, from ``def`` on (decorators not counted)."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if not isinstance(node, ast.ClassDef):
                yield prefix + node.name, node
            yield from functions_of(node, f"{prefix}{node.name}.")
        else:
            yield from functions_of(node, prefix)


def imports_of(tree: ast.AST) -> Iterator[str]:
    """The dotted name of every absolute import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def local_names(tree: ast.AST) -> dict[str, str]:
    """What each imported name stands for, so that an alias does not hide a clock."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.split(".")[0]
                names[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def clocks_read(tree: ast.AST) -> list[str]:
    """Every place where the code asks what time it is, as ``line: name``."""
    names = local_names(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            first, _, rest = ast.unparse(node).partition(".")
            full = names.get(first, first) + (f".{rest}" if rest else "")
            if full in CLOCKS:
                found.append(f"{node.lineno}: {full}")
    return found


@cache
def regelingen() -> tuple[dict[str, Any], ...]:
    """Every regeling there is as data: those of the package, and the invented ones of the tests."""
    files = [*(ROOT / "domain/regelingen").glob("*.yaml"), *INVENTED.glob("*.yaml")]
    read = (yaml.safe_load(text_of(path)) for path in sorted(files))
    return tuple(content for content in read if isinstance(content, dict))


@cache
def product_keys() -> frozenset[str]:
    return frozenset(str(key) for one in regelingen() for key in one.get("producten") or {})


@cache
def rule_ids() -> frozenset[str]:
    return frozenset(str(rule["id"]) for one in regelingen() for rule in one.get("regels") or ())


def strings_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def words_of(tree: ast.AST) -> set[str]:
    """Every word of the code: names, keywords, and what stands in strings; no comments."""
    names = ("id", "attr", "arg", "name", "asname", "module")
    found: set[str] = set()
    for node in ast.walk(tree):
        for name in names:
            value = getattr(node, name, None)
            found.update([value] if isinstance(value, str) else ())
    for text in strings_of(tree):
        found.update(re.findall(r"[\w-]+", text), re.findall(r"\w+", text))
    return found


def named(text: str, known: Collection[str]) -> set[str]:
    """Which of these keys the code names: as a word anywhere, or by how several of them begin.

    A key that is an ordinary word as well (``ALSO_A_WORD``) may be a word, but no literal.
    """
    tree = ast.parse(text)
    literals, words = set(strings_of(tree)), words_of(tree)
    found = {key for key in known if key in (literals if key in ALSO_A_WORD else words)}
    begins = (one for one in literals if one[-1:] in ("_", "-") and len(one) > 1)
    return found | {one for one in begins if any(key.startswith(one) for key in known)}


def test_no_line_is_longer_than_the_screen() -> None:
    found = [
        f"{name_of(path)}:{number}"
        for path in modules(*LAYERS)
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if len(line) > LONGEST_LINE
    ]

    assert found == []


def test_no_function_is_longer_than_a_page() -> None:
    lengths = {
        f"{name_of(path)}::{name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in modules(*LAYERS)
        for name, node in functions_of(tree_of(path))
    }

    found = {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION}

    assert found.keys() - MAY_BE_LONGER.keys() == set(), found


def test_a_module_is_one_room() -> None:
    lengths = {name_of(path): len(text_of(path).splitlines()) for path in modules(*LAYERS)}

    found = {name: length for name, length in lengths.items() if length > LONGEST_MODULE}

    assert found.keys() - MAY_BE_LONGER.keys() == set(), found


def test_every_exception_still_names_something_and_says_why() -> None:
    places = {name_of(path) for path in modules(*LAYERS)}
    places |= {
        f"{name_of(path)}::{name}"
        for path in modules(*LAYERS)
        for name, _ in functions_of(tree_of(path))
    }
    words = {word for path in modules(*LAYERS) for word in words_of(tree_of(path))}

    assert MAY_BE_LONGER.keys() - places == set()
    assert ALSO_A_WORD.keys() <= product_keys() & words
    assert all((MAY_BE_LONGER | ALSO_A_WORD).values())


def test_the_moment_is_an_argument_and_never_read_from_a_clock() -> None:
    found = [
        f"{name_of(path)}:{place}"
        for path in modules(*WITHOUT_A_CLOCK)
        for place in clocks_read(tree_of(path))
    ]

    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "import datetime\ndatetime.datetime.now()",
        "import datetime as dt\ndt.date.today()",
        "from datetime import UTC, datetime\ndatetime.now(UTC)",
        "from datetime import date as day\nday.today()",
        "import time\ntime.time()",
        "from time import time\ntime()",
        "from datetime import datetime\nfactory = datetime.utcnow",
    ],
)
def test_a_clock_is_noticed_under_any_name(code: str) -> None:
    assert clocks_read(ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        "def judge(clock):\n    return clock.now()",
        "from datetime import date\ndate(2025, 1, 1)",
        "time = 3\nprint(time)",
    ],
)
def test_a_moment_that_is_handed_over_is_no_clock(code: str) -> None:
    assert clocks_read(ast.parse(code)) == []


def test_every_import_is_absolute() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules(*LAYERS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert found == []


def test_only_infrastructure_knows_the_eventsourcing_library() -> None:
    found = [
        f"{name_of(path)}: {name}"
        for path in modules(*WITHOUT_A_CLOCK)
        for name in imports_of(tree_of(path))
        if name.split(".")[0] == "eventsourcing"
    ]

    assert found == []


def test_nothing_is_left_to_be_done_later() -> None:
    found = [
        f"{name_of(path)}:{number}"
        for path in modules(*LAYERS)
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if UNFINISHED.search(line)
    ]

    assert found == []


def test_the_keys_and_ids_of_every_regeling_are_known() -> None:
    assert {"dagopvang", "fact", "vaktherapie"} <= product_keys()
    assert {"DD-02", "HR-03", "TW-NS-01"} <= rule_ids()


@pytest.mark.parametrize("known", [product_keys, rule_ids], ids=["product", "rule"])
def test_the_code_names_no_product_and_no_rule(known: Callable[[], frozenset[str]]) -> None:
    found = {
        f"{name_of(path)}: {key}"
        for path in modules(*LAYERS)
        for key in named(text_of(path), known())
    }

    assert found == set()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("if product == 'P018': pass", {"P018"}),
        ("# as for P018", set()),
        ("kortdurend_verblijf = 1", {"kortdurend_verblijf"}),
        ("dict(zit=1)", {"zit"}),
        ("def zit(): ...", {"zit"}),
        ("thing.zit", {"zit"}),
        ("from rules import zit", {"zit"}),
        ("lambda zit: 0", {"zit"}),
        ("'zit,P018'.split(',')", {"zit", "P018"}),
        ("f'{x} zit {y}'", {"zit"}),
        ("product.startswith('crisis_')", {"crisis_"}),
        ("rule.startswith('DD-')", {"DD-"}),
        ("if rule == 'DD-02': pass", {"DD-02"}),
        ("'''As DD-02 says.'''", {"DD-02"}),
        ("if product == 'fact': pass", {"fact"}),
        ("for fact in facts: evolve(fact)", set()),
        ("'''A fact is stored.'''", set()),
        ("'DD-020', 'zitten', 'other_', '_'", set()),
    ],
)
def test_a_product_or_a_rule_is_noticed_anywhere_but_in_a_comment(
    code: str, found: set[str]
) -> None:
    keys = ["P018", "kortdurend_verblijf", "fact", "zit", "crisis_kort", "crisis_lang", "DD-02"]

    assert named(code, keys) == found
