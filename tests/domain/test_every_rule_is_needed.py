"""Each rule speaks, and without it the same step goes through lighter: none is for show."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from tests.builders import (
    TWENTE,
    Ledger,
    Step,
    advies,
    adviesvraag,
    afwezigheid,
    begeleiding,
    behandeling,
    day,
    evaluatie,
    given,
    inzet,
    jeugdige,
    medische_behandeling,
    no_show,
    optie,
    peildatum,
    sessie,
    start,
    stop,
    vaktherapie,
    van_product,
    verblijf,
    verlenging,
    verwijzing,
)

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.regeling import Regel, Regeling
from rekenschap.domain.vocabulary import Ernst, Uitkomst

NOON: Final = datetime(2025, 1, 8, 12, tzinfo=UTC)

CARE: Final[list[Step]] = [begeleiding(), start()]
THERAPY: Final[list[Step]] = [vaktherapie(), start()]
TREATMENT: Final[list[Step]] = [behandeling(), start()]
MEDICAL: Final[list[Step]] = [verwijzing(), medische_behandeling(), start()]


GROUP: Final[list[Step]] = [van_product("begeleiding_groep_basis"), start()]
HOME: Final[list[Step]] = [van_product("woongroep"), start()]


def next_to(product: str, **values: Any) -> list[Step]:
    """An allocation of another product, running all the year, under the name T2."""
    return [van_product(product, "T2", **values)]


def missed(hours: Any, **values: Any) -> Step:
    return no_show(aantal=hours, eenheid="uur", **values)


Case = tuple[list[Step], Step]

CASES: Final[dict[str, Case]] = {
    "TW-ALG-01": (CARE, inzet(6001)),
    "TW-ALG-02": (CARE, inzet(op="2026-01-06")),
    "TW-ALG-03": ([begeleiding(budget=100, tarief=10), start()], inzet(11)),
    "TW-ALG-04": (CARE, inzet(1, eenheid="uur")),
    "TW-ALG-05": (CARE, inzet(1, soort="niet_clientgebonden")),
    "TW-ALG-07": (CARE, inzet(46, soort="reistijd")),
    "TW-ALG-08": (CARE, inzet(61, aanwezige_jeugdigen=2, totaal_minuten=120)),
    "TW-ALG-09": (
        [van_product("fact"), start()],
        inzet(61, aanwezige_jeugdigen=2, totaal_minuten=120),
    ),
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
    "TW-NS-04": (GROUP, missed(24)),
    "TW-NS-05": (GROUP, missed(1, vervanger_gevonden=True)),
    "TW-NS-06": ([van_product("zit"), start()], no_show("2025-01-07")),
    "TW-NS-07": ([van_product("medicatiecontrole"), start()], no_show()),
    "TW-AA-01": (
        next_to("csi_gezinsopname"),
        van_product("csi_gezinsopname"),
    ),
    "TW-AA-02": ([van_product("csi_gezinsopname"), start()], peildatum("2025-05-07")),
    "TW-AA-04": ([jeugdige(geboren="2015-01-07")], van_product("mst")),
    "TW-AA-05": ([], van_product("zit", tot="2025-01-20")),
    "TW-AA-07": ([van_product("zit"), start()], peildatum("2025-01-21")),
    "TW-AA-09": (
        [van_product("csi_gezinsopname"), start()],
        afwezigheid(
            "2025-01-08",
            "2025-01-08",
            declareren=False,
            ongepland=True,
            begin_tijdstip=NOON,
            contact_verwijzer_op=None,
        ),
    ),
    "TW-SC-01": ([], van_product("screening")),
    "TW-SC-03": (
        [optie("screening_in_werking_vanaf", day("2025-01-01"))],
        van_product("screening", voor_product="vaktherapie"),
    ),
    "TW-SC-04": (
        [optie("screening_in_werking_vanaf", day("2025-01-01"))],
        van_product("screening", verwijzer="huisarts", verzoek_om_toewijzing=False),
    ),
    "TW-GR-01": (GROUP, inzet(7, eenheid="uur", soort="groep", openingsuren=6)),
    "TW-GR-02": (
        [
            *GROUP,
            begeleiding("T2"),
            start("T2"),
            inzet(4, eenheid="uur", soort="groep", tussen=("10:00", "14:00")),
        ],
        inzet(van="T2", tussen=("13:00", "15:00")),
    ),
    "TW-GR-03": (next_to("behandeling_groep_basis", verwijzing=None), behandeling(verwijzing=None)),
    "TW-GR-04": (
        [*next_to("behandeling_groep_intensief"), *TREATMENT],
        inzet(uitvoerder="ingeroosterde_pedagogisch_medewerker"),
    ),
    "TW-KD-01": ([jeugdige(geboren="2008-01-05")], van_product("kdc_odc_basis")),
    "TW-KD-03": (next_to("kdc_odc_basis"), begeleiding(locatie="kdc")),
    "TW-KD-04": (
        [van_product("kdc_odc_basis"), start()],
        afwezigheid(
            "2025-01-08",
            "2025-01-08",
            declareren=False,
            ongepland=True,
            begin_tijdstip=NOON,
            contact_verwijzer_op=None,
        ),
    ),
    "TW-KD-05": ([], van_product("kdc_odc_basis", wlz_aanvraag_gedaan=False)),
    "TW-DY-01": (
        [optie("dyslexie_poortwachter", True)],
        van_product("ernstige_dyslexie", verwijzer="school"),
    ),
    "TW-MC-01": ([], van_product("medicatiecontrole", volume=601)),
    "TW-MC-02": ([], van_product("medicatiecontrole", medische_comorbiditeit=True)),
    "TW-PZ-01": ([], van_product("pleegzorg_deeltijd", volume=145)),
    "TW-PZ-02": (
        [van_product("pleegzorg_deeltijd"), start()],
        verblijf("2025-02-03", "2025-02-06", aantal=4),
    ),
    "TW-PZ-03": (
        [van_product("pleegzorg_deeltijd"), start()],
        verblijf("2025-02-03", "2025-02-03", aantal=2),
    ),
    "TW-PZ-05": ([jeugdige(geboren="2005-01-05")], van_product("pleegzorg_voltijd")),
    "TW-PZ-06": ([van_product("pleegzorg_voltijd"), start()], peildatum("2025-07-07")),
    "TW-PZ-07": (
        [van_product("pleegzorg_voltijd"), start()],
        inzet(0, eenheid="etmaal", soort="intake"),
    ),
    "TW-VB-01": (HOME, verblijf("2025-02-03", "2025-02-04", aantal=2)),
    "TW-VB-03": (HOME, afwezigheid("2025-02-03", "2025-02-05", reden="weekendverlof")),
    "TW-VB-04": (
        [optie("afwezigheid_onderwijs_max", 5), *HOME],
        afwezigheid("2025-02-03", "2025-02-08", reden="vakantie", volgt_onderwijs=True),
    ),
    "TW-VB-05": (
        [van_product("deeltijdverblijf_logeren"), start()],
        afwezigheid("2025-02-03", "2025-02-03", reden="ziekte", gepland_aanwezig=False),
    ),
    "TW-VB-06": (
        HOME,
        afwezigheid(
            "2025-02-03",
            "2025-02-03",
            reden="geleidelijke_terugkeer",
            kamer_beschikbaar_voor_ander=True,
        ),
    ),
    "TW-VB-08": (
        HOME,
        afwezigheid(
            "2025-01-08",
            "2025-01-08",
            declareren=False,
            ongepland=True,
            begin_tijdstip=NOON,
            contact_verwijzer_op=None,
        ),
    ),
    "TW-VB-09": (
        HOME,
        afwezigheid(
            "2025-02-03",
            "2025-02-17",
            reden="vakantie",
            gerede_twijfel_sinds=day("2025-02-03"),
        ),
    ),
    "TW-VB-11": ([jeugdige(geboren="2007-01-06")], van_product("kamertraining")),
    "TW-VB-12": (HOME, afwezigheid("2025-02-03", "2025-02-03", reden="ziekte")),
    "TW-VB-13": (
        [*HOME, *next_to("kamertraining"), start("T2"), verblijf("2025-02-03", "2025-02-05")],
        verblijf("2025-02-04", "2025-02-05", van="T2"),
    ),
    "TW-DV-01": ([], van_product("deeltijdverblijf_logeren", volume=157)),
    "TW-DV-02": ([], van_product("deeltijdverblijf_logeren", volume=160, vakantie_etmalen=4)),
    "TW-DV-03": (
        [
            *next_to("deeltijdverblijf_logeren"),
            start("T2"),
            verblijf("2025-03-10", "2025-03-11", van="T2"),
            *CARE,
        ],
        inzet(),
    ),
    "TW-GH-01": (next_to("gezinshuis"), begeleiding()),
    "TW-GH-02": ([*next_to("gezinshuis"), *TREATMENT], inzet(uitvoerder="gezinshuisouder")),
    "TW-GH-03": (
        [van_product("gezinshuis"), start()],
        inzet(1, eenheid="etmaal", soort="extra_ondersteuning"),
    ),
    "TW-GH-04": ([jeugdige(geboren="2005-01-05")], van_product("gezinshuis")),
    "TW-WG-01": ([], van_product("woongroep", volume=208)),
    "TW-OK-01": (next_to("ouder_kind_groep"), van_product("ouder_kind_groep")),
    "TW-OK-02": ([], van_product("ouder_kind_groep", wlz_beschikking_ouder=True)),
    "TW-OK-03": ([jeugdige(geboren="2020-01-06")], van_product("ouder_kind_groep")),
    "TW-BV-01": ([], van_product("behandelgroep", akkoord_gemeente=False)),
    "TW-BV-02": (next_to("driemilieuvoorziening"), begeleiding()),
    "TW-BV-03": (next_to("behandelgroep"), van_product("begeleiding_groep_basis")),
    "TW-JP-01": ([], van_product("jeugdzorgplus", machtiging=False)),
    "TW-EV-01": ([], van_product("extra_verblijfsbegeleiding")),
    "TW-EV-02": (
        next_to("behandelgroep"),
        van_product("extra_verblijfsbegeleiding", tot="2025-04-06"),
    ),
    "TW-EV-03": (
        [
            *next_to("behandelgroep"),
            start("T2"),
            van_product("extra_verblijfsbegeleiding"),
            start(),
            afwezigheid("2025-03-10", "2025-03-10", van="T2", declareren=False),
        ],
        inzet(),
    ),
    "TW-EV-04": (
        next_to("behandelgroep"),
        van_product("extra_verblijfsbegeleiding", onderbouwing_gedragswetenschapper=False),
    ),
    "TW-CMB-01": ([behandeling()], behandeling("T2", variant="KINGS")),
    "TW-CMB-02": ([behandeling()], vaktherapie("T2")),
    "TW-CMB-03": (next_to("kdc_odc_basis"), vaktherapie()),
    "TW-CMB-04": (next_to("woongroep"), begeleiding()),
    "TW-CMB-05": (next_to("pleegzorg_deeltijd"), van_product("deeltijdverblijf_logeren")),
    "TW-CMB-06": (next_to("kamertraining"), behandeling(afstemming_verwijzer=False)),
    "TW-CR-01": ([], van_product("crisis_pleegzorg", tot="2025-02-03")),
    "TW-CR-02": ([], van_product("crisis_families_first", tot="2025-02-17")),
    "TW-CR-03": (
        [van_product("crisis_verblijf_jo", tot="2025-01-12", verwijzer="huisarts")],
        verlenging("2025-01-19", op="2025-01-10", afsprakenoverzicht="geen"),
    ),
    "TW-CR-04": (
        [van_product("crisis_families_first")],
        start(op="2025-01-08", verzoek_cpsh_op=NOON - timedelta(days=2), tijdstip=NOON),
    ),
    "TW-CR-05": ([van_product("crisis_pleegzorg")], start(contact_toegang_op=None)),
    "TW-CR-06": (
        [verwijzing(via=None)],
        van_product("crisis_verblijf_jo", verwijzing="V1", verwijzer=AFWEZIG),
    ),
    "TW-CR-07": (
        [van_product("crisis_ambulante_spoedhulp"), start()],
        evaluatie("2025-02-04"),
    ),
    "TW-CR-09": ([], van_product("crisis_coordinatiepunt_spoedhulp")),
    "TW-JV-01": ([], van_product("jeugdhulpvervoer")),
    "TW-CP-01": ([], van_product("kamertraining", via_cpwv=False)),
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

WITHOUT_A_CASE: Final[dict[str, str]] = {
    "TW-VB-02": "TW-VB-05 is the same bound in the text, so they always speak together",
    "TW-AA-03": "it computes what a traject comes to and refuses no step",
    "TW-AA-06": "it computes what a traject comes to and refuses no step",
}
"""Rules that can object to no step by themselves: id -> why there is no case."""


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
    """The rules that can object: all that are applied, except those that only permit."""
    return {str(rule.id) for rule in TWENTE.regels if rule.toepassingen and _objects(rule)}


def _objects(rule: Regel) -> bool:
    weights = {application.ernst or rule.ernst for application in rule.toepassingen}
    return bool(weights - {Ernst.INFO})


def test_every_rule_has_a_case() -> None:
    assert set(CASES) | set(WITHOUT_A_CASE) == expected()


def test_a_rule_without_a_case_says_why() -> None:
    assert all(WITHOUT_A_CASE.values())
    assert not set(CASES) & set(WITHOUT_A_CASE)


def test_a_rule_that_is_not_applied_says_why() -> None:
    for rule in TWENTE.regels:
        assert bool(rule.toepassingen) or rule.niet_getoetst


def test_every_rule_names_a_source_and_its_sentence() -> None:
    for rule in TWENTE.regels:
        assert rule.zin.endswith((".", '."'))
        assert rule.bronnen
        assert all(source.citaat for source in rule.bronnen)
