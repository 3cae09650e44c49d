"""The gate of many workers: the same allowance as `bot.gate`, counted in Redis by the `limits` library.

Moving windows under keys of the token's digest. Bulk takes from a window of its own, smaller by the reserve, and from
the common one; the conversation from the common one alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Final

from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter

from bot.gate import GateLimits

__all__ = ["SharedGate"]

#: Between two tries for a place in a full window.
PAUSE_S: Final = 0.04
#: A second of Redis begins where a request of another worker is still under way: two places stay free.
MARGIN: Final = 2


class SharedGate:
    """`url` is redis://host:port/db. A 429 closes the gate for the worker that got it; the others meet their own."""

    def __init__(
        self,
        url: str,
        token: str,
        limits: GateLimits,
        *,
        sleep: Callable[[float], Awaitable[None]],
        stopwatch: Callable[[], float],
    ) -> None:
        self._storage = RedisStorage(f"async+{url}", implementation="redispy")
        self._windows = MovingWindowRateLimiter(self._storage)
        self._name = hashlib.sha256(token.encode()).hexdigest()[:16]
        self._sleep, self._stopwatch = sleep, stopwatch
        self._all = RateLimitItemPerSecond(limits.overall - MARGIN, namespace="gate")
        self._bulk = RateLimitItemPerSecond(limits.overall - limits.reserve - MARGIN, namespace="gate-bulk")
        self._chat = RateLimitItemPerSecond(limits.chat_burst, int(limits.chat_burst * limits.chat_interval_s) or 1)
        self._chat_bulk = RateLimitItemPerSecond(1, max(1, round(limits.chat_interval_s)), namespace="gate-chat-bulk")
        self._group = RateLimitItemPerMinute(limits.group, namespace="gate-group")
        self._closed_until: dict[int, float] = {}
        self._bulk_closed_until = 0.0

    async def admit(self, chat_id: int, *, bulk: bool) -> None:
        """Returns when one message may be sent to this chat now."""
        for item, key in self._places(chat_id, bulk=bulk):
            while self._closed(chat_id, bulk=bulk) or not await self._windows.hit(item, self._name, key):
                await self._sleep(PAUSE_S)

    async def close(self) -> None:
        """Gives the connections back."""
        await self._storage.bridge.storage.aclose()  # type: ignore[attr-defined]  # the library never closes

    def slowed(self, chat_id: int, retry_after_s: float) -> None:
        """Telegram said 429: nothing more from here to this chat, and no bulk, before that time has passed."""
        until = self._stopwatch() + retry_after_s
        self._closed_until[chat_id] = until
        self._bulk_closed_until = max(until, self._bulk_closed_until)

    def _closed(self, chat_id: int, *, bulk: bool) -> bool:
        now = self._stopwatch()
        if self._closed_until.get(chat_id, 0.0) <= now:
            self._closed_until.pop(chat_id, None)
        return chat_id in self._closed_until or (bulk and self._bulk_closed_until > now)

    def _places(self, chat_id: int, *, bulk: bool) -> list[tuple[RateLimitItem, str]]:
        """The chat's own first: a place in the common window is not held while waiting for it."""
        places: list[tuple[RateLimitItem, str]] = []
        if chat_id < 0:
            places.append((self._group, str(chat_id)))
        else:
            places.append((self._chat, str(chat_id)))
            if bulk:
                places.append((self._chat_bulk, str(chat_id)))
        if bulk:
            places.append((self._bulk, "bulk"))
        places.append((self._all, "all"))
        return places
