"""``rekenschap rollen``: roles on a PostgreSQL server that can do no more than they need."""

import click

from rekenschap.infrastructure.cli.options import database_option
from rekenschap.infrastructure.roles import Rollen, make_roles
from rekenschap.infrastructure.store.engine import make_engine


@click.command()
@database_option
@click.option(
    "--schrijver", default=Rollen().schrijver, show_default=True, metavar="ROLE", help="Who writes."
)
@click.option(
    "--lezer", default=Rollen().lezer, show_default=True, metavar="ROLE", help="Who only reads."
)
@click.option("--kluis", is_flag=True, help="The reader may read the tables of the vault as well.")
@click.option(
    "--zonder-rijbeveiliging",
    is_flag=True,
    help="Do not hold connections to the rows of the ledger they say they are for.",
)
def rollen(
    database: str, schrijver: str, lezer: str, kluis: bool, zonder_rijbeveiliging: bool
) -> None:
    """Make the roles for services and readers, or bring their rights up to date.

    For the owner of the tables. A service logs in as a member of the role that writes: it can add
    to the log, and the server refuses it to alter or delete what is recorded, or any table. The
    other role only reads. Run it again after `rekenschap migreer`.

    \b
    Examples:
      rekenschap rollen -d postgresql://owner@localhost/jeugd
      psql jeugd -c "CREATE ROLE dienst LOGIN PASSWORD '…' IN ROLE rekenschap_schrijver"
    """
    roles = Rollen(schrijver, lezer)
    engine = make_engine(database)
    try:
        make_roles(engine, roles, kluis=kluis, rijbeveiliging=not zonder_rijbeveiliging)
    finally:
        engine.dispose()
    vault = "ook in de kluis" if kluis else "niet in de kluis"
    rows = "staat uit" if zonder_rijbeveiliging else "staat aan"
    click.echo(f"{schrijver} kan toevoegen, en niets wijzigen van wat is vastgelegd.")
    click.echo(f"{lezer} kan lezen, {vault}.")
    click.echo(f"De beveiliging van rijen per grootboek {rows}.")
