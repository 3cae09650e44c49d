"""`python -m storage.migrations "why"`: writes the migration from the newest one to today's models, for a person to review."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from storage.schema import migration_config, upgrade


def main(message: str) -> None:
    """A new file in `versions/`, made by comparing the models with a database that has all migrations so far."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'compared.db'}")
        with engine.begin() as connection:
            upgrade(connection, folder)
            command.revision(migration_config(connection), message, autogenerate=True)
        engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit('usage: python -m storage.migrations "why"')
    main(sys.argv[1])
