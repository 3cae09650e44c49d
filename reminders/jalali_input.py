"""Jalali dates as people type and read them: «۱۵ آبان ۱۴۰۵»، «پانزدهم آبان»، «1405/08/15»، «۱۵-۸-۱۴۰۵»، «دیروز»."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from persiantools.jdatetime import JalaliDate

from knowledge.numerals import NUMBER_WORD, ascii_digits, number_words, persian_digits
from reminders.jalali import month_length
from reminders.refusals import RefusedError

__all__ = ["MONTHS", "find_date", "jalali_words", "parse_date"]

MONTHS: Final = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_NUMERIC: Final = re.compile(r"(?<!\d)(\d{1,4})\s*[/\-.]\s*(\d{1,2})\s*[/\-.]\s*(\d{1,4})(?!\d)")
_WORDED: Final = re.compile(
    rf"(?<!\d)(\d{{1,2}}|{NUMBER_WORD})\s*(?:ام|م)?\s*({'|'.join(MONTHS)}|امرداد|ابان)(?:\s*ماه)?(?!\w)"
    r"(?:\s+(?:سال\s+)?(\d{2,4})(?!\d))?"
)
_SPOKEN: Final = re.compile(r"(?<!\w)(امروز|دیروز|پریروز|فردا)(?!\w)")
_DAYS_FROM_NOW: Final = {"امروز": 0, "دیروز": -1, "پریروز": -2, "فردا": 1}
#: What may stand around a date without saying more.
_AROUND: Final = frozenset(
    [
        *("در", "به", "تاریخ", "مورخ", "مورخه", "روز", "یک", "دو", "سه", "چهار", "پنج"),
        *("شنبه", "یکشنبه", "دوشنبه", "چهارشنبه", "پنجشنبه", "جمعه"),
    ]
)
YEAR_MIN, YEAR_MAX = 1380, 1450
_CENTURY: Final = 1400


def jalali_words(date: JalaliDate) -> str:
    """«۱۵ اردیبهشت ۱۴۰۶»"""
    return persian_digits(f"{date.day} {MONTHS[date.month - 1]} {date.year}")


def parse_date(text: str, today: JalaliDate) -> JalaliDate:
    """The date; without a year the present one. RefusedError for anything else, impossible dates named as such."""
    found = find_date(text, today)
    if found is None or not set(found[1].split()) <= _AROUND:
        raise RefusedError("remind-date-unreadable")
    return found[0]


def find_date(text: str, today: JalaliDate) -> tuple[JalaliDate, str] | None:
    """The first date inside a text, and the words around it; None when there is none, RefusedError when impossible."""
    plain = _plain(text)
    for pattern, read in ((_NUMERIC, _numeric), (_WORDED, _worded), (_SPOKEN, _spoken)):
        if match := pattern.search(plain):
            rest = " ".join((plain[: match.start()] + " " + plain[match.end() :]).split())
            return read(match, today), rest.strip("،؛:.- ")
    return None


def _plain(text: str) -> str:
    plain = ascii_digits(text).replace("\u200c", " ").replace("ي", "ی").replace("ك", "ک")
    return " ".join(plain.split())


def _numeric(match: re.Match[str], today: JalaliDate) -> JalaliDate:
    first, month, last = (int(part) for part in match.groups())
    year, day = (last, first) if len(match[3]) > 2 else (first, last)  # «۰۵/۸/۱۵» begins with the year
    return _checked(year, month, day, match[0])


def _worded(match: re.Match[str], today: JalaliDate) -> JalaliDate:
    year = int(match[3]) if match[3] else today.year
    return _checked(year, _month(match[2]), number_words(match[1]) or 0, match[0])


def _spoken(match: re.Match[str], today: JalaliDate) -> JalaliDate:
    return JalaliDate(today.to_gregorian() + dt.timedelta(days=_DAYS_FROM_NOW[match[1]]))


def _checked(year: int, month: int, day: int, text: str) -> JalaliDate:
    if year < 100:
        year += _CENTURY
    if not YEAR_MIN <= year <= YEAR_MAX:
        raise RefusedError("remind-date-year", year=year, min=YEAR_MIN, max=YEAR_MAX)
    if not 1 <= month <= len(MONTHS) or not 1 <= day <= month_length(year, month):
        raise RefusedError("remind-date-impossible", text=persian_digits(text[:40]))
    return JalaliDate(year, month, day)


def _month(name: str) -> int:
    return {"امرداد": 5, "ابان": 8}.get(name) or MONTHS.index(name) + 1
