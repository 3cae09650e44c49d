"""Days on which offices work: weekends, Iran's public holidays, and closures that operators add.

Lunar holidays are known for certain only when the moon was seen; until then the `holidays` package estimates them, and
they are marked so. Legal dates never move for any of this; only reminders do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import holidays

__all__ = ["FRIDAY", "THURSDAY", "WEEKEND_DAYS", "DayOff", "WorkingCalendar"]

THURSDAY: Final = 3
FRIDAY: Final = 4
#: Weekend days by the names that settings use.
WEEKEND_DAYS: Final = {"thursday": THURSDAY, "friday": FRIDAY, "saturday": 5}
#: Longer than any row of days off (Nowruz, or an emergency closure of two weeks).
_LONGEST_BREAK_DAYS: Final = 60
#: How the package marks what it estimates, in Persian.
_ESTIMATED: Final = " (تخمینی)"


@dataclass(frozen=True, slots=True)
class DayOff:
    """Why a day is off; no title: a weekend. `estimated` holidays may still move by a day."""

    title: str
    estimated: bool = False


class WorkingCalendar:
    """Weekends (`datetime.date.weekday` numbers), holidays and `closures`, which give a day's title."""

    def __init__(self, *, closures: Mapping[dt.date, str], weekend: Collection[int]) -> None:
        if len(set(weekend)) > 6:
            raise ValueError("a week without a working day")
        self._closures, self._weekend = dict(closures), frozenset(weekend)

    def day_off(self, day: dt.date) -> DayOff | None:
        """Why offices are closed on this day; None on a working day."""
        if title := self._closures.get(day):
            return DayOff(title)
        if found := _holidays(day.year).get(day):
            return found
        return DayOff("") if day.weekday() in self._weekend else None

    def is_working(self, day: dt.date) -> bool:
        return self.day_off(day) is None

    def last_working(self, day: dt.date) -> dt.date:
        """The day itself, else the last working day before it."""
        return self._moved(day, -1)

    def next_working(self, day: dt.date) -> dt.date:
        """The day itself, else the first working day after it."""
        return self._moved(day, 1)

    def _moved(self, day: dt.date, step: int) -> dt.date:
        for _ in range(_LONGEST_BREAK_DAYS):
            if self.is_working(day):
                break
            day += dt.timedelta(days=step)
        return day


@lru_cache(maxsize=64)
def _holidays(year: int) -> Mapping[dt.date, DayOff]:
    found = holidays.country_holidays("IR", years=year, language="fa_IR")
    return {day: DayOff(title.replace(_ESTIMATED, ""), _ESTIMATED in title) for day, title in found.items() if title}
