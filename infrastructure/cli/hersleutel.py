"""``rekenschap hersleutel``: another key for the vault of a grootboek."""

import click

from rekenschap.infrastructure.cli.options import existing_file, grootboek_options
from rekenschap.infrastructure.hersleutelen import hersleutel as with_another_key
from rekenschap.infrastructure.words import number


@click.command()
@grootboek_options
@click.option(
    "--nieuw",
    required=True,
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="The new key file; made when it is not there.",
)
def hersleutel(database: str, grootboek: str, sleutel: str | None, nieuw: str) -> None:
    """Put the vault of a ledger under another key.

    Stop whatever uses the ledger first. Everything in the vault is sealed anew under it, in one
    transaction; decisions, references and evidence stay as they are. Keep the old key as long as
    copies of the database from before: they still need it.

    \b
    Example:
      rekenschap hersleutel -d postgresql://eigenaar@localhost/jeugd -g gemeente \\
          -s gemeente.sleutel --nieuw gemeente-2027.sleutel
    """
    existing_file(database)
    count = with_another_key(database, grootboek=grootboek, sleutel=sleutel, nieuw=nieuw)
    click.echo(f"{grootboek}: de kluis van {number(count)} personen is nu van de nieuwe sleutel.")
    click.echo(f"Open het grootboek voortaan met {nieuw}; bewaar een kopie, apart van de database.")
    click.echo("De oude sleutel blijft nodig voor reservekopieën van daarvoor.")
