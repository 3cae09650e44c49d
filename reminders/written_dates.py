"""Ends of limits that a regulation writes as dates: «تا پایان آذرماه ۱۴۰۲»، «شش ماهه اول سال ۱۴۰۶»، «تا ۱۵ آبان ۱۴۰۵».

A bare month, season or year is read as its last day (design §4). Dates of laws and starting dates are none of these:
an end has «تا» or «پایان» before it, or is a part of a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from persiantools.jdatetime import JalaliDate

from knowledge.numerals import ORDINALS, ascii_digits
from reminders.jalali import month_length
from reminders.jalali_input import MONTHS

__all__ = ["WrittenDate", "written_dates"]

_GAP: Final = r"[\s\u200c]+"
_SEASONS: Final = ("بهار", "تابستان", "پاییز", "زمستان")
_PARTS: Final = {"سه": 3, "شش": 6}
_UNTIL: Final = rf"(?P<until>(?:حداکثر{_GAP})?تا{_GAP}(?:تاریخ{_GAP})?)?"
_END: Final = rf"(?P<end>(?:موعد قانونی \()?(?:پایان|انتهای|آخر){_GAP})?"
_OF_A_YEAR: Final = (
    rf"(?:(?:(?P<day>[۰-۹]{{1,2}}){_GAP})?(?P<month>{'|'.join(MONTHS)})(?:[\s\u200c]*ماه)?"
    rf"|(?P<season>{'|'.join(_SEASONS)})"
    rf"|(?P<part>سه|شش)[\s\u200c]*ماهه?{_GAP}(?P<which>اول|دوم|سوم|چهارم)"
    rf"|(?:نیمه|نیم[\s\u200c]?سال){_GAP}(?P<half>اول|دوم))"
    rf"{_GAP}(?:سال{_GAP})?(?P<its_year>[۰-۹]{{4}}|جاری)"
)
_DATE: Final = re.compile(
    rf"{_UNTIL}{_END}(?:(?P<numeric>[۰-۹]{{4}}/[۰-۹]{{1,2}}/[۰-۹]{{1,2}})|{_OF_A_YEAR}"
    rf"|سال{_GAP}(?:(?P<year>[۰-۹]{{4}}|جاری)|(?P<nth>اول|دوم|سوم|چهارم|پنجم)))(?![\w\u200c])"
)
#: After «سال اول»: it counts from the text's own promulgation, so many years.
_OWN_START: Final = re.compile(rf"{_GAP}(?:پس{_GAP}از{_GAP}|از{_GAP})?(?:تاریخ{_GAP})?(?:ابلاغ|تصویب)")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """Where it stands and the last day; `due` is None where the text does not say which year («سال جاری»، «سال دوم
    اجرای قانون»). `years` from the promulgation instead of a date: «پایان سال اول ابلاغ».
    """

    start: int
    end: int
    due: JalaliDate | None
    years: int | None = None


def written_dates(text: str) -> Iterator[WrittenDate]:
    """The ends in a text, in reading order; impossible dates are left out."""
    for match in _DATE.finditer(text):
        if not (match["until"] or match["end"] or match["part"] or match["half"]):
            continue
        years = ORDINALS[match["nth"]] if match["nth"] and _OWN_START.match(text, match.end()) else None
        try:
            due = _last_day(match)
        except ValueError:
            continue
        yield WrittenDate(match.start(), match.end(), due, years)


def _last_day(match: re.Match[str]) -> JalaliDate | None:
    if match["numeric"]:
        year, month, day = (int(part) for part in ascii_digits(match["numeric"]).split("/"))
        return JalaliDate(year, month, day)
    written = match["its_year"] or match["year"]
    if written in (None, "جاری"):
        return None
    year = int(ascii_digits(written))
    if match["day"]:
        return JalaliDate(year, MONTHS.index(match["month"]) + 1, int(ascii_digits(match["day"])))
    month = _last_month(match)
    return JalaliDate(year, month, month_length(year, month))


def _last_month(match: re.Match[str]) -> int:
    if match["month"]:
        return MONTHS.index(match["month"]) + 1
    if match["season"]:
        return (_SEASONS.index(match["season"]) + 1) * 3
    length, which = (_PARTS[match["part"]], match["which"]) if match["part"] else (6, match["half"])
    if which is None:
        return 12
    if (month := length * ORDINALS[which]) > 12:
        raise ValueError(f"no part {which} of {length} months in a year")
    return month
