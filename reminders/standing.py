"""Where a duty stands in an agency on a day, as lists and pictures group it."""

from __future__ import annotations

import datetime as dt
from typing import Final

from reminders.duty import DutyState
from reminders.occurrences import Occurrence

__all__ = ["DutyStanding", "standing_of"]


class DutyStanding:
    """Groups of /obligations, in the order in which they are shown."""

    OVERDUE: Final = "overdue"
    UPCOMING: Final = "upcoming"
    REPORTED: Final = "reported"
    WAITING: Final = "waiting"
    UNSORTED: Final = "unsorted"
    RECURRING: Final = "recurring"
    DONE: Final = "done"
    NOT_OURS: Final = "not_ours"


def standing_of(
    at: Occurrence | None,
    state: DutyState | None,
    day: dt.date,
    since: dt.date,
    waiting: bool,
) -> str:
    """On `day`, for an agency that joined on `since`; `state`: what was `said` of it.

    `waiting`: an event that its limit counts from has no date.
    """
    if state is DutyState.DONE:
        return DutyStanding.DONE
    if state is DutyState.NOT_OURS:
        return DutyStanding.NOT_OURS
    if state is DutyState.REPORTED:
        return DutyStanding.REPORTED
    if at is None:
        return DutyStanding.WAITING if waiting else DutyStanding.RECURRING
    if at.day >= day:
        return DutyStanding.UPCOMING
    unsorted = at.day < since and state is None
    return DutyStanding.UNSORTED if unsorted else DutyStanding.OVERDUE
