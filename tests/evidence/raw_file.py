"""Single bits of the SQLite file itself, wherever they fall: found, or without consequence.

Most of a file is no evidence: free pages, indexes, the tables of balances, the vault. A flip is
*harmless* when verification passes and every row of the log, its head, the references and the
commands read as before. It is *missed* when it passes and one of them does not. The one column
that nothing covers, the hash of a command's content, is counted apart.
"""

import random
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any, Final

from sqlalchemy.exc import DatabaseError
from tests.application.care import KEY

from rekenschap.application import Broken, Incorrect, Onbeschikbaar
from rekenschap.infrastructure.cli.options import opened

EVIDENCE: Final = {
    "ledgers": "select id, name, position, hash, recorded_at from ledgers order by ledger",
    "events": "select * from events order by ledger, position",
    "event_references": "select * from event_references order by ledger, reference, position",
    "commands": "select ledger, command_id, first_position, last_position from commands "
    "order by ledger, command_id",
}
UNCOVERED: Final = {
    "content": "select ledger, command_id, content_hash from commands order by 1, 2"
}


def flips_of_the_file(file: Path, count: int, seed: int) -> Counter[str]:
    """Flips ``count`` bits of a closed database, each in a fresh copy of it."""
    content = file.read_bytes()
    before, content_before = rows_of(file, EVIDENCE), rows_of(file, UNCOVERED)
    chance, found = random.Random(seed), Counter[str]()
    copy = file.with_name("copy.db")
    for _ in range(count):
        at, bit = chance.randrange(len(content)), chance.randrange(8)
        for one in file.parent.glob("copy.db*"):
            one.unlink()
        changed = bytes([content[at] ^ (1 << bit)])
        copy.write_bytes(content[:at] + changed + content[at + 1 :])
        found["tried"] += 1
        if said := said_of_file(copy):
            found["found"] += 1
            found["found_by_an_error_of_the_driver"] += said.startswith("driver: ")
        elif rows_of(copy, EVIDENCE) != before:
            found["missed"] += 1
        elif rows_of(copy, UNCOVERED) != content_before:
            found["content_hash_changed"] += 1
        else:
            found["harmless"] += 1
    return found


def said_of_file(file: Path) -> str:
    """What opening and verifying says is wrong; empty when nothing is."""
    try:
        with opened(f"sqlite:///{file}", "duindam", KEY) as rekenschap:  # type: ignore[arg-type]
            rekenschap.verify()
    except (Broken, Incorrect, Onbeschikbaar) as error:
        return str(error)
    except (DatabaseError, sqlite3.DatabaseError) as error:  # such as a damaged CREATE TABLE
        return f"driver: {error}"
    return ""


def rows_of(file: Path, queries: dict[str, str]) -> Any:
    """Every row, as the driver reads it, apart from our own code."""
    connection = sqlite3.connect(file)
    connection.text_factory = bytes
    try:
        return {name: connection.execute(query).fetchall() for name, query in queries.items()}
    except sqlite3.DatabaseError as error:
        return repr(error)
    finally:
        connection.close()
