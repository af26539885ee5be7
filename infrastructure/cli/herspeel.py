"""``rekenschap herspeel``: a part of the ledger decided again, under the same or other rules."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import click
from attrs import define, field

from rekenschap.application.replay import Herbeslissing
from rekenschap.domain.andere_regels import AndereRegels
from rekenschap.domain.effects import value_of
from rekenschap.domain.quantities import half_up
from rekenschap.domain.verdicts import Beslissing
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
@click.option("--json", "machine", is_flag=True, help="One JSON object per line that differs.")
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
    report = Verslag()
    with opened(database, grootboek, sleutel) as rekenschap, asking(), progress_bar() as progress:
        task = progress.add_task("vastleggingen", total=rekenschap.positie)
        found = rekenschap.herspeel(
            regels,
            **part,
            progress=lambda done: progress.update(task, completed=done),
        )
        for one in report.through(found):
            click.echo(as_json(one) if machine else "\n".join(_lines(one)))
    if not machine:
        click.echo("\n".join(report.lines(rules_words(regels))))
    if regels is None and report.different:
        raise SystemExit(1)


@define
class Verslag:
    """Counts what goes by: how many lines, how many that differ, and the amounts."""

    seen: int = 0
    different: int = 0
    outcomes: Counter[tuple[str, str]] = field(factory=Counter)
    erased: set[str] = field(factory=set)
    then_cents: Fraction = Fraction(0)
    now_cents: Fraction = Fraction(0)
    unpriced: int = 0

    def through(self, found: Iterator[Herbeslissing]) -> Iterator[Herbeslissing]:
        """Only the ones that differ; all are counted."""
        for one in found:
            self.seen += 1
            self.erased.update(one.gewist)
            if one.anders:
                self._count(one)
                yield one

    def _count(self, one: Herbeslissing) -> None:
        self.different += 1
        self.outcomes[_outcome(one.toen), _outcome(one.nu)] += 1
        then, now = _cents(one.toen), _cents(one.nu)
        if then is None or now is None:
            self.unpriced += 1
        else:
            self.then_cents += then
            self.now_cents += now

    def lines(self, rules: str) -> Iterator[str]:
        """The totals for people."""
        yield f"Herspeeld: {number(self.seen)} vastleggingen; regels: {rules}."
        if self.erased:
            told = ", ".join(sorted(self.erased))
            yield f"Gewist: {told} konden niet opnieuw worden getoetst; daar geldt wat er stond."
        if not self.different:
            yield "Alles zou hetzelfde zijn beslist."
            return
        yield f"Anders: {number(self.different)}"
        for (then, now), count in sorted(self.outcomes.items()):
            yield f"  {then} → {now}: {number(count)}"
        yield (
            f"Waarde van wat anders zou zijn: {value_words(half_up(self.then_cents))} → "
            f"{value_words(half_up(self.now_cents))}"
        )
        if self.unpriced:
            yield f"  bij {number(self.unpriced)} is geen prijs bekend; die tellen niet mee"


def _lines(one: Herbeslissing) -> Iterator[str]:
    yield f"{one.beslissing}  {event_words(one.gebeurtenis)}, {day_words(one.datum)}"
    yield f"    was: {outcome_words(one.toen)}{_effect(one.toen)}"
    yield f"    zou zijn: {outcome_words(one.nu)}{_effect(one.nu)}"
    if one.onmogelijk is not None:
        yield "    Dit had dan niet zo gevraagd kunnen worden."
    if one.gewist:
        yield f"    gewist: {', '.join(one.gewist)}"


def _outcome(decision: Beslissing | None) -> str:
    return "niet vastgelegd" if decision is None else str(decision.uitkomst).replace("_", " ")


def _effect(decision: Beslissing | None) -> str:
    effect = None if decision is None or not decision.uitkomst.erkend else decision.gevolg
    if effect is None or effect.aantal is None:
        return ""
    cents = value_of(effect)
    money = "" if not cents else f", {value_words(half_up(cents))}"
    return f"; {quantity(effect.aantal, effect.eenheid)}{money}"


def _cents(decision: Beslissing | None) -> Fraction | None:
    """What a decision comes to in money: nothing when it does not count."""
    if decision is None or not decision.uitkomst.erkend or decision.gevolg is None:
        return Fraction(0)
    return value_of(decision.gevolg)
