"""Runs every channel of the process, keeps one's trouble from the others, and ends without losing what is in flight.

On SIGTERM or SIGINT: nothing more is taken in, what is being answered is finished within the limit, then the rest
stops. What did not make it stays pending in the inbox and is answered after the next start. A second signal does not
wait.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.feeder import Feeder
from bot.middlewares import place_of

__all__ = ["Service", "Supervisor"]

log = logging.getLogger(__name__)

PAUSE_MIN_S, PAUSE_MAX_S = 1.0, 30.0
#: After how long a task that was cancelled and has not ended is cancelled again.
CANCEL_AGAIN_S = 1.0
#: How long a service may take to return after its `stop`.
STOP_LIMIT_S = 3.0


@dataclass(frozen=True)
class Service:
    """Something that runs as long as the process.

    `stop` asks `run` to return soon; without it `run` is cancelled. One that `takes` updates in is stopped first,
    before what is in flight is finished; the others (the web, whose open pages still see their answers) after. An
    `essential` one ends the process when it fails or returns, any other is started again after a pause.
    """

    name: str
    run: Callable[[], Awaitable[None]]
    stop: Callable[[], None] | None = None
    takes: bool = False
    essential: bool = False


class Supervisor:
    """`run` returns after a signal, after `stop`, or when an essential service ended, and raises what that raised."""

    def __init__(
        self,
        services: Sequence[Service],
        feeders: Sequence[Feeder],
        *,
        drain_s: float,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        """Updates in flight get `drain_s` seconds to finish."""
        self._services, self._feeders, self._drain_s, self._sleep = services, feeders, drain_s, sleep
        self._stopping, self._hurry = asyncio.Event(), asyncio.Event()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self.left_pending = 0

    def stop(self) -> None:
        """Ends `run`; called again, without waiting for what is in flight."""
        if self._stopping.is_set():
            self._hurry.set()
        self._stopping.set()

    async def run(self) -> None:
        """Runs everything; `left_pending` counts afterwards what was not finished."""
        loop = asyncio.get_running_loop()
        signals = (signal.SIGTERM, signal.SIGINT)
        for number in signals:
            loop.add_signal_handler(number, self.stop)
        try:
            self._tasks = {s.name: asyncio.create_task(self._kept_alive(s), name=s.name) for s in self._services}
            await self._stopping.wait()
            log.info("stopping: finishing what is in flight")
            await self._end(takes=True)
            self.left_pending = await self._drain()
            await self._end(takes=False)
            log.info("stopped, %d updates left for the next start", self.left_pending)
        finally:
            for number in signals:
                loop.remove_signal_handler(number)
            await self._cancel(list(self._tasks.values()))
        for service in self._services:
            self._raise_failure(service)

    async def _kept_alive(self, service: Service) -> None:
        pause = PAUSE_MIN_S
        while True:
            try:
                await service.run()
            except Exception as error:
                log.error("%s failed: %s at %s", service.name, type(error).__name__, place_of(error))
                if service.essential:
                    self._stopping.set()
                    raise
            if self._stopping.is_set():
                return
            if service.essential:
                self._stopping.set()
                return
            await self._sleep(pause)
            pause = min(pause * 2, PAUSE_MAX_S)

    async def _end(self, *, takes: bool) -> None:
        ending = [service for service in self._services if service.takes is takes]
        for service in ending:
            if service.stop is not None:
                service.stop()
        asked = [self._tasks[service.name] for service in ending if service.stop is not None]
        if asked:
            await asyncio.wait(asked, timeout=STOP_LIMIT_S)
        await self._cancel([self._tasks[service.name] for service in ending])

    async def _cancel(self, tasks: Sequence[asyncio.Task[Any]]) -> None:
        """Cancels until they have ended: `asyncio.wait_for` of Python 3.11 loses a cancellation that comes just as it
        returns, and its task would go on for ever.
        """
        going = {task for task in tasks if not task.done()}
        while going:
            for task in going:
                task.cancel()
            _, going = await asyncio.wait(going, timeout=CANCEL_AGAIN_S)

    async def _drain(self) -> int:
        draining = asyncio.create_task(self._drained(self._drain_s))
        hurry = asyncio.create_task(self._hurry.wait())
        await asyncio.wait((draining, hurry), return_when=asyncio.FIRST_COMPLETED)
        hurry.cancel()
        if draining.done():
            return draining.result()
        await self._cancel([draining])
        return await self._drained(0)

    async def _drained(self, limit_s: float) -> int:
        return sum(await asyncio.gather(*(feeder.drain(limit_s) for feeder in self._feeders)))

    def _raise_failure(self, service: Service) -> None:
        task = self._tasks[service.name]
        if service.essential and not task.cancelled() and (error := task.exception()) is not None:
            raise error
