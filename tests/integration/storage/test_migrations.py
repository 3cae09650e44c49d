"""The schema: up from nothing, once, by many at the same time, and the same as the models."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Connection, Integer, MetaData, Table, inspect, text

from storage.database import Database
from storage.errors import ErrorKind, StorageError
from storage.models import Base

ROOT = Path(__file__).parents[3]
OPEN = """
import asyncio, sys
from storage.database import Database
async def main():
    database = Database(sys.argv[1])
    await database.open()
    await database.close()
asyncio.run(main())
"""


def _differences(connection: Connection, metadata: MetaData) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, metadata))


async def test_models_and_migrations_agree(database: Database) -> None:
    async with database.write() as connection:
        assert await connection.run_sync(_differences, Base.metadata) == []


async def test_a_model_without_its_migration_would_be_seen(database: Database) -> None:
    changed = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.tables.values():
        table.to_metadata(changed)
    changed.tables["questions"].append_column(Column("votes", Integer))
    Table("not_migrated", changed, Column("id", Integer, primary_key=True))

    async with database.write() as connection:
        assert len(await connection.run_sync(_differences, changed)) == 2


async def test_opening_again_keeps_what_is_there(url: str) -> None:
    for _ in range(3):
        database = Database(url)
        await database.open()
        async with database.write() as connection:
            await connection.execute(text("INSERT INTO chats VALUES ((SELECT count(*) FROM chats), 1)"))
        await database.close()

    await database.open()
    async with database.read() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM chats"))).scalar_one() == 3
    await database.close()


async def test_a_closed_database_opens_again(database: Database) -> None:
    await database.close()
    await database.open()

    async with database.read() as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1


async def test_several_workers_start_at_once(url: str) -> None:
    workers = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", OPEN, url, cwd=ROOT, stderr=asyncio.subprocess.PIPE)
        for _ in range(4)
    ]
    ends = [(await worker.communicate())[1].decode() for worker in workers]

    assert ends == [""] * 4
    assert [worker.returncode for worker in workers] == [0] * 4


async def test_several_databases_of_one_process_open_at_once(url: str) -> None:
    databases = [Database(url) for _ in range(5)]
    await asyncio.gather(*(database.open() for database in databases))

    async with databases[-1].read() as connection:
        tables = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    assert tables == {*Base.metadata.tables, "alembic_version"}
    await asyncio.gather(*(database.close() for database in databases))


async def test_a_schema_of_newer_code_is_left_alone(url: str) -> None:
    database = Database(url)
    await database.open()
    async with database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        await connection.execute(text("INSERT INTO chats VALUES (7, 3)"))
    await database.close()

    with pytest.raises(StorageError) as refusal:
        await Database(url).open()
    assert refusal.value.kind is ErrorKind.NEWER_SCHEMA
    assert refusal.value.message_key == "storage-newer-schema"
    assert refusal.value.details["found"] == "9999"
    assert refusal.value.details["place"] == database.place
