"""Storage on every kind of ground: in memory, in a SQLite file, in a PostgreSQL schema; each test's own, gone afterwards."""

from __future__ import annotations

import asyncio
import os
import socket
import uuid
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from storage.database import Database
from storage.postgresql import DEFAULT_PORT
from storage.unit_of_work import Repositories
from tests.support.databases import open_sqlite
from tests.support.memory import MemoryStorage, plain_asker_key

LOCAL_SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a database that this process of tests has for itself, gone afterwards; skips where there is no server.

    The server is that of RAHYAR_TEST_POSTGRES_URL or on this machine. Whoever opens a database waits for others that do, so
    processes that shared one would be in the way of tests that do not wait long.
    """
    server = os.environ.get("RAHYAR_TEST_POSTGRES_URL", LOCAL_SERVER)
    address = make_url(server)
    try:
        socket.create_connection((address.host or "127.0.0.1", address.port or DEFAULT_PORT), timeout=3).close()
    except OSError as error:
        pytest.skip(f"no PostgreSQL at RAHYAR_TEST_POSTGRES_URL or on 127.0.0.1:5432 ({error})")
    name = f"test_{uuid.uuid4().hex}"
    _on(server, f"CREATE DATABASE {name}")
    yield address.set(database=name).render_as_string(hide_password=False)
    _on(server, f"DROP DATABASE {name} WITH (FORCE)")


def _on(server: str, statement: str) -> None:
    async def execute() -> None:
        connection = await asyncpg.connect(server)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    with ThreadPoolExecutor(1) as thread:  # this one runs the loop of a test
        thread.submit(asyncio.run, execute()).result()


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
async def _opened(kind: str, request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[Database]:
    """A database with the schema of today."""
    if kind == "sqlite":
        async with open_sqlite(folder) as database:
            yield database
        return
    async with _schema(request.getfixturevalue("postgres_server")) as url:
        database = Database(url)
        await database.open()
        yield database
        await database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """An empty database."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'rahyar.db'}"
        return
    async with _schema(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture
async def postgres_schema(postgres_server: str) -> AsyncIterator[str]:
    """An empty PostgreSQL database, for what SQLite cannot do."""
    async with _schema(postgres_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An open database with the schema of today."""
    async with _opened(request.param, request, tmp_path) as database:
        yield database


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
    async with _opened(request.param, request, tmp_path) as database:
        yield Repositories(database, asker_key=plain_asker_key)
