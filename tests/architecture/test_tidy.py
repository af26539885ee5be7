"""Are the four layers readable by a stranger, pure where they say so, and free of rule numbers?"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("domain", "application", "infrastructure", "projections")
WITHOUT_A_CLOCK = ("domain", "application", "projections")

LONGEST_LINE = 100
LONGEST_FUNCTION = 40
LONGEST_MODULE = 300

# Exceptions, each with its reason: "infrastructure/store/schema.py" or
# "infrastructure/store/schema.py::create" -> why it reads better long than cut up.
MAY_BE_LONGER: dict[str, str] = {}

# A product key that is also an ordinary word of the code: "module.py::key" -> why it is no rule.
MAY_NAME_A_PRODUCT: dict[str, str] = {}

CLOCKS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "time.time",
    "time.time_ns",
}
RULE_ID = re.compile(r"\b(TW|LOP|WAA|BX)-[A-Z]+-?\d+")
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


def literals_of(tree: ast.AST) -> set[str]:
    """Every string literal of the code."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def product_keys() -> list[str]:
    """The keys under ``producten`` in every regeling that the package carries."""
    keys: set[str] = set()
    for path in sorted((ROOT / "domain/regelingen").glob("*.yaml")):
        content = yaml.safe_load(text_of(path))
        products = content.get("producten") if isinstance(content, dict) else None
        keys.update(str(key) for key in products or {})
    return sorted(keys)


def products_named(text: str, keys: list[str]) -> set[str]:
    """The product keys that this code knows by name.

    A key such as ``P018`` or ``kortdurend_verblijf`` may appear nowhere, not even in a comment. A
    key that is an ordinary word (``fact``, ``ambulant``) may, but not as a literal of its own.
    """
    literals = literals_of(ast.parse(text))
    words = set(re.findall(r"\w+", text))
    distinctive = {key for key in keys if re.search(r"[\d_]", key)}
    return {key for key in keys if key in literals or (key in distinctive and key in words)}


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
    keys = product_keys()
    products = {f"{name_of(path)}::{key}" for path in modules(*LAYERS) for key in keys}

    assert MAY_BE_LONGER.keys() - places == set()
    assert MAY_NAME_A_PRODUCT.keys() - products == set()
    assert all((MAY_BE_LONGER | MAY_NAME_A_PRODUCT).values())


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


def test_the_code_names_no_rule() -> None:
    found = [
        f"{name_of(path)}: {match.group()}"
        for path in modules(*LAYERS)
        for match in RULE_ID.finditer(text_of(path))
    ]

    assert found == []


def test_the_code_names_no_product() -> None:
    keys = product_keys()
    if not keys:
        pytest.skip("no regeling with products yet")

    found = {
        f"{name_of(path)}::{key}"
        for path in modules(*LAYERS)
        for key in products_named(text_of(path), keys)
    }

    assert found - MAY_NAME_A_PRODUCT.keys() == set()


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("if product == 'P018': pass", {"P018"}),
        ("# as for P018", {"P018"}),
        ("kortdurend_verblijf = 1", {"kortdurend_verblijf"}),
        ("if product == 'fact': pass", {"fact"}),
        ("for fact in facts: evolve(fact)", set()),
        ("'''A fact is stored.'''", set()),
    ],
)
def test_a_product_is_noticed_as_a_literal_and_an_odd_one_anywhere(
    code: str, named: set[str]
) -> None:
    assert products_named(code, ["P018", "kortdurend_verblijf", "fact"]) == named
