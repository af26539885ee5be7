"""The tables of balances have sets of rows, so that a rebuild fills one while another is read.

They are made anew and folded out of the log at the next question: nothing in them is evidence.
"""

from typing import Final

from rekenschap.infrastructure.migrations.statements import Texts, run

revision: Final = "0003"
down_revision: Final = "0002"

_OLD: Final = ("spoor", "tellers", "saldo", "projection_positions")
_NEW: Final = """
CREATE TABLE projection_positions (
    ledger INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    position BIGINT NOT NULL,
    newest INTEGER NOT NULL,
    newest_position BIGINT,
    signs BIGINT NOT NULL,
    PRIMARY KEY (ledger)
);
CREATE TABLE saldo (
    ledger INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    toewijzing {key} NOT NULL,
    geldig_van {key} NOT NULL,
    bekend_van BIGINT NOT NULL,
    bekend_tot BIGINT NOT NULL,
    jeugdige {key} NOT NULL,
    aanbieder {key},
    status {key} NOT NULL,
    product {key} NOT NULL,
    regeling {key} NOT NULL,
    eenheid {key},
    toegewezen {key},
    verbruikt {key} NOT NULL,
    saldo {key},
    sessies INTEGER NOT NULL,
    ingangsdatum {key} NOT NULL,
    einddatum {key},
    startdatum {key},
    verdeling TEXT NOT NULL,
    PRIMARY KEY (ledger, generation, toewijzing, geldig_van, bekend_van)
){rowless};
CREATE INDEX saldo_by_jeugdige ON saldo (ledger, generation, jeugdige, toewijzing);
CREATE INDEX saldo_by_aanbieder ON saldo (ledger, generation, aanbieder, toewijzing);
CREATE TABLE tellers (
    ledger INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    jeugdige {key} NOT NULL,
    teller {key} NOT NULL,
    product {key} NOT NULL,
    jaar INTEGER NOT NULL,
    geldig_van {key} NOT NULL,
    bekend_van BIGINT NOT NULL,
    bekend_tot BIGINT NOT NULL,
    aantal INTEGER NOT NULL,
    PRIMARY KEY (
        ledger, generation, jeugdige, teller, product, jaar, geldig_van, bekend_van
    )
){rowless};
CREATE TABLE spoor (
    ledger INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    bekend_van BIGINT NOT NULL,
    jeugdige {key} NOT NULL,
    geldig_van {key} NOT NULL,
    toewijzing {key},
    betreft BIGINT,
    gebeurtenis {key} NOT NULL,
    uitkomst {key} NOT NULL,
    oordelen TEXT NOT NULL,
    PRIMARY KEY (ledger, generation, bekend_van, jeugdige)
){rowless};
CREATE INDEX spoor_by_toewijzing ON spoor (ledger, generation, toewijzing, bekend_van);
CREATE INDEX spoor_by_jeugdige ON spoor (ledger, generation, jeugdige, bekend_van);
CREATE INDEX spoor_by_betreft ON spoor (ledger, generation, betreft);
"""


def _texts(key: str, rowless: str) -> tuple[str, ...]:
    new = _NEW.format(key=key, rowless=rowless)
    dropped = (f"DROP TABLE {name}" for name in _OLD)
    return (*dropped, *(one.strip() for one in new.split(";") if one.strip()))


TEXTS: Final[Texts] = {
    "sqlite": _texts("TEXT", " WITHOUT ROWID"),
    "postgresql": _texts('TEXT COLLATE "C"', ""),
}


def upgrade() -> None:
    run(TEXTS)
