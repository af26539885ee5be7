"""The vault in SQL: what is personal, encrypted under a key per person that the host's key wraps.

No plaintext is ever a parameter of a statement, so none reaches a file, a log or an error; and
destroying one small row makes all that was kept about a person unreadable at once. A backup still
holds that row: erasures are applied again after a restore.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Callable, Collection, MutableMapping, Sequence
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, CursorResult

from rekenschap.application.errors import Broken, Incorrect
from rekenschap.application.inzage import Inzage
from rekenschap.application.kluis import Bewaring
from rekenschap.infrastructure.store.key_checks import WRONG_KEY, refuse_replaced
from rekenschap.infrastructure.store.keys import KEY_SIZE, HostKey, framed, seal, unseal
from rekenschap.infrastructure.store.leeslog import reads_of
from rekenschap.infrastructure.store.retention import kept_of, present, quiet_since
from rekenschap.infrastructure.store.vault_tables import (
    ERASE_PERSON,
    ERASE_VALUES,
    FIND,
    KEEP,
    PERSON,
    REFERENCE,
    REVEAL,
    run,
)

LARGEST_CACHE = 50_000
Lookup = tuple[str, bytes]  # the ledger's id and the keyed index of a person

ACTOR = "persoon"
"""Who asks is looked up too; that tells nothing about them."""
SALT_SIZE = 16
_COMMITMENT = re.compile(r"[0-9a-f]{64}")
_KIND = re.compile(r"[a-z][a-z0-9_-]*")
_REFERENCE_FORM = re.compile(_KIND.pattern + r"/[0-9a-f]{32}")


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
        erased: Callable[[], None] | None = None,
    ) -> None:
        self._connection = connection
        self._ledger = ledger
        self._key = key
        self._cache = {} if cache is None else cache
        self._erased = erased
        self._ciphers: dict[str, AESGCM] = {}
        self.learned: dict[Lookup, str] = {}
        self.forgotten: set[Lookup] = set()
        self.read: set[str] = set()
        """Of whom anything was looked up or told: for the reading log."""

    def committed(self) -> None:
        """Bring the shared cache up to date with this unit of work, once that is committed.

        ``erased`` is told when somebody was erased in it.
        """
        if self.forgotten and self._erased is not None:
            self._erased()
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
        values = self.sealed(made, os.urandom(KEY_SIZE), host_id)
        check = self._key.check(self._ledger)
        row = self._run(REFERENCE, reference=made, key_check=check, **values).one_or_none()
        if row is None:
            raise Incorrect("sleutel", None, WRONG_KEY, secret=True)
        reference: str = row.reference
        self._cipher(reference, row.wrapped_key)
        self.learned[lookup] = reference
        return reference

    def find(self, kind: str, host_id: str) -> str | None:
        """Always out of the database: outside a locked ledger a cache can be behind an erasure."""
        lookup = self._lookup(kind, host_id)
        known = self.learned.get(lookup)
        if known is None:
            known = self._run(FIND, lookup=lookup[1]).scalar()
            if known is None:
                self._check_key()
            else:
                self.learned[lookup] = known
        if known is not None and kind != ACTOR:
            self.read.add(known)
        return known

    def present(self, references: Sequence[str]) -> list[str]:
        return present(self._connection, self._ledger, references)

    def quiet_since(self, position: int) -> list[str]:
        return quiet_since(self._connection, self._ledger, position)

    def kept_of(self, reference: str) -> list[Bewaring]:
        return kept_of(self._connection, self._ledger, reference)

    def reads_of(self, reference: str, *, after: int, limit: int) -> list[tuple[int, Inzage]]:
        return reads_of(self._connection, self._ledger, self, reference, after, limit)

    def forget_lookups(self, references: Collection[str]) -> None:
        """What is dropped here was erased and committed, whatever becomes of this unit of work."""
        for lookup, reference in list(self._cache.items()):
            if reference in references:
                self._cache.pop(lookup, None)

    def host_id(self, reference: str) -> str | None:
        row = self._run(PERSON, reference=reference).first()
        if row is None:
            return None
        self.read.add(reference)
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
            row = self._run(PERSON, reference=subject).first()
            if row is None:
                allowed = "a reference that this vault handed out and did not erase"
                hidden = not _REFERENCE_FORM.fullmatch(subject)  # it may be a host's id
                raise Incorrect("subject", subject, allowed, secret=hidden)
            cipher = self._cipher(subject, row.wrapped_key)
        salt, plain = os.urandom(SALT_SIZE), _utf8(field, value)
        commitment = _commit(salt, field, plain)
        self._run(
            KEEP,
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
        row = self._run(REVEAL, commitment=digest).first()
        if row is None:
            return None
        self.read.add(row.subject)
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
        self._run(ERASE_VALUES, reference=reference)
        row = self._run(ERASE_PERSON, reference=reference).first()
        self._ciphers.pop(reference, None)
        if row is None:
            return False
        lookup = (self._ledger, row.lookup)
        self.learned.pop(lookup, None)
        self.forgotten.add(lookup)
        return True

    def opened(
        self, reference: str, lookup: bytes, wrapped_key: bytes, host_id: bytes
    ) -> tuple[bytes, str]:
        """The key of a person and the host's id, out of a row. Raises Broken."""
        what = f"the key of {reference}"
        secret = _open(self._key.wrapping, wrapped_key, self._bound("key", reference), what)
        bound_to, what = self._bound("id", reference, lookup), f"the host's id of {reference}"
        return secret, _open(AESGCM(secret), host_id, bound_to, what).decode()

    def sealed(self, reference: str, secret: bytes, host_id: str) -> dict[str, bytes]:
        """The row of a person under the key of this vault: lookup, wrapped_key and host_id."""
        _, lookup = self._lookup(reference.partition("/")[0], host_id)
        bound_to = self._bound("id", reference, lookup)
        return {
            "lookup": lookup,
            "wrapped_key": seal(self._key.wrapping, secret, self._bound("key", reference)),
            "host_id": seal(AESGCM(secret), host_id.encode(), bound_to),
        }

    def resealed(
        self, subject: str, commitment: bytes, sealed: bytes, secret: bytes, another: bytes
    ) -> bytes:
        """A value of a person under another key of that person. Raises Broken."""
        digest = bytes(commitment)
        bound_to = self._bound("value", subject, digest)
        what = f"the value behind commitment {digest.hex()}"
        return seal(AESGCM(another), _open(AESGCM(secret), sealed, bound_to, what), bound_to)

    def _check_key(self) -> None:
        refuse_replaced(self._connection, self._ledger, self._key)

    def _run(self, statement: str, **values: Any) -> CursorResult[Any]:
        return run(self._connection, statement, ledger=self._ledger, **values)

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
            bound_to, what = self._bound("key", reference), f"the key of {reference}"
            try:
                secret = _open(self._key.wrapping, wrapped_key, bound_to, what)
            except Broken:
                self._check_key()
                raise
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
