"""Updates taken over from a platform: the port `bot.ports.Inbox`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select, update

from bot.ports import InboxUpdate
from storage.columns import is_key
from storage.database import Transactions
from storage.models import InboxRow
from storage.statements import PerDialect

__all__ = ["SqlInbox", "sender_of"]

_PUT = PerDialect(
    lambda insert: (
        insert(InboxRow)
        .on_conflict_do_nothing(index_elements=["platform", "update_id"])
        .returning(InboxRow.id, InboxRow.update_id)
    )
)
_PENDING = (
    select(InboxRow.id, InboxRow.platform, InboxRow.update_id, InboxRow.payload, InboxRow.attempts)
    .where(InboxRow.platform == bindparam("on_platform"), InboxRow.outcome.is_(None))
    .order_by(InboxRow.id)
    .limit(bindparam("at_most"))
)
_STARTED = update(InboxRow).where(InboxRow.id == bindparam("of_id")).values(attempts=InboxRow.attempts + 1)
_FINISHED = (
    update(InboxRow)
    .where(InboxRow.id == bindparam("of_id"))
    .values(outcome=bindparam("how"), finished_at=bindparam("at"), payload=None, sender_id=None)
)
_LAST = (
    select(InboxRow.update_id)
    .where(InboxRow.platform == bindparam("on_platform"))
    .order_by(InboxRow.id.desc())
    .limit(1)
)
_COUNTS = (
    select(func.coalesce(InboxRow.outcome, "pending").label("name"), func.count().label("rows"))
    .where(InboxRow.platform == bindparam("on_platform"))
    .group_by(InboxRow.outcome)
)


class SqlInbox:
    """Rows of finished updates stay until `storage.retention` takes them."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def put(
        self, platform: str, updates: Sequence[tuple[int, Mapping[str, Any]]], at: dt.datetime
    ) -> list[InboxUpdate]:
        payloads = dict(reversed(updates))
        if not payloads:
            return []
        rows = [
            {
                "platform": platform,
                "update_id": update_id,
                "sender_id": sender_of(payloads[update_id]),
                "payload": dict(payloads[update_id]),
                "attempts": 0,
                "received_at": at,
            }
            for update_id in dict.fromkeys(update_id for update_id, _ in updates)
        ]
        async with self._transactions.write() as connection:
            stored = (await connection.execute(_PUT.on(connection), rows)).all()
        return [
            InboxUpdate(row.id, platform, row.update_id, payloads[row.update_id], 0)
            for row in sorted(stored, key=lambda row: row.id)
        ]

    async def pending(self, platform: str, limit: int) -> list[InboxUpdate]:
        async with self._transactions.read() as connection:
            rows = await connection.execute(_PENDING, {"on_platform": platform, "at_most": limit})
            return [InboxUpdate(row.id, row.platform, row.update_id, row.payload or {}, row.attempts) for row in rows]

    async def started(self, ids: Sequence[int]) -> None:
        if ids:
            async with self._transactions.write() as connection:
                await connection.execute(_STARTED, [{"of_id": id} for id in ids])

    async def finished(self, id: int, outcome: str, at: dt.datetime) -> None:
        async with self._transactions.write() as connection:
            await connection.execute(_FINISHED, {"of_id": id, "how": outcome, "at": at})

    async def last_update_id(self, platform: str) -> int | None:
        async with self._transactions.read() as connection:
            return (await connection.execute(_LAST, {"on_platform": platform})).scalar_one_or_none()

    async def counts(self, platform: str) -> Mapping[str, int]:
        async with self._transactions.read() as connection:
            rows = await connection.execute(_COUNTS, {"on_platform": platform})
            return {row.name: row.rows for row in rows}


def sender_of(payload: Mapping[str, Any]) -> int | None:
    """Who sent an update, by the Bot API's `from.id` of whatever it holds (https://core.telegram.org/bots/api#update)."""
    for content in payload.values():
        sender = content.get("from") if isinstance(content, Mapping) else None
        id = sender.get("id") if isinstance(sender, Mapping) else None
        if isinstance(id, int) and is_key(id):
            return int(id)
    return None
