"""Dates and absences as people write them."""

from __future__ import annotations

import pytest
from persiantools.jdatetime import JalaliDate

from reminders.absence_input import parse_absence, says_absence
from reminders.jalali_input import find_date, parse_date
from reminders.refusals import RefusedError

TODAY = JalaliDate(1405, 8, 16)


@pytest.mark.parametrize(
    "text",
    [
        "۱۵ آبان ۱۴۰۵", "15 آبان", "پانزدهم آبان ۱۴۰۵", "۱۵ آبان‌ماه ۱۴۰۵", "۱۵ ابان سال ۱۴۰۵", "1405/08/15", "۱۵-۸-۱۴۰۵",
        "۰۵/۸/۱۵", "جمعه ۱۵ آبان", "مورخ ۱۴۰۵.۸.۱۵", "در تاریخ ۱۵ آبان ۱۴۰۵", "دیروز",
    ],
)  # fmt: skip
def test_a_date_in_every_usual_form(text: str) -> None:
    assert parse_date(text, TODAY) == JalaliDate(1405, 8, 15)


@pytest.mark.parametrize("text", ["", "آبان", "۱۵", "ده روز دیگر", "۱۵ آبان یا آذر"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(RefusedError, match="remind-date-unreadable"):
        parse_date(text, TODAY)


def test_a_date_inside_a_sentence() -> None:
    assert find_date("۲۵ دی ۱۴۰۵ آلودگی هوا", TODAY) == (JalaliDate(1405, 10, 25), "آلودگی هوا")
    assert find_date("۱۰ دیگر", TODAY) is None
    with pytest.raises(RefusedError, match="remind-date-impossible"):
        find_date("در ۳۱ مهر ابلاغ شد", TODAY)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("تا ۱۰ روز دیگر نیستم", 10), ("۱۰ روز", 10), ("10", 10), ("یک هفته نیستم", 7), ("دو هفته مرخصی", 14),
        ("فردا نیستم", 1), ("تا پس‌فردا نیستم", 2), ("تا ۲۰ آبان", 4), ("یک ماه", 30),
    ],
)  # fmt: skip
def test_absences(text: str, days: int) -> None:
    assert parse_absence(text, TODAY) == days


@pytest.mark.parametrize(
    ("text", "key"), [("نمی‌دانم", "unreadable"), ("تا ۱۵ آبان", "past"), ("تا ۱۶ آبان", "past"), ("", "unreadable")]
)
def test_absences_that_are_refused(text: str, key: str) -> None:
    with pytest.raises(RefusedError, match=f"remind-away-{key}"):
        parse_absence(text, TODAY)


def test_who_says_that_they_will_not_be_there() -> None:
    assert all(
        map(says_absence, ["تا ۱۰ روز دیگر نیستم", "یک هفته مرخصی‌ام", "فردا نیستم", "تا ۲۰ آبان در دسترس نیستم"])
    )
    questions = ["مهلت ماده ۶ تا ۱۰ روز دیگر است؟", "نماینده نیستم", "۱۰ روز", "اگر تا ۱۰ روز دیگر نیستم چه کنم؟"]
    assert not any(map(says_absence, questions))
