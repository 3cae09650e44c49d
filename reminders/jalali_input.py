"""Jalali dates as people type them: «۱۵ آبان ۱۴۰۵»، «1405/08/15»، «۱۵-۸-۱۴۰۵»."""

from __future__ import annotations

import re
from typing import Final

from persiantools.jdatetime import JalaliDate

from knowledge.numerals import ascii_digits
from reminders.jalali import month_length
from reminders.refusals import RefusedError

__all__ = ["MONTHS", "find_date", "parse_date"]

MONTHS: Final = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_NUMERIC: Final = re.compile(r"(\d{1,4})\s*[/\-.]\s*(\d{1,2})\s*[/\-.]\s*(\d{1,4})")
_WORDED: Final = re.compile(
    rf"(\d{{1,2}})\s*(?:ام|م)?\s*({'|'.join(MONTHS)}|امرداد|ابان)(?:\s*ماه)?(?:\s+(\d{{2,4}}))?"
)
YEAR_MIN, YEAR_MAX = 1380, 1450
_CENTURY: Final = 1400


def parse_date(text: str, today: JalaliDate) -> JalaliDate:
    """The date; without a year the present one. RefusedError for anything else, impossible dates named as such."""
    plain = _plain(text)
    if match := _NUMERIC.fullmatch(plain):
        a, month, b = (int(part) for part in match.groups())
        year, day = (a, b) if a > b else (b, a)
    elif match := _WORDED.fullmatch(plain):
        day, month = int(match[1]), _month(match[2])
        year = int(match[3]) if match[3] else today.year
    else:
        raise RefusedError("remind-date-unreadable")
    if year < 100:
        year += _CENTURY
    if not YEAR_MIN <= year <= YEAR_MAX:
        raise RefusedError("remind-date-year", year=str(year), min=str(YEAR_MIN), max=str(YEAR_MAX))
    if not 1 <= month <= len(MONTHS) or not 1 <= day <= month_length(year, month):
        raise RefusedError("remind-date-impossible", text=text[:40])
    return JalaliDate(year, month, day)


def find_date(text: str, today: JalaliDate) -> tuple[JalaliDate, str] | None:
    """The first date with a year inside a longer text, and the text without it; None when there is none that exists."""
    plain = _plain(text)
    match = _NUMERIC.search(plain) or next((m for m in _WORDED.finditer(plain) if m[3]), None)
    if match is None:
        return None
    try:
        date = parse_date(match[0], today)
    except RefusedError:
        return None
    return date, f"{plain[: match.start()]} {plain[match.end() :]}"


def _plain(text: str) -> str:
    return " ".join(ascii_digits(text).replace("\u200c", " ").replace("ي", "ی").replace("ك", "ک").split())


def _month(name: str) -> int:
    return {"امرداد": 5, "ابان": 8}.get(name) or MONTHS.index(name) + 1
