"""The receipt of a decision: all that is needed, with the log, to reproduce it bit for bit."""

from typing import Final

from rekenschap.application.deciding import Besloten
from rekenschap.application.dossiers import NOTHING
from rekenschap.domain.identifiers import Code, Hash, Stroom
from rekenschap.domain.verdicts import Bon

PROGRAMMA: Final = Code("rekenschap-0.1")
"""The version that decides: information on the receipt, never input of a decision."""


def receipt_of(decided: Besloten, known: int, program: Code = PROGRAMMA) -> Bon:
    """The receipt of what was decided on what was known up to a position."""
    read = decided.gelezen
    return Bon(
        regelingen=tuple(dict.fromkeys(r.hash for r in decided.regelingen)),
        bekend_tot=known,
        gelezen=() if decided.sleutel is None else (Stroom(decided.sleutel),),
        feiten=Hash(NOTHING if read is None else read.digest),
        programma=program,
    )
