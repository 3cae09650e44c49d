"""What is kept for a while only, and its deletion. The caller decides when; once an hour is plenty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from sqlalchemy import Delete, Update, delete, select, update

from storage.database import Database
from storage.models import InboxRow, QuestionRow

__all__ = ["FINISHED_UPDATES_KEPT", "QUESTION_TEXTS_KEPT", "delete_expired"]

QUESTION_TEXTS_KEPT: Final = dt.timedelta(days=90)
#: Telegram keeps an unconfirmed update for 24 hours (Bot API, getUpdates): nothing older can come again.
FINISHED_UPDATES_KEPT: Final = dt.timedelta(days=1)
#: Rows a transaction, so that nobody waits for a long one.
BATCH: Final = 500


async def delete_expired(
    database: Database, now: dt.datetime, *, question_texts_kept: dt.timedelta = QUESTION_TEXTS_KEPT
) -> Mapping[str, int]:
    """Question texts older than `question_texts_kept` and updates finished a day ago are gone, also from the file.

    Questions stay, without their text. Returns rows by table name; a second run finds nothing.
    """
    old = (
        select(QuestionRow.id)
        .where(QuestionRow.asked_at < now - question_texts_kept, QuestionRow.text.is_not(None))
        .limit(BATCH)
    )
    finished = select(InboxRow.id).where(InboxRow.finished_at < now - FINISHED_UPDATES_KEPT).limit(BATCH)
    counts = {
        QuestionRow.__tablename__: await _in_batches(
            database, update(QuestionRow).where(QuestionRow.id.in_(old.scalar_subquery())).values(text=None)
        ),
        InboxRow.__tablename__: await _in_batches(
            database, delete(InboxRow).where(InboxRow.id.in_(finished.scalar_subquery()))
        ),
    }
    await database.checkpoint()
    return counts


async def _in_batches(database: Database, statement: Delete | Update) -> int:
    total = 0
    while True:
        async with database.write() as connection:
            count = (await connection.execute(statement)).rowcount
        total += count
        if count < BATCH:
            return total
