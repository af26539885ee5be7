"""TW-CMB-01 to 06, GH-01, GH-02, BV-01 to 03, KD-03, EV-01, EV-02, EV-04, JP-01, JV-01, CP-01.

Which allocations of one jeugdige go together, which wait, and which a stay needs beside it.
"""

from typing import Any

import pytest
from tests.builders import (
    BRAM,
    Ledger,
    called,
    given,
    goedkeuring,
    intrekking,
    inzet,
    start,
    stop,
    van_product,
    verlenging,
    verwijzing,
)

from rekenschap.domain.absent import AFWEZIG

LETTERS = [verwijzing(f"V{n}", door="gemeente") for n in range(1, 4)]


def granted(product: str, name: str = "T1", **values: Any) -> Any:
    """An allocation on a letter of its own, that objects to nothing by itself."""
    told: dict[str, Any] = {"verwijzing": f"V{name[1:]}", "afstemming_verwijzer": True}
    if product == "vaktherapie":
        told |= {"volume": 2200, "aanvullende_verzekering": "niet_verzekerd"}
    if product == "begeleiding_individueel":
        told["locatie"] = "thuis"
    return van_product(product, name, **{**told, **values})


def pair(one: str, two: str, **values: Any) -> Ledger:
    """The second asked while the first runs; what is told is told of the second."""
    return given(*LETTERS, granted(one)).when(granted(two, "T2", **values))


KDC = ["kdc_odc_basis", "kdc_odc_intensief"]
GUIDANCE_GROUPS = ["begeleiding_groep_basis", "begeleiding_groep_intensief"]
TREATMENT_GROUPS = ["behandeling_groep_basis", "behandeling_groep_intensief"]
ALTERNATIVES = ["fact", "mst", "zit", "csi_gezinsopname"]

REFUSED = [
    *[("TW-CMB-01", "behandeling_individueel", other) for other in ALTERNATIVES],
    ("TW-CMB-02", "vaktherapie", "behandeling_groep_basis"),
    *[("TW-CMB-03", "vaktherapie", other) for other in KDC],
    *[("TW-KD-03", one, other) for one in (*GUIDANCE_GROUPS, *TREATMENT_GROUPS) for other in KDC],
    *[
        ("TW-GH-01", "gezinshuis", other)
        for other in (
            "begeleiding_individueel",
            *GUIDANCE_GROUPS,
            "deeltijdverblijf_logeren",
            "woongroep",
            "hoogspecialistische_woonvoorziening",
            "kamertraining",
            "pleegzorg_voltijd",
            "pleegzorg_deeltijd",
        )
    ],
    *[
        ("TW-BV-02", "begeleiding_individueel", other)
        for other in ("behandelgroep", "driemilieuvoorziening", "jeugdzorgplus")
    ],
    *[
        ("TW-BV-03", one, other)
        for one in GUIDANCE_GROUPS
        for other in ("behandelgroep", "driemilieuvoorziening")
    ],
]
WAITS = [
    *[
        ("TW-CMB-04", one, other)
        for one in ("begeleiding_individueel", *GUIDANCE_GROUPS)
        for other in (
            "woongroep",
            "hoogspecialistische_woonvoorziening",
            "kamertraining",
            "ouder_kind_groep",
        )
    ],
    ("TW-CMB-05", "pleegzorg_deeltijd", "deeltijdverblijf_logeren"),
]
TOGETHER = [
    ("fact", "mst"),
    ("fact", "csi_gezinsopname"),
    ("zit", "mst"),
    ("zit", "csi_gezinsopname"),
    ("behandeling_individueel", "begeleiding_individueel"),
    ("behandeling_individueel", "medicatiecontrole"),
    ("behandeling_individueel", "kdc_odc_basis"),
    ("begeleiding_individueel", "kdc_odc_intensief"),
    ("begeleiding_individueel", "begeleiding_groep_basis"),
    ("vaktherapie", "begeleiding_groep_basis"),
    ("vaktherapie", "behandeling_groep_intensief"),
    ("vaktherapie", "fact"),
    ("gezinshuis", "behandelgroep"),
    ("gezinshuis", "driemilieuvoorziening"),
    ("gezinshuis", "jeugd_ggz_verblijf"),
    ("gezinshuis", "jeugdzorgplus"),
    ("gezinshuis", "ouder_kind_groep"),
    ("gezinshuis", "behandeling_groep_basis"),
    ("jeugdzorgplus", "begeleiding_groep_basis"),
    ("behandelgroep", "behandeling_groep_basis"),
    ("pleegzorg_voltijd", "deeltijdverblijf_logeren"),
    ("crisis_verblijf_jo", "crisis_ambulante_spoedhulp"),
    ("jeugd_ggz_verblijf", "begeleiding_individueel"),
    ("kamertraining", "fact"),
]


@pytest.mark.parametrize(("rule", "one", "two"), REFUSED)
def test_the_later_of_the_two_is_refused_in_either_order(rule: str, one: str, two: str) -> None:
    pair(one, two).then_refused_by(rule)
    pair(two, one).then_refused_by(rule)
    pair(one, two, akkoord_gemeente=True).then_refused_by(rule)
    pair(two, one, akkoord_gemeente=True).then_refused_by(rule)


@pytest.mark.parametrize(("rule", "one", "two"), WAITS)
def test_the_later_of_the_two_waits_unless_the_gemeente_agrees(
    rule: str, one: str, two: str
) -> None:
    for first, second in ((one, two), (two, one)):
        for told in (False, None):
            pair(first, second, akkoord_gemeente=told).then_waits_for(rule)
        pair(first, second, akkoord_gemeente=True).then_accepted()


@pytest.mark.parametrize(("one", "two"), TOGETHER)
def test_these_go_together_in_either_order(one: str, two: str) -> None:
    pair(one, two).then_accepted()
    pair(two, one).then_accepted()


@pytest.mark.parametrize(("rule", "one", "two"), [REFUSED[0], REFUSED[5], REFUSED[-1], WAITS[0]])
def test_what_counts_is_a_day_they_share(rule: str, one: str, two: str) -> None:
    """The first lasts up to and including 30 June 2025."""

    def after(*first: Any, van: str = "2025-01-06", **values: Any) -> Ledger:
        step = granted(two, "T2", van=van, tot="2025-12-31", **values)
        return given(*LETTERS, *first).when(step)

    half = granted(one, tot="2025-06-30", volume=AFWEZIG, eenheid=AFWEZIG)
    speaks = Ledger.then_waits_for if rule.startswith("TW-CMB-04") else Ledger.then_refused_by
    speaks(after(half, van="2025-06-30"), rule)
    after(half, van="2025-07-01").then_accepted()
    stopped = after(half, start(), stop(op="2025-03-31"), van="2025-03-31")
    speaks(stopped, rule)
    after(half, start(), stop(op="2025-03-31"), van="2025-04-01").then_accepted()
    after(half, intrekking(op="2025-03-31")).then_accepted()
    after(granted(one, voor=BRAM, verwijzing=AFWEZIG)).then_accepted()


def test_an_extension_is_judged_for_the_days_it_adds() -> None:
    ledger = given(
        *LETTERS,
        granted("begeleiding_groep_basis", tot="2025-03-31"),
        granted("behandelgroep", "T2", van="2025-07-01", tot="2025-12-31"),
    )
    ledger.when(verlenging("2025-07-01", op="2025-03-01")).then_refused_by("TW-BV-03")
    ledger.when(verlenging("2025-06-30", op="2025-03-01")).then_accepted()
    ledger.when(verlenging("2026-06-30", van="T2", op="2025-03-01")).then_accepted()
    woon = given(
        *LETTERS,
        granted("begeleiding_individueel", tot="2025-03-31"),
        granted("kamertraining", "T2", van="2025-07-01", tot="2025-12-31"),
    )
    woon.when(verlenging("2025-07-01", op="2025-03-01")).then_waits_for("TW-CMB-04")
    agreed = verlenging("2025-07-01", op="2025-03-01", akkoord_gemeente=True)
    woon.when(agreed).then_accepted()


def test_one_that_waits_excludes_nothing_and_is_judged_again_when_approved() -> None:
    ledger = given(*LETTERS, granted("kamertraining"))
    ledger.when(called("W", granted("begeleiding_groep_basis", "T2"))).then_waits_for("TW-CMB-04")
    ledger.when(granted("kdc_odc_basis", "T3")).then_accepted()
    ledger.when(goedkeuring("W")).then_refused_by("TW-KD-03")


# --- variants next to the alternatives


@pytest.mark.parametrize("variant", ["regulier", "KINGS", "IHT", "ZIG", "MDFT", "IPG", "IAG"])
@pytest.mark.parametrize("other", ALTERNATIVES)
def test_treatment_of_any_variant_excludes_an_alternative(variant: str, other: str) -> None:
    short = {"variant": variant, "tot": "2025-04-30", "volume": 1000}
    pair(other, "behandeling_individueel", **short).then_refused_by("TW-CMB-01")
    ledger = given(*LETTERS, granted("behandeling_individueel", **short))
    ledger.when(granted(other, "T2")).then_refused_by("TW-CMB-01")


@pytest.mark.parametrize("other", ALTERNATIVES)
def test_csi_at_home_goes_with_csi_with_the_family_only(other: str) -> None:
    short = {"variant": "CSI_thuis", "tot": "2025-04-20", "volume": 1000}
    for ledger in (
        pair(other, "behandeling_individueel", **short),
        given(*LETTERS, granted("behandeling_individueel", **short)).when(granted(other, "T2")),
    ):
        allowed = other == "csi_gezinsopname"
        ledger.then_accepted() if allowed else ledger.then_refused_by("TW-CMB-01")


def test_another_provider_makes_therapy_next_to_group_treatment_wait() -> None:
    ledger = given(*LETTERS, granted("behandeling_groep_basis", aanbieder="een"))
    ledger.when(granted("vaktherapie", "T2", aanbieder="ander")).then_waits_for("TW-CMB-02")
    ledger.when(granted("vaktherapie", "T2", aanbieder="een")).then_refused_by("TW-CMB-02")


# --- guidance and treatment next to KDC/ODC


@pytest.mark.parametrize("kdc", KDC)
@pytest.mark.parametrize(
    ("locatie", "refused"), [("thuis", False), ("kdc", True), (None, True), (AFWEZIG, False)]
)
def test_guidance_next_to_kdc_is_given_at_home(kdc: str, locatie: Any, refused: bool) -> None:
    ledger = pair(kdc, "begeleiding_individueel", locatie=locatie)
    ledger.then_refused_by("TW-KD-03") if refused else ledger.then_accepted()
    if locatie is AFWEZIG:
        ledger.then_not_judged("TW-KD-03", "locatie")
    ledger = given(*LETTERS, granted("begeleiding_individueel", locatie=locatie))
    ledger.when(granted(kdc, "T2"))
    ledger.then_refused_by("TW-KD-03") if refused else ledger.then_accepted()


@pytest.mark.parametrize("single", ["begeleiding_individueel", "behandeling_individueel"])
@pytest.mark.parametrize(
    ("letter", "refused"), [("V1", True), (None, True), ("V2", False), (AFWEZIG, False)]
)
def test_it_has_a_letter_of_its_own(single: str, letter: Any, refused: bool) -> None:
    ledger = pair("kdc_odc_basis", single, verwijzing=letter)
    ledger.then_refused_by("TW-KD-03") if refused else ledger.then_accepted()
    ledger = given(*LETTERS, granted(single)).when(
        granted("kdc_odc_basis", "T2", verwijzing="V1" if letter == "V1" else letter)
    )
    ledger.then_refused_by("TW-KD-03") if refused else ledger.then_accepted()


# --- treatment next to a place to live


@pytest.mark.parametrize(
    "stay",
    [
        "gezinshuis",
        "woongroep",
        "hoogspecialistische_woonvoorziening",
        "kamertraining",
        "ouder_kind_groep",
    ],
)
@pytest.mark.parametrize("treatment", ["behandeling_individueel", *TREATMENT_GROUPS, "vaktherapie"])
def test_treatment_that_comes_second_is_agreed_with_the_referrer(stay: str, treatment: str) -> None:
    judged = treatment == "behandeling_individueel" or stay in ("gezinshuis", "woongroep")
    for told in (False, None):
        ledger = pair(stay, treatment, afstemming_verwijzer=told)
        ledger.then_waits_for("TW-CMB-06") if judged else ledger.then_accepted()
    pair(stay, treatment, afstemming_verwijzer=True).then_accepted()
    untold = pair(stay, treatment, afstemming_verwijzer=AFWEZIG).then_accepted()
    if judged:
        untold.then_not_judged("TW-CMB-06", "afstemming_verwijzer")
    first = given(*LETTERS, granted(treatment, afstemming_verwijzer=False))
    first.when(granted(stay, "T2")).then_accepted()


@pytest.mark.parametrize("who", ["gezinshuisouder", "pedagogisch_medewerker_gezinshuis"])
@pytest.mark.parametrize(
    ("product", "unit"),
    [("behandeling_individueel", "minuut"), ("fact", "minuut"), ("behandeling_groep_basis", "uur")],
)
def test_who_lives_there_does_not_treat(who: str, product: str, unit: str) -> None:
    ledger = given(*LETTERS, granted("gezinshuis", tot="2025-06-30"), start())
    ledger.given(granted(product, "T2"), start("T2"))
    step: dict[str, Any] = {"van": "T2", "eenheid": unit, "uitvoerder": who}
    ledger.when(inzet(1, op="2025-06-30", **step)).then_refused_by("TW-GH-02")
    ledger.when(inzet(1, op="2025-07-01", **step)).then_accepted()
    ledger.when(inzet(1, op="2025-06-30", **{**step, "uitvoerder": "anders"})).then_accepted()
    ledger.when(inzet(1, op="2025-06-30", **{**step, "uitvoerder": AFWEZIG})).then_accepted()
    ledger.then_not_judged("TW-GH-02", "uitvoerder")


# --- what a stay needs beside it


@pytest.mark.parametrize("stay", ["behandelgroep", "driemilieuvoorziening", "jeugdzorgplus"])
@pytest.mark.parametrize("beside", ["behandeling_individueel", *TREATMENT_GROUPS])
def test_treatment_belongs_to_the_stay(stay: str, beside: str) -> None:
    alone = given(*LETTERS).when(granted(stay, "T2", akkoord_gemeente=False))
    alone.then_waits_for("TW-BV-01")
    given(*LETTERS).when(granted(stay, "T2", akkoord_gemeente=True)).then_accepted()
    pair(beside, stay, akkoord_gemeente=False).then_accepted()
    one_day = given(*LETTERS, granted(beside, van="2026-01-05", tot="2026-01-05"))
    one_day.when(granted(stay, "T2", akkoord_gemeente=False)).then_accepted()
    no_day = given(*LETTERS, granted(beside, van="2026-01-06", tot="2026-01-06"))
    no_day.when(granted(stay, "T2", akkoord_gemeente=False)).then_waits_for("TW-BV-01")
    gone = given(*LETTERS, granted(beside), intrekking(op="2025-02-01"))
    gone.when(granted(stay, "T2", akkoord_gemeente=False)).then_waits_for("TW-BV-01")
    another = given(granted(beside, voor=BRAM, verwijzing=AFWEZIG))
    another.when(granted(stay, "T2", akkoord_gemeente=False, verwijzing=AFWEZIG))
    another.then_waits_for("TW-BV-01")


def test_other_help_is_no_treatment() -> None:
    for other in ("vaktherapie", "fact", "medicatiecontrole"):
        pair(other, "behandelgroep", akkoord_gemeente=False).then_waits_for("TW-BV-01")


@pytest.mark.parametrize("stay", ["behandelgroep", "driemilieuvoorziening", "jeugdzorgplus"])
def test_extra_guidance_is_given_beside_three_stays(stay: str) -> None:
    pair(stay, "extra_verblijfsbegeleiding").then_accepted()
    ledger = given(*LETTERS, granted(stay, tot="2025-03-31"))
    ledger.when(granted("extra_verblijfsbegeleiding", "T2", van="2025-03-31", tot="2025-06-29"))
    ledger.then_accepted()
    ledger = given(*LETTERS, granted(stay, tot="2025-03-31"))
    ledger.when(granted("extra_verblijfsbegeleiding", "T2", van="2025-04-01", tot="2025-06-30"))
    ledger.then_refused_by("TW-EV-01")


@pytest.mark.parametrize("stay", ["gezinshuis", "woongroep", "jeugd_ggz_verblijf", "fact"])
def test_extra_guidance_beside_anything_else_is_refused(stay: str) -> None:
    step = pair(stay, "extra_verblijfsbegeleiding", akkoord_gemeente=True)
    step.then_refused_by("TW-EV-01")


@pytest.mark.parametrize(
    ("van", "last", "late"),
    [
        ("2025-01-06", "2025-04-05", "2025-04-06"),
        ("2025-01-31", "2025-04-29", "2025-04-30"),
        ("2025-11-30", "2026-02-27", "2026-02-28"),
        ("2027-11-30", "2028-02-28", "2028-02-29"),
    ],
)
def test_extra_guidance_lasts_three_months(van: str, last: str, late: str) -> None:
    stay = granted("behandelgroep", van="2025-01-06", tot="2029-12-31")
    for tot, refused in ((last, False), (late, True), ("2029-01-01", True), (None, True)):
        step = granted("extra_verblijfsbegeleiding", "T2", van=van, tot=tot)
        ledger = given(*LETTERS, stay).when(step)
        ledger.then_refused_by("TW-EV-02") if refused else ledger.then_accepted()


def test_extended_its_three_months_run_from_the_start_of_care() -> None:
    ledger = given(*LETTERS, granted("behandelgroep"), granted("extra_verblijfsbegeleiding", "T2"))
    ledger.given(start("T2", op="2025-01-20"))
    for agreed in (True, False):
        late = verlenging("2025-04-20", van="T2", op="2025-04-01", akkoord_gemeente=agreed)
        ledger.when(late).then_refused_by("TW-EV-02")
    ledger.when(verlenging("2025-04-19", van="T2", op="2025-04-01")).then_accepted()


@pytest.mark.parametrize(
    ("referrer", "reasoned", "agreed", "waits"),
    [
        ("gemeente", True, False, False),
        ("gemeente", False, False, True),
        ("gemeente", None, True, True),
        ("huisarts", True, True, False),
        ("huisarts", True, False, True),
        ("huisarts", False, True, True),
        ("gecertificeerde_instelling", True, None, True),
        ("gecertificeerde_instelling", True, True, False),
    ],
)
def test_extra_guidance_is_reasoned_and_agreed(
    referrer: str, reasoned: Any, agreed: Any, waits: bool
) -> None:
    ledger = given(*LETTERS, verwijzing("V9", door=referrer), granted("behandelgroep"))
    step = granted(
        "extra_verblijfsbegeleiding",
        "T2",
        verwijzing="V9",
        verwijzer=AFWEZIG,
        onderbouwing_gedragswetenschapper=reasoned,
        akkoord_gemeente=agreed,
    )
    ledger.when(step)
    ledger.then_waits_for("TW-EV-04") if waits else ledger.then_accepted()


# --- the machtiging for JeugdzorgPlus


@pytest.mark.parametrize("told", [True, False, None])
def test_jeugdzorgplus_needs_the_authority_of_the_judge(told: Any) -> None:
    ledger = given(*LETTERS).when(granted("jeugdzorgplus", machtiging=told))
    ledger.then_accepted() if told else ledger.then_refused_by("TW-JP-01")


def test_the_start_of_care_is_judged_on_its_own_authority_or_else_on_that_of_the_grant() -> None:
    grant = granted("jeugdzorgplus", machtiging=True)
    given(*LETTERS, grant).when(start()).then_accepted()
    given(*LETTERS, grant).when(start(machtiging=True)).then_accepted()
    for told in (False, None):
        given(*LETTERS, grant).when(start(machtiging=told)).then_refused_by("TW-JP-01")
    unknown = granted("jeugdzorgplus", machtiging=AFWEZIG)
    ledger = given(*LETTERS).when(unknown).then_accepted()
    ledger.then_not_judged("TW-JP-01", "machtiging")
    ledger.when(start(machtiging=False)).then_refused_by("TW-JP-01")
    ledger.when(start()).then_accepted().then_not_judged("TW-JP-01", "machtiging")


def test_elsewhere_no_authority_is_asked() -> None:
    ledger = given(*LETTERS, granted("behandelgroep", machtiging=False))
    ledger.when(start(machtiging=False)).then_accepted()


# --- transport


@pytest.mark.parametrize(
    "other", ["begeleiding_individueel", "kdc_odc_basis", "jeugd_ggz_verblijf"]
)
def test_transport_belongs_to_a_place_to_go_and_ends(other: str) -> None:
    pair(other, "jeugdhulpvervoer").then_accepted()
    pair(other, "jeugdhulpvervoer", tot=None).then_waits_for("TW-JV-01")
    ledger = given(*LETTERS, granted(other, tot="2025-03-31"))
    ledger.when(granted("jeugdhulpvervoer", "T2", van="2025-03-31")).then_accepted()
    ledger = given(*LETTERS, granted(other, tot="2025-03-31"))
    ledger.when(granted("jeugdhulpvervoer", "T2", van="2025-04-01")).then_waits_for("TW-JV-01")


def test_transport_alone_or_next_to_what_waits_waits() -> None:
    given(*LETTERS).when(granted("jeugdhulpvervoer")).then_waits_for("TW-JV-01")
    pair("fact", "jeugdhulpvervoer").given(verwijzing("V8", door="gemeente")).when(
        granted("jeugdhulpvervoer", "T3")
    ).then_accepted()
    ledger = given(*LETTERS).when(granted("behandelgroep", akkoord_gemeente=False))
    ledger.when(granted("jeugdhulpvervoer", "T2")).then_waits_for("TW-JV-01")
    ledger = given(*LETTERS, granted("fact"), intrekking(op="2025-02-01"))
    ledger.when(granted("jeugdhulpvervoer", "T2")).then_waits_for("TW-JV-01")
    approved = given(*LETTERS).when(called("J", granted("jeugdhulpvervoer")))
    approved.given(goedkeuring("J"))
    approved.when(granted("jeugdhulpvervoer", "T2")).then_waits_for("TW-JV-01")


# --- placing by way of the CPWV, and the Wlz


VIA_CPWV = [
    "woongroep",
    "hoogspecialistische_woonvoorziening",
    "kamertraining",
    "ouder_kind_groep",
    "behandelgroep",
    "driemilieuvoorziening",
    "jeugd_ggz_verblijf",
    "deeltijdverblijf_logeren",
    "gezinshuis",
]


@pytest.mark.parametrize("stay", [*VIA_CPWV, "jeugdzorgplus", "pleegzorg_voltijd", "fact"])
@pytest.mark.parametrize("told", [False, True, None, AFWEZIG])
def test_a_place_is_found_by_way_of_the_cpwv(stay: str, told: Any) -> None:
    ledger = given(*LETTERS).when(granted(stay, via_cpwv=told))
    speaks = told is False and stay in VIA_CPWV
    ledger.then_signals("TW-CP-01") if speaks else ledger.then_accepted()


@pytest.mark.parametrize("product", [*KDC, "begeleiding_groep_basis"])
@pytest.mark.parametrize("told", [False, True, None, AFWEZIG])
def test_parents_of_a_child_at_kdc_ask_for_wlz(product: str, told: Any) -> None:
    ledger = given(*LETTERS).when(granted(product, wlz_aanvraag_gedaan=told))
    speaks = told is False and product in KDC
    ledger.then_signals("TW-KD-05") if speaks else ledger.then_accepted()
