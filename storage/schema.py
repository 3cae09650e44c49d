"""Brings a database to the schema of this code. Callers hold a lock, so that several processes may start at once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.errors import ErrorKind, StorageError

__all__ = ["MIGRATIONS", "migration_config", "upgrade"]

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def migration_config(connection: Connection) -> Config:
    """Alembic's configuration for one open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, place: str) -> None:
    """Runs what is missing, in the transaction of `connection`; `StorageError` for a schema from newer code."""
    config = migration_config(connection)
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    found = set(MigrationContext.configure(connection).get_current_heads())
    if found - known:
        raise StorageError(
            ErrorKind.NEWER_SCHEMA,
            {
                "place": place,
                "found": ", ".join(sorted(found)),
                "known": ", ".join(script.get_heads()),
            },
        )
    if found != set(script.get_heads()):
        command.upgrade(config, "head")
