"""Survey periods in the Jalali calendar: one response a person, service and period."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from persiantools.jdatetime import JalaliDate

__all__ = ["PeriodKind", "month_of", "months_before", "period_end", "period_of"]


class PeriodKind(StrEnum):
    """How long one response of a person counts for a service."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


def month_of(day: dt.date) -> str:
    """The Jalali month of a Gregorian day: "1405-08". Sorts as text."""
    jalali = JalaliDate(day)
    return f"{jalali.year:04d}-{jalali.month:02d}"


def period_of(day: dt.date, kind: PeriodKind) -> str:
    """The period that holds a Gregorian day: "1405-08", "1405-Q3" or "1405"."""
    jalali = JalaliDate(day)
    if kind is PeriodKind.MONTH:
        return month_of(day)
    if kind is PeriodKind.QUARTER:
        return f"{jalali.year:04d}-Q{(jalali.month - 1) // 3 + 1}"
    return f"{jalali.year:04d}"


def period_end(day: dt.date, kind: PeriodKind) -> dt.date:
    """The last Gregorian day of the period that holds `day`."""
    jalali, months = JalaliDate(day), _MONTHS[kind]
    month = (jalali.month - 1) // months * months + months
    last = JalaliDate(jalali.year, month, JalaliDate.days_in_month(month, jalali.year)).to_gregorian()
    assert isinstance(last, dt.date)
    return last


def months_before(month: str, count: int) -> list[str]:
    """`count` Jalali months that end with `month`, the oldest first."""
    year, number = (int(part) for part in month.split("-"))
    last = year * 12 + number - 1
    return [f"{index // 12:04d}-{index % 12 + 1:02d}" for index in range(last - count + 1, last + 1)]
