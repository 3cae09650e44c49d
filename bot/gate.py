"""One gate a bot token: every message of the conversation and of the bulk passes it.

A sliding window over all messages, of which the bulk leaves a reserve to the conversation, and a limit a chat (Bot FAQ,
"My bot is hitting limits": 30 messages a second overall, 1 a second to one chat, 20 a minute to a group). In this
process; `bot.shared_gate` keeps the same allowance for many workers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.client.session.middlewares.base import RequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import TelegramMethod

__all__ = ["Gate", "GateLimits", "SlidingGate", "guard"]


@dataclass(frozen=True, slots=True)
class GateLimits:
    """What Telegram allows a token. The window is a little longer than a second: requests arrive unevenly."""

    overall: int = 30
    window_s: float = 1.04
    #: Messages of each window that the bulk never takes.
    reserve: int = 3
    chat_interval_s: float = 1.0
    #: Messages that a conversation may send to one chat at once.
    chat_burst: int = 3
    group: int = 20
    group_window_s: float = 60.5


class Gate(Protocol):
    """Lets messages pass at the token's pace."""

    async def admit(self, chat_id: int, *, bulk: bool) -> None:
        """Returns when one message may be sent to this chat now; the conversation goes before the bulk."""
        ...

    def slowed(self, chat_id: int, retry_after_s: float) -> None:
        """Telegram said 429: nothing more to this chat, and no bulk at all, before that time has passed."""
        ...


class SlidingGate:
    """The gate of one process. Waiting tasks are let pass in order, those of the conversation first."""

    def __init__(
        self,
        limits: GateLimits,
        *,
        stopwatch: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        """`stopwatch` gives seconds that never run back."""
        self._limits, self._stopwatch, self._sleep = limits, stopwatch, sleep
        self._passed: deque[float] = deque()
        self._bulk: deque[float] = deque()
        self._chats: dict[int, deque[float]] = {}
        self._closed_until: dict[int, float] = {}
        self._bulk_closed_until = 0.0
        self._bulk_gap_s = limits.window_s / max(1, limits.overall - limits.reserve)
        self._bulk_next = 0.0
        self._talking = 0
        self.counts: dict[str, int] = {"chat": 0, "bulk": 0, "slowed": 0}

    async def admit(self, chat_id: int, *, bulk: bool) -> None:
        if not bulk:
            self._talking += 1
        try:
            while (wait := self._wait(chat_id, bulk=bulk)) > 0:
                await self._sleep(wait)
        finally:
            if not bulk:
                self._talking -= 1
        now = self._stopwatch()
        self._passed.append(now)
        if bulk:
            self._bulk.append(now)
            self._bulk_next = max(self._bulk_next, now - _CATCH_UP * self._bulk_gap_s) + self._bulk_gap_s
        self._chats.setdefault(chat_id, deque()).append(now)
        self.counts["bulk" if bulk else "chat"] += 1
        if len(self._chats) > _CHATS_MAX:
            self._forget_quiet_chats(now)

    def slowed(self, chat_id: int, retry_after_s: float) -> None:
        until = self._stopwatch() + retry_after_s
        self.counts["slowed"] += 1
        self._closed_until[chat_id] = max(until, self._closed_until.get(chat_id, 0.0))
        self._bulk_closed_until = max(until, self._bulk_closed_until)

    def _wait(self, chat_id: int, *, bulk: bool) -> float:
        now = self._stopwatch()
        waits = [self._closed_until.get(chat_id, 0.0) - now, self._chat_wait(chat_id, now, bulk=bulk)]
        limits = self._limits
        waits.append(_window_wait(self._passed, now, limits.overall, limits.window_s))
        if bulk:
            waits.append(_window_wait(self._bulk, now, limits.overall - limits.reserve, limits.window_s))
            waits.append(self._bulk_closed_until - now)
            waits.append(self._bulk_next - now)
            if self._talking:
                waits.append(_GIVE_WAY_S)
        return max(waits)

    def _chat_wait(self, chat_id: int, now: float, *, bulk: bool) -> float:
        times = self._chats.get(chat_id)
        if not times:
            return 0.0
        limits = self._limits
        if chat_id < 0:
            return _window_wait(times, now, limits.group, limits.group_window_s)
        if bulk:
            return times[-1] + limits.chat_interval_s - now
        # A burst of so many, then one an interval: as a bucket that fills up with time.
        window = limits.chat_interval_s * limits.chat_burst
        return _window_wait(times, now, limits.chat_burst, window)

    def _forget_quiet_chats(self, now: float) -> None:
        oldest = now - max(self._limits.group_window_s, self._limits.chat_interval_s * self._limits.chat_burst)
        self._chats = {chat: times for chat, times in self._chats.items() if times and times[-1] > oldest}
        self._closed_until = {chat: until for chat, until in self._closed_until.items() if until > now}


#: Chats remembered before those that were quiet for long are forgotten.
_CHATS_MAX: Final = 20_000
#: The bulk goes out evenly: 27 sent at once and held up for 50 ms would arrive within a second of the next 27.
#: So many may follow each other at once to make up for a delay.
_CATCH_UP: Final = 3
#: How long the bulk steps aside while somebody waits for a reply.
_GIVE_WAY_S: Final = 0.02


def _window_wait(times: deque[float], now: float, allowed: int, window_s: float) -> float:
    while times and times[0] <= now - window_s:
        times.popleft()
    excess = len(times) - allowed
    return times[excess] + window_s - now if excess >= 0 else 0.0


def guard(session: BaseSession, gate: Gate) -> None:
    """Every message and edit that this aiogram session sends passes the gate first, and a 429 is told to it.

    Called after `Sending.equip`, so that each repeat passes anew.
    """

    async def guarded(
        call: Callable[[Bot, TelegramMethod[Any]], Awaitable[Any]], bot: Bot, method: TelegramMethod[Any]
    ) -> Any:
        chat_id = getattr(method, "chat_id", None)
        if not isinstance(chat_id, int) or not _counts(method.__api_method__):
            return await call(bot, method)
        await gate.admit(chat_id, bulk=False)
        try:
            return await call(bot, method)
        except TelegramRetryAfter as error:
            gate.slowed(chat_id, error.retry_after)
            raise

    session.middleware(cast(RequestMiddlewareType, guarded))


def _counts(name: str) -> bool:
    """Messages and edits count; signs of typing, deletions and answers to presses do not."""
    return name.startswith(("send", "edit", "copy", "forward")) and name != "sendChatAction"
