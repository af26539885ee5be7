"""The port of the vault: where personal data lie, apart from the log."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from attrs import frozen

from rekenschap.application.inzage import Inzage
from rekenschap.domain.vocabulary import Wisgrond


class Vault(Protocol):
    """Personal data inside a unit of work; events hold only what this port hands out."""

    def reference(self, kind: str, host_id: str) -> str:
        """The random reference (``kind/…``) of a host's id; made when it is new."""
        ...

    def find(self, kind: str, host_id: str) -> str | None:
        """The reference of a host's id, or None; makes nothing."""
        ...

    def host_id(self, reference: str) -> str | None:
        """The host's id behind a reference, or None when it is unknown or erased."""
        ...

    def keep(
        self,
        subject: str,
        field: str,
        value: str,
        *,
        purpose: str,
        keep_until: date | None = None,
    ) -> str:
        """Store a value under its subject's key; returns its salted commitment (hex)."""
        ...

    def reveal(self, commitment: str) -> str | None:
        """The value behind a commitment, or None when it was erased."""
        ...

    def erase(self, reference: str) -> bool:
        """Destroy the key, the index entry and the values of a person; False if nobody was there.

        For ever, once the unit of work is committed.
        """
        ...

    def forget_lookups(self, references: Collection[str]) -> None:
        """Drop what is remembered of how these are found: somebody else erased them."""
        ...

    def present(self, references: Sequence[str]) -> list[str]:
        """Which of these are in the vault, in the order given."""
        ...

    def quiet_since(self, position: int) -> list[str]:
        """The jeugdigen and gezinnen in the vault that no record above a position touches."""
        ...

    def kept_of(self, reference: str) -> "list[Bewaring]":
        """What is kept of one person besides the host's id."""
        ...

    def reads_of(self, reference: str, *, after: int, limit: int) -> list[tuple[int, Inzage]]:
        """The reading log of a person above a number, oldest first, each line with its number."""
        ...

    def fingerprint(self, value: str) -> str:
        """A keyed hash (hex) of a value: equal values are recognised, nothing else is told."""
        ...


@frozen
class Bewaring:
    """A value the vault keeps: its field, its purpose, and the day before which it stays."""

    veld: str
    doel: str
    tot: date | None


@frozen(kw_only=True)
class Wissing:
    """An erasure as it is remembered outside the database: no personal data.

    ``grootboek`` is the random id of the ledger, ``betrokkene`` the reference that was erased.
    """

    grootboek: str
    betrokkene: str
    grond: Wisgrond
    geregistreerd_op: datetime


class Wissingen(Protocol):
    """The register of erasures, kept apart from the database: a restored backup is older."""

    def alle(self) -> Iterable[Wissing]:
        """Every erasure that was ever noted, oldest first. Raises Broken when it is damaged."""
        ...

    def noteer(self, wissing: Wissing) -> None:
        """Add one, on disk before this returns. Raises Onbeschikbaar when that is not possible."""
        ...
