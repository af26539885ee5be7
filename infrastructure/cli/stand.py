"""``rekenschap stand``: the balance of an allocation, or everything of a youth."""

from datetime import date
from typing import Any

import click

from rekenschap.application import JeugdigeStand, Rekenschap, ToewijzingStand
from rekenschap.domain.andere_regels import AndereRegels
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.infrastructure.cli.clocks import (
    Bekend,
    asking,
    clocks_lines,
    one_subject,
    question_options,
)
from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.other_rules import rules_options
from rekenschap.infrastructure.cli.plain import as_json
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.words import day_words, quantity, value_words


@click.command()
@grootboek_options
@question_options
@rules_options
@click.option("--json", "machine", is_flag=True, help="For machines.")
def stand(
    database: str,
    grootboek: str,
    sleutel: str | None,
    toewijzing: str | None,
    jeugdige: str | None,
    geldig_op: date | None,
    bekend_op: Bekend | None,
    regels: AndereRegels | None,
    machine: bool,
) -> None:
    """Show a balance, on any valid day, as known at any moment.

    Three clocks: --geldig-op is the day it is about (default today), --bekend-op what the ledger
    knew (default now), --regels the rules (default those of the decisions). What was known then
    stays to be asked for ever; under other rules nothing is recorded.

    \b
    Examples:
      rekenschap stand -d sqlite:///gemeente.db -g gemeente --toewijzing T-2026-0042
      rekenschap stand ... -t T-2026-0042 --geldig-op 2026-09-30 --bekend-op 2026-09-30
      rekenschap stand ... -t T-2026-0042 --zonder REGEL --bekend-op 351
      rekenschap stand ... --jeugdige client-271828 --json
    """
    one_subject(toewijzing, jeugdige)
    with opened(database, grootboek, sleutel) as rekenschap, asking():
        clocks: dict[str, Any] = {"geldig_op": geldig_op, "bekend_op": bekend_op, "regels": regels}
        found: JeugdigeStand | ToewijzingStand | None
        if jeugdige is not None:
            found = youth = rekenschap.stand(jeugdige=jeugdige, **clocks)
            lines = _youth_lines(youth)
        else:
            found = one = rekenschap.stand(toewijzing=str(toewijzing), **clocks)
            lines = _lines(one) if one is not None else _nothing(str(toewijzing))
        if machine:
            click.echo(as_json(found))
            return
        position, day = _used(rekenschap, found, clocks, toewijzing)
        told = clocks_lines(rekenschap, position, day, volgens=clocks["regels"])
        click.echo("\n".join([*lines, *told]))


def _used(
    rekenschap: Rekenschap,
    found: JeugdigeStand | ToewijzingStand | None,
    asked: dict[str, Any],
    toewijzing: str | None,
) -> tuple[int, date]:
    """The clocks an answer used, also when there was nothing to answer with."""
    if found is not None:
        return found.bekend_op, found.geldig_op
    page = rekenschap.spoor(toewijzing=toewijzing, bekend_op=asked["bekend_op"], limiet=1)
    return page.bekend_op, asked["geldig_op"] or amsterdam_day(SystemClock().now())


def _nothing(name: str) -> list[str]:
    return [
        f"Toewijzing {name}: voor die dag is er niets van bekend.",
        "Zij bestond toen nog niet, is geweigerd of ingetrokken, of begint later.",
        "Vraag een latere --geldig-op of --bekend-op, of kijk in het spoor.",
    ]


def _youth_lines(youth: JeugdigeStand) -> list[str]:
    count = len(youth.toewijzingen)
    found = [f"Jeugdige {youth.jeugdige}: {count} toewijzing{'' if count == 1 else 'en'}", ""]
    for one in youth.toewijzingen:
        found += [*_lines(one), ""]
    for product, years in youth.no_shows.items():
        counted = ", ".join(f"{count} in {year}" for year, count in years.items())
        found.append(f"No-shows bij {product.replace('_', ' ')}: {counted}")
    return found


def _lines(one: ToewijzingStand) -> list[str]:
    unit = one.eenheid
    rows: list[tuple[str, Any]] = [
        ("status", one.status),
        ("product", one.product),
        ("regeling", one.regeling),
        ("geldigheid", _period(one)),
        ("zorg gestart", one.startdatum or "nog niet"),
        ("toegewezen", quantity(one.toegewezen, unit)),
        ("verbruikt", quantity(one.verbruikt, unit)),
    ]
    kinds = one.verbruikt_per_soort.items()
    rows += [(f"  {kind.replace('_', '-')}", quantity(size, unit)) for kind, size in kinds]
    rows += [("nog te gebruiken", quantity(one.saldo, unit)), ("sessies", one.sessies)]
    rows += [(f"no-shows in {year}", count) for year, count in one.no_shows.items()]
    money = (("waarde", one.bedrag_eur), ("budget", one.toegewezen_eur), ("over", one.saldo_eur))
    rows += [(f"{name} in geld", amount) for name, amount in money if amount is not None]
    lines = (
        ("gedeclareerd", one.gedeclareerd_eur),
        ("betaald", one.betaald_eur),
        ("eigen bijdrage", one.eigen_bijdrage_eur),
    )
    rows += [(name, amount) for name, amount in lines if amount.eurocent]
    return [
        f"Toewijzing {one.toewijzing}",
        *(f"  {name:<18}{_shown(value)}" for name, value in rows),
    ]


def _period(one: ToewijzingStand) -> str:
    last = "open einde" if one.einddatum is None else f"tot en met {day_words(one.einddatum)}"
    return f"{day_words(one.ingangsdatum)} {last}"


def _shown(value: Any) -> str:
    return value if isinstance(value, str) and type(value) is str else value_words(value)
