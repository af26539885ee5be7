"""References of persons: from the vault when something will be recorded, made up when not."""

import secrets

from rekenschap.application.ports import Vault


class Lasting:
    """References that are kept: a new person gets one."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def reference(self, kind: str, host_id: str) -> str:
        return self._vault.reference(kind, host_id)

    def known(self, kind: str, host_id: str) -> str | None:
        return self._vault.find(kind, host_id)

    def fingerprint(self, value: str) -> str:
        return self._vault.fingerprint(value)


class Passing:
    """References for a question: a person who is not known gets one that is forgotten again."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._made: dict[tuple[str, str], str] = {}

    def reference(self, kind: str, host_id: str) -> str:
        known = self._vault.find(kind, host_id)
        if known is not None:
            return known
        return self._made.setdefault((kind, host_id), f"{kind}/{secrets.token_hex(16)}")

    def known(self, kind: str, host_id: str) -> str | None:
        return self._vault.find(kind, host_id)

    def fingerprint(self, value: str) -> str:
        return self._vault.fingerprint(value)
