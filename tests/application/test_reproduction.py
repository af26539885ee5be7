"""Is a decision made again from its receipt the same to the byte, and is what differs named?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import attrs
import pytest
from tests.application.care import (
    AANBIEDER,
    DAY,
    GEMEENTE,
    accepted,
    effort,
    granted,
    made,
    no_show,
    referred,
    started,
    treated,
)
from tests.application.investigating import SIZE, Hand, hand
from tests.replaying import everything_stored

from rekenschap.application import (
    Antwoord,
    BeslisBezwaar,
    DienBezwaarIn,
    Incorrect,
    KiesOptie,
    LegGezinVast,
    LegJeugdigeVast,
    StelTariefVast,
    VerleenGoedkeuring,
    WeigerGoedkeuring,
    handling,
)
from rekenschap.application.aanwijzen import Aangewezen, Aanwijzer
from rekenschap.application.deciding import Besloten, Decider
from rekenschap.application.receipts import receipt_of
from rekenschap.application.recorded import Deel
from rekenschap.application.reproduction import Reproductie
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.decide import Uitspraak
from rekenschap.domain.identifiers import Code
from rekenschap.domain.verdicts import Beslissing, Bon, Gelezen
from rekenschap.domain.vocabulary import Uitkomst


def everything(care: Hand) -> list[Antwoord]:
    """Every kind of answer, and every kind of change of one."""
    said = []
    for one in (
        made(LegJeugdigeVast, jeugdige="kind-1", geboortedatum=date(2012, 2, 29)),
        made(LegGezinVast, gezin="gezin-1", leden=["kind-1", "kind-2"]),
        made(StelTariefVast, product="begeleiding_individueel", eenheid="minuut", bedrag="1.10"),
        made(KiesOptie, regeling="twente-2025", optie="no_show_scope", waarde="toewijzing"),
        granted(),
        started(),
        effort(aantal=Decimal("59.5"), referentie="goed"),
        effort(aantal=9999),
        no_show(referentie="nee"),
        referred(),
        treated("T2", "V1", einddatum=date(2026, 6, 30), referentie="lang"),
        started("T2"),
        made(VerleenGoedkeuring, betreft="lang", door="gemeente"),
        made(WeigerGoedkeuring, betreft="lang", door="gemeente"),
        started("T-onbekend"),
    ):
        said.append(care.do(one))
    said += [care.correct("goed", aantal=30), care.correct("goed", aantal=9998)]
    said += [care.correct("goed", aantal=45), care.correct("nee", declareren=False)]
    said += [care.correct("nee", declareren=True, datum=date(2025, 4, 2))]
    said += [care.take_back("goed", referentie="weg"), care.take_back("weg")]
    said += [care.take_back("nee")]
    return said


@pytest.fixture
def all_of_it(database_url: str) -> Iterator[tuple[Hand, list[Antwoord]]]:
    with hand(database_url) as care:
        yield care, everything(care)


def test_every_decision_comes_out_the_same_to_the_byte(
    all_of_it: tuple[Hand, list[Antwoord]],
) -> None:
    care, said = all_of_it
    before = everything_stored(care.ledger)
    assert {one.uitkomst.value for one in said} >= {
        "geaccepteerd",
        "geweigerd",
        "goedkeuring_nodig",
    }

    for answer in said:
        found = care.ledger.reproduceer(answer.beslissing)
        assert found.gelijk, found
        assert (found.beslissing, found.positie) == (answer.beslissing, answer.positie)
        assert found.gewist == ()
    every = list(care.ledger.reproduceer_alles())
    assert [one.beslissing for one in every][2:] == [one.beslissing for one in said]
    assert all(one.gelijk for one in every)
    assert everything_stored(care.ledger) == before


def test_a_fact_and_its_claim_are_one_decision_by_either_position() -> None:
    with hand() as care:
        care.must(granted(), started())
        claimed = accepted(care.do(no_show()))
        assert claimed.positie == 6

        by_fact, by_claim = (care.ledger.reproduceer(f"gemeente/{p}") for p in (5, 6))
        assert by_fact == by_claim
        assert (by_fact.positie, by_fact.bekend_tot, by_fact.gelijk) == (6, 4, True)


def test_what_was_known_later_plays_no_part() -> None:
    with hand() as care:
        care.must(granted(), started(), effort(aantal=5990, referentie="veel"))
        refused = care.do(effort(aantal=11))
        assert refused.regels == (SIZE,)
        accepted(care.correct("veel", aantal=10))
        care.must(effort(aantal=11))

        assert care.ledger.reproduceer(refused.beslissing).gelijk


def test_each_of_a_batch_is_reproduced_by_itself() -> None:
    with hand() as care:
        care.must(granted())
        said = care.ledger.execute_batch(
            [started(), effort(aantal=5000), effort(aantal=1001), no_show(), effort(aantal=940)]
        )
        assert [one.uitkomst.erkend for one in said] == [True, True, False, True, True]

        assert all(care.ledger.reproduceer(one.beslissing).gelijk for one in said)
        assert all(one.gelijk for one in care.ledger.reproduceer_alles())


@pytest.mark.parametrize(
    ("part", "positions"),
    [
        (Deel(toewijzing="T1"), [3, 4, 5]),
        (Deel(toewijzing="T2"), [6, 7]),
        (Deel(toewijzing="T1", van=date(2025, 3, 4)), [5]),
        (Deel(van=date(2025, 3, 4)), [5]),
        (Deel(tot_en_met=date(2025, 1, 1)), [2]),
    ],
    ids=str,
)
def test_a_part_of_the_decisions(part: Deel, positions: list[int]) -> None:
    with hand() as care:
        care.must(granted(), started(), effort(), granted("T2", "kind-2"), started("T2"))
        done: list[int] = []
        found = list(care.ledger.reproduceer_alles(part, progress=done.append))

        assert [one.positie for one in found if one.positie > 1] == positions
        assert all(one.gelijk for one in found)
        assert done == [found[-1].positie]


# --- what was recorded wrongly

Falsified = Callable[[Beslissing], Beslissing]


@contextmanager
def recording(monkeypatch: pytest.MonkeyPatch, falsify: Falsified) -> Iterator[None]:
    """A program that decides otherwise, and seals that as it should."""
    honest = Decider.decide

    def decide(self: Decider, *values: Any) -> Besloten:
        found = honest(self, *values)
        said = tuple(Uitspraak(s.feit, falsify(s.beslissing)) for s in found.uitspraken)
        return attrs.evolve(found, uitspraken=said)

    with monkeypatch.context() as patch:
        patch.setattr(Decider, "decide", decide)
        yield


def parts(found: Reproductie) -> set[str]:
    return {one.wat for one in found.afwijkingen}


@pytest.mark.parametrize(
    ("falsify", "differs"),
    [
        (lambda d: attrs.evolve(d, uitkomst=Uitkomst.GEACCEPTEERD), {"uitkomst"}),
        (lambda d: attrs.evolve(d, oordelen=()), {"oordelen"}),
        (lambda d: attrs.evolve(d, gronden=(Code("toewijzing_onbekend"),)), {"gronden"}),
        (lambda d: attrs.evolve(d, geslaagd=d.geslaagd[1:]), {"geslaagd"}),
        (lambda d: attrs.evolve(d, geslaagd=d.geslaagd[::-1]), {"geslaagd"}),
        (lambda d: attrs.evolve(d, gebruikt=(3,)), {"gebruikt"}),
        (
            lambda d: attrs.evolve(d, uitkomst=Uitkomst.GEACCEPTEERD, oordelen=()),
            {"uitkomst", "oordelen"},
        ),
    ],
    ids=["outcome", "verdicts", "grounds", "one passed", "order", "used", "both"],
)
def test_a_decision_that_was_recorded_wrongly_is_named_with_what_differs(
    monkeypatch: pytest.MonkeyPatch, falsify: Falsified, differs: set[str]
) -> None:
    with hand() as care:
        care.must(granted(), started(), effort(aantal=5000))
        with recording(monkeypatch, falsify):
            wrong = care.do(effort(aantal=1001))
        care.do(effort(aantal=30))
        assert care.ledger.verify() == care.ledger.positie  # the seal alone does not show it

        found = care.ledger.reproduceer(wrong.beslissing)
        assert not found.gelijk
        assert parts(found) == differs
        assert {one.positie for one in found.afwijkingen} == {wrong.positie}
        others = [one.positie for one in care.ledger.reproduceer_alles() if not one.gelijk]
        assert others == [wrong.positie]


def test_both_values_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with hand() as care:
        care.must(granted(), started())
        with recording(monkeypatch, lambda d: attrs.evolve(d, uitkomst=Uitkomst.GEACCEPTEERD)):
            wrong = care.do(effort(aantal=6001))
        (one,) = care.ledger.reproduceer(wrong.beslissing).afwijkingen

        assert (one.vastgelegd, one.nu) == (Uitkomst.GEACCEPTEERD, Uitkomst.GEWEIGERD)


def test_an_amount_that_was_recorded_wrongly(monkeypatch: pytest.MonkeyPatch) -> None:
    def more(decision: Beslissing) -> Beslissing:
        effect = decision.gevolg
        assert effect is not None
        return attrs.evolve(decision, gevolg=attrs.evolve(effect, aantal=Decimal(61)))

    with hand() as care:
        care.must(granted(), started())
        with recording(monkeypatch, more):
            wrong = care.do(effort(aantal=60))

        assert parts(care.ledger.reproduceer(wrong.beslissing)) == {"gevolg"}


def test_a_replay_under_the_rules_of_then_finds_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with hand() as care:
        care.must(granted(), started())
        with recording(monkeypatch, lambda d: attrs.evolve(d, uitkomst=Uitkomst.GEACCEPTEERD)):
            wrong = care.do(effort(aantal=6001))

        assert [one.positie for one in care.different()] == [wrong.positie]


def test_a_claim_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Decider.decide

    def only_the_fact(self: Decider, *values: Any) -> Besloten:
        found = honest(self, *values)
        return attrs.evolve(found, uitspraken=found.uitspraken[:1])

    with hand() as care:
        care.must(granted(), started())
        with monkeypatch.context() as patch:
            patch.setattr(Decider, "decide", only_the_fact)
            wrong = care.do(no_show())
        found = care.ledger.reproduceer(wrong.beslissing)

        assert [(one.positie, one.wat, one.vastgelegd, one.nu) for one in found.afwijkingen] == [
            (None, "regel", None, "TenLasteGebracht")
        ]


def test_a_line_too_many_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Decider.decide

    def twice(self: Decider, *values: Any) -> Besloten:
        found = honest(self, *values)
        return attrs.evolve(found, uitspraken=(*found.uitspraken, found.uitspraken[-1]))

    with hand() as care:
        care.must(granted(), started())
        with monkeypatch.context() as patch:
            patch.setattr(Decider, "decide", twice)
            wrong = care.do(effort())
        found = care.ledger.reproduceer(wrong.beslissing)

        assert [(one.wat, one.nu) for one in found.afwijkingen] == [("regel", None)]


def with_receipt(monkeypatch: pytest.MonkeyPatch, **other: Any) -> Any:
    """From here on receipts say something else."""

    def told(decided: Besloten, known: int) -> Bon:
        return attrs.evolve(receipt_of(decided, known), **other)

    return monkeypatch.setattr(handling, "receipt_of", told)


@pytest.mark.parametrize(
    ("other", "part"),
    [
        ({"bekend_tot": 2}, "bon.bekend_tot"),
        ({"feiten": "f" * 64}, "bon.feiten"),
        ({"gelezen": ()}, "bon.gelezen"),
    ],
    ids=["known", "facts", "read"],
)
def test_a_receipt_that_names_something_else(
    monkeypatch: pytest.MonkeyPatch, other: dict[str, Any], part: str
) -> None:
    with hand() as care:
        care.must(granted(), started())
        with monkeypatch.context() as patch:
            with_receipt(patch, **other)
            wrong = care.do(effort())

        assert parts(care.ledger.reproduceer(wrong.beslissing)) == {part}


def test_another_version_of_the_program_is_information_and_no_difference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with hand() as care:
        care.must(granted())
        with monkeypatch.context() as patch:
            with_receipt(patch, programma=Code("rekenschap-0.0"))
            older = care.do(started())
        found = care.ledger.reproduceer(older.beslissing)

        assert (found.gelijk, found.programma) == (True, "rekenschap-0.0")


def test_a_receipt_from_before_the_readings_were_kept_is_reproduced_without_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def without(self: Gelezen, bon: Bon) -> Beslissing:
        values = {a.name: getattr(self, a.name) for a in attrs.fields(Beslissing)}
        return Beslissing(**{**values, "bon": attrs.evolve(bon, lezingen=AFWEZIG)})

    with hand() as care:
        care.must(granted(), started())
        with monkeypatch.context() as patch:
            patch.setattr(Gelezen, "met_bon", without)
            patch.setattr(Beslissing, "met_bon", lambda self, bon: attrs.evolve(self, bon=bon))
            older = care.do(no_show())
        newer = care.do(no_show(datum=date(2025, 4, 2)))

        assert care.ledger.reproduceer(older.beslissing).gelijk
        assert care.ledger.reproduceer(newer.beslissing).gelijk
        assert care.different() == []


# --- what is no decision


@pytest.mark.parametrize(
    "asked",
    [
        "gemeente/0",
        "gemeente/4",
        "gemeente/-1",
        "gemeente/01",
        "gemeente/1 ",
        "gemeente/\u0661",
        "gemeente/",
        "gemeente",
        "1",
        "",
        "ander/1",
        "Gemeente/1",
        "gemeente/1/1",
        "gemeente/" + "9" * 40,
        None,
        1,
        b"gemeente/1",
    ],
    ids=repr,
)
def test_what_is_no_decision_of_this_grootboek_is_incorrect(asked: Any) -> None:
    with hand() as care:
        care.must(granted())
        with pytest.raises(Incorrect) as error:
            care.ledger.reproduceer(asked)

        assert error.value.field == "beslissing"
        assert "gemeente/1 up to gemeente/3" in error.value.allowed
        assert care.ledger.reproduceer("gemeente/3").gelijk


def test_the_first_line_of_a_new_grootboek_is_a_decision() -> None:
    with hand(empty=True) as care:
        (only,) = care.ledger.reproduceer_alles()
        assert (only.gelijk, only.positie, only.bekend_tot) == (True, 1, 0)


def test_who_asked_and_a_moment_with_nothing_recorded_between() -> None:
    with hand() as care:
        care.must(granted())
        care.clock.advance(timedelta(days=400))
        said = [care.do(effort(actor=who)) for who in (GEMEENTE, AANBIEDER)]
        said.append(care.do(started(datum=DAY)))

        assert all(care.ledger.reproduceer(one.beslissing).gelijk for one in said)


def objected_to_what_is_not_there(care: Hand, name: str) -> list[Antwoord]:
    allocation = f"onbekend-{name}"
    return [
        care.do(effort(allocation, referentie=f"inzet-{name}")),
        care.do(made(DienBezwaarIn, beslissing=f"inzet-{name}", referentie=f"bezwaar-{name}")),
        care.do(made(BeslisBezwaar, toewijzing=allocation, dictum="gegrond")),
    ]


def test_an_objection_on_an_allocation_that_nothing_introduced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It lies in the stream of the allocation alone, and is found there both times."""
    with hand() as care:
        answers = objected_to_what_is_not_there(care, "1")
        assert "bezwaar_onbekend" not in answers[-1].gronden
        for answer in answers:
            assert care.ledger.reproduceer(answer.beslissing).gelijk
        looked_up = Aanwijzer._in
        monkeypatch.setattr(
            Aanwijzer, "_in", lambda *asked: Aangewezen(looked_up(*asked).velden, None)
        )
        before = objected_to_what_is_not_there(care, "2")  # as it was recorded before
        assert before[-1].gronden == ("bezwaar_onbekend",)
        monkeypatch.undo()
        assert care.ledger.reproduceer(before[-1].beslissing).gelijk
