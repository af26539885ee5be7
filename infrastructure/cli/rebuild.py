"""``rekenschap rebuild``: fold every table of balances and history anew from the log."""

import time

import click

from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.progress import progress_bar
from rekenschap.infrastructure.cli.workers import workers_options, working
from rekenschap.infrastructure.words import number


@click.command()
@grootboek_options
@workers_options
def rebuild(
    database: str, grootboek: str, sleutel: str | None, werkers: int, cluster: str | None
) -> None:
    """Fold the tables of balances and history anew from the log.

    The log is the evidence and stays as it is; the tables only answer faster. Stop it when you
    like: what is left is folded at the next question. With --werkers or --cluster the tables are
    replaced at once, when all is folded; while that is written, nobody else records anything.

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
        progress_bar() as progress,
    ):
        task = progress.add_task("vastleggingen", total=rekenschap.positie)
        count = rekenschap.rebuild(
            lambda done: progress.update(task, completed=done), werkers=workers
        )
    seconds = f"{time.monotonic() - began:.1f}".replace(".", ",")
    click.echo(
        f"Alle standen van {grootboek} zijn opnieuw opgebouwd uit {number(count)} "
        f"vastleggingen, in {seconds} seconden."
    )
