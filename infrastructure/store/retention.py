"""What the vault keeps, and since when nothing touched whom it is about."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from rekenschap.application.kluis import Bewaring
from rekenschap.infrastructure.store.schema import event_references, ledgers
from rekenschap.infrastructure.store.vault_tables import vault_persons, vault_values

AT_ONCE: Final = 500


def present(connection: Connection, ledger: str, references: Sequence[str]) -> list[str]:
    """Which of these are in the vault: a few hundred are asked for at once."""
    there: set[str] = set()
    for start in range(0, len(references), AT_ONCE):
        some = references[start : start + AT_ONCE]
        query = select(vault_persons.c.reference).where(
            vault_persons.c.ledger == ledger, vault_persons.c.reference.in_(some)
        )
        there.update(connection.scalars(query))
    return [one for one in references if one in there]


def quiet_since(connection: Connection, ledger: str, position: int) -> list[str]:
    """Who is in the vault and touched by no line above a position; who only acts is left out.

    One look in an index per person, however long the log is.
    """
    key = select(ledgers.c.ledger).where(ledgers.c.id == ledger).scalar_subquery()
    later = (
        select(event_references.c.position)
        .where(
            event_references.c.ledger == key,
            event_references.c.reference == vault_persons.c.reference,
            event_references.c.position > position,
        )
        .exists()
    )
    query = (
        select(vault_persons.c.reference)
        .where(vault_persons.c.ledger == ledger, ~vault_persons.c.reference.like("persoon/%"))
        .where(~later)
        .order_by(vault_persons.c.reference)
    )
    return list(connection.scalars(query))


def kept_of(connection: Connection, ledger: str, reference: str) -> list[Bewaring]:
    """What is kept of one person, by field."""
    values = vault_values.c
    query = (
        select(values.field, values.purpose, values.keep_until)
        .where(values.ledger == ledger, values.subject == reference)
        .order_by(values.field, values.keep_until)
    )
    return [
        Bewaring(field, purpose, None if until is None else date.fromisoformat(until))
        for field, purpose, until in connection.execute(query)
    ]
