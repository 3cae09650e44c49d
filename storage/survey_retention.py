"""What surveys keep for a while only: exact times, hashes of a period, openings, and events that everybody has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from sqlalchemy import Delete, Update, delete, select, update

from storage.database import Database
from storage.forwarding.deliveries import Deliveries
from storage.survey_models import OpeningRow, OutboxRow, ResponseRow
from surveys.responses import EXACT_TIME_KEPT

__all__ = ["EVENTS_KEPT", "delete_expired_surveys"]

#: Forwarded events stay so long for replay, and so that a new target gets them.
EVENTS_KEPT: Final = dt.timedelta(days=90)
#: Rows a transaction, so that nobody waits for a long one.
BATCH: Final = 500


async def delete_expired_surveys(
    database: Database, now: dt.datetime, timezone: dt.tzinfo, *, events_kept: dt.timedelta = EVENTS_KEPT
) -> Mapping[str, int]:
    """Times older than 48 hours, `once` and openings of ended periods, and old events are gone; rows by table.

    A held response keeps nothing longer: whether it counts is decided by what it says and its day.
    """
    today = now.astimezone(timezone).date()
    timed = select(ResponseRow.id).where(ResponseRow.answered_at < now - EXACT_TIME_KEPT).limit(BATCH)
    ended = select(ResponseRow.id).where(ResponseRow.period_ends < today, ResponseRow.once.is_not(None)).limit(BATCH)
    opened = select(OpeningRow.once).where(OpeningRow.period_ends < today).limit(BATCH)
    responses = await _in_batches(
        database, update(ResponseRow).where(ResponseRow.id.in_(timed.scalar_subquery())).values(answered_at=None)
    )
    responses += await _in_batches(
        database, update(ResponseRow).where(ResponseRow.id.in_(ended.scalar_subquery())).values(once=None)
    )
    openings = await _in_batches(database, delete(OpeningRow).where(OpeningRow.once.in_(opened.scalar_subquery())))
    events, deliveries = 0, Deliveries(database)
    while count := await deliveries.delete_old(today - events_kept):
        events += count
    await database.checkpoint()
    return {
        ResponseRow.__tablename__: responses,
        OpeningRow.__tablename__: openings,
        OutboxRow.__tablename__: events,
    }


async def _in_batches(database: Database, statement: Delete | Update) -> int:
    total = 0
    while True:
        async with database.write() as connection:
            count = (await connection.execute(statement)).rowcount
        total += count
        if count < BATCH:
            return total
