"""One database behind one URL: its connections, transactions, and how it is opened and closed.

SQLite: one connection writes (every transaction starts with BEGIN IMMEDIATE, tasks queue for it in order), a few others
read; so nothing in this process ever meets a lock, and other processes are waited for (`storage.sqlite`).
PostgreSQL: one pool. Rows to work on are claimed inside `write()` with `.with_for_update(skip_locked=True)`, which
SQLite does not need and leaves out.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import postgresql, sqlite
from storage.errors import ErrorKind, StorageError, translated

__all__ = ["Database", "Transactions"]

#: How long a transaction waits for a lock of another process before it gives up.
LOCK_TIMEOUT_S: Final = 10.0


class Transactions(Protocol):
    """Where repositories get their connection: from the database (one transaction a call) or from a unit of work."""

    def write(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A transaction: committed when the block ends, rolled back when it raises."""
        ...

    def closing(self, connection: AsyncConnection) -> AbstractContextManager[None]:
        """Around the last statement of a block of `write()`: it may be committed along with it."""
        ...

    def once(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection for a single statement that writes; it is committed when it has been executed."""
        ...

    def read(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection for reading what is committed (in a unit of work: also what it has written)."""
        ...


class Database:
    """Made without touching anything; `open()` before the first transaction, `close()` after the last.

    `url` is `sqlite+aiosqlite:///path` or `postgresql+asyncpg://user@host/database` (query parameters as asyncpg has
    them: sslmode, any server setting); the driver's name may be left out. Every method raises `StorageError` when the
    database cannot do it.
    """

    def __init__(self, url: str, *, lock_timeout_s: float = LOCK_TIMEOUT_S) -> None:
        self._url, self._lock_timeout_s = _understood(url), lock_timeout_s
        self._engines: sqlite.Engines | postgresql.Engines | None = None
        self.place: Final = _place(self._url)

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self._url.get_backend_name()

    async def open(self) -> None:
        """Connects and brings the schema up to date; several processes may do so at once."""
        with translated(self.place):
            if self.dialect == "sqlite":
                self._engines = await sqlite.opened(Path(self.place), self._lock_timeout_s)
            else:
                self._engines = await postgresql.opened(self._url, self.place, self._lock_timeout_s)

    async def close(self) -> None:
        """Gives every connection back. A closed database may be opened again."""
        engines, self._engines = self._engines, None
        if engines is not None:
            await engines.close()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        with translated(self.place):
            async with self._opened().writer.begin() as connection:
                yield connection

    def closing(self, connection: AsyncConnection) -> AbstractContextManager[None]:
        return self._opened().closing(connection)

    @asynccontextmanager
    async def once(self) -> AsyncIterator[AsyncConnection]:
        with translated(self.place):
            async with self._opened().once() as connection:
                yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        with translated(self.place):
            async with self._opened().reader.connect() as connection:
                yield connection

    async def checkpoint(self) -> None:
        """What was deleted is gone from SQLite's log file too; nothing to do on PostgreSQL."""
        if self.dialect == "sqlite":
            async with self.read() as connection:
                await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _opened(self) -> sqlite.Engines | postgresql.Engines:
        if self._engines is None:
            raise RuntimeError("the database is not open")
        return self._engines


def _understood(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StorageError(ErrorKind.WRONG_URL, {"place": "?", "reason": "not a database URL"}) from None
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise StorageError(ErrorKind.WRONG_URL, {"place": parsed.drivername, "reason": "neither sqlite nor postgresql"})
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise StorageError(ErrorKind.WRONG_URL, {"place": parsed.drivername, "reason": "no file named"})
    return parsed


def _place(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return f"{url.host or 'localhost'}:{url.port or postgresql.DEFAULT_PORT}/{url.database or ''}"
