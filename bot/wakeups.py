"""Wakes what has something to do at a time: planning, sweeping, deleting. The tables say what is due; this only rings.

APScheduler with the three settings that make a late tick one tick instead of none or many (its default drops ticks that
are a second late).
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.delivery import DeliveryWorker
from bot.middlewares import place_of

__all__ = ["Chore", "Wakeups"]

log = logging.getLogger(__name__)

#: Planning also runs at the start and after every change that moves a date.
PLAN_EVERY_S: Final = 600.0
SWEEP_EVERY_S: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Chore:
    """Something done at the start and every so often; it may leave messages to be sent."""

    name: str
    every_s: float
    run: Callable[[], Awaitable[object]]


class Wakeups:
    """`start` inside the running loop; `stop` ends it. `plan_soon` for whoever changed what planning reads."""

    def __init__(
        self, plan: Callable[[], Awaitable[object]], worker: DeliveryWorker, chores: Sequence[Chore] = ()
    ) -> None:
        self._plan, self._worker = plan, worker
        self._to_plan = Chore("planning", PLAN_EVERY_S, self._planned)
        # Swept first: what a crash left behind need not wait for the plan.
        self._chores = (Chore("sweeping", SWEEP_EVERY_S, worker.sweep), self._to_plan, *chores)
        self._asked, self._planning = False, False
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )

    def start(self) -> None:
        """Everything happens once at once, one after the other."""
        for chore in self._chores:
            self._scheduler.add_job(
                self._done, "interval", args=(chore,), seconds=chore.every_s, id=chore.name, replace_existing=True
            )
        self._scheduler.add_job(self._all_done, id="start", replace_existing=True)
        self._scheduler.start()

    def plan_soon(self) -> None:
        """Plans now, once more where it is planning already, then wakes the worker; returns at once."""
        self._asked = True
        if not self._planning:
            self._scheduler.add_job(self._done, args=(self._to_plan,), id="soon", replace_existing=True)

    def send_soon(self) -> None:
        """Wakes the worker; for whoever put a message into the ledger."""
        self._worker.wake()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _all_done(self) -> None:
        for chore in self._chores:
            await self._done(chore)

    async def _done(self, chore: Chore) -> None:
        try:
            await chore.run()
        except Exception as error:  # the next tick tries again; nothing is lost
            log.error("%s failed: %s at %s", chore.name, type(error).__name__, place_of(error))
        self._worker.wake()

    async def _planned(self) -> None:
        """A change made while the plan was being read is planned, too."""
        if self._planning:
            return
        self._planning = True
        try:
            while True:
                self._asked = False
                await self._plan()
                if not self._asked:
                    return
        finally:
            self._planning = False
