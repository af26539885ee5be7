"""``rekenschap gezondheid``: is this ledger in good shape, now?"""

from collections.abc import Sequence
from pathlib import Path

import click

from rekenschap.application.gezondheid import Gesteldheid
from rekenschap.infrastructure.cli.errors import FAILED
from rekenschap.infrastructure.cli.kept import TEGEN, all_kept
from rekenschap.infrastructure.cli.options import grootboek_options
from rekenschap.infrastructure.cli.plain import as_json, plain
from rekenschap.infrastructure.health import examined_at


@click.command()
@grootboek_options
@TEGEN
@click.option("--json", "machine", is_flag=True, help="One JSON object.")
@click.pass_context
def gezondheid(
    ctx: click.Context,
    database: str,
    grootboek: str,
    sleutel: str | None,
    tegen: Sequence[Path],
    machine: bool,
) -> None:
    """Tell how a ledger is doing: storage, log, tables, clock, key, disk.

    It reads a few rows and writes nothing, and it answers when the database cannot be reached. A
    warning is something to look at soon; it does not change the exit status.

    \b
    Examples:
      rekenschap gezondheid -d sqlite:///gemeente.db -g gemeente
      rekenschap gezondheid -d postgresql://localhost/jeugd -g gemeente -s gemeente.sleutel --json

    Exit status: 0 nothing is wrong, 1 something is, 2 the input is not right.
    """
    found = examined_at(database, grootboek, sleutel, all_kept(tegen))
    if machine:
        click.echo(as_json({"gesteldheid": found.gesteldheid, **plain(found)}))
    else:
        for one in found.bevindingen:
            click.echo(f"{one.gesteldheid:<12}  {one.onderdeel:<12}  {one.zin}")
        click.echo(f"{grootboek}: {found.gesteldheid}")
    if found.gesteldheid is Gesteldheid.FOUT:
        ctx.exit(FAILED)
