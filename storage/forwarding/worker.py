"""Sends what waits, target by target, and records each ending before it goes on."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from storage.forwarding.deliveries import BATCH, Deliveries, Waiting
from surveys.forwarding import Failure, Target, Trouble, outage_pause_s, retry_in_s

__all__ = ["LEASE", "ForwardingWorker"]

#: A process that died leaves its targets to others after so long.
LEASE: Final = dt.timedelta(seconds=120)
#: No send starts when less of the lease is left than the longest send takes (30 s), with some room.
LEASE_MARGIN: Final = dt.timedelta(seconds=45)
LANES: Final = 8


class ForwardingWorker:
    """`holder` names this process among those that share the database."""

    def __init__(
        self,
        deliveries: Deliveries,
        targets: Sequence[Target],
        *,
        holder: str,
        clock: Callable[[], dt.datetime],
        chance: Callable[[], float],
        lease: dt.timedelta = LEASE,
    ) -> None:
        self._deliveries, self._targets = deliveries, targets
        self._holder, self._clock, self._chance, self._lease = holder, clock, chance, lease
        self._names = [target.name for target in targets]

    async def run_once(self) -> int:
        """One pass over everything that may be sent now; how many deliveries were accepted."""
        await self._deliveries.register(self._names, self._clock())
        while await self._deliveries.position(self._names, self._clock()) == BATCH:
            pass
        return sum(await asyncio.gather(*(self._serve(target) for target in self._targets)))

    async def drain(self) -> int:
        """Passes until one sends nothing."""
        total = 0
        while sent := await self.run_once():
            total += sent
        return total

    async def _serve(self, target: Target) -> int:
        now = self._clock()
        ends = now + self._lease
        if not await self._deliveries.lease(target.name, self._holder, now, ends):
            return 0
        waiting = await self._deliveries.waiting(target.name, self._clock())
        turns = asyncio.Semaphore(LANES)

        async def lane(events: Sequence[Waiting]) -> int:
            async with turns:
                return await self._lane(target, events, ends)

        counts = await asyncio.gather(*(lane(events) for events in _lanes(target, waiting)))
        await self._deliveries.release(target.name, self._holder, self._clock())
        return sum(counts)

    async def _lane(self, target: Target, events: Sequence[Waiting], ends: dt.datetime) -> int:
        """Sends in order until something fails."""
        if self._lease > LEASE_MARGIN and self._clock() > ends - LEASE_MARGIN:
            return 0
        sent = await target.send([waiting.event for waiting in events])
        if sent.count:
            await self._deliveries.delivered(target.name, [w.position for w in events[: sent.count]], self._clock())
        if sent.failure is not None:
            await self._note(target, events[sent.count], sent.failure)
        return sent.count

    async def _note(self, target: Target, head: Waiting, failure: Failure) -> None:
        now = self._clock()
        match failure.trouble:
            case Trouble.STOPPED:
                await self._deliveries.stop(target.name, failure.reason)
            case Trouble.SLOWED | Trouble.OUTAGE:
                pause_s = failure.retry_after_s or outage_pause_s(self._chance())
                await self._deliveries.slow(target.name, now + dt.timedelta(seconds=pause_s))
            case Trouble.REFUSED:
                wait_s = retry_in_s(head.tries + 1, self._chance())
                try_at = None if wait_s is None else now + dt.timedelta(seconds=wait_s)
                await self._deliveries.failed(head.position, head.tries + 1, try_at, failure.reason)


def _lanes(target: Target, waiting: Sequence[Waiting]) -> Iterator[list[Waiting]]:
    if not target.by_service:
        if waiting:
            yield list(waiting)
        return
    lanes: dict[str, list[Waiting]] = {}
    for one in waiting:
        lanes.setdefault(one.event.service_id, []).append(one)
    yield from lanes.values()
