"""Who is told of cases, and how: the ports `surveys.ports.Staff` and `Notices`, over the members and the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import String, bindparam, cast, literal, select, update

from knowledge.persian_order import persian_order
from reminders.ledger import MessageState
from reminders.people import OPERATORS, MemberState, Role
from storage.database import Transactions
from storage.models import PersonRow
from storage.reminder_models import MembershipRow, MessageRow
from storage.statements import PerDialect
from surveys.case import Colleague
from surveys.staff_rights import StaffRights

__all__ = ["SqlNotices", "SqlStaff"]

_M = MembershipRow
_TOLD = (_M.agency_id == bindparam("of_agency"), _M.state == MemberState.ACTIVE.value, _M.role != Role.HEAD.value)
_ACTIVE = select(_M.person_id, _M.away_until).where(*_TOLD).order_by(_M.person_id)
_NAMED = select(_M.person_id, _M.name).where(*_TOLD).order_by(_M.person_id)
_HEADS = (
    select(_M.person_id)
    .join(PersonRow, PersonRow.id == _M.person_id)
    .where(
        _M.agency_id == bindparam("of_agency"),
        _M.state == MemberState.ACTIVE.value,
        _M.role == Role.HEAD.value,
        PersonRow.blocked_at.is_(None),
    )
    .order_by(_M.person_id)
)
_PLACES = select(_M.agency_id, _M.role).where(
    _M.person_id == bindparam("of_person"), _M.state == MemberState.ACTIVE.value
)
_WAITING = (MessageState.DUE.value, MessageState.RETRY_AT.value)
_PUT = PerDialect(lambda insert: insert(MessageRow).on_conflict_do_nothing(index_elements=["key"]))


class SqlStaff:
    """Active members; heads see cases of their agency, and hear of those that are overdue alone."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def present(self, agency_id: str, day: dt.date) -> list[int]:
        async with self._transactions.read() as connection:
            rows = (await connection.execute(_ACTIVE, {"of_agency": agency_id or OPERATORS})).all()
        here = [row.person_id for row in rows if row.away_until is None or row.away_until < day]
        return here or [row.person_id for row in rows]

    async def heads(self, agency_id: str) -> list[int]:
        async with self._transactions.read() as connection:
            return list((await connection.execute(_HEADS, {"of_agency": agency_id})).scalars())

    async def named(self, agency_id: str) -> list[Colleague]:
        async with self._transactions.read() as connection:
            rows = (await connection.execute(_NAMED, {"of_agency": agency_id or OPERATORS})).all()
        colleagues = [Colleague(row.person_id, row.name) for row in rows]
        return sorted(colleagues, key=lambda one: persian_order(one.name))

    async def rights(self, person_id: int) -> StaffRights:
        async with self._transactions.read() as connection:
            rows = (await connection.execute(_PLACES, {"of_person": person_id})).all()
        agencies = frozenset(row.agency_id for row in rows if row.agency_id != OPERATORS)
        return StaffRights(any(row.role == Role.OPERATOR.value for row in rows), agencies)


class SqlNotices:
    """Rows of the delivery worker's own table."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def put(self, key: str, person_id: int, kind: str, payload: Mapping[str, Any], at: dt.datetime) -> None:
        values = {
            "key": key,
            "person_id": person_id,
            "kind": kind,
            "payload": dict(payload),
            "state": MessageState.DUE.value,
            "send_at": at,
            "try_at": at,
            "tries": 0,
            "maybe_twice": 0,
            "reason": "",
            "broadcast_id": None,
            "created_at": at,
        }
        async with self._transactions.write() as connection:
            await connection.execute(_PUT.on(connection), values)

    async def unlink(self, key: str) -> None:
        unlinked = {"key": literal("unlinked:") + cast(MessageRow.id, String), "payload": {}}
        withdrawn = update(MessageRow).where(MessageRow.key == key, MessageRow.state.in_(_WAITING))
        async with self._transactions.write() as connection:
            await connection.execute(withdrawn.values(state=MessageState.WITHDRAWN.value))
            await connection.execute(update(MessageRow).where(MessageRow.key == key).values(**unlinked))
