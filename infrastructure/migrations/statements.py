"""The statements of a revision, as text for each store."""

from collections.abc import Mapping

Texts = Mapping[str, tuple[str, ...]]
"""By the name of the store, in order. No percent sign and no colon in them: they run as they are,
through Alembic and without it."""


def run(texts: Texts) -> None:
    """Run them in the migration that is going on."""
    from alembic import op  # a database that is up to date never needs it

    for text in texts[op.get_context().dialect.name]:
        op.execute(text)
