"""Evidence from the command line: ``controlepunt``, ``bewijs`` and ``export``."""

from collections.abc import Sequence
from pathlib import Path

import click

from rekenschap.application import Controlepunt, Incorrect, Onbeschikbaar, Rekenschap
from rekenschap.application.bewijs import position_of
from rekenschap.infrastructure.cli.kept import TEGEN, all_kept
from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.progress import progress_bar
from rekenschap.infrastructure.evidence.keeping import Controlepuntbestand
from rekenschap.infrastructure.words import number


@click.command()
@grootboek_options
@click.option("--omvang", type=click.IntRange(0), metavar="N", help="Of the first N lines only.")
@click.option(
    "--bewaar",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Add it to this file, once the ledger fits all checkpoints in it.",
)
def controlepunt(
    database: str, grootboek: str, sleutel: str | None, omvang: int | None, bewaar: Path | None
) -> None:
    """Make a checkpoint: the whole ledger up to now in one short text.

    Keep it where whoever can write to the database cannot change it: on another machine, in an
    archive, in print. Later, `rekenschap verify --tegen FILE` tells whether anything from before
    it was changed. The chain is verified on the way, so it is never made of a broken one.

    \b
    Examples:
      rekenschap controlepunt -d sqlite:///gemeente.db -g gemeente
      rekenschap controlepunt ... --bewaar /elsewhere/controlepunten.txt
    """
    keeper = None if bewaar is None else Controlepuntbestand(bewaar)
    with opened(database, grootboek, sleutel) as rekenschap, progress_bar() as progress:
        task = progress.add_task("regels", total=omvang or rekenschap.positie)
        made = rekenschap.controlepunt(
            omvang=omvang,
            bewaarder=keeper,
            progress=lambda done: progress.update(task, completed=done),
        )
    click.echo(made.tekst, nl=False)


@click.command()
@grootboek_options
@click.option("--positie", type=click.IntRange(1), metavar="N", help="The line it is about.")
@click.option("--beslissing", metavar="REF", help="Or the reference of a decision.")
@click.option(
    "--samenhang",
    is_flag=True,
    help="Or: that the ledger of now begins with that of the last checkpoint in --tegen.",
)
@TEGEN
@click.option(
    "--naar",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it to this new file. Default: standard output.",
)
def bewijs(
    database: str,
    grootboek: str,
    sleutel: str | None,
    positie: int | None,
    beslissing: str | None,
    samenhang: bool,
    tegen: Sequence[Path],
    naar: Path | None,
) -> None:
    """Prove one line to somebody who sees no other: a JSON document that can be checked apart.

    With --tegen the proof leads to the first checkpoint in there that has the line in it, so that
    whoever kept that checkpoint can check it; without, to one that is made now. The document is
    checked with verify.py, which lies in every export.

    \b
    Examples:
      rekenschap bewijs ... --positie 351 --tegen controlepunten.txt --naar bewijs-351.json
      rekenschap bewijs ... --beslissing gemeente/351
      rekenschap bewijs ... --samenhang --tegen controlepunten.txt
    """
    if [positie is not None, beslissing is not None, samenhang].count(True) != 1:
        raise click.UsageError(
            "Geef één van drie: --positie N, --beslissing REF, of --samenhang met --tegen FILE."
        )
    kept = all_kept(tegen)
    if samenhang and not kept:
        raise click.UsageError("Geef bij --samenhang met --tegen waar het van uitgaat.")
    with opened(database, grootboek, sleutel) as rekenschap:
        if samenhang:
            text = rekenschap.samenhangsbewijs(max(kept, key=lambda one: one.omvang)).tekst
        else:
            text = _inclusion(rekenschap, positie, beslissing, kept)
    _told(text, naar)


@click.command()
@grootboek_options
@click.option(
    "--naar",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="A folder that is not there yet, or is empty.",
)
@TEGEN
def export(
    database: str, grootboek: str, sleutel: str | None, naar: Path, tegen: Sequence[Path]
) -> None:
    """Write the whole log to a folder that an auditor can check without this program.

    Every stored field of every line as JSON Lines, the checkpoints of --tegen and one of now, the
    verifier (one file, Python alone) and how to use it. The vault does not go along.

    \b
    Examples:
      rekenschap export -d sqlite:///gemeente.db -g gemeente --naar export-2026-09-30
      python3 export-2026-09-30/verify.py export-2026-09-30 --tegen controlepunten.txt
    """
    kept = all_kept(tegen)
    with opened(database, grootboek, sleutel) as rekenschap, progress_bar() as progress:
        task = progress.add_task("regels", total=rekenschap.positie)
        made = rekenschap.exporteer(
            naar,
            controlepunten=kept,
            progress=lambda done: progress.update(task, completed=done),
        )
    click.echo(f"{number(made.omvang)} vastleggingen van {grootboek} staan in {naar}.")
    click.echo(f"Controleer ze met: python3 {naar / 'verify.py'} {naar} --tegen CONTROLEPUNTEN")


def _inclusion(
    rekenschap: Rekenschap,
    positie: int | None,
    beslissing: str | None,
    kept: Sequence[Controlepunt],
) -> str:
    """The document; to the first checkpoint that was kept and has the line in it."""
    if not kept:
        return rekenschap.insluitingsbewijs(positie=positie, beslissing=beslissing).tekst
    at = positie or position_of(rekenschap.grootboek, str(beslissing))
    later = [one for one in kept if one.omvang >= at]
    if not later:
        raise Incorrect("tegen", at, "a file with a checkpoint that has this line in it")
    first = min(later, key=lambda one: one.omvang)
    return rekenschap.insluitingsbewijs(positie=at, controlepunt=first).tekst


def _told(text: str, path: Path | None) -> None:
    if path is None:
        click.echo(text, nl=False)
        return
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError as error:
        raise Incorrect("naar", str(path), "a file that does not exist yet") from error
    except OSError as error:
        raise Onbeschikbaar(f"the proof cannot be written ({error.strerror})") from error
    click.echo(f"Het bewijs staat in {path}.")
