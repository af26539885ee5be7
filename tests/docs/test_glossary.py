"""Does the one list of terms hold every word that the ledger itself gives a meaning?"""

import enum
import importlib
import pkgutil
import re
from collections.abc import Iterator

import attrs
import pytest
from tests.docs.pages import ROOT

import rekenschap.application
import rekenschap.domain
from rekenschap.application import commands
from rekenschap.domain.facts import BY_CLASS_NAME
from rekenschap.infrastructure.regelingen import packaged_text, read_regeling

PAGE = ROOT / "docs/glossary.md"
ROWS = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
TERMS = [term for row in ROWS for term in re.findall(r"`([^`]+)`", row.split(" | ")[0])]


def enums() -> Iterator[type[enum.Enum]]:
    """Every closed list of the domain and the application."""
    for package in (rekenschap.domain, rekenschap.application):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for found in vars(importlib.import_module(module.name)).values():
                if isinstance(found, type) and issubclass(found, enum.Enum):
                    yield found


def missing(words: set[str]) -> list[str]:
    return sorted(words - set(TERMS))


def test_every_fact_is_in_the_glossary() -> None:
    assert missing(set(BY_CLASS_NAME)) == []


def test_every_command_is_in_the_glossary() -> None:
    names = {n for n in commands.__all__ if hasattr(getattr(commands, n), "feit")}

    assert missing(names) == []


def test_every_value_of_a_closed_list_is_in_the_glossary() -> None:
    ours = {kind for kind in enums() if kind.__module__.startswith("rekenschap.")}

    assert missing({str(member.value) for kind in ours for member in kind}) == []
    assert missing({kind.__name__ for kind in ours if kind.__name__ != "Rol"}) == []


def test_every_field_of_a_fact_is_in_the_glossary() -> None:
    fields = {a.name for cls in BY_CLASS_NAME.values() for a in attrs.fields(cls)}

    assert missing(fields) == []


def test_every_list_of_the_kenmerken_is_in_the_glossary() -> None:
    lists = read_regeling(packaged_text("twente-2025")).kenmerken.lijsten

    assert missing(set(lists)) == []


def test_no_term_is_explained_twice() -> None:
    assert sorted(t for t in set(TERMS) if TERMS.count(t) > 1) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("`")[1])
def test_every_term_has_a_meaning_and_says_where_it_is_defined(row: str) -> None:
    columns = [column.strip() for column in row.strip("| ").split(" | ")]

    assert len(columns) == 3
    assert all(columns)
