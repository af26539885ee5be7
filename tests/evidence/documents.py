"""The documents of a small ledger, each with the tamperings to try on it."""

from tests.evidence.small import Stored
from tests.evidence.tampering import (
    ON_ROWS,
    Kind,
    checkpoint_bits,
    exported,
    json_line,
    proof_bits,
    proofs_of_something_else,
)

from rekenschap.application import Rekenschap

PROVED = (1, 3, 8, 13)
JOINED = ((3, 13), (4, 13), (8, 13), (7, 12))


def kinds_of(rekenschap: Rekenschap, stored: Stored) -> dict[str, Kind]:
    """Every kind of tampering with rows, proofs and exports, by name."""
    last = stored.kept[-1]
    proofs = [rekenschap.insluitingsbewijs(positie=at, controlepunt=last) for at in PROVED]
    joined = [rekenschap.samenhangsbewijs(stored.kept[a], stored.kept[b]) for a, b in JOINED]
    lines = [json_line(stored, row) for row in stored.rows]
    return {
        **ON_ROWS,
        "every bit of inclusion proofs": proof_bits(proofs),
        "every bit of consistency proofs": proof_bits(joined),
        "parts of one proof in another": proofs_of_something_else(proofs),
        "every bit of the checkpoints of an export": checkpoint_bits,
        "an export: lines gone, swapped, copied, cut off, and bits of it": exported(lines),
    }
