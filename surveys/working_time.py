"""Due times of cases: hours in which offices work, over days that a calendar says they do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

__all__ = ["OfficeHours", "WorkingDays", "after_working_days"]


class WorkingDays(Protocol):
    """Which days offices work."""

    def is_working(self, day: dt.date) -> bool: ...


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """From `opens` to `closes` on working days, local time of `timezone`."""

    days: WorkingDays
    timezone: dt.tzinfo
    opens: dt.time = dt.time(8)
    closes: dt.time = dt.time(16)


def after_working_days(start: dt.datetime, days: int, hours: OfficeHours) -> dt.datetime:
    """So many working days after `start`, at the same hour of the office day; in UTC.

    What comes in the evening or on a day off counts from the next opening: Wednesday 10:00 + 1 is Saturday 10:00 where
    Thursday and Friday are off; Wednesday 18:00 + 1 is Sunday 8:00.
    """
    local = start.astimezone(hours.timezone)
    day, time = local.date(), local.timetz().replace(tzinfo=None)
    if not hours.days.is_working(day) or time >= hours.closes:
        day, time = _next(day, hours), hours.opens
    time = max(time, hours.opens)
    for _ in range(days):
        day = _next(day, hours)
    return dt.datetime.combine(day, time, tzinfo=hours.timezone).astimezone(dt.UTC)


def _next(day: dt.date, hours: OfficeHours) -> dt.date:
    for _ in range(60):  # longer than any row of days off
        day += dt.timedelta(days=1)
        if hours.days.is_working(day):
            break
    return day
