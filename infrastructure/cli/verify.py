"""``rekenschap verify``: is what was recorded still what was recorded?"""

from collections.abc import Sequence
from pathlib import Path

import click

from rekenschap.infrastructure.cli.kept import TEGEN, all_kept
from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.progress import progress_bar


@click.command()
@grootboek_options
@TEGEN
def verify(database: str, grootboek: str, sleutel: str | None, tegen: Sequence[Path]) -> None:
    """Verify the chain of a ledger from its first line to its head.

    Every line is sealed with the one before it, so a line that was changed, removed or put in
    later is found, and the first bad position is named. What each line touches, and the command
    ids with their positions, are compared with what the sealed lines say.

    Who can write to the database can also write all of it anew, or cut off its tail, with hashes
    that fit. That shows only against checkpoints that were kept elsewhere: give them with --tegen.

    \b
    Examples:
      rekenschap verify --database sqlite:///gemeente.db --grootboek gemeente
      rekenschap verify -d postgresql://localhost/jeugd -g gemeente -s gemeente.sleutel
      rekenschap verify ... --tegen /elsewhere/controlepunten.txt

    Exit status: 0 the chain holds, 1 it does not, 2 there is no such ledger, 3 the store cannot
    be reached.
    """
    kept = all_kept(tegen)
    with opened(database, grootboek, sleutel) as rekenschap, progress_bar() as progress:
        task = progress.add_task("regels", total=rekenschap.positie)
        count = rekenschap.verify(
            lambda done: progress.update(task, completed=done),
            tegen=kept,
        )
    click.echo(
        f"De keten van {grootboek} klopt: {count} vastleggingen, van de eerste tot de laatste."
    )
    if kept:
        furthest = max(one.omvang for one in kept)
        click.echo(
            f"Tot en met positie {furthest} is het log zoals het was bij de bewaarde "
            f"controlepunten ({len(kept)})."
        )
