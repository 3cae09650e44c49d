"""Counts of survey values: the port `surveys.ports.Tallies`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Transactions
from storage.statements import PerDialect
from storage.survey_models import TallyCountRow
from surveys.tallies import TallyRow

__all__ = ["SqlTallies", "TallyKey", "add_tallies"]

_T = TallyCountRow
_KEY: Final = ["service_id", "month", "question", "value", "channel", "shard"]
#: Rows of one count on PostgreSQL, where writers of the same row wait for each other's commit; SQLite has one writer.
SHARDS: Final = {"sqlite": 1, "postgresql": 16}


def _add(insert: Any) -> Any:
    statement = insert(_T)
    return statement.on_conflict_do_update(
        index_elements=_KEY, set_={"count": _T.__table__.c.count + statement.excluded.count}
    )


_ADD = PerDialect(_add)
_SUM = func.sum(_T.__table__.c.count).label("total")
#: What a reader may sum over, in the order of `TallyRow`.
_PARTS: Final = ("service_id", "month", "channel")


#: Service, month, question, value, channel.
TallyKey = tuple[str, str, str, str, str]


async def add_tallies(connection: AsyncConnection, counts: Mapping[TallyKey, int], *, spread: int) -> None:
    """Adds to the counts, in the one order in which everybody locks them."""
    shard = spread % SHARDS[connection.dialect.name]
    rows = [
        {
            "service_id": service_id,
            "month": month,
            "question": question,
            "value": value,
            "channel": channel,
            "shard": shard,
            "count": counts[service_id, month, question, value, channel],
        }
        for service_id, month, question, value, channel in sorted(counts)
    ]
    await connection.execute(_ADD.on(connection), rows)


class SqlTallies:
    """Kept by the transactions that change responses, so a report never reads a response."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def add(
        self, service_id: str, month: str, channel: str, changes: Mapping[tuple[str, str], int], *, spread: int
    ) -> None:
        counts = {(service_id, month, *key, channel): change for key, change in changes.items()}
        async with self._transactions.write() as connection:
            await add_tallies(connection, counts, spread=spread)

    async def rows(self, service_ids: Collection[str], months: Sequence[str]) -> list[TallyRow]:
        return await self._read(("service_id", "month"), months, _T.service_id.in_(service_ids))

    async def by_channel(self, service_ids: Collection[str], months: Sequence[str]) -> list[TallyRow]:
        return await self._read(("channel",), months, _T.service_id.in_(service_ids))

    async def by_service(
        self, months: Sequence[str], *, question: str | None = None, part: Literal["month", "channel"] | None = None
    ) -> list[TallyRow]:
        which = [] if question is None else [_T.question == question]
        return await self._read(("service_id", part), months, *which)

    async def _read(
        self, parts: Collection[str | None], months: Sequence[str], *which: ColumnElement[bool]
    ) -> list[TallyRow]:
        """What is not among `parts` is summed over and read as ""."""
        keys = [getattr(_T, name) for name in (*_PARTS, "question", "value") if name in parts or name not in _PARTS]
        columns = [getattr(_T, name) if name in parts else literal("") for name in _PARTS]
        statement = select(*columns, _T.question, _T.value, _SUM).where(_T.month.in_(months), *which).group_by(*keys)
        async with self._transactions.read() as connection:
            rows: Sequence[Any] = (await connection.execute(statement)).all()
        return [
            TallyRow(service_id, month, channel, question, value, int(total))
            for service_id, month, channel, question, value, total in rows
            if total
        ]
