"""Messages of ours that show how far something got, looked at again every few seconds until it is finished.

Kept in memory: after a restart the message's own button brings it up to date.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from bot.middlewares import place_of

__all__ = ["ProgressBoard"]

log = logging.getLogger(__name__)

EVERY_S: Final = 4.0
#: An hour; whoever still looks has a button.
LOOKS_MAX: Final = 900


class ProgressBoard:
    """One task a thing that is watched; `close` ends them all."""

    def __init__(self, *, sleep: Callable[[float], Awaitable[None]]) -> None:
        self._sleep = sleep
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def watch(self, id: int, look: Callable[[], Awaitable[bool]]) -> None:
        """`look` shows how far it got and says whether it goes on; a second watch of the same id takes over."""
        self.end(id)
        task = asyncio.create_task(self._watched(look), name=f"progress-{id}")
        self._tasks[id] = task
        task.add_done_callback(lambda done: self._forget(id, done))

    def end(self, id: int) -> None:
        """It is not looked at any more."""
        if id in self._tasks:
            self._tasks[id].cancel()

    def _forget(self, id: int, task: asyncio.Task[None]) -> None:
        if self._tasks.get(id) is task:
            del self._tasks[id]

    async def _watched(self, look: Callable[[], Awaitable[bool]]) -> None:
        try:
            for _ in range(LOOKS_MAX):
                await self._sleep(EVERY_S)
                if not await look():
                    return
        except Exception as error:  # the broadcast itself goes on
            log.warning("progress is not shown any more: %s at %s", type(error).__name__, place_of(error))

    async def close(self) -> None:
        """Nothing is watched any more."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
