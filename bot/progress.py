"""Messages of ours that show how far something got, looked at again every few seconds until it is finished.

Kept in memory: after a restart the message's own button brings it up to date.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final, TypeVar

from bot.middlewares import place_of

__all__ = ["ProgressBoard"]

log = logging.getLogger(__name__)

Result = TypeVar("Result")

EVERY_S: Final = 4.0
#: An hour; whoever still looks has a button.
LOOKS_MAX: Final = 900


class ProgressBoard:
    """One task a thing that is watched or done; `close` ends them all."""

    def __init__(self, *, sleep: Callable[[float], Awaitable[None]]) -> None:
        self._sleep = sleep
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def watch(self, id: int, look: Callable[[], Awaitable[bool]]) -> None:
        """`look` shows how far it got and says whether it goes on; a second watch of the same id takes over."""
        self.end(id)
        task = asyncio.create_task(self._watched(look), name=f"progress-{id}")
        self._tasks[id] = task
        task.add_done_callback(lambda done: self._forget(id, done))

    def run(self, id: int, work: Coroutine[Any, Any, None]) -> None:
        """Does something that takes longer than an answer may; a second of the same id takes over."""
        self.end(id)
        task = asyncio.create_task(self._done(work), name=f"work-{id}")
        self._tasks[id] = task
        task.add_done_callback(lambda done: self._forget(id, done))

    async def shown(self, work: Coroutine[Any, Any, Result], show: Callable[[], Awaitable[None]]) -> Result:
        """The result of `work`; every few seconds until then `show` says how far it got."""
        task = asyncio.create_task(work)
        pause: asyncio.Future[None] | None = None
        try:
            while True:
                pause = asyncio.ensure_future(self._sleep(EVERY_S))
                await asyncio.wait({task, pause}, return_when=asyncio.FIRST_COMPLETED)
                if task.done():
                    return task.result()
                await show()
        finally:
            for left in (task, pause):
                if left is not None:
                    left.cancel()

    async def idle(self) -> None:
        """Returns when nothing that was started by `run` is under way."""
        while works := [task for task in self._tasks.values() if task.get_name().startswith("work-")]:
            await asyncio.wait(works)

    def end(self, id: int) -> None:
        """It is not looked at any more."""
        if id in self._tasks:
            self._tasks[id].cancel()

    def _forget(self, id: int, task: asyncio.Task[None]) -> None:
        if self._tasks.get(id) is task:
            del self._tasks[id]

    async def _done(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:
            log.error("work in the background failed: %s at %s", type(error).__name__, place_of(error))

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
