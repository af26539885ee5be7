"""``rekenschap verify``: is what was recorded still what was recorded?"""

import click

from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.progress import progress_bar


@click.command()
@grootboek_options
def verify(database: str, grootboek: str, sleutel: str | None) -> None:
    """Verify the chain of a ledger from its first line to its head.

    Every line is sealed with the one before it, so a line that was changed, removed or put in
    later is found, and the first bad position is named. What each line touches, and the command
    ids with their positions, are compared with what the sealed lines say.

    \b
    Examples:
      rekenschap verify --database sqlite:///gemeente.db --grootboek gemeente
      rekenschap verify -d postgresql://localhost/jeugd -g gemeente -s gemeente.sleutel

    Exit status: 0 the chain holds, 1 it does not, 2 there is no such ledger, 3 the store cannot
    be reached.
    """
    with opened(database, grootboek, sleutel) as rekenschap, progress_bar() as progress:
        task = progress.add_task("regels", total=rekenschap.positie)
        count = rekenschap.verify(lambda done: progress.update(task, completed=done))
    click.echo(
        f"De keten van {grootboek} klopt: {count} vastleggingen, van de eerste tot de laatste."
    )
