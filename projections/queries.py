"""Questions answered from the tables: one indexed read for a balance, whatever the two clocks."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, select, text

from rekenschap.application.ports import Vault
from rekenschap.application.standen import ToewijzingStand
from rekenschap.domain.facts import GegevenIngetrokken
from rekenschap.domain.quantities import Bedrag, half_up
from rekenschap.domain.vocabulary import Eenheid, Status
from rekenschap.projections.saldo import AFWEZIGHEIDSDAGEN, NO_SHOWS
from rekenschap.projections.schema import saldo, spoor, tellers
from rekenschap.projections.sets import read_now

DIAGNOSTIEK = "diagnostiek"


def balance(
    connection: Connection, vault: Vault, ledger: int, name: str, day: date, position: int
) -> ToewijzingStand | None:
    """The balance of an allocation on a valid day, as known at a position."""
    query = (
        _known(day, position)
        .where(read_now(saldo, ledger), saldo.c.toewijzing == name)
        .order_by(saldo.c.geldig_van.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else standing(dict(row), vault, day, position)


def balances(
    connection: Connection,
    vault: Vault,
    ledger: int,
    column: str,
    value: str,
    day: date,
    position: int,
    *,
    after: str,
    limit: int,
) -> list[ToewijzingStand]:
    """The balances of a jeugdige or aanbieder, by id of the allocation, after one."""
    mine = _few(connection, saldo.c[column] == value)
    latest = (
        select(saldo.c.toewijzing, func.max(saldo.c.geldig_van).label("van"))
        .where(read_now(saldo, ledger), mine, saldo.c.toewijzing > after)
        .where(saldo.c.geldig_van <= day.isoformat())
        .where(saldo.c.bekend_van <= position, saldo.c.bekend_tot > position)
        .group_by(saldo.c.toewijzing)
        .order_by(saldo.c.toewijzing)
        .limit(limit)
        .subquery()
    )
    query = (
        _known(day, position)
        .join(
            latest,
            (saldo.c.toewijzing == latest.c.toewijzing) & (saldo.c.geldig_van == latest.c.van),
        )
        .where(read_now(saldo, ledger), saldo.c.toewijzing.in_(select(latest.c.toewijzing)))
        .order_by(saldo.c.toewijzing)
    )
    rows = connection.execute(query).mappings().all()
    return [standing(dict(row), vault, day, position) for row in rows]


def counters(
    connection: Connection, ledger: int, youth: str, day: date, position: int
) -> dict[str, dict[int, int]]:
    """Charged no-shows per product and calendar year."""
    query = (
        select(tellers.c.product, tellers.c.jaar, func.max(tellers.c.aantal))
        .where(read_now(tellers, ledger), tellers.c.jeugdige == youth)
        .where(tellers.c.teller == NO_SHOWS, tellers.c.geldig_van <= day.isoformat())
        .where(tellers.c.bekend_van <= position, tellers.c.bekend_tot > position)
        .group_by(tellers.c.product, tellers.c.jaar)
        .order_by(tellers.c.product, tellers.c.jaar)
    )
    found: dict[str, dict[int, int]] = {}
    for product, year, count in connection.execute(query):
        found.setdefault(product, {})[year] = count
    return found


def youths(connection: Connection, ledger: int) -> list[str]:
    """The references of every jeugdige the audit trail names."""
    query = (
        select(spoor.c.jeugdige)
        .where(read_now(spoor, ledger), spoor.c.jeugdige.is_not(None))
        .distinct()
        .order_by(spoor.c.jeugdige)
    )
    return [row[0] for row in connection.execute(query)]


def trail(
    connection: Connection,
    ledger: int,
    column: str,
    value: str,
    day: date,
    position: int,
    *,
    after: int,
    limit: int,
) -> list[tuple[int, int | None]]:
    """Positions of the audit trail, and the position of what replaced each by then."""
    query = (
        select(spoor.c.bekend_van)
        .where(read_now(spoor, ledger), _few(connection, spoor.c[column] == value))
        .where(spoor.c.bekend_van > after, spoor.c.bekend_van <= position)
        .where(spoor.c.geldig_van <= day.isoformat())
        .order_by(spoor.c.bekend_van)
        .limit(limit)
    )
    lines = list(connection.execute(query).scalars())
    replaced = _replaced(connection, ledger, lines, position)
    return [(line, replaced.get(line)) for line in lines]


def _few(connection: Connection, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """A condition that few rows meet: SQLite, without statistics, else takes the primary key for
    the rest of the question, and reads the whole table."""
    if connection.dialect.name != "sqlite":
        return condition
    found: ColumnElement[bool] = func.likelihood(condition, literal_column("0.000001"))
    return found  # of no type: of a boolean it would be asked whether it is 1


_ABOUT_SQLITE: Final = text("""
SELECT spoor.bekend_van, spoor.betreft, spoor.gebeurtenis
FROM json_each(:lines) AS asked CROSS JOIN spoor
WHERE spoor.ledger = :ledger
AND spoor.generation = (SELECT generation FROM projection_positions WHERE ledger = :ledger)
AND likelihood(spoor.betreft = asked.value, 0.000001) AND spoor.bekend_van <= :position""")
"""A list of values would be looked for along the primary key: see ``_few``."""


def _about(
    connection: Connection, ledger: int, lines: list[int], position: int
) -> list[tuple[int, int, str]]:
    """The lines about some lines: position, about which, and the event."""
    if connection.dialect.name == "sqlite":
        values = {"lines": json.dumps(lines), "ledger": ledger, "position": position}
        return [(row[0], row[1], row[2]) for row in connection.execute(_ABOUT_SQLITE, values)]
    query = (
        select(spoor.c.bekend_van, spoor.c.betreft, spoor.c.gebeurtenis)
        .where(read_now(spoor, ledger), spoor.c.betreft.in_(lines))
        .where(spoor.c.bekend_van <= position)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def _replaced(
    connection: Connection, ledger: int, lines: list[int], position: int
) -> dict[int, int]:
    """By line, the last correction or withdrawal of it that was not taken back by a position."""
    about: dict[int, tuple[int, str]] = {}
    asked = lines
    while asked:
        rows = _about(connection, ledger, asked, position)
        found = {line: (target, kind) for line, target, kind in rows}
        about |= found
        asked = list(found)
    gone: set[int] = set()
    for line in sorted(about, reverse=True):  # the last one is judged first, as corrections are
        target, kind = about[line]
        if kind == GegevenIngetrokken.naam and line not in gone:
            gone.add(target)
    return {about[line][0]: line for line in sorted(about) if line not in gone}


def _known(day: date, position: int) -> Select[Any]:
    return select(saldo).where(
        saldo.c.geldig_van <= day.isoformat(),
        saldo.c.bekend_van <= position,
        saldo.c.bekend_tot > position,
    )


def standing(row: Mapping[str, Any], vault: Vault, day: date, position: int) -> ToewijzingStand:
    """A row of balances as it is answered."""
    parts = json.loads(row["verdeling"])
    per_kind = {kind: Decimal(amount) for kind, amount in parts["per_soort"].items()}
    allotted, used = _exact(parts["toegewezen_cent"]), _exact(parts["waarde_cent"])
    return ToewijzingStand(
        toewijzing=row["toewijzing"],
        jeugdige=vault.host_id(row["jeugdige"]),
        geldig_op=day,
        bekend_op=position,
        status=Status(row["status"]),
        product=row["product"],
        regeling=row["regeling"],
        eenheid=None if row["eenheid"] is None else Eenheid(row["eenheid"]),
        toegewezen=_decimal(row["toegewezen"]),
        verbruikt=Decimal(row["verbruikt"]),
        saldo=_decimal(row["saldo"]),
        verbruikt_per_soort=per_kind,
        verbruikt_diagnostiek=per_kind.get(DIAGNOSTIEK, Decimal(0)),
        sessies=row["sessies"],
        no_shows={int(year): count for year, count in parts[NO_SHOWS].items()},
        afwezigheidsdagen={int(year): days for year, days in parts[AFWEZIGHEIDSDAGEN].items()},
        ingangsdatum=date.fromisoformat(row["ingangsdatum"]),
        einddatum=_day(row["einddatum"]),
        startdatum=_day(row["startdatum"]),
        toegewezen_eur=_money(allotted),
        bedrag_eur=_money(used),
        saldo_eur=_money(_exact(parts["over_cent"])),
        gedeclareerd_eur=Bedrag(parts["gedeclareerd_cent"]),
        betaald_eur=Bedrag(parts["betaald_cent"]),
        eigen_bijdrage_eur=Bedrag(parts["eigen_bijdrage_cent"]),
    )


def _exact(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _money(value: Fraction | None) -> Bedrag | None:
    return None if value is None else half_up(value)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
