"""Is somebody gone once erased, for every question and every process, while the ledger goes on?"""

from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import attrs
import pytest
from sqlalchemy import text
from tests.application.care import (
    AANBIEDER,
    GEMEENTE,
    KEY,
    accepted,
    effort,
    granted,
    head,
    introduced,
    made,
    opened,
    rows,
    started,
)

from rekenschap.application import (
    GRONDEN,
    Actor,
    Conflict,
    CorrigeerGegeven,
    Incorrect,
    LegEvaluatieVast,
    LegGezinVast,
    LegJeugdigeVast,
    NeemBeginstandOver,
    RegistreerInzet,
    Rekenschap,
    SoortWerk,
    TrekGegevenIn,
    Uitkomst,
    VoerRegelingIn,
    WijzigWoonplaats,
    WisGegevens,
    Wisgrond,
)
from rekenschap.application.dossiers import Session
from rekenschap.domain.facts import GegevensGewist
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.regelingen import packaged_text

BORN = date(2007, 5, 10)
"""Eighteen on 10 May 2025."""
AGE = "TW-KD-01"
"""Day care is for who is not yet eighteen."""


def erased(jeugdige: str = "kind-1", **values: Any) -> Any:
    usual = {"jeugdige": jeugdige, "grond": "verzoek_betrokkene"}
    return made(WisGegevens, **{**usual, **values})


def born(jeugdige: str = "kind-1", **values: Any) -> Any:
    return made(LegJeugdigeVast, jeugdige=jeugdige, geboortedatum=BORN, **values)


def day_care() -> Any:
    return made(
        NeemBeginstandOver,
        toewijzing="O1",
        jeugdige="kind-1",
        regeling="voorganger",
        product="kdc_odc_basis",
        ingangsdatum=date(2024, 1, 1),
        einddatum=date(2025, 6, 20),
        volume=400,
        eenheid="uur",
        gestart=date(2024, 1, 1),
    )


def hours(on: date) -> Any:
    values = {"soort": "groep", "aantal": 2, "eenheid": "uur", "actor": AANBIEDER}
    return made(RegistreerInzet, toewijzing="O1", datum=on, **values)


def reference_of(rekenschap: Rekenschap, jeugdige: str = "kind-1") -> str:
    with rekenschap._store.reading() as unit:
        found = unit.vault.find("jeugdige", jeugdige)
    assert found is not None
    return found


def opened_with(url: str, key: bytes) -> AbstractContextManager[Rekenschap]:
    return open_grootboek(url, grootboek="gemeente", sleutel=key)


# --- the step itself ---------------------------------------------------------------------------


def test_an_erasure_is_recorded_with_its_ground_and_the_reference_and_nothing_personal(
    ledger: Rekenschap,
) -> None:
    ledger.execute(born())
    reference = reference_of(ledger)
    answer = accepted(ledger.execute(erased()))
    (line,) = ledger.lees(soorten=["GegevensGewist"])
    assert isinstance(line.feit, GegevensGewist)
    assert (line.feit.betrokkene, line.feit.grond) == (reference, Wisgrond.VERZOEK_BETROKKENE)
    assert line.positie == answer.positie
    assert line.feit.stroom == reference


def test_key_values_and_index_entry_are_gone_in_the_same_transaction(ledger: Rekenschap) -> None:
    ledger.execute(born())
    ledger.execute(granted())
    before = rows(ledger)
    reference = reference_of(ledger)
    ledger.execute(erased())
    after = rows(ledger)
    assert after["vault_persons"] == before["vault_persons"] - 1
    assert after["vault_values"] == before["vault_values"] - 1
    with ledger._store.reading() as unit:
        assert unit.vault.host_id(reference) is None
        assert unit.vault.find("jeugdige", "kind-1") is None


def test_an_erasure_that_does_not_commit_erases_nobody(
    ledger: Rekenschap, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.execute(born())
    reference, before = reference_of(ledger), rows(ledger)
    wrong = made(LegJeugdigeVast, jeugdige="", geboortedatum=BORN)
    with pytest.raises(Incorrect):
        ledger.execute_batch([erased(), wrong])
    assert rows(ledger) == before
    assert reference_of(ledger) == reference
    assert ledger.stand(jeugdige="kind-1").jeugdige == "kind-1"


def test_a_trial_erases_nobody(ledger: Rekenschap) -> None:
    ledger.execute(born())
    before = rows(ledger)
    assert ledger.toets(erased()).uitkomst is Uitkomst.GEACCEPTEERD
    assert rows(ledger) == before


@pytest.mark.parametrize(
    ("rol", "outcome"),
    [
        ("gemeente", "geaccepteerd"),
        ("toegang", "geaccepteerd"),
        ("beheerder", "geaccepteerd"),
        ("scenario", "geaccepteerd"),
        ("aanbieder", "geweigerd"),
        ("verwijzer", "geweigerd"),
    ],
)
def test_a_house_rule_says_who_may_erase(ledger: Rekenschap, rol: str, outcome: str) -> None:
    ledger.execute(born())
    answer = ledger.execute(erased(actor=Actor("iemand", rol)))
    assert answer.uitkomst == outcome
    assert answer.regels == (("HR-06",) if outcome == "geweigerd" else ())
    with ledger._store.reading() as unit:
        gone = unit.vault.find("jeugdige", "kind-1") is None
    assert gone is (outcome == "geaccepteerd")


def test_who_may_not_erase_does_not_learn_whether_somebody_is_known(ledger: Rekenschap) -> None:
    ledger.execute(born())
    known = ledger.execute(erased("kind-1", actor=AANBIEDER))
    unknown = ledger.execute(erased("nooit-gezien", actor=AANBIEDER))
    assert (known.regels, known.gronden) == (unknown.regels, unknown.gronden) == (("HR-06",), ())


def test_where_no_house_rule_names_a_role_nobody_erases_until_one_is_introduced(
    database_url: str,
) -> None:
    """A grootboek from before this step keeps its old text of the house rules."""
    old = packaged_text("huisregels").replace('"GegevensGewist"', '"RegelingIngevoerd"')
    with opened(database_url) as rekenschap:
        by = {"actor": Actor("x", "beheerder")}
        accepted(rekenschap.execute(made(VoerRegelingIn, tekst=_as_yaml(old), **by)))
        rekenschap.execute(introduced())
        rekenschap.execute(born())
        refused = rekenschap.execute(erased())
        assert (refused.uitkomst, refused.gronden) == ("geweigerd", ("wissen_niet_geregeld",))
        newer = packaged_text("huisregels").replace("wissen persoonsgegevens.", "wissen die.")
        accepted(rekenschap.execute(made(VoerRegelingIn, tekst=_as_yaml(newer), **by)))
        accepted(rekenschap.execute(erased()))


def _as_yaml(canonical: str) -> str:
    return canonical + "\n"  # canonical JSON is YAML; the line end says that it is a text


# --- twice, and again --------------------------------------------------------------------------


def test_a_second_erasure_has_nothing_to_erase(ledger: Rekenschap) -> None:
    ledger.execute(born())
    ledger.execute(erased())
    again = ledger.execute(erased())
    assert (again.uitkomst, again.gronden) == ("geweigerd", ("niets_te_wissen",))
    assert again.gronden[0] in GRONDEN
    never = ledger.execute(erased("nooit-gezien"))
    assert never.gronden == again.gronden
    assert rows(ledger)["vault_persons"] == 2  # who asked, and who opened the grootboek


def test_the_same_command_again_gives_the_first_answer_and_records_nothing(
    ledger: Rekenschap,
) -> None:
    ledger.execute(born())
    command = erased()
    first = ledger.execute(command)
    before = rows(ledger)
    assert ledger.execute(command) == first
    assert ledger.execute(erased("nooit-gezien")).gronden == ("niets_te_wissen",)
    assert ledger.execute(command) == first
    assert rows(ledger)["vault_persons"] == before["vault_persons"]


def test_a_command_about_who_was_erased_gives_its_first_answer_and_makes_nobody(
    ledger: Rekenschap,
) -> None:
    told, asked = born(), granted()
    answers = [ledger.execute(told), ledger.execute(asked)]
    ledger.execute(erased())
    before = rows(ledger)
    assert [ledger.execute(told), ledger.execute(asked)] == answers
    assert rows(ledger) == before


def test_what_touched_the_erased_and_others_too_keeps_its_answer(ledger: Rekenschap) -> None:
    """Of a family, its members and one who was erased, the others are still known."""
    family = made(LegGezinVast, gezin="gezin-1", leden=["kind-1", "kind-2"])
    member = born("kind-2", gezin="gezin-1")
    answers = [ledger.execute(family), ledger.execute(member)]
    ledger.execute(erased("kind-1"))
    ledger.execute(made(WisGegevens, gezin="gezin-1", grond="onrechtmatig_verwerkt"))
    assert [ledger.execute(family), ledger.execute(member)] == answers
    ledger.execute(born("kind-3"))
    with pytest.raises(Conflict):
        ledger.execute(attrs.evolve(member, jeugdige="kind-3"))


def test_its_id_with_another_day_step_or_child_is_a_conflict(ledger: Rekenschap) -> None:
    ledger.execute(born())
    command = erased()
    ledger.execute(command)
    ledger.execute(born("kind-2"))
    same = {"command_id": command.command_id}
    for other in (
        erased(**same, datum=date(2025, 1, 1)),
        erased("kind-2", **same),
        born(**same),
    ):
        with pytest.raises(Conflict):
            ledger.execute(other)
    assert reference_of(ledger, "kind-2")


def test_once_the_child_is_known_anew_the_old_erasure_is_a_conflict_and_erases_nobody(
    ledger: Rekenschap,
) -> None:
    ledger.execute(born())
    command = erased()
    ledger.execute(command)
    ledger.execute(born())
    with pytest.raises(Conflict):
        ledger.execute(command)
    assert reference_of(ledger)


def test_no_hash_of_a_content_is_left_on_which_a_birth_date_can_be_tried(
    ledger: Rekenschap,
) -> None:
    """The host's key and every day of a century would tell the birth date otherwise."""
    about = [ledger.execute(c) for c in (born(), granted(), effort())]
    other = ledger.execute(born("kind-2"))
    about.append(ledger.execute(erased()))
    store: Any = ledger._store
    with store.reading() as unit:
        found = unit.connection.execute(text("SELECT first_position, content_hash FROM commands"))
        hashes = {position: bytes(digest) for position, digest in found}
    assert [hashes[answer.positie] for answer in about] == [b""] * 4
    assert len(hashes[other.positie]) == 32
    assert ledger.verify() == head(ledger)


# --- afterwards --------------------------------------------------------------------------------


def test_the_same_child_comes_back_as_somebody_new(ledger: Rekenschap) -> None:
    ledger.execute(born())
    ledger.execute(granted("T1"))
    old = reference_of(ledger)
    ledger.execute(erased())
    accepted(ledger.execute(granted("T2")))
    assert reference_of(ledger) != old
    assert [t.toewijzing for t in ledger.stand(jeugdige="kind-1").toewijzingen] == ["T2"]
    taken = ledger.execute(granted("T1"))
    assert taken.gronden == ("toewijzing_bestaat_al",)
    one = ledger.stand(toewijzing="T1")
    assert one is not None
    assert one.jeugdige is None


def test_an_unknown_child_is_what_every_question_says(ledger: Rekenschap) -> None:
    ledger.execute(born())
    ledger.execute(granted())
    ledger.execute(erased())
    for question in (ledger.stand, ledger.spoor, ledger.toewijzingen, ledger.gelezen):
        with pytest.raises(Incorrect, match="jeugdige"):
            question(jeugdige="kind-1")
    with pytest.raises(Incorrect, match="jeugdige"):
        list(ledger.werklijst(jeugdige="kind-1"))


def test_decisions_on_the_allocation_go_on_and_the_balance_is_right(ledger: Rekenschap) -> None:
    ledger.execute_batch([born(), granted(), started(), effort(aantal=60)])
    ledger.execute(erased())
    accepted(ledger.execute(effort(aantal=30)))
    stand = ledger.stand(toewijzing="T1", geldig_op=date(2025, 6, 1))
    assert stand is not None
    assert (stand.verbruikt, stand.jeugdige) == (90, None)
    trail = ledger.spoor(toewijzing="T1").regels
    assert [line.gebeurtenis for line in trail][-1] == "InzetGeregistreerd"
    ledger.rebuild()
    assert ledger.stand(toewijzing="T1", geldig_op=date(2025, 6, 1)) == stand
    assert ledger.verify() == head(ledger)


def test_a_rule_of_age_is_silent_and_says_so(ledger: Rekenschap) -> None:
    ledger.execute_batch([born(), day_care()])
    before = ledger.toets(hours(date(2025, 5, 20)))
    assert (before.uitkomst, before.regels) == (Uitkomst.GEWEIGERD, (AGE,))
    ledger.execute(erased())
    after = ledger.toets(hours(date(2025, 5, 20)))
    assert (AGE, "geboortedatum") in after.niet_getoetst
    assert AGE not in after.regels
    assert AGE not in after.geslaagd


def test_the_dossier_says_that_it_was_erased(ledger: Rekenschap) -> None:
    ledger.execute(born())
    reference = reference_of(ledger)

    def seen() -> bool:
        with ledger._store.reading() as unit:
            session = Session(ledger._kept, unit.log, ledger._codec.decode)
            return session.dossier(reference).dossier.gewist

    assert seen() is False
    ledger.execute(erased(actor=AANBIEDER))
    assert seen() is False
    ledger.execute(erased())
    assert seen() is True


def test_the_work_lists_go_on_and_reconsider_nothing_for_want_of_a_birth_date(
    ledger: Rekenschap,
) -> None:
    ledger.execute_batch([born(), day_care()])
    assert ledger.execute(hours(date(2025, 5, 20))).regels == (AGE,)
    accepted(ledger.execute(erased()))
    late = made(LegEvaluatieVast, toewijzing="O1", soort="tussen", datum=date(2025, 5, 2))
    accepted(ledger.execute(late))
    found = list(ledger.werklijst(date(2025, 6, 2)))
    assert [work.jeugdige for work in found if work.toewijzing == "O1"] != []
    assert {work.jeugdige for work in found} == {None}
    assert [work for work in found if work.soort is SoortWerk.TE_HERZIEN] == []


def test_what_is_personal_is_not_kept_any_more_of_who_was_erased(ledger: Rekenschap) -> None:
    told = ledger.execute(born(woonplaats="Almelo"))
    ledger.execute(erased())
    before = rows(ledger)
    about = {"betreft": told.beslissing, "reden": "fout", "gezag": "gemeente"}
    with pytest.raises(Incorrect, match="woonplaats") as error:
        ledger.execute(made(CorrigeerGegeven, **about, vervanging={"woonplaats": "Borne"}))
    assert "Borne" not in str(error.value)
    assert rows(ledger) == before


def test_an_erasure_is_not_taken_back_or_corrected(ledger: Rekenschap) -> None:
    ledger.execute(born())
    answer = ledger.execute(erased())
    about = {"betreft": answer.beslissing, "reden": "fout", "gezag": "gemeente"}
    back = ledger.execute(made(TrekGegevenIn, **about))
    other = ledger.execute(made(CorrigeerGegeven, **about, vervanging={"datum": date(2025, 1, 1)}))
    assert back.gronden == other.gronden == ("wissing_blijft",)
    with pytest.raises(Incorrect, match="no identity"):
        ledger.execute(made(CorrigeerGegeven, **about, vervanging={"betrokkene": "x"}))


@pytest.mark.parametrize(
    "values",
    [
        {"jeugdige": "a", "gezin": "b"},
        {},
        {"jeugdige": ""},
        {"jeugdige": 7},
        {"jeugdige": "x" * 201},
        {"jeugdige": "a", "grond": "zomaar"},
        {"jeugdige": "a", "datum": "gisteren"},
    ],
)
def test_a_malformed_erasure_is_incorrect_and_shows_no_id(
    ledger: Rekenschap, values: dict[str, Any]
) -> None:
    before = rows(ledger)
    with pytest.raises(Incorrect) as error:
        ledger.execute(made(WisGegevens, **{"grond": "verzoek_betrokkene", **values}))
    assert "x" * 201 not in str(error.value)
    assert rows(ledger) == before


def test_a_family_and_who_acts_can_be_erased_too(ledger: Rekenschap) -> None:
    ledger.execute(made(LegGezinVast, gezin="gezin-1", leden=["kind-1", "kind-2"]))
    accepted(ledger.execute(made(WisGegevens, gezin="gezin-1", grond="onrechtmatig_verwerkt")))
    ledger.execute(effort("T1", actor=Actor("weg-1", "aanbieder", "praktijk-9")))
    accepted(ledger.execute(made(WisGegevens, persoon="weg-1", grond="verzoek_betrokkene")))
    who = [line.wie for line in ledger.spoor(jeugdige="kind-1").regels]
    assert who == [GEMEENTE.id]
    with ledger._store.reading() as unit:
        assert unit.vault.find("gezin", "gezin-1") is None
        assert unit.vault.find("persoon", "weg-1") is None
        assert unit.vault.find("persoon", "praktijk-9") is not None
    assert ledger.verify() == head(ledger)


def test_somebody_can_ask_for_the_erasure_of_themselves(ledger: Rekenschap) -> None:
    me = Actor("ik-zelf", "gemeente")
    ledger.execute(born(actor=me))
    accepted(
        ledger.execute(made(WisGegevens, persoon="ik-zelf", grond="verzoek_betrokkene", actor=me))
    )
    assert ledger.spoor(jeugdige="kind-1").regels[-1].wie is None


def test_in_one_batch_who_is_erased_is_new_for_the_next_step(ledger: Rekenschap) -> None:
    ledger.execute(born())
    old = reference_of(ledger)
    gone, anew, asked = ledger.execute_batch([erased(), born(), granted("T5")])
    assert [gone.uitkomst, anew.uitkomst, asked.uitkomst] == ["geaccepteerd"] * 3
    assert reference_of(ledger) != old


def test_another_opened_grootboek_hands_out_no_reference_that_was_erased(
    database_url: str,
) -> None:
    """Two processes have a cache each; the other one learns of it from the log."""
    with opened(database_url) as here, opened(database_url) as there:
        here.execute(introduced())
        accepted(there.execute(born()))
        there.execute(granted("T1"))
        old = reference_of(there)
        accepted(here.execute(erased()))
        with pytest.raises(Incorrect):
            there.stand(jeugdige="kind-1")
        assert there.toets(granted("T2")).uitkomst is Uitkomst.GEACCEPTEERD
        accepted(there.execute(granted("T2")))
        assert reference_of(there) == reference_of(here) != old
        moved = there.execute(made(WijzigWoonplaats, jeugdige="kind-1", woonplaats="Hengelo"))
        accepted(moved)
        assert here.verify() == moved.positie


def test_a_grootboek_with_the_same_child_beside_it_is_not_touched(database_url: str) -> None:
    with opened(database_url, "a") as here, opened(database_url, "b") as there:
        for one in (here, there):
            one.execute(introduced())
            one.execute(born())
        accepted(here.execute(erased()))
        assert there.stand(jeugdige="kind-1").jeugdige == "kind-1"


def test_what_was_known_before_is_still_told_without_the_name(ledger: Rekenschap) -> None:
    ledger.execute_batch([born(), granted(), effort()])
    position = head(ledger)
    before = ledger.stand(toewijzing="T1", bekend_op=position)
    ledger.execute(erased())
    after = ledger.stand(toewijzing="T1", bekend_op=position)
    assert before is not None
    assert after is not None
    assert (before.jeugdige, after.jeugdige) == ("kind-1", None)
    assert (before.saldo, before.verbruikt) == (after.saldo, after.verbruikt)


def test_a_key_that_does_not_fit_erases_nobody(database_url: str) -> None:
    with opened(database_url) as rekenschap:
        rekenschap.execute(introduced())
        rekenschap.execute(born())
    wrong = bytes(byte ^ 1 for byte in KEY)
    with (
        pytest.raises(Incorrect),
        open_grootboek(database_url, grootboek="gemeente", sleutel=wrong),
    ):
        pass
    with opened(database_url) as rekenschap:
        assert rekenschap.stand(jeugdige="kind-1").jeugdige == "kind-1"
