"""Rules of forwarding: at least once with a constant id, the order of a service kept, nothing given up in silence.

Tries and delays are those of the Standard Webhooks specification (github.com/standard-webhooks, "Deliverability and
reliability"): ten over about 75 hours. Only an endpoint that answers is tried so; while a store is not reachable at all
for us, the count stands still where the target says so (`Trouble.OUTAGE`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from surveys.events import Event

__all__ = [
    "DELAYS_S",
    "DeliveryState",
    "Failure",
    "Sent",
    "Target",
    "TargetStatus",
    "Trouble",
    "outage_pause_s",
    "retry_in_s",
]

#: After the first try fails: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h; 75.6 h in all.
DELAYS_S: Final = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
#: Each delay is shifted by at most this share of it, so that a thousand services do not come back at once.
JITTER: Final = 0.1
OUTAGE_PAUSE_MAX_S: Final = 60.0


class DeliveryState(StrEnum):
    """What became of an event at one target. `FAILED` ones are shown to operators and can be replayed."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class Trouble(StrEnum):
    """Why a target took no (more) events."""

    REFUSED = "refused"  # this event, this time: tried again, ten times
    SLOWED = "slowed"  # the whole target asks for a pause: HTTP 429
    STOPPED = "stopped"  # the target wants no more, ever: HTTP 410
    OUTAGE = "outage"  # the whole target is out of reach: not counted as a try


@dataclass(frozen=True, slots=True)
class Failure:
    """`reason` is for operators: no event's content in it."""

    trouble: Trouble
    reason: str
    retry_after_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Sent:
    """The first `count` events are safe at the target; `failure` says what happened to the next, if anything."""

    count: int
    failure: Failure | None = None


class Target(Protocol):
    """Somewhere events go. Never raises for what a receiver does."""

    @property
    def name(self) -> str:
        """Under which deliveries are recorded; changing it sends everything again."""
        ...

    @property
    def by_service(self) -> bool:
        """Whether each service's events are sent on their own, several services at a time; else all in one call."""
        ...

    async def send(self, events: Sequence[Event]) -> Sent:
        """Sends them in this order. What was sent before (same id) must not do harm."""
        ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class TargetStatus:
    """How a target stands; `counts` by `DeliveryState`, `failures` (event id, reason) newest first."""

    name: str
    counts: Mapping[str, int] = field(default_factory=dict)
    oldest_waiting: dt.date | None = None
    delivered_at: dt.datetime | None = None
    slowed_until: dt.datetime | None = None
    stopped: str = ""
    failures: tuple[tuple[str, str], ...] = ()


def retry_in_s(tries: int, chance: float) -> float | None:
    """Seconds until the next try after `tries` failed ones, 0 ≤ `chance` < 1; None when it was the last."""
    if tries > len(DELAYS_S):
        return None
    return DELAYS_S[tries - 1] * (1 + JITTER * (2 * chance - 1))


def outage_pause_s(chance: float) -> float:
    """Seconds until a target that is out of reach is tried again, between a quarter of the longest and that."""
    return OUTAGE_PAUSE_MAX_S * (0.25 + 0.75 * chance)
