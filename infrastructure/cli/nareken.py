"""``rekenschap nareken``: do the tables say what the log says?"""

from datetime import date

import click

from rekenschap.infrastructure.cli.clocks import read_day
from rekenschap.infrastructure.cli.herbouwd import recounted
from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.progress import progress_bar


@click.command()
@grootboek_options
@click.option(
    "--geldig-op",
    type=read_day,
    metavar="DAG",
    help="The valid day of the balances. Default: today.",
)
@click.pass_context
def nareken(
    ctx: click.Context,
    database: str,
    grootboek: str,
    sleutel: str | None,
    geldig_op: date | None,
) -> None:
    """Work every balance out anew from the log, and hold the tables against it.

    The tables only answer faster, and no seal covers them. This adds up what every allocation
    comes to on one valid day, by the log alone, and names those of which the tables say something
    else. It writes nothing, so what the tables do not hold yet is left out; rebuild puts right what
    stands otherwise, on every day.

    \b
    Examples:
      rekenschap nareken -d sqlite:///gemeente.db -g gemeente
      rekenschap nareken ... --geldig-op 2026-12-31

    Exit status: 0 they say the same, 1 they do not, or the log cannot be read, 2 there is no such
    ledger, 3 the store cannot be reached.
    """
    with opened(database, grootboek, sleutel) as rekenschap, progress_bar() as progress:
        head = rekenschap.positie
        task = progress.add_task("regels", total=head)
        found = rekenschap.nareken(
            lambda done: progress.update(task, completed=done), geldig_op=geldig_op
        )
    click.echo(recounted(found, grootboek, head), err=not found.gelijk)
    if not found.gelijk:
        ctx.exit(1)
