"""Does the page about regelingen describe the rule kinds and keys that there really are?"""

import inspect
import re

import pytest
from tests.docs.generate_rule_kinds import PAGE, in_page, rule_kinds, written_into

from rekenschap.domain.rules import SOORTEN
from rekenschap.domain.vocabulary import Ernst
from rekenschap.infrastructure.regelingen import packaged, reader, rules


def test_the_list_of_rule_kinds_is_the_one_made_from_the_code() -> None:
    there = in_page(PAGE.read_text("utf-8"))

    assert there == rule_kinds(), "run tests/docs/generate_rule_kinds.py: it says how"


def test_writing_the_list_anew_changes_nothing_else() -> None:
    page = PAGE.read_text("utf-8")

    assert written_into(page) == page


@pytest.mark.parametrize(("name", "version"), sorted(SOORTEN))
def test_every_rule_kind_says_what_it_means(name: str, version: int) -> None:
    meaning = SOORTEN[name, version].__doc__

    assert meaning
    assert f"**`{name}`** version {version}," in rule_kinds()


def test_every_key_that_is_read_is_explained() -> None:
    code = inspect.getsource(reader) + inspect.getsource(rules)
    keys = set(re.findall(r'\.(?:key|optional|has)\("([a-z_]+)"', code))
    explained = set(re.findall(r"`([a-z_]+)`", PAGE.read_text("utf-8")))

    assert sorted(keys - explained) == []


def test_every_status_and_weight_is_named() -> None:
    page = PAGE.read_text("utf-8")

    assert [s for s in (*rules.STATUSES, *Ernst) if f"`{s}`" not in page] == []
    assert "twente-2025" in packaged()
