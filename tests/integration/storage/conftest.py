"""Storage on every kind of ground: in memory, in a SQLite file, in a PostgreSQL schema; each test's own, gone afterwards."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from storage.database import Database
from storage.postgresql import DEFAULT_PORT
from storage.unit_of_work import Repositories
from tests.support.memory import MemoryStorage, plain_asker_key

LOCAL_SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """A server's URL, of RAHYAR_TEST_POSTGRES_URL or on this machine; skips where there is none."""
    server = os.environ.get("RAHYAR_TEST_POSTGRES_URL", LOCAL_SERVER)
    address = make_url(server)
    try:
        socket.create_connection((address.host or "127.0.0.1", address.port or DEFAULT_PORT), timeout=3).close()
    except OSError as error:
        pytest.skip(f"no PostgreSQL at RAHYAR_TEST_POSTGRES_URL or on 127.0.0.1:5432 ({error})")
    return server


@asynccontextmanager
async def _schema(server: str) -> AsyncIterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(f"CREATE SCHEMA {name}")
        try:
            yield f"{server}{'&' if '?' in server else '?'}search_path={name}"
        finally:
            await connection.execute(f"DROP SCHEMA {name} CASCADE")
    finally:
        await connection.close()


@asynccontextmanager
async def _empty(kind: str, request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[str]:
    if kind == "sqlite":
        yield f"sqlite+aiosqlite:///{folder / 'rahyar.db'}"
    else:
        async with _schema(request.getfixturevalue("postgres_server")) as url:
            yield url


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """An empty database."""
    async with _empty(request.param, request, tmp_path) as url:
        yield url


@pytest.fixture
async def postgres_schema(postgres_server: str) -> AsyncIterator[str]:
    """An empty PostgreSQL database, for what SQLite cannot do."""
    async with _schema(postgres_server) as url:
        yield url


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """An open database with the schema of today."""
    database = Database(url)
    await database.open()
    yield database
    await database.close()


@pytest.fixture
def repositories(database: Database) -> Repositories:
    """Every repository over it, one transaction a call."""
    return Repositories(database, asker_key=plain_asker_key)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def ports(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[MemoryStorage | Repositories]:
    """What the contract suites hold to their word."""
    if request.param == "memory":
        yield MemoryStorage()
        return
    async with _empty(request.param, request, tmp_path) as url:
        database = Database(url)
        await database.open()
        yield Repositories(database, asker_key=plain_asker_key)
        await database.close()
