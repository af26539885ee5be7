"""``rekenschap rebuild``: fold every table of balances and history anew from the log."""

import time

import click

from rekenschap.infrastructure.cli.herbouwd import followed, told
from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.workers import workers_options, working
from rekenschap.infrastructure.words import number


@click.command()
@grootboek_options
@workers_options
def rebuild(
    database: str, grootboek: str, sleutel: str | None, werkers: int, cluster: str | None
) -> None:
    """Fold the tables of balances and history anew from the log.

    The log is the evidence and stays as it is; the tables only answer faster. Others go on reading
    and writing: the new rows are made beside the old ones, compared with them, and read from the
    moment they are complete. Rows that stood otherwise are told on standard error; the exit code is
    0, as the tables are right from then on. Stop it when you like: what was there is read on.
    With --werkers or --cluster others fold what was there when it began.

    \b
    Examples:
      rekenschap rebuild -d sqlite:///gemeente.db -g gemeente
      rekenschap rebuild ... --werkers alle
      rekenschap rebuild -d postgresql://localhost/jeugd -g gemeente -s gemeente.sleutel
    """
    began = time.monotonic()
    with (
        working(werkers, cluster) as workers,
        opened(database, grootboek, sleutel) as rekenschap,
        followed() as progress,
    ):
        found = rekenschap.rebuild(progress, werkers=workers)
    seconds = f"{time.monotonic() - began:.1f}".replace(".", ",")
    click.echo(
        f"Alle standen van {grootboek} zijn opnieuw opgebouwd uit {number(found.regels)} "
        f"vastleggingen, in {seconds} seconden."
    )
    click.echo(told(found), err=not found.gelijk)
