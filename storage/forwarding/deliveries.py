"""Deliveries: which event waits for which target, in which order, and how its tries ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, delete, func, literal, or_, select, update

from storage.columns import UtcDateTime
from storage.database import Database
from storage.statements import PerDialect
from storage.survey_models import DeliveryRow, OutboxRow, TargetRow
from storage.survey_outbox import EVENT_COLUMNS, event_of_row
from surveys.events import Event
from surveys.forwarding import DeliveryState, TargetStatus

__all__ = ["BATCH", "Deliveries", "Waiting"]

_D, _O, _T = DeliveryRow, OutboxRow, TargetRow
BATCH: Final = 500
_WAITING: Final = DeliveryState.WAITING.value
_LEASE = PerDialect(
    lambda insert: (
        insert(_T)
        .values(name=bindparam("target"), holder=bindparam("by"), lease_until=bindparam("until"), stopped="")
        .on_conflict_do_update(
            index_elements=["name"],
            set_={"holder": bindparam("by"), "lease_until": bindparam("until")},
            where=or_(_T.holder == bindparam("by"), _T.lease_until <= bindparam("now")),
        )
        .returning(_T.stopped, _T.slowed_until)
    )
)

_REGISTER = PerDialect(lambda insert: insert(_T).on_conflict_do_nothing(index_elements=["name"]).returning(_T.name))


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that may be sent to a target now."""

    position: int
    tries: int
    event: Event


class Deliveries:
    """Each call is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def register(self, targets: Sequence[str], now: dt.datetime) -> None:
        """A target never seen before gets everything that the outbox still holds."""
        async with self._database.write() as connection:
            for target in targets:
                row = {"name": target, "holder": "", "lease_until": now, "stopped": ""}
                if (await connection.execute(_REGISTER.on(connection), row)).first() is not None:
                    await connection.execute(_given(target, now, _O.positioned.is_(True)).on(connection))

    async def position(self, targets: Sequence[str], now: dt.datetime) -> int:
        """Gives events written since to every target, in the order of their commits; how many. Others wait meanwhile.

        Changes of one response follow each other (its row is locked), so their order is theirs; that of a service is
        the order given here, once and for all.
        """
        async with self._database.write() as connection:
            fresh = select(_O.id).where(_O.positioned.is_(False)).order_by(_O.id).limit(BATCH).with_for_update()
            ids = list((await connection.execute(fresh)).scalars())
            if not ids:
                return 0
            for target in targets:
                await connection.execute(_given(target, now, _O.id.in_(ids)).on(connection))
            await connection.execute(update(_O).where(_O.id.in_(ids)).values(positioned=True))
            return len(ids)

    async def lease(self, target: str, holder: str, now: dt.datetime, until: dt.datetime) -> bool:
        """Whether `holder` alone may send to the target until then; False also while it is stopped or slowed."""
        values = {"target": target, "by": holder, "until": until, "now": now}
        async with self._database.write() as connection:
            row = (await connection.execute(_LEASE.on(connection), values)).one_or_none()
        return row is not None and not row.stopped and (row.slowed_until is None or row.slowed_until <= now)

    async def release(self, target: str, holder: str, now: dt.datetime) -> None:
        change = update(_T).where(_T.name == target, _T.holder == holder).values(lease_until=now)
        async with self._database.write() as connection:
            await connection.execute(change)

    async def waiting(self, target: str, now: dt.datetime) -> list[Waiting]:
        """The next events in order; none of a service whose first one waits for its next try."""
        mine = (_D.target == target, _D.state == _WAITING)
        resting = select(_D.service_id).where(*mine, _D.tries > 0, _D.try_at > now)
        wanted = (
            select(_D.position, _D.tries, *EVENT_COLUMNS)
            .join(_O, _O.id == _D.event_id)
            .where(*mine, _D.service_id.not_in(resting))
            .order_by(_D.position)
            .limit(BATCH)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(wanted)).all()
        return [Waiting(row.position, row.tries, event_of_row(row)) for row in rows]

    async def delivered(self, target: str, positions: Sequence[int], now: dt.datetime) -> None:
        done = update(_D).where(_D.position.in_(positions))
        async with self._database.write() as connection:
            await connection.execute(done.values(state=DeliveryState.DELIVERED.value, reason=""))
            await connection.execute(update(_T).where(_T.name == target).values(delivered_at=now))

    async def failed(self, position: int, tries: int, try_at: dt.datetime | None, reason: str) -> None:
        """Tried so often in vain; `try_at` None: given up, for an operator to look at."""
        state = DeliveryState.FAILED.value if try_at is None else _WAITING
        values: dict[str, Any] = {"state": state, "tries": tries, "reason": reason[:500]}
        if try_at is not None:
            values["try_at"] = try_at
        async with self._database.write() as connection:
            await connection.execute(update(_D).where(_D.position == position).values(**values))

    async def slow(self, target: str, until: dt.datetime) -> None:
        async with self._database.write() as connection:
            await connection.execute(update(_T).where(_T.name == target).values(slowed_until=until))

    async def stop(self, target: str, reason: str) -> None:
        async with self._database.write() as connection:
            await connection.execute(update(_T).where(_T.name == target).values(stopped=reason[:500] or "stopped"))

    async def replay(self, target: str, now: dt.datetime, event_uid: str | None = None) -> int:
        """Sends one event again, or all that were given up; a stopped target starts again. How many will be sent."""
        again = update(_D).where(_D.target == target)
        if event_uid is None:
            again = again.where(_D.state == DeliveryState.FAILED.value)
        else:
            again = again.where(_D.event_id == select(_O.id).where(_O.uid == event_uid).scalar_subquery())
        async with self._database.write() as connection:
            count = (await connection.execute(again.values(state=_WAITING, tries=0, try_at=now, reason=""))).rowcount
            await connection.execute(update(_T).where(_T.name == target).values(stopped="", slowed_until=None))
        return count

    async def status(self) -> list[TargetStatus]:
        """Every target that ever was one, by name."""
        counts = select(_D.target, _D.state, func.count().label("events")).group_by(_D.target, _D.state)
        oldest = select(_D.target, func.min(_O.day).label("day")).join(_O, _O.id == _D.event_id)
        oldest = oldest.where(_D.state == _WAITING).group_by(_D.target)
        async with self._database.read() as connection:
            targets = (await connection.execute(select(*_T.__table__.columns).order_by(_T.name))).all()
            by_target: dict[str, dict[str, int]] = {}
            for row in await connection.execute(counts):
                by_target.setdefault(row.target, {})[row.state] = row.events
            days = {row.target: row.day for row in await connection.execute(oldest)}
        return [
            TargetStatus(
                name=row.name,
                counts=by_target.get(row.name, {}),
                oldest_waiting=days.get(row.name),
                delivered_at=row.delivered_at,
                slowed_until=row.slowed_until,
                stopped=row.stopped,
                failures=await self._failures(row.name),
            )
            for row in targets
        ]

    async def _failures(self, target: str, limit: int = 20) -> tuple[tuple[str, str], ...]:
        """Given up, or failing and still tried."""
        wanted = (
            select(_O.uid, _D.reason)
            .join(_O, _O.id == _D.event_id)
            .where(_D.target == target, or_(_D.state == DeliveryState.FAILED.value, _D.tries > 0), _D.reason != "")
            .order_by(_D.position.desc())
            .limit(limit)
        )
        async with self._database.read() as connection:
            return tuple((row.uid, row.reason) for row in await connection.execute(wanted))

    async def delete_old(self, before: dt.date) -> int:
        """Events of earlier days that no target waits for are gone; how many, at most a batch."""
        busy = select(_D.event_id).where(_D.event_id == _O.id, _D.state != DeliveryState.DELIVERED.value)
        old = select(_O.id).where(_O.day < before, _O.positioned.is_(True), ~busy.exists()).limit(BATCH)
        async with self._database.write() as connection:
            ids = list((await connection.execute(old)).scalars())
            await connection.execute(delete(_D).where(_D.event_id.in_(ids)))
            await connection.execute(delete(_O).where(_O.id.in_(ids)))
        return len(ids)


def _given(target: str, now: dt.datetime, events: ColumnElement[bool]) -> PerDialect:
    """A delivery for each such event, in the order of their ids."""
    columns = (
        literal(target),
        _O.id,
        _O.service_id,
        literal(_WAITING),
        literal(0),
        literal(now, UtcDateTime()),
        literal(""),
    )
    rows = select(*columns).where(events).order_by(_O.id)
    names = ["target", "event_id", "service_id", "state", "tries", "try_at", "reason"]
    return PerDialect(
        lambda insert: insert(_D).from_select(names, rows).on_conflict_do_nothing(index_elements=["event_id", "target"])
    )
