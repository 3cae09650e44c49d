"""The reminder ledger: the port `reminders.ports.Ledger`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Row, and_, bindparam, func, insert, or_, select, update

from reminders.duty import DutyKey
from reminders.ledger import (
    Handed,
    LedgerDay,
    Message,
    MessageKind,
    MessageState,
    NewMessage,
    PlannedReminder,
    Reminder,
)
from storage.columns import is_key
from storage.database import Transactions
from storage.models import PersonRow
from storage.reminder_models import BroadcastRow, MessageRow, ReminderRow
from storage.statements import PerDialect

__all__ = ["SqlLedger"]

_M, _R = MessageRow, ReminderRow
_PLANNED: Final = "planned"
_WITHDRAWN: Final = "withdrawn"
_WAITING: Final = (MessageState.DUE.value, MessageState.RETRY_AT.value)
#: "Handed over within 10 s of its time" (issue "Remind", §3).
ON_TIME: Final = dt.timedelta(seconds=10)
#: Keys of one IN (…): PostgreSQL's protocol takes 32,767 values.
BATCH: Final = 1000


#: A date that was corrected and corrected back finds its withdrawn reminders again.
def _plan(insert: Callable[..., Any]) -> Any:
    return insert(_R).on_conflict_do_update(
        index_elements=["person_id", "agency_id", "obligation_id", "occurrence", "due", "lead"],
        set_={"state": _PLANNED, "message_id": None},
        where=_R.state == _WITHDRAWN,
    )


_PLAN = PerDialect(_plan)
#: asyncpg does not say how many rows an executemany changed; SQLite does, and is slow to return them.
_PLAN_COUNTED = PerDialect(lambda insert: _plan(insert).returning(_R.id))
_ADD = PerDialect(lambda insert: insert(_M).on_conflict_do_nothing(index_elements=["key"]).returning(_M.id))
_LOOSE = and_(_R.message_id.is_(None), _R.state == _PLANNED)
_GATHER = (
    update(_R)
    .where(_R.person_id == bindparam("of_person"), _LOOSE)
    .values(
        message_id=select(_M.id)
        .where(_M.key == bindparam("of_key"), _M.state == MessageState.DUE.value)
        .scalar_subquery()
    )
)
_REMINDER = (
    _R.id,
    _R.person_id,
    _R.agency_id,
    _R.obligation_id,
    _R.occurrence,
    _R.due,
    _R.lead,
    _R.day,
)
_CLAIM = (
    select(
        _M.id,
        _M.key,
        _M.person_id,
        _M.kind,
        _M.payload,
        _M.send_at,
        _M.tries,
        PersonRow.platform,
        PersonRow.platform_id,
        PersonRow.blocked_at,
    )
    .join(PersonRow, PersonRow.id == _M.person_id)
    .where(_M.state.in_(_WAITING), _M.try_at <= bindparam("now"))
    .where(PersonRow.platform.in_(bindparam("on_platforms", expanding=True)))
    .order_by(_M.try_at, _M.id)
    .limit(bindparam("at_most"))
    .with_for_update(of=_M, skip_locked=True)
)
_OF_IDS: Final[Any] = bindparam("of_ids", expanding=True)
_GONE = update(_M).where(_M.id.in_(_OF_IDS)).values(state=MessageState.BLOCKED.value, lease_until=None)
_CLAIMED = (
    update(_M)
    .where(_M.id.in_(_OF_IDS))
    .values(state=MessageState.SENDING.value, lease_until=bindparam("until"), started_at=None)
)
_CARRIED = (
    select(_R.message_id, *_REMINDER).where(_R.message_id.in_(_OF_IDS), _R.state == _PLANNED).order_by(_R.due, _R.id)
)
_START = (
    update(_M)
    .where(_M.id.in_(_OF_IDS))
    .where(_M.state == MessageState.SENDING.value, _M.lease_until > bindparam("at"))
    .values(started_at=bindparam("at"), tries=_M.tries + 1)
    .returning(_M.id)
)
_DELIVERED = (
    update(_M)
    .where(_M.id == bindparam("of_id"))
    .values(
        state=MessageState.DELIVERED.value,
        delivered_at=bindparam("at"),
        platform_message_id=bindparam("as_id"),
        lease_until=None,
        reason="",
    )
)


class SqlLedger:
    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def plan(self, reminders: Sequence[PlannedReminder], at: dt.datetime) -> int:
        if not reminders:
            return 0
        rows = [
            {
                "person_id": r.person_id,
                "agency_id": r.agency_id,
                "obligation_id": r.obligation_id,
                "occurrence": r.occurrence,
                "due": r.due,
                "lead": r.lead,
                "day": r.day,
                "state": _PLANNED,
                "planned_at": at,
            }
            for r in reminders
        ]
        async with self._transactions.write() as connection:
            if connection.dialect.name == "sqlite":
                return (await connection.execute(_PLAN.on(connection), rows)).rowcount
            return len((await connection.execute(_PLAN_COUNTED.on(connection), rows)).all())

    async def loose(self, limit: int) -> list[int]:
        statement = select(_R.person_id).where(_LOOSE).distinct().order_by(_R.person_id).limit(limit)
        async with self._transactions.read() as connection:
            return list((await connection.execute(statement)).scalars())

    async def gather(self, daily: Sequence[NewMessage], at: dt.datetime) -> list[int]:
        if not daily:
            return []
        async with self._transactions.write() as connection:
            await connection.execute(_ADD.on(connection), [_message_values(m, at) for m in daily])
            await connection.execute(_GATHER, [{"of_person": m.person_id, "of_key": m.key} for m in daily])
            left: list[int] = []
            people = [m.person_id for m in daily]
            for start in range(0, len(people), BATCH):
                still = select(_R.person_id).where(_LOOSE, _R.person_id.in_(people[start : start + BATCH])).distinct()
                left += (await connection.execute(still)).scalars()
        return left

    async def unfold(self, before: dt.datetime) -> int:
        failed = and_(_M.state == MessageState.FAILED.value, _M.kind == MessageKind.DAILY.value, _M.try_at < before)
        async with self._transactions.write() as connection:
            loosened = (
                update(_R)
                .where(_R.message_id.in_(select(_M.id).where(failed)), _R.state == _PLANNED)
                .values(message_id=None)
            )
            count = (await connection.execute(loosened)).rowcount
            await connection.execute(update(_M).where(failed).values(state=MessageState.FOLDED.value))
        return count

    async def withdraw(
        self, agency_id: str | None, obligation_ids: Collection[str], keep: Mapping[str, Collection[str]]
    ) -> int:
        unsent = or_(
            _R.message_id.is_(None),
            _R.message_id.in_(select(_M.id).where(_M.state.in_((*_WAITING, MessageState.FAILED.value)))),
        )
        scope = [] if agency_id is None else [_R.agency_id == agency_id]
        count = 0
        async with self._transactions.write() as connection:
            for obligation_id in obligation_ids:
                kept = [_R.due.not_in(keep[obligation_id])] if keep.get(obligation_id) else []
                change = (
                    update(_R)
                    .where(_R.obligation_id == obligation_id, _R.state == _PLANNED, unsent, *scope, *kept)
                    .values(state=_WITHDRAWN)
                )
                count += (await connection.execute(change)).rowcount
        return count

    async def add(self, messages: Sequence[NewMessage], at: dt.datetime) -> int:
        if not messages:
            return 0
        async with self._transactions.write() as connection:
            rows = await connection.execute(_ADD.on(connection), [_message_values(m, at) for m in messages])
            return len(rows.all())

    async def claim(
        self, now: dt.datetime, limit: int, lease_until: dt.datetime, platforms: Collection[str]
    ) -> list[Message]:
        async with self._transactions.write() as connection:
            values = {"now": now, "at_most": limit, "on_platforms": list(platforms)}
            rows = (await connection.execute(_CLAIM, values)).all()
            if not rows:
                return []
            gone = [row.id for row in rows if row.blocked_at is not None]
            here = [row for row in rows if row.blocked_at is None]
            if gone:
                await connection.execute(_GONE, {"of_ids": gone})
            await connection.execute(_CLAIMED, {"of_ids": [row.id for row in here], "until": lease_until})
            daily = [row.id for row in here if row.kind == MessageKind.DAILY.value]
            found: dict[int, list[Reminder]] = {}
            for row in await connection.execute(_CARRIED, {"of_ids": daily}) if daily else ():
                found.setdefault(row.message_id, []).append(_reminder(row))
        return [_message(row, tuple(found.get(row.id, ()))) for row in here]

    async def release(self, ids: Sequence[int], try_at: dt.datetime) -> None:
        if not ids:
            return
        change = (
            update(_M)
            .where(_M.id.in_(ids), _M.state == MessageState.SENDING.value)
            .values(state=MessageState.DUE.value, try_at=try_at, lease_until=None, started_at=None)
        )
        async with self._transactions.write() as connection:
            await connection.execute(change)

    async def start(self, message_ids: Collection[int], at: dt.datetime) -> Collection[int]:
        async with self._transactions.write() as connection:
            rows = await connection.execute(_START, {"of_ids": list(message_ids), "at": at})
            return frozenset(rows.scalars())

    async def delivered(self, handed: Sequence[Handed]) -> None:
        values = [{"of_id": h.message_id, "at": h.at, "as_id": h.platform_message_id} for h in handed]
        async with self._transactions.write() as connection:
            await connection.execute(_DELIVERED, values)

    async def put_off(
        self,
        message_id: int,
        state: MessageState,
        try_at: dt.datetime,
        tries: int,
        reason: str,
        maybe_twice: bool,
    ) -> None:
        change = (
            update(_M)
            .where(_M.id == message_id, _M.state == MessageState.SENDING.value)
            .values(
                state=state.value,
                try_at=try_at,
                tries=tries,
                reason=reason,
                maybe_twice=_M.maybe_twice + int(maybe_twice),
                lease_until=None,
                started_at=None,
            )
        )
        async with self._transactions.write() as connection:
            await connection.execute(change)

    async def blocked(self, message_id: int, person_id: int, at: dt.datetime) -> None:
        waiting = and_(_M.person_id == person_id, _M.state.in_(_WAITING))
        async with self._transactions.write() as connection:
            await connection.execute(
                update(_M)
                .where(or_(_M.id == message_id, waiting))
                .values(state=MessageState.BLOCKED.value, lease_until=None)
            )
            await connection.execute(update(PersonRow).where(PersonRow.id == person_id).values(blocked_at=at))

    async def sweep(self, now: dt.datetime) -> tuple[int, int]:
        stuck = and_(_M.state == MessageState.SENDING.value, _M.lease_until <= now)
        back = {"state": MessageState.DUE.value, "try_at": now, "lease_until": None}
        async with self._transactions.write() as connection:
            maybe = (
                await connection.execute(
                    update(_M)
                    .where(stuck, _M.started_at.is_not(None))
                    .values(**back, started_at=None, maybe_twice=_M.maybe_twice + 1)
                )
            ).rowcount
            never = (await connection.execute(update(_M).where(stuck).values(**back))).rowcount
        return maybe + never, maybe

    async def next_due(self) -> dt.datetime | None:
        statement = select(_M.try_at).where(_M.state.in_(_WAITING)).order_by(_M.try_at).limit(1)
        async with self._transactions.read() as connection:
            return (await connection.execute(statement)).scalar_one_or_none()

    async def day(self, first: dt.datetime, last: dt.datetime, day: dt.date) -> LedgerDay:
        within = and_(_M.send_at >= first, _M.send_at < last)
        grouped = (
            select(_M.kind, _M.state, func.count().label("rows"), func.sum(_M.maybe_twice).label("twice"))
            .where(within)
            .group_by(_M.kind, _M.state)
        )
        times = select(_M.send_at, _M.delivered_at).where(within, _M.state == MessageState.DELIVERED.value)
        states: dict[str, int] = {}
        kinds: dict[str, int] = {}
        twice = 0
        async with self._transactions.read() as connection:
            for row in await connection.execute(grouped):
                states[row.state] = states.get(row.state, 0) + row.rows
                kinds[row.kind] = kinds.get(row.kind, 0) + row.rows
                twice += int(row.twice or 0)
            delivered = (await connection.execute(times)).all()
        on_time = sum(1 for row in delivered if row.delivered_at - row.send_at <= ON_TIME)
        return LedgerDay(day, states, kinds, len(delivered), on_time, twice)

    async def failed(self, since: dt.datetime) -> list[tuple[int, int, str]]:
        statement = (
            select(_M.id, _M.person_id, _M.reason)
            .where(_M.state.in_((MessageState.FAILED.value, MessageState.FOLDED.value)), _M.send_at >= since)
            .order_by(_M.id)
        )
        async with self._transactions.read() as connection:
            return [(r.id, r.person_id, r.reason) for r in await connection.execute(statement)]

    async def history(self, key: DutyKey) -> list[tuple[Reminder, MessageState | None, dt.datetime | None]]:
        statement = (
            select(*_REMINDER, _M.state.label("sent_state"), _M.delivered_at)
            .outerjoin(_M, _M.id == _R.message_id)
            .where(
                _R.agency_id == key.agency_id,
                _R.obligation_id == key.obligation_id,
                _R.occurrence == key.occurrence,
                _R.state == _PLANNED,
            )
            .order_by(_R.id)
        )
        async with self._transactions.read() as connection:
            rows = (await connection.execute(statement)).all()
        return [(_reminder(r), MessageState(r.sent_state) if r.sent_state else None, r.delivered_at) for r in rows]

    async def add_broadcast(self, text: str, audience: Mapping[str, Any], by: int, at: dt.datetime) -> int:
        values = {"text": text, "audience": dict(audience), "state": "draft", "made_by": by, "made_at": at}
        async with self._transactions.write() as connection:
            id: int = (await connection.execute(insert(BroadcastRow).returning(BroadcastRow.id), values)).scalar_one()
        return id

    async def broadcast(self, broadcast_id: int) -> tuple[str, Mapping[str, Any], str] | None:
        if not is_key(broadcast_id):
            return None
        statement = select(BroadcastRow.text, BroadcastRow.audience, BroadcastRow.state).where(
            BroadcastRow.id == broadcast_id
        )
        async with self._transactions.read() as connection:
            row = (await connection.execute(statement)).one_or_none()
        return (row.text, row.audience, row.state) if row else None

    async def set_broadcast(self, broadcast_id: int, state: str, from_state: str) -> bool:
        change = (
            update(BroadcastRow)
            .where(BroadcastRow.id == broadcast_id, BroadcastRow.state == from_state)
            .values(state=state)
        )
        async with self._transactions.write() as connection:
            return (await connection.execute(change)).rowcount > 0

    async def broadcast_progress(self, broadcast_id: int) -> Mapping[str, int]:
        statement = (
            select(_M.state, func.count().label("rows")).where(_M.broadcast_id == broadcast_id).group_by(_M.state)
        )
        async with self._transactions.read() as connection:
            return {row.state: row.rows for row in await connection.execute(statement)}

    async def stop_broadcast(self, broadcast_id: int) -> int:
        change = (
            update(_M)
            .where(_M.broadcast_id == broadcast_id, _M.state.in_(_WAITING))
            .values(state=MessageState.WITHDRAWN.value)
        )
        async with self._transactions.write() as connection:
            return (await connection.execute(change)).rowcount

    async def everybody(self) -> list[int]:
        statement = select(PersonRow.id).where(PersonRow.blocked_at.is_(None)).order_by(PersonRow.id)
        async with self._transactions.read() as connection:
            return list((await connection.execute(statement)).scalars())


def _message_values(message: NewMessage, at: dt.datetime) -> dict[str, Any]:
    return {
        "key": message.key,
        "person_id": message.person_id,
        "kind": message.kind.value,
        "payload": dict(message.payload),
        "state": MessageState.DUE.value,
        "send_at": message.send_at,
        "try_at": message.send_at,
        "tries": 0,
        "maybe_twice": 0,
        "reason": "",
        "broadcast_id": message.broadcast_id,
        "created_at": at,
    }


def _reminder(row: Row[*tuple[Any, ...]]) -> Reminder:
    return Reminder(row.id, row.person_id, row.agency_id, row.obligation_id, row.occurrence, row.due, row.lead, row.day)


def _message(row: Row[*tuple[Any, ...]], reminders: tuple[Reminder, ...]) -> Message:
    return Message(
        id=row.id,
        key=row.key,
        person_id=row.person_id,
        platform=row.platform,
        platform_id=row.platform_id,
        kind=MessageKind(row.kind),
        payload=row.payload,
        send_at=row.send_at,
        tries=row.tries,
        reminders=reminders,
    )
