"""``rekenschap regels``: the rule register of a regeling, with every source."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from rekenschap.application import Incorrect, OptieStand
from rekenschap.domain.kenmerken import Kenmerk
from rekenschap.domain.regeling import Regel, Regeling
from rekenschap.infrastructure.cli.clocks import read_day
from rekenschap.infrastructure.cli.options import opened
from rekenschap.infrastructure.cli.plain import as_json
from rekenschap.infrastructure.cli.register import (
    in_force,
    kenmerk_data,
    kenmerk_lines,
    option_lines,
    rule_data,
    rule_lines,
)
from rekenschap.infrastructure.regelingen import YamlRegelingen, packaged, read_regeling
from rekenschap.infrastructure.regelingen.page import register_page


@click.command()
@click.argument("regeling", required=False)
@click.option("--product", metavar="P", help="Only the checked rules that bear on this product.")
@click.option("--kenmerken", is_flag=True, help="The kenmerken a fact may carry, not the rules.")
@click.option("--opties", is_flag=True, help="The readings that can be chosen, not the rules.")
@click.option("--database", "-d", metavar="URL", help="With --grootboek: as chosen in it.")
@click.option("--grootboek", "-g", metavar="NAME", help="The ledger in that database.")
@click.option("--sleutel", "-s", type=click.Path(dir_okay=False), metavar="FILE", help="Its key.")
@click.option("--op", type=read_day, metavar="DAG", help="Readings as of this day. Default: today.")
@click.option("--markdown", is_flag=True, help="The whole register as a page, in Markdown.")
@click.option("--json", "machine", is_flag=True, help="For machines.")
def regels(
    regeling: str | None,
    product: str | None,
    kenmerken: bool,
    opties: bool,
    database: str | None,
    grootboek: str | None,
    sleutel: str | None,
    op: date | None,
    markdown: bool,
    machine: bool,
) -> None:
    """Show the rules of REGELING: a name out of the package, or a YAML file.

    Each rule with its sentence, weight, products, numbers and sources. Rules that the ledger cannot
    check come last, with the reason; then the readings that can be chosen. Without REGELING: the
    regelingen that come with the package.

    \b
    Examples:
      rekenschap regels
      rekenschap regels twente-2025 --product PRODUCT
      rekenschap regels my-regeling.yaml --json
      rekenschap regels twente-2025 --markdown > regels.md
      rekenschap regels --kenmerken
      rekenschap regels --opties -d sqlite:///gemeente.db -g gemeente --op 2026-09-30
    """
    if markdown:
        _show_page(regeling, alone=not (product or kenmerken or opties or machine))
        return
    if opties or database or grootboek:
        _show_options(_readings(regeling, database, grootboek, sleutel, op), machine)
        return
    sets = [read(regeling)] if regeling is not None else _all()
    if kenmerken:
        _show_kenmerken(_together(sets), machine)
    elif regeling is None:
        _show_names(sets, machine)
    else:
        _show_rules(sets[0], product, machine)


def _show_page(name: str | None, *, alone: bool) -> None:
    if name is None or not alone:
        raise click.UsageError("Noem bij --markdown één regeling, zonder andere keuzes.")
    page = register_page(read(name), f"rekenschap regels {name} --markdown")
    click.echo(page, nl=False)


def read(name: str) -> Regeling:
    """A regeling by its name in the package, or out of a YAML file."""
    reader = YamlRegelingen()
    return reader.read(reader.text(source_of(name)))


def source_of(name: str) -> str:
    """A name of the package as it is; of anything else the text of that file."""
    path = Path(name)
    if name in packaged():
        return name
    if not path.is_file():
        known = ", ".join(packaged())
        raise Incorrect("regeling", name, f"one of {known}, or a YAML file that exists")
    try:
        return path.read_text("utf-8") + "\n"
    except (OSError, UnicodeDecodeError) as error:
        raise Incorrect("regeling", name, "a YAML file that can be read") from error


def _all() -> list[Regeling]:
    return [read_regeling(YamlRegelingen().text(name)) for name in packaged()]


def _together(sets: list[Regeling]) -> list[Kenmerk]:
    found = {name: one for rules in sets for name, one in rules.kenmerken.kenmerken.items()}
    return [found[name] for name in sorted(found)]


def _show_kenmerken(found: list[Kenmerk], machine: bool) -> None:
    if machine:
        _echo_json([kenmerk_data(one) for one in found])
        return
    for one in found:
        click.echo("\n".join(kenmerk_lines(one)))


def _show_names(sets: list[Regeling], machine: bool) -> None:
    if machine:
        _echo_json([{"regeling": one.naam, "titel": one.titel} for one in sets])
        return
    for one in sets:
        click.echo(f"{one.naam}  {one.titel} ({in_force(one.periode)})")
        click.echo(f"    {len(one.regels)} regels, {len(one.producten)} producten")


def _show_rules(rules: Regeling, product: str | None, machine: bool) -> None:
    chosen = _chosen(rules, product)
    checked = [rule for rule in chosen if rule.niet_getoetst is None]
    unchecked = [rule for rule in chosen if rule.niet_getoetst is not None]
    if machine:
        _echo_json([rule_data(rules, rule) for rule in (*checked, *unchecked)])
        return
    click.echo(f"{rules.titel}\n")
    for rule in checked:
        click.echo("\n".join(rule_lines(rules, rule)) + "\n")
    if unchecked:
        click.echo("Wat het grootboek niet kan toetsen\n")
    for rule in unchecked:
        click.echo("\n".join(rule_lines(rules, rule)) + "\n")
    if product is None and rules.opties:
        click.echo("Lezingen waaruit een grootboek kan kiezen\n")
        _show_options(_defaults(rules), machine=False)
    click.echo(f"{len(checked)} regels getoetst, {len(unchecked)} niet.")


def _readings(
    regeling: str | None,
    database: str | None,
    grootboek: str | None,
    sleutel: str | None,
    op: date | None,
) -> list[OptieStand]:
    """The readings of a grootboek as chosen, else of regelingen as they are before that."""
    if (database is None) is not (grootboek is None):
        raise click.UsageError("Noem --database en --grootboek samen.")
    if database is not None and grootboek is not None:
        with opened(database, grootboek, sleutel) as rekenschap:
            return list(rekenschap.opties(op=op))
    named = [read(regeling)] if regeling is not None else _all()
    return [one for rules in named for one in _defaults(rules)]


def _defaults(rules: Regeling) -> list[OptieStand]:
    """The readings before anybody chose."""
    return [OptieStand.van(rules, name, None) for name in rules.opties]


def _show_options(found: Iterable[OptieStand], machine: bool) -> None:
    if machine:
        _echo_json([json.loads(as_json(one)) for one in found])
        return
    for one in found:
        click.echo("\n".join(option_lines(one)) + "\n")


def _chosen(rules: Regeling, product: str | None) -> list[Regel]:
    if product is None:
        return list(rules.regels)
    if product not in rules.producten:
        known = ", ".join(rules.producten) or "there is none in it"
        raise Incorrect("product", product, f"a product of {rules.naam}: {known}")
    return [rule for rule in rules.regels if rules.raakt(rule, product)]


def _echo_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
