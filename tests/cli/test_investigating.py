"""Can one compare, replay and reproduce from the command line, and read what comes out?"""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner, Result
from tests.application.care import NOW, accepted, effort, granted, introduced, no_show, started
from tests.application.investigating import Hand, numbers
from tests.replaying import changed_yaml

from rekenschap.application.deciding import Besloten, Decider
from rekenschap.domain.andere_regels import Getal
from rekenschap.domain.decide import Uitspraak
from rekenschap.domain.vocabulary import Uitkomst
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.cli import main
from rekenschap.infrastructure.cli.other_rules import read_value
from rekenschap.infrastructure.clock import FixedClock

TRAVEL = ("--getal", "TW-ALG-07.hoogstens=60")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A journey refused at 5, effort at 6 and 7 (refused), a no-show at 8 and 9, a correction."""
    url = f"sqlite:///{tmp_path_factory.mktemp('db') / 'gemeente.db'}"
    clock = FixedClock(NOW)
    with open_grootboek(url, grootboek="gemeente", clock=clock) as ledger:
        hand = Hand(ledger, clock)
        hand.must(introduced(), granted(), started())
        hand.do(effort(aantal=60, soort="reistijd"))
        hand.must(effort(aantal=5950, referentie="veel"))
        hand.do(effort(aantal=51))
        hand.must(no_show(aantal=20))
        accepted(hand.correct("veel", aantal=100))
    return url


@pytest.fixture
def here(made_once: str) -> tuple[str, ...]:
    return ("-d", made_once, "-g", "gemeente")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def said(*arguments: str, code: int = 0) -> str:
    result = run(*arguments)
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


def test_a_difference_reads_as_what_came_later_and_what_that_does(here: tuple[str, ...]) -> None:
    text = said("verschil", *here, "-t", "T1", "--toen", "7", "--toen-geldig-op", "2025-12-31")

    assert text == (
        "Toewijzing T1\n"
        "  van  geldig op 31 december 2025, bekend tot en met positie 7, regels: die van de "
        "beslissingen zelf\n"
        "  naar geldig op 31 december 2025, bekend tot en met positie 10, regels: die van de "
        "beslissingen zelf\n"
        "\n"
        "Feiten\n"
        "  Inzet geregistreerd van 10 maart 2025: later gecorrigeerd\n"
        "      toewijzing: T1; soort: direct; aantal: 5.950; eenheid: minuut\n"
        "      vastgelegd 2 juni 2025, 11:05 (positie 6)\n"
        "      gegeven gecorrigeerd 2 juni 2025, 11:08 (positie 10): betreft: positie 6; reden: "
        "typefout; gezag: aanbieder; werd: aantal 100\n"
        "  No-show geregistreerd van 1 april 2025: later bekend geworden\n"
        "      toewijzing: T1; aantal: 20; eenheid: minuut; declareren: ja; afgezegd minuten "
        "vooraf: geen\n"
        "      vastgelegd 2 juni 2025, 11:07 (positie 8)\n"
        "  Ten laste gebracht van 1 april 2025: later bekend geworden\n"
        "      toewijzing: T1; betreft: positie 8\n"
        "      vastgelegd 2 juni 2025, 11:07 (positie 9)\n"
        "\n"
        "Beslissingen die met wat nu bekend is anders zouden zijn\n"
        "  Inzet geregistreerd van 10 maart 2025 (gemeente/7)\n"
        "      was: geweigerd (TW-ALG-01)\n"
        "      zou nu zijn: geaccepteerd\n"
        "\n"
        "Stand\n"
        "  verbruikt: 5.950 → 120\n"
        "  saldo: 50 → 5.880\n"
        "  verbruikt per soort: direct 5.950 → direct 100, no_show 20\n"
        "  no shows: niets → 2025 1\n"
        "\n"
    )


def test_what_was_refused_is_not_told_as_if_it_counted(here: tuple[str, ...]) -> None:
    text = said("verschil", *here, "-t", "T1", "--toen", "6", "--nu", "7")

    assert "Inzet geregistreerd van 10 maart 2025: later bekend geworden\n" in text
    assert "      geweigerd (TW-ALG-01)\n" in text
    assert "Stand\n" not in text


def test_under_another_number_the_number_is_told(here: tuple[str, ...]) -> None:
    text = said("verschil", *here, "-t", "T1", "--toen", "7", "--nu", "7", *TRAVEL)

    assert "regels: die van de beslissingen zelf, met TW-ALG-07.hoogstens=60\n" in text
    assert "Beslissingen die anders uitvallen\n" in text
    assert (
        "  Inzet geregistreerd van 10 maart 2025 (positie 5)\n"
        "      was: geweigerd (TW-ALG-07)\n"
        "      zou zijn: geaccepteerd\n"
    ) in text
    assert "      hoogstens: 45 → 60\n" in text
    assert "Feiten\n" not in text


def test_a_term_and_a_reading_are_told(here: tuple[str, ...]) -> None:
    text = said(
        "verschil",
        *here,
        *("-t", "T1", "--toen", "7", "--nu", "7"),
        *("--getal", "TW-ALG-15.termijn.maanden=5", "--lezing", "no_show_scope=jeugdige"),
        *("--zonder", "TW-ALG-05"),
    )
    assert "      termijn: 6 maanden → 5 maanden\n" in text
    assert "  lezing no_show_scope: jeugdige_product → jeugdige\n" in text
    assert "  TW-ALG-05 vervallen: " in text


def test_no_difference_is_said(here: tuple[str, ...]) -> None:
    text = said("verschil", *here, "-t", "T1", "--toen", "7", "--nu", "7")
    assert text.endswith("\nEr is geen verschil.\n")


def test_a_replay_under_the_rules_of_then_says_that_nothing_differs(
    here: tuple[str, ...],
) -> None:
    assert said("herspeel", *here) == (
        "Herspeeld: 10 vastleggingen; regels: die van de beslissingen zelf.\n"
        "Alles zou hetzelfde zijn beslist.\n"
    )


def test_a_replay_tells_every_decision_that_would_differ_and_the_totals(
    here: tuple[str, ...],
) -> None:
    assert said("herspeel", *here, *TRAVEL) == (
        "gemeente/5  Inzet geregistreerd, 10 maart 2025\n"
        "    was: geweigerd (TW-ALG-07)\n"
        "    zou zijn: geaccepteerd; 60 minuten\n"
        "gemeente/6  Inzet geregistreerd, 10 maart 2025\n"
        "    was: geaccepteerd; 5.950 minuten\n"
        "    zou zijn: geweigerd (TW-ALG-01)\n"
        "gemeente/7  Inzet geregistreerd, 10 maart 2025\n"
        "    was: geweigerd (TW-ALG-01)\n"
        "    zou zijn: geaccepteerd; 51 minuten\n"
        "gemeente/10  Gegeven gecorrigeerd, 3 maart 2025\n"
        "    was: geaccepteerd; 100 minuten\n"
        "    zou zijn: geweigerd (Er is geen gegeven met dit kenmerk dat meetelt.)\n"
        "Herspeeld: 10 vastleggingen; regels: die van de beslissingen zelf, met "
        "TW-ALG-07.hoogstens=60.\n"
        "Anders: 4\n"
        "  geaccepteerd → geweigerd: 2\n"
        "  geweigerd → geaccepteerd: 2\n"
        "  gebruikt: 5.950 minuten → 111 minuten\n"
        "  gecorrigeerd: 100 minuten → 0 minuten\n"
        "  bij 4 is geen prijs bekend; die tellen niet mee\n"
    )


def test_what_could_not_be_asked_is_told_and_a_part_is_a_part(here: tuple[str, ...]) -> None:
    text = said(
        "herspeel",
        *here,
        "--regels",
        "lopik-2024-11",
        "--van",
        "2025-03-03",
        "--tot-en-met",
        "2025-03-03",
        "-t",
        "T1",
    )

    assert (
        "    zou zijn: niet vastgelegd\n    Dit had dan niet zo gevraagd kunnen worden.\n" in text
    )
    assert "Herspeeld: 3 vastleggingen; regels: lopik-2024-11.\n" in text


def test_a_draft_in_a_file_and_the_version_of_a_day(here: tuple[str, ...], tmp_path: Path) -> None:
    draft = tmp_path / "concept.yaml"
    draft.write_text(changed_yaml("twente-2025", numbers({Getal("TW-ALG-07", "hoogstens"): 60})))

    assert "Anders: 4\n" in said("herspeel", *here, "--regels", str(draft))
    assert "regels: een eigen tekst.\n" in said("herspeel", *here, "--regels", str(draft))
    told = said("herspeel", *here, "--regels", "2025-03-01")
    assert "regels: in werking op 2025-03-01.\n" in told


@pytest.mark.parametrize("question", ["stand", "spoor", "uitleg"])
def test_a_question_says_which_rules_it_used(here: tuple[str, ...], question: str) -> None:
    other = said(question, *here, "-t", "T1", *TRAVEL, "--lezing", "feestdagen=2025-12-25,")
    told = json.loads(said(question, *here, "-t", "T1", *TRAVEL, "--json").splitlines()[-1])

    if question != "uitleg":
        assert (
            "Regels:    die van de beslissingen zelf, met TW-ALG-07.hoogstens=60, met "
            "feestdagen=2025-12-25\n"
        ) in other
        assert "Regels:    die van de beslissingen zelf\n" in said(question, *here, "-t", "T1")
    assert told["volgens"] == "van_toen, TW-ALG-07.hoogstens=60"


def test_a_balance_under_other_rules(here: tuple[str, ...]) -> None:
    asked = ("stand", *here, "-t", "T1", "--geldig-op", "2025-12-31")

    assert "  nog te gebruiken  5.880 minuten\n" in said(*asked)
    assert "  nog te gebruiken  5.869 minuten\n" in said(*asked, *TRAVEL)
    assert "  nog te gebruiken  5.940 minuten\n" in said(*asked, *TRAVEL, "--bekend-op", "6")
    assert "  nog te gebruiken  5.869 minuten\n" in said(
        "stand", *here, "-j", "kind-1", "--geldig-op", "2025-12-31", *TRAVEL
    )


def test_machines_read_it_too(here: tuple[str, ...]) -> None:
    *replayed, totals = [
        json.loads(line) for line in said("herspeel", *here, *TRAVEL, "--json").splitlines()
    ]
    assert [one["positie"] for one in replayed] == [5, 6, 7, 10]
    assert replayed[1]["nu"]["uitkomst"] == "geweigerd"
    assert totals["volgens"] == "van_toen, TW-ALG-07.hoogstens=60"
    assert (totals["verslag"]["anders"], totals["verslag"]["zonder_prijs"]) == (4, 4)
    assert {"toen": "geweigerd", "nu": "geaccepteerd", "aantal": 2} in totals["verslag"][
        "uitkomsten"
    ]

    found = json.loads(said("verschil", *here, "-t", "T1", "--toen", "7", "--json"))
    assert [one["soort"] for one in found["feiten"]] == [
        "gecorrigeerd",
        "later_bekend",
        "later_bekend",
    ]
    one = json.loads(said("reproduceer", *here, "-b", "gemeente/5", "--json"))
    assert (one["positie"], one["afwijkingen"]) == (5, [])
    every = said("reproduceer", *here, "--alles", "--json")
    assert every == ""  # only what differs


def test_a_decision_is_made_again(here: tuple[str, ...]) -> None:
    text = said("reproduceer", *here, "-b", "gemeente/8")

    assert text.startswith(
        "gemeente/9: tot op de byte gelijk\n"
        "    bekend tot en met positie 7; beslist door rekenschap-0.1\n"
        "    regelingen: "
    )
    assert said("reproduceer", *here, "--alles") == (
        "9 beslissingen opnieuw gemaakt: 9 tot op de byte gelijk.\n"
    )


def test_what_does_not_come_out_the_same_is_shown_with_exit_1(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = Decider.decide

    def wrong(self: Decider, *values: Any) -> Besloten:
        found = honest(self, *values)
        said = [
            attrs.evolve(s.beslissing, uitkomst=Uitkomst.GEACCEPTEERD) for s in found.uitspraken
        ]
        pairs = zip(found.uitspraken, said, strict=True)
        return attrs.evolve(found, uitspraken=tuple(Uitspraak(s.feit, d) for s, d in pairs))

    with open_grootboek(sqlite_url, grootboek="gemeente", clock=FixedClock(NOW)) as ledger:
        for command in (introduced(), granted(), started()):
            accepted(ledger.execute(command))
        with monkeypatch.context() as patch:
            patch.setattr(Decider, "decide", wrong)
            ledger.execute(effort(aantal=6001))
    here = ("-d", sqlite_url, "-g", "gemeente")

    text = said("reproduceer", *here, "--alles", code=1)
    assert "gemeente/5: NIET gelijk\n" in text
    assert (
        "    uitkomst op positie 5\n"
        "        vastgelegd: geaccepteerd\n"
        "        opnieuw:    geweigerd\n"
    ) in text
    assert "5 beslissingen opnieuw gemaakt: 4 tot op de byte gelijk.\n" in text
    assert "gemeente/5" in said("herspeel", *here, code=1)
    said("reproduceer", *here, "-b", "gemeente/5", code=1)
    said("reproduceer", *here, "-b", "gemeente/4")


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("herspeel", "--getal", "TW-ALG-07=60"), "schrijf het als REGEL.NAAM=WAARDE"),
        (("herspeel", "--getal", "TW-ALG-07.hoogstens"), "schrijf het als NAAM=WAARDE"),
        (("herspeel", "--getal", "TW-ALG-07.x=1"), "nodig is een van hoogstens, soort"),
        (("herspeel", "--getal", "TW-ALG-07.hoogstens=-1"), "een getal dat niet negatief is"),
        (("herspeel", "--zonder", "X"), "nodig is een regel van twente-2025, huisregels-1"),
        (("herspeel", "--regels", "x"), "een regeling van dit grootboek (twente-2025), een van"),
        (("herspeel", "--regels", "nee.yaml"), "een YAML-bestand dat er is"),
        (("herspeel", "--regels", "huisregels"), "huisregels blijven wat ze zijn"),
        (("herspeel", "--lezing", "no_show_scope=x"), "nodig is een van jeugdige_product"),
        (("herspeel", "--lezing", "medische_regels_producten=x"), "een lijst van producten"),
        (("herspeel", "--lezing", "feestdagen=ja"), "nodig is een lijst van dagen"),
        (("herspeel", "-t", "T9"), "nooit gemeld"),
        (("herspeel", "-t", "T1", "-a", "p"), "ten hoogste een van"),
        (("herspeel", "--van", "2025-02-01", "--tot-en-met", "2025-01-31"), "een dag niet voor"),
        (("herspeel", "--van", "morgen"), "is geen dag"),
        (("reproduceer",), "Noem een beslissing"),
        (("reproduceer", "--alles", "-b", "gemeente/1"), "Noem een beslissing"),
        (("reproduceer", "-b", "gemeente/11"), "een beslissing van gemeente/1 tot en met"),
        (("verschil", "-t", "T9", "--toen", "5"), "nooit gemeld"),
        (("verschil", "-t", "T1", "--toen", "99"), "Zo ver is het grootboek nog niet"),
        (("stand", "-t", "T1", "--zonder", "X"), "nodig is een regel van twente-2025"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_what_cannot_be_asked_is_told_in_dutch_with_exit_2(
    here: tuple[str, ...], arguments: tuple[str, ...], shown: str
) -> None:
    command, *rest = arguments
    text = said(command, *here, *rest, code=2)

    assert shown in " ".join(text.split())


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("6", 6),
        ("-6", -6),
        ("06", "06"),
        ("2.50", Decimal("2.50")),
        ("ja", True),
        ("false", False),
        ("geen", None),
        ("2025-12-25", date(2025, 12, 25)),
        ("a,b", ("a", "b")),
        ("a,", ("a",)),
        ("6,7", (6, 7)),
        ("jeugdige", "jeugdige"),
    ],
)
def test_a_value_is_read_as_it_is_typed(typed: str, value: Any) -> None:
    found = read_value(typed)
    assert (found, type(found)) == (value, type(value))
