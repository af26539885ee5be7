"""Can anybody read the rules, their sources, and what is not checked, from the command line?"""

import json
from datetime import date
from pathlib import Path

from click.testing import CliRunner, Result
from tests.application.care import introduced
from tests.application.reconsidering import chosen

from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.cli import main

YAML = """\
regeling: dorp-2026
titel: Een dorp
soort: regeling
gebied: dorp
in_werking: {vanaf: 2026-01-01, tot_en_met: null}
documenten: {besluit: {titel: Het besluit}}
producten: {hulp: {naam: Hulp, eenheid: uur}}
regels:
  - id: D-1
    zin: Alles met mate.
    ernst: signaal
    status: verordening
    bron: [{document: besluit, plaats: art. 1, citaat: met mate}]
    niet_getoetst: mate is geen getal
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["regels", *arguments])


def test_without_a_name_it_tells_what_there_is() -> None:
    result = run()

    assert result.exit_code == 0
    assert "twente-2025" in result.stdout
    assert "128 regels" in result.stdout or " regels, 40 producten" in result.stdout


def test_a_rule_is_shown_with_its_sentence_weight_and_quote() -> None:
    result = run("twente-2025")

    assert "TW-ALG-01" in result.stdout
    assert "weigert, " in result.stdout
    assert "bron: " in result.stdout
    assert "“" in result.stdout


def test_only_the_rules_of_a_product() -> None:
    everything = json.loads(run("twente-2025", "--json").stdout)

    found = json.loads(run("twente-2025", "--json", "--product", "vaktherapie").stdout)

    assert 0 < len(found) < len(everything)
    assert all(r["producten"] is None or "vaktherapie" in r["producten"] for r in found)


def test_a_product_that_is_not_there_is_named() -> None:
    result = run("twente-2025", "--product", "vaktherapy")

    assert result.exit_code == 2
    assert "vaktherapy" in result.stderr


def test_a_rule_for_machines_has_its_sources() -> None:
    (rule,) = [r for r in json.loads(run("twente-2025", "--json").stdout) if r["id"] == "TW-ALG-01"]

    assert rule["bronnen"][0]["citaat"]
    assert rule["ernst"] == "weigert"
    assert rule["niet_getoetst"] is None


def test_a_file_is_read_and_what_is_not_checked_has_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "dorp.yaml"
    path.write_text(YAML, encoding="utf-8")

    result = run(str(path))

    assert result.exit_code == 0, result.output
    assert "D-1  Alles met mate." in result.stdout
    assert "niet getoetst: mate is geen getal" in result.stdout
    assert "0 regels getoetst, 1 niet." in result.stdout


def test_a_regeling_that_is_not_there_is_named() -> None:
    result = run("nergens-1999")

    assert result.exit_code == 2
    assert "nergens-1999" in result.stderr


def test_the_kenmerken_are_listed_with_their_values() -> None:
    result = run("--kenmerken")
    found = json.loads(run("--kenmerken", "--json").stdout)

    assert "afsprakenoverzicht (keuze): " in result.stdout
    assert "waarden: nvt, geen" in result.stdout
    (one,) = [k for k in found if k["naam"] == "srvb"]
    assert (one["soort"], one["bij"]) == ("janee", ["ToewijzingAfgegeven"])


def test_a_rule_is_shown_with_its_numbers() -> None:
    text = run("twente-2025").stdout
    (rule,) = [r for r in json.loads(run("twente-2025", "--json").stdout) if r["id"] == "TW-NS-04"]

    assert "    toets: no show deel per maand, bij no-show" in text
    assert "procent: 25" in text
    assert any("procent: 25" in told for told in rule["toetsen"])


def test_the_readings_are_shown_with_their_defaults() -> None:
    text = run("twente-2025").stdout
    told = {one["optie"]: one for one in json.loads(run("--opties", "--json").stdout)}

    assert "no_show_scope: jeugdige_product (standaard)" in text
    assert text.index("Lezingen waaruit") > text.index("Wat het grootboek niet kan toetsen")
    assert told["no_show_scope"]["waarden"] == ["jeugdige_product", "toewijzing", "jeugdige"]
    assert (told["feestdagen"]["waarde"], told["feestdagen"]["sinds"]) == ([], None)


def test_a_database_needs_the_name_of_the_grootboek() -> None:
    assert run("--opties", "-d", "sqlite:///x.db").exit_code == 2


def test_the_readings_of_a_grootboek_as_of_a_day(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'gemeente.db'}"
    with open_grootboek(url, grootboek="gemeente") as rekenschap:
        rekenschap.execute(introduced())
        rekenschap.execute(chosen("no_show_scope", "toewijzing", date(2025, 3, 3)))
    asked = ("--opties", "-d", url, "-g", "gemeente", "--op")

    on_it, before = run(*asked, "2025-03-03").stdout, run(*asked, "2025-03-02").stdout

    assert "no_show_scope: toewijzing (gekozen, sinds 3 maart 2025)" in on_it
    assert "    standaard: jeugdige_product" in on_it
    assert "no_show_scope: jeugdige_product (standaard)" in before
    (one,) = [
        o
        for o in json.loads(run(*asked, "2025-03-03", "--json").stdout)
        if o["optie"] == "no_show_scope"
    ]
    assert (one["waarde"], one["sinds"]) == ("toewijzing", "2025-03-03")
