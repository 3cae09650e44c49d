"""Counts of survey values: the port `surveys.ports.Tallies`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Transactions
from storage.statements import PerDialect
from storage.survey_models import TallyCountRow
from surveys.responses import COUNTS
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

    async def rows(self, service_ids: Collection[str] | None, months: Sequence[str]) -> list[TallyRow]:
        keys = (_T.month, _T.question, _T.value)
        if service_ids is not None:
            return await self._read(
                select(_T.service_id, *keys, _SUM).group_by(_T.service_id, *keys), service_ids, months
            )
        return await self._read(select(*keys, _SUM).group_by(*keys), None, months)

    async def by_channel(self, service_ids: Collection[str] | None, months: Sequence[str]) -> list[TallyRow]:
        keys = (_T.channel, _T.question, _T.value)
        return await self._read(select(*keys, _SUM).group_by(*keys), service_ids, months)

    async def by_service(self, months: Sequence[str], question: str) -> list[TallyRow]:
        keys = (_T.service_id, _T.question, _T.value)
        wanted = select(*keys, _SUM).where(_T.question.in_((COUNTS, question))).group_by(*keys)
        return await self._read(wanted, None, months)

    async def _read(
        self, statement: Select[*tuple[Any, ...]], service_ids: Collection[str] | None, months: Sequence[str]
    ) -> list[TallyRow]:
        statement = statement.where(_T.month.in_(months))
        if service_ids is not None:
            statement = statement.where(_T.service_id.in_(service_ids))
        async with self._transactions.read() as connection:
            rows = (await connection.execute(statement)).mappings().all()
        return [
            TallyRow(
                row.get("service_id", ""),
                row.get("month", ""),
                row.get("channel", ""),
                row["question"],
                row["value"],
                int(row["total"]),
            )
            for row in rows
            if row["total"]
        ]
