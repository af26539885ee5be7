"""``rekenschap scenario``: play cases against a throw-away ledger."""

from pathlib import Path

import click
from rich.console import Console

from rekenschap.application import Incorrect
from rekenschap.infrastructure.cli.errors import FAILED, INCORRECT
from rekenschap.infrastructure.cli.progress import progress_bar
from rekenschap.infrastructure.regelingen import packaged, packaged_text, read_regeling
from rekenschap.infrastructure.scenario import (
    IN_MEMORY,
    Scenario,
    ScenarioFout,
    Verslag,
    as_json,
    as_lines,
    closing_line,
    play,
    read_files,
)


@click.group()
def scenario() -> None:
    """Cases a policy officer can read and the ledger can play."""


@scenario.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--json", "machine", is_flag=True, help="One JSON object per scenario and line.")
@click.option(
    "--producten",
    metavar="A,B",
    help="Play only the scenarios that name no other product than these.",
)
@click.option(
    "--database",
    "--store",
    default=IN_MEMORY,
    show_default=True,
    metavar="URL",
    help="Where the throw-away ledgers are made. In a database of your own they stay, under the "
    "name scenario-…; by default they live in memory and leave nothing.",
)
@click.option("--verbose", "-v", is_flag=True, help="Every step, with rule, values and quotes.")
@click.pass_context
def run(
    ctx: click.Context,
    files: tuple[Path, ...],
    machine: bool,
    producten: str | None,
    database: str,
    verbose: bool,
) -> None:
    """Play the scenarios of FILE... and compare the answers with what they expect.

    \b
    Examples:
      rekenschap scenario run cases.yaml
      rekenschap scenario run --verbose cases.yaml
      rekenschap scenario run --json cases.yaml > answers.jsonl
      rekenschap scenario run --producten A,B --database postgresql://localhost/test cases.yaml

    Exit status: 0 every expectation holds, 1 one does not, 2 a file cannot be read or played, or
    a product does not exist.
    """
    found = read_files(files)
    chosen = found if producten is None else _within(found, producten)
    reports, unplayable = _played(chosen, database, machine)
    if not machine:
        _print(reports, verbose)
        skipped = len(found) - len(chosen)
        click.echo(closing_line(reports, skipped=skipped, unplayable=len(unplayable)))
    for error in unplayable:
        click.echo(str(error), err=True)
    if unplayable:
        ctx.exit(INCORRECT)
    if any(report.geslaagd is False for report in reports):
        ctx.exit(FAILED)


def _within(found: list[Scenario], products: str) -> list[Scenario]:
    """Those that name no other products. Raises Incorrect for one that exists nowhere."""
    asked = [name.strip() for name in products.split(",")]
    known = {name for one in found for name in one.producten}
    for regulation in packaged():
        known.update(str(name) for name in read_regeling(packaged_text(regulation)).producten)
    for name in asked:
        if name not in known:
            raise Incorrect("producten", name, "one of " + ", ".join(sorted(known)))
    return [one for one in found if one.producten <= set(asked)]


def _played(
    chosen: list[Scenario], database: str, machine: bool
) -> tuple[list[Verslag], list[ScenarioFout]]:
    """Every scenario that can be played, and the errors of those that cannot."""
    reports: list[Verslag] = []
    errors: list[ScenarioFout] = []
    with progress_bar(silent=machine) as progress:
        task = progress.add_task("scenario's", total=len(chosen))
        for one in chosen:
            try:
                reports.append(play(one, database))
            except ScenarioFout as error:
                errors.append(error)
            else:
                if machine:
                    click.echo(as_json(reports[-1]))
            progress.advance(task)
    return reports, errors


def _print(reports: list[Verslag], verbose: bool) -> None:
    screen = Console(highlight=False, emoji=False)
    for report in reports:
        for line in as_lines(report, verbose=verbose):
            screen.print(line, soft_wrap=True)
