"""Which version governs, through the front door: what the text leaves open asks a person."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.application.care import AANBIEDER, GEMEENTE, accepted, made, opened

from rekenschap.application import (
    Antwoord,
    BeslisBezwaar,
    DienBezwaarIn,
    GeefToewijzingAf,
    Rekenschap,
    VerleenGoedkeuring,
    Verleng,
    VoerRegelingIn,
    WeigerGoedkeuring,
)
from rekenschap.domain.vocabulary import Uitkomst

FIRST = (Path(__file__).parents[1] / "domain/regelingen/duindam-2026.yaml").read_text("utf-8")
SECOND = (
    FIRST.replace("regeling: duindam-2026", "regeling: duindam-2028")
    .replace("{vanaf: 2026-01-01, tot_en_met: 2027-12-31}", "{vanaf: 2028-01-01, tot_en_met: null}")
    .replace("goedkeurders: [sociaal_team]\n", "goedkeurders: [sociaal_team]\n{law}")
    .replace("termijn: {maanden: 9}", "termijn: {maanden: 6}")
)
NEW_YEAR = date(2028, 1, 1)


@pytest.fixture(params=[""])
def law(request: pytest.FixtureRequest) -> str:
    """What the new version says about transition; nothing unless a test says otherwise."""
    return str(request.param)


@pytest.fixture
def ledger(database_url: str, law: str) -> Iterator[Rekenschap]:
    second = SECOND.replace("{law}", law and f"overgangsrecht: {law}\n")
    with opened(database_url) as rekenschap:
        for text in (FIRST, second):
            accepted(rekenschap.execute(made(VoerRegelingIn, tekst=text, datum=date(2026, 1, 1))))
        yield rekenschap


def asked(applied: date | None, last: date = date(2028, 5, 31), **values: Any) -> Any:
    """A grant from the day the new version is in force."""
    told = {} if applied is None else {"aanvraagdatum": applied}
    usual = {
        "toewijzing": "T1",
        "jeugdige": "kind-1",
        "product": "wandelcoach",
        "ingangsdatum": NEW_YEAR,
        "einddatum": last,
        "volume": 600,
        "eenheid": "minuut",
        "verwijzer": "gemeente",
        "datum": date(2028, 1, 10),
        "vastgesteld": told,
    }
    return made(GeefToewijzingAf, **{**usual, **values})


def approved(ledger: Rekenschap, waiting: Antwoord, door: str = "gemeente") -> Antwoord:
    return ledger.execute(
        made(VerleenGoedkeuring, betreft=waiting.beslissing, door=door, datum=date(2028, 1, 12))
    )


def version_of(ledger: Rekenschap, day: date = date(2028, 2, 1)) -> str:
    return ledger.uitleg(toewijzing="T1", geldig_op=day).regeling


def test_a_pending_application_the_text_is_silent_about_waits_for_a_person(
    ledger: Rekenschap,
) -> None:
    waiting = ledger.execute(asked(date(2027, 12, 31)))

    assert (waiting.uitkomst, waiting.regels) == (Uitkomst.GOEDKEURING_NODIG, ("HR-04",))
    (said,) = waiting.verdicts
    assert said.vergeleken["versie"] == "duindam-2028"
    assert said.bronnen

    answer = approved(ledger, waiting)

    assert answer.uitkomst.erkend, (answer.regels, answer.gronden)
    assert version_of(ledger) == "duindam-2028"


@pytest.mark.parametrize("applied", [NEW_YEAR, None], ids=["that-day", "not-told"])
def test_an_application_from_the_first_day_on_asks_nobody(
    ledger: Rekenschap, applied: date | None
) -> None:
    answer = accepted(ledger.execute(asked(applied)))

    assert "HR-04" not in answer.regels
    assert version_of(ledger) == "duindam-2028"


def test_the_approval_of_the_version_does_not_lift_what_that_version_forbids(
    ledger: Rekenschap,
) -> None:
    """Under the new version six months; under the old one it was nine."""
    waiting = ledger.execute(asked(date(2027, 12, 31), last=date(2028, 7, 1)))
    assert waiting.regels == ("HR-04",)

    answer = approved(ledger, waiting)

    assert (answer.uitkomst, answer.regels) == (Uitkomst.GEWEIGERD, ("DD-02",))


def test_turned_down_there_is_no_toewijzing(ledger: Rekenschap) -> None:
    waiting = ledger.execute(asked(date(2027, 12, 31)))

    accepted(ledger.execute(made(WeigerGoedkeuring, betreft=waiting.beslissing, door="gemeente")))

    assert ledger.toewijzingen(jeugdige="kind-1").regels == ()


def test_who_may_not_choose_the_version_does_not(ledger: Rekenschap) -> None:
    waiting = ledger.execute(asked(date(2027, 12, 31)))

    for answer in (
        approved(ledger, waiting, door="sociaal_team"),
        ledger.execute(
            made(VerleenGoedkeuring, betreft=waiting.beslissing, door="gemeente", actor=AANBIEDER)
        ),
    ):
        assert answer.uitkomst is Uitkomst.GEWEIGERD


@pytest.mark.parametrize(
    ("law", "version"),
    [("{aanvraag: oud}", "duindam-2026"), ("{aanvraag: nieuw}", "duindam-2028")],
    indirect=["law"],
)
def test_a_pending_application_follows_what_the_new_text_says(
    ledger: Rekenschap, version: str
) -> None:
    accepted(ledger.execute(asked(date(2027, 12, 31))))

    assert version_of(ledger) == version


@pytest.mark.parametrize(
    ("law", "version", "refused"),
    [
        ("{verlenging: van_toewijzing}", "duindam-2026", ()),
        ("{verlenging: dan_geldend}", "duindam-2026", ("DD-02",)),
        ("{verlenging: vraagt}", "duindam-2026", ("HR-04",)),
    ],
    indirect=["law"],
)
def test_an_extension_follows_what_the_new_text_says(
    ledger: Rekenschap, version: str, refused: tuple[str, ...]
) -> None:
    """Granted for five months under the old version, extended to eight: too long for the new."""
    accepted(
        ledger.execute(
            asked(None, date(2027, 12, 31), ingangsdatum=date(2027, 8, 1), datum=date(2027, 8, 1))
        )
    )

    answer = ledger.execute(
        made(
            Verleng,
            toewijzing="T1",
            einddatum=date(2028, 3, 31),
            extra_volume=0,
            datum=date(2027, 12, 1),
        )
    )

    assert answer.regels == refused
    assert version_of(ledger) == version


@pytest.mark.parametrize(
    ("law", "said"),
    [("{bezwaar: oud}", ()), ("{bezwaar: nieuw}", ()), ("{bezwaar: vraagt}", ("HR-04",))],
    indirect=["law"],
)
def test_an_objection_follows_what_the_new_text_says(
    ledger: Rekenschap, said: tuple[str, ...]
) -> None:
    accepted(
        ledger.execute(
            asked(None, date(2028, 3, 31), ingangsdatum=date(2027, 8, 1), datum=date(2027, 8, 1))
        )
    )
    accepted(ledger.execute(made(DienBezwaarIn, toewijzing="T1", datum=date(2027, 12, 1))))

    answer = ledger.execute(
        made(
            BeslisBezwaar,
            toewijzing="T1",
            volume=700,
            eenheid="minuut",
            datum=date(2028, 1, 12),
            actor=GEMEENTE,
        )
    )

    assert answer.regels == said
