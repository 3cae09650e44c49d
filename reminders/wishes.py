"""A person's own wishes for reminders: leads, hours of the day, days without work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from reminders.office_hours import OfficeHours
from reminders.people import ReminderWishes
from reminders.ports import OpenWork
from reminders.refusals import RefusedError

__all__ = ["SaveWishes"]

LEAD_DAYS_MAX: Final = 120
LEADS_MAX: Final = 8
HOURS: Final = range(25)


class SaveWishes:
    """Takes effect from today on; what was planned stays planned."""

    def __init__(self, open_work: OpenWork, hours: OfficeHours, *, clock: Callable[[], dt.datetime]) -> None:
        self._open, self._hours, self._clock = open_work, hours, clock

    async def present(self, person_id: int) -> ReminderWishes:
        """What the person said; nothing said: all None."""
        async with self._open() as work:
            return await work.members.wishes(person_id)

    async def __call__(self, person_id: int, wishes: ReminderWishes) -> ReminderWishes:
        """As stored. RefusedError for leads outside 0 to 120 days, more than 8, and hours the wrong way round."""
        if wishes.leads is not None and (
            len(wishes.leads) > LEADS_MAX or not all(0 <= lead <= LEAD_DAYS_MAX for lead in wishes.leads)
        ):
            raise RefusedError("remind-leads-range", max=LEAD_DAYS_MAX, most=LEADS_MAX)
        begins, ends = wishes.from_hour, wishes.to_hour
        if (begins is None) != (ends is None) or (
            begins is not None and ends is not None and not (begins in HOURS and ends in HOURS and begins < ends)
        ):
            raise RefusedError("remind-hours-range")
        since = self._hours.today(self._clock()) if wishes.leads is not None else None
        kept = replace(wishes, since=since)
        async with self._open() as work:
            await work.members.save_wishes(person_id, kept)
        return kept
