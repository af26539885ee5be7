"""``rekenschap verschil``: what differs between two views of one allocation."""

from datetime import date

import click

from rekenschap.application.difference import Gezichtspunt, Gezien, Verschil
from rekenschap.domain.andere_regels import AndereRegels
from rekenschap.infrastructure.cli.clocks import Bekend, asking, read_day, read_known, rules_words
from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.other_rules import rules_options
from rekenschap.infrastructure.cli.plain import as_json
from rekenschap.infrastructure.difference_words import difference_lines
from rekenschap.infrastructure.words import day_words


@click.command()
@grootboek_options
@click.option("--toewijzing", "-t", required=True, metavar="T", help="The allocation.")
@click.option("--toen", type=read_known, metavar="POSITIE|DAG|MOMENT", help="First: as known then.")
@click.option("--toen-geldig-op", type=read_day, metavar="DAG", help="First: on this valid day.")
@click.option("--nu", type=read_known, metavar="POSITIE|DAG|MOMENT", help="Second; default: now.")
@click.option("--nu-geldig-op", type=read_day, metavar="DAG", help="Second: on this valid day.")
@rules_options
@click.option("--json", "machine", is_flag=True, help="For machines.")
def verschil(
    database: str,
    grootboek: str,
    sleutel: str | None,
    toewijzing: str,
    toen: Bekend | None,
    toen_geldig_op: date | None,
    nu: Bekend | None,
    nu_geldig_op: date | None,
    regels: AndereRegels | None,
    machine: bool,
) -> None:
    """Compare two views of an allocation, in legal terms.

    The first is what was known then (--toen), the second what is known now (--nu), on the same
    valid day unless told otherwise. With other rules (--regels, --getal, --lezing, --zonder) the
    second view is the one under those. Which facts came later or were corrected, which rules
    differ, and what that does to the verdicts and the balance. Nothing is recorded.

    \b
    Examples:
      rekenschap verschil -d sqlite:///gemeente.db -g gemeente -t T-2026-0042 --toen 2026-09-30
      rekenschap verschil ... -t T-2026-0042 --toen 351 --nu 402
      rekenschap verschil ... -t T-2026-0042 --getal REGEL.NAAM=6
    """
    with opened(database, grootboek, sleutel) as rekenschap, asking():
        found = rekenschap.verschil(
            toewijzing=toewijzing,
            een=Gezichtspunt(geldig_op=toen_geldig_op, bekend_op=toen),
            ander=Gezichtspunt(
                geldig_op=nu_geldig_op or toen_geldig_op, bekend_op=nu, regels=regels
            ),
        )
    click.echo(as_json(found) if machine else "\n".join(lines(found)))


def lines(found: Verschil) -> list[str]:
    """A difference for people."""
    return [
        f"Toewijzing {found.toewijzing}",
        f"  van  {_view(found.een)}",
        f"  naar {_view(found.ander)}",
        "",
        *difference_lines(found),
    ]


def _view(one: Gezien) -> str:
    return (
        f"geldig op {day_words(one.geldig_op)}, bekend tot en met positie {one.bekend_op}, "
        f"regels: {rules_words(one.volgens)}"
    )
