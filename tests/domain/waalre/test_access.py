"""Who may refer, on what indication, and what a decision must say (WAA-T01 to T13)."""

import pytest
from tests.domain.waalre.builders import (
    OK,
    inzet,
    keur_goed,
    laatste,
    stand,
    stap,
    start,
    toewijzing,
    verleng,
    verwijzing,
    vrij,
)


@pytest.mark.parametrize("wie", ["cmd", "plusteam", "huisarts", "medisch_specialist", "jeugdarts"])
@pytest.mark.parametrize("onder", ["ambulant", "verblijf", "ggz"])
def test_these_refer_everywhere(wie: str, onder: str) -> None:
    assert laatste(verwijzing("2016-03-01", wie, deelovereenkomst=onder)) == OK


@pytest.mark.parametrize("wie", ["school", "gemeente", "zelfverwijzer", "officier_van_justitie"])
def test_others_do_not_refer(wie: str) -> None:
    assert laatste(verwijzing("2016-03-01", wie)) == "geweigerd WAA-T01"
    assert laatste(toewijzing("P018", verwijzer=wie)) == "geweigerd WAA-T01"


def test_the_court_refers_but_not_to_ambulant_help() -> None:
    assert laatste(verwijzing("2016-03-01", "rechter", deelovereenkomst="verblijf")) == OK
    waits = "goedkeuring_nodig WAA-T01"
    assert laatste(verwijzing("2016-03-01", "rechter", deelovereenkomst="ambulant")) == waits
    assert laatste(verwijzing("2016-03-01", "rechter", product="ambulant")) == waits
    assert laatste(toewijzing("ambulant", verwijzer="rechter")) == waits
    assert laatste(verwijzing("2016-03-01", "rechter")) == OK


@pytest.mark.parametrize(
    ("meer", "verwacht"),
    [
        ({"deelovereenkomst": "verblijf"}, OK),
        ({"deelovereenkomst": "verblijf", "product": "P021"}, OK),
        ({"deelovereenkomst": "verblijf", "product": "P018"}, "goedkeuring_nodig WAA-T01"),
        ({"product": "P018"}, "goedkeuring_nodig WAA-T01"),
        (
            {"product": "P024", "kader": "kinderbeschermingsmaatregel"},
            OK,
        ),
        ({"product": "P024", "kader": "vrijwillig"}, "goedkeuring_nodig WAA-T01"),
        ({"deelovereenkomst": "ambulant"}, "goedkeuring_nodig WAA-T01"),
    ],
)
def test_the_gi_refers_to_foster_care_under_a_measure(meer: dict[str, str], verwacht: str) -> None:
    assert laatste(verwijzing("2016-03-01", "gecertificeerde_instelling", **meer)) == verwacht
    if "product" in meer:
        more = {k: v for k, v in meer.items() if k != "product"}
        granted = toewijzing(meer["product"], verwijzer="gecertificeerde_instelling", **more)
        assert laatste(granted) == verwacht


def test_veilig_thuis_always_waits_and_the_cmd_may_approve() -> None:
    asked = verwijzing("2016-03-01", "veilig_thuis", referentie="R1")
    assert laatste(asked) == "goedkeuring_nodig WAA-T01"
    assert laatste(vrij(asked), keur_goed("R1", "2016-03-02", "cmd")) == OK
    refused = laatste(vrij(asked), keur_goed("R1", "2016-03-02", "toegang"))
    assert refused == "geweigerd WAA-T01"


def test_a_grant_on_a_referral_is_not_judged_on_who_refers_again() -> None:
    letter = verwijzing("2016-03-01", "huisarts")
    granted = toewijzing("P018", "2016-03-02", verwijzing="V1", verwijzer="school")
    assert laatste(letter, granted) == OK


def test_a_grant_without_any_letter_rests_on_nothing() -> None:
    assert laatste(toewijzing("P018", verwijzing=None)) == "geweigerd WAA-T02"
    assert laatste(toewijzing("P018")) == OK


@pytest.mark.parametrize(("wie", "verwacht"), [("cmd", OK), ("school", "geweigerd WAA-T02")])
def test_an_indication_is_of_somebody_who_may_refer(wie: str, verwacht: str) -> None:
    assert laatste(toewijzing("P018", indicatie_door=wie)) == verwacht
    longer = verleng("2016-06-20", einddatum="2017-01-31", indicatie_door=wie)
    assert laatste(toewijzing("P018"), longer) == verwacht


def test_none_is_no_indication() -> None:
    assert laatste(toewijzing("P018", indicatie_door=None)) == "geweigerd WAA-T02"


@pytest.mark.parametrize(
    ("dag", "verwacht"),
    [
        ("2016-01-03", "geweigerd WAA-T02"),
        ("2016-01-04", "geweigerd WAA-T02"),
        ("2016-01-05", OK),
    ],
)
def test_an_extension_has_an_indication_of_its_own(dag: str, verwacht: str) -> None:
    longer = verleng(
        "2016-06-20", einddatum="2017-01-31", indicatie_door="cmd", indicatie_datum=dag
    )
    assert laatste(toewijzing("P018"), longer) == verwacht


def test_a_provider_cannot_ask_for_an_extension_without_one() -> None:
    asked = verleng("2016-06-20", einddatum="2017-01-31", aangevraagd_door="aanbieder")
    assert laatste(toewijzing("P018"), asked) == "geweigerd WAA-T02"
    assert laatste(toewijzing("P018"), {**asked, "indicatie_door": "cmd"}) == OK
    assert laatste(toewijzing("P018"), {**asked, "aangevraagd_door": "ouder"}) == OK


SPOED = {"spoed": True, "spoed_gemotiveerd": True, "multidisciplinair_overleg": True}


def test_an_urgent_start_before_its_grant_waits() -> None:
    begun = start("2016-03-05", referentie="R1", **SPOED)
    granted = toewijzing("ambulant", "2016-03-05", op="2016-04-08")
    assert laatste(vrij(begun), granted) == OK
    assert laatste(vrij(begun), vrij(granted), keur_goed("R1", "2016-04-09")) == OK
    assert stand(begun, granted, keur_goed("R1", "2016-04-09"))["startdatum"] == "2016-03-05"
    assert stand(begun, keur_goed("R1", "2016-03-06"), granted)["startdatum"] == "2016-03-05"
    assert stand(begun, granted)["startdatum"] is None


@pytest.mark.parametrize("mist", sorted(SPOED))
def test_a_start_before_its_first_day_without_all_of_it_is_refused(mist: str) -> None:
    told = {**SPOED, mist: False}
    granted = toewijzing("ambulant", "2016-03-05")
    assert laatste(granted, start("2016-03-04", **told)) == "geweigerd WAA-T03"
    assert laatste(granted, start("2016-03-04", **SPOED)) == "goedkeuring_nodig WAA-T03"
    assert laatste(granted, start("2016-03-05")) == OK


def test_a_grant_has_a_last_day_and_tells_when_it_is_evaluated() -> None:
    assert laatste(toewijzing("P018", tot=None)) == "geweigerd WAA-T04"
    assert laatste(toewijzing("begeleiding", tot=None, leveringsvorm="pgb")) == "geweigerd WAA-T04"
    said = laatste(toewijzing("P018", evaluatie_en_resultaat_vastgelegd=False))
    assert said == "gesignaleerd WAA-T04"


def test_who_lives_elsewhere_waits_for_a_talk() -> None:
    assert laatste(toewijzing("P018"), jeugdige={"woonplaats": "Waalre"}) == OK
    waits = "goedkeuring_nodig WAA-T05"
    assert laatste(toewijzing("P018"), jeugdige={"woonplaats": "Eindhoven"}) == waits
    moved = stap("WoonplaatsGewijzigd", "2016-05-01", jeugdige="J1", woonplaats="Eindhoven")
    assert laatste(moved) == waits
    assert laatste({**moved, "woonplaats": "Waalre"}) == OK


def test_a_move_counts_once_it_is_approved() -> None:
    moved = stap(
        "WoonplaatsGewijzigd", "2016-05-01", jeugdige="J1", woonplaats="Veldhoven", referentie="R1"
    )
    lives = {"woonplaats": "Waalre"}
    granted = toewijzing("P018", "2016-06-01")
    assert laatste(vrij(moved), granted, jeugdige=lives) == OK
    approved = keur_goed("R1", "2016-05-02")
    assert laatste(vrij(moved), approved, granted, jeugdige=lives) == "goedkeuring_nodig WAA-T05"


@pytest.mark.parametrize(
    ("maanden", "verwacht"),
    [(2, "goedkeuring_nodig WAA-T06"), (3, "goedkeuring_nodig WAA-T06"), (4, OK)],
)
@pytest.mark.parametrize("product", ["persoonlijke_verzorging", "begeleiding"])
def test_a_short_need_is_usual_care(maanden: int, verwacht: str, product: str) -> None:
    granted = toewijzing(product, verwachte_duur_maanden=maanden, uitzicht_op_herstel=False)
    assert laatste(granted) == verwacht


def test_a_short_need_of_something_else_is_not() -> None:
    assert laatste(toewijzing("P018", verwachte_duur_maanden=1)) == OK


@pytest.mark.parametrize(
    ("volume", "verwacht"), [(44, OK), (45, OK), (46, "goedkeuring_nodig WAA-T06")]
)
def test_only_the_time_beyond_what_is_usual(volume: int, verwacht: str) -> None:
    need = {"benodigde_minuten_per_dag": 105, "gebruikelijke_minuten_per_dag": 60}
    granted = toewijzing(
        "persoonlijke_verzorging", volume=volume, eenheid="minuut", frequentie="per_dag", **need
    )
    assert laatste(granted) == verwacht


def test_an_hour_a_day_is_sixty_minutes() -> None:
    need = {"benodigde_minuten_per_dag": 119, "gebruikelijke_minuten_per_dag": 60}
    granted = toewijzing(
        "persoonlijke_verzorging", volume=1, eenheid="uur", frequentie="per_dag", **need
    )
    assert laatste(granted) == "goedkeuring_nodig WAA-T06"


def test_usual_care_waits_for_whoever_gives_it() -> None:
    told = {"bovengebruikelijk_vastgesteld": False}
    assert laatste(toewijzing("begeleiding", **told)) == "goedkeuring_nodig WAA-T06"
    pgb = {**told, "leveringsvorm": "pgb"}
    assert laatste(toewijzing("begeleiding", **pgb)) == "goedkeuring_nodig WAA-T06"
    of_the_network = toewijzing("begeleiding", hulpverlener="sociaal_netwerk", **pgb)
    assert laatste(of_the_network) == "goedkeuring_nodig WAA-P08"
    otherwise = toewijzing("begeleiding", hulpverlener="informeel_overig", **pgb)
    assert laatste(otherwise) == "goedkeuring_nodig WAA-T06"


@pytest.mark.parametrize(
    ("dag", "wie", "goed"),
    [
        ("2018-05-13", ["ouder"], True),
        ("2018-05-13", ["ouder", "jeugdige"], False),
        ("2018-05-14", ["jeugdige", "ouder"], True),
        ("2018-05-14", ["ouder"], False),
        ("2022-05-13", ["ouder", "jeugdige"], True),
        ("2022-05-14", ["jeugdige"], True),
        ("2022-05-14", ["ouder", "jeugdige"], False),
        ("2016-05-14", [], False),
    ],
)
def test_who_chose_the_provider_by_age(dag: str, wie: list[str], goed: bool) -> None:
    contract = [{"id": "A1", "verlengd_tot_en_met": "2023-12-31"}]
    granted = toewijzing("begeleiding", dag, "2023-12-31", aanbieder_gekozen_door=wie)
    assert laatste(granted, aanbieders=contract) == (OK if goed else "goedkeuring_nodig WAA-T07")
    by_court = {**granted, "verwijzer": "rechter"}
    assert laatste(by_court) == OK
    assert laatste({**granted, "machtiging": True}) == OK


def test_more_than_five_talks() -> None:
    talks = [
        stap("ContactVastgelegd", f"2016-0{n}-05", jeugdige="J1", met=met, onderwerp="gesprek")
        for n, met in enumerate(["cmd", "ouder", "cmd", "verwijzer", "cmd", "cmd"], start=1)
    ]
    other = stap(
        "ContactVastgelegd", "2016-06-01", jeugdige="J1", met="cmd", onderwerp="verlenging"
    )
    assert laatste(*talks[:5]) == OK
    assert laatste(*talks[:5], other) == OK
    assert laatste(*talks) == "gesignaleerd WAA-T08"
    assert laatste(*talks, {**talks[-1], "datum": "2016-07-05"}) == "gesignaleerd WAA-T08"


def test_closed_stay_needs_the_court() -> None:
    assert laatste(toewijzing("gesloten_verblijf", verwijzer="rechter")) == "geweigerd WAA-T09"
    assert laatste(toewijzing("gesloten_verblijf", machtiging=True, verwijzer="huisarts")) == OK


def test_transport_goes_with_other_help() -> None:
    beside = toewijzing("P026", toewijzing="T2")
    assert laatste(toewijzing("vervoer")) == "geweigerd WAA-T10"
    assert laatste(toewijzing("42A03")) == "geweigerd WAA-T10 WAA-V06"
    assert laatste(beside, toewijzing("vervoer")) == OK
    assert laatste(beside, toewijzing("42A03")) == OK
    later = toewijzing("vervoer", "2017-01-01", "2017-12-31")
    assert laatste(beside, later) == "geweigerd WAA-T10"
    last_day = toewijzing("vervoer", "2016-12-31", "2017-12-31")
    assert laatste(beside, last_day) == OK
    able = toewijzing("vervoer", ouders_en_netwerk_niet_in_staat=False)
    assert laatste(beside, able) == "goedkeuring_nodig WAA-T10"
    unknown = toewijzing("vervoer", ouders_en_netwerk_niet_in_staat=None)
    assert laatste(beside, unknown) == "goedkeuring_nodig WAA-T10"


@pytest.mark.parametrize(
    ("dag", "bedrag", "verwacht"),
    [
        ("2015-12-31", "10.00", OK),
        ("2016-01-01", "0.00", OK),
        ("2016-01-01", "0.01", "geweigerd WAA-T11"),
    ],
)
def test_no_contribution_since_2016(dag: str, bedrag: str, verwacht: str) -> None:
    granted = toewijzing("ambulant", "2015-02-01")
    asked = stap("EigenBijdrageOpgelegd", dag, toewijzing="T1", bedrag=bedrag)
    assert laatste(granted, asked) == verwacht


def test_help_away_from_home_goes_with_help_in_the_family() -> None:
    without = {"ambulante_hulp_in_gezin": False}
    assert laatste(toewijzing("P018", **without)) == "gesignaleerd WAA-T12"
    assert laatste(toewijzing("ambulant", **without)) == OK
    assert laatste(toewijzing("P026", toewijzing="T2"), toewijzing("42A03", **without)) == OK


def test_guidance_is_no_part_of_the_ambulant_contract() -> None:
    said = laatste(toewijzing("begeleiding", deelovereenkomst="ambulant"))
    assert said == "goedkeuring_nodig WAA-T13"
    assert laatste(toewijzing("begeleiding")) == OK


def test_approval_covers_what_asks_later_but_no_refusal() -> None:
    granted = toewijzing("begeleiding", verwachte_duur_maanden=2, referentie="R1")
    assert laatste(vrij(granted), keur_goed("R1", "2016-02-01", "cmd")) == OK
    both = {**granted, "deelovereenkomst": "ambulant"}
    assert laatste(vrij(both), keur_goed("R1", "2016-02-01", "cmd")).startswith("geweigerd")
    assert laatste(vrij(both), keur_goed("R1", "2016-02-01")) == OK
    assert laatste(vrij(both), inzet(10, "2016-02-02")) == "geweigerd"
