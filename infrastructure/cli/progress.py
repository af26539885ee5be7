"""The bar on standard error while a command works; silent where nobody watches."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


def progress_bar(*, silent: bool = False) -> Progress:
    """A bar that goes away when the work is done; none when silent or not on a terminal."""
    screen = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=screen,
        transient=True,
        disable=silent or not screen.is_terminal,
    )
