"""The schema of the database, revision by revision, with Alembic (``docs/migrations.md``)."""
