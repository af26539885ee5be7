"""The vault in SQL: what is personal, encrypted under a key per person that the host's key wraps.

No plaintext is ever a parameter of a statement, so none reaches a file, a log or an error; and
destroying one small row makes all that was kept about a person unreadable at once. A backup still
holds that row: erasures are applied again after a restore.
"""

import hashlib
import hmac
import os
import re
from collections.abc import MutableMapping
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, Connection, CursorResult, Index, MetaData, Table, text
from sqlalchemy.schema import UniqueConstraint
from sqlalchemy.types import LargeBinary, Text

from rekenschap.application.errors import Broken, Incorrect
from rekenschap.infrastructure.store.keys import KEY_SIZE, HostKey, framed, seal, unseal

LARGEST_CACHE = 50_000
Lookup = tuple[str, bytes]  # the ledger's id and the keyed index of a person

SALT_SIZE = 16
_COMMITMENT = re.compile(r"[0-9a-f]{64}")
_KIND = re.compile(r"[a-z][a-z0-9_-]*")
_REFERENCE_FORM = re.compile(_KIND.pattern + r"/[0-9a-f]{32}")

# Compared by bytes: an index then outlives an upgrade of the server's language rules.
_Key = Text().with_variant(Text(collation="C"), "postgresql")

vault_metadata = MetaData()
Table(
    "vault_persons",
    vault_metadata,
    Column("ledger", _Key, primary_key=True),
    Column("reference", _Key, primary_key=True),
    Column("lookup", LargeBinary, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("host_id", LargeBinary, nullable=False),
    UniqueConstraint("ledger", "lookup"),
)
Table(
    "vault_values",
    vault_metadata,
    Column("ledger", _Key, primary_key=True),
    Column("commitment", LargeBinary, primary_key=True),
    Column("subject", _Key, nullable=False),
    Column("field", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("keep_until", Text),  # an ISO day: the same text, and the same order, in every store
    Column("sealed", LargeBinary, nullable=False),
    Index("vault_values_subject", "ledger", "subject"),
)
Table(
    "vault_checks",
    vault_metadata,
    Column("ledger", _Key, primary_key=True),
    Column("key_check", LargeBinary, nullable=False),
)

# Writing a key over itself makes RETURNING give an existing row too; it changes no index.
_REFERENCE = """
INSERT INTO vault_persons (ledger, reference, lookup, wrapped_key, host_id)
VALUES (:ledger, :reference, :lookup, :wrapped_key, :host_id)
ON CONFLICT (ledger, lookup) DO UPDATE SET wrapped_key = vault_persons.wrapped_key
RETURNING reference, wrapped_key"""
_FIND = "SELECT reference FROM vault_persons WHERE ledger = :ledger AND lookup = :lookup"
_PERSON = """
SELECT lookup, wrapped_key, host_id FROM vault_persons
WHERE ledger = :ledger AND reference = :reference"""
_KEEP = """
INSERT INTO vault_values (ledger, commitment, subject, field, purpose, keep_until, sealed)
VALUES (:ledger, :commitment, :subject, :field, :purpose, :keep_until, :sealed)"""
_REVEAL = """
SELECT v.subject, v.field, v.sealed, p.wrapped_key FROM vault_values v
JOIN vault_persons p ON p.ledger = v.ledger AND p.reference = v.subject
WHERE v.ledger = :ledger AND v.commitment = :commitment"""
_ERASE_VALUES = "DELETE FROM vault_values WHERE ledger = :ledger AND subject = :reference"
_ERASE_PERSON = """
DELETE FROM vault_persons WHERE ledger = :ledger AND reference = :reference RETURNING lookup"""
_ANYBODY = "SELECT 1 FROM vault_persons WHERE ledger = :ledger LIMIT 1"
_CHECK = "SELECT key_check FROM vault_checks WHERE ledger = :ledger"
_FIRST_CHECK = """
INSERT INTO vault_checks (ledger, key_check) VALUES (:ledger, :key_check) ON CONFLICT DO NOTHING"""


_compiled: dict[tuple[str, str, str], tuple[str, list[str] | None]] = {}


def _run(connection: Connection, statement: str, **values: Any) -> CursorResult[Any]:
    """Compiled once per driver, not at every call: the vault is in the path of every decision."""
    dialect = connection.dialect
    known = _compiled.get((dialect.name, dialect.driver, statement))
    if known is None:
        compiled: Any = text(statement).compile(dialect=dialect)
        known = (str(compiled), compiled.positiontup)
        _compiled[dialect.name, dialect.driver, statement] = known
    driver_text, order = known
    given = values if order is None else tuple(values[name] for name in order)
    return connection.exec_driver_sql(driver_text, given)


def check_key(connection: Connection, ledger: str, key: HostKey) -> None:
    """Notice a wrong key at opening, before it writes what the right key cannot read.

    Run once per opening, in a transaction that may write: the first opening stores the check.
    """
    anybody = _run(connection, _ANYBODY, ledger=ledger).first() is not None
    stored = _run(connection, _CHECK, ledger=ledger).scalar()
    if stored is None:
        if anybody:
            raise Broken("the vault holds persons, but the check value of its key is gone")
        _run(connection, _FIRST_CHECK, ledger=ledger, key_check=key.check(ledger))
        stored = _run(connection, _CHECK, ledger=ledger).scalar()
    if stored != key.check(ledger):
        allowed = "the key that the vault of this grootboek was made with; this is another one"
        raise Incorrect("sleutel", None, allowed, secret=True)


class SqlVault:
    """The ``Vault`` of one ledger inside one unit of work.

    ``cache`` maps lookups to references across units of work and holds committed entries only: it
    is read first, and ``committed`` is called after a commit (never after a rollback). What an
    instance remembers ends with its unit of work, and does not follow a savepoint back.
    """

    def __init__(
        self,
        connection: Connection,
        ledger: str,
        key: HostKey,
        cache: MutableMapping[Lookup, str] | None = None,
    ) -> None:
        self._connection = connection
        self._ledger = ledger
        self._key = key
        self._cache = {} if cache is None else cache
        self._ciphers: dict[str, AESGCM] = {}
        self.learned: dict[Lookup, str] = {}
        self.forgotten: set[Lookup] = set()

    def committed(self) -> None:
        """Bring the shared cache up to date with this unit of work, once that is committed."""
        for lookup in self.forgotten:
            self._cache.pop(lookup, None)
        self._cache.update(self.learned)
        while len(self._cache) > LARGEST_CACHE:
            self._cache.pop(next(iter(self._cache)))

    def reference(self, kind: str, host_id: str) -> str:
        lookup = self._lookup(kind, host_id)
        known = self._remembered(lookup)
        if known is not None:
            return known
        made = f"{kind}/{os.urandom(16).hex()}"
        secret = os.urandom(KEY_SIZE)
        row = self._run(
            _REFERENCE,
            reference=made,
            lookup=lookup[1],
            wrapped_key=seal(self._key.wrapping, secret, self._bound("key", made)),
            host_id=seal(AESGCM(secret), host_id.encode(), self._bound("id", made, lookup[1])),
        ).one()
        reference: str = row.reference
        self._cipher(reference, row.wrapped_key)
        self.learned[lookup] = reference
        return reference

    def find(self, kind: str, host_id: str) -> str | None:
        lookup = self._lookup(kind, host_id)
        known = self._remembered(lookup)
        if known is None:
            known = self._run(_FIND, lookup=lookup[1]).scalar()
            if known is not None:
                self.learned[lookup] = known
        return known

    def host_id(self, reference: str) -> str | None:
        row = self._run(_PERSON, reference=reference).first()
        if row is None:
            return None
        cipher = self._cipher(reference, row.wrapped_key)
        bound_to = self._bound("id", reference, row.lookup)
        return _open(cipher, row.host_id, bound_to, f"the host's id of {reference}").decode()

    def keep(
        self,
        subject: str,
        field: str,
        value: str,
        *,
        purpose: str,
        keep_until: date | None = None,
    ) -> str:
        cipher = self._ciphers.get(subject)
        if cipher is None:
            row = self._run(_PERSON, reference=subject).first()
            if row is None:
                allowed = "a reference that this vault handed out and did not erase"
                hidden = not _REFERENCE_FORM.fullmatch(subject)  # it may be a host's id
                raise Incorrect("subject", subject, allowed, secret=hidden)
            cipher = self._cipher(subject, row.wrapped_key)
        salt, plain = os.urandom(SALT_SIZE), _utf8(field, value)
        commitment = _commit(salt, field, plain)
        self._run(
            _KEEP,
            commitment=commitment,
            subject=subject,
            field=field,
            purpose=purpose,
            keep_until=None if keep_until is None else keep_until.isoformat(),
            sealed=seal(cipher, salt + plain, self._bound("value", subject, commitment)),
        )
        return commitment.hex()

    def reveal(self, commitment: str) -> str | None:
        if not _COMMITMENT.fullmatch(commitment):
            raise Incorrect("commitment", commitment, "64 lower-case hex digits", secret=True)
        digest = bytes.fromhex(commitment)
        row = self._run(_REVEAL, commitment=digest).first()
        if row is None:
            return None
        what = f"the value behind commitment {commitment}"
        cipher = self._cipher(row.subject, row.wrapped_key)
        opened = _open(cipher, row.sealed, self._bound("value", row.subject, digest), what)
        salt, plain = opened[:SALT_SIZE], opened[SALT_SIZE:]
        if not hmac.compare_digest(_commit(salt, row.field, plain), digest):
            raise Broken(f"{what} is not the value that was committed to")
        return plain.decode()

    def fingerprint(self, value: str) -> str:
        return self._key.fingerprint(self._ledger.encode(), _utf8("value", value)).hex()

    def erase(self, reference: str) -> bool:
        """Destroy a person's key, index entry and values; False when there was nobody.

        What SQLite keeps in its WAL goes at the next checkpoint, PostgreSQL's dead rows at the
        next vacuum; of those only ciphertext and a wrapped key can be read.
        """
        self._run(_ERASE_VALUES, reference=reference)
        row = self._run(_ERASE_PERSON, reference=reference).first()
        self._ciphers.pop(reference, None)
        if row is None:
            return False
        lookup = (self._ledger, row.lookup)
        self.learned.pop(lookup, None)
        self.forgotten.add(lookup)
        return True

    def _run(self, statement: str, **values: Any) -> CursorResult[Any]:
        return _run(self._connection, statement, ledger=self._ledger, **values)

    def _lookup(self, kind: str, host_id: str) -> Lookup:
        if not _KIND.fullmatch(kind):
            raise Incorrect("kind", kind, "a lower-case word, such as 'jeugdige'", secret=True)
        plain = _utf8("host_id", host_id)
        if not plain:
            raise Incorrect("host_id", host_id, "the host's id of a person, not empty")
        return self._ledger, self._key.index(self._ledger.encode(), kind.encode(), plain)

    def _remembered(self, lookup: Lookup) -> str | None:
        known = self.learned.get(lookup)
        if known is None and lookup not in self.forgotten:
            known = self._cache.get(lookup)
        return known

    def _cipher(self, reference: str, wrapped_key: bytes) -> AESGCM:
        cipher = self._ciphers.get(reference)
        if cipher is None:
            bound_to = self._bound("key", reference)
            secret = _open(self._key.wrapping, wrapped_key, bound_to, f"the key of {reference}")
            cipher = self._ciphers[reference] = AESGCM(secret)
        return cipher

    def _bound(self, what: str, reference: str, *more: bytes) -> bytes:
        """What a ciphertext is bound to: moved to another row, person or ledger it won't open."""
        return framed(what.encode(), self._ledger.encode(), reference.encode(), *more)


def _open(cipher: AESGCM, sealed: bytes, bound_to: bytes, what: str) -> bytes:
    try:
        return unseal(cipher, sealed, bound_to)
    except (InvalidTag, ValueError, TypeError):
        raise Broken(f"{what} does not decrypt: it was changed, or another key is in use") from None


def _commit(salt: bytes, field: str, value: bytes) -> bytes:
    return hashlib.sha256(framed(salt, field.encode(), value)).digest()


def _utf8(field: str, value: str) -> bytes:
    """As bytes, or an error that does not show the value (Python's own would)."""
    try:
        return value.encode()
    except UnicodeEncodeError:
        raise Incorrect(field, value, "Unicode text", secret=True) from None
