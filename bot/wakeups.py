"""Wakes what has something to do at a time: planning, delivery, sweeping. The tables say what is due; this only rings.

APScheduler with the three settings that make a late tick one tick instead of none or many (its default drops ticks that
are a second late).
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.delivery import DeliveryWorker
from bot.middlewares import place_of

__all__ = ["Wakeups"]

log = logging.getLogger(__name__)

#: Planning also runs at the start and after every change that moves a date.
PLAN_EVERY_MIN: Final = 10
SWEEP_EVERY_MIN: Final = 60


class Wakeups:
    """`start` inside the running loop; `stop` ends it. `plan_soon` for whoever changed what planning reads."""

    def __init__(self, plan: Callable[[], Awaitable[object]], worker: DeliveryWorker) -> None:
        self._plan, self._worker = plan, worker
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )

    def start(self) -> None:
        """The first planning and sweeping happen at once."""
        self._scheduler.add_job(self._planned, "interval", minutes=PLAN_EVERY_MIN, id="plan", replace_existing=True)
        self._scheduler.add_job(self._swept, "interval", minutes=SWEEP_EVERY_MIN, id="sweep", replace_existing=True)
        self._scheduler.start()
        self.plan_soon()

    def plan_soon(self) -> None:
        """Plans now, then wakes the worker; returns at once."""
        self._scheduler.add_job(self._planned, id="plan-soon", replace_existing=True)

    def send_soon(self) -> None:
        """Wakes the worker; for whoever put a message into the ledger."""
        self._worker.wake()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _planned(self) -> None:
        try:
            await self._plan()
        except Exception as error:  # the next tick tries again; nothing is lost, planning is idempotent
            log.error("planning failed: %s at %s", type(error).__name__, place_of(error))
        self._worker.wake()

    async def _swept(self) -> None:
        try:
            await self._worker.sweep()
        except Exception as error:
            log.error("sweeping failed: %s at %s", type(error).__name__, place_of(error))
        self._worker.wake()
