"""When people may be written to: working days and hours in Tehran, unless somebody wants it otherwise."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from reminders.people import ReminderWishes
from reminders.working_calendar import WorkingCalendar

__all__ = ["OfficeHours"]


@dataclass(frozen=True)
class OfficeHours:
    """Hours of the day in `timezone`, `from_hour` ≤ t < `to_hour`."""

    timezone: ZoneInfo
    from_hour: int
    to_hour: int

    def today(self, now: dt.datetime) -> dt.date:
        """The day in Tehran."""
        return now.astimezone(self.timezone).date()

    def midnight(self, day: dt.date) -> dt.datetime:
        """The beginning of a day in Tehran."""
        return dt.datetime.combine(day, dt.time(), self.timezone)

    def next_moment(self, now: dt.datetime, wishes: ReminderWishes, calendar: WorkingCalendar) -> dt.datetime:
        """`now` within the person's hours, else the beginning of their next; aware, UTC."""
        local = now.astimezone(self.timezone)
        begins, ends = self._hours(wishes)
        day = local.date()
        if local.hour >= ends or not self._works(day, wishes, calendar):
            day = self._next_day(day + dt.timedelta(days=1), wishes, calendar)
        elif local.hour >= begins:
            return now.astimezone(dt.UTC)
        return self.beginning(day, wishes)

    def beginning(self, day: dt.date, wishes: ReminderWishes) -> dt.datetime:
        """When the person's hours begin on a day."""
        return dt.datetime.combine(day, dt.time(self._hours(wishes)[0]), self.timezone).astimezone(dt.UTC)

    def following(self, day: dt.date, wishes: ReminderWishes, calendar: WorkingCalendar) -> dt.datetime:
        """The beginning of the person's hours on the next day on which they may be written to."""
        return self.beginning(self._next_day(day + dt.timedelta(days=1), wishes, calendar), wishes)

    def _hours(self, wishes: ReminderWishes) -> tuple[int, int]:
        if wishes.from_hour is None or wishes.to_hour is None:
            return self.from_hour, self.to_hour
        return wishes.from_hour, wishes.to_hour

    def _works(self, day: dt.date, wishes: ReminderWishes, calendar: WorkingCalendar) -> bool:
        return wishes.any_day or calendar.is_working(day)

    def _next_day(self, day: dt.date, wishes: ReminderWishes, calendar: WorkingCalendar) -> dt.date:
        return day if wishes.any_day else calendar.next_working(day)
