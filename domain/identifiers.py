"""Every text that may stand in an event, by kind: what is not one of these does not fit a fact.

Host ids of persons, birth dates, family and words never come here: events hold the vault's random
references and salted commitments instead.
"""

import re
from typing import Any, Final, NewType

CommandId = NewType("CommandId", str)
"""The caller's id of a command, kept for ever."""
Referentie = NewType("Referentie", str)
"""The caller's name of a step, to point at it later (approval, correction)."""
RegelReferentie = NewType("RegelReferentie", str)
"""The provider's own reference of a registered or declared line."""

ToewijzingId = NewType("ToewijzingId", str)
VerwijzingId = NewType("VerwijzingId", str)
AdviesId = NewType("AdviesId", str)
GesprekId = NewType("GesprekId", str)
FactuurId = NewType("FactuurId", str)
AanbiederId = NewType("AanbiederId", str)
"""The id of an organisation, e.g. its AGB code."""

JeugdigeRef = NewType("JeugdigeRef", str)
"""The vault's random reference of a jeugdige: ``jeugdige/…``."""
GezinRef = NewType("GezinRef", str)
PersoonRef = NewType("PersoonRef", str)
"""The vault's random reference of somebody who acts: ``persoon/…``."""
BetrokkeneRef = NewType("BetrokkeneRef", str)
"""The vault's random reference of any person: a jeugdige, a gezin or somebody who acts."""
Zegel = NewType("Zegel", str)
"""A salted commitment to a value in the vault, in hexadecimal."""

Maand = NewType("Maand", str)
"""A calendar month, YYYY-MM."""
Product = NewType("Product", str)
"""A product key or code of the regeling."""
Keuze = NewType("Keuze", str)
"""A value out of a list that is declared as data; which list is told per field."""
Code = NewType("Code", str)
"""One short word out of an open list; never a sentence."""
RegelingNaam = NewType("RegelingNaam", str)
RegelId = NewType("RegelId", str)
Hash = NewType("Hash", str)
"""A SHA-256 in hexadecimal."""
Stroom = NewType("Stroom", str)
"""The name of a stream: a kind, a slash and an id; or ``grootboek``."""
RegelingTekst = NewType("RegelingTekst", str)
"""The canonical text of a regeling: published law, no personal data."""

_TOKEN: Final = r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}"
_HEX64: Final = r"[0-9a-f]{64}"

PATTERNS: Final[dict[Any, tuple[str, str]]] = {
    **dict.fromkeys(
        (
            CommandId,
            Referentie,
            RegelReferentie,
            ToewijzingId,
            VerwijzingId,
            AdviesId,
            GesprekId,
            FactuurId,
            AanbiederId,
            Keuze,
            Code,
            RegelingNaam,
            RegelId,
        ),
        (_TOKEN, "1 to 64 letters, digits, '.', '_', ':' or '-', starting with a letter or digit"),
    ),
    Maand: (r"(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])", "a month, YYYY-MM"),
    Product: (
        r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}",
        "a product key: 1 to 64 letters, digits, '.', '_', ':', '/' or '-'",
    ),
    JeugdigeRef: (
        r"jeugdige/[0-9a-f]{32}",
        "a reference of the vault: jeugdige/ and 32 hex digits",
    ),
    GezinRef: (r"gezin/[0-9a-f]{32}", "a reference of the vault: gezin/ and 32 hex digits"),
    PersoonRef: (r"persoon/[0-9a-f]{32}", "a reference of the vault: persoon/ and 32 hex digits"),
    BetrokkeneRef: (
        r"(?:jeugdige|gezin|persoon)/[0-9a-f]{32}",
        "a reference of the vault: jeugdige/, gezin/ or persoon/ and 32 hex digits",
    ),
    Stroom: (rf"grootboek|[a-z]+/{_TOKEN}", "the name of a stream, e.g. toewijzing/T1"),
    Zegel: (_HEX64, "64 hex digits"),
    Hash: (_HEX64, "64 hex digits"),
}
"""For each kind of text: its pattern, and in words what is allowed."""

COMPILED: Final = {kind: re.compile(pattern) for kind, (pattern, _) in PATTERNS.items()}
