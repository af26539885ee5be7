"""The outline of an entry: what the tables need of it, which is little of what is stored.

Most of a line is the verdicts and the receipt. A fold of millions of lines decodes no more than
this; an allocation whose entries bear on each other is read in full (``contributions``).
"""

from collections.abc import Callable, Hashable
from datetime import date

from attrs import frozen

from rekenschap.application.ports import StoredRecord
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.facts import Feit
from rekenschap.domain.verdicts import Gevolg
from rekenschap.domain.vocabulary import Uitkomst


@frozen
class Omtrek:
    """An entry without the inside of its decision.

    ``onder`` is the hash of the rule set it was judged under, empty when there was none;
    ``oordelen`` are the rules that spoke, each with its weight.
    """

    positie: int
    feit: Feit
    uitkomst: Uitkomst
    gevolg: Gevolg | None
    onder: str
    oordelen: tuple[tuple[str, str], ...]

    @classmethod
    def van(cls, entry: Boeking) -> "Omtrek":
        """The outline of an entry that was decoded in full."""
        decision = entry.beslissing
        receipt = decision.bon
        return cls(
            entry.positie,
            entry.feit,
            decision.uitkomst,
            decision.gevolg,
            receipt.regelingen[0] if receipt is not None and receipt.regelingen else "",
            tuple((one.regel, one.ernst.value) for one in decision.oordelen),
        )


Outline = Callable[[StoredRecord], Omtrek]

Addition = Callable[[StoredRecord], tuple[Hashable, date] | None]
"""Of an effort that counts and does nothing but add up: what it adds, which is equal for efforts
that add the same, and its day. None for any other line, whose outline tells more."""
