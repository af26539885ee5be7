"""``rekenschap reproduceer``: decisions made again from their receipts, byte for byte."""

from collections.abc import Iterator

import click

from rekenschap.application import Rekenschap
from rekenschap.application.parallel import Werkers
from rekenschap.application.reproduction import Reproductie
from rekenschap.infrastructure.cli.clocks import asking
from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.plain import as_json
from rekenschap.infrastructure.cli.progress import progress_bar
from rekenschap.infrastructure.cli.workers import workers_options, working
from rekenschap.infrastructure.words import number, value_words


@click.command()
@grootboek_options
@click.option("--beslissing", "-b", metavar="B", help="One decision, by the reference it got.")
@click.option("--alles", is_flag=True, help="Every decision of the ledger.")
@workers_options
@click.option("--json", "machine", is_flag=True, help="One JSON object per decision.")
def reproduceer(
    database: str,
    grootboek: str,
    sleutel: str | None,
    beslissing: str | None,
    alles: bool,
    werkers: int,
    cluster: str | None,
    machine: bool,
) -> None:
    """Make a decision again from its receipt, and say whether every byte is the same.

    It is decided again on what was known then, by the rules its receipt names. Where it differs,
    what differs is named (exit 1). With --alles only what differs is shown.

    \b
    Examples:
      rekenschap reproduceer -d sqlite:///gemeente.db -g gemeente --beslissing gemeente/351
      rekenschap reproduceer ... --alles
      rekenschap reproduceer ... --alles --werkers alle
    """
    _one_or_all(beslissing, alles, parallel=werkers != 1 or cluster is not None)
    count = different = 0
    with (
        working(werkers, cluster) as workers,
        opened(database, grootboek, sleutel) as rekenschap,
        asking(),
    ):
        for one in _found(rekenschap, beslissing, workers):
            count, different = count + 1, different + (not one.gelijk)
            if not alles or not one.gelijk:
                click.echo(as_json(one) if machine else "\n".join(_lines(one)))
    if alles and not machine:
        same = number(count - different)
        click.echo(f"{number(count)} beslissingen opnieuw gemaakt: {same} tot op de byte gelijk.")
    if different:
        raise SystemExit(1)


def _one_or_all(beslissing: str | None, alles: bool, *, parallel: bool) -> None:
    if (beslissing is None) is not alles:
        raise click.UsageError("Noem een beslissing (--beslissing B), of vraag --alles.")
    if parallel and not alles:
        raise click.UsageError("--werkers en --cluster horen bij --alles.")


def _found(
    rekenschap: Rekenschap, beslissing: str | None, workers: Werkers
) -> Iterator[Reproductie]:
    if beslissing is not None:
        yield rekenschap.reproduceer(beslissing)
        return
    with progress_bar() as progress:
        task = progress.add_task("vastleggingen", total=rekenschap.positie)
        yield from rekenschap.reproduceer_alles(
            werkers=workers, progress=lambda done: progress.update(task, completed=done)
        )


def _lines(one: Reproductie) -> Iterator[str]:
    yield f"{one.beslissing}: " + ("tot op de byte gelijk" if one.gelijk else "NIET gelijk")
    yield f"    bekend tot en met positie {one.bekend_tot}; beslist door {one.programma}"
    yield f"    regelingen: {', '.join(digest[:16] for digest in one.regelingen) or 'geen'}"
    if one.gewist:
        yield f"    gewist: {', '.join(one.gewist)}; daarvan geldt het oordeel dat er staat"
    for differs in one.afwijkingen:
        place = "" if differs.positie is None else f" op positie {differs.positie}"
        yield f"    {differs.wat}{place}"
        yield f"        vastgelegd: {value_words(differs.vastgelegd)}"
        yield f"        opnieuw:    {value_words(differs.nu)}"
