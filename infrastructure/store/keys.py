"""The host's key: the one secret that opens the vault, and where it is kept.

Every use gets its own sub-key (HKDF), so that nothing made with one can be replayed against
another. The labels below are permanent: another label is another key, and stored data is lost.
"""

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import URL
from sqlalchemy.exc import ArgumentError

from rekenschap.application.errors import Incorrect
from rekenschap.infrastructure.store.urls import parsed_url

KEY_SIZE = 32
NONCE_SIZE = 12
SUFFIX = ".sleutel"

_LABEL = "rekenschap/sleutel/1/"


def framed(*parts: bytes) -> bytes:
    """The parts, each after its length: no two different lists give the same bytes."""
    return b"".join([len(part).to_bytes(8, "big") + part for part in parts])


def seal(cipher: AESGCM, plain: bytes, bound_to: bytes) -> bytes:
    """Nonce and ciphertext; it opens only where it was put (``bound_to`` is authenticated)."""
    nonce = os.urandom(NONCE_SIZE)
    return nonce + cipher.encrypt(nonce, plain, bound_to)


def unseal(cipher: AESGCM, sealed: bytes, bound_to: bytes) -> bytes:
    """The inverse of ``seal``; raises InvalidTag, ValueError or TypeError on anything else."""
    return cipher.decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], bound_to)


class HostKey:
    """Sub-keys of the host's secret. Keeps no copy of the secret and never shows itself."""

    __slots__ = ("_check", "_fingerprint", "_index", "wrapping")

    def __init__(self, secret: bytes) -> None:
        if not isinstance(secret, bytes) or len(secret) != KEY_SIZE:
            raise Incorrect("sleutel", secret, f"exactly {KEY_SIZE} random bytes", secret=True)
        self.wrapping = AESGCM(_derive(secret, "wrapping"))
        self._index = _derive(secret, "index")
        self._fingerprint = _derive(secret, "fingerprint")
        self._check = _derive(secret, "check")

    @classmethod
    def generate(cls) -> "HostKey":
        return cls(secrets.token_bytes(KEY_SIZE))

    @classmethod
    def from_file(cls, path: str | os.PathLike[str]) -> "HostKey":
        try:
            with Path(path).open("rb") as file:
                secret = file.read(KEY_SIZE + 1)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "no valid path"
            allowed = f"the path of a key file that can be read ({reason})"
            raise Incorrect("sleutel", os.fspath(path), allowed) from error
        if len(secret) != KEY_SIZE:
            raise Incorrect("sleutel", os.fspath(path), f"a key file of exactly {KEY_SIZE} bytes")
        return cls(secret)

    def index(self, *parts: bytes) -> bytes:
        """Finds a row by what it is about, without storing what it is about."""
        return hmac.digest(self._index, framed(*parts), "sha256")

    def fingerprint(self, *parts: bytes) -> bytes:
        return hmac.digest(self._fingerprint, framed(*parts), "sha256")

    def check(self, ledger: str) -> bytes:
        """Tells whether this key is the one a ledger's vault was made with, and nothing else."""
        return hmac.digest(self._check, framed(ledger.encode()), "sha256")

    def __repr__(self) -> str:
        return "HostKey(not shown)"

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a HostKey is not copied or pickled: that would write the key elsewhere")


def _derive(secret: bytes, purpose: str) -> bytes:
    info = (_LABEL + purpose).encode()
    return HKDF(algorithm=SHA256(), length=KEY_SIZE, salt=None, info=info).derive(secret)


def create_key_file(path: str | os.PathLike[str]) -> HostKey:
    """A new key file, readable by its owner only; one that is already there wins.

    The bytes are on disk under another name first and get this name in one step, so nobody ever
    reads half a key and an existing key is never overwritten.
    """
    target = Path(path)
    draft = target.with_name(f"{target.name}.{secrets.token_hex(8)}.new")
    try:
        _write_durably(draft, secrets.token_bytes(KEY_SIZE))
        with suppress(FileExistsError):
            os.link(draft, target)
        sync_folder(target.parent)
    except OSError as error:
        allowed = f"a place where a key file can be made ({error.strerror})"
        raise Incorrect("sleutel", str(target), allowed) from error
    finally:
        draft.unlink(missing_ok=True)
    return HostKey.from_file(target)


def _write_durably(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """A key that a crash takes away after the first person was stored is a lost vault."""
    if os.name == "nt":  # a folder cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def key_for(url: str | URL, sleutel: bytes | str | os.PathLike[str] | None = None) -> HostKey:
    """The key for a database: the one given, or the file kept beside an SQLite database.

    Ask for it before the database file is made: a file without its key is taken for a lost key.
    """
    if isinstance(sleutel, bytes):
        return HostKey(sleutel)
    if sleutel is not None:
        return HostKey.from_file(sleutel)
    parsed = _parsed(url)
    if parsed.get_backend_name() != "sqlite":
        raise Incorrect(
            "sleutel",
            None,
            f"{KEY_SIZE} random bytes or the path of a key file, when the database is a server: "
            "make a file once with rekenschap.infrastructure.store.keys.create_key_file(path), "
            "keep a copy apart from the database's backups, and pass sleutel=path at each opening",
        )
    database = _database_file(parsed)
    return HostKey.generate() if database is None else _beside(database)


def _parsed(url: str | URL) -> URL:
    try:
        return parsed_url(url)
    except (ArgumentError, ValueError, TypeError):
        raise Incorrect("url", url, "the URL of a database", secret=True) from None


def _beside(database: Path) -> HostKey:
    """The database is looked at before the key file: whoever makes both makes the key first."""
    in_use = database.exists() and database.stat().st_size > 0
    path = database.with_name(database.name + SUFFIX)
    if path.exists():
        return HostKey.from_file(path)
    if in_use:
        raise Incorrect(
            "sleutel",
            str(path),
            "the key file this database was made with, and it is gone: put it back from a backup "
            "or pass sleutel=…; with a new key its personal data could never be read",
        )
    return create_key_file(path)


def _database_file(url: URL) -> Path | None:
    """The file behind an SQLite URL; None when it is in memory (its key lives as long as it)."""
    name = url.database or ":memory:"
    return None if name == ":memory:" else Path(name).resolve()
