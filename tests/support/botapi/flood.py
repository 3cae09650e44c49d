"""Flood limits (Bot FAQ, "My bot is hitting limits": 30 messages a second overall, 1 a second to a chat, 20 a minute
to a group). Off until switched on. Time is the double's own clock."""

import math
from collections import Counter, deque
from dataclasses import dataclass

from tests.support.botapi.clock import Clock
from tests.support.botapi.errors import too_many_requests


@dataclass(frozen=True)
class FloodLimits:
    """What is allowed; windows and intervals in the double's seconds. Edits count as messages unless told otherwise."""

    overall: int = 30
    overall_window_s: float = 1.0
    private_interval_s: float = 1.0
    private_burst: int = 3
    group: int = 20
    group_window_s: float = 60.0
    count_edits: bool = True


class Flood:
    """Counts accepted messages and answers 429 with ``retry_after`` beyond the limits."""

    def __init__(self, clock: Clock) -> None:
        self.limits: FloodLimits | None = None
        self.refused: Counter[int] = Counter()
        self._clock = clock
        self._overall: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._buckets: dict[int, tuple[float, float]] = {}

    def enable(self, limits: FloodLimits | None = None) -> None:
        """Start counting afresh, by default with Telegram's own numbers."""
        self.limits = limits or FloodLimits()
        self._overall.clear()
        self._groups.clear()
        self._buckets.clear()

    def disable(self) -> None:
        """Let everything pass."""
        self.limits = None

    def admit(self, chat_id: int, private: bool, messages: int = 1, edit: bool = False) -> None:
        """Count the messages, or raise 429 and count nothing."""
        limits = self.limits
        if limits is None or (edit and not limits.count_edits):
            return
        now = self._clock.now()
        wait = max(
            _window_wait(self._overall, now, messages, limits.overall, limits.overall_window_s),
            self._private_wait(chat_id, now, messages, limits)
            if private
            else self._group_wait(chat_id, now, messages, limits),
        )
        if wait > 0:
            self.refused[chat_id] += 1
            raise too_many_requests(max(1, math.ceil(wait)))
        self._overall.extend([now] * messages)
        if private:
            self._buckets[chat_id] = (self._level(chat_id, now, limits) - messages, now)
        else:
            self._groups[chat_id].extend([now] * messages)

    def _level(self, chat_id: int, now: float, limits: FloodLimits) -> float:
        """Messages that the private chat may take at once."""
        level, since = self._buckets.get(chat_id, (float(limits.private_burst), now))
        return min(float(limits.private_burst), level + (now - since) / limits.private_interval_s)

    def _private_wait(self, chat_id: int, now: float, messages: int, limits: FloodLimits) -> float:
        missing = min(messages, limits.private_burst) - self._level(chat_id, now, limits)
        return missing * limits.private_interval_s if missing > 1e-9 else 0.0

    def _group_wait(self, chat_id: int, now: float, messages: int, limits: FloodLimits) -> float:
        times = self._groups.setdefault(chat_id, deque())
        return _window_wait(times, now, messages, limits.group, limits.group_window_s)


def _window_wait(times: deque[float], now: float, messages: int, limit: int, window_s: float) -> float:
    while times and times[0] <= now - window_s:
        times.popleft()
    excess = len(times) + messages - limit
    if excess <= 0:
        return 0.0
    return times[min(excess, len(times)) - 1] + window_s - now if times else window_s
