"""``rekenschap verhuis``: take a grootboek to another database."""

import click

from rekenschap.infrastructure.cli.options import database_option, existing_file, grootboek_option
from rekenschap.infrastructure.cli.progress import progress_bar
from rekenschap.infrastructure.verhuizing import verhuis as moved
from rekenschap.infrastructure.words import number


@click.command()
@database_option
@grootboek_option
@click.option("--naar", required=True, metavar="URL", help="The database it goes to.")
def verhuis(database: str, grootboek: str, naar: str) -> None:
    """Take a ledger to another database: from a file to a server, or back.

    Stop whatever uses it first, also who only reads. Every line, reference and command id is copied
    and verified there in one transaction, with the vault and the log of who read what; when
    anything is wrong nothing of the ledger is left there. The key is the same one; give it with
    --sleutel from now on. The old database is left as it is: put it away, for what is recorded
    there afterwards stays there.

    \b
    Example:
      rekenschap verhuis -d sqlite:///zorg.db -g gemeente \\
          --naar postgresql://eigenaar@localhost/jeugd
    """
    existing_file(database)
    with progress_bar() as bar:
        task = bar.add_task("verhuizen", total=None)
        done = moved(
            database,
            naar,
            grootboek=grootboek,
            voortgang=lambda count, of: bar.update(task, completed=count, total=of),
        )
    lines = number(done.regels)
    click.echo(f"{done.grootboek}: {lines} regels staan in de nieuwe database, en ze kloppen.")
    click.echo("Gebruik dezelfde sleutel. Zet de oude database weg: wie daar nog iets vastlegt,")
    click.echo("legt het alleen daar vast.")
