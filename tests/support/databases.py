"""Databases for tests that are about something else: the schema of today without its migrations run each time.

The migrations run once a process; from then on a new file is a copy, which `Database.open` finds up to date as it finds the
file of any later start. Tests of opening and migrating begin with an empty file instead.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from storage.database import Database

__all__ = ["new_sqlite", "open_sqlite"]

_migrated: list[bytes] = []


async def new_sqlite(file: Path) -> str:
    """Makes a SQLite file that holds nothing but the schema of today; its URL."""
    url = f"sqlite+aiosqlite:///{file}"
    if _migrated:
        await asyncio.to_thread(file.write_bytes, _migrated[0])
    else:
        database = Database(url)
        await database.open()
        await database.close()  # which brings its log into the file
        _migrated.append(await asyncio.to_thread(file.read_bytes))
    return url


@asynccontextmanager
async def open_sqlite(folder: Path) -> AsyncIterator[Database]:
    """An open database in a file of its own in `folder`."""
    database = Database(await new_sqlite(folder / "rahyar.db"))
    await database.open()
    try:
        yield database
    finally:
        await database.close()
