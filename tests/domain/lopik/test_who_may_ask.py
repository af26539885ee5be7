"""Access: who refers, who was consulted first, and what has to be on record (P01, P05, P14-P18,
P20, P22, P35, P40, W14)."""

from typing import Any

import pytest
from tests.builders import AFWEZIG
from tests.domain.lopik.case import born, given, grant, letter, talked

WETTELIJK = (
    "gemeente",
    "sociaal_team",
    "huisarts",
    "jeugdarts",
    "medisch_specialist",
    "gecertificeerde_instelling",
    "rechter",
    "officier_van_justitie",
    "raad_voor_de_kinderbescherming",
)


@pytest.mark.parametrize("product", ["45B04", "45B05"])
@pytest.mark.parametrize("who", ["sociaal_team", "voorzitter_roel"])
def test_consultation_is_for_the_sociaal_team_and_the_roel(product: str, who: str) -> None:
    given().when(grant(product, verwijzer=who)).then_accepted()


@pytest.mark.parametrize("who", ["gemeente", "huisarts", "gecertificeerde_instelling"])
def test_nobody_else_asks_for_consultation(who: str) -> None:
    given().when(grant("45B04", verwijzer=who)).then_refused_by("LOP-P01")


def test_a_referral_is_judged_on_the_product_it_names() -> None:
    given().when(letter("2024-11-11", door="huisarts", product="45B04")).then_refused_by("LOP-P01")
    given().when(letter("2024-11-11", door="huisarts")).then_accepted()


def test_the_referral_tells_who_asks_when_the_toewijzing_does_not() -> None:
    ledger = given(letter("2024-11-11", door="huisarts"))
    asked = grant("45B04", verwijzing="V1", verwijzer=AFWEZIG)
    ledger.when(asked).then_refused_by("LOP-P01")


@pytest.mark.parametrize("product", ["45B04", "50B07", "54B01"])
def test_without_a_known_referrer_the_access_rules_are_silent(product: str) -> None:
    given().when(grant(product, verwijzer=AFWEZIG)).then_accepted()


@pytest.mark.parametrize(("product", "tot"), [("50B02", "2025-11-17"), ("50B10", "2025-11-17")])
def test_only_the_sociaal_team_sends_to_after_school_care(product: str, tot: str) -> None:
    rule = "LOP-P15" if product == "50B02" else "LOP-P16"
    given().when(grant(product, tot=tot)).then_accepted()
    given().when(grant(product, tot=tot, verwijzer="gemeente")).then_refused_by(rule)
    given().when(grant(product, tot=tot, observatie_extern=False)).then_signals(rule)
    given().when(grant(product, tot=tot, verwijzer=AFWEZIG)).then_accepted()


@pytest.mark.parametrize("product", ["54B01", "54B02", "54B30"])
@pytest.mark.parametrize("who", WETTELIJK)
def test_every_statutory_referrer_refers_to_ggz(product: str, who: str) -> None:
    given().when(grant(product, verwijzer=who)).then_accepted()


@pytest.mark.parametrize("who", ["school", "zelfverwijzer", "veilig_thuis", "poortwachter"])
def test_others_do_not(who: str) -> None:
    given().when(grant("54B02", verwijzer=who)).then_refused_by("LOP-P40")
    given().when(letter("2024-11-11", door=who, product="54B02")).then_refused_by("LOP-P40")
    given().when(grant("54B03", verwijzer=who)).then_waits_for("LOP-P36")


@pytest.mark.parametrize(
    ("on", "accepted"), [("2024-11-10", True), ("2024-11-11", True), ("2024-11-12", False)]
)
@pytest.mark.parametrize(("product", "tot"), [("50B07", None), ("50B32", "2025-11-17")])
def test_contact_with_the_sociaal_team_first(
    product: str, tot: str | None, on: str, accepted: bool
) -> None:
    rule = "LOP-P14" if product == "50B07" else "LOP-P18"
    asked = grant(product, tot=tot, verwijzer="huisarts", op="2024-11-11")
    given().when(asked).then_refused_by(rule)
    ledger = given(talked("sociaal_team", on)).when(asked)
    ledger.then_accepted() if accepted else ledger.then_refused_by(rule)


def test_contact_about_another_referral_or_with_another_party_does_not_count() -> None:
    letters = (letter("2024-11-01", name="V1"), letter("2024-11-01", name="V2"))
    asked = grant("50B07", verwijzer=AFWEZIG, verwijzing="V1")
    given(*letters, talked("gemeente", "2024-11-04")).when(asked).then_refused_by("LOP-P14")
    about = talked("sociaal_team", "2024-11-04", over="V2")
    given(*letters, about).when(asked).then_refused_by("LOP-P14")
    about = talked("sociaal_team", "2024-11-04", over="V1")
    given(*letters, about).when(asked).then_accepted()


@pytest.mark.parametrize(
    ("told", "signals"),
    [("niet_onderzocht", True), ("niet_verzekerd", False), ("vergoeding", False)],
)
def test_the_insurance_was_looked_into(told: str, signals: bool) -> None:
    asked = grant("50B05", volume=10, aanvullende_verzekering=told)
    ledger = given().when(asked)
    ledger.then_signals("LOP-P05") if signals else ledger.then_accepted()


@pytest.mark.parametrize("product", ["54B02", "54B30"])
def test_the_condition_of_a_dsm5_disorder_is_recorded(product: str) -> None:
    given().when(grant(product, dsm5_voorwaarde=True)).then_accepted()
    given().when(grant(product, dsm5_voorwaarde=False)).then_signals("LOP-P35")
    given().when(grant("54B01", dsm5_voorwaarde=False)).then_accepted()


def test_no_school_duty_is_recorded() -> None:
    asked: dict[str, Any] = {"tot": "2025-11-17"}
    ledger = given(born("2014-01-01"))
    ledger.when(grant("50B11", leerplichtontheffing=False, **asked)).then_signals("LOP-P22")


def test_oza_midden_needs_the_gemeente_and_zwaar_does_not() -> None:
    before = grant("50B07", "T0", volume=10)
    asked: dict[str, Any] = {"tot": "2025-11-17", "akkoord_gemeente": False}
    given(before).when(grant("500xx-OZA-MIDDEN", **asked)).then_refused_by("LOP-P20")
    given(before).when(grant("500xx-OZA-ZWAAR", **asked)).then_accepted()
    asked["akkoord_gemeente"] = True
    given(before).when(grant("500xx-OZA-MIDDEN", **asked)).then_accepted()
    given().when(grant("500xx-OZA-MIDDEN", **asked)).then_signals("LOP-P20")


@pytest.mark.parametrize(
    ("law", "insurance", "waits"),
    [
        ("geen", "niet_onderzocht", False),
        ("niet_onderzocht", "niet_onderzocht", True),
        ("wlz", "niet_verzekerd", True),
        ("geen", "vergoeding", True),
        ("geen", "geen_vergoeding", False),
    ],
)
def test_a_compensation_asks_whether_another_pays(law: str, insurance: str, waits: bool) -> None:
    told = {"ander_wettelijk_kader": law, "aanvullende_verzekering": insurance}
    asked = grant("verhuiskosten", leveringsvorm="vergoeding", **told)
    ledger = given().when(asked)
    ledger.then_waits_for("LOP-W14") if waits else ledger.then_accepted()
    given().when(grant("verhuiskosten", leveringsvorm="zin", **told)).then_accepted()
