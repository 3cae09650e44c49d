"""Updates taken over from a platform: the port `bot.ports.Inbox`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import bindparam, func, select, update

from bot.ports import InboxUpdate
from storage.columns import is_key
from storage.database import Transactions
from storage.gathering import Gathered
from storage.models import InboxRow
from storage.statements import Keyed, PerDialect

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
_STARTED = Keyed(InboxRow.id, lambda them: update(InboxRow).where(them).values(attempts=InboxRow.attempts + 1))
_FINISHED = Keyed(
    InboxRow.id,
    lambda them: (
        update(InboxRow)
        .where(them)
        .values(outcome=bindparam("how"), finished_at=bindparam("at"), payload=None, sender_id=None)
    ),
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


#: SQLAlchemy inserts at least so many rows in one statement.
ONE_STATEMENT: Final = 100


class SqlInbox:
    """Rows of finished updates stay until `storage.retention` takes them. Updates that begin or end at the same time
    share a transaction.
    """

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._start = Gathered(self._started)
        self._finish = Gathered(self._finished)

    async def put(
        self,
        platform: str,
        updates: Sequence[tuple[int, Mapping[str, Any]]],
        at: dt.datetime,
        *,
        started: bool = False,
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
                "attempts": int(started),
                "received_at": at,
            }
            for update_id in dict.fromkeys(update_id for update_id, _ in updates)
        ]
        transaction = self._transactions.once if len(rows) <= ONE_STATEMENT else self._transactions.write
        async with transaction() as connection:
            stored = (await connection.execute(_PUT.on(connection), rows)).all()
        return [
            InboxUpdate(row.id, platform, row.update_id, payloads[row.update_id], int(started), started)
            for row in sorted(stored, key=lambda row: row.id)
        ]

    async def pending(self, platform: str, limit: int) -> list[InboxUpdate]:
        async with self._transactions.read() as connection:
            rows = await connection.execute(_PENDING, {"on_platform": platform, "at_most": limit})
            return [InboxUpdate(row.id, row.platform, row.update_id, row.payload or {}, row.attempts) for row in rows]

    async def started(self, ids: Sequence[int]) -> None:
        if ids:
            await self._start(ids)

    async def finished(self, id: int, outcome: str, at: dt.datetime) -> None:
        await self._finish((id, outcome, at))

    async def _started(self, calls: Sequence[Sequence[int]]) -> Sequence[None]:
        async with self._transactions.once() as connection:
            await connection.execute(*_STARTED.of({id for ids in calls for id in ids}))
        return [None] * len(calls)

    async def _finished(self, ends: Sequence[tuple[int, str, dt.datetime]]) -> Sequence[None]:
        """Rows of one outcome and moment in one statement: the clock's ticks are fine enough to be shared."""
        ids: dict[str, set[int]] = {}
        for id, outcome, _ in ends:
            ids.setdefault(outcome, set()).add(id)
        at = max(at for _, _, at in ends)
        for outcome in sorted(ids):
            statement, which = _FINISHED.of(ids[outcome])
            async with self._transactions.once() as connection:
                await connection.execute(statement, {**which, "how": outcome, "at": at})
        return [None] * len(ends)

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
