"""What Alembic runs: on the connection it was given, or writing SQL for a kind of database."""

from typing import Any

from alembic import context

from rekenschap.infrastructure.migrations.revisions import VERSION_TABLE

_given = context.config.attributes
_where: dict[str, Any] = (
    {"dialect_name": _given["dialect_name"]}
    if context.is_offline_mode()
    else {"connection": _given["connection"]}
)
# SQLite's tables are made and altered inside a transaction too: our engine begins it.
context.configure(version_table=VERSION_TABLE, transactional_ddl=True, **_where)
with context.begin_transaction():
    context.run_migrations()
