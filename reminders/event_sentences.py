"""An operator's plain sentence that reports an event: «الگوی مرجع معماری سازمانی در ۱۵ آبان ۱۴۰۵ ابلاغ شد»."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from persiantools.jdatetime import JalaliDate
from rapidfuzz import fuzz

from reminders.book_keeping import Books
from reminders.directory import plain_name
from reminders.jalali_input import find_date
from reminders.obligations import Anchor
from reminders.office_hours import OfficeHours
from reminders.people import MemberState, Role
from reminders.ports import OpenWork

__all__ = ["EventSentence", "ReadEventSentence"]

#: Words that report something done; questions about an event have none of them beside a date.
_REPORTED: Final = re.compile(
    r"(?:ابلاغ|تصویب|تأیید|تایید|ارائه|ارایه|اعلام|تغییر|برگزار)[^؟?]*(?:شد|گردید|کرد|یافت|داد)\W*$"
)
#: rapidfuzz's score (0 to 100) of an event's title from which it is what the sentence is about.
SCORE_MIN: Final = 75.0


@dataclass(frozen=True, slots=True)
class EventSentence:
    """The event that a sentence reports, and its date."""

    anchor: Anchor
    date: JalaliDate


class ReadEventSentence:
    """What an operator's message reports; None for everybody else and for any other message."""

    def __init__(
        self, open_work: OpenWork, books: Books, hours: OfficeHours, *, clock: Callable[[], dt.datetime]
    ) -> None:
        self._open, self._books, self._hours, self._clock = open_work, books, hours, clock

    async def __call__(self, person_id: int, text: str) -> EventSentence | None:
        if not _REPORTED.search(text):
            return None
        found = find_date(text, JalaliDate(self._hours.today(self._clock())))
        if found is None:
            return None
        async with self._open() as work:
            mine = await work.members.of_person(person_id)
            if not any(m.role is Role.OPERATOR and m.state is MemberState.ACTIVE for m in mine):
                return None
            view = await self._books.view(work)
        date, rest = found
        said = plain_name(rest)
        scored = [(fuzz.token_set_ratio(plain_name(a.title), said), a) for a in view.register.anchors.values()]
        score, anchor = max(scored, key=lambda pair: (pair[0], len(pair[1].title)))
        return EventSentence(anchor, date) if score >= SCORE_MIN else None
