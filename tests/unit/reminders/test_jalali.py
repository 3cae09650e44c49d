"""Legal time, checked against a second calendar library (jdatetime) over 1390–1420."""

from __future__ import annotations

import datetime as dt

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from reminders.jalali import (
    Unit,
    add,
    add_months,
    end_of_month,
    end_of_quarter,
    end_of_year,
    iso,
    month_length,
    parse_iso,
)

YEARS = range(1390, 1421)
days = st.dates(dt.date(2011, 3, 21), dt.date(2042, 3, 20)).map(JalaliDate)


def test_every_day_agrees_with_a_second_library() -> None:
    day, end, seen = dt.date(2011, 3, 21), dt.date(2042, 3, 20), 0
    while day <= end:
        ours, theirs = JalaliDate(day), jdatetime.date.fromgregorian(date=day)
        assert (ours.year, ours.month, ours.day) == (theirs.year, theirs.month, theirs.day)
        day += dt.timedelta(days=1)
        seen += 1
    assert seen > 11_000


def test_leap_years_agree_with_a_second_library() -> None:
    for year in YEARS:
        leap = jdatetime.date(year, 1, 1).isleap()
        assert month_length(year, 12) == (30 if leap else 29), year
    assert [y for y in YEARS if month_length(y, 12) == 30] == [1391, 1395, 1399, 1403, 1408, 1412, 1416, 1420]


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        ("1404-01-31", 6, "1404-07-30"),
        ("1404-01-31", 4, "1404-05-31"),
        ("1404-01-31", 11, "1404-12-29"),
        ("1403-06-31", 6, "1403-12-30"),
        ("1405-08-15", 6, "1406-02-15"),
        ("1404-12-29", 1, "1405-01-29"),
        ("1404-03-10", -3, "1403-12-10"),
    ],
)
def test_months_clamp_to_the_length_of_the_month(start: str, months: int, due: str) -> None:
    assert iso(add_months(parse_iso(start), months)) == due


@given(days, st.integers(0, 120))
def test_adding_months_keeps_the_day_or_the_end(day: JalaliDate, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == min(
        day.day, jdatetime.j_days_in_month[later.month - 1] if later.month < 12 else end_of_year(later).day
    )


@given(days)
def test_ends_are_last_days(day: JalaliDate) -> None:
    for end, same in (
        (end_of_month(day), lambda d: (d.year, d.month)),
        (end_of_quarter(day), lambda d: (d.year, (d.month - 1) // 3)),
        (end_of_year(day), lambda d: d.year),
    ):
        assert end >= day
        assert same(end) == same(day)
        assert same(end + dt.timedelta(days=1)) != same(day)


@given(days, st.integers(1, 60))
def test_weeks_and_days_count_through(day: JalaliDate, amount: int) -> None:
    assert (add(day, amount, Unit.WEEK).to_gregorian() - day.to_gregorian()).days == 7 * amount
    assert (add(day, amount, Unit.DAY).to_gregorian() - day.to_gregorian()).days == amount
    assert add(day, amount, Unit.QUARTER) == add_months(day, 3 * amount)
    assert add(day, amount, Unit.YEAR) == add_months(day, 12 * amount)


def test_iso_round_trip_and_refusal() -> None:
    assert iso(parse_iso("1404-07-30")) == "1404-07-30"
    for wrong in ("1404-07-31", "1404-13-01", "۱۴۰۴", "1404-7"):
        with pytest.raises(ValueError):
            parse_iso(wrong)
