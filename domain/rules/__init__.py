"""The rule kinds. Importing this package fills the register of their names and versions."""

from rekenschap.domain.rules import (
    advies,
    geldigheid,
    omvang,
    samenloop,
    tellen,
    termijnen,
    tijd,
    toegang,
    voorwaarden,
)
from rekenschap.domain.zaak import SOORTEN

__all__ = [
    "SOORTEN",
    "advies",
    "geldigheid",
    "omvang",
    "samenloop",
    "tellen",
    "termijnen",
    "tijd",
    "toegang",
    "voorwaarden",
]
