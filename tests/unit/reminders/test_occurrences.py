"""Occurrences from any day on, and by their number, against a plain count from the start."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import cast

import pytest
from persiantools.jdatetime import JalaliDate

from reminders.due_dates import DueDates
from reminders.jalali import Unit, add, end_of_quarter
from reminders.obligations import Obligation
from reminders.occurrences import next_open, occurrence, occurrences
from tests.support.daily_law import periodic_law

STARTS = [JalaliDate(1402, 1, 31), JalaliDate(1403, 12, 30), JalaliDate(1404, 6, 31), JalaliDate(1405, 8, 1)]
PERIODS = [(1, Unit.DAY), (10, Unit.DAY), (2, Unit.WEEK), (1, Unit.MONTH), (6, Unit.MONTH), (1, Unit.QUARTER),
           (2, Unit.QUARTER), (1, Unit.YEAR), (2, Unit.YEAR)]  # fmt: skip
LAST = dt.date(2032, 1, 1)


class Counted:
    """Dates of an obligation that counts from a day."""

    def __init__(self, start: JalaliDate) -> None:
        self._start = start

    def start(self, obligation: Obligation) -> JalaliDate:
        return self._start


def plainly(start: JalaliDate, amount: int, unit: Unit) -> list[tuple[str, dt.date]]:
    """Every number and day until `LAST`, from the first on."""
    if unit is Unit.QUARTER and amount == 1:
        days = range((LAST - start.to_gregorian()).days + 1)
        ends = sorted({end_of_quarter(start + dt.timedelta(days=n)).to_gregorian() for n in days})
        seasons = [JalaliDate(day) for day in ends if day <= LAST]
        return [(f"{s.year}-q{s.month // 3}", s.to_gregorian()) for s in seasons]
    found, n = list[tuple[str, dt.date]](), 1
    while (day := add(start, amount * n, unit).to_gregorian()) <= LAST:
        found.append((str(n), day))
        n += 1
    return found


@pytest.mark.parametrize("start", STARTS, ids=str)
@pytest.mark.parametrize(("amount", "unit"), PERIODS)
def test_from_any_day_on_and_by_number(start: JalaliDate, amount: int, unit: Unit) -> None:
    (some,) = periodic_law([(amount, unit)]).register
    obligation, dates = replace(some, amount=amount, unit=unit), cast(DueDates, Counted(start))
    every = plainly(start, amount, unit)
    assert len(every) >= 2
    for first in (every[0][1] - dt.timedelta(days=400), *(day for _, day in every[:: max(1, len(every) // 12)])):
        for moved in (first, first + dt.timedelta(days=1)):
            found = occurrences(obligation, dates, moved, LAST)
            assert [(o.number, o.day) for o in found] == [one for one in every if one[1] >= moved]
            upcoming = next_open(obligation, dates, moved, frozenset())
            assert upcoming is not None
            assert [upcoming] == found[:1] or not found
            for one, following in pairwise(found):
                assert (one.next_day, following.period_days) == (following.day, (following.day - one.day).days)
    for number, day in (*every[:3], *every[-3:]):
        by_number = occurrence(obligation, dates, number)
        assert by_number is not None
        assert by_number.day == day
    whole = occurrences(obligation, dates, dt.date.min, LAST)
    assert whole[0].period_days == (whole[0].day - start.to_gregorian()).days


@pytest.mark.parametrize("number", ["once", "0", "-1", "01", "1.5", "", "9" * 30, "1405-q5", "1300-q1", "q1", "1405-q"])
@pytest.mark.parametrize(("amount", "unit"), [(1, Unit.QUARTER), (6, Unit.MONTH), (1, Unit.DAY)])
def test_numbers_that_stand_for_nothing(number: str, amount: int, unit: Unit) -> None:
    (obligation,) = periodic_law([(amount, unit)]).register
    assert occurrence(obligation, cast(DueDates, Counted(STARTS[0])), number) is None
