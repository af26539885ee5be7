"""``rekenschap spoor``: the audit trail, line by line."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import attrs
import click

from rekenschap.application import GRONDEN, Pagina, Rekenschap, SpoorRegel, Verdict
from rekenschap.domain.andere_regels import AndereRegels
from rekenschap.infrastructure.cli.clocks import (
    Bekend,
    asking,
    clocks_lines,
    one_subject,
    question_options,
)
from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.other_rules import rules_options
from rekenschap.infrastructure.cli.plain import as_json, plain
from rekenschap.infrastructure.fact_words import told as fact_told
from rekenschap.infrastructure.sources import titles
from rekenschap.infrastructure.words import (
    ERNST,
    UITKOMST,
    day_words,
    event_words,
    moment_words,
    pairs_words,
)


@click.command()
@grootboek_options
@question_options
@rules_options
@click.option("--verder", metavar="V", help="Go on where an earlier page ended.")
@click.option("--limiet", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--json", "machine", is_flag=True, help="One JSON object per line.")
def spoor(
    database: str,
    grootboek: str,
    sleutel: str | None,
    toewijzing: str | None,
    jeugdige: str | None,
    geldig_op: date | None,
    bekend_op: Bekend | None,
    regels: AndereRegels | None,
    verder: str | None,
    limiet: int,
    machine: bool,
) -> None:
    """Show the audit trail: who, when, what, the outcome, and every rule that spoke.

    Refused steps are in it, with the rule's sentence, the values it compared and its source. A
    page ends with what to give to --verder. With other rules: what would have been decided.

    \b
    Examples:
      rekenschap spoor -d sqlite:///gemeente.db -g gemeente --toewijzing T-2026-0042
      rekenschap spoor ... --toewijzing T-2026-0042 --verder 351 --limiet 50
      rekenschap spoor ... --jeugdige client-271828 --bekend-op 2026-09-30 --json
    """
    one_subject(toewijzing, jeugdige)
    with opened(database, grootboek, sleutel) as rekenschap, asking():
        page = rekenschap.spoor(
            toewijzing=toewijzing,
            jeugdige=jeugdige,
            geldig_op=geldig_op,
            bekend_op=bekend_op,
            verder=verder,
            limiet=limiet,
            regels=regels,
        )
        if machine:
            for line in page.regels:
                click.echo(as_json({**_own(line), "volgens": page.volgens}))
        else:
            _show(rekenschap, page, geldig_op)


def _show(rekenschap: Rekenschap, page: Pagina[SpoorRegel], day: date | None) -> None:
    documents = titles(rekenschap)
    for line in page.regels:
        click.echo("\n".join(_lines(line, documents)) + "\n")
    click.echo("\n".join(clocks_lines(rekenschap, page.bekend_op, day, volgens=page.volgens)))
    if page.verder is None:
        click.echo("Dit is het einde van het spoor.")
    else:
        click.echo(f"Er is meer: geef --verder {page.verder}")


def _own(line: SpoorRegel) -> dict[str, Any]:
    own = {a.name: getattr(line, a.name) for a in attrs.fields(SpoorRegel) if a.name != "feit"}
    return {**own, "feit": plain(line.feit)}


def _lines(line: SpoorRegel, documents: Mapping[str, str]) -> Iterator[str]:
    replaced = line.achterhaald_op
    yield (
        f"{line.bekend_op}  {event_words(line.gebeurtenis)}, "
        f"{day_words(line.geldig_op)}: {UITKOMST[line.uitkomst]}"
    )
    yield f"    vastgelegd {moment_words(line.geregistreerd_op)} door {_who(line)}"
    if told := pairs_words(fact_told(line.feit)):
        yield f"    {told}"
    if line.referentie is not None:
        yield f"    referentie {line.referentie}"
    if replaced is not None:
        yield f"    achterhaald door {replaced}"
    for ground in line.gronden:
        yield f"    grond: {GRONDEN.get(ground, ground)}"
    for verdict in line.verdicts:
        yield from _verdict(verdict, documents)


def _who(line: SpoorRegel) -> str:
    return f"{line.wie or 'iemand die is gewist'} ({line.rol})"


def _verdict(verdict: Verdict, documents: Mapping[str, str]) -> Iterator[str]:
    yield f"    {verdict.regel} {ERNST[verdict.ernst]}: {verdict.zin}"
    if verdict.vergeleken:
        yield f"        vergeleken: {pairs_words(verdict.vergeleken)}"
    for source in verdict.bronnen:
        title = documents.get(source.document, source.document)
        yield f"        bron: {title}, {source.plaats}: “{source.citaat}”"
