"""The two marks of a message, "the sending begins" and "it was handed over": those of one moment share a transaction.

A transaction costs the same whether it writes one mark or sixteen, and SQLite has one writer. Whoever waits for a mark
goes on only after it was committed, so nothing is promised that a crash may take back.
"""

from __future__ import annotations

import asyncio
import datetime as dt

from reminders.ledger import Handed
from reminders.ports import OpenWork

__all__ = ["Marks"]


class Marks:
    """What comes while a transaction is under way goes into the next one."""

    def __init__(self, open_work: OpenWork) -> None:
        self._open = open_work
        self._turn = asyncio.Lock()
        self._starting: dict[int, asyncio.Future[bool]] = {}
        self._handed: list[tuple[Handed, asyncio.Future[bool]]] = []

    async def start(self, message_id: int, at: dt.datetime) -> bool:
        """The sending may begin: marked as begun. False when the message is not ours any more."""
        mark = self._starting[message_id] = asyncio.get_running_loop().create_future()
        return await self._written(mark, at)

    async def delivered(self, handed: Handed) -> None:
        """It is recorded that the platform took the message."""
        mark = asyncio.get_running_loop().create_future()
        self._handed.append((handed, mark))
        await self._written(mark, handed.at)

    async def _written(self, mark: asyncio.Future[bool], at: dt.datetime) -> bool:
        async with self._turn:
            if not mark.done():
                await self._write(at)
        return await mark

    async def _write(self, at: dt.datetime) -> None:
        starting, self._starting = self._starting, {}
        handed, self._handed = self._handed, []
        waiting = [*starting.values(), *(mark for _, mark in handed)]
        try:
            async with self._open() as work:
                if handed:
                    await work.ledger.delivered([one for one, _ in handed])
                begun = await work.ledger.start(list(starting), at) if starting else frozenset()
        except Exception as error:
            for mark in waiting:
                mark.set_exception(error)
            return
        except BaseException:
            for mark in waiting:
                mark.cancel()
            raise
        for _, mark in handed:
            mark.set_result(True)
        for message_id, mark in starting.items():
            mark.set_result(message_id in begun)
