"""Legal time in the Jalali calendar: the rules of design §4 on top of a calendar library.

Every function takes and gives `JalaliDate`; nothing here reads a clock.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from persiantools.jdatetime import JalaliDate

__all__ = [
    "Unit",
    "add",
    "add_months",
    "end_of_month",
    "end_of_quarter",
    "end_of_year",
    "iso",
    "month_length",
    "parse_iso",
]


class Unit(StrEnum):
    """Units of limits."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


def month_length(year: int, month: int) -> int:
    """29, 30 or 31."""
    return int(JalaliDate.days_in_month(month, year))


def add_months(date: JalaliDate, months: int) -> JalaliDate:
    """The same day `months` later, clamped to the month's length: 1404-01-31 + 6 = 1404-07-30."""
    index = date.year * 12 + date.month - 1 + months
    year, month = divmod(index, 12)
    return JalaliDate(year, month + 1, min(date.day, month_length(year, month + 1)))


def add(date: JalaliDate, amount: int, unit: Unit) -> JalaliDate:
    """`amount` units later; months, quarters and years clamp, days and weeks count through."""
    if unit in _MONTHS:
        return add_months(date, amount * _MONTHS[unit])
    later: JalaliDate = date + dt.timedelta(days=amount * (7 if unit is Unit.WEEK else 1))
    return later


def end_of_month(date: JalaliDate) -> JalaliDate:
    return JalaliDate(date.year, date.month, month_length(date.year, date.month))


def end_of_quarter(date: JalaliDate) -> JalaliDate:
    """The last day of the Jalali season."""
    month = (date.month - 1) // 3 * 3 + 3
    return JalaliDate(date.year, month, month_length(date.year, month))


def end_of_year(date: JalaliDate) -> JalaliDate:
    """29 Esfand, or 30 Esfand in a leap year."""
    return JalaliDate(date.year, 12, month_length(date.year, 12))


def iso(date: JalaliDate) -> str:
    """1404-07-30, ASCII digits."""
    return f"{date.year:04d}-{date.month:02d}-{date.day:02d}"


def parse_iso(text: str) -> JalaliDate:
    """The date that `iso` printed; ValueError for an impossible one."""
    year, month, day = (int(part) for part in text.split("-"))
    return JalaliDate(year, month, day)
