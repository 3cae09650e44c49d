"""A response: what one person says about one service in one period, and what of it is counted.

Who it was is a keyed hash that differs by purpose: `asker` finds a person's own responses (for /forget), `once` is one
person, service and period, and is what the database keeps unique. Neither leads from one to the other.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from surveys.events import Event, EventKind
from surveys.questionnaire import Answers

__all__ = [
    "AGAIN",
    "COUNTS",
    "EXACT_TIME_KEPT",
    "NOBODY_SAID",
    "Respondent",
    "Response",
    "Standing",
    "Tally",
    "asker_of",
    "changed_tallies",
    "event_of",
    "once_of",
    "tallies_of",
]

#: The exact time serves burst detection, then only the day is kept (issue "Rate", §3).
EXACT_TIME_KEPT: Final = dt.timedelta(hours=48)
#: The pseudo-question under which people, not values, are counted: offered, opened, answered, finished, held, excluded.
COUNTS: Final = ""
#: The pseudo-question of the second face, after the outcome.
AGAIN: Final = "again"
#: The value under which those who answered a question at all are counted, and those who skipped it.
ANSWERED: Final = "*"
NOBODY_SAID: Final = "-"

PersonKey = Callable[[str, int], str]
Tally = Counter[tuple[str, str]]


class Standing(StrEnum):
    """Whether a response counts: `HELD` was part of a burst and waits for an operator."""

    COUNTED = "counted"
    HELD = "held"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody on one platform, as the conversation knows them."""

    person_id: int
    platform: str
    platform_id: int


@dataclass(frozen=True, slots=True)
class Response:
    """`code` is the tracking code the person gets; `uid` names the response to other systems.

    `day` is the Gregorian day in Tehran, `month` its Jalali month, both of the first answer; `answered_at` is cut after
    48 hours. `id` is 0 before it is stored. `revision` counts changes from 1.
    """

    id: int
    uid: str
    code: str
    service_id: str
    channel: str
    period: str
    period_ends: dt.date
    once: str | None
    asker: str | None
    questionnaire: str
    version: int
    answers: Answers
    text: str | None
    finished: bool
    standing: Standing
    again: int | None
    day: dt.date
    month: str
    answered_at: dt.datetime | None
    revision: int = 1

    def changed(self, **changes: Any) -> Response:
        """The next revision."""
        return replace(self, revision=self.revision + 1, **changes)


def asker_of(person_key: PersonKey, platform: str, platform_id: int) -> str:
    """The hash that stands in a person's responses; another than in their questions."""
    return person_key(f"respondent/{platform}", platform_id)


def once_of(person_key: PersonKey, who: Respondent, service_id: str, period: str) -> str:
    """The hash of one person, service and period."""
    return person_key(f"once/{service_id}/{period}/{who.platform}", who.platform_id)


def tallies_of(response: Response | None) -> Tally:
    """What a response adds to the counts of its service, month and channel."""
    if response is None:
        return Counter()
    tally: Tally = Counter({(COUNTS, "answered"): 1, (COUNTS, "finished"): int(response.finished)})
    if response.standing is not Standing.COUNTED:
        tally[(COUNTS, response.standing.value)] = 1
        return tally
    for question, value in response.answers.items():
        if value is None:
            tally[(question, NOBODY_SAID)] = 1
            continue
        tally[(question, ANSWERED)] = 1
        for one in value if isinstance(value, tuple) else (value,):
            tally[(question, str(one))] += 1
    if response.again is not None:
        tally[(AGAIN, ANSWERED)] = 1
        tally[(AGAIN, str(response.again))] = 1
    return tally


def changed_tallies(before: Response | None, after: Response) -> Mapping[tuple[str, str], int]:
    """What a change adds and takes, without what stays the same, in the order in which all writers lock counts."""
    change = tallies_of(after)
    change.subtract(tallies_of(before))
    return {key: change[key] for key in sorted(change) if change[key]}


def event_of(response: Response, kind: EventKind) -> Event:
    """What the Organization's store hears; no person, no hash, no time of day."""
    return Event(
        uid=f"{response.uid}.{response.revision}",
        kind=kind,
        service_id=response.service_id,
        subject=response.uid,
        revision=response.revision,
        day=response.day,
        payload={
            "response_id": response.uid,
            "service_id": response.service_id,
            "revision": response.revision,
            "period": response.period,
            "day": response.day.isoformat(),
            "month": response.month,
            "channel": response.channel,
            "questionnaire": f"{response.questionnaire}@{response.version}",
            "answers": {q: list(v) if isinstance(v, tuple) else v for q, v in response.answers.items()},
            "finished": response.finished,
            "standing": response.standing.value,
            "again": response.again,
        },
        text=response.text,
    )
