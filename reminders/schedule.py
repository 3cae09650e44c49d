"""When to remind of an occurrence: leads before it, the day itself, every week after it. Pure rules.

The reminder of a day without work moves to the last working day before it; the legal date stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reminders.occurrences import Occurrence
from reminders.working_calendar import WorkingCalendar

__all__ = ["ESCALATION", "Cadence", "Hit", "escalation", "hits", "still_open_hits"]

#: The lead of the one reminder that an agency's head gets.
ESCALATION: Final = "head"
WEEK_DAYS: Final = 7
#: «still open»: weekly for so many weeks, then monthly (issue "Remind", §2).
OPEN_WEEKS: Final = 8
OPEN_MONTH_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Cadence:
    """Days before the due date (0: the day itself), and days after it when an agency's head is told (None: never)."""

    leads: tuple[int, ...] = (30, 7, 1, 0)
    escalate_after_days: int | None = 7


@dataclass(frozen=True, slots=True)
class Hit:
    """A reminder falls on `day`. `lead` is "30", "0", "-14" (two weeks late), "head", "open-3"."""

    lead: str
    day: dt.date


def hits(
    at: Occurrence, leads: Sequence[int], first: dt.date, last: dt.date, calendar: WorkingCalendar
) -> Iterator[Hit]:
    """Reminders of an occurrence within `first`…`last`: leads no longer than its period, then weekly while overdue.

    An overdue occurrence of a periodic obligation falls silent when the next one is due: the newest stands for all.
    """
    for lead in leads:
        if lead and at.period_days is not None and lead > at.period_days:
            continue
        day = calendar.last_working(at.day - dt.timedelta(days=lead))
        if first <= day <= last:
            yield Hit(str(lead), day)
    week = max(1, (first - at.day).days // WEEK_DAYS)
    while (nominal := at.day + dt.timedelta(days=WEEK_DAYS * week)) <= last + dt.timedelta(days=_REACH_DAYS):
        if at.next_day is not None and nominal >= at.next_day:
            return
        day = calendar.last_working(nominal)
        if first <= day <= last and day > at.day:
            yield Hit(str(-WEEK_DAYS * week), day)
        week += 1


#: A nominal day so far ahead may move back to today over a long break (Nowruz).
_REACH_DAYS: Final = 30


def escalation(
    at: Occurrence, after_days: int | None, first: dt.date, last: dt.date, calendar: WorkingCalendar
) -> Hit | None:
    """The head's one reminder, on the first working day `after_days` or more after the due date."""
    if after_days is None:
        return None
    day = calendar.next_working(at.day + dt.timedelta(days=after_days))
    return Hit(ESCALATION, day) if first <= day <= last else None


def still_open_hits(since: dt.date, first: dt.date, last: dt.date, calendar: WorkingCalendar) -> Iterator[Hit]:
    """Reminders of what was past before the agency joined and is still open: weekly for 8 weeks, then monthly."""
    n = 1
    while (nominal := since + dt.timedelta(days=_open_days(n))) <= last + dt.timedelta(days=_REACH_DAYS):
        day = calendar.last_working(nominal)
        if first <= day <= last and day > since:
            yield Hit(f"open-{n}", day)
        n += 1


def _open_days(n: int) -> int:
    weeks = min(n, OPEN_WEEKS)
    return WEEK_DAYS * weeks + OPEN_MONTH_DAYS * (n - weeks)
