"""What is kept of persons longer than it should be, and why: declared, reported, never erased."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import attrs
import pytest
from sqlalchemy import text
from tests.application.care import accepted, granted, head, introduced, made, opened, rows

from rekenschap.application import (
    Incorrect,
    LegGezinVast,
    LegJeugdigeVast,
    Rekenschap,
    StelPlanVast,
    Verstreken,
    WisGegevens,
)
from rekenschap.domain.calendar import AMSTERDAM
from rekenschap.domain.facts import REGISTER
from rekenschap.domain.kenmerken import SoortKenmerk
from rekenschap.domain.persoonsgegevens import WOORDEN
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.persoonsgegevens import declared, read_declaration
from rekenschap.infrastructure.regelingen import packaged, packaged_text, read_regeling

LAST = date(2025, 6, 2)
"""The day everything below is recorded; twenty years later is 2 June 2045."""


def youth(name: str = "kind-1", **values: Any) -> Any:
    usual = {"geboortedatum": date(2010, 1, 1), "woonplaats": "Almelo"}
    return made(LegJeugdigeVast, jeugdige=name, **{**usual, **values})


def report(rekenschap: Rekenschap, day: date) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in rekenschap.bewaartermijnen(op=day):
        found.setdefault(str(one.host_id), []).append(one.gegeven)
    return found


def test_every_personal_field_of_an_event_and_every_words_kenmerk_is_declared() -> None:
    fields = {
        (cls.__name__, field.name)
        for cls in REGISTER.values()
        for field in attrs.fields(cls)
        if "verzegeld" in field.metadata
    }
    words = {
        ("kenmerk", name)
        for regeling in packaged()
        for name, one in read_regeling(packaged_text(regeling)).kenmerken.kenmerken.items()
        if one.soort is SoortKenmerk.WOORDEN
    }
    assert ("JeugdigeVastgelegd", "geboortedatum") in fields
    assert ("kenmerk", "protocol") in words
    known = declared().gegevens.keys()
    assert [one for one in sorted(fields | words) if one[1] not in known] == []
    assert {"jeugdige", "gezin", "persoon", WOORDEN} <= known


def test_every_declaration_has_a_purpose_and_a_source_and_no_date_of_its_own() -> None:
    for name, one in declared().gegevens.items():
        assert one.naam == name
        assert one.doel
        assert one.bron.plaats
        assert one.bron.citaat
        assert (one.termijn is None) is (name == "persoon")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("termijn: dossier}", "termijn: ooit}", "termijn"),
        ("jaren: 20", "jaren: -1", "jaren"),
        ("jaren: 20", "jaren: 1.5", "jaren"),
        ("document: jeugdwet", "document: krant", "bron"),
        ("doel: leeftijd_toetsen", 'doel: ""', "doel"),
        ("  woorden:", "  anders:", "woorden"),
        ("doel: leeftijd_toetsen", "doel: leeftijd_toetsen, extra: 1", "extra"),
        ("documenten:", "documenten: [", "persoonsgegevens"),
    ],
)
def test_a_declaration_that_is_wrong_names_the_place(old: str, new: str, field: str) -> None:
    from importlib.resources import files

    source = (files("rekenschap.domain") / "persoonsgegevens.yaml").read_text("utf-8")
    assert old in source
    with pytest.raises(Incorrect) as error:
        read_declaration(source.replace(old, new, 1))
    assert field in error.value.field


@pytest.mark.parametrize(
    ("day", "passed"),
    [
        (date(2025, 6, 2), False),
        (date(2045, 6, 1), False),
        (date(2045, 6, 2), False),
        (date(2045, 6, 3), True),
        (date(2199, 12, 31), True),
    ],
)
def test_twenty_years_from_the_last_change_and_not_a_day_less(
    ledger: Rekenschap, day: date, passed: bool
) -> None:
    ledger.execute(youth())
    wanted = {"kind-1": ["jeugdige", "geboortedatum", "woonplaats"]} if passed else {}
    assert report(ledger, day) == wanted


def test_a_line_says_who_what_for_until_when_since_when_and_on_what_ground(
    ledger: Rekenschap,
) -> None:
    ledger.execute(youth(woonplaats=None))
    own, born = ledger.bewaartermijnen(op=date(2045, 6, 3))
    assert isinstance(born, Verstreken)
    assert (born.host_id, born.gegeven, born.doel) == (
        "kind-1",
        "geboortedatum",
        "leeftijd_toetsen",
    )
    assert (born.laatste_wijziging, born.bewaren_tot) == (LAST, date(2045, 6, 2))
    assert born.sinds == date(2045, 6, 3)
    assert born.bron.plaats == "artikel 7.3.8 lid 3"
    assert own.betrokkene == born.betrokkene
    assert (own.gegeven, own.doel) == ("jeugdige", "dossier_terugvinden")


def test_a_later_step_on_the_dossier_moves_the_term_along(
    ledger: Rekenschap, clock: FixedClock
) -> None:
    ledger.execute_batch([youth("kind-1"), youth("kind-2")])
    clock.set(datetime(2030, 1, 15, 12, tzinfo=UTC))
    ledger.execute(made(StelPlanVast, jeugdige="kind-1", plan="toekomstplan"))
    assert set(report(ledger, date(2045, 6, 3))) == {"kind-2"}
    assert set(report(ledger, date(2050, 1, 15))) == {"kind-2"}
    assert set(report(ledger, date(2050, 1, 16))) == {"kind-1", "kind-2"}


def test_a_step_on_an_allocation_counts_for_its_youth(
    ledger: Rekenschap, clock: FixedClock
) -> None:
    ledger.execute_batch([youth(), granted()])
    clock.set(datetime(2026, 2, 1, tzinfo=UTC))
    ledger.execute(granted("T1"))  # refused, and still on record about this youth
    assert report(ledger, date(2045, 6, 3)) == {}
    assert set(report(ledger, date(2046, 2, 2))) == {"kind-1"}


def test_the_day_is_the_day_in_amsterdam(database_url: str) -> None:
    last_minute = datetime.combine(LAST, time(23, 59), AMSTERDAM).astimezone(UTC)
    for name, moment in (("a", last_minute), ("b", last_minute + timedelta(minutes=1))):
        with opened(database_url, name, FixedClock(moment)) as rekenschap:
            rekenschap.execute_batch([introduced(), youth()])
            passed = date(2045, 6, 3) if name == "a" else date(2045, 6, 4)
            assert report(rekenschap, passed - timedelta(days=1)) == {}
            assert set(report(rekenschap, passed)) == {"kind-1"}


def test_a_last_change_on_a_leap_day(database_url: str) -> None:
    with opened(database_url, clock=FixedClock(datetime(2024, 2, 29, 12, tzinfo=UTC))) as ledger:
        ledger.execute_batch([introduced(), youth()])
        assert report(ledger, date(2044, 2, 29)) == {}
        assert set(report(ledger, date(2044, 3, 1))) == {"kind-1"}


def test_a_family_is_kept_as_long_as_the_dossier_of_one_of_its_members(
    ledger: Rekenschap, clock: FixedClock
) -> None:
    ledger.execute(made(LegGezinVast, gezin="gezin-1", leden=["kind-1"]))
    ledger.execute(youth("kind-2", gezin="gezin-1"))
    clock.set(datetime(2027, 3, 1, 12, tzinfo=UTC))
    ledger.execute(made(StelPlanVast, jeugdige="kind-2", plan="toekomstplan"))
    assert set(report(ledger, date(2045, 6, 3))) == {"kind-1"}
    assert set(report(ledger, date(2047, 3, 2))) == {"kind-1", "kind-2", "gezin-1"}


def test_who_acts_is_never_on_the_report(ledger: Rekenschap) -> None:
    assert report(ledger, date(2199, 12, 31)) == {}


def test_reporting_erases_nothing_and_is_itself_a_reading(ledger: Rekenschap) -> None:
    ledger.execute(youth())
    before = rows(ledger)
    ledger.bewaartermijnen(op=date(2045, 6, 3))
    assert rows(ledger) == before
    assert [line.vraag for line in ledger.gelezen(jeugdige="kind-1").regels] == ["bewaartermijnen"]


def test_what_was_erased_is_not_on_the_report(ledger: Rekenschap) -> None:
    ledger.execute_batch([youth("kind-1"), youth("kind-2")])
    gone = made(WisGegevens, jeugdige="kind-1", grond="bewaartermijn_verstreken")
    accepted(ledger.execute(gone))
    assert set(report(ledger, date(2045, 6, 3))) == {"kind-2"}


def test_the_vault_stores_purpose_and_the_first_day_it_could_go(ledger: Rekenschap) -> None:
    ledger.execute(youth())
    store: Any = ledger._store
    with store.reading() as unit:
        found = unit.connection.execute(
            text("SELECT field, purpose, keep_until FROM vault_values ORDER BY field")
        )
        rows_there = [tuple(row) for row in found]
    assert rows_there == [
        ("geboortedatum", "leeftijd_toetsen", "2045-06-02"),
        ("woonplaats", "verantwoordelijke_gemeente_bepalen", "2045-06-02"),
    ]


def test_what_was_promised_when_it_was_kept_is_not_cut_short(ledger: Rekenschap) -> None:
    ledger.execute(youth())
    store: Any = ledger._store
    with store.writing() as unit:
        longer = "UPDATE vault_values SET keep_until = '2060-01-01' WHERE field = 'woonplaats'"
        unit.connection.execute(text(longer))
    assert report(ledger, date(2060, 1, 1)) == {"kind-1": ["jeugdige", "geboortedatum"]}
    assert report(ledger, date(2060, 1, 2))["kind-1"][-1] == "woonplaats"
    assert ledger.verify() == head(ledger)


@pytest.mark.parametrize("day", ["2045-06-03", datetime(2045, 6, 3, tzinfo=UTC), 7])
def test_a_day_that_is_none_is_incorrect(ledger: Rekenschap, day: Any) -> None:
    with pytest.raises(Incorrect, match="op"):
        ledger.bewaartermijnen(op=day)
