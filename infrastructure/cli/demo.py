"""``rekenschap demo``: a caseload of two years, played in seconds."""

import io
import sys
import time

import click
from rich.console import Console

from rekenschap.infrastructure.cli.progress import progress_bar
from rekenschap.infrastructure.demo.place import fresh_file
from rekenschap.infrastructure.demo.play import play_demo
from rekenschap.infrastructure.demo.show import show


@click.command()
@click.option(
    "--database",
    "-d",
    metavar="URL",
    help="Where the ledger is made. Default: a fresh file in the folder rekenschap-demo.",
)
@click.option(
    "--sleutel",
    "-s",
    type=click.Path(dir_okay=False),
    envvar="REKENSCHAP_SLEUTEL",
    show_envvar=True,
    metavar="FILE",
    help="The key file of the vault; needed for a server, made beside an SQLite file.",
)
@click.option("--seed", default=2025, show_default=True, help="Another seed, another caseload.")
@click.option(
    "--jeugdigen",
    type=click.IntRange(1, 5000),
    default=200,
    show_default=True,
    help="How many youths.",
)
@click.option("--keep", is_flag=True, help="Leave an earlier demo; make a folder beside it.")
def demo(database: str | None, sleutel: str | None, seed: int, jeugdigen: int, keep: bool) -> None:
    """Play two years of youth care in a ledger and show what can be asked of it.

    Everybody in it is made up; the rules are real (twente-2025). The same seed gives the same
    outcomes. The ledger stays, so that you can go on asking: the demo ends with the commands.

    \b
    Examples:
      rekenschap demo
      rekenschap demo --keep --seed 7 --jeugdigen 400
      rekenschap demo --database postgresql://localhost/test --sleutel test.sleutel
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            errors="replace"
        )  # a screen without these signs still shows the rest
    url = database or f"sqlite:///{fresh_file(keep=keep).as_posix()}"
    screen, began = Console(highlight=False, emoji=False), time.monotonic()
    with progress_bar() as progress:
        task = progress.add_task("dagen van 2025 en 2026", total=None)
        played = play_demo(
            url,
            seed=seed,
            youths=jeugdigen,
            sleutel=sleutel,
            progress=lambda done, days: progress.update(task, completed=done, total=days),
        )
    seconds = time.monotonic() - began
    place = database or url.removeprefix("sqlite:///")
    screen.print(f"Twee jaar jeugdhulp (2025 en 2026) nagespeeld in {seconds:.0f} seconden.")
    screen.print("Iedereen is verzonnen en de klok is nagedaan; de regels zijn echt.")
    screen.print(f"Het grootboek staat in {place}.", soft_wrap=True)
    show(played, screen, url=url, sleutel=sleutel)
