"""The delivery worker: claims due messages, sends them, records what became of each.

Nothing else writes to people unasked. It keeps nothing in memory that a crash may not lose: a message claimed and not
recorded comes back when its lease ends. The one possible duplicate is a crash or a lost connection between the
platform's acceptance and our record; it is counted.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.marking import Marks
from bot.senders import Rendered, Sender
from reminders.absence import PersonUnreachable
from reminders.composing import Compose, Content
from reminders.ledger import Attempt, Ending, Handed, Message, MessageState, after_failure
from reminders.ports import OpenWork

__all__ = ["DeliveryWorker"]

log = logging.getLogger(__name__)

#: Longer than a claimed batch takes at the slowest; after that a sweep gives its rows back.
LEASE: Final = dt.timedelta(minutes=10)
#: So many messages in a row without any answer: the platform is out, not the messages.
MISSES_MAX: Final = 5
OUTAGE_PAUSE: Final = dt.timedelta(seconds=60)
#: How long `run` sleeps at most when nobody wakes it.
IDLE_S: Final = 60.0

Render = Callable[[Content, str], Rendered]


class DeliveryWorker:
    """Any number of workers may run over one database; each message is claimed by one of them."""

    def __init__(
        self,
        open_work: OpenWork,
        compose: Compose,
        render: Render,
        senders: Mapping[str, Sender],
        unreachable: PersonUnreachable,
        *,
        clock: Callable[[], dt.datetime],
        sleep: Callable[[float], Awaitable[None]],
        concurrency: int = 16,
    ) -> None:
        """`senders` by platform; people of other platforms wait. At most `concurrency` messages are under way."""
        self._open, self._compose, self._render = open_work, compose, render
        self._marks = Marks(open_work)
        self._senders, self._unreachable = senders, unreachable
        self._clock, self._sleep, self._concurrency = clock, sleep, concurrency
        self._misses: dict[str, int] = {}
        self._out_until: dict[str, dt.datetime] = {}
        self._awake = asyncio.Event()
        self._stopping = False
        self.counts: dict[str, int] = {ending.value: 0 for ending in Ending} | {"withdrawn": 0, "swept": 0}

    def wake(self) -> None:
        """There may be something to send: `run` looks at once."""
        self._awake.set()

    def stop(self) -> None:
        """`run` returns after what is under way."""
        self._stopping = True
        self._awake.set()

    async def run(self) -> None:
        """Delivers until `stop`. Somebody else sweeps: `Wakeups`, at the start and every hour."""
        while not self._stopping:
            self._awake.clear()
            await self.deliver_due()
            if not self._stopping:
                await self._idle()

    async def _idle(self) -> None:
        waiting = asyncio.create_task(self._awake.wait())
        sleeping = asyncio.ensure_future(self._sleep(await self._pause_s()))
        await asyncio.wait((waiting, sleeping), return_when=asyncio.FIRST_COMPLETED)
        for task in (waiting, sleeping):
            task.cancel()
        await asyncio.gather(waiting, sleeping, return_exceptions=True)

    async def _pause_s(self) -> float:
        async with self._open() as work:
            due = await work.ledger.next_due()
        if due is None:
            return IDLE_S
        return min(IDLE_S, max(_SOON_S, (due - self._clock()).total_seconds()))

    async def sweep(self) -> int:
        """Gives back what a crashed worker left behind; how many messages."""
        async with self._open() as work:
            count, maybe = await work.ledger.sweep(self._clock())
        self.counts["swept"] += count
        if count:
            log.warning("%d messages of a crashed worker are sent again, %d of them may arrive twice", count, maybe)
        return count

    async def deliver_due(self) -> int:
        """Sends everything that is due now, what failed in passing once more at once; how many tries were made."""
        total = 0
        while (tried := await self._pass()) and not self._stopping:
            total += tried
        return total + tried

    async def _pass(self) -> int:
        queue: asyncio.Queue[tuple[Message, Content | None] | None] = asyncio.Queue(maxsize=self._concurrency * 2)
        tried = [0] * self._concurrency
        async with asyncio.TaskGroup() as group:
            for number in range(self._concurrency):
                group.create_task(self._work(queue, tried, number))
            await self._claim_into(queue)
            for _ in range(self._concurrency):
                await queue.put(None)
        return sum(tried)

    async def _claim_into(self, queue: asyncio.Queue[tuple[Message, Content | None] | None]) -> None:
        while not self._stopping:
            now = self._clock()
            platforms = [p for p in self._senders if self._out_until.get(p, now) <= now]
            probing = any(self._misses.get(p, 0) >= MISSES_MAX for p in platforms)
            async with self._open() as work:
                limit = 1 if probing else self._concurrency * 4
                batch = await work.ledger.claim(now, limit, now + LEASE, platforms)
                contents = await self._compose(work, batch, now)
            if not batch:
                return
            for message, content in zip(batch, contents, strict=True):
                await queue.put((message, content))
            if probing:
                await queue.join()

    async def _work(
        self, queue: asyncio.Queue[tuple[Message, Content | None] | None], tried: list[int], number: int
    ) -> None:
        while (item := await queue.get()) is not None:
            try:
                tried[number] += await self._handle(*item)
            finally:
                queue.task_done()
        queue.task_done()

    async def _handle(self, message: Message, content: Content | None) -> int:
        now = self._clock()
        if self._stopping or self._out_until.get(message.platform, now) > now:
            await self._give_back(message, max(now, self._out_until.get(message.platform, now)))
            return 0
        if content is None:
            self.counts["withdrawn"] += 1
            await self._put_off(message, MessageState.WITHDRAWN, now, message.tries, "", maybe_twice=False)
            return 0
        rendered = self._render(content, message.platform)
        if not await self._marks.start(message.id, now):
            return 0
        attempt = await self._senders[message.platform].send(message.platform_id, rendered)
        await self._record(message, attempt)
        return 1

    async def _record(self, message: Message, attempt: Attempt) -> None:
        now = self._clock()
        self.counts[attempt.ending.value] += 1
        self._count_misses(message.platform, attempt, now)
        if attempt.ending is Ending.SENT:
            await self._marks.delivered(Handed(message.id, attempt.message_id, now))
        elif attempt.ending is Ending.BLOCKED:
            await self._unreachable(message, now)
        elif attempt.ending is Ending.REFUSED:
            log.error("message %d of kind %s was refused: %s", message.id, message.kind, attempt.reason)
            await self._put_off(message, MessageState.FAILED, now, message.tries + 1, attempt.reason, maybe_twice=False)
        elif attempt.ending is Ending.SLOWED:
            later = now + dt.timedelta(seconds=attempt.retry_after_s)
            await self._put_off(message, MessageState.RETRY_AT, later, message.tries, "429", maybe_twice=False)
        else:
            await self._retry(message, attempt, now)

    async def _retry(self, message: Message, attempt: Attempt, now: dt.datetime) -> None:
        outage = self._out_until.get(message.platform, now) > now
        state, try_at, tries = after_failure(message.tries + 1, now, outage=outage)
        log.info("message %d not delivered (%s), %s", message.id, attempt.reason, state)
        maybe = attempt.ending is Ending.UNANSWERED
        await self._put_off(message, state, try_at, tries, attempt.reason, maybe_twice=maybe)

    def _count_misses(self, platform: str, attempt: Attempt, now: dt.datetime) -> None:
        if attempt.ending not in (Ending.UNREACHED, Ending.UNANSWERED):
            self._misses[platform] = 0
            self._out_until.pop(platform, None)
            return
        self._misses[platform] = self._misses.get(platform, 0) + 1
        if self._misses[platform] >= MISSES_MAX:
            if self._misses[platform] == MISSES_MAX:
                log.error("%s does not answer: sending pauses, tries are not counted", platform)
            self._out_until[platform] = now + OUTAGE_PAUSE

    async def _give_back(self, message: Message, at: dt.datetime) -> None:
        async with self._open() as work:
            await work.ledger.release([message.id], at)

    async def _put_off(
        self, message: Message, state: MessageState, at: dt.datetime, tries: int, reason: str, *, maybe_twice: bool
    ) -> None:
        async with self._open() as work:
            await work.ledger.put_off(message.id, state, at, tries, reason, maybe_twice)


#: A message that is due now but could not be claimed (its platform is out) is looked at again this soon.
_SOON_S: Final = 0.2
