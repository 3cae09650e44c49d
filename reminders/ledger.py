"""The reminder ledger: reminders, the messages that carry them, their states, and how often a message is tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

__all__ = [
    "FIRST_TRIES",
    "RETRY_EVERY",
    "TRIES_MAX",
    "Attempt",
    "Ending",
    "Handed",
    "LedgerDay",
    "Message",
    "MessageKind",
    "MessageState",
    "NewMessage",
    "PlannedReminder",
    "Reminder",
    "after_failure",
]

#: Tried again at once so often, then every five minutes for four hours (issue "Remind", §3).
FIRST_TRIES: Final = 2
RETRY_EVERY: Final = dt.timedelta(minutes=5)
TRIES_MAX: Final = FIRST_TRIES + 48


class MessageState(StrEnum):
    """due → sending → delivered | retry_at | blocked | failed; `withdrawn`: nothing was left to say; `folded`: failed,
    and its reminders went into a later daily message.
    """

    DUE = "due"
    SENDING = "sending"
    RETRY_AT = "retry_at"
    DELIVERED = "delivered"
    BLOCKED = "blocked"
    FAILED = "failed"
    FOLDED = "folded"
    WITHDRAWN = "withdrawn"


class MessageKind(StrEnum):
    """Why somebody is written to. Only `DAILY` is limited to one a person and day."""

    DAILY = "daily"
    EVENT = "event"
    REPORTED = "reported"
    DECIDED = "decided"
    JOINING = "joining"
    JOINED = "joined"
    COLLEAGUE_AWAY = "colleague_away"
    COLLEAGUE_BLOCKED = "colleague_blocked"
    HANDED_OVER = "handed_over"
    BROADCAST = "broadcast"
    CASE_NEW = "case_new"  # of the surveys: payloads in surveys.case_moves
    CASE_OVERDUE = "case_overdue"
    CASE_ESCALATED = "case_escalated"
    CASE_OUTCOME = "case_outcome"


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """A reminder as the plan wants it; all but `day` is its key: a second run makes nothing new."""

    person_id: int
    agency_id: str
    obligation_id: str
    occurrence: str
    due: str
    lead: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder in the ledger."""

    id: int
    person_id: int
    agency_id: str
    obligation_id: str
    occurrence: str
    due: str
    lead: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to be sent at `send_at` or later; the same `key` is never stored twice."""

    key: str
    person_id: int
    kind: MessageKind
    payload: Mapping[str, Any]
    send_at: dt.datetime
    broadcast_id: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A claimed message with where it goes. `reminders` of a daily one."""

    id: int
    key: str
    person_id: int
    platform: str
    platform_id: int
    kind: MessageKind
    payload: Mapping[str, Any]
    send_at: dt.datetime
    tries: int
    reminders: tuple[Reminder, ...] = ()


class Ending(StrEnum):
    """How one try ended, whatever the platform called it."""

    SENT = "sent"
    BLOCKED = "blocked"
    REFUSED = "refused"
    UNREACHED = "unreached"
    UNANSWERED = "unanswered"
    SLOWED = "slowed"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try: `UNREACHED` never arrived, `UNANSWERED` may have, `SLOWED` must wait `retry_after_s`."""

    ending: Ending
    message_id: int | None = None
    reason: str = ""
    retry_after_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Handed:
    """The platform took a message at a moment; `platform_message_id` is its number there, if it gave one."""

    message_id: int
    platform_message_id: int | None
    at: dt.datetime


def after_failure(tries: int, now: dt.datetime, *, outage: bool) -> tuple[MessageState, dt.datetime, int]:
    """State, time of the next try and the count of tries after one that failed in passing.

    `tries` counts this one. While the platform is out for everybody the count stands still.
    """
    if outage:
        return MessageState.RETRY_AT, now + RETRY_EVERY, max(0, tries - 1)
    if tries >= TRIES_MAX:
        return MessageState.FAILED, now, tries
    return MessageState.RETRY_AT, now if tries < FIRST_TRIES else now + RETRY_EVERY, tries


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """What became of the messages of a day. `on_time`: handed over within 10 s of their time; share of `delivered`."""

    day: dt.date
    states: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    delivered: int = 0
    on_time: int = 0
    maybe_twice: int = 0

    @property
    def on_time_share(self) -> float | None:
        return self.on_time / self.delivered if self.delivered else None
