"""The outbox of events: the port `surveys.ports.Events`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Transactions
from storage.survey_models import OutboxRow
from surveys.events import Event, EventKind, without_words

__all__ = ["EVENT_COLUMNS", "SqlEvents", "add_events", "erase_events", "event_of_row", "event_values"]

_O = OutboxRow
_ADD = insert(_O)
EVENT_COLUMNS = (_O.uid, _O.kind, _O.service_id, _O.subject, _O.revision, _O.day, _O.payload, _O.text)


class SqlEvents:
    """Rows are put in order and given to targets by `storage.forwarding`; the exact time of an event is not kept."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def add(self, event: Event) -> None:
        async with self._transactions.write() as connection:
            await add_events(connection, [event])


async def add_events(connection: AsyncConnection, events: Sequence[Event]) -> None:
    """New events, in this order."""
    if events:
        await connection.execute(_ADD, [event_values(event) for event in events])


async def erase_events(connection: AsyncConnection, subject: str) -> None:
    """No event of the subject holds words any more, sent or not; what is told of them stays."""
    rows = (await connection.execute(select(_O.id, _O.payload).where(_O.subject == subject))).all()
    for row in rows:
        erased = {"text": None, "payload": without_words(row.payload)}
        await connection.execute(update(_O).where(_O.id == row.id).values(erased))


def event_values(event: Event) -> dict[str, Any]:
    """The row of a new event."""
    return {
        "uid": event.uid,
        "kind": event.kind.value,
        "service_id": event.service_id,
        "subject": event.subject,
        "revision": event.revision,
        "day": event.day,
        "payload": dict(event.payload),
        "text": event.text,
        "positioned": False,
    }


def event_of_row(row: Row[*tuple[Any, ...]]) -> Event:
    """The event of a row with `EVENT_COLUMNS`."""
    return Event(
        row.uid, EventKind(row.kind), row.service_id, row.subject, row.revision, row.day, row.payload, row.text
    )
