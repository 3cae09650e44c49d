"""PostgreSQL: its pool and how a server is reached. The rest of `storage` needs to know nothing of it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Final

import asyncpg
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.columns import to_json
from storage.schema import upgrade

__all__ = ["DEFAULT_PORT", "Engines", "opened"]

DEFAULT_PORT: Final = 5432
CONNECT_TIMEOUT_S: Final = 10
POOL_SIZE: Final = 10
#: How long a task waits for a connection of the pool.
TURN_TIMEOUT_S: Final = 30
#: Any number that nobody else locks with: "rahyar" in ASCII.
MIGRATION_LOCK: Final = 0x726168796172


@dataclass(frozen=True, slots=True)
class Engines:
    """One pool for both."""

    writer: AsyncEngine
    reader: AsyncEngine

    def once(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection of the pool whose statement commits itself: one way there and back instead of three."""
        return self.reader.connect()

    def closing(self, connection: AsyncConnection) -> AbstractContextManager[None]:
        """Nothing to save: a commit is a message of its own."""
        return nullcontext()

    async def close(self) -> None:
        await self.writer.dispose()


async def opened(url: URL, place: str, lock_timeout_s: float) -> Engines:
    """Engines for a reachable server, with the schema of today in the first schema of the search path.

    A statement waits `lock_timeout_s` for a lock, unless the URL sets another `lock_timeout`.
    """
    engine = _engine(url, lock_timeout_s)
    try:
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
            await connection.run_sync(upgrade, place)
    except BaseException:
        await engine.dispose()
        raise
    return Engines(writer=engine, reader=engine.execution_options(isolation_level="AUTOCOMMIT"))


def _engine(url: URL, lock_timeout_s: float) -> AsyncEngine:
    """asyncpg reads the URL itself: it understands sslmode, search_path and the like, which SQLAlchemy does not."""
    dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
    settings = {"application_name": "rahyar", "lock_timeout": f"{lock_timeout_s * 1e3:.0f}"}
    settings = {name: value for name, value in settings.items() if name not in url.query}

    async def connect(**options: Any) -> Any:
        return await asyncpg.connect(dsn, timeout=CONNECT_TIMEOUT_S, server_settings=settings, **options)

    return create_async_engine(
        "postgresql+asyncpg://",
        async_creator=connect,
        pool_size=POOL_SIZE,
        max_overflow=0,
        pool_timeout=TURN_TIMEOUT_S,
        json_serializer=to_json,
        hide_parameters=True,  # errors are logged, and parameters are what people wrote
    )
