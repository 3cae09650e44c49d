"""SQLite: its connections and how a file is opened. The rest of `storage` needs to know nothing of it."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import NullPool
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.columns import to_json
from storage.errors import ErrorKind, StorageError
from storage.one_hop import OneHopConnection
from storage.schema import upgrade

__all__ = ["Engines", "opened"]

#: How long a task waits for its turn in this process.
TURN_TIMEOUT_S: Final = 30
#: How long `close` waits for threads that are in the midst of something: another process's lock, at the longest.
ENDING_LIMIT_S: Final = 15
#: Reads run beside the writer and each other (WAL).
READERS: Final = 3
#: Of 1,600 switches by eight threads at once 8 were refused; each other process can be in the way once.
WAL_ATTEMPTS: Final = 50


@dataclass(frozen=True, slots=True)
class Engines:
    """The one connection that writes, and those that read."""

    writer: AsyncEngine
    reader: AsyncEngine
    ending: set[asyncio.Future[Any]]

    @asynccontextmanager
    async def once(self) -> AsyncIterator[AsyncConnection]:
        """The writer for one statement that begins and commits in the same visit to its thread."""
        async with self.writer.connect() as connection:
            driver = _driver(connection)
            driver.begins = False
            try:
                yield connection
            finally:
                driver.begins = True

    @contextmanager
    def closing(self, connection: AsyncConnection) -> Iterator[None]:
        """The statement within is committed on its own visit to the thread."""
        driver = _driver(connection)
        driver.ends = True
        try:
            yield
        finally:
            driver.ends = False

    async def close(self) -> None:
        await self.reader.dispose()
        await self.writer.dispose()
        await _ended(self.ending)


def _driver(connection: AsyncConnection) -> OneHopConnection:
    assert connection.sync_connection is not None
    driver = connection.sync_connection.connection.driver_connection
    assert isinstance(driver, OneHopConnection)
    return driver


async def opened(path: Path, lock_timeout_s: float) -> Engines:
    """Engines for a file in an existing directory, made at first, with the schema of today.

    A transaction waits `lock_timeout_s` for one of another process.
    """
    logging.getLogger("aiosqlite").setLevel(logging.INFO)  # its DEBUG lines hold what people wrote
    if not path.parent.is_dir():
        raise StorageError(ErrorKind.MISSING_DIRECTORY, {"place": str(path.parent)})
    place = _Place(path, lock_timeout_s, ending=set())
    try:
        await _prepare(place)
        return await _connected(place)
    except BaseException:
        await _ended(place.ending)
        raise


async def _ended(ending: set[asyncio.Future[Any]]) -> None:
    if ending:
        await asyncio.wait(ending, timeout=ENDING_LIMIT_S)


async def _connected(place: _Place) -> Engines:
    """Connects at once: a task cancelled while it makes a pool's only connection would leave its queue waiting."""
    turns = {"max_overflow": 0, "pool_timeout": TURN_TIMEOUT_S}
    engines = Engines(
        writer=_engine(place, _WRITER, pool_size=1, **turns),
        reader=_engine(
            place, _READER, pool_size=READERS, isolation_level="AUTOCOMMIT", skip_autocommit_rollback=True, **turns
        ),
        ending=place.ending,
    )
    for engine in (engines.writer, engines.reader):
        async with engine.connect():
            pass
    return engines


@dataclass(frozen=True, slots=True)
class _Place:
    """Which file, how long to wait for its lock, and the connections that are about to end."""

    path: Path
    lock_timeout_s: float
    ending: set[asyncio.Future[Any]]


@dataclass(frozen=True, slots=True)
class _Role:
    """What a connection may do."""

    begins: bool
    pragmas: tuple[str, ...]


_COMMON: Final = (
    "synchronous = NORMAL",
    "secure_delete = ON",  # what a person deletes is overwritten in the file too
)
_WRITER: Final = _Role(True, (*_COMMON, "foreign_keys = ON"))
_READER: Final = _Role(False, (*_COMMON, "query_only = ON"))
_MIGRATOR: Final = _Role(True, (*_COMMON, "foreign_keys = OFF"))  # migrations rebuild tables, by dropping the old one
_SWITCHER: Final = _Role(False, ())


async def _prepare(place: _Place) -> None:
    """WAL and the schema of today; processes that start at once wait for each other."""
    await _turn_wal_on(place)
    engine = _engine(place, _MIGRATOR, poolclass=NullPool)  # takes the lock with its first statement
    async with engine.begin() as connection:
        await connection.run_sync(upgrade, str(place.path))


async def _turn_wal_on(place: _Place) -> None:
    """WAL stays with the file. The switch itself waits for nobody, so it waits in a transaction, then tries again."""
    engine = _engine(place, _SWITCHER, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for attempt in range(1, WAL_ATTEMPTS + 1):
            try:
                await connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            except OperationalError as error:
                if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY or attempt == WAL_ATTEMPTS:
                    raise
                await connection.exec_driver_sql("BEGIN EXCLUSIVE")
                await connection.exec_driver_sql("COMMIT")
            else:
                return


def _engine(place: _Place, role: _Role, **options: Any) -> AsyncEngine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            place.path,
            timeout=place.lock_timeout_s,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        for pragma in role.pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    async def connected() -> OneHopConnection:
        connection = OneHopConnection(connect, begins=role.begins, ending=place.ending)
        await connection
        return connection

    return create_async_engine(
        "sqlite+aiosqlite:///rahyar.db",  # a file, so that SQLAlchemy pools; which one, `connect` knows
        async_creator=connected,
        json_serializer=to_json,
        hide_parameters=True,  # errors are logged, and parameters are what people wrote
        **options,
    )
