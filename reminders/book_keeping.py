"""The register, the directory, the anchor dates and the working calendar, as they stand in the database.

Kept between uses and read again only when a revision was recorded or agencies, closures or switches changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, Final

from knowledge.provisions import Corpus
from reminders.anchor_events import AnchorBook
from reminders.directory import Directory, Structure
from reminders.obligations import Register
from reminders.ports import Work
from reminders.register_view import RegisterView
from reminders.working_calendar import WorkingCalendar

__all__ = ["SWITCHED_ON", "VERSION", "Books"]

#: Previous regulations that an operator wants reminders of: {"regulations": [slug, …]}.
SWITCHED_ON: Final = "switched_on"
#: Changes with everything that a view is made of: {"number": 3, "at": …}.
VERSION: Final = "books"


class Books:
    """`book` is what `DueDates` of answers and lists reads, too: always as of the last use."""

    def __init__(self, register: Register, corpus: Corpus, structure: Structure, *, weekend: Collection[int]) -> None:
        self.register, self.corpus, self.structure = register, corpus, structure
        self.book = AnchorBook()
        self._weekend = weekend
        self._version: Mapping[str, Any] | None = None
        self._view: RegisterView | None = None
        self._closures: Mapping[dt.date, str] | None = None
        self._calendar: WorkingCalendar | None = None

    async def view(self, work: Work) -> RegisterView:
        """The register as it binds agencies now."""
        version = await work.settings.get(VERSION)
        if self._view is None or version != self._version:
            revisions = await work.events.revisions()
            imported, switched_on = await work.agencies.imported(), await work.settings.get(SWITCHED_ON)
            self.book.replace(revisions)
            self._version = version
            self._view = RegisterView(
                self.register,
                self.corpus,
                Directory(self.corpus, self.structure, imported),
                AnchorBook(revisions),
                frozenset((switched_on or {}).get("regulations", ())),
            )
        return self._view

    def is_working(self, day: dt.date) -> bool:
        """Whether offices work on a day, with the closures of the last reading."""
        calendar = self._calendar or WorkingCalendar(closures={}, weekend=self._weekend)
        return calendar.is_working(day)

    async def changed(self, work: Work, at: dt.datetime) -> None:
        """Says, in the transaction that changed revisions, agencies or switches, that all must be read again."""
        last = await work.settings.get(VERSION) or {"number": 0}
        await work.settings.put(VERSION, {"number": int(last["number"]) + 1, "at": at.isoformat()})

    async def calendar(self, work: Work) -> WorkingCalendar:
        """Working days with the closures of now."""
        closures = await work.events.closures()
        if self._calendar is None or closures != self._closures:
            self._closures = closures
            self._calendar = WorkingCalendar(closures=closures, weekend=self._weekend)
        return self._calendar
