"""Wishes for reminders as people type them: «۳۰، ۷، ۱»، «۱۰ روز و روز موعد»، «ساعت ۹ تا ۱۷», or both in one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from knowledge.numerals import ascii_digits, number_words
from reminders.refusals import RefusedError

__all__ = ["TypedWishes", "parse_wishes"]

_HOURS: Final = re.compile(r"(?:(?:از|در)\s+)?(?:ساعت\s*)?(?<!\d)(\d{1,3})\s*(?:تا|-)\s*(\d{1,3})(?!\d)")
_THE_DAY: Final = re.compile(r"(?:خود\s+)?(?:روز\s+موعد|همان\s+روز)")
#: What may stand around numbers of days without saying more.
_AROUND: Final = re.compile(r"(?<!\w)(?:روزهای|روز|پیش|قبل|مانده|از|به|تا|موعد|و|یادآوری|کن|لطفا|لطفاً)(?!\w)")
_BETWEEN: Final = re.compile(r"[\s،,;؛/.]+")


@dataclass(frozen=True, slots=True)
class TypedWishes:
    """What was said; None for what was not. `leads` in days before the due date, longest first, 0 the day itself."""

    leads: tuple[int, ...] | None
    hours: tuple[int, int] | None


def parse_wishes(text: str) -> TypedWishes:
    """RefusedError for words that say neither days nor hours; whether the numbers will do is for `SaveWishes`."""
    rest = " ".join(ascii_digits(text).replace("\u200c", " ").replace("ي", "ی").replace("ك", "ک").split())
    hours = None
    if match := _HOURS.search(rest):
        hours = int(match[1]), int(match[2])
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    rest, on_the_day = _THE_DAY.subn(" ", rest)
    said = [number_words(word) for word in _BETWEEN.split(_AROUND.sub(" ", rest)) if word and word != "ساعت"]
    days = {day for day in said if day is not None and day >= 0} | ({0} if on_the_day else set())
    if None in said or not (days or hours) or len(days) < len(set(said)):
        raise RefusedError("remind-wishes-unreadable")
    return TypedWishes(tuple(sorted(days, reverse=True)) or None, hours)
