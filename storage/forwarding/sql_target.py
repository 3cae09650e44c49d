"""Another SQL database: every event once, and each response's and case's newest state, both by id.

Written with plain selects, inserts and updates, so that any database with an async SQLAlchemy driver will do; the lease
of the worker keeps other writers away.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import asyncpg
from sqlalchemy import (
    JSON,
    Column,
    Date,
    Integer,
    MetaData,
    NullPool,
    String,
    Table,
    Text,
    insert,
    make_url,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from storage.columns import to_json
from surveys.events import Event, without_words
from surveys.forwarding import Failure, Sent, Trouble

__all__ = ["EVENTS", "RECORDS", "SqlTarget"]

METADATA: Final = MetaData()
EVENTS: Final = Table(
    "rahyar_events",
    METADATA,
    Column("id", String(120), primary_key=True),
    Column("type", String(40), nullable=False),
    Column("service_id", String(100), nullable=False, index=True),
    Column("subject", String(100), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("data", JSON, nullable=False),
    Column("text", Text),
)
RECORDS: Final = Table(
    "rahyar_records",
    METADATA,
    Column("subject", String(100), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("service_id", String(100), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("data", JSON, nullable=False),
    Column("text", Text),
)
TIMEOUT_S: Final = 30.0
_ASYNC: Final = {"sqlite": "sqlite+aiosqlite"}


class SqlTarget:
    """`url` as SQLAlchemy has them; its tables are made at the first send."""

    by_service: Final = False

    def __init__(self, name: str, url: str, *, timeout_s: float = TIMEOUT_S) -> None:
        self.name: Final = name
        parsed = make_url(url)
        options: dict[str, Any] = {}
        if parsed.get_backend_name() == "postgresql":  # asyncpg understands sslmode and the like, SQLAlchemy does not
            dsn = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
            options["async_creator"] = lambda **given: asyncpg.connect(dsn, **given)
            parsed = make_url("postgresql+asyncpg://")
        self._engine = create_async_engine(
            parsed.set(drivername=_ASYNC.get(parsed.drivername, parsed.drivername)),
            **options,
            poolclass=NullPool,
            json_serializer=to_json,
            hide_parameters=True,
        )
        self._timeout_s, self._ready = timeout_s, False

    async def send(self, events: Sequence[Event]) -> Sent:
        """All in one transaction; one that the database refuses is found by sending them one by one."""
        try:
            return await self._together(events)
        except DBAPIError as error:
            if len(events) == 1 and not _out_of_reach(error):
                return Sent(0, Failure(Trouble.REFUSED, _reason(error)))
            if _out_of_reach(error):
                return Sent(0, Failure(Trouble.OUTAGE, _reason(error)))
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            return Sent(0, Failure(Trouble.OUTAGE, _reason(error)))
        for count, event in enumerate(events):
            if (failure := (await self.send([event])).failure) is not None:
                return Sent(count, failure)
        return Sent(len(events))

    async def close(self) -> None:
        await self._engine.dispose()

    async def _together(self, events: Sequence[Event]) -> Sent:
        async with asyncio.timeout(self._timeout_s), self._engine.begin() as connection:
            if not self._ready:
                await connection.run_sync(METADATA.create_all)
            known = select(EVENTS.c.id).where(EVENTS.c.id.in_([event.uid for event in events]))
            there = set((await connection.execute(known)).scalars())
            fresh = list({event.uid: event for event in events if event.uid not in there}.values())
            if fresh:
                await connection.execute(insert(EVENTS), [_event_row(event) for event in fresh])
            for event in fresh:
                if event.kind.erases:
                    await self._erase(connection, event.subject)
            await self._records(connection, fresh)
        self._ready = True
        return Sent(len(events))

    async def _erase(self, connection: AsyncConnection, subject: str) -> None:
        rows = await connection.execute(select(EVENTS.c.id, EVENTS.c.data).where(EVENTS.c.subject == subject))
        for row in rows.all():
            erased = {"text": None, "data": without_words(row.data)}
            await connection.execute(update(EVENTS).where(EVENTS.c.id == row.id).values(erased))

    async def _records(self, connection: AsyncConnection, events: Sequence[Event]) -> None:
        newest: dict[str, Event] = {}
        for event in events:
            if event.subject not in newest or newest[event.subject].revision < event.revision:
                newest[event.subject] = event
        wanted = select(RECORDS.c.subject, RECORDS.c.revision).where(RECORDS.c.subject.in_(newest))
        known = {row.subject: row.revision for row in await connection.execute(wanted)}
        added = [_record_row(event) for subject, event in newest.items() if subject not in known]
        if added:
            await connection.execute(insert(RECORDS), added)
        for subject, event in newest.items():
            if known.get(subject, event.revision) < event.revision:
                await connection.execute(
                    update(RECORDS).where(RECORDS.c.subject == subject).values(**_record_row(event))
                )


def _event_row(event: Event) -> dict[str, Any]:
    return {
        "id": event.uid,
        "type": event.kind.value,
        "service_id": event.service_id,
        "subject": event.subject,
        "revision": event.revision,
        "day": event.day,
        "data": dict(event.payload),
        "text": event.text,
    }


def _record_row(event: Event) -> dict[str, Any]:
    row = _event_row(event)
    return {name: row[name] for name in row if name not in ("id", "type")} | {
        "kind": event.kind.value.partition(".")[0]
    }


def _out_of_reach(error: DBAPIError) -> bool:
    """Connections, locks and full disks pass; a refused row does not."""
    return error.connection_invalidated or type(error).__name__ in ("OperationalError", "InterfaceError")


def _reason(error: BaseException) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return f"{type(cause).__name__}: {' '.join(str(cause).split())[:150]}"
