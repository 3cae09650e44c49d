"""First answers of many people in one transaction: the port `surveys.ports.FirstAnswers`.

A poster at a busy counter, or a message to many, brings taps by the hundred at once, and most of what each costs alone
is the way to the server and back: service, response, event, counts, begin and commit were six. Those that come while a
transaction is under way share the next one (`storage.gathering`); the database still keeps one response a person,
service and period, and everybody is answered when their own is committed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Transactions
from storage.gathering import Gathered
from storage.survey_outbox import add_events
from storage.survey_responses import add_responses
from storage.survey_services import get_services
from storage.survey_tallies import TallyKey, add_tallies
from surveys.ports import FirstAnswer
from surveys.responses import Response
from surveys.services import Service

__all__ = ["SqlFirstAnswers"]


class SqlFirstAnswers:
    """`transactions` is the database: this is no part of anybody's transaction."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self.services: Final = _Services(transactions)
        self._give = Gathered(self._given)

    async def give(self, first: FirstAnswer) -> Response | None:
        """The stored response; None when this `once` is there already, and then nothing was changed."""
        return await self._give(first)

    async def _given(self, firsts: Sequence[FirstAnswer]) -> Sequence[Response | None]:
        async with self._transactions.write() as connection:
            # Ordered, so that two processes with the same people in hand never wait for each other.
            ordered = sorted((one.response for one in firsts), key=lambda response: response.once or "")
            ids = await add_responses(connection, ordered)
            new = [one for one in firsts if one.response.uid in ids]
            if new:
                await add_events(connection, [one.event for one in new if one.event is not None])
                await _count(connection, new)
        return [replace(one.response, id=ids[one.response.uid]) if one.response.uid in ids else None for one in firsts]


async def _count(connection: AsyncConnection, new: Sequence[FirstAnswer]) -> None:
    """The sum of what all of them add, each count once; last, because others wait for counts."""
    counts: Counter[TallyKey] = Counter()
    for one in new:
        response = one.response
        for (question, value), change in one.counts.items():
            counts[response.service_id, response.month, question, value, response.channel] += change
    await add_tallies(connection, counts, spread=new[0].spread)


class _Services:
    """Looks services up; lookups at the same moment share a statement."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._get = Gathered(self._together)

    async def get(self, service_id: str) -> Service | None:
        return await self._get(service_id)

    async def _together(self, ids: Sequence[str]) -> Sequence[Service | None]:
        async with self._transactions.read() as connection:
            found = await get_services(connection, sorted(set(ids)))
        return [found.get(id) for id in ids]
