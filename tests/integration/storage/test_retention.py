"""What is kept for a while only."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, insert, select

from knowledge.answers import Intent, Status
from knowledge.asking import AskedQuestion
from storage.database import Database
from storage.models import InboxRow, QuestionRow
from storage.retention import BATCH, delete_expired
from storage.unit_of_work import Repositories

NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def _asked(at: dt.datetime) -> AskedQuestion:
    return AskedQuestion("asker", "telegram", "سؤال", Intent.TOPIC, Status.ANSWERED, 0.9, None, 4.0, at)


async def test_question_texts_go_after_90_days_and_the_rest_stays(
    database: Database, repositories: Repositories
) -> None:
    old = await repositories.questions.add(_asked(NOW - dt.timedelta(days=90) - SECOND))
    young = await repositories.questions.add(_asked(NOW - dt.timedelta(days=90) + SECOND))

    assert await delete_expired(database, NOW) == {"questions": 1, "inbox": 0}

    async with database.read() as connection:
        rows = (await connection.execute(select(QuestionRow.id, QuestionRow.text, QuestionRow.asker))).all()
    assert {row.id: row.text for row in rows} == {old: None, young: "سؤال"}
    assert {row.asker for row in rows} == {"asker"}
    assert await delete_expired(database, NOW) == {"questions": 0, "inbox": 0}


async def test_an_operator_may_keep_texts_for_less(database: Database, repositories: Repositories) -> None:
    await repositories.questions.add(_asked(NOW - dt.timedelta(days=8)))

    counts = await delete_expired(database, NOW, question_texts_kept=dt.timedelta(days=7))
    assert counts["questions"] == 1


async def test_updates_go_a_day_after_they_were_finished(database: Database, repositories: Repositories) -> None:
    long_ago = NOW - dt.timedelta(days=3)
    done, fresh, waiting = await repositories.inbox.put("telegram", [(1, {}), (2, {}), (3, {"a": 1})], long_ago)
    await repositories.inbox.finished(done.id, "handled", NOW - dt.timedelta(days=1) - SECOND)
    await repositories.inbox.finished(fresh.id, "handled", NOW - dt.timedelta(days=1) + SECOND)

    assert await delete_expired(database, NOW) == {"questions": 0, "inbox": 1}

    assert await repositories.inbox.counts("telegram") == {"handled": 1, "pending": 1}
    assert [update.id for update in await repositories.inbox.pending("telegram", 9)] == [waiting.id]


async def test_more_than_a_batch(database: Database) -> None:
    count = 2 * BATCH + 3
    row = {"platform": "telegram", "attempts": 1, "outcome": "handled"}
    times = {"received_at": NOW - dt.timedelta(days=3), "finished_at": NOW - dt.timedelta(days=3)}
    async with database.write() as connection:
        await connection.execute(insert(InboxRow), [{**row, **times, "update_id": number} for number in range(count)])

    assert (await delete_expired(database, NOW))["inbox"] == count
    async with database.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(InboxRow))).scalar_one() == 0
