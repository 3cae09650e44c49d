"""Absences as people say them: «تا ۱۰ روز دیگر نیستم»، «یک هفته مرخصی‌ام»، «تا ۲۰ آبان»."""

from __future__ import annotations

import re
from typing import Final

from persiantools.jdatetime import JalaliDate

from knowledge.numerals import NUMBER_WORD, ascii_digits, number_words
from reminders.jalali_input import find_date
from reminders.refusals import RefusedError

__all__ = ["parse_absence", "says_absence"]

_DAYS: Final = {"روز": 1, "هفته": 7, "ماه": 30}
_SPAN: Final = re.compile(rf"(\d{{1,3}}|{NUMBER_WORD})?\s*({'|'.join(_DAYS)})(?![\w])")
_TOMORROW: Final = re.compile(r"(?<!\w)(پس\s*فردا|فردا)(?!\w)")
_AWAY: Final = re.compile(r"(?<!\w)(نیستم|مرخصی|مرخصیم|مأموریتم|ماموریتم|در دسترس نیستم)(?!\w)")
#: Longer sentences are questions.
_SENTENCE_MAX: Final = 60


def says_absence(text: str) -> bool:
    """Whether somebody says of themselves, in a short sentence, that they will not be there until some time."""
    plain = _plain(text)
    told = len(plain) <= _SENTENCE_MAX and "؟" not in plain and _AWAY.search(plain) is not None
    return told and bool(_SPAN.search(plain) or _TOMORROW.search(plain) or re.search(r"تا\s+\d", plain))


def parse_absence(text: str, today: JalaliDate) -> int:
    """Days from today on. RefusedError for what says no time, for impossible dates and for those gone by."""
    plain = _plain(text)
    if plain.isdigit():
        return int(plain)
    if not _TOMORROW.search(plain) and (found := find_date(plain, today)):
        days: int = (found[0].to_gregorian() - today.to_gregorian()).days
        if days <= 0:
            raise RefusedError("remind-away-past")
        return days
    if match := _SPAN.search(plain):
        amount = number_words(match[1]) if match[1] else 1
        return (amount or 1) * _DAYS[match[2]]
    if match := _TOMORROW.search(plain):
        return 2 if match[1].startswith("پس") else 1
    raise RefusedError("remind-away-unreadable")


def _plain(text: str) -> str:
    return " ".join(ascii_digits(text).replace("\u200c", " ").replace("ي", "ی").replace("ك", "ک").split())
