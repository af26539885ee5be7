"""Is a scenario file read as a policy officer means it, and does every error say where to look?"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from rekenschap.application import Bedrag, GeefToewijzingAf
from rekenschap.infrastructure.scenario import Scenario, ScenarioFout, play, read_file
from rekenschap.infrastructure.scenario.commands import command_of
from rekenschap.infrastructure.scenario.loader import load

Write = Callable[[str], Path]

HEAD = """\
regeling: twente-2025
scenarios:
  - id: S1
    titel: Een zaak
    gegeven: {jeugdigen: [{id: J1, geboortedatum: 2012-05-20}]}
    stappen:
"""
REFERRAL = (
    "      - {gebeurtenis: VerwijzingOntvangen, verwijzing: V1, jeugdige: J1, datum: 2025-01-02,"
    " verwijzer: gemeente}\n"
)
GRANT = (
    "      - {gebeurtenis: ToewijzingAfgegeven, toewijzing: T1, verwijzing: V1, jeugdige: J1,"
    " datum: 2025-01-06, product: begeleiding_individueel, ingangsdatum: 2025-01-06,"
    " einddatum: 2026-01-05, volume: 10, eenheid: uur}\n"
)
START = "      - {gebeurtenis: ZorgGestart, toewijzing: T1, datum: 2025-01-06}\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "zaken.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def read_one(path: Path) -> Scenario:
    (scenario,) = read_file(path)
    return scenario


@pytest.mark.parametrize(
    ("text", "scenario", "key", "says"),
    [
        ("regeling: [", "", "", "regel 1 is geen geldige YAML"),
        ("regeling: a\nregeling: b\nscenarios: []", "", "", "staat er twee keer"),
        ("- een\n", "", "", "nodig zijn sleutels met waarden"),
        ("regeling: twente-2025\n", "", "scenarios", "verplicht"),
        ("regeling: twente-2025\nscenario: []\n", "", "scenario", "bestaat hier niet"),
        ("scenarios: [{titel: x}]", "", "scenario nr. 1, id", "verplicht"),
        ("scenarios: [{id: S1}]", "S1", "regeling", "verplicht"),
        ("regeling: nergens\nscenarios: [{id: S1}]", "S1", "regeling", "'nergens' is er niet"),
        ("regeling: twente-2025\nscenarios: [{id: S1}]", "S1", "stappen", "ten minste één stap"),
        (
            "regeling: twente-2025\nscenarios: [{id: S1, stapen: []}]",
            "S1",
            "stapen",
            "bestaat hier niet",
        ),
        (HEAD + REFERRAL + HEAD.split("\n", 2)[2] + REFERRAL, "S1", "", "komt twee keer voor"),
        (HEAD + "      - {datum: 2025-01-02}\n", "S1", "stap 1, gebeurtenis", "verplicht"),
        (
            HEAD + "      - {gebeurtenis: Verwijsd, datum: 2025-01-02}\n",
            "S1",
            "stap 1, gebeurtenis",
            "'Verwijsd' is geen gebeurtenis",
        ),
        (
            HEAD + REFERRAL.replace("verwijzing: V1, ", ""),
            "S1",
            "stap 1, verwijzing",
            "verplicht",
        ),
        (
            HEAD + REFERRAL.replace("jeugdige: J1", "jeugdige: J2"),
            "S1",
            "stap 1, jeugdige",
            "staat niet bij gegeven",
        ),
        (
            HEAD + REFERRAL.replace("verwijzer: gemeente", "verwijzer: buurman"),
            "S1",
            "stap 1, verwijzer",
            "een van gemeente",
        ),
        (HEAD + REFERRAL + GRANT.replace("volume", "volum"), "S1", "stap 2, volum", "bestaat"),
        (
            HEAD + REFERRAL + GRANT.replace("volume: 10", "volume: tien"),
            "S1",
            "stap 2, volume",
            "een getal",
        ),
        (
            HEAD + REFERRAL + GRANT.replace("einddatum: 2026-01-05", "einddatum: 2026-02-30"),
            "S1",
            "stap 2, einddatum",
            "een datum",
        ),
        (
            HEAD + REFERRAL + GRANT.replace("begeleiding_individueel", "begeleiding"),
            "S1",
            "stap 2, product",
            "een product van de regeling",
        ),
        (
            HEAD + REFERRAL + GRANT.replace("uur}", "uur, budget: 500.00}"),
            "S1",
            "stap 2, budget",
            "tekst met twee decimalen",
        ),
        (
            HEAD + REFERRAL + GRANT.replace("uur}", "uur, srvb: ja}"),
            "S1",
            "stap 2, srvb",
            "true of false",
        ),
        (
            HEAD + REFERRAL + GRANT.replace("uur}", "uur, verwacht: goed}"),
            "S1",
            "stap 2, verwacht, uitkomst",
            "een van geaccepteerd",
        ),
        (
            HEAD + REFERRAL.replace("gemeente}", "gemeente, tijdstip: 2025-03-30T02:30}"),
            "S1",
            "stap 1, tijdstip",
            "dat in Amsterdam bestaat",
        ),
        (
            HEAD + REFERRAL.replace("gemeente}", "gemeente, geregistreerd: 2025-01-02T09:00:00}"),
            "S1",
            "stap 1, geregistreerd",
            "met tijdzone",
        ),
        (HEAD + REFERRAL + "    eind: {T1: {sald: 1}}\n", "S1", "eind, T1, sald", "bestaat"),
        (HEAD + REFERRAL + "    opties: {no_show: a}\n", "S1", "opties, no_show", "bestaat"),
        (
            HEAD + REFERRAL + "    opties: {no_show_jaar: schooljaar}\n",
            "S1",
            "opties, no_show_jaar",
            "kalenderjaar",
        ),
        (
            HEAD.replace("geboortedatum: 2012-05-20", "geboortedatum: mei") + REFERRAL,
            "S1",
            "gegeven, jeugdigen, nr. 1, geboortedatum",
            "een datum",
        ),
        (
            HEAD + REFERRAL + "      - {gebeurtenis: GegevenGecorrigeerd, datum: 2025-01-03,"
            " betreft: R1, reden: fout, gezag: gemeente, vervanging: {verwijzer: huisarts}}\n",
            "S1",
            "stap 2, betreft",
            "geen referentie van een eerdere stap",
        ),
    ],
)
def test_an_error_names_the_file_the_scenario_and_the_key(
    write: Write, text: str, scenario: str, key: str, says: str
) -> None:
    path = write(text)

    with pytest.raises(ScenarioFout) as caught:
        read_file(path)

    assert (caught.value.file, caught.value.scenario) == (str(path), scenario)
    assert caught.value.key == key
    assert says in str(caught.value)
    assert str(caught.value).startswith(str(path))


def test_a_file_that_is_not_there_or_is_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScenarioFout, match=r"nergens\.yaml: dit bestand kan niet worden gelezen"):
        read_file(tmp_path / "nergens.yaml")

    (tmp_path / "beeld.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScenarioFout, match="geen tekst in UTF-8"):
        read_file(tmp_path / "beeld.yaml")


def test_a_step_registered_before_the_one_above_it_is_an_error(write: Write) -> None:
    late = REFERRAL.replace("gemeente}", "gemeente, geregistreerd: 2025-01-06T12:00:01+01:00}")

    with pytest.raises(ScenarioFout, match=r"stap 2, datum: deze stap is eerder geregistreerd"):
        read_file(write(HEAD + late + GRANT))


def test_steps_of_the_same_moment_keep_their_order(write: Write) -> None:
    late = REFERRAL.replace("gemeente}", "gemeente, geregistreerd: 2025-01-06T12:00:00+01:00}")

    steps = read_one(write(HEAD + late + GRANT)).stappen

    assert steps[0].moment == steps[1].moment == datetime(2025, 1, 6, 11, tzinfo=UTC)


@pytest.mark.parametrize(("day", "hour"), [("2025-01-02", 11), ("2025-07-02", 10)])
def test_a_step_is_registered_at_noon_in_amsterdam(write: Write, day: str, hour: int) -> None:
    (step,) = read_one(write(HEAD + REFERRAL.replace("2025-01-02", day))).stappen

    assert step.moment.astimezone(UTC).hour == hour


def test_decimals_are_exact_and_text_stays_text() -> None:
    assert load("{a: 20.25, b: 10:30, c: 2025-01-02, d: 007, e: no, f: '5', g: 1, h: ~}") == {
        "a": Decimal("20.25"),
        "b": "10:30",
        "c": "2025-01-02",
        "d": "007",
        "e": "no",
        "f": "5",
        "g": 1,
        "h": None,
    }


def test_the_values_are_of_their_kind(write: Write) -> None:
    extra = "uur, budget: '500.00', leveringsvorm: pgb}"
    scenario = read_one(write(HEAD + REFERRAL + GRANT.replace("uur}", extra)))

    fields = scenario.stappen[1].velden

    assert fields["einddatum"] == date(2026, 1, 5)
    assert fields["budget"] == Bedrag(50000)
    effort = (
        "      - {gebeurtenis: InzetGeregistreerd, toewijzing: T1, datum: 2025-01-07,"
        " aantal: 0.5, eenheid: uur, begintijd: 10:30}\n"
    )
    step = read_one(write(HEAD + REFERRAL + GRANT + effort)).stappen[2]
    assert (step.velden["aantal"], step.velden["begintijd"]) == (Decimal("0.5"), time(10, 30))


def test_the_defaults_are_written_out_and_what_has_none_stays_absent(write: Write) -> None:
    scenario = read_one(write(HEAD + REFERRAL + GRANT))

    command = command_of(scenario, scenario.stappen[1])

    assert isinstance(command, GeefToewijzingAf)
    assert command.leveringsvorm == "zin"
    assert command.vastgesteld["afsprakenoverzicht"] == "nvt"
    assert command.vastgesteld["graad_tot_budgethouder"] is None
    assert command.vastgesteld["aanvraagdatum"] == date(2025, 1, 6)
    assert command.vastgesteld["verwachte_inzet_minuten"] == 600
    assert "kader" not in command.vastgesteld
    assert not command.budget


@pytest.mark.parametrize(
    ("changed", "minutes"),
    [
        ("volume: 600, eenheid: minuut", 600),
        ("volume: 10, eenheid: uur, frequentie: per_dag", 600 * 365),
        ("volume: 1, eenheid: uur, frequentie: per_week", 60 * 53),
        ("volume: 1, eenheid: uur, frequentie: per_maand", 60 * 13),
        ("volume: 10, eenheid: sessie", None),
        ("volume: 0.25, eenheid: minuut", None),
        ("eenheid: minuut", None),
        ("volume: 10, eenheid: uur, verwachte_inzet_minuten: 5", 5),
        ("volume: 10, eenheid: uur, verwachte_inzet_minuten: null", None),
    ],
)
def test_the_expected_effort_is_the_size_in_minutes_over_the_validity(
    write: Write, changed: str, minutes: int | None
) -> None:
    grant = GRANT.replace("volume: 10, eenheid: uur", changed)
    scenario = read_one(write(HEAD + REFERRAL + grant))

    command = command_of(scenario, scenario.stappen[1])

    assert isinstance(command, GeefToewijzingAf)
    assert command.vastgesteld.get("verwachte_inzet_minuten") == minutes


def test_null_stays_none_where_there_is_a_default(write: Write) -> None:
    scenario = read_one(write(HEAD + REFERRAL + GRANT.replace("uur}", "uur, srvb: null}")))

    command = command_of(scenario, scenario.stappen[1])

    assert isinstance(command, GeefToewijzingAf)
    assert command.vastgesteld["srvb"] is None


def test_an_extension_has_the_unit_of_its_toewijzing(write: Write) -> None:
    more = "      - {gebeurtenis: Verlengd, toewijzing: T1, datum: 2025-02-01, extra_volume: 1}\n"
    scenario = read_one(write(HEAD + REFERRAL + GRANT + more))

    command = command_of(scenario, scenario.stappen[2])

    assert command.eenheid == "uur"  # type: ignore[attr-defined]


def test_a_correction_is_read_as_the_step_it_is_about(write: Write) -> None:
    first = REFERRAL.replace("gemeente}", "gemeente, referentie: R1}")
    correction = (
        "      - {gebeurtenis: GegevenGecorrigeerd, datum: 2025-01-03, betreft: R1, reden: fout,"
        " gezag: gemeente, referentie: R2,"
        " vervanging: {product: vaktherapie, afgiftedatum: 2025-01-01}}\n"
    )
    again = correction.replace("R1", "R3").replace("R2", "R1").replace("R3", "R2")

    scenario = read_one(write(HEAD + first + correction + again))

    for step in scenario.stappen[1:]:
        assert step.velden["vervanging"]["afgiftedatum"] == date(2025, 1, 1)
    assert scenario.producten == {"vaktherapie"}


def test_every_product_that_is_named_counts(write: Write) -> None:
    head = HEAD.replace(
        "gegeven: {",
        "gegeven: {tarieven: [{product: mst, eenheid: traject, bedrag: '1.00'}],"
        " aanbieders: [{id: A1, contracten: [zit]}],"
        " toewijzingen: [{toewijzing: T0, jeugdige: J1, regeling: voorganger, product: OUD-1,"
        " ingangsdatum: 2024-01-01}], ",
    )
    grant = GRANT.replace("uur}", "uur, voor_product: fact}")

    scenario = read_one(write(head + REFERRAL + grant))

    assert scenario.producten == {"mst", "zit", "OUD-1", "fact", "begeleiding_individueel"}


def test_what_the_ledger_cannot_take_is_an_error_of_the_file(write: Write) -> None:
    grant = GRANT.replace("volume: 10", "volume: -10")

    with pytest.raises(ScenarioFout, match="S1, stap 2, volume: het grootboek neemt dit niet"):
        play(read_one(write(HEAD + REFERRAL + grant)))


@pytest.mark.parametrize(
    ("expected", "passed"),
    [
        ("", None),
        (", verwacht: geaccepteerd", True),
        (", verwacht: gesignaleerd", False),
        (", verwacht: {uitkomst: geaccepteerd, regels: []}", True),
        (", verwacht: {uitkomst: geaccepteerd, regels: [X-1]}", False),
    ],
)
def test_a_step_passes_when_outcome_and_rules_are_as_expected(
    write: Write, expected: str, passed: bool | None
) -> None:
    text = HEAD + REFERRAL.replace("gemeente}", f"gemeente{expected}}}")

    assert play(read_one(write(text))).geslaagd is passed


def test_a_step_that_only_prepares_must_be_recorded(write: Write) -> None:
    expecting = (
        HEAD
        + START
        + REFERRAL.replace("02,", "07,").replace("gemeente}", "gemeente, verwacht: geaccepteerd}")
    )

    report = play(read_one(write(expecting)))
    silent = play(read_one(write(HEAD + START)))

    assert report.geslaagd is False
    assert "toewijzing_niet_erkend" in report.stappen[0].afwijkingen[0]
    assert (silent.geslaagd, silent.stappen[0].afwijkingen) == (None, ())


def test_only_the_named_keys_of_the_end_are_compared(write: Write) -> None:
    right = "    eind: {T1: {toegewezen: null, no_shows: {'2025': 0}, status: lopend}}\n"
    minutes = GRANT.replace("volume: 10, eenheid: uur", "eenheid: minuut")

    assert play(read_one(write(HEAD + REFERRAL + minutes + right))).geslaagd is True
    wrong = right.replace("lopend", "gestopt")
    report = play(read_one(write(HEAD + REFERRAL + minutes + wrong)))
    assert report.afwijkingen == ("eind, T1, status: verwacht: gestopt; gekregen: lopend",)
    unknown = play(read_one(write(HEAD + REFERRAL + "    eind: {T9: {saldo: 1}}\n")))
    assert unknown.geslaagd is False


IN_MINUTES = GRANT.replace("uur", "minuut")
PEILDATUM = "      - {gebeurtenis: PeildatumBereikt, datum: 2025-08-20, WIE, verwacht: WAT}\n"


@pytest.mark.parametrize("who", ["toewijzing: T1", "jeugdige: J1"])
def test_on_a_day_that_passes_the_open_signals_are_told_and_nothing_is_recorded(
    write: Write, who: str
) -> None:
    asked = PEILDATUM.replace("WIE", who).replace("WAT", "geaccepteerd")

    report = play(read_one(write(HEAD + REFERRAL + GRANT + START + asked)))

    assert report.stappen[-1].antwoord.uitkomst in ("geaccepteerd", "gesignaleerd")
    assert not hasattr(report.stappen[-1].antwoord, "positie")


TWO = "".join(
    f"      - {{gebeurtenis: ToewijzingAfgegeven, toewijzing: Z{n}, jeugdige: J{n},"
    " datum: 2025-01-06, product: zit, ingangsdatum: 2025-01-06, einddatum: 2025-01-19,"
    " volume: 1, eenheid: traject, verwijzer: gemeente}\n"
    for n in (1, 2)
)
THEN = """\
      - {gebeurtenis: ZorgGestart, toewijzing: NAME, datum: 2025-01-06}
      - {gebeurtenis: PeildatumBereikt, datum: 2025-01-21, WHO}
"""


@pytest.mark.parametrize(
    ("started", "who", "rules"),
    [
        ("Z1", "", ("TW-AA-07",)),
        ("Z2", "", ("TW-AA-07",)),
        ("Z1", "jeugdige: J1", ("TW-AA-07",)),
        ("Z1", "jeugdige: J2", ()),
    ],
)
def test_a_day_without_a_name_is_about_every_jeugdige_of_the_scenario(
    write: Write, started: str, who: str, rules: tuple[str, ...]
) -> None:
    steps = TWO + THEN.replace("NAME", started).replace(", WHO", f", {who}" if who else "")
    head = HEAD.replace("jeugdigen: [{id: J1", "jeugdigen: [{id: J2}, {id: J1")

    report = play(read_one(write(head + steps)))

    said = report.stappen[-1].antwoord
    assert (said.signalen, said.regels) == (rules, rules)
    assert said.uitkomst == ("gesignaleerd" if rules else "geaccepteerd")


def test_what_cannot_be_asked_of_a_day_is_named(write: Write) -> None:
    who = "toewijzing: T1, gedeclareerd_totaal: '1.00'"
    asked = PEILDATUM.replace("WIE", who).replace("WAT", "geaccepteerd")

    with pytest.raises(ScenarioFout, match=r"stap 3, gedeclareerd_totaal: P"):
        play(read_one(write(HEAD + REFERRAL + GRANT + asked)))


def test_a_provider_as_a_whole_can_be_asked_about(write: Write) -> None:
    asked = PEILDATUM.replace("WIE", "aanbieder: A1").replace("WAT", "geaccepteerd")

    report = play(read_one(write(HEAD + REFERRAL + IN_MINUTES + asked)))

    assert report.geslaagd


def test_a_message_may_come_before_its_toewijzing(write: Write) -> None:
    told = (
        "      - {gebeurtenis: BerichtVerzonden, toewijzing: T1, datum: 2025-01-02,"
        " bericht: JW315, verwacht: geaccepteerd}\n"
    )

    report = play(read_one(write(HEAD + REFERRAL + told + IN_MINUTES)))

    assert report.stappen[1].antwoord.uitkomst == "geaccepteerd"
    assert report.stappen[2].antwoord.uitkomst == "geaccepteerd"
