"""Shows the demo: readable at a glance, also without colours and when piped."""

import shlex
import sys
from collections.abc import Mapping
from decimal import Decimal
from itertools import islice
from pathlib import Path
from shutil import which
from typing import Final

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rekenschap.application import ToewijzingStand
from rekenschap.domain.calendar import AMSTERDAM, amsterdam_day
from rekenschap.infrastructure.demo.figures import Demo, Verhaal
from rekenschap.infrastructure.demo.objection import show_objection
from rekenschap.infrastructure.demo.play import GROOTBOEK
from rekenschap.infrastructure.demo.story import JEUGDIGE
from rekenschap.infrastructure.words import (
    ERNST,
    PLURAL,
    UITKOMST,
    day_digits,
    day_words,
    moment_words,
    number,
    pairs_words,
    quantity,
    signed,
)

WIDEST: Final = 96
RULES_SHOWN: Final = 6


def show(demo: Demo, screen: Console, *, url: str, sleutel: str | None) -> None:
    """The six parts of the demo, one below the other."""
    screen.width = min(screen.width, WIDEST)
    _heading(screen, "1. De caseload in cijfers")
    _figures(demo, screen)
    _heading(screen, f"2. De stand van toewijzing {demo.verhaal.nu.toewijzing}")
    _balance(demo.verhaal.nu, screen)
    _heading(screen, "3. Een weigering, met de grond erbij")
    _refusal(demo, screen)
    _heading(screen, "4. Dezelfde dag, twee keer bekeken")
    _twice(demo.verhaal, screen)
    _heading(screen, "5. Er komt bezwaar")
    show_objection(demo.verhaal, screen)
    _heading(screen, "6. Kijk zelf verder")
    _next(demo.verhaal, screen, url, sleutel)


def _heading(screen: Console, words: str) -> None:
    screen.print()
    screen.print(Text(words, style="bold"))
    screen.rule(characters="-" if screen.options.ascii_only else "─", style="dim")


def _figures(demo: Demo, screen: Console) -> None:
    figures = demo.cijfers
    screen.print(
        f"{number(figures.jeugdigen)} jeugdigen, {number(figures.verwijzingen)} verwijzingen, "
        f"{number(figures.toewijzingen_gevraagd)} toewijzingen gevraagd, "
        f"{number(figures.toewijzingen_verleend)} verleend.\n"
        f"{number(figures.stappen)} stappen beoordeeld; wat is geweigerd, is ook vastgelegd."
    )
    outcomes = _table("uitkomst", "stappen")
    for outcome, count in figures.uitkomsten.items():
        outcomes.add_row(UITKOMST[outcome], number(count))
    screen.print(outcomes)
    screen.print("De regels die het vaakst weigerden:")
    rules = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    rules.add_column("keer", justify="right", no_wrap=True)
    rules.add_column("regel", no_wrap=True)
    rules.add_column("wat de regel zegt")
    for rule, count in islice(figures.weigerden.items(), RULES_SHOWN):
        rules.add_row(number(count), rule, demo.zinnen.get(rule, ""))
    screen.print(rules)


def _balance(stand: ToewijzingStand, screen: Console) -> None:
    unit = stand.eenheid
    screen.print(
        f"{stand.product.replace('_', ' ').capitalize()} na een verwijzing door de huisarts, "
        f"van {day_words(stand.ingangsdatum)} tot en met "
        f"{day_words(stand.einddatum) if stand.einddatum else 'onbepaald'}."
    )
    table = _table("wat", "omvang")
    table.add_row("toegewezen", quantity(stand.toegewezen, unit))
    for kind, amount in stand.verbruikt_per_soort.items():
        table.add_row(f"  {kind.replace('_', '-')}", quantity(amount, unit))
    table.add_row("verbruikt", quantity(stand.verbruikt, unit))
    table.add_row(Text("nog te gebruiken", style="bold"), quantity(stand.saldo, unit))
    screen.print(table)
    screen.print(f"{stand.sessies} sessies; gedeclareerde no-shows: {_years(stand.no_shows)}.")
    screen.print(
        f"Geldig op {day_words(stand.geldig_op)}; bekend tot en met positie "
        f"{stand.bekend_op}, de laatste.",
        style="dim",
    )


def _refusal(demo: Demo, screen: Console) -> None:
    answer = demo.verhaal.weigering
    screen.print(
        f"Op {moment_words(answer.geregistreerd_op)} vroeg de gemeente een verlenging met "
        f"1.200 minuten.\nHet antwoord: {UITKOMST[answer.uitkomst]}. "
        f"Beslissing {answer.beslissing} ({answer.aard})."
    )
    for verdict in answer.verdicts:
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        table.add_row("Regel", f"{verdict.regel} {ERNST[verdict.ernst]}")
        table.add_row("Zin", Text(verdict.zin, style="bold"))
        table.add_row("Vergeleken", pairs_words(verdict.vergeleken))
        for source in verdict.bronnen:
            table.add_row("Bron", f"{demo.titels[source.document]}; {source.plaats}")
            table.add_row("Citaat", Text(f"“{source.citaat}”", style="italic"))
        screen.print(Padding(table, (1, 0, 1, 2)))
    screen.print(
        f"{len(answer.geslaagd)} andere regels hadden geen bezwaar. "
        "Aan de stand is niets veranderd."
    )


def _twice(story: Verhaal, screen: Console) -> None:
    then, now, unit = story.toen, story.nu, story.nu.eenheid
    screen.print(
        f"De stand over {day_words(now.geldig_op)}: zoals die dag bekend was, en zoals nu bekend."
    )
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("", f"bekend op {day_words(story.toen_op.date())}", "nu bekend", "verschil"):
        table.add_column(name, justify="right" if name else "left")
    table.add_row("", f"positie {then.bekend_op}", f"positie {now.bekend_op}", "")
    for words, old, new in (
        ("verbruikt", then.verbruikt, now.verbruikt),
        ("nog te gebruiken", then.saldo or Decimal(0), now.saldo or Decimal(0)),
    ):
        change = signed(new - old)
        table.add_row(words, quantity(old, unit), quantity(new, unit), change)
    fewer = Decimal(sum(now.no_shows.values()) - sum(then.no_shows.values()))
    table.add_row("no-shows", _years(then.no_shows), _years(now.no_shows), signed(fewer))
    screen.print(table)
    screen.print("Waarom het verschilt, uit het spoor. Bekend op: toen het werd vastgelegd;")
    screen.print("geldig op: de dag waar het over gaat.")
    why = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("bekend op", "geldig op", "wat"):
        why.add_column(name)
    why.add_column(PLURAL.get(unit or "", ""), justify="right", no_wrap=True)
    for one in story.verschillen:
        recorded = day_digits(one.geregistreerd_op.astimezone(AMSTERDAM).date())
        why.add_row(recorded, day_digits(one.geldig_op), one.wat, signed(one.gevolg))
    total = sum((one.gevolg for one in story.verschillen), Decimal(0))
    why.add_row("", "", Text("samen", style="bold"), Text(signed(total), style="bold"))
    screen.print(why)
    screen.print(
        "Wat toen werd geantwoord, blijft zo te vragen: er is niets overschreven.", style="dim"
    )


def _next(story: Verhaal, screen: Console, url: str, sleutel: str | None) -> None:
    screen.print("Zet eerst klaar om welk grootboek het gaat:")
    for line in settings(url, sleutel):
        screen.print(Text(f"  {line}", style="bold"), soft_wrap=True)
    for words, command in suggestions(story):
        if words:
            screen.print(words)
        screen.print(Text(f"  {program()} {command}", style="bold"), soft_wrap=True)


def settings(url: str, sleutel: str | None) -> list[str]:
    """What to tell the shell once, so that the commands stay short."""
    told = {"REKENSCHAP_DATABASE": url, "REKENSCHAP_GROOTBOEK": GROOTBOEK}
    if sleutel is not None:
        told["REKENSCHAP_SLEUTEL"] = sleutel
    return [f"export {name}={shlex.quote(value)}" for name, value in told.items()]


def program() -> str:
    """How this program was called, so that what is shown can be typed."""
    called = Path(sys.argv[0])
    if called.stem != "rekenschap" or which("rekenschap") is not None:
        return "rekenschap"
    return shlex.quote(str(called))


def suggestions(story: Verhaal) -> list[tuple[str, str]]:
    """Commands that work on the ledger just made, each with what it is for."""
    about, day = f"-t {story.nu.toewijzing}", f"--geldig-op {story.nu.geldig_op}"
    refused, changed = story.weigering.positie, story.verschillen[0].bekend_op
    since = f"--toen {refused} --toen-geldig-op {amsterdam_day(story.nu_op)}"
    decision, rule = story.weigering.beslissing, story.weigering.regels[0]
    told = f"--op {amsterdam_day(story.nu_op)}"
    rules = f"regels {story.nu.regeling} --product {story.nu.product}"
    return [
        (
            "De stand zoals die toen bekend was, en zoals die nu bekend is:",
            f"stand {about} {day} --bekend-op {story.toen.geldig_op}",
        ),
        ("", f"stand {about} {day}"),
        ("Alles van deze jeugdige:", f"stand -j {JEUGDIGE} {day}"),
        ("Wat er daarna bekend werd:", f"spoor {about} --verder {changed - 1} --limiet 8"),
        ("Hetzelfde als verschil:", f"verschil {about} --toen {story.toen.geldig_op}"),
        ("De weigering in het spoor:", f"spoor {about} --verder {refused - 1} --limiet 1"),
        ("Wat er sindsdien anders is, en of dat uitmaakt:", f"verschil {about} {since}"),
        ("Het bezwaar, en wanneer daarop moet zijn beslist:", f"bezwaren -j {JEUGDIGE} {told}"),
        ("Het hele dossier:", f"dossier -b {decision} -n bezwaar.html -n bezwaar.pdf"),
        ("Wat als de regel er niet was geweest?", f"herspeel {about} --zonder {rule}"),
        ("De regels over dit product, elk met de bron:", rules),
        ("Is er niets aan veranderd?", "verify"),
        ("Alle standen opnieuw uit het logboek:", "rebuild"),
    ]


def _table(left: str, right: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(left)
    table.add_column(right, justify="right", no_wrap=True)
    return table


def _years(counted: Mapping[int, int]) -> str:
    return ", ".join(f"{count} in {year}" for year, count in counted.items()) or "geen"
