"""How many processes of this machine, or which cluster, work on a command."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import click

from rekenschap.application.parallel import Werkers
from rekenschap.infrastructure.parallel import Processes
from rekenschap.infrastructure.parallel.cluster import dask_at

F = TypeVar("F", bound=Callable[..., Any])
ALL: Final = "alle"


class _Number(click.ParamType[int]):
    """A number of processes; ``alle`` is one for every core, as 0 is."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value)
        if text == ALL:
            return 0
        if not text.isascii() or not text.isdigit():
            self.fail(f"{text!r} past hier niet; nodig is een aantal, of {ALL}", param, ctx)
        return int(text)


_OPTIONS: Final = (
    click.option(
        "--werkers",
        type=_Number(),
        default=1,
        metavar="N|alle",
        help="So many processes at the same time; alle (or 0): one per core. Default: 1.",
    ),
    click.option(
        "--cluster",
        metavar="ADRES",
        help="Or the machines of a Dask cluster, by its scheduler: tcp://host:8786.",
    ),
)


def workers_options(command: F) -> F:
    """``--werkers`` and ``--cluster``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@contextmanager
def working(werkers: int, cluster: str | None) -> Iterator[Werkers]:
    """What works, for the length of the block. Raises UsageError for both at once."""
    if cluster is not None and werkers != 1:
        raise click.UsageError("Kies: --werkers N op deze machine, of --cluster ADRES.")
    if cluster is not None:
        with dask_at(cluster) as machines:
            yield machines
    elif werkers == 1:
        yield 1
    else:
        with Processes(werkers) as processes:
            yield processes
