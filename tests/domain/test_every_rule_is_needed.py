"""Each rule speaks, and without it the same step goes through lighter: none is for show."""

from typing import Any, Final

import pytest
from tests.builders import (
    TWENTE,
    Ledger,
    Step,
    advies,
    adviesvraag,
    begeleiding,
    behandeling,
    day,
    given,
    inzet,
    medische_behandeling,
    no_show,
    sessie,
    start,
    stop,
    toewijzing,
    vaktherapie,
    verlenging,
    verwijzing,
)

from rekenschap.domain.regeling import Regel, Regeling
from rekenschap.domain.vocabulary import Ernst, Uitkomst

THREE: Final = {"begeleiding_individueel", "behandeling_individueel", "vaktherapie"}
ADVICE: Final = {"AdviesGevraagd", "AdviesUitgebracht"}

CARE: Final[list[Step]] = [begeleiding(), start()]
THERAPY: Final[list[Step]] = [vaktherapie(), start()]
TREATMENT: Final[list[Step]] = [behandeling(), start()]
MEDICAL: Final[list[Step]] = [verwijzing(), medische_behandeling(), start()]


def next_to(product: str, unit: str = "etmaal", **values: Any) -> list[Step]:
    """An allocation of another product, running all the year, under the name T2."""
    told = {"volume": 10, "eenheid": unit, **values}
    return [toewijzing("T2", product=product, **told)]


Case = tuple[list[Step], Step]

CASES: Final[dict[str, Case]] = {
    "TW-ALG-01": (CARE, inzet(6001)),
    "TW-ALG-02": (CARE, inzet(op="2026-01-06")),
    "TW-ALG-03": ([begeleiding(budget=100, tarief=10), start()], inzet(11)),
    "TW-ALG-04": (CARE, inzet(1, eenheid="uur")),
    "TW-ALG-05": (CARE, inzet(1, soort="niet_clientgebonden")),
    "TW-ALG-07": (CARE, inzet(46, soort="reistijd")),
    "TW-ALG-08": (CARE, inzet(61, aanwezige_jeugdigen=2, totaal_minuten=120)),
    "TW-ALG-10": ([begeleiding()], inzet()),
    "TW-ALG-12": ([], begeleiding(verwijzer="huisarts", afsprakenoverzicht="geen")),
    "TW-ALG-13": (
        [begeleiding(verwijzer="huisarts")],
        verlenging("2026-06-30", afsprakenoverzicht="geen"),
    ),
    "TW-ALG-14": (CARE, stop(op="2025-03-31")),
    "TW-ALG-15": (CARE, inzet(op="2025-07-07")),
    "TW-ALG-16": ([], begeleiding(verwijzer="school")),
    "TW-ALG-17": ([], begeleiding(van="2024-12-31", tot="2025-06-30")),
    "TW-NS-01": ([*CARE, *[no_show() for _ in range(5)]], no_show()),
    "TW-NS-02": (CARE, no_show(afgezegd_minuten_vooraf=1440)),
    "TW-NS-03": (CARE, no_show(reistijd_minuten=1)),
    "TW-NS-08": (
        [*CARE, no_show(tussen=("10:00", "11:00"))],
        inzet(tussen=("10:59", "11:30")),
    ),
    "TW-HA-01": ([verwijzing()], medische_behandeling(volume=6000)),
    "TW-HA-02": ([verwijzing()], medische_behandeling(tot="2026-01-06")),
    "TW-HA-03": (MEDICAL, verlenging(extra=1)),
    "TW-HA-04": (MEDICAL[:2], start(op="2026-01-03")),
    "TW-HA-05": (MEDICAL, medische_behandeling("T2", van="2026-02-01", tot="2026-12-31")),
    "TW-HA-06": (TREATMENT, verlenging("2026-06-30")),
    "TW-HA-07": ([], behandeling(tot="2027-01-06")),
    "TW-VT-01": ([*THERAPY, *[sessie(1) for _ in range(24)]], sessie(1)),
    "TW-VT-02": ([], vaktherapie(volume=2201)),
    "TW-VT-03": ([], vaktherapie(tot="2026-01-06")),
    "TW-VT-04": (THERAPY, verlenging(extra=1)),
    "TW-VT-05": ([], vaktherapie(verwijzer="huisarts", aanvullende_verzekering="niet_onderzocht")),
    "TW-BH-01": ([], behandeling(variant="ZIG", tot="2025-05-06")),
    "TW-BH-02": (
        [behandeling(variant="ZIG", tot="2025-05-05"), start()],
        inzet(1801),
    ),
    "TW-BH-03": ([], behandeling(variant="NIEUW_ALTERNATIEF")),
    "TW-CMB-01": ([behandeling()], behandeling("T2", variant="KINGS")),
    "TW-CMB-02": ([behandeling()], vaktherapie("T2")),
    "TW-CMB-03": (next_to("kdc_odc_basis", "uur"), vaktherapie()),
    "TW-CMB-04": (next_to("woongroep"), begeleiding()),
    "TW-CMB-06": (next_to("kamertraining"), behandeling(afstemming_verwijzer=False)),
    "TW-BV-02": (next_to("driemilieuvoorziening"), begeleiding()),
    "TW-KD-03": (next_to("kdc_odc_basis", "uur"), begeleiding(locatie="kdc")),
    "TW-GH-01": (next_to("gezinshuis"), begeleiding()),
    "TW-AE-01": ([adviesvraag("fysiek_overleg", op="2025-02-03")], advies("2025-02-11")),
    "TW-AE-02": ([adviesvraag("schriftelijk", op="2025-02-03")], advies("2025-02-18")),
    "TW-AE-03": (
        [adviesvraag("diagnostiek", op="2025-02-03")],
        advies("2025-03-04", instrument_ingezet_op=day("2025-02-03")),
    ),
    "TW-AE-04": (
        [],
        adviesvraag(op="2025-02-03", door="huisarts", vooraf_besproken_toegang=False),
    ),
}

OF_OTHER_PRODUCTS: Final[dict[str, str]] = {}
"""Rules that reach the three products or advice only through another one: id -> why no case."""


def judged_under(regeling: Regeling, case: Case) -> Ledger:
    before, step = case
    return given(*before, regeling=regeling).when(step)


def spoken(ledger: Ledger) -> set[str]:
    return {str(o.regel) for o in ledger.answer.oordelen}


@pytest.mark.parametrize("rule", CASES)
def test_the_rule_speaks_and_nothing_replaces_it(rule: str) -> None:
    told = judged_under(TWENTE, CASES[rule])
    assert rule in told.answer.regels, told.answer.oordelen
    silent = judged_under(TWENTE.zonder(rule), CASES[rule])  # type: ignore[arg-type]
    assert rule not in spoken(silent)
    order = list(Uitkomst)
    assert order.index(silent.answer.uitkomst) < order.index(told.answer.uitkomst)


@pytest.mark.parametrize("rule", CASES)
def test_it_is_the_only_rule_of_its_weight_that_speaks(rule: str) -> None:
    """Otherwise the case would not show that this one is needed."""
    assert judged_under(TWENTE, CASES[rule]).answer.regels == (rule,)


def expected() -> set[str]:
    """The rules that can object to a step on one of the three products, or to advice."""
    return {
        str(rule.id) for rule in TWENTE.regels if rule.ernst is not Ernst.INFO and _reaches(rule)
    }


def _reaches(rule: Regel) -> bool:
    def reaches(one: Any) -> bool:
        if ADVICE & one.bij:
            return True
        return one.producten is None or bool(THREE & one.producten)

    return any(reaches(application) for application in rule.toepassingen)


def test_every_rule_has_a_case() -> None:
    assert set(CASES) | set(OF_OTHER_PRODUCTS) == expected()


def test_a_rule_without_a_case_says_why() -> None:
    assert all(OF_OTHER_PRODUCTS.values())
    assert not set(CASES) & set(OF_OTHER_PRODUCTS)


def test_every_rule_names_a_source_and_its_sentence() -> None:
    for rule in TWENTE.regels:
        assert rule.zin.endswith((".", '."'))
        assert rule.bronnen
        assert all(source.citaat for source in rule.bronnen)
