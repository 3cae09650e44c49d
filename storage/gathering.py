"""Many callers' small statements in one transaction.

Under load most of what a short transaction costs is not its statement but the way there and back, the commit and the
turn at the only writer. So calls that come while a transaction is under way share the next one. Nobody waits for a
timer: a call that comes alone is a transaction of its own, and every call returns when its own part is committed.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

__all__ = ["Gathered"]

Item = TypeVar("Item")
Result = TypeVar("Result")

#: Calls of one transaction: enough to make its cost small for each, few enough to stay below any limit of parameters.
MOST: Final = 100


class Gathered(Generic[Item, Result]):
    """`together` does its items in one transaction and gives a result for each, in order.

    Where that fails every item is tried alone, so that only the caller who caused it hears of it.
    """

    def __init__(self, together: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> None:
        self._together = together
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._busy = False
        self._working_off: asyncio.Task[None] | None = None

    async def __call__(self, item: Item) -> Result:
        """The item's result, committed. A caller that is cancelled does not take the others with it."""
        if not self._busy:
            return await self._alone(item)
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        return await future

    async def _alone(self, item: Item) -> Result:
        """In the caller's own task: a person who is served alone pays for no other."""
        self._busy = True
        try:
            return (await self._together([item]))[0]
        finally:
            if self._waiting:
                self._working_off = asyncio.create_task(self._work_off())
            else:
                self._busy = False

    async def _work_off(self) -> None:
        try:
            while self._waiting:
                calls = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
                await self._done([call for call in calls if not call[1].done()])
        finally:
            self._busy, self._working_off = False, None
            while self._waiting:  # only when this task itself was cancelled: the loop ends
                self._waiting.popleft()[1].cancel()

    async def _done(self, calls: Sequence[tuple[Item, asyncio.Future[Result]]]) -> None:
        if not calls:
            return
        try:
            results = await self._together([item for item, _ in calls])
        except Exception as error:
            if len(calls) > 1:
                for call in calls:
                    await self._done([call])
            elif not calls[0][1].done():
                calls[0][1].set_exception(error)
        except BaseException:
            for _, future in calls:
                future.cancel()
            raise
        else:
            for (_, future), result in zip(calls, results, strict=True):
                if not future.done():
                    future.set_result(result)
