"""``rekenschap rebuild``: fold every table of balances and history anew from the log."""

import time

import click

from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.progress import progress_bar
from rekenschap.infrastructure.words import number


@click.command()
@grootboek_options
def rebuild(database: str, grootboek: str, sleutel: str | None) -> None:
    """Fold the tables of balances and history anew from the log.

    The log is the evidence and stays as it is; the tables only answer faster. Stop it when you
    like: what is left is folded at the next question.

    \b
    Examples:
      rekenschap rebuild -d sqlite:///gemeente.db -g gemeente
      rekenschap rebuild -d postgresql://localhost/jeugd -g gemeente -s gemeente.sleutel
    """
    began = time.monotonic()
    with opened(database, grootboek, sleutel) as rekenschap, progress_bar() as progress:
        task = progress.add_task("vastleggingen", total=rekenschap.positie)
        count = rekenschap.rebuild(lambda done: progress.update(task, completed=done))
    seconds = f"{time.monotonic() - began:.1f}".replace(".", ",")
    click.echo(
        f"Alle standen van {grootboek} zijn opnieuw opgebouwd uit {number(count)} "
        f"vastleggingen, in {seconds} seconden."
    )
