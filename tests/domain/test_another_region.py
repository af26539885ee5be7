"""Is another region really a data file: its own products, numbers, approver and readings?"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.application.care import (
    accepted,
    effort,
    granted,
    introduced,
    made,
    no_show,
    opened,
    rows,
    started,
)

from rekenschap.application import (
    Actor,
    Antwoord,
    Incorrect,
    KiesOptie,
    LegJeugdigeVast,
    Rekenschap,
    Uitkomst,
    VerleenGoedkeuring,
    VoerRegelingIn,
)
from rekenschap.infrastructure.clock import FixedClock

TEXT = (Path(__file__).parent / "regelingen/duindam-2026.yaml").read_text("utf-8")
FIRST = date(2026, 1, 12)
NOW = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
TEAM = Actor("team-4", "toegang")


@pytest.fixture
def duindam(sqlite_url: str) -> Iterator[Rekenschap]:
    with opened(sqlite_url, "duindam", FixedClock(NOW)) as rekenschap:
        accepted(rekenschap.execute(introduction()))
        yield rekenschap


@pytest.fixture
def both(sqlite_url: str) -> Iterator[Rekenschap]:
    """A grootboek that knows Twente from 2025 and Duindam from 2026 on."""
    with opened(sqlite_url, "beide", FixedClock(NOW)) as rekenschap:
        accepted(rekenschap.execute(introduced()))
        accepted(rekenschap.execute(introduction()))
        yield rekenschap


def introduction(text: str = TEXT) -> Any:
    return made(VoerRegelingIn, tekst=text, datum=date(2025, 12, 1))


def walk(toewijzing: str = "W1", **values: Any) -> Any:
    usual = {
        "product": "wandelcoach",
        "datum": FIRST,
        "ingangsdatum": FIRST,
        "einddatum": date(2026, 9, 30),
    }
    return granted(toewijzing, **{**usual, "volume": 3000, **values})


def shelter(toewijzing: str = "D1", **values: Any) -> Any:
    """20 hours of dagopvang a week during 24 weeks: exactly what may be."""
    usual = {"product": "dagopvang", "eenheid": "uur", "volume": 480}
    days = {"ingangsdatum": FIRST, "einddatum": date(2026, 6, 28), "datum": FIRST}
    return granted(toewijzing, **{**usual, **days, **values})


def said(answer: Antwoord) -> tuple[str, tuple[str, ...]]:
    return str(answer.uitkomst), answer.regels


REFUSED, ASKED = str(Uitkomst.GEWEIGERD), str(Uitkomst.GOEDKEURING_NODIG)
YES = (str(Uitkomst.GEACCEPTEERD), ())


# --- both sides of its own numbers


@pytest.mark.parametrize(
    ("last", "answer"),
    [
        (date(2026, 10, 11), YES),
        (date(2026, 10, 12), (REFUSED, ("DD-02",))),
        (date(2027, 1, 11), (REFUSED, ("DD-02",))),
    ],
    ids=["nine months", "a day more", "the year of another region"],
)
def test_its_own_duration(duindam: Rekenschap, last: date, answer: Any) -> None:
    assert said(duindam.execute(walk(einddatum=last))) == answer


def test_its_own_size_is_the_bound(duindam: Rekenschap) -> None:
    accepted(duindam.execute(walk(volume=100)))
    accepted(duindam.execute(started("W1", datum=FIRST)))

    first = duindam.execute(effort("W1", 100, datum=FIRST))
    more = duindam.execute(effort("W1", 1, datum=FIRST))

    assert (said(first), said(more)) == (YES, (REFUSED, ("DD-01",)))


@pytest.mark.parametrize(("minutes", "answer"), [(20, YES), (21, (REFUSED, ("DD-08",)))])
def test_its_own_travel(duindam: Rekenschap, minutes: int, answer: Any) -> None:
    accepted(duindam.execute(walk()))
    accepted(duindam.execute(started("W1", datum=FIRST)))

    told = duindam.execute(effort("W1", minutes, soort="reistijd", datum=FIRST))

    assert said(told) == answer


@pytest.mark.parametrize(
    ("born", "answer"),
    [(date(2010, 1, 13), YES), (date(2010, 1, 12), (REFUSED, ("DD-05",)))],
    ids=["fifteen", "sixteen today"],
)
def test_its_own_age(duindam: Rekenschap, born: date, answer: Any) -> None:
    known = made(LegJeugdigeVast, jeugdige="kind-1", geboortedatum=born, datum=FIRST)
    accepted(duindam.execute(known))

    assert said(duindam.execute(walk())) == answer


def test_its_own_products_exclude_each_other_in_either_order(duindam: Rekenschap) -> None:
    hide = {"product": "schuilplek", "eenheid": "etmaal", "volume": 10, "datum": FIRST}
    summer = {"ingangsdatum": date(2026, 5, 1), "einddatum": date(2026, 5, 31)}
    accepted(duindam.execute(shelter()))
    accepted(duindam.execute(granted("S2", "kind-2", **{**hide, **summer})))

    beside = duindam.execute(granted("S1", "kind-1", **{**hide, **summer}))
    other_way = duindam.execute(shelter("D2", jeugdige="kind-2"))
    after = {"ingangsdatum": date(2026, 6, 29), "einddatum": date(2026, 7, 31)}
    later = duindam.execute(granted("S3", "kind-1", **{**hide, **after}))

    assert said(beside) == said(other_way) == (REFUSED, ("DD-04",))
    assert said(later) == YES


def test_minutes_are_counted_as_hours(duindam: Rekenschap) -> None:
    accepted(duindam.execute(shelter(volume=2)))
    accepted(duindam.execute(started("D1", datum=FIRST)))

    first = duindam.execute(effort("D1", 90, soort="groep", datum=FIRST))
    more = duindam.execute(effort("D1", 31, soort="groep", datum=FIRST))
    rest = duindam.execute(effort("D1", 30, soort="groep", datum=FIRST))

    assert [said(one) for one in (first, more, rest)] == [YES, (REFUSED, ("DD-01",)), YES]


# --- its own cap, in a rolling year


def missed(rekenschap: Rekenschap, *days: date) -> list[tuple[str, tuple[str, ...]]]:
    return [said(rekenschap.execute(no_show("W1", datum=day))) for day in days]


def test_three_missed_and_no_fourth(duindam: Rekenschap) -> None:
    accepted(duindam.execute(walk()))

    answers = missed(duindam, *(date(2026, 3, day) for day in (2, 3, 4, 5)))

    assert answers == [YES, YES, YES, (REFUSED, ("DD-03",))]


def test_the_year_rolls_over_the_new_year(duindam: Rekenschap) -> None:
    accepted(duindam.execute(walk(ingangsdatum=date(2026, 6, 1), einddatum=date(2027, 2, 28))))
    missed(duindam, *(date(2026, 12, day) for day in (1, 2, 3)))

    assert missed(duindam, date(2027, 1, 4)) == [(REFUSED, ("DD-03",))]


def test_it_counts_by_calendar_year_where_that_is_chosen(duindam: Rekenschap) -> None:
    accepted(duindam.execute(chosen("gemist_jaar", "kalenderjaar")))
    accepted(duindam.execute(walk(ingangsdatum=date(2026, 6, 1), einddatum=date(2027, 2, 28))))
    missed(duindam, *(date(2026, 12, day) for day in (1, 2, 3)))

    assert missed(duindam, date(2027, 1, 4)) == [YES]


def chosen(name: str, value: Any, day: date = date(2026, 1, 1)) -> Any:
    return made(KiesOptie, regeling="duindam-2026", optie=name, waarde=value, datum=day)


@pytest.mark.parametrize(
    ("open_from", "first", "answer"),
    [
        (None, date(2026, 3, 31), (REFUSED, ("DD-07",))),
        (None, date(2026, 4, 1), YES),
        (date(2026, 2, 1), date(2026, 3, 31), YES),
    ],
    ids=["before the default", "on the default", "after the day that was chosen"],
)
def test_its_own_option(
    duindam: Rekenschap, open_from: date | None, first: date, answer: Any
) -> None:
    if open_from is not None:
        accepted(duindam.execute(chosen("schuilplek_vanaf", open_from)))
    days = {"ingangsdatum": first, "einddatum": date(2026, 4, 30), "datum": first}
    hide = {"product": "schuilplek", "eenheid": "etmaal", "volume": 10}

    assert said(duindam.execute(granted("S1", **hide, **days))) == answer


# --- its own approver


def test_its_own_approver_and_no_other(duindam: Rekenschap) -> None:
    asked = duindam.execute(shelter(volume=481, referentie="meer"))

    by_gemeente = duindam.execute(approval("gemeente"))
    by_team = duindam.execute(approval("sociaal_team"))

    assert said(asked) == (ASKED, ("DD-06",))
    assert said(by_gemeente) == (REFUSED, ("DD-06",))
    assert said(by_team) == YES


def approval(by: str) -> Any:
    return made(VerleenGoedkeuring, betreft="meer", door=by, actor=TEAM, datum=FIRST)


def test_up_to_its_number_nobody_is_asked(duindam: Rekenschap) -> None:
    assert said(duindam.execute(shelter())) == YES


# --- two regelingen in one grootboek


def test_each_governs_what_was_granted_under_it(both: Rekenschap) -> None:
    accepted(both.execute(granted("T1", einddatum=date(2026, 2, 27))))
    accepted(both.execute(started("T1")))
    accepted(both.execute(walk()))
    accepted(both.execute(started("W1", datum=FIRST)))
    travel = {"soort": "reistijd", "datum": date(2026, 2, 2)}

    answers = {
        (name, minutes): said(both.execute(effort(name, minutes, **travel)))
        for name, minutes in (("T1", 45), ("T1", 46), ("W1", 20), ("W1", 21))
    }

    assert answers == {
        ("T1", 45): (str(Uitkomst.GESIGNALEERD), ("TW-ALG-15",)),
        ("T1", 46): (REFUSED, ("TW-ALG-07",)),
        ("W1", 20): YES,
        ("W1", 21): (REFUSED, ("DD-08",)),
    }
    assert both.stand(toewijzing="T1", geldig_op=FIRST).regeling == "twente-2025"
    assert both.stand(toewijzing="W1", geldig_op=FIRST).regeling == "duindam-2026"


def test_the_day_it_begins_tells_which_one(both: Rekenschap) -> None:
    """A product of one of them is no product of the other on the day before."""
    last = {"datum": date(2025, 12, 31), "ingangsdatum": date(2025, 12, 31)}
    first = {"datum": date(2026, 1, 1), "ingangsdatum": date(2026, 1, 1)}

    with pytest.raises(Incorrect, match="twente-2025"):
        both.toets(walk(**last))
    with pytest.raises(Incorrect, match="duindam-2026"):
        both.toets(granted(**first, einddatum=date(2026, 6, 30)))
    assert said(both.toets(walk(**first))) == YES
    assert said(both.toets(granted(**last, einddatum=date(2026, 6, 30)))) == YES


def test_the_numbers_of_the_other_do_not_apply(both: Rekenschap) -> None:
    """Five no-shows per calendar year there, three per rolling year here."""
    accepted(both.execute(granted("T1", einddatum=date(2025, 12, 31))))
    accepted(both.execute(started("T1")))
    accepted(both.execute(walk()))
    there = [said(both.execute(no_show("T1", datum=date(2025, 4, d)))) for d in range(1, 7)]
    here = [said(both.execute(no_show("W1", datum=date(2026, 4, d)))) for d in range(1, 5)]

    assert there == [YES] * 5 + [(REFUSED, ("TW-NS-01",))]
    assert here == [YES] * 3 + [(REFUSED, ("DD-03",))]


# --- broken files


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) >= 1, old
    return TEXT.replace(old, new, 1)


BROKEN = {
    "unknown kind": (
        changed("soort: omvang_maximum", "soort: omvang_minimum"),
        ("duindam-2026", "DD-01", "soort", "omvang_minimum"),
    ),
    "unknown version of a kind": (
        changed("soort: omvang_maximum", "soort: omvang_maximum\n        versie: 7"),
        ("duindam-2026", "DD-01", "soort", "omvang_maximum (7)"),
    ),
    "unknown parameter": (
        changed("termijn: {maanden: 9}", "termijn: {maanden: 9}\n          hoogstens: 3"),
        ("duindam-2026", "DD-02", "instelling.hoogstens"),
    ),
    "missing parameter": (
        changed("          hoogstens: 3\n", ""),
        ("duindam-2026", "DD-03", "instelling.hoogstens"),
    ),
    "parameter of another kind of value": (
        changed("hoogstens: 3", "hoogstens: drie"),
        ("duindam-2026", "DD-03", "instelling.hoogstens", "drie"),
    ),
    "unknown part of a term": (
        changed("termijn: {maanden: 9}", "termijn: {manden: 9}"),
        ("duindam-2026", "DD-02", "termijn.manden"),
    ),
    "negative number": (
        changed("hoogstens: 20\n\n  - id: DD-07", "hoogstens: -20\n\n  - id: DD-07"),
        ("duindam-2026", "DD-06", "instelling.hoogstens", "-20"),
    ),
    "no number": (
        changed("hoogstens: 20\n\n  - id: DD-07", "hoogstens: 'NaN'\n\n  - id: DD-07"),
        ("duindam-2026", "DD-06", "instelling.hoogstens", "NaN"),
    ),
    "negative term": (
        changed("termijn: {maanden: 9}", "termijn: {maanden: -9}"),
        ("duindam-2026", "DD-02", "termijn.maanden", "-9"),
    ),
    "missing source": (
        changed("    bron: [{document: besluit, plaats: artikel 9, citaat: is vriendelijk}]\n", ""),
        ("duindam-2026", "DD-09", "bron"),
    ),
    "no source at all": (
        changed("[{document: besluit, plaats: artikel 1, citaat: nooit meer dan de omvang}]", "[]"),
        ("duindam-2026", "DD-01", "bron"),
    ),
    "source in a document that is not there": (
        changed(
            "{document: besluit, plaats: artikel 1,", "{document: besluiten, plaats: artikel 1,"
        ),
        ("duindam-2026", "DD-01", "document", "besluiten"),
    ),
    "empty quote": (
        changed("citaat: nooit meer dan de omvang", "citaat: ' '"),
        ("duindam-2026", "DD-01", "citaat"),
    ),
    "unknown unit": (
        changed("eenheid: uur", "eenheid: uren"),
        ("duindam-2026", "producten.dagopvang.eenheid", "uren"),
    ),
    "negative tariff": (
        changed('bedrag: "1.05"', 'bedrag: "-1.05"'),
        ("duindam-2026", "producten.wandelcoach.tarief.bedrag", "-1.05"),
    ),
    "tariff with a comma": (
        changed('bedrag: "1.05"', 'bedrag: "1,05"'),
        ("duindam-2026", "producten.wandelcoach.tarief.bedrag", "1,05"),
    ),
    "product group that is not there": (
        changed("producten: overdag", "producten: snachts"),
        ("duindam-2026", "DD-02", "producten", "snachts"),
    ),
    "product that is not there": (
        changed("producten: [wandelcoach]", "producten: [wandelcoacj]"),
        ("duindam-2026", "DD-03", "producten", "wandelcoacj"),
    ),
    "product group with a product that is not there": (
        changed("overdag: [wandelcoach, dagopvang]", "overdag: [wandelcoach, nachtopvang]"),
        ("duindam-2026", "nachtopvang"),
    ),
    "pair with a product that is not there": (
        changed("ander: {product: [schuilplek]}", "ander: {product: [schuilhut]}"),
        ("duindam-2026", "DD-04", "paren", "schuilhut"),
    ),
    "rule id twice": (changed("id: DD-02", "id: DD-01"), ("duindam-2026", "DD-01", "regels")),
    "key twice": (
        changed("    ernst: weigert\n", "    ernst: weigert\n    ernst: signaal\n"),
        ("regeling", "ernst", "twice"),
    ),
    "neither applied nor said why not": (
        changed("    niet_getoetst: Vriendelijkheid staat in geen enkel gegeven.\n", ""),
        ("duindam-2026", "DD-09", "niet_getoetst"),
    ),
    "applied and said why not": (
        changed(
            "      - soort: omvang_maximum", "      - soort: omvang_maximum\n    niet_getoetst: nee"
        ),
        ("duindam-2026", "DD-01", "niet_getoetst"),
    ),
    "option that is not declared": (
        changed("jaar_optie: gemist_jaar", "jaar_optie: gemist_eeuw"),
        ("duindam-2026", "DD-03", "jaar_optie", "gemist_eeuw"),
    ),
    "reading that is not declared": (
        changed(
            "- soort: omvang_maximum",
            "- soort: omvang_maximum\n        als_optie: {gemist_eeuw: ja}",
        ),
        ("duindam-2026", "DD-01", "als_optie", "gemist_eeuw"),
    ),
    "default that is no value of the option": (
        changed("standaard: voortschrijdend_12m", "standaard: voortschrijdend"),
        ("duindam-2026", "opties.gemist_jaar.standaard", "voortschrijdend"),
    ),
    "day that does not exist": (
        changed("vanaf: 2026-01-01", "vanaf: '2026-02-30'"),
        ("duindam-2026", "in_werking.vanaf", "2026-02-30"),
    ),
    "last day before the first": (
        changed("tot_en_met: 2027-12-31", "tot_en_met: 2025-12-31"),
        ("duindam-2026", "in_werking.tot_en_met", "2025-12-31"),
    ),
    "product of a parameter that is not there": (
        changed(
            "paren:\n            - een: {product: [dagopvang]}",
            "paren:\n            - een: {product: [dagopvan]}",
        ),
        ("duindam-2026", "DD-04", "paren", "dagopvan"),
    ),
    "condition on a product that is not there": (
        changed(
            "- soort: omvang_maximum", "- soort: omvang_maximum\n        als: {product: [dag]}"
        ),
        ("duindam-2026", "DD-01", "als", "dag"),
    ),
    "unknown event": (
        changed("bij: [InzetGeregistreerd]", "bij: [InzetGeregistreert]"),
        ("duindam-2026", "DD-08", "bij", "InzetGeregistreert"),
    ),
    "event the kind does not judge": (
        changed("bij: [InzetGeregistreerd]", "bij: [ZorgGestopt]"),
        ("duindam-2026", "DD-08", "bij", "ZorgGestopt"),
    ),
    "unknown weight": (
        changed("ernst: weigert", "ernst: weiger"),
        ("duindam-2026", "DD-01", "ernst", "weiger"),
    ),
    "unknown status": (
        changed("status: verordening", "status: besluit"),
        ("duindam-2026", "DD-01", "status", "besluit"),
    ),
    "unknown key of a rule": (
        changed("    lezing: D-1\n    bron", "    lezingen: D-1\n    bron"),
        ("duindam-2026", "DD-03", "lezingen"),
    ),
    "unknown key of the regeling": (
        changed("rekent_om: true", "rekent_om: true\nrekent_af: true"),
        ("duindam-2026", "rekent_af"),
    ),
    "a condition on what no fact can carry": (
        changed(
            "soort: omvang_maximum",
            "soort: omvang_maximum\n        als: {verwijzert: gemeente}",
        ),
        ("duindam-2026", "DD-01", "als", "verwijzert"),
    ),
    "a condition on a value it never has": (
        changed(
            "soort: omvang_maximum",
            "soort: omvang_maximum\n        als: {verwijzer: gemeentte}",
        ),
        ("duindam-2026", "DD-01", "als", "gemeentte"),
    ),
    "a party nobody is": (
        changed("goedkeurders: [sociaal_team]", "goedkeurders: [sociaal_teem]"),
        ("duindam-2026", "goedkeurders", "sociaal_teem"),
    ),
    "a day in another spelling": (
        changed("vanaf: 2026-01-01", "vanaf: '20260101'"),
        ("duindam-2026", "vanaf", "20260101"),
    ),
    "no rule at all": (TEXT[: TEXT.index("regels:")] + "regels: []\n", ("regels",)),
    "prices that overlap": (
        changed(
            'tarief: {bedrag: "1.05", per: minuut}',
            'tarieven: [{bedrag: "1.05", per: minuut, vanaf: 2026-01-01},'
            ' {bedrag: "1.10", per: minuut, vanaf: 2026-07-01}]',
        ),
        ("duindam-2026", "wandelcoach", "tarieven"),
    ),
    "no YAML": (changed("regels:", "regels: ["), ("regeling",)),
    "no map": ("- een\n- lijst\n", ("regeling",)),
}


@pytest.mark.parametrize(("text", "named"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_with_its_place(
    sqlite_url: str, text: str, named: tuple[str, ...]
) -> None:
    with opened(sqlite_url, "duindam", FixedClock(NOW)) as rekenschap:
        before = rows(rekenschap)

        with pytest.raises(Incorrect) as refused:
            rekenschap.execute(introduction(text))

        assert [part for part in named if part not in str(refused.value)] == [], refused.value
        assert rows(rekenschap) == before


def test_a_broken_file_does_not_use_its_command_up(sqlite_url: str) -> None:
    with opened(sqlite_url, "duindam", FixedClock(NOW)) as rekenschap:
        broken = introduction(BROKEN["empty quote"][0])
        with pytest.raises(Incorrect):
            rekenschap.execute(broken)

        mended = made(
            VoerRegelingIn, tekst=TEXT, datum=date(2025, 12, 1), command_id=broken.command_id
        )

        assert said(rekenschap.execute(mended)) == YES


def test_the_same_file_is_introduced_once(duindam: Rekenschap) -> None:
    again = duindam.execute(introduction("# een ander commentaar\n" + TEXT))

    assert (str(again.uitkomst), again.gronden) == (REFUSED, ("regeling_bekend",))
