"""``rekenschap verify``: is what was recorded still what was recorded?"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from rekenschap.application import Controlepunt
from rekenschap.infrastructure.cli.kept import TEGEN, all_kept
from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.progress import progress_bar
from rekenschap.infrastructure.cli.workers import workers_options, working


@click.command()
@grootboek_options
@TEGEN
@click.option(
    "--alleen-keten",
    is_flag=True,
    help="Only the chain of lines, several times quicker: not what stands beside it.",
)
@workers_options
def verify(
    database: str,
    grootboek: str,
    sleutel: str | None,
    tegen: Sequence[Path],
    alleen_keten: bool,
    werkers: int,
    cluster: str | None,
) -> None:
    """Verify the chain of a ledger from its first line to its head.

    Every line is sealed with the one before it, so a line that was changed, removed or put in
    later is found, and the first bad position is named. What each line touches, and the command
    ids with their positions, are compared with what the sealed lines say.

    Who can write to the database can also write all of it anew, or cut off its tail, with hashes
    that fit. That shows only against checkpoints that were kept elsewhere: give them with --tegen.
    With --werkers or --cluster stretches of the log are judged at the same time.

    \b
    Examples:
      rekenschap verify --database sqlite:///gemeente.db --grootboek gemeente
      rekenschap verify -d postgresql://localhost/jeugd -g gemeente -s gemeente.sleutel
      rekenschap verify ... --tegen /elsewhere/controlepunten.txt
      rekenschap verify ... --werkers alle

    Exit status: 0 the chain holds, 1 it does not, 2 there is no such ledger, 3 the store cannot
    be reached.
    """
    kept = all_kept(tegen)
    with (
        working(werkers, cluster) as workers,
        opened(database, grootboek, sleutel) as rekenschap,
        progress_bar() as progress,
    ):
        task = progress.add_task("regels", total=rekenschap.positie)
        told = partial(progress.update, task)
        how: Any = {"tegen": kept, "werkers": workers, "alleen_keten": alleen_keten}
        count = rekenschap.verify(lambda n: told(completed=n), **how)
    click.echo(_told(grootboek, count, kept, alleen_keten))


def _told(grootboek: str, count: int, kept: Sequence[Controlepunt], alleen_keten: bool) -> str:
    lines = [
        f"De keten van {grootboek} klopt: {count} vastleggingen, van de eerste tot de laatste."
    ]
    if kept:
        furthest = max(one.omvang for one in kept)
        lines.append(
            f"Tot en met positie {furthest} is het log zoals het was bij de bewaarde "
            f"controlepunten ({len(kept)})."
        )
    if alleen_keten:
        lines.append("Wat ernaast staat (verwijzingen en opdrachten) is niet nagegaan.")
    return "\n".join(lines)
