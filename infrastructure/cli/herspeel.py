"""``rekenschap herspeel``: a part of the ledger decided again, under the same or other rules."""

from collections.abc import Iterator
from typing import Any

import click

from rekenschap.application.replay import Herbeslissing
from rekenschap.application.verslag import Herspeelverslag
from rekenschap.domain.andere_regels import VAN_TOEN, AndereRegels
from rekenschap.domain.effects import value_of
from rekenschap.domain.quantities import half_up
from rekenschap.domain.verdicts import Beslissing
from rekenschap.domain.vocabulary import Uitkomst
from rekenschap.infrastructure.cli.clocks import asking, read_day, rules_words
from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.other_rules import rules_options
from rekenschap.infrastructure.cli.plain import as_json
from rekenschap.infrastructure.cli.progress import progress_bar
from rekenschap.infrastructure.difference_words import outcome_words
from rekenschap.infrastructure.words import day_words, event_words, number, quantity, value_words


@click.command()
@grootboek_options
@click.option("--toewijzing", "-t", metavar="T", help="Only this allocation.")
@click.option("--jeugdige", "-j", metavar="J", help="Only this youth, by your own id.")
@click.option("--aanbieder", "-a", metavar="A", help="Only what was granted to this provider.")
@click.option("--van", type=read_day, metavar="DAG", help="Only what is about this day or later.")
@click.option("--tot-en-met", type=read_day, metavar="DAG", help="Up to and including this day.")
@rules_options
@click.option(
    "--json",
    "machine",
    is_flag=True,
    help="One JSON object per line that differs, then the totals.",
)
def herspeel(
    database: str,
    grootboek: str,
    sleutel: str | None,
    regels: AndereRegels | None,
    machine: bool,
    **part: Any,
) -> None:
    """Decide a part of the ledger again, and report every decision that would have differed.

    Without options about rules: under the rules of then, which must give what was recorded (exit 1
    when it does not). With them: what would have been decided. What is decided otherwise counts,
    or does not count, for what comes after it. Nothing is recorded: what would have been cannot be.

    \b
    Examples:
      rekenschap herspeel -d sqlite:///gemeente.db -g gemeente
      rekenschap herspeel ... --jeugdige client-271828 --zonder REGEL
      rekenschap herspeel ... --van 2026-01-01 --tot-en-met 2026-06-30 --getal REGEL.NAAM=6
      rekenschap herspeel ... --regels draft-2027.yaml --json
    """
    report = Herspeelverslag()
    with opened(database, grootboek, sleutel) as rekenschap, asking(), progress_bar() as progress:
        task = progress.add_task("vastleggingen", total=rekenschap.positie)
        found = rekenschap.herspeel(
            regels,
            **part,
            progress=lambda done: progress.update(task, completed=done),
        )
        for one in report.door(found):
            click.echo(as_json(one) if machine else "\n".join(_lines(one)))
    if machine:
        click.echo(as_json({"verslag": _figures(report), "volgens": str(regels or VAN_TOEN)}))
    else:
        click.echo("\n".join(_totals(report, rules_words(regels))))
    if regels is None and report.anders:
        raise SystemExit(1)


def _figures(report: Herspeelverslag) -> dict[str, Any]:
    return {
        "gezien": report.gezien,
        "anders": report.anders,
        "uitkomsten": [
            {"toen": then, "nu": now, "aantal": count}
            for (then, now), count in report.uitkomsten.items()
        ],
        "omvang": report.omvang,
        "geld": report.geld,
        "zonder_prijs": report.zonder_prijs,
        "gewist": tuple(sorted(report.gewist)),
    }


def _totals(report: Herspeelverslag, rules: str) -> Iterator[str]:
    yield f"Herspeeld: {number(report.gezien)} vastleggingen; regels: {rules}."
    if report.gewist:
        told = ", ".join(sorted(report.gewist))
        yield f"Gewist: {told} konden niet opnieuw worden getoetst; daar geldt wat er stond."
    if not report.anders:
        yield "Alles zou hetzelfde zijn beslist."
        return
    yield f"Anders: {number(report.anders)}"
    changes = ((_outcome(a), _outcome(b), n) for (a, b), n in report.uitkomsten.items())
    for before, after, count in sorted(changes):
        yield f"  {before} → {after}: {number(count)}"
    for size in report.omvang:
        was, now = quantity(size.toen, size.eenheid), quantity(size.nu, size.eenheid)
        yield f"  {value_words(size.soort)}: {was} → {now}"
    for kind, money in report.geld.items():
        yield f"  {value_words(kind)} in geld: {value_words(money.toen)} → {value_words(money.nu)}"
    if report.zonder_prijs:
        yield f"  bij {number(report.zonder_prijs)} is geen prijs bekend; die tellen niet mee"


def _lines(one: Herbeslissing) -> Iterator[str]:
    yield f"{one.beslissing}  {event_words(one.gebeurtenis)}, {day_words(one.datum)}"
    yield f"    was: {outcome_words(one.toen)}{_effect(one.toen)}"
    yield f"    zou zijn: {outcome_words(one.nu)}{_effect(one.nu)}"
    if one.onmogelijk is not None:
        yield "    Dit had dan niet zo gevraagd kunnen worden."
    if one.gewist:
        yield f"    gewist: {', '.join(one.gewist)}"


def _outcome(outcome: Uitkomst | None) -> str:
    return "niet vastgelegd" if outcome is None else value_words(outcome)


def _effect(decision: Beslissing | None) -> str:
    effect = None if decision is None or not decision.uitkomst.erkend else decision.gevolg
    if effect is None or effect.aantal is None:
        return ""
    cents = value_of(effect)
    money = "" if not cents else f", {value_words(half_up(cents))}"
    return f"; {quantity(effect.aantal, effect.eenheid)}{money}"
