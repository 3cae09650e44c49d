"""Spans of Jalali days as people name them: «این ماه»، «تا پایان سال»، «۳۰ روز آینده»، «آذر ۱۴۰۵»، «فصل گذشته»."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from persiantools.jdatetime import JalaliDate

from knowledge.numerals import NUMBER_WORD, number_words

__all__ = ["MONTHS", "Window", "find_window"]

#: Plain (`knowledge.understanding.plain`), in order.
MONTHS: Final = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "ابان", "اذر", "دی", "بهمن", "اسفند",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `since` to `until`, both included."""

    since: JalaliDate
    until: JalaliDate

    def holds(self, date: JalaliDate) -> bool:
        return bool(self.since <= date <= self.until)


def find_window(text: str, today: JalaliDate) -> tuple[Window, str] | None:
    """The first span that a plain text (`knowledge.understanding.plain`) names, and the text without it.

    None where it names none, or one that no calendar has («سال ۹۹۹۹»).
    """
    for pattern, read in _FORMS:
        if found := pattern.search(text):
            try:
                window = read(found, today)
            except (ValueError, OverflowError):
                return None
            return window, f"{text[: found.start()]} {text[found.end() :]}"
    return None


# -- how they are named ----------------------------------------------------------------------------------------------

_SEASON_NAMES: Final = ("بهار", "تابستان", "پاییز", "زمستان")
#: How long each lasts: in days, or in months of the calendar.
_DAYS: Final = {"روز": 1, "هفته": 7}
_CALENDAR_MONTHS: Final = {"ماه": 1, "فصل": 3, "سال": 12}
_THIS, _NEXT, _LAST = r"(?:جاری|حاضر|فعلی)", r"(?:اینده|بعدی?|دیگه|دیگر|پیش ?رو|اتی)", r"(?:گذشته|قبلی?|پیش|اخیر)"
_AHEAD = r"(?:اینده|بعدی?|دیگه|دیگر|پیش ?رو|اتی|از (?:امروز|الان|حالا))"
_END = r"(?:تا|الی|حداکثر تا)(?: (?:پایان|پایانِ|اخر(?:ای)?|انتهای|سر))?"
_NUMBER = rf"(?:[0-9]{{1,3}}|{NUMBER_WORD})"
#: A text is named by its year, too: «مصوبات سال ۱۴۰۲»، «آیین‌نامه سال ۱۳۹۳».
_NOT_OF_A_TEXT = r"(?<!نامه )(?<!مصوبه )(?<!مصوبات )(?<!سند )(?<!راه )(?<!مصوب )"
_YEAR = r"(?:(?:سال )?(?P<year>1[34][0-9]{2}|[0-9]{4}))"


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\u0621-\u06cc0-9])(?:{pattern})(?![\u0621-\u06cc0-9])")


def _period(unit: str, day: JalaliDate) -> Window:
    """The week, month, season or year around a day. Weeks begin on Saturday."""
    match unit:
        case "هفته":
            first = _later(day, -day.weekday())
            return Window(first, _later(first, 6))
        case "ماه":
            return Window(JalaliDate(day.year, day.month, 1), _month_end(day.year, day.month))
        case "فصل":
            month = (day.month - 1) // 3 * 3 + 1
            return Window(JalaliDate(day.year, month, 1), _month_end(day.year, month + 2))
        case "سال":
            return Window(JalaliDate(day.year, 1, 1), _month_end(day.year, 12))
    return Window(day, day)


def _later(day: JalaliDate, days: int) -> JalaliDate:
    later: JalaliDate = day + dt.timedelta(days=days)
    return later


def _month_end(year: int, month: int) -> JalaliDate:
    return JalaliDate(year, month, JalaliDate.days_in_month(month, year))


def _beside(unit: str, today: JalaliDate, *, after: bool) -> Window:
    here = _period(unit, today)
    return _period(unit, _later(here.until, 1) if after else _later(here.since, -1))


def _number(text: str) -> int:
    value = int(text) if text.isdigit() else number_words(text)
    if not value or value < 0:
        raise ValueError(text)
    return value


def _spans_later(day: JalaliDate, number: int, unit: str) -> JalaliDate:
    """So many days, weeks, months, seasons or years later (earlier where negative): the same day of that month, or its
    last one (design §4).
    """
    if unit in _DAYS:
        return _later(day, number * _DAYS[unit])
    year, month = divmod(day.year * 12 + day.month - 1 + number * _CALENDAR_MONTHS[unit], 12)
    return JalaliDate(year, month + 1, min(day.day, JalaliDate.days_in_month(month + 1, year)))


def _ahead(found: re.Match[str], today: JalaliDate) -> Window:
    return Window(today, _spans_later(today, _number(found["n"]), found["unit"]))


def _behind(found: re.Match[str], today: JalaliDate) -> Window:
    return Window(_spans_later(today, -_number(found["n"]), found["unit"]), today)


def _named(found: re.Match[str], today: JalaliDate) -> Window:
    """A month, season or year by name; without a year the present one."""
    year = int(found["year"]) if found["year"] else today.year
    name = found["name"] if "name" in found.re.groupindex else None
    if name in MONTHS:
        return _period("ماه", JalaliDate(year, MONTHS.index(name) + 1, 1))
    if name in _SEASON_NAMES:
        return _period("فصل", JalaliDate(year, _SEASON_NAMES.index(name) * 3 + 1, 1))
    return _period("سال", JalaliDate(year, 1, 1))


def _until(window: Window, today: JalaliDate) -> Window:
    """From today on; of a span that is over, itself: «تا آذر ۱۴۰۲» is a limit at its end."""
    return Window(today, window.until) if window.until >= today else window


def _until_named(found: re.Match[str], today: JalaliDate) -> Window:
    return _until(_named(found, today), today)


_NAME = rf"(?:ماه )?(?P<name>{'|'.join((*MONTHS, *_SEASON_NAMES))})(?: ?ماه)?(?: {_YEAR})?"
_UNIT = "(?P<unit>روز|هفته|ماه|فصل|سال)"
_Read = Callable[[re.Match[str], JalaliDate], Window]
#: In this order: what says more before what it holds.
_FORMS: Final[tuple[tuple[re.Pattern[str], _Read], ...]] = (
    (_whole(rf"(?:(?:تا|در|ظرف|طی|برای) )?(?P<n>{_NUMBER}) ?{_UNIT} ?{_AHEAD}"), _ahead),
    (_whole(rf"(?:(?:در|طی) )?(?P<n>{_NUMBER}) ?{_UNIT} ?{_LAST}"), _behind),
    (
        _whole(rf"{_END} {_UNIT} ?{_NEXT}"),
        lambda found, today: _until(_beside(found["unit"], today, after=True), today),
    ),
    (
        _whole(rf"{_END} (?:این )?(?P<unit>هفته|ماه|فصل|سال)(?: ?{_THIS})?(?! [0-9])"),
        lambda found, today: _until(_period(found["unit"], today), today),
    ),
    (_whole(rf"{_END} (?:امسال|عید|نوروز)"), lambda found, today: _until(_period("سال", today), today)),
    (_whole(rf"{_END} {_NAME}"), _until_named),
    (_whole(rf"{_END} {_YEAR}"), _until_named),
    (_whole(rf"(?:(?:در|طی) )?{_UNIT} ?{_NEXT}"), lambda found, today: _beside(found["unit"], today, after=True)),
    (_whole(rf"(?:(?:در|طی) )?{_UNIT} ?{_LAST}"), lambda found, today: _beside(found["unit"], today, after=False)),
    (
        _whole(rf"(?:(?:در|طی|برای) )?(?:(?:این|همین) {_UNIT}|(?P<also>هفته|ماه|فصل|سال) ?{_THIS})"),
        lambda found, today: _period(found["unit"] or found["also"], today),
    ),
    (_whole(r"(?:(?:در|طی|برای) )?امسال"), lambda found, today: _period("سال", today)),
    (_whole(r"(?:در )?پارسال"), lambda found, today: _beside("سال", today, after=False)),
    (_whole(r"(?:برای )?امروز"), lambda found, today: Window(today, today)),
    (_whole(r"(?:برای )?فردا"), lambda found, today: Window(_later(today, 1), _later(today, 1))),
    (_whole(r"دیروز"), lambda found, today: Window(_later(today, -1), _later(today, -1))),
    (_whole(rf"(?:(?:در|طی|برای) )?{_NAME}"), _named),
    (_whole(rf"{_NOT_OF_A_TEXT}(?:(?:در|طی|برای) )?سال (?P<year>1[34][0-9]{{2}})"), _named),
)
