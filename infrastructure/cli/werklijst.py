"""``rekenschap werklijst``: what somebody should look at, as of a day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import click

from rekenschap.application import Rekenschap, SoortWerk, Werk
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.facts import RegelingIngevoerd
from rekenschap.infrastructure.cli.clocks import KNOWN, Bekend, asking, read_day
from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.plain import as_json
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.regelingen import read_regeling
from rekenschap.infrastructure.words import UITKOMST, day_words, pairs_words

HEADINGS: Final[Mapping[SoortWerk, str]] = {
    SoortWerk.SIGNAAL: "Open signalen",
    SoortWerk.TERMIJN_VERSTREKEN: "Termijnen die zijn verstreken",
    SoortWerk.TERMIJN_LOOPT: "Termijnen die binnenkort aflopen",
    SoortWerk.BEZWAAR_TERMIJN: "Bezwaren waarop moet worden beslist",
    SoortWerk.VERWIJZING_VERLOOPT: "Verwijzingen die verlopen voordat de zorg is gestart",
    SoortWerk.BIJNA_OP: "Toewijzingen die bijna op zijn",
    SoortWerk.LOOPT_AF: "Toewijzingen die aflopen",
    SoortWerk.WACHT_OP_GOEDKEURING: "Wacht op goedkeuring",
    SoortWerk.TE_HERZIEN: "Te herzien: met wat nu bekend is, was het antwoord anders",
}


@click.command()
@grootboek_options
@click.option("--peildatum", type=read_day, metavar="DAG", help="As of this day. Default: today.")
@click.option("--jeugdige", "-j", metavar="J", help="Only of this youth, by your own id.")
@click.option(
    "--soort",
    "soorten",
    multiple=True,
    type=click.Choice([str(one) for one in SoortWerk]),
    help="Only this list; may be given more than once.",
)
@KNOWN
@click.option("--json", "machine", is_flag=True, help="One JSON object per line.")
def werklijst(
    database: str,
    grootboek: str,
    sleutel: str | None,
    peildatum: date | None,
    jeugdige: str | None,
    soorten: Sequence[str],
    bekend_op: Bekend | None,
    machine: bool,
) -> None:
    """Show what somebody should look at: of everybody, or of one youth.

    Open signals, terms that run out or ran out, referrals that soon lapse, allocations nearly used
    up or near their last day, steps that wait for approval, and decisions that would be different
    by what is known since. Asking records nothing, and needs no clock that is ahead.

    \b
    Examples:
      rekenschap werklijst -d sqlite:///gemeente.db -g gemeente
      rekenschap werklijst ... --peildatum 2026-09-30 --soort signaal --soort loopt_af
      rekenschap werklijst ... --jeugdige client-271828 --json
      rekenschap werklijst ... --peildatum 2026-09-30 --bekend-op 2026-09-30
    """
    day = peildatum or amsterdam_day(SystemClock().now())
    chosen = [SoortWerk(one) for one in soorten] or None
    with opened(database, grootboek, sleutel) as rekenschap, asking():
        found = rekenschap.werklijst(day, jeugdige=jeugdige, soorten=chosen, bekend_op=bekend_op)
        if machine:
            for work in found:
                click.echo(as_json(work))
            return
        click.echo("\n".join(_lines(list(found), _sentences(rekenschap), day)))


def _lines(found: Sequence[Werk], sentences: Mapping[str, str], day: date) -> Iterator[str]:
    for kind, heading in HEADINGS.items():
        works = [work for work in found if work.soort is kind]
        if works:
            yield f"{heading} ({len(works)})"
            for work in works:
                yield from _work(work, sentences)
            yield ""
    count = len(found)
    told = "niets" if not count else f"{count} ding{'en' if count > 1 else ''}"
    yield f"Peildatum: {day_words(day)}; {told} om naar te kijken."


def _work(work: Werk, sentences: Mapping[str, str]) -> Iterator[str]:
    who = f"jeugdige {work.jeugdige or 'iemand die is gewist'}"
    what = f"  {who}" if work.advies is None else f"  advies {work.advies}"
    what += f", toewijzing {work.toewijzing}" if work.toewijzing is not None else ""
    if work.toewijzing is None and work.verwijzing is not None:
        what += f", verwijzing {work.verwijzing}"
    what += f", beslissing {work.beslissing}" if work.beslissing is not None else ""
    if work.soort is SoortWerk.BEZWAAR_TERMIJN and work.uiterlijk is None:
        what += ", termijn niet te bepalen (bekendmaking niet vastgelegd)"
    yield what + (f", uiterlijk {day_words(work.uiterlijk)}" if work.uiterlijk else "")
    if work.toen is not None and work.nu is not None:
        yield f"    was: {UITKOMST[work.toen.uitkomst]}; zou nu zijn: {UITKOMST[work.nu.uitkomst]}"
        for verdict in work.nu.oordelen:
            compared = {str(name): value for name, value in verdict.vergeleken.items()}
            if compared:
                yield f"    nu vergeleken ({verdict.regel}): {pairs_words(compared)}"
    for rule in work.regels:
        yield f"    {rule}: {sentences.get(rule, '')}".rstrip(": ")


def _sentences(rekenschap: Rekenschap) -> Mapping[str, str]:
    """The sentence of every rule of the texts that were introduced, the latest first."""
    found: dict[str, str] = {}
    for line in rekenschap.lees(soorten=[RegelingIngevoerd.__name__]):
        assert isinstance(line.feit, RegelingIngevoerd)
        found.update((rule.id, rule.zin) for rule in read_regeling(line.feit.tekst).regels)
    return found
