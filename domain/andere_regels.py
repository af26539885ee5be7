"""Rules other than those that were applied: what a what-if assumes."""

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.kenmerken import Waarde

VAN_TOEN = "van_toen"
"""The name of the rules that were applied: those of the decisions themselves."""


@frozen(order=True)
class Getal:
    """One number of a rule: ``regel`` and the parameter (``instelling``) it stands in.

    What stands inside a parameter is named with a dot: ``termijn.maanden``.
    """

    regel: str
    instelling: str

    def __str__(self) -> str:
        return f"{self.regel}.{self.instelling}"


@frozen(kw_only=True)
class AndereRegels:
    """Another version, or the same one with a number, a reading or a rule changed.

    ``regeling`` names the version that governs everything, whatever the transitional law says:
    one the grootboek knows, one that comes with the package, or a text in YAML. ``op`` takes the
    version in force on a day instead. Without both, each decision keeps the version it had.
    ``getallen`` replaces numbers of rules (decimals and days as text, as the data has them),
    ``lezingen`` how options read on every day, ``zonder`` leaves rules out.
    """

    regeling: str | None = None
    op: date | None = None
    getallen: Mapping[Getal, Waarde] = field(factory=dict)
    lezingen: Mapping[str, Optiewaarde] = field(factory=dict)
    zonder: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line that says what is assumed; the same for the same assumption."""
        named = self.regeling
        if named is not None and "\n" in named:
            named = "een eigen tekst"
        parts = [named or (VAN_TOEN if self.op is None else f"in werking op {self.op}")]
        parts += [f"{number}={_told(value)}" for number, value in sorted(self.getallen.items())]
        parts += [f"{name}={_told(value)}" for name, value in sorted(self.lezingen.items())]
        parts += [f"zonder {rule}" for rule in self.zonder]
        return ", ".join(parts)


def _told(value: object) -> str:
    """A value as it is typed."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, tuple | list):
        return "+".join(map(_told, value)) or "niets"
    return "geen" if value is None else str(value)
