"""Checkpoints that were kept in files, as commands are given them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from rekenschap.application import Controlepunt, Incorrect
from rekenschap.infrastructure.evidence.keeping import kept_in

TEGEN: Final = click.option(
    "--tegen",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Checkpoints that were kept elsewhere; may be given more than once.",
)


def all_kept(files: Sequence[Path]) -> list[Controlepunt]:
    """Every checkpoint in these files, once. Raises Incorrect for one that holds none."""
    found: list[Controlepunt] = []
    for path in files:
        here = kept_in(path)
        if not here:
            raise Incorrect("tegen", str(path), "a file with at least one checkpoint")
        found += here
    return list(dict.fromkeys(found))
