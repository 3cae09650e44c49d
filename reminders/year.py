"""An agency's year: every date of its obligations within twelve Jalali months, as pictures draw them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from persiantools.jdatetime import JalaliDate

from reminders.book_keeping import Books
from reminders.duty import DutyKey, DutyRecord
from reminders.jalali import add_months
from reminders.obligations import Obligation
from reminders.office_hours import OfficeHours
from reminders.ports import OpenWork
from reminders.present_state import said
from reminders.refusals import RefusedError
from reminders.register_view import RegisterView
from reminders.standing import DutyStanding, standing_of

__all__ = ["AgencyYear", "ShowYear", "YearDate", "YearRow"]

MONTHS_BACK: Final = 2
MONTHS: Final = 12
#: What is past and unsorted, or not the agency's, is no date that anybody keeps.
_SHOWN: Final = (DutyStanding.OVERDUE, DutyStanding.UPCOMING, DutyStanding.REPORTED, DutyStanding.DONE)


@dataclass(frozen=True, slots=True)
class YearDate:
    """One date; `standing` is overdue, upcoming, reported or done."""

    due: JalaliDate
    standing: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """An obligation with its dates of these months, oldest first; at least one."""

    action: str
    dates: tuple[YearDate, ...]


@dataclass(frozen=True, slots=True)
class AgencyYear:
    """From the first day of a month, `first`, to before `last`; obligations by their first date."""

    agency_name: str
    first: JalaliDate
    last: JalaliDate
    rows: tuple[YearRow, ...]


class ShowYear:
    """The year of every agency that a person acts for: two months back, ten ahead."""

    def __init__(
        self, open_work: OpenWork, books: Books, hours: OfficeHours, *, clock: Callable[[], dt.datetime]
    ) -> None:
        self._open, self._books, self._hours, self._clock = open_work, books, hours, clock

    async def __call__(self, person_id: int) -> list[AgencyYear]:
        """One an agency. RefusedError for who acts for none."""
        day = self._hours.today(self._clock())
        async with self._open() as work:
            view = await self._books.view(work)
            mine = [m.agency_id for m in await work.members.of_person(person_id) if m.acts_for_agency]
            if not mine:
                raise RefusedError("remind-not-a-member")
            records = {r.key: r for r in await work.duties.of_agencies(mine)}
            joined = await work.members.joined()
        today = JalaliDate(day)
        first = add_months(JalaliDate(today.year, today.month, 1), -MONTHS_BACK)
        years = []
        for agency_id in mine:
            agency = view.directory.get(agency_id)
            since = self._hours.today(joined[agency_id]) if agency_id in joined else day
            year = _Year(view, agency_id, records, day, since, first, add_months(first, MONTHS))
            if agency is not None:
                years.append(AgencyYear(agency.name, year.first, year.last, year.rows()))
        return years


@dataclass(frozen=True, slots=True)
class _Year:
    view: RegisterView
    agency_id: str
    records: Mapping[DutyKey, DutyRecord]
    day: dt.date
    since: dt.date
    first: JalaliDate
    last: JalaliDate

    def rows(self) -> tuple[YearRow, ...]:
        found = [YearRow(o.action, dates) for o in self.view.of_agency(self.agency_id) if (dates := self._dates(o))]
        return tuple(sorted(found, key=lambda row: row.dates[0].due))

    def _dates(self, obligation: Obligation) -> tuple[YearDate, ...]:
        begins, ends = self.first.to_gregorian(), self.last.to_gregorian() - dt.timedelta(days=1)
        dates = []
        for at in self.view.occurrences(obligation, self.view.scope(self.agency_id), begins, ends):
            record = self.records.get(DutyKey(self.agency_id, obligation.id, at.number))
            state = said(obligation, record)
            dates.append(YearDate(at.due, standing_of(at, state, self.day, self.since, False)))
        return tuple(date for date in dates if date.standing in _SHOWN)
