"""Does the page with the rules say what the ledger applies, and all of it?"""

import re

import pytest
from click.testing import CliRunner
from tests.docs.pages import ROOT

from rekenschap.domain.regeling import Regeling
from rekenschap.infrastructure.cli import main
from rekenschap.infrastructure.regelingen import packaged, packaged_text, read_regeling
from rekenschap.infrastructure.regelingen.markdown import safe
from rekenschap.infrastructure.regelingen.page import register_page
from rekenschap.infrastructure.regelingen.pairs import MARKS, mark, pairs

NAME = "twente-2025"
COMMAND = f"rekenschap regels {NAME} --markdown"
PAGE = ROOT / f"docs/regels-{NAME}.md"


@pytest.fixture(scope="module")
def rules() -> Regeling:
    return read_regeling(packaged_text(NAME))


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text("utf-8")


def of_pair(rules: Regeling, one: str, other: str) -> tuple[str, list[str]]:
    said = [s for s in pairs(rules) if (s.een, s.ander) == (one, other)]
    return mark(said), [s.woorden for s in said]


@pytest.mark.parametrize("name", [one for one in packaged() if one != "huisregels"])
def test_the_committed_page_is_the_one_made_from_the_regeling(name: str) -> None:
    page, command = ROOT / f"docs/regels-{name}.md", f"rekenschap regels {name} --markdown"
    rules = read_regeling(packaged_text(name))

    made = register_page(rules, command)

    assert page.read_text("utf-8") == made, f"make it anew: {command} > docs/{page.name}"
    assert all(f"### {rule.id}\n\n" in made for rule in rules.regels)
    assert [p.naam for p in rules.producten.values() if f" | {safe(p.naam)} | " not in made] == []


def test_the_command_makes_the_page(page: str) -> None:
    result = CliRunner().invoke(main, ["regels", NAME, "--markdown"])

    assert (result.exit_code, result.stdout) == (0, page)


@pytest.mark.parametrize("more", [("--json",), ("--kenmerken",), ("--product", "vaktherapie")])
def test_a_page_is_of_one_whole_regeling(more: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, ["regels", NAME, "--markdown", *more])

    assert result.exit_code == 2
    assert "één regeling" in result.stderr


def test_a_page_needs_a_name() -> None:
    assert CliRunner().invoke(main, ["regels", "--markdown"]).exit_code == 2


def test_every_rule_has_its_sentence_and_every_quote(rules: Regeling, page: str) -> None:
    plain = re.sub(r"\s+", " ", page.replace("\\", ""))

    for rule in rules.regels:
        assert f"### {rule.id} {rule.zin}" in plain
        assert all(f"“{' '.join(s.citaat.split())}”" in plain for s in rule.bronnen), rule.id
        assert rule.niet_getoetst is None or rule.niet_getoetst in plain


def test_every_option_and_product_is_there(rules: Regeling, page: str) -> None:
    assert [name for name in rules.opties if f"- `{name}`: " not in page] == []
    assert [p.naam for p in rules.producten.values() if f" | {p.naam} | " not in page] == []


def test_the_table_is_the_same_both_ways_round(rules: Regeling) -> None:
    said = {(one.een, one.ander) for one in pairs(rules)}

    for this, its in said:
        assert of_pair(rules, this, its)[0] == of_pair(rules, its, this)[0]


def test_every_mark_is_explained_and_no_other_is_used(rules: Regeling, page: str) -> None:
    used = {one.teken for one in pairs(rules)}

    assert used <= MARKS.keys()
    assert [sign for sign in used if f"- **{sign}** {MARKS[sign]}" not in page] == []


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        ("begeleiding_individueel", "gezinshuis", "X"),
        ("behandeling_individueel", "behandeling_individueel", "x"),
        ("begeleiding_individueel", "kdc_odc_basis", "x"),
        ("begeleiding_individueel", "woongroep", "G"),
        ("extra_verblijfsbegeleiding", "behandelgroep", "N"),
        ("behandeling_individueel", "behandeling_groep_basis", "V"),
        ("begeleiding_individueel", "behandeling_groep_basis", "T"),
        ("mst", "gezinshuis", "U"),
        ("ouder_kind_groep", "ouder_kind_groep", "1"),
        ("begeleiding_individueel", "behandeling_individueel", ""),
    ],
)
def test_a_pair_has_the_mark_the_rules_give_it(
    rules: Regeling, one: str, other: str, sign: str
) -> None:
    assert of_pair(rules, one, other)[0] == sign


def test_the_list_tells_the_conditions_from_either_side(rules: Regeling) -> None:
    _, here = of_pair(rules, "begeleiding_individueel", "kdc_odc_basis")
    _, there = of_pair(rules, "kdc_odc_basis", "begeleiding_individueel")

    assert "niet samen, als hier locatie niet thuis is" in here
    assert "niet samen, als daar locatie niet thuis is" in there


def test_a_rule_that_looks_at_the_later_one_only_says_so(rules: Regeling) -> None:
    _, here = of_pair(rules, "behandeling_individueel", "gezinshuis")
    _, there = of_pair(rules, "gezinshuis", "behandeling_individueel")

    assert [words for words in here if words.endswith("getoetst als dit later komt")]
    assert [words for words in there if words.endswith("getoetst als dat later komt")]


def test_house_rules_have_a_page_too() -> None:
    made = register_page(read_regeling(packaged_text("huisregels")), "x")

    assert "Geen regel zegt iets over twee producten naast elkaar." in made
