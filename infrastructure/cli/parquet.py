"""``rekenschap parquet``: the log and the balances as tables for an analyst's own tools."""

from datetime import date
from pathlib import Path

import click

from rekenschap.infrastructure.cli.clocks import KNOWN, Bekend, asking, read_day
from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.progress import progress_bar
from rekenschap.infrastructure.words import day_words, number


@click.command()
@grootboek_options
@click.option(
    "--naar",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="The folder for log.parquet and saldo.parquet; made when it is not there.",
)
@click.option(
    "--geldig-op",
    type=read_day,
    metavar="DAG",
    help="The balances on this valid day. Default: today.",
)
@KNOWN
@click.option(
    "--alle-standen",
    is_flag=True,
    help="Instead: every balance, of every valid day and every known position.",
)
@click.option("--overschrijf", is_flag=True, help="Replace the files when they are there.")
def parquet(
    database: str,
    grootboek: str,
    sleutel: str | None,
    naar: Path,
    geldig_op: date | None,
    bekend_op: Bekend | None,
    alle_standen: bool,
    overschrijf: bool,
) -> None:
    """Write the log and the balances to Parquet files, for tools of your own.

    One row per line of the log, its exact bytes and hash included, and one per balance; in each
    file stands what it was made from. Persons are in it by their reference alone: nothing of the
    vault goes along. Needs the extra: pip install rekenschap[arrow].

    \b
    Examples:
      rekenschap parquet -d sqlite:///gemeente.db -g gemeente --naar analyse
      rekenschap parquet ... --geldig-op 2026-12-31 --bekend-op 2027-03-31
      rekenschap parquet ... --alle-standen --overschrijf
    """
    if alle_standen and geldig_op is not None:
        raise click.UsageError("Kies: --geldig-op DAG, of --alle-standen.")
    with opened(database, grootboek, sleutel) as rekenschap, asking(), progress_bar() as progress:
        task = progress.add_task("regels", total=rekenschap.positie)
        made = rekenschap.exporteer_parquet(
            naar,
            geldig_op=geldig_op,
            bekend_op=bekend_op,
            alle_standen=alle_standen,
            overschrijf=overschrijf,
            progress=lambda done: progress.update(task, completed=done),
        )
    day = "van alle dagen" if made.geldig_op is None else f"op {day_words(made.geldig_op)}"
    click.echo(f"{number(made.regels)} vastleggingen staan in {made.log}.")
    click.echo(
        f"{number(made.standen)} standen {day}, bekend tot en met positie {made.positie}, "
        f"staan in {made.saldo}."
    )
