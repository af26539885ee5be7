"""``rekenschap bezwaren``: the objections of a youth, or against a decision, with their terms."""

from collections.abc import Iterator
from datetime import date

import click

from rekenschap.application import Bezwaar
from rekenschap.infrastructure.cli.clocks import KNOWN, Bekend, asking, read_day
from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.plain import as_json
from rekenschap.infrastructure.dossier.terms import objection_rows
from rekenschap.infrastructure.words import UITKOMST, event_words


@click.command()
@grootboek_options
@click.option("--jeugdige", "-j", metavar="J", help="The youth, by your own id.")
@click.option("--beslissing", "-b", metavar="B", help="Or the decision they are against.")
@click.option("--op", type=read_day, metavar="DAG", help="As they stood then. Default: today.")
@KNOWN
@click.option("--json", "machine", is_flag=True, help="One JSON object per line.")
def bezwaren(
    database: str,
    grootboek: str,
    sleutel: str | None,
    jeugdige: str | None,
    beslissing: str | None,
    op: date | None,
    bekend_op: Bekend | None,
    machine: bool,
) -> None:
    """Show objections: against which decision, how they stand, and by when they are decided.

    With the terms of the Awb, which are "niet te bepalen" when nobody recorded the day on which
    the decision was made known. An objection of a later day than --op is not there yet.

    \b
    Examples:
      rekenschap bezwaren -d sqlite:///gemeente.db -g gemeente -j client-271828
      rekenschap bezwaren ... -b gemeente/351 --op 2026-12-31
    """
    if (jeugdige is None) is (beslissing is None):
        told = "Noem een jeugdige (--jeugdige J) of een beslissing (--beslissing B), niet allebei."
        raise click.UsageError(told)
    with opened(database, grootboek, sleutel) as rekenschap, asking():
        found = rekenschap.bezwaren(
            jeugdige=jeugdige, beslissing=beslissing, op=op, bekend_op=bekend_op
        )
    for one in found:
        click.echo(as_json(one) if machine else "\n".join(_lines(one)))
    if not (found or machine):
        click.echo("Er is die dag geen bezwaar bekend.")


def _lines(one: Bezwaar) -> Iterator[str]:
    yield f"Bezwaar {one.bezwaar}"
    told = "een besluit dat hier niet is vastgelegd"
    if one.tegen is not None and one.gebeurtenis is not None and one.uitkomst is not None:
        told = f"{one.tegen}, {event_words(one.gebeurtenis).lower()}: {UITKOMST[one.uitkomst]}"
    about = () if one.toewijzing is None else (("Toewijzing", one.toewijzing),)
    rows = (("Tegen", told), *about, *objection_rows(one))
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        yield f"  {name.lower():<{width}}  {value}"
    if one.termijnen is not None:
        yield f"  {'grondslag':<{width}}  {', '.join(str(s) for s in one.termijnen.grondslag)}"
