"""Many at once: nothing is refused, lost or done twice."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from sqlalchemy import select, update

from knowledge.answers import Intent, Status
from knowledge.asking import AskedQuestion
from storage.database import Database
from storage.models import InboxRow
from storage.unit_of_work import Repositories
from tests.support.memory import plain_asker_key

NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)
PEOPLE = 10


async def _one_question(storage: Repositories, number: int) -> None:
    who = number % PEOPLE
    key = f"telegram:42:{who}:{who}:default"
    (taken,) = await storage.inbox.put("telegram", [(number, {"message": {"from": {"id": who}}})], NOW)
    await storage.inbox.started([taken.id])
    await storage.people.seen("telegram", who, NOW)
    await storage.states.get(key)
    await storage.questions.add(
        AskedQuestion("asker", "telegram", "سؤال", Intent.TOPIC, Status.ANSWERED, 0.9, None, 4.0, NOW)
    )
    await storage.states.set_data(key, {"shown": number})
    await storage.chat_log.append(who, True, {"text": str(number)}, NOW)
    await storage.inbox.finished(taken.id, "handled", NOW)


async def test_fifty_questions_at_once(repositories: Repositories) -> None:
    await asyncio.gather(*(_one_question(repositories, number) for number in range(50)))

    assert await repositories.inbox.counts("telegram") == {"handled": 50}
    for who in range(PEOPLE):
        history = await repositories.chat_log.history(who, limit=50)
        assert [message.message_id for message in history] == [1, 2, 3, 4, 5]


async def test_fifty_questions_at_two_workers(url: str) -> None:
    databases = [Database(url), Database(url)]
    for database in databases:
        await database.open()
    workers = [Repositories(database, asker_key=plain_asker_key) for database in databases]

    await asyncio.gather(*(_one_question(workers[number % 2], number) for number in range(50)))

    assert await workers[0].inbox.counts("telegram") == {"handled": 50}
    for database in databases:
        await database.close()


async def test_one_update_put_by_many_is_stored_once(repositories: Repositories) -> None:
    taken = await asyncio.gather(
        *(repositories.inbox.put("telegram", [(1, {"try": number}), (2, {})], NOW) for number in range(50))
    )

    assert sum(len(new) for new in taken) == 2


async def test_one_person_seen_by_many_is_made_once(repositories: Repositories) -> None:
    seen = await asyncio.gather(*(repositories.people.seen("telegram", 77, NOW) for _ in range(50)))

    assert len({person.id for person in seen}) == 1


async def test_rows_are_claimed_once_by_the_convention(url: str) -> None:
    """What every claiming worker does: select for update, skipping what others hold, inside `write()`."""
    databases = [Database(url), Database(url)]
    for database in databases:
        await database.open()
    inbox = Repositories(databases[0], asker_key=plain_asker_key).inbox
    await inbox.put("telegram", [(number, {}) for number in range(40)], NOW)

    async def claim(database: Database) -> list[int]:
        due = select(InboxRow.id).where(InboxRow.outcome.is_(None)).order_by(InboxRow.id).limit(5)
        async with database.write() as connection:
            ids = (await connection.execute(due.with_for_update(skip_locked=True))).scalars().all()
            await connection.execute(update(InboxRow).where(InboxRow.id.in_(ids)).values(outcome="handled"))
            return list(ids)

    claims = await asyncio.gather(*(claim(databases[number % 2]) for number in range(8)))

    claimed = [id for ids in claims for id in ids]
    assert len(claimed) == len(set(claimed)) == 40
    for database in databases:
        await database.close()


@pytest.mark.parametrize("writes", [False, True], ids=["reading", "writing"])
async def test_who_is_cancelled_again_and_again_keeps_nothing_from_others(url: str, *, writes: bool) -> None:
    """Whoever closes a page has its request cancelled at every step until it ends, as anyio's scopes do."""
    database = Database(url)
    await database.open()
    log = Repositories(database, asker_key=plain_asker_key).chat_log

    for steps in range(60):
        work = log.append(1, False, {"text": "سلام"}, NOW) if writes else log.history(1, limit=50)
        asked = asyncio.create_task(work)
        for _ in range(steps // 2):
            await asyncio.sleep(0)
        while not asked.done():
            asked.cancel()
            await asyncio.sleep(0)
        await asyncio.gather(asked, return_exceptions=True)

    async with asyncio.timeout(10):
        await log.append(1, False, {"text": "سلام"}, NOW)
        assert (await log.history(1, limit=1))[0].body == {"text": "سلام"}
        await database.close()
