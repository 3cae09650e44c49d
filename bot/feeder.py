"""From the inbox to the dispatcher: each chat's updates in order, different chats at the same time, every update to
one outcome.

Knows no platform. An update is stored before it comes here and gets its outcome after its handler ended, so that a
crash in between leaves it pending and it is fed again at the next start; `attempts` above 1 counts what may therefore
have been answered twice.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections import deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import Update

from bot.outcomes import FAILED
from bot.ports import Inbox, InboxUpdate

__all__ = ["Feeder", "chat_of"]

log = logging.getLogger(__name__)

#: An update that was being handled at this many crashes is not tried again: it may be what crashes the process.
ATTEMPTS_MAX = 5
#: Behind the dispatcher's own limit: whatever hangs, its chat goes on with the next update.
HANDLER_LIMIT_S = 60.0
REPLAY_BATCH = 1000


class Feeder:
    """Feeds one platform's updates to the dispatcher under its bot."""

    def __init__(
        self,
        platform: str,
        bot: Bot,
        dispatcher: Dispatcher,
        inbox: Inbox,
        *,
        clock: Callable[[], dt.datetime],
        concurrency: int,
        waiting_max: int = 2000,
        handler_limit_s: float = HANDLER_LIMIT_S,
    ) -> None:
        """At most `concurrency` chats are served at once; `room` waits while `waiting_max` updates wait."""
        self.platform = platform
        self.dispatcher = dispatcher
        self._bot, self._inbox, self._clock = bot, inbox, clock
        self._slots = asyncio.Semaphore(concurrency)
        self._waiting_max, self._handler_limit_s = waiting_max, handler_limit_s
        self._lanes: dict[Hashable, deque[InboxUpdate]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._changed = asyncio.Condition()
        self._closed = False
        self.outcomes: dict[str, int] = {"handled": 0, "unreadable": 0, "failed": 0, "not_recorded": 0}

    @property
    def waiting(self) -> int:
        """Updates taken that have no outcome yet."""
        return self._waiting

    def free_for(self, payload: Mapping[str, Any]) -> bool:
        """Whether an update fed now would be handled at once."""
        return not self._closed and chat_of(payload) not in self._lanes and not self._slots.locked()

    def feed(self, updates: Sequence[InboxUpdate]) -> None:
        """Takes stored updates; returns at once. After `drain` began they stay pending for the next start."""
        if self._closed:
            return
        for update in updates:
            chat = chat_of(update.payload)
            self._waiting += 1
            if chat in self._lanes:
                self._lanes[chat].append(update)
            else:
                self._lanes[chat] = deque([update])
                task = asyncio.create_task(self._serve(chat), name=f"{self.platform}-{chat}")
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def replay(self) -> int:
        """Feeds what an earlier process left without an outcome, before anything new; how many there were."""
        fed, seen = 0, -1
        while pending := await self._inbox.pending(self.platform, REPLAY_BATCH):
            if pending[-1].id <= seen:
                break  # outcomes cannot be recorded just now; the next start tries again
            seen = pending[-1].id
            hopeful = [update for update in pending if update.attempts < ATTEMPTS_MAX]
            for update in pending:
                if update.attempts >= ATTEMPTS_MAX:
                    log.error("update %s of %s given up, %d attempts", update.update_id, self.platform, update.attempts)
                    await self._record(update, "failed")
            self.feed(hopeful)
            fed += len(hopeful)
            if len(pending) < REPLAY_BATCH:
                break
            await self.idle()
        if fed:
            log.info("%s: %d updates left by the last run are fed again", self.platform, fed)
        return fed

    async def room(self) -> None:
        """Waits until fewer than `waiting_max` updates wait."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._waiting < self._waiting_max)

    async def idle(self) -> None:
        """Waits until every update taken has its outcome."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._waiting == 0)

    async def drain(self, limit_s: float) -> int:
        """Takes nothing more, lets what it has taken finish within `limit_s` seconds, cancels the rest.

        Returns how many were left without an outcome; they stay pending in the inbox.
        """
        self._closed = True
        try:
            async with asyncio.timeout(limit_s):
                await self.idle()
        except TimeoutError:
            log.warning("%s: %d updates not finished in %.0f s stay pending", self.platform, self._waiting, limit_s)
        left = self._waiting
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return left

    async def _serve(self, chat: Hashable) -> None:
        lane = self._lanes[chat]
        while lane:
            async with self._slots:
                await self._handle(lane[0])
            lane.popleft()
            if not lane:
                del self._lanes[chat]
            self._waiting -= 1
            async with self._changed:
                self._changed.notify_all()

    async def _handle(self, row: InboxUpdate) -> None:
        update = self._readable(row)
        if update is None:
            await self._record(row, "unreadable")
            return
        if not row.started:
            await self._count_attempt(row)
        await self._record(row, await self._dispatched(update))

    def _readable(self, row: InboxUpdate) -> Update | None:
        try:
            update = Update.model_validate(dict(row.payload), context={"bot": self._bot})
            update.event_type  # noqa: B018  raises for a kind of update that this aiogram does not know
        except Exception as error:  # whatever it is, it must not stop what comes after it
            log.warning("update %s of %s is unreadable: %s", row.update_id, self.platform, type(error).__name__)
            return None
        return update

    async def _count_attempt(self, row: InboxUpdate) -> None:
        try:
            await self._inbox.started([row.id])
        except Exception as error:
            log.error("attempt at update %s of %s not counted: %s", row.update_id, self.platform, type(error).__name__)

    async def _dispatched(self, update: Update) -> str:
        try:
            async with asyncio.timeout(self._handler_limit_s):
                response = await self.dispatcher.feed_update(self._bot, update, platform=self.platform)
        except Exception as error:
            log.error("update %s of %s given up: %s", update.update_id, self.platform, type(error).__name__)
            return "failed"
        return "failed" if response is FAILED else "handled"

    async def _record(self, row: InboxUpdate, outcome: str) -> None:
        self.outcomes[outcome] += 1
        try:
            await self._inbox.finished(row.id, outcome, self._clock())
        except Exception as error:
            self.outcomes["not_recorded"] += 1
            log.error("outcome of update %s of %s not recorded: %s", row.update_id, self.platform, type(error).__name__)


def chat_of(payload: Mapping[str, Any]) -> Hashable:
    """What keeps its order: the chat of an update, else the person (a private chat has its person's number)."""
    for event in payload.values():
        if not isinstance(event, Mapping):
            continue
        message = event.get("message")
        for holder in (event, message if isinstance(message, Mapping) else {}):
            chat = holder.get("chat")
            if isinstance(chat, Mapping) and isinstance(chat.get("id"), int):
                return int(chat["id"])
        person = event.get("from")
        if isinstance(person, Mapping) and isinstance(person.get("id"), int):
            return int(person["id"])
    return None
