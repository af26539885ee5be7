"""What an older version of a fact means today, and that it is read no less strictly than ever."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.codec.test_malformed import line, refused
from tests.golden.write import path_of

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.facts import REGISTER, BezwaarBeslist, BezwaarIngediend
from rekenschap.domain.upcasts import UPCASTS
from rekenschap.domain.vocabulary import Eenheid
from rekenschap.infrastructure.codec import decode

FIRST = [("bezwaar-ingediend", 1), ("bezwaar-beslist", 1)]


def told(name: str, **changes: Any) -> bytes:
    """The golden payload of a first version, with fields changed; None takes one out."""
    whole = json.loads(path_of(name, 1).read_bytes())
    whole["feit"] = {k: v for k, v in {**whole["feit"], **changes}.items() if v is not None}
    return json.dumps(whole).encode()


def test_an_objection_of_the_first_version_is_against_the_grant_of_its_toewijzing() -> None:
    fact = decode(line("bezwaar-ingediend", 1, told("bezwaar-ingediend"))).feit
    assert isinstance(fact, BezwaarIngediend)
    assert fact.stroom == "toewijzing/T-2025.toewijzing"
    assert fact.op_toewijzing == "T-2025.toewijzing"
    assert fact.betreft is AFWEZIG
    assert fact.ter_post_op is AFWEZIG
    assert fact.datum == date(2025, 3, 30)
    assert fact.kenmerken["geheel"] == 1439


def test_a_decision_of_the_first_version_replaces_the_size_and_names_no_objection() -> None:
    fact = decode(line("bezwaar-beslist", 1, told("bezwaar-beslist"))).feit
    assert isinstance(fact, BezwaarBeslist)
    assert fact.op_toewijzing == "T-2025.toewijzing"
    assert (fact.volume, fact.eenheid) == (Decimal("1234567.5"), Eenheid.GEEN)
    assert (fact.betreft, fact.dictum, fact.nieuw_besluit) == (AFWEZIG, AFWEZIG, AFWEZIG)
    assert fact.herziet


@pytest.mark.parametrize(("name", "version"), FIRST)
@pytest.mark.parametrize(
    "changes",
    [
        {"toewijzing": None},
        *({"toewijzing": wrong} for wrong in (1, True, "", "a b", "a/b", ["T1"], {"a": "T1"})),
        {"bij": "toewijzing/T1"},
        {"betreft": 1},
        {"dictum": "gegrond"},
        {"ter_post_op": "2025-01-01"},
        {"vastgesteld": None},
        {"datum": "2025-02-30"},
    ],
)
def test_what_was_never_of_that_version_is_refused(
    name: str, version: int, changes: dict[str, Any]
) -> None:
    refused(name, version, told(name, **changes))


@pytest.mark.parametrize(("name", "version"), FIRST)
@pytest.mark.parametrize("fact", [None, [], "T1", 1, {}])
def test_what_is_no_map_of_fields_is_refused(name: str, version: int, fact: object) -> None:
    whole = {**json.loads(path_of(name, version).read_bytes()), "feit": fact}
    refused(name, version, json.dumps(whole).encode())


def test_every_step_leads_to_the_version_that_is_written_today() -> None:
    latest = dict(REGISTER.keys())
    for name, version in UPCASTS:
        assert all((name, later) in UPCASTS for later in range(version, latest[name])), name
        assert version < latest[name]
        assert path_of(name, version).exists()
