"""What a sealed line says of the tables beside the log: its command, and all that it touches.

All of it is in the payload, so the tables can be held against the seal: the fact names what it
touches, and the receipt names the dossier that was read, which is the jeugdige it was recorded for.

Verifying reads every line there is, and the verdicts are most of a line. So they are stepped over:
canonical JSON has its keys in order, and no quote inside a text stands without a backslash.
"""

import json
from typing import Any, Final

from rekenschap.domain.facts import REGISTER, Feit
from rekenschap.infrastructure.canonical import Malformed
from rekenschap.infrastructure.codec import fact_of

_DECODER: Final = json.JSONDecoder()
_FACT, _RECEIPT, _COMMAND = '{"feit":', ',"oordeel":{"bon":', ',"opdracht":"'
_NAMES_NOTHING: Final = frozenset(
    key for key, cls in REGISTER.items() if cls.verwijzingen_naar is Feit.verwijzingen_naar
)


def traces(name: str, version: int, stream: str, payload: bytes) -> tuple[str, set[str]]:
    """The command id of a line, and every reference that ``codec.encode`` gave it."""
    fields, receipt, rest = _parts(payload.decode())
    touched = {stream}
    if (name, version) not in _NAMES_NOTHING:
        touched.update(fact_of(name, version, fields).verwijzingen_naar)
    if receipt is not None:
        touched.update(one for one in receipt["gelezen"] if one.startswith("jeugdige/"))
    if "referentie" in rest:
        touched.add(f"referentie/{rest['referentie']}")
    command = rest["opdracht"]
    if type(command) is not str:
        raise Malformed(f"expected a command id, found {command!r}")
    return command, touched


def _parts(text: str) -> tuple[Any, Any, dict[str, Any]]:
    """The fact, the receipt, and the fields after the decision; the verdicts are not read."""
    try:
        if not text.startswith(_FACT):
            raise Malformed(f"expected {_FACT}")
        fields, at = _DECODER.raw_decode(text, len(_FACT))
        receipt, at = _DECODER.raw_decode(text, text.index(_RECEIPT, at) + len(_RECEIPT))
        rest = _DECODER.decode("{" + text[text.rindex(_COMMAND, at) + 1 :])
    except ValueError:
        whole = json.loads(text)
        return whole["feit"], whole["oordeel"].get("bon"), whole
    return fields, receipt, rest
