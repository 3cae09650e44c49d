"""Several repositories in one transaction."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.models import ChatRow
from storage.unit_of_work import Repositories, unit_of_work
from tests.support.memory import plain_asker_key

NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)
KEY = "web:42:7:7:default"


async def test_all_of_it_is_kept(database: Database, repositories: Repositories) -> None:
    async with unit_of_work(database, asker_key=plain_asker_key) as work:
        await work.people.seen("web", 7, NOW)
        await work.states.set_state(KEY, "Asking:waiting")
        assert (await work.states.get(KEY)).state == "Asking:waiting"
        await work.chat_log.append(7, False, {"text": "سلام"}, NOW)
        assert len(await work.chat_log.history(7, limit=9)) == 1
        assert await repositories.chat_log.history(7, limit=9) == []

    assert (await repositories.states.get(KEY)).state == "Asking:waiting"
    assert len(await repositories.chat_log.history(7, limit=9)) == 1


async def test_or_none_of_it(database: Database, repositories: Repositories) -> None:
    async def work_that_fails() -> None:
        async with unit_of_work(database, asker_key=plain_asker_key) as work:
            await work.states.set_state(KEY, "Asking:waiting")
            await work.chat_log.append(7, False, {"text": "سلام"}, NOW)
            raise LookupError

    with pytest.raises(LookupError):
        await work_that_fails()
    assert (await repositories.states.get(KEY)).state is None
    assert await repositories.chat_log.history(7, limit=9) == []
    assert (await repositories.chat_log.append(7, False, {"text": "سلام"}, NOW)).message_id == 1


async def test_a_last_statement_that_fails_leaves_nothing_of_its_transaction(database: Database) -> None:
    async def failing(last: str, *, closing: bool) -> None:
        async with database.write() as connection:
            await connection.execute(insert(ChatRow), {"chat_id": 1, "last_message_id": 1})
            if closing:
                with database.closing(connection):
                    await connection.execute(text(last))
            else:
                await connection.execute(text(last))
                raise LookupError

    with pytest.raises(IntegrityError):
        await failing("INSERT INTO chats VALUES (1, 5)", closing=True)
    assert await _chats(database) == 0
    with pytest.raises(LookupError):  # what came before ends no transaction that comes after
        await failing("UPDATE chats SET last_message_id = 2", closing=False)
    assert await _chats(database) == 0
    await failing("UPDATE chats SET last_message_id = 2", closing=True)
    assert await _chats(database) == 1


async def _chats(database: Database) -> int:
    async with database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(ChatRow))).scalar_one()
