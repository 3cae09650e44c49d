"""Everything that an operator can do something about is one `StorageError`, and nothing is lost by it."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import socket
import sqlite3
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url, text

from storage.database import Database
from storage.errors import ErrorKind, StorageError
from storage.unit_of_work import Repositories
from tests.support.memory import plain_asker_key

NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)


async def _refused(url: str) -> StorageError:
    with pytest.raises(StorageError) as error:
        await Database(url, lock_timeout_s=0.05).open()
    assert "\n" not in str(error.value)
    return error.value


async def test_missing_directory(tmp_path: Path) -> None:
    error = await _refused(f"sqlite+aiosqlite:///{tmp_path}/nowhere/rahyar.db")

    assert error.kind is ErrorKind.MISSING_DIRECTORY
    assert error.message_key == "storage-missing-directory"
    assert error.details == {"place": f"{tmp_path}/nowhere"}
    assert not (tmp_path / "nowhere").exists()


async def test_directory_without_the_right_to_write(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir(mode=0o555)
    if os.geteuid() == 0:  # whom no mode holds back
        folder = Path("/proc")

    error = await _refused(f"sqlite+aiosqlite:///{folder}/rahyar.db")
    assert (error.kind, error.details["place"]) == (ErrorKind.UNWRITABLE, f"{folder}/rahyar.db")


async def test_a_file_that_is_no_database_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "rahyar.db"
    file.write_text("not a database " * 100)

    assert (await _refused(f"sqlite+aiosqlite:///{file}")).kind is ErrorKind.DAMAGED
    assert file.read_text() == "not a database " * 100


async def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    assert (await _refused(f"sqlite+aiosqlite:///{tmp_path}")).kind is ErrorKind.UNWRITABLE


async def test_another_process_never_lets_go_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "rahyar.db"
    database = Database(f"sqlite+aiosqlite:///{file}", lock_timeout_s=0.05)
    await database.open()
    repositories = Repositories(database, asker_key=plain_asker_key)
    await repositories.chat_log.append(7, False, {"text": "before"}, NOW)

    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError) as error:
        await repositories.chat_log.append(7, False, {"text": "meanwhile"}, NOW)
    assert error.value.kind is ErrorKind.LOCKED
    assert [message.body["text"] for message in await repositories.chat_log.history(7, limit=9)] == ["before"]
    assert (await _refused(f"sqlite+aiosqlite:///{file}")).kind is ErrorKind.LOCKED
    other.close()

    await repositories.chat_log.append(7, False, {"text": "after"}, NOW)
    assert [message.message_id for message in await repositories.chat_log.history(7, limit=9)] == [1, 2]
    await database.close()


@pytest.mark.parametrize("lock", ["BEGIN EXCLUSIVE", "BEGIN; SELECT * FROM old"])
async def test_a_file_without_wal_that_somebody_still_uses(tmp_path: Path, lock: str) -> None:
    file = tmp_path / "rahyar.db"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE old (id)")
    for statement in lock.split("; "):
        other.execute(statement).fetchall()
    asyncio.get_running_loop().call_later(0.1, other.close)

    database = Database(f"sqlite+aiosqlite:///{file}")
    await database.open()
    async with database.read() as connection:
        assert (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar_one() == "wal"
    await database.close()


async def test_a_row_locked_by_another_worker(postgres_schema: str) -> None:
    database = Database(postgres_schema, lock_timeout_s=0.05)
    await database.open()
    people = Repositories(database, asker_key=plain_asker_key).people
    await people.seen("telegram", 77, NOW)

    other = await asyncpg.connect(postgres_schema)
    async with other.transaction():
        await other.execute("SELECT * FROM people FOR UPDATE")
        with pytest.raises(StorageError) as error:
            await people.seen("telegram", 77, NOW)
    assert error.value.kind is ErrorKind.LOCKED
    assert (await people.seen("telegram", 77, NOW)).platform_id == 77
    await other.close()
    await database.close()


async def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'rahyar.db'}")
    await database.open()
    repositories = Repositories(database, asker_key=plain_asker_key)
    await _pages_at_most(database, 200)

    async def fill() -> None:
        for number in range(1000):
            await repositories.chat_log.append(7, False, {"number": number, "text": "ک" * 4000}, NOW)

    with pytest.raises(StorageError) as error:
        await fill()
    assert error.value.kind is ErrorKind.FULL
    kept = await repositories.chat_log.history(7, limit=1000)
    assert [message.body["number"] for message in kept] == list(range(len(kept)))
    assert kept

    await _pages_at_most(database, 10_000)
    assert (await repositories.chat_log.append(7, False, {"text": "room again"}, NOW)).message_id == len(kept) + 1
    await database.close()


async def _pages_at_most(database: Database, count: int) -> None:
    """Stands in for a disk of that size: SQLite answers with the same SQLITE_FULL."""
    async with database.write() as connection:
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {count}")


async def test_no_server() -> None:
    with socket.socket() as bound_but_deaf:
        bound_but_deaf.bind(("127.0.0.1", 0))
        port = bound_but_deaf.getsockname()[1]
        error = await _refused(f"postgresql+asyncpg://rahyar:geheim@127.0.0.1:{port}/rahyar")

    assert error.kind is ErrorKind.UNREACHABLE
    assert error.details["place"] == f"127.0.0.1:{port}/rahyar"
    assert "geheim" not in str(error)


async def test_no_such_database_on_the_server(postgres_server: str) -> None:
    url = make_url(postgres_server).set(database="nowhere").render_as_string(hide_password=False)

    assert (await _refused(url)).kind is ErrorKind.REFUSED


async def test_the_server_ends_our_connections(postgres_schema: str) -> None:
    database = Database(postgres_schema)
    await database.open()
    people = Repositories(database, asker_key=plain_asker_key).people
    person = await people.seen("telegram", 77, NOW)

    async with database.read() as connection:
        pid = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    other = await asyncpg.connect(postgres_schema)
    assert await other.fetchval("SELECT pg_terminate_backend($1, 5000)", pid)
    await other.close()

    with pytest.raises(StorageError) as error:
        await people.seen("telegram", 77, NOW)
    assert error.value.kind is ErrorKind.UNREACHABLE
    assert (await people.seen("telegram", 77, NOW)).id == person.id
    await database.close()


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://127.0.0.1/x", "sqlite://", "sqlite+aiosqlite:///:memory:"])
async def test_urls_that_name_no_database_of_ours(url: str) -> None:
    assert (await _refused(url)).kind is ErrorKind.WRONG_URL


async def test_before_open_and_after_close(database: Database) -> None:
    await database.close()

    with pytest.raises(RuntimeError, match="not open"):
        async with database.read():
            pass
    await database.close()


async def test_errors_hold_nothing_that_people_wrote(database: Database) -> None:
    with pytest.raises(Exception) as error:
        async with database.write() as connection:
            await connection.execute(text("INSERT INTO nowhere VALUES (:what)"), {"what": "کد ملی من"})
    assert "کد ملی من" not in str(error.value)


async def test_a_cancelled_call_leaves_no_lock(repositories: Repositories) -> None:
    tasks = [asyncio.create_task(repositories.chat_log.append(7, False, {"n": number}, NOW)) for number in range(40)]
    for task in tasks[::2]:
        await asyncio.sleep(0)
        task.cancel()
    ends = await asyncio.gather(*tasks, return_exceptions=True)

    numbers = [end.message_id for end in ends if not isinstance(end, BaseException)]
    assert len(numbers) >= 20
    assert all(isinstance(end, asyncio.CancelledError) for end in ends if isinstance(end, BaseException))
    kept = {message.message_id for message in await repositories.chat_log.history(7, limit=100)}
    assert kept >= set(numbers)
    assert len(numbers) == len(set(numbers))
