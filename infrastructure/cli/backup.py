"""``rekenschap backup`` and ``herstel``: a copy of an SQLite file, and putting it back."""

from collections.abc import Sequence

import click

from rekenschap.infrastructure import backup as copies
from rekenschap.infrastructure.backup import Kop
from rekenschap.infrastructure.words import number

_DATABASE = click.option(
    "--database",
    "-d",
    required=True,
    envvar="REKENSCHAP_DATABASE",
    show_envvar=True,
    metavar="URL",
    help="sqlite:///file.db; of PostgreSQL use pg_dump.",
)


def _kop(text: str) -> Kop:
    """``name:position:hash``, as ``backup`` says it. Raises BadParameter."""
    parts = text.rsplit(":", 2)
    if len(parts) != 3 or not all(parts) or not parts[1].isdecimal():
        raise click.BadParameter(f"{text!r} is geen kop; schrijf hem als naam:positie:hash")
    return Kop(parts[0], int(parts[1]), parts[2])


@click.command()
@_DATABASE
@click.option("--naar", required=True, type=click.Path(dir_okay=False), metavar="FILE")
def backup(database: str, naar: str) -> None:
    """Copy a database to a new file, while others go on writing to it.

    The copy is one moment: all that was committed before it. The key of the vault is NOT in it;
    keep a copy of that, and of the register of erasures, somewhere else. Note the ends this prints
    apart from the copy: a chain alone does not show that its end was cut off.

    \b
    Example:
      rekenschap backup -d sqlite:///gemeente.db --naar 2026-11-30.db
    """
    heads = copies.backup(database, naar)
    for one in heads:
        click.echo(f"kop {one.grootboek}:{one.positie}:{one.hash}")
    click.echo(f"De reservekopie staat in {naar}. De sleutel staat er niet in: bewaar die apart.")


@click.command()
@click.option("--van", required=True, type=click.Path(dir_okay=False), metavar="FILE")
@_DATABASE
@click.option(
    "--sleutel",
    "-s",
    type=click.Path(dir_okay=False),
    envvar="REKENSCHAP_SLEUTEL",
    show_envvar=True,
    metavar="FILE",
    help="The key file of the vault; else the one beside the new database.",
)
@click.option(
    "--wissingen",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="The register of erasures: whom it names is erased again.",
)
@click.option(
    "--kop",
    "koppen",
    multiple=True,
    type=_kop,
    metavar="NAME:POSITION:HASH",
    help="An end that was noted; may be given more than once.",
)
def herstel(
    van: str, database: str, sleutel: str | None, wissingen: str | None, koppen: Sequence[Kop]
) -> None:
    """Put a copy back as a new database, never over one that is there.

    The seal of every ledger in it is verified, its end is held against what you noted, and whoever
    was erased since the copy was made is erased again: that is recorded anew. When anything is
    wrong, nothing is left behind.

    \b
    Example:
      rekenschap herstel --van 2026-11-30.db -d sqlite:///terug.db -s gemeente.sleutel \\
          --wissingen wissingen.jsonl --kop gemeente:5120:9f86d08188…
    """
    done = copies.herstel(van, database, sleutel=sleutel, wissingen=wissingen, koppen=koppen)
    for one in done:
        click.echo(
            f"{one.grootboek}: {number(one.vastleggingen)} vastleggingen kloppen; "
            f"{number(one.opnieuw_gewist)} keer opnieuw gewist."
        )
    if wissingen is None:
        click.echo("Let op: zonder --wissingen is niemand opnieuw gewist.")
