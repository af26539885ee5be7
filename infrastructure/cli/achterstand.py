"""``rekenschap achterstand``: how far behind is the database that is asked?"""

from datetime import timedelta

import click

from rekenschap.application import Achterstand
from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.plain import as_json
from rekenschap.infrastructure.words import number


@click.command()
@grootboek_options
@click.option("--json", "machine", is_flag=True, help="For machines.")
def achterstand(database: str, grootboek: str, sleutel: str | None, machine: bool) -> None:
    """Show how far a replica is behind the primary: in records and in time.

    Any command that only reads can be pointed at a streaming replica. Name the primary with
    REKENSCHAP_PRIMAIR: reading of persons is logged there, and its last position is asked there.
    REKENSCHAP_STANDEN names a SQLite file for tables of balances of one's own, kept up to date
    from the log of the replica; `rekenschap rebuild` folds them anew.

    \b
    Example:
      rekenschap achterstand -d postgresql://replica/jeugd -g gemeente -s gemeente.sleutel
    """
    with opened(database, grootboek, sleutel) as rekenschap:
        found = rekenschap.achterstand()
    click.echo(as_json(found) if machine else "\n".join(_lines(grootboek, found)))


def _lines(name: str, it: Achterstand) -> list[str]:
    lines = [f"{name} staat hier op positie {number(it.positie)}."]
    if not it.replica:
        lines.append("Deze database volgt geen andere.")
    elif not it.verbonden:
        lines.append(f"De replica ontvangt nu niets; {_age(it.vertraging)}.")
    elif it.vertraging == timedelta(0):
        lines.append("De replica is verbonden en heeft verwerkt wat zij ontving.")
    else:
        lines.append(f"De replica is verbonden; {_age(it.vertraging)}.")
    if it.hoofd is not None and it.vastleggingen:
        lines.append(f"Bij de primaire database zijn {number(it.vastleggingen)} regels meer.")
    elif it.hoofd is None:
        lines.append("Hoe ver de primaire database is, is niet bekend (REKENSCHAP_PRIMAIR).")
    behind = it.positie - it.standen
    level = "zijn bij" if not behind else f"lopen {number(behind)} regels achter op het log"
    return [*lines, f"De tabellen met standen {level}; een vraag werkt ze bij of leest verder."]


def _age(behind: timedelta | None) -> str:
    if behind is None:
        return "er kwam nog geen wijziging binnen"
    return f"de laatste wijziging is {number(round(behind.total_seconds()))} seconden oud"
