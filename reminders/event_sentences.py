"""An operator's plain sentence that reports an event: «الگوی مرجع معماری سازمانی در ۱۵ آبان ۱۴۰۵ ابلاغ شد»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from persiantools.jdatetime import JalaliDate
from rapidfuzz import fuzz

from reminders.book_keeping import Books
from reminders.directory import plain_name
from reminders.jalali_input import MONTHS, find_date
from reminders.obligations import Anchor
from reminders.people import is_operator
from reminders.ports import OpenWork
from reminders.refusals import RefusedError

__all__ = ["EventSentence", "ReadEventSentence"]

#: Words that report something done, at the end; questions about an event have none of them beside a number.
_REPORTED: Final = re.compile(
    r"(?:ابلاغ|تصویب|تأیید|تایید|ارائه|ارایه|اعلام|تغییر|برگزار)[^؟?]*(?:شد|گردید|کرد|یافت|داد)\W*$"
)
_NUMBER: Final = re.compile(r"[0-9۰-۹٠-٩]|دیروز|امروز|پریروز")
#: rapidfuzz's score (0 to 100) of an event's title from which it is what the sentence is about; those within `_NEAR`
#: of the best may be meant as well.
SCORE_MIN: Final = 75.0
_NEAR: Final = 8.0
_MOST: Final = 4
#: Words that say nothing of which event it is.
_IDLE: Final = frozenset(
    [
        *("در", "از", "به", "را", "که", "تاریخ", "روز", "مورخ", "شد", "گردید", "کرد", "یافت", "داد", "سند"),
        *(plain_name(month) for month in (*MONTHS, "امرداد")),
    ]
)


@dataclass(frozen=True, slots=True)
class EventSentence:
    """The events that a sentence may report, the likeliest first."""

    anchors: tuple[Anchor, ...]
    words: str

    def date(self, today: JalaliDate) -> JalaliDate:
        """The date said. RefusedError for one that cannot be read or does not exist."""
        found = find_date(self.words, today)
        if found is None:
            raise RefusedError("remind-date-unreadable")
        return found[0]


class ReadEventSentence:
    """What an operator's message reports; None for everybody else and for any other message."""

    def __init__(self, open_work: OpenWork, books: Books) -> None:
        self._open, self._books = open_work, books

    async def __call__(self, person_id: int, text: str) -> EventSentence | None:
        if not _REPORTED.search(text) or not _NUMBER.search(text):
            return None
        async with self._open() as work:
            if not is_operator(await work.members.of_person(person_id)):
                return None
            view = await self._books.view(work)
        anchors = _meant(text, view.register.anchors.values())
        return EventSentence(anchors, text) if anchors else None


def _meant(text: str, anchors: Iterable[Anchor]) -> tuple[Anchor, ...]:
    scored = sorted(((_score(text, anchor), anchor) for anchor in anchors), key=lambda one: -one[0])
    best = scored[0][0] if scored else 0.0
    return tuple(anchor for score, anchor in scored[:_MOST] if score >= max(SCORE_MIN, best - _NEAR))


def _score(text: str, anchor: Anchor) -> float:
    said, title = _telling(text), _telling(anchor.title)
    return float(fuzz.token_sort_ratio(said, title) + fuzz.token_set_ratio(said, title)) / 2


def _telling(text: str) -> str:
    return " ".join(w for w in plain_name(re.sub(r"[0-9۰-۹٠-٩]+", " ", text)).split() if w not in _IDLE)
