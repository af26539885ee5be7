"""``rekenschap migreer``: bring the tables of a database to the newest revision."""

import click

from rekenschap.infrastructure.cli.options import database_option, existing_file
from rekenschap.infrastructure.migrations.guards import restore_guards
from rekenschap.infrastructure.migrations.ready import bring_up_to_date, standing
from rekenschap.infrastructure.migrations.revisions import NEWEST
from rekenschap.infrastructure.store.engine import for_writing, make_engine
from rekenschap.infrastructure.store.faults import transaction
from rekenschap.infrastructure.store.schema import wait_for_turn


@click.command()
@database_option
@click.option("--sql", is_flag=True, help="Print what would be done as SQL, and do nothing.")
def migreer(database: str, sql: bool) -> None:
    """Bring the tables of a database to the revision that this program needs.

    Make a backup first. All of it is done in one transaction, or nothing. An SQLite file is brought
    up to date when it is opened; on PostgreSQL whoever owns the tables does it with this command,
    and then runs `rekenschap rollen` again where that is used. Guards of the log that somebody took
    away are put back as well; that is not part of what --sql prints.

    \b
    Examples:
      rekenschap migreer -d postgresql://owner@localhost/jeugd
      rekenschap migreer -d postgresql://owner@localhost/jeugd --sql > migratie.sql
    """
    existing_file(database)
    engine = make_engine(database)
    try:
        if sql:
            from rekenschap.infrastructure.migrations.alembic_runs import sql_to_upgrade

            click.echo(sql_to_upgrade(engine.dialect.name, standing(engine)), nl=False)
            return
        before = bring_up_to_date(engine)
        with transaction(for_writing(engine)) as connection:
            wait_for_turn(connection)
            missed = restore_guards(connection)
    finally:
        engine.dispose()
    if before.revision is None:
        click.echo(f"De tabellen zijn gemaakt, op revisie {NEWEST}.")
    elif before.revision == NEWEST:
        click.echo(f"De database is al bij, op revisie {NEWEST}.")
    else:
        click.echo(f"De database is bijgewerkt van revisie {before.revision} naar {NEWEST}.")
    if missed:
        click.echo(f"Deze wachters van het log ontbraken, en staan er weer: {', '.join(missed)}.")
        click.echo("Ga na wat er intussen is gebeurd: rekenschap verify.")
