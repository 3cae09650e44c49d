"""Ends written as dates, and dates that end nothing."""

from __future__ import annotations

import pytest

from reminders.jalali import iso
from reminders.written_dates import written_dates


@pytest.mark.parametrize(
    ("text", "words", "due"),
    [
        ("را تا پایان آذرماه ۱۴۰۲ در پنجره ملی", "تا پایان آذرماه ۱۴۰۲", "1402-09-30"),
        ("تا آذرماه ۱۴۰۲ کلیه استعلامات", "تا آذرماه ۱۴۰۲", "1402-09-30"),
        ("را تا شهریور ۱۴۰۳ خاتمه", "تا شهریور ۱۴۰۳", "1403-06-31"),
        ("تا پایان اسفند سال ۱۴۰۳", "تا پایان اسفند سال ۱۴۰۳", "1403-12-30"),
        ("حداکثر تا پایان سال ۱۴۰۴ اقدام", "حداکثر تا پایان سال ۱۴۰۴", "1404-12-29"),
        ("مهلت مقرر: سه ماهه اول سال ۱۳۹۳", "سه ماهه اول سال ۱۳۹۳", "1393-03-31"),
        ("در شش ماهه دوم سال ۱۴۰۶", "شش ماهه دوم سال ۱۴۰۶", "1406-12-29"),
        ("تا پایان نیمه اول سال ۱۴۰۶", "تا پایان نیمه اول سال ۱۴۰۶", "1406-06-31"),
        ("تا پایان پاییز ۱۴۰۶", "تا پایان پاییز ۱۴۰۶", "1406-09-30"),
        ("حداکثر تا ۱۵ آبان ۱۴۰۵ ارسال", "حداکثر تا ۱۵ آبان ۱۴۰۵", "1405-08-15"),
        ("تا تاریخ ۱۴۰۵/۰۸/۱۵ ارسال", "تا تاریخ ۱۴۰۵/۰۸/۱۵", "1405-08-15"),
        ("تا پایان سال جاری سنجش", "تا پایان سال جاری", None),
        ("تا پایان سال دوم اجرای قانون برنامه", "تا پایان سال دوم", None),
    ],
)
def test_an_end(text: str, words: str, due: str | None) -> None:
    (found,) = written_dates(text)
    assert text[found.start : found.end] == words
    assert (iso(found.due) if found.due else None) == due
    assert found.years is None


def test_the_first_year_of_the_promulgation_counts_from_it() -> None:
    (found,) = written_dates("تا پایان سال اول ابلاغ این تصویب‌نامه تدوین")
    assert (found.due, found.years) == (None, 1)


@pytest.mark.parametrize(
    "text",
    [
        "قانون مدیریت داده مصوب ۱۴۰۱/۰۶/۳۰ مجلس",
        "جلسه مورخ ۱۷ مهر ۱۴۰۲ شورا",
        "قانون بودجه سال ۱۴۰۲ کل کشور",
        "پس از آذرماه ۱۴۰۲ صرفاً از طریق پنجره ملی است",
        "تا ۳۱ مهر ۱۴۰۵ اقدام کند",
    ],
)
def test_no_end(text: str) -> None:
    assert list(written_dates(text)) == []
