"""SQLite: its connections and how a file is opened. The rest of `storage` needs to know nothing of it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, NullPool, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.columns import to_json
from storage.errors import ErrorKind, StorageError
from storage.schema import upgrade

__all__ = ["Engines", "opened"]

#: How long a transaction waits for another process's.
BUSY_TIMEOUT_S: Final = 10
#: How long a task waits for its turn in this process.
TURN_TIMEOUT_S: Final = 30
#: Reads run beside the writer and each other (WAL).
READERS: Final = 3
#: WAL can be refused once for every process that opens the file in the same moment.
WAL_ATTEMPTS: Final = 50


@dataclass(frozen=True, slots=True)
class Engines:
    """The one connection that writes, and those that read."""

    writer: AsyncEngine
    reader: AsyncEngine

    async def close(self) -> None:
        await self.reader.dispose()
        await self.writer.dispose()


async def opened(url: URL) -> Engines:
    """Engines for a file in an existing directory, made at first, with the schema of today."""
    _check_directory(Path(str(url.database)))
    await _prepare(url)
    return Engines(writer=_writer(url), reader=_reader(url))


def _check_directory(path: Path) -> None:
    if not path.parent.is_dir():
        raise StorageError(ErrorKind.MISSING_DIRECTORY, {"place": str(path.parent)})


async def _prepare(url: URL) -> None:
    """WAL and migrations, by a connection of its own: migrations rebuild tables, which foreign keys would not allow."""
    engine = _engine(url, foreign_keys=False, poolclass=NullPool)
    try:
        await _turn_wal_on(engine)
        _begin_immediately(engine)
        async with engine.begin() as connection:
            await connection.run_sync(upgrade)
    finally:
        await engine.dispose()


async def _turn_wal_on(engine: AsyncEngine) -> None:
    """WAL stays with the file. The switch itself waits for nobody, so it waits in a transaction, then tries again."""
    for attempt in range(WAL_ATTEMPTS):
        async with engine.connect() as connection:
            try:
                await connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            except OperationalError as error:
                if getattr(error.orig, "sqlite_errorname", "") != "SQLITE_BUSY" or attempt == WAL_ATTEMPTS - 1:
                    raise
                await connection.exec_driver_sql("BEGIN IMMEDIATE")
                await connection.exec_driver_sql("COMMIT")
            else:
                return


def _writer(url: URL) -> AsyncEngine:
    engine = _engine(url, foreign_keys=True, pool_size=1, max_overflow=0, pool_timeout=TURN_TIMEOUT_S)
    _begin_immediately(engine)
    return engine


def _reader(url: URL) -> AsyncEngine:
    engine = _engine(
        url,
        foreign_keys=True,
        pool_size=READERS,
        max_overflow=0,
        pool_timeout=TURN_TIMEOUT_S,
        isolation_level="AUTOCOMMIT",
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _only_read(connection: Any, record: object) -> None:
        _run(connection, "PRAGMA query_only = ON")

    return engine


def _engine(url: URL, *, foreign_keys: bool, **options: Any) -> AsyncEngine:
    engine = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"),
        connect_args={"isolation_level": None, "timeout": BUSY_TIMEOUT_S},
        json_serializer=to_json,
        **options,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: Any, record: object) -> None:
        _run(connection, "PRAGMA synchronous = NORMAL")
        _run(connection, f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        _run(connection, "PRAGMA secure_delete = ON")  # what a person deletes is overwritten in the file too

    return engine


def _begin_immediately(engine: AsyncEngine) -> None:
    """A transaction that reads first and writes then could not wait for another process: it takes the lock at once."""

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        dbapi: Any = connection.connection.dbapi_connection
        try:
            _run(dbapi, "BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise OperationalError("BEGIN IMMEDIATE", None, error) from error


def _run(connection: Any, statement: str) -> None:
    """By the driver itself: one thread hop instead of the four of a cursor."""
    connection.run_async(lambda driver: driver.execute(statement))
