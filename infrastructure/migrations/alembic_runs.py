"""Alembic, run on a connection of ours, or to write down what it would do."""

import io
import threading
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from rekenschap.infrastructure.migrations.revisions import FIRST, Stand

SCRIPTS: Final = Path(__file__).parent
_ONE_AT_A_TIME: Final = threading.Lock()
"""Alembic keeps what it works on in its own modules."""
_BETWEEN: Final = "COMMIT;\n\nBEGIN;\n\n"
"""What stands between two commands of Alembic, each a transaction of its own."""


def upgrade(connection: Connection, stand: Stand) -> None:
    """From where a database is to the newest revision, in the transaction that is going on."""
    config = _config()
    config.attributes["connection"] = connection
    with _ONE_AT_A_TIME:
        if stand.revision is not None and not stand.stamped:
            command.stamp(config, FIRST)
        command.upgrade(config, "head")


def sql_to_upgrade(dialect_name: str, stand: Stand) -> str:
    """The same as text, for whoever runs such things by hand; one transaction too."""
    out = io.StringIO()
    config = _config(out)
    config.attributes["dialect_name"] = dialect_name
    start = "" if stand.revision is None else f"{stand.revision}:"
    with _ONE_AT_A_TIME:
        if stand.revision is not None and not stand.stamped:
            command.stamp(config, FIRST, sql=True)
        command.upgrade(config, f"{start}head", sql=True)
    return out.getvalue().replace(_BETWEEN, "")


def _config(out: io.StringIO | None = None) -> Config:
    config = Config(output_buffer=out)
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config
