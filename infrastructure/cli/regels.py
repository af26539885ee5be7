"""``rekenschap regels``: the rule register of a regeling, with every source."""

import json
from pathlib import Path
from typing import Any

import click

from rekenschap.application import Incorrect
from rekenschap.domain.kenmerken import Kenmerk
from rekenschap.domain.regeling import Regel, Regeling
from rekenschap.infrastructure.cli.register import (
    in_force,
    kenmerk_data,
    kenmerk_lines,
    rule_data,
    rule_lines,
)
from rekenschap.infrastructure.regelingen import YamlRegelingen, packaged, read_regeling
from rekenschap.infrastructure.regelingen.page import register_page


@click.command()
@click.argument("regeling", required=False)
@click.option("--product", metavar="P", help="Only the checked rules that bear on this product.")
@click.option("--kenmerken", is_flag=True, help="The kenmerken a fact may carry, not the rules.")
@click.option("--markdown", is_flag=True, help="The whole register as a page, in Markdown.")
@click.option("--json", "machine", is_flag=True, help="For machines.")
def regels(
    regeling: str | None, product: str | None, kenmerken: bool, markdown: bool, machine: bool
) -> None:
    """Show the rules of REGELING: a name out of the package, or a YAML file.

    Each rule has its sentence, weight, status, reading, products and sources with the words they
    rest on. Rules that the ledger cannot check come last, with the reason. Without REGELING: the
    regelingen that come with the package.

    \b
    Examples:
      rekenschap regels
      rekenschap regels twente-2025
      rekenschap regels twente-2025 --product mst
      rekenschap regels my-regeling.yaml --json
      rekenschap regels twente-2025 --markdown > regels.md
      rekenschap regels --kenmerken
    """
    if markdown:
        _show_page(regeling, alone=not (product or kenmerken or machine))
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
    path = Path(name)
    if name in packaged():
        source = name
    elif not path.is_file():
        known = ", ".join(packaged())
        raise Incorrect("regeling", name, f"one of {known}, or a YAML file that exists")
    else:
        try:
            source = path.read_text("utf-8") + "\n"
        except (OSError, UnicodeDecodeError) as error:
            raise Incorrect("regeling", name, "a YAML file that can be read") from error
    reader = YamlRegelingen()
    return reader.read(reader.text(source))


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
    click.echo(f"{len(checked)} regels getoetst, {len(unchecked)} niet.")


def _chosen(rules: Regeling, product: str | None) -> list[Regel]:
    if product is None:
        return list(rules.regels)
    if product not in rules.producten:
        known = ", ".join(rules.producten) or "there is none in it"
        raise Incorrect("product", product, f"a product of {rules.naam}: {known}")
    return [rule for rule in rules.regels if rules.raakt(rule, product)]


def _echo_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
