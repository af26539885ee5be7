"""The first released schema: the log, the vault and its reading log, and the balances.

Written out, and not made from the tables in the code: those may change, and this may not.
"""

from typing import Final

from rekenschap.infrastructure.migrations.statements import Texts, run

revision: Final = "0001"
down_revision: Final = None

_LOG: Final = """
CREATE TABLE ledgers (
    ledger {counter} NOT NULL,
    id {key} NOT NULL,
    name {key} NOT NULL,
    position BIGINT NOT NULL,
    hash {bytes} NOT NULL,
    recorded_at BIGINT,
    PRIMARY KEY (ledger),
    UNIQUE (id),
    UNIQUE (name)
);
CREATE TABLE events (
    ledger INTEGER NOT NULL,
    position BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    stream {key} NOT NULL,
    stream_version BIGINT NOT NULL,
    name {key} NOT NULL,
    version INTEGER NOT NULL,
    payload {bytes} NOT NULL,
    hash {bytes} NOT NULL,
    PRIMARY KEY (ledger, position),
    UNIQUE (ledger, stream, stream_version)
);
CREATE TABLE event_references (
    ledger INTEGER NOT NULL,
    reference {key} NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (ledger, reference, position)
){rowless};
CREATE INDEX event_references_by_position ON event_references (ledger, position);
CREATE TABLE commands (
    ledger INTEGER NOT NULL,
    command_id {key} NOT NULL,
    content_hash {bytes} NOT NULL,
    first_position BIGINT NOT NULL,
    last_position BIGINT NOT NULL,
    PRIMARY KEY (ledger, command_id)
){rowless};
"""

_VAULT: Final = """
CREATE TABLE vault_persons (
    ledger {key} NOT NULL,
    reference {key} NOT NULL,
    lookup {bytes} NOT NULL,
    wrapped_key {bytes} NOT NULL,
    host_id {bytes} NOT NULL,
    PRIMARY KEY (ledger, reference),
    UNIQUE (ledger, lookup)
);
CREATE TABLE vault_values (
    ledger {key} NOT NULL,
    commitment {bytes} NOT NULL,
    subject {key} NOT NULL,
    field TEXT NOT NULL,
    purpose TEXT NOT NULL,
    keep_until TEXT,
    sealed {bytes} NOT NULL,
    PRIMARY KEY (ledger, commitment)
);
CREATE INDEX vault_values_subject ON vault_values (ledger, subject);
CREATE TABLE vault_checks (
    ledger {key} NOT NULL,
    key_check {bytes} NOT NULL,
    PRIMARY KEY (ledger)
);
CREATE TABLE vault_reads (
    number {big_counter} NOT NULL,
    ledger {key} NOT NULL,
    person {key} NOT NULL,
    read_at BIGINT NOT NULL,
    reader {key},
    role TEXT,
    on_behalf {key},
    purpose TEXT,
    question TEXT NOT NULL,
    granted BOOLEAN NOT NULL,
    PRIMARY KEY (number)
);
CREATE INDEX vault_reads_person ON vault_reads (ledger, person, number);
"""

_BALANCES: Final = """
CREATE TABLE projection_positions (
    ledger INTEGER NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (ledger)
);
CREATE TABLE saldo (
    ledger INTEGER NOT NULL,
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
    PRIMARY KEY (ledger, toewijzing, geldig_van, bekend_van)
){rowless};
CREATE INDEX saldo_by_jeugdige ON saldo (ledger, jeugdige, toewijzing);
CREATE INDEX saldo_by_aanbieder ON saldo (ledger, aanbieder, toewijzing);
CREATE TABLE tellers (
    ledger INTEGER NOT NULL,
    jeugdige {key} NOT NULL,
    teller {key} NOT NULL,
    product {key} NOT NULL,
    jaar INTEGER NOT NULL,
    geldig_van {key} NOT NULL,
    bekend_van BIGINT NOT NULL,
    bekend_tot BIGINT NOT NULL,
    aantal INTEGER NOT NULL,
    PRIMARY KEY (ledger, jeugdige, teller, product, jaar, geldig_van, bekend_van)
){rowless};
CREATE TABLE spoor (
    ledger INTEGER NOT NULL,
    bekend_van BIGINT NOT NULL,
    jeugdige {key} NOT NULL,
    geldig_van {key} NOT NULL,
    toewijzing {key},
    betreft BIGINT,
    gebeurtenis {key} NOT NULL,
    uitkomst {key} NOT NULL,
    oordelen TEXT NOT NULL,
    PRIMARY KEY (ledger, bekend_van, jeugdige)
){rowless};
CREATE INDEX spoor_by_toewijzing ON spoor (ledger, toewijzing, bekend_van);
CREATE INDEX spoor_by_jeugdige ON spoor (ledger, jeugdige, bekend_van);
CREATE INDEX spoor_by_betreft ON spoor (ledger, betreft);
"""

_SQLITE: Final = {
    "key": "TEXT",
    "bytes": "BLOB",
    "counter": "INTEGER",
    "big_counter": "INTEGER",
    "rowless": " WITHOUT ROWID",
}
_POSTGRESQL: Final = {
    "key": 'TEXT COLLATE "C"',
    "bytes": "BYTEA",
    "counter": "SERIAL",
    "big_counter": "BIGSERIAL",
    "rowless": "",
}


def _texts(words: dict[str, str]) -> tuple[str, ...]:
    whole = (_LOG + _VAULT + _BALANCES).format(**words)
    return tuple(one.strip() for one in whole.split(";") if one.strip())


TEXTS: Final[Texts] = {"sqlite": _texts(_SQLITE), "postgresql": _texts(_POSTGRESQL)}


def upgrade() -> None:
    run(TEXTS)
