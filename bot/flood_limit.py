"""How much one person may ask of the bot: a bucket of tokens each, in memory. A limit, not state."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import Enum, auto

__all__ = ["FloodLimit", "Verdict"]

#: People remembered at once; the one seen longest ago is forgotten first (by then their bucket is full anyway).
REMEMBERED_MAX = 50_000


class Verdict(Enum):
    """What to do with an update."""

    PASS = auto()
    WARN = auto()
    SILENCE = auto()


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float
    warned: bool = False


class FloodLimit:
    """`per_minute` updates a minute and person, as many at once after a quiet minute.

    Who goes over is warned once; further ones are dropped in silence until the bucket is half full again.
    """

    def __init__(self, per_minute: float, *, stopwatch: Callable[[], float]) -> None:
        """`stopwatch` gives seconds that never run back."""
        self._capacity, self._per_s, self._stopwatch = float(per_minute), per_minute / 60, stopwatch
        self._buckets: OrderedDict[Hashable, _Bucket] = OrderedDict()

    def take(self, who: Hashable, cost: float) -> Verdict:
        """Takes `cost` tokens of this person, or says what to do instead."""
        bucket = self._filled(who)
        if bucket.warned and bucket.tokens < self._capacity / 2:
            return Verdict.SILENCE
        bucket.warned = False
        if bucket.tokens >= cost:
            bucket.tokens -= cost
            return Verdict.PASS
        bucket.warned = True
        return Verdict.WARN

    def _filled(self, who: Hashable) -> _Bucket:
        now = self._stopwatch()
        bucket = self._buckets.get(who)
        if bucket is None:
            bucket = self._buckets[who] = _Bucket(self._capacity, now)
        self._buckets.move_to_end(who)
        bucket.tokens = min(self._capacity, bucket.tokens + (now - bucket.at) * self._per_s)
        bucket.at = now
        if len(self._buckets) > REMEMBERED_MAX:
            self._buckets.popitem(last=False)
        return bucket
