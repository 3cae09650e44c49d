"""Duties, reports with evidence, snoozes, anchor events and closures: ports of `reminders.ports`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Row, Select, delete, func, insert, select, update

from reminders.anchor_events import EventRevision
from reminders.duty import DutyKey, DutyRecord, DutyState, Evidence, EvidenceKind, Report, ReportState
from reminders.jalali import iso, parse_iso
from storage.columns import is_key
from storage.database import Transactions
from storage.reminder_models import (
    CalendarFeedRow,
    ClosureRow,
    DutyChangeRow,
    DutyStateRow,
    EventRow,
    EvidenceRow,
    ReminderSettingRow,
    ReportRow,
    SnoozeRow,
)
from storage.statements import PerDialect

__all__ = ["SqlDuties", "SqlEvents", "SqlReminderSettings"]

#: A handed-over duty of which nothing else was said.
_UNSAID: Final = "unsaid"
#: Keys of one statement, which holds at most three values of each.
KEYS_AT_ONCE: Final = 300
_D, _R = DutyStateRow, ReportRow
_DUTY = (_D.agency_id, _D.obligation_id, _D.occurrence, _D.state, _D.open_since, _D.person_id, _D.changed_at)
_KEY: Final = ["agency_id", "obligation_id", "occurrence"]
_MARK = PerDialect(
    lambda insert: (made := insert(_D)).on_conflict_do_update(
        index_elements=_KEY,
        set_={name: made.excluded[name] for name in ("state", "open_since", "changed_at", "changed_by")},
    )
)
_ASSIGN = PerDialect(
    lambda insert: (made := insert(_D)).on_conflict_do_update(
        index_elements=_KEY, set_={name: made.excluded[name] for name in ("person_id", "changed_at", "changed_by")}
    )
)
#: Nothing is changed, but the row is there and locked, on a database that has several writers.
_HOLD = PerDialect(
    lambda insert: insert(_D).on_conflict_do_update(index_elements=_KEY, set_={"state": _D.state}).returning(*_DUTY)
)
_SNOOZE = PerDialect(
    lambda insert: (made := insert(SnoozeRow)).on_conflict_do_update(
        index_elements=["person_id", *_KEY], set_={name: made.excluded[name] for name in ("since", "until")}
    )
)
_EVENT = PerDialect(lambda insert: insert(EventRow).on_conflict_do_nothing().returning(EventRow.id))
_CLOSE = PerDialect(
    lambda insert: (made := insert(ClosureRow)).on_conflict_do_update(
        index_elements=["day"], set_={"title": made.excluded.title}
    )
)
_PUT = PerDialect(
    lambda insert: (made := insert(ReminderSettingRow)).on_conflict_do_update(
        index_elements=["name"], set_={"value": made.excluded.value}
    )
)


class SqlDuties:
    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def of_agencies(self, agency_ids: Collection[str]) -> list[DutyRecord]:
        return await self._records(select(*_DUTY).where(_D.agency_id.in_(agency_ids)))

    async def of_obligations(self, obligation_ids: Collection[str]) -> list[DutyRecord]:
        return await self._records(select(*_DUTY).where(_D.obligation_id.in_(obligation_ids)))

    async def of_occurrences(self, wanted: Collection[tuple[str, str]]) -> list[DutyRecord]:
        by_number: dict[str, list[str]] = {}
        for obligation_id, number in sorted(set(wanted)):
            by_number.setdefault(number, []).append(obligation_id)
        found: list[DutyRecord] = []
        for number, ids in by_number.items():
            for start in range(0, len(ids), KEYS_AT_ONCE):
                some = (_D.obligation_id.in_(ids[start : start + KEYS_AT_ONCE]), _D.occurrence == number)
                found += await self._records(select(*_DUTY).where(*some))
        return found

    async def of_keys(self, keys: Collection[DutyKey]) -> list[DutyRecord]:
        # Column by column, and sorted out here: SQLite reads the whole table for (a, b, c) IN (VALUES …).
        found: list[DutyRecord] = []
        wanted = list(keys)
        for start in range(0, len(wanted), KEYS_AT_ONCE):
            some = frozenset(wanted[start : start + KEYS_AT_ONCE])
            near = select(*_DUTY).where(
                _D.agency_id.in_({k.agency_id for k in some}),
                _D.obligation_id.in_({k.obligation_id for k in some}),
                _D.occurrence.in_({k.occurrence for k in some}),
            )
            found += [record for record in await self._records(near) if record.key in some]
        return found

    async def still_open(self) -> list[DutyRecord]:
        return await self._records(select(*_DUTY).where(_D.state == DutyState.OPEN.value))

    async def get(self, key: DutyKey) -> DutyRecord | None:
        found = await self._records(select(*_DUTY).where(*_is(_D, key)))
        return found[0] if found else None

    async def held(self, key: DutyKey, at: dt.datetime) -> DutyRecord:
        values = {**_columns(key), "state": _UNSAID, "changed_at": at}
        async with self._transactions.write() as connection:
            return _record((await connection.execute(_HOLD.on(connection), values)).one())

    async def mark(
        self,
        key: DutyKey,
        state: DutyState | None,
        *,
        by: int | None,
        at: dt.datetime,
        open_since: dt.date | None = None,
    ) -> None:
        values = {
            **_columns(key),
            "state": _UNSAID if state is None else state.value,
            "open_since": open_since,
            "person_id": None,
            "changed_at": at,
            "changed_by": by,
        }
        change = {**_columns(key), "state": values["state"], "changed_at": at}
        async with self._transactions.write() as connection:
            await connection.execute(_MARK.on(connection), values)
            await connection.execute(insert(DutyChangeRow), change)

    async def changes(self, key: DutyKey) -> list[tuple[DutyState, dt.datetime]]:
        said = select(DutyChangeRow.state, DutyChangeRow.changed_at).where(*_is(DutyChangeRow, key))
        async with self._transactions.read() as connection:
            rows = await connection.execute(said.where(DutyChangeRow.state != _UNSAID).order_by(DutyChangeRow.id))
            return [(DutyState(state), at) for state, at in rows]

    async def assign(self, key: DutyKey, person_id: int | None, *, by: int, at: dt.datetime) -> None:
        values = {**_columns(key), "state": _UNSAID, "person_id": person_id, "changed_at": at, "changed_by": by}
        async with self._transactions.write() as connection:
            await connection.execute(_ASSIGN.on(connection), values)

    async def report(
        self, key: DutyKey, person_id: int, note: str, evidence: Sequence[Evidence], at: dt.datetime
    ) -> int:
        values = {
            **_columns(key),
            "person_id": person_id,
            "note": note,
            "state": ReportState.PENDING.value,
            "reported_at": at,
            "reason": "",
        }
        async with self._transactions.write() as connection:
            id: int = (await connection.execute(insert(_R).returning(_R.id), values)).scalar_one()
            if evidence:
                rows = [
                    {
                        "report_id": id,
                        "kind": e.kind.value,
                        "file_name": e.file_name,
                        "media_type": e.media_type,
                        "size": e.size,
                        "sha256": e.sha256,
                        "kept_at": at,
                    }
                    for e in evidence
                ]
                await connection.execute(insert(EvidenceRow), rows)
        return id

    async def get_report(self, report_id: int) -> Report | None:
        if not is_key(report_id):
            return None
        found = await self._reports(select(_R.__table__).where(_R.id == report_id))
        return found[0] if found else None

    async def reports(self, *, state: ReportState | None = None, key: DutyKey | None = None) -> list[Report]:
        statement = select(_R.__table__).order_by(_R.id)
        if state is not None:
            statement = statement.where(_R.state == state.value)
        if key is not None:
            statement = statement.where(*_is(_R, key))
        return await self._reports(statement)

    async def confirmed(self, agency_ids: Collection[str]) -> Mapping[DutyKey, dt.datetime]:
        key = (_R.agency_id, _R.obligation_id, _R.occurrence)
        last = (
            select(*key, func.max(_R.reported_at, type_=_R.reported_at.type).label("last"))
            .where(_R.agency_id.in_(agency_ids), _R.state == ReportState.CONFIRMED.value)
            .group_by(*key)
        )
        async with self._transactions.read() as connection:
            rows = await connection.execute(last)
            return {DutyKey(r.agency_id, r.obligation_id, r.occurrence): r.last for r in rows}

    async def decide_report(
        self,
        report_id: int,
        state: ReportState,
        *,
        by: int,
        reason: str,
        at: dt.datetime,
        was: ReportState = ReportState.PENDING,
    ) -> bool:
        change = (
            update(_R)
            .where(_R.id == report_id, _R.state == was.value)
            .values(state=state.value, decided_by=by, decided_at=at, reason=reason)
        )
        async with self._transactions.write() as connection:
            return (await connection.execute(change)).rowcount > 0

    async def snooze(self, person_id: int, key: DutyKey, since: dt.date, until: dt.date) -> None:
        values = {**_columns(key), "person_id": person_id, "since": since, "until": until}
        async with self._transactions.write() as connection:
            await connection.execute(_SNOOZE.on(connection), values)

    async def snoozes(self, after: dt.date) -> Mapping[tuple[int, DutyKey], tuple[dt.date, dt.date]]:
        async with self._transactions.read() as connection:
            rows = await connection.execute(select(SnoozeRow.__table__).where(SnoozeRow.until > after))
            return {
                (r.person_id, DutyKey(r.agency_id, r.obligation_id, r.occurrence)): (r.since, r.until) for r in rows
            }

    async def _records(self, statement: Select[*tuple[Any, ...]]) -> list[DutyRecord]:
        async with self._transactions.read() as connection:
            return [_record(row) for row in await connection.execute(statement)]

    async def _reports(self, statement: Select[*tuple[Any, ...]]) -> list[Report]:
        async with self._transactions.read() as connection:
            rows = (await connection.execute(statement)).all()
            files = select(EvidenceRow.__table__).where(EvidenceRow.report_id.in_([r.id for r in rows]))
            kept = (await connection.execute(files.order_by(EvidenceRow.id))).all() if rows else []
        evidence: dict[int, list[Evidence]] = {}
        for e in kept:
            found = Evidence(EvidenceKind(e.kind), e.file_name, e.media_type, e.size, e.sha256)
            evidence.setdefault(e.report_id, []).append(found)
        return [_report(row, tuple(evidence.get(row.id, ()))) for row in rows]


class SqlEvents:
    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def revisions(self) -> list[EventRevision]:
        async with self._transactions.read() as connection:
            rows = await connection.execute(select(EventRow.__table__).order_by(EventRow.id))
            return [
                EventRevision(
                    anchor_id=r.anchor_id,
                    agency_id=r.agency_id,
                    revision=r.revision,
                    date=parse_iso(r.date) if r.date else None,
                    note=r.note,
                    recorded_at=r.recorded_at,
                    recorded_by=r.recorded_by,
                )
                for r in rows
            ]

    async def add(self, revision: EventRevision) -> bool:
        values = {
            "anchor_id": revision.anchor_id,
            "agency_id": revision.agency_id,
            "revision": revision.revision,
            "date": iso(revision.date) if revision.date else None,
            "note": revision.note,
            "recorded_at": revision.recorded_at,
            "recorded_by": revision.recorded_by,
        }
        async with self._transactions.write() as connection:
            return (await connection.execute(_EVENT.on(connection), values)).scalar_one_or_none() is not None

    async def closures(self) -> Mapping[dt.date, str]:
        async with self._transactions.read() as connection:
            return {r.day: r.title for r in await connection.execute(select(ClosureRow.day, ClosureRow.title))}

    async def close(self, day: dt.date, title: str) -> None:
        async with self._transactions.write() as connection:
            await connection.execute(_CLOSE.on(connection), {"day": day, "title": title})

    async def reopen(self, day: dt.date) -> bool:
        async with self._transactions.write() as connection:
            return (await connection.execute(delete(ClosureRow).where(ClosureRow.day == day))).rowcount > 0


class SqlReminderSettings:
    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def get(self, name: str) -> Mapping[str, Any] | None:
        statement = select(ReminderSettingRow.value).where(ReminderSettingRow.name == name)
        async with self._transactions.read() as connection:
            return (await connection.execute(statement)).scalar_one_or_none()

    async def put(self, name: str, value: Mapping[str, Any]) -> None:
        async with self._transactions.write() as connection:
            await connection.execute(_PUT.on(connection), {"name": name, "value": dict(value)})

    async def add_feed(self, digest: str, person_id: int, at: dt.datetime) -> None:
        values = {"digest": digest, "person_id": person_id, "made_at": at}
        async with self._transactions.write() as connection:
            await connection.execute(insert(CalendarFeedRow), values)

    async def revoke_feeds(self, person_id: int) -> int:
        async with self._transactions.write() as connection:
            return (
                await connection.execute(delete(CalendarFeedRow).where(CalendarFeedRow.person_id == person_id))
            ).rowcount

    async def feed_owner(self, digest: str) -> int | None:
        statement = select(CalendarFeedRow.person_id).where(CalendarFeedRow.digest == digest)
        async with self._transactions.read() as connection:
            return (await connection.execute(statement)).scalar_one_or_none()


def _columns(key: DutyKey) -> dict[str, str]:
    return {"agency_id": key.agency_id, "obligation_id": key.obligation_id, "occurrence": key.occurrence}


def _is(row: Any, key: DutyKey) -> tuple[Any, ...]:
    return (
        row.agency_id == key.agency_id,
        row.obligation_id == key.obligation_id,
        row.occurrence == key.occurrence,
    )


def _record(row: Row[*tuple[Any, ...]]) -> DutyRecord:
    return DutyRecord(
        key=DutyKey(row.agency_id, row.obligation_id, row.occurrence),
        state=None if row.state == _UNSAID else DutyState(row.state),
        open_since=row.open_since,
        assignee=row.person_id,
        changed_at=row.changed_at,
    )


def _report(row: Row[*tuple[Any, ...]], evidence: tuple[Evidence, ...]) -> Report:
    return Report(
        id=row.id,
        key=DutyKey(row.agency_id, row.obligation_id, row.occurrence),
        person_id=row.person_id,
        note=row.note,
        state=ReportState(row.state),
        reported_at=row.reported_at,
        reason=row.reason,
        evidence=evidence,
    )
