"""What the vault keeps of persons: what for, how long, and on what ground. Declared in data."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from attrs import frozen

from rekenschap.domain.bronnen import Bron
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.identifiers import Code

WOORDEN: Final = "woorden"
"""The declaration of every kenmerk that holds words and has none of its own."""


@frozen(kw_only=True)
class Gegeven:
    """One kind of personal data. ``termijn`` counts from the last record that touches the person;
    None: kept as long as it is needed, which no date tells."""

    naam: str
    betekenis: str
    doel: Code
    termijn: Termijn | None
    bron: Bron

    def bewaren_tot(self, last_change: date) -> date | None:
        """The last day it is kept, when nothing changes after ``last_change``."""
        return None if self.termijn is None else self.termijn.na(last_change)


@frozen
class Persoonsgegevens:
    """All that is declared, by name."""

    gegevens: Mapping[str, Gegeven]

    def van(self, name: str) -> Gegeven:
        """The declaration of a field or kenmerk; words without one of their own have that of all
        words."""
        return self.gegevens.get(name) or self.gegevens[WOORDEN]
