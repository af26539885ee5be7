"""``rekenschap uitleg``: which rules and prices hold for a product, and why that version."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import click
from click.core import ParameterSource

from rekenschap.application import Actor, Rekenschap, Uitleg, VoerRegelingIn
from rekenschap.application.uitleg import WAAROM, Prijs
from rekenschap.domain.andere_regels import AndereRegels
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.regeling import Regel
from rekenschap.infrastructure.cli.clocks import Bekend, asking, read_day, read_known, rules_words
from rekenschap.infrastructure.cli.options import opened
from rekenschap.infrastructure.cli.other_rules import rules_options
from rekenschap.infrastructure.cli.plain import as_json
from rekenschap.infrastructure.cli.regels import source_of
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.open import open_grootboek
from rekenschap.infrastructure.words import ERNST, day_words, value_words

BEHEERDER = Actor("rekenschap", "beheerder")


@click.command()
@click.option("--regeling", "-r", multiple=True, metavar="NAME|FILE", help="Versions to look in.")
@click.option("--database", "-d", envvar="REKENSCHAP_DATABASE", metavar="URL", help="Or a ledger.")
@click.option("--grootboek", "-g", envvar="REKENSCHAP_GROOTBOEK", metavar="NAME")
@click.option("--sleutel", "-s", envvar="REKENSCHAP_SLEUTEL", metavar="FILE")
@click.option("--product", "-p", metavar="P", help="The product it is about.")
@click.option("--toewijzing", "-t", metavar="T", help="Or an allocation of the ledger.")
@click.option("--geldig-op", type=read_day, metavar="DAG", help="Day of the care. Default: today.")
@click.option("--besluit-op", type=read_day, metavar="DAG", help="Day of the decision.")
@click.option("--bekend-op", type=read_known, metavar="POSITIE|DAG|MOMENT", help="As known then.")
@rules_options
@click.option("--json", "machine", is_flag=True, help="For machines.")
def uitleg(
    regeling: tuple[str, ...],
    database: str | None,
    grootboek: str | None,
    sleutel: str | None,
    product: str | None,
    toewijzing: str | None,
    geldig_op: date | None,
    besluit_op: date | None,
    bekend_op: Bekend | None,
    regels: AndereRegels | None,
    machine: bool,
) -> None:
    """Explain which rules and prices hold for a product on a day, and why that version.

    Look in versions that come with the package (or YAML files), or in a ledger with all it has.

    \b
    Examples:
      rekenschap uitleg -r twente-2025 -p PRODUCT --geldig-op 2025-03-01
      rekenschap uitleg -d sqlite:///gemeente.db -g gemeente -p PRODUCT
      rekenschap uitleg -d sqlite:///gemeente.db -g gemeente -t T-2026-0042 --bekend-op 2026-09-30
    """
    if (product is None) is (toewijzing is None):
        raise click.UsageError("Noem een product (--product P) of een toewijzing (--toewijzing T).")
    if regeling and (toewijzing is not None or _on_the_line("database", "grootboek")):
        raise click.UsageError(
            "Kijk in regelingen (-r), of in een grootboek (-d en -g): een toewijzing staat in een "
            "grootboek."
        )
    with _looked_in(regeling, database, grootboek, sleutel) as rekenschap, asking():
        found = rekenschap.uitleg(
            product=product,
            toewijzing=toewijzing,
            geldig_op=geldig_op,
            besluit_op=besluit_op,
            bekend_op=bekend_op,
            regels=regels,
        )
    click.echo(as_json(found) if machine else "\n".join(lines(found)))


def _on_the_line(*names: str) -> bool:
    """Whether one of these was typed, and not only stands in the environment."""
    context = click.get_current_context()
    return any(context.get_parameter_source(one) is ParameterSource.COMMANDLINE for one in names)


@contextmanager
def _looked_in(
    versions: tuple[str, ...], database: str | None, name: str | None, key: str | None
) -> Iterator[Rekenschap]:
    """A ledger that is there, or one made for the moment with only these versions."""
    if versions:
        with open_grootboek("sqlite://", grootboek="uitleg") as rekenschap:
            today = amsterdam_day(SystemClock().now())
            for number, version in enumerate(versions):
                rekenschap.execute(
                    VoerRegelingIn(
                        command_id=f"v{number}",
                        actor=BEHEERDER,
                        datum=today,
                        tekst=source_of(version),
                    )
                )
            yield rekenschap
        return
    if database is None or name is None:
        raise click.UsageError("Noem een regeling (-r), of een grootboek (-d en -g).")
    with opened(database, name, key) as rekenschap:
        yield rekenschap


def lines(found: Uitleg) -> Iterator[str]:
    """An explanation for people."""
    yield f"{found.product} op {day_words(found.geldig_op)}"
    yield ""
    yield f"{found.regeling}  {found.titel}"
    yield f"    {WAAROM[found.waarom]}"
    if found.open:
        yield "    De tekst laat open of deze versie geldt: een mens moet dat goedkeuren."
    for one in found.versies:
        last = "" if one.tot_en_met is None else f" tot en met {day_words(one.tot_en_met)}"
        mark = "*" if one.gekozen else " "
        yield f"  {mark} {one.regeling}: geldt vanaf {day_words(one.van)}{last}"
    yield ""
    yield "Tarieven"
    yield from map(_price, found.tarieven)
    if not found.tarieven:
        yield "    Voor deze dag is geen tarief bekend: een bedrag is dan niet te bepalen."
    yield ""
    yield f"Regels ({len(found.regels)})"
    for rule in found.regels:
        yield from _rule(rule)
    if found.opties:
        yield ""
        yield "Lezingen"
        for name, value in found.opties.items():
            yield f"    {name}: {value_words(value)}"
    if found.niet_geregeld:
        yield ""
        yield "Niet geregeld"
        for silence in found.niet_geregeld:
            yield f"    {silence.onderwerp}: {silence.zin}"
    yield ""
    yield f"Zoals bekend op positie {found.bekend_op}."
    yield f"Regels: {rules_words(found.volgens)}."


def _price(one: Prijs) -> str:
    column = "" if one.soort is None else f" ({one.soort})"
    source = "vastgesteld voor dit grootboek" if one.vastgesteld else "in de tekst"
    if one.bron is not None:
        source += f", {one.bron.plaats}"
    return (
        f"    {value_words(one.bedrag)} per {one.per}{column}, vanaf {day_words(one.van)}; {source}"
    )


def _rule(rule: Regel) -> Iterator[str]:
    yield f"    {rule.id}  {rule.zin}"
    for source in rule.bronnen[:1]:
        yield f"        {ERNST[rule.ernst]}; {source.plaats}"
