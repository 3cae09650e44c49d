"""Marks that come together share a transaction; each of those who wait learns what became of their own."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from bot.marking import Marks
from reminders.ledger import Handed
from reminders.ports import OpenWork

NOW = dt.datetime(2026, 11, 7, 6, tzinfo=dt.UTC)


class Ledger:
    """Keeps what was committed; a transaction lasts until it is let go."""

    def __init__(self, ours: Collection[int]) -> None:
        self.ours, self.transactions, self.broken = ours, list[tuple[list[int], list[int]]](), False
        self.let_go = asyncio.Event()
        self.let_go.set()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Any]:
        self._now: tuple[list[int], list[int]] = ([], [])
        yield self
        await self.let_go.wait()
        if self.broken:
            raise OSError("the disk is full")
        self.transactions.append(self._now)

    @property
    def ledger(self) -> Ledger:
        return self

    async def start(self, message_ids: Collection[int], at: dt.datetime) -> Collection[int]:
        self._now[0].extend(message_ids)
        return [id for id in message_ids if id in self.ours]

    async def delivered(self, handed: Sequence[Handed]) -> None:
        self._now[1].extend(one.message_id for one in handed)


def marks_of(ledger: Ledger) -> Marks:
    return Marks(cast(OpenWork, ledger.open))


async def test_what_comes_while_one_is_written_shares_the_next_transaction() -> None:
    ledger = Ledger(ours=[1, 2, 4])
    marks = marks_of(ledger)
    ledger.let_go.clear()
    first = asyncio.create_task(marks.start(1, NOW))
    await asyncio.sleep(0)
    others = [asyncio.create_task(marks.start(id, NOW)) for id in (2, 3, 4)]
    handed = asyncio.create_task(marks.delivered(Handed(9, 900, NOW)))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not any(task.done() for task in (first, handed, *others)), "nobody goes on before the commit"
    ledger.let_go.set()
    assert await first
    assert [await task for task in others] == [True, False, True]
    await handed
    assert ledger.transactions == [([1], []), ([2, 3, 4], [9])]


async def test_a_transaction_that_failed_failed_for_all_of_it_and_for_nobody_else() -> None:
    ledger = Ledger(ours=[1, 2, 3])
    marks = marks_of(ledger)
    ledger.let_go.clear()
    tasks = [asyncio.create_task(marks.start(id, NOW)) for id in (1, 2)]
    for _ in range(5):
        await asyncio.sleep(0)
    ledger.broken = True
    ledger.let_go.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [OSError, OSError]
    ledger.broken = False
    assert await marks.start(3, NOW)
    assert ledger.transactions == [([3], [])]


async def test_who_is_stopped_in_the_midst_leaves_nobody_waiting() -> None:
    ledger = Ledger(ours=[1, 2])
    marks = marks_of(ledger)
    ledger.let_go.clear()
    first = asyncio.create_task(marks.start(1, NOW))
    second = asyncio.create_task(marks.start(2, NOW))
    for _ in range(3):
        await asyncio.sleep(0)
    first.cancel()
    ledger.let_go.set()
    with pytest.raises(asyncio.CancelledError):
        await first
    async with asyncio.timeout(5):
        await asyncio.gather(second, return_exceptions=True)
    assert all(1 not in started for started, _ in ledger.transactions)
