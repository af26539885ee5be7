"""Laws that hold for every history, whatever was recorded in whatever order."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import (
    ANNA,
    BRAM,
    Ledger,
    NobodyNamed,
    Step,
    begeleiding,
    called,
    correctie,
    doorhaling,
    evaluatie,
    inzet,
    no_show,
    peildatum,
    sessie,
    start,
    stop,
    toewijzing,
    vaktherapie,
    verlenging,
)
from tests.builders import given as recorded

from rekenschap.domain.decide import decide_step
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.evolve import fold
from rekenschap.domain.facts import Feit

SIZE = 600
law = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

days = st.dates(date(2024, 12, 20), date(2026, 1, 20))
minutes = st.sampled_from([0, 1, 60, 200, 299, 300, 301, 400, 599, 600, 601]) | st.integers(0, 250)
names = st.sampled_from(["A", "B"])


def charges(van: str = "T1") -> st.SearchStrategy[Step]:
    """Effort and no-shows, some under a name to come back to."""
    effort = st.builds(lambda n, d: inzet(n, op=d, van=van, soort="intake"), minutes, days)
    missed = st.builds(
        lambda n, d, c: no_show(d, aantal=n, van=van, declareren=c), minutes, days, st.booleans()
    )
    plain = effort | missed
    return plain | st.builds(called, names, plain)


def changes() -> st.SearchStrategy[Step]:
    """Corrections and withdrawals of whatever has the name by then."""
    corrected = st.builds(
        lambda n, name: called(f"{name}-new", correctie(name, aantal=n)), minutes, names
    )
    withdrawn = st.builds(lambda name: called(f"{name}x", doorhaling(name)), names)
    again = st.builds(lambda name: called(f"{name}xx", doorhaling(f"{name}x")), names)
    undone = st.builds(lambda name: called(f"{name}x", doorhaling(f"{name}-new")), names)
    twice = st.builds(
        lambda n, name: called(f"{name}-new", correctie(f"{name}-new", aantal=n)), minutes, names
    )
    return corrected | withdrawn | again | undone | twice


def histories(*kinds: st.SearchStrategy[Step]) -> st.SearchStrategy[list[Step]]:
    return st.lists(st.one_of(*kinds), max_size=25)


def care(steps: list[Step], *more: Step) -> Ledger:
    """Care of one allocation, and what can be recorded of these steps."""
    ledger = recorded(*more, begeleiding(volume=SIZE), start())
    for step in steps:
        _attempt(ledger, step)
    return ledger


def _attempt(ledger: Ledger, step: Step) -> None:
    try:
        ledger.when(step)
    except NobodyNamed:
        return  # a correction of what was not recorded yet


@law
@given(histories(charges(), changes()), charges())
def test_the_same_question_gets_the_same_answer(steps: list[Step], step: Any) -> None:
    ledger = care(steps)
    fact = step if isinstance(step, Feit) else step.step
    situation = ledger.situation(ANNA, fact)
    assert decide_step(situation, fact) == decide_step(situation, fact)
    assert situation == ledger.situation(ANNA, fact)


@law
@given(histories(charges(), changes()), histories(charges("T9")))
def test_facts_of_another_youth_change_nothing(steps: list[Step], others: list[Step]) -> None:
    alone = care(steps)
    beside = recorded(begeleiding("T9", voor=BRAM, volume=99_999), start("T9"))
    beside.given(begeleiding(volume=SIZE), start())
    for index in range(max(len(steps), len(others))):
        for mixed in (steps, [_unnamed(o) for o in others]):
            if index < len(mixed):
                _attempt(beside, mixed[index])
    one, two = alone.allocation(), beside.allocation()
    assert one.verbruikt == two.verbruikt
    assert [b.beslissing.uitkomst for b in alone.dossier().boekingen] == [
        b.beslissing.uitkomst for b in beside.dossier().boekingen
    ]


def _unnamed(step: Any) -> Any:
    return step if isinstance(step, Feit) else step.step


@law
@given(histories(charges(), changes()))
def test_folding_all_is_folding_a_part_and_then_the_rest(steps: list[Step]) -> None:
    entries = care(steps).dossier().boekingen
    whole = fold(entries)
    for cut in range(len(entries) + 1):
        assert fold(entries[cut:], fold(entries[:cut])) == whole
    assert fold(entries, Dossier()) == whole


def crowded() -> st.SearchStrategy[list[Step]]:
    """Histories in which everything is about the same few records, each large enough to collide."""
    large = st.sampled_from([0, 200, 300, 400, 600])
    charged = st.builds(
        lambda name, n, missed: called(name, no_show(aantal=n) if missed else inzet(n)),
        names,
        large,
        st.booleans(),
    )
    corrected = st.builds(
        lambda name, n: called(f"{name}x", correctie(name, aantal=n)), names, large
    )
    withdrawn = st.builds(lambda name: called(f"{name}x", doorhaling(name)), names)
    undone = st.builds(lambda name: called(f"{name}x", doorhaling(f"{name}x")), names)
    return st.lists(st.one_of(charged, corrected, withdrawn, undone), min_size=4, max_size=20)


@law
@given(histories(charges(), changes()) | crowded())
def test_what_is_charged_never_exceeds_the_size(steps: list[Step]) -> None:
    ledger = care([])
    for step in steps:
        _attempt(ledger, step)
        allocation = ledger.allocation()
        assert allocation.verbruikt <= SIZE
        assert allocation.verbruikt == sum((c.aantal for c in allocation.lasten), Decimal(0))


@law
@given(crowded())
def test_a_charge_is_what_its_fact_says_now(steps: list[Step]) -> None:
    """However it was corrected: unless a correction of its claim was refused."""
    ledger = care([])
    for step in steps:
        _attempt(ledger, step)
        if any(not said.beslissing.uitkomst.erkend for said in ledger.said):
            return
        for charge in ledger.allocation().lasten:
            assert charge.aantal == charge.feit.aantal  # type: ignore[union-attr]


@law
@given(st.lists(st.tuples(days, st.sampled_from(["T1", "T2"]), st.booleans()), max_size=40))
def test_five_no_shows_a_year_whatever_the_order(missed: list[tuple[date, str, bool]]) -> None:
    ledger = recorded(begeleiding(volume=99_999, tot=None), start())
    ledger.given(begeleiding("T2", volume=99_999, tot=None), start("T2"))
    for day, van, charged in missed:
        ledger.when(no_show(day, van=van, declareren=charged))
    held = [c.feit.datum.year for t in ("T1", "T2") for c in ledger.allocation(t).lasten]
    assert all(held.count(year) <= 5 for year in held)
    asked = [d.year for d, _, charged in missed if charged and d >= date(2025, 1, 6)]
    assert all(held.count(year) == min(5, asked.count(year)) for year in asked)


@law
@given(
    st.lists(
        st.one_of(st.tuples(st.just(True), days), st.tuples(st.just(False), names)), max_size=30
    )
)
def test_five_no_shows_a_year_whatever_is_taken_back(steps: list[tuple[bool, Any]]) -> None:
    """Also when no-shows are withdrawn, and withdrawals withdrawn."""
    ledger = recorded(begeleiding(volume=99_999, tot=None), start())
    for number, (missed, what) in enumerate(steps):
        if missed:
            ledger.when(called("AB"[number % 2], no_show(what, aantal=1)))
        else:
            name = f"{what}x" if number % 2 else what
            _attempt(ledger, called(f"{what}x", doorhaling(name)))
        held = [c.feit.datum.year for c in ledger.allocation().lasten]
        assert all(held.count(year) <= 5 for year in held)


@law
@given(st.integers(0, SIZE), st.integers(0, SIZE), st.booleans())
def test_back_and_forth_restores_the_balance(first: int, second: int, missed: bool) -> None:
    step = no_show(aantal=first) if missed else inzet(first)
    ledger = recorded(begeleiding(volume=SIZE), start(), called("X", step))
    before = ledger.allocation().saldo
    ledger.given(correctie("X", aantal=second)).then_used(second)
    ledger.given(correctie("X", aantal=first))
    assert ledger.allocation().saldo == before
    assert ledger.allocation().lasten[0].feit.aantal == first


@law
@given(st.permutations(range(8)))
def test_the_order_of_recording_does_not_matter_for_the_balance(order: list[int]) -> None:
    """Facts that no rule reads together: everything fits, nothing overlaps."""
    independent: list[Step] = [
        inzet(60, op="2025-02-03"),
        inzet(30, op="2025-02-03", soort="indirect"),
        no_show("2025-03-10", aantal=45),
        no_show("2025-12-31", aantal=15, declareren=False),
        evaluatie("2025-06-30"),
        verlenging("2026-03-31", extra=100),
        inzet(20, op="2025-06-30"),
        sessie(10, op="2025-05-05"),
    ]
    ledger = recorded(begeleiding(volume=SIZE), start(), *[independent[i] for i in order])
    allocation = ledger.allocation()
    assert (allocation.verbruikt, allocation.omvang) == (165, 700)
    assert allocation.einddatum == date(2026, 3, 31)
    assert ledger.when(peildatum("2025-12-31")).answer.uitkomst.erkend


@law
@given(days, days)
def test_a_peildatum_changes_nothing(one: date, other: date) -> None:
    ledger = recorded(begeleiding(volume=SIZE), start(), inzet(60))
    before = ledger.dossier()
    ledger.when(peildatum(one)).when(peildatum(other))
    assert ledger.dossier() == before


@law
@given(st.lists(st.integers(0, 900), max_size=8), st.dates(date(2025, 1, 6), date(2027, 6, 1)))
def test_therapy_of_a_year_is_2200_minutes_however_it_is_cut_up(
    sizes: list[int], first: date
) -> None:
    ledger = recorded()
    for number, size in enumerate(sizes):
        begin = first + timedelta(days=90 * (number * 5 % 8))
        grant = vaktherapie(f"T{number}", volume=size, van=begin, tot=begin + timedelta(days=60))
        ledger.when(grant)
    known = sorted(ledger.dossier().toewijzingen.values(), key=lambda t: t.ingangsdatum)
    for begin in {t.ingangsdatum for t in known}:
        within = [t for t in known if 0 <= (t.ingangsdatum - begin).days < 365]
        assert sum((t.omvang or 0 for t in within), Decimal(0)) <= 2200
    assert all(a.ingangsdatum <= b.ingangsdatum for a, b in pairwise(known))


@law
@given(days, st.integers(0, 4), st.integers(0, 400))
def test_a_stopped_allocation_has_no_effort_after_its_stop(
    stopped: date, later: int, size: int
) -> None:
    ledger = recorded(toewijzing(tot=None, van="2025-01-01"), start(op="2025-01-01"))
    ledger.when(stop(op=stopped))
    ledger.when(inzet(size, op=stopped + timedelta(days=later)))
    assert ledger.answer.uitkomst.erkend is (later == 0 and stopped >= date(2025, 1, 1))
