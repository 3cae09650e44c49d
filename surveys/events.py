"""Events for the Organization's store: written in the transaction of the change, forwarded later with the same id.

Own words stand apart from the rest of an event, so that /forget can take them out of what still waits; of the rest only
an answer may repeat them (`without_words`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

__all__ = ["Event", "EventKind", "envelope", "without_words"]

#: What of a payload may repeat a person's words: an answer quotes whom it answers.
_REPEATING: Final = "answer"


class EventKind(StrEnum):
    """What happened. Types as Standard Webhooks writes them: dotted, the thing first."""

    RESPONSE_GIVEN = "response.given"
    RESPONSE_CHANGED = "response.changed"
    RESPONSE_ERASED = "response.erased"
    CASE_OPENED = "case.opened"
    CASE_CHANGED = "case.changed"
    CASE_CLOSED = "case.closed"
    CASE_ERASED = "case.erased"

    @property
    def erases(self) -> bool:
        """Whether a receiver must drop the words of all earlier events of the subject."""
        return self in (EventKind.RESPONSE_ERASED, EventKind.CASE_ERASED)


@dataclass(frozen=True, slots=True)
class Event:
    """`uid` never changes: a receiver that keeps ids takes each once. `subject` is the response's or case's uid."""

    uid: str
    kind: EventKind
    service_id: str
    subject: str
    revision: int
    day: dt.date
    payload: Mapping[str, Any]
    text: str | None = None


def envelope(event: Event) -> dict[str, Any]:
    """The event as it leaves: `data` holds the words under "text" unless they were erased."""
    return {
        "id": event.uid,
        "type": event.kind.value,
        "day": event.day.isoformat(),
        "data": {**event.payload, "text": event.text},
    }


def without_words(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload of an event whose subject was erased: nothing in it repeats what the person wrote."""
    return {**payload, _REPEATING: None} if _REPEATING in payload else dict(payload)
