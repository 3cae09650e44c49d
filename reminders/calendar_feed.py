"""An agency's due dates as an iCalendar file (RFC 5545), and the secret addresses under which calendars fetch it.

The UID of an occurrence never changes; SEQUENCE and LAST-MODIFIED move when a recorded event moves its date; an
occurrence that lost its date is sent once more as CANCELLED under its last one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone
from persiantools.jdatetime import JalaliDate

from knowledge.labels import label
from knowledge.limits import LimitKind
from reminders.anchor_events import AnchorBook, EventRevision
from reminders.book_keeping import Books
from reminders.due_dates import DueDates
from reminders.duty import DutyKey, DutyRecord, DutyState
from reminders.jalali_input import jalali_words
from reminders.joining import digest_of
from reminders.obligations import Obligation
from reminders.occurrences import Occurrence, occurrence, occurrences
from reminders.office_hours import OfficeHours
from reminders.people import OPERATORS, MemberState
from reminders.ports import OpenWork
from reminders.present_state import require_dated
from reminders.refusals import RefusedError
from reminders.register_view import RegisterView

__all__ = ["CalendarWords", "MakeCalendar", "OpenFeed"]

#: How far back and ahead a calendar reaches.
PAST_DAYS, AHEAD_DAYS = 90, 400
_PRODUCT: Final = "-//Rahyar//Obligations//FA"
_DOMAIN: Final = "rahyar.obligations"


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """Persian of the calendar: its name, and what stands before date, reading and quote."""

    name: str
    due: str
    quote: str
    reading: str


class OpenFeed:
    """Secret, revocable addresses; one a person, a new one makes the old one void."""

    def __init__(self, open_work: OpenWork, *, clock: Callable[[], dt.datetime], new_token: Callable[[], str]) -> None:
        self._open, self._clock, self._new_token = open_work, clock, new_token

    async def __call__(self, person_id: int) -> str:
        """The token of the new address."""
        token = self._new_token()
        async with self._open() as work:
            await work.settings.revoke_feeds(person_id)
            await work.settings.add_feed(digest_of(token), person_id, self._clock())
        return token

    async def revoke(self, person_id: int) -> bool:
        """Whether there was one."""
        async with self._open() as work:
            return await work.settings.revoke_feeds(person_id) > 0

    async def owner(self, token: str) -> int | None:
        """The person whose address this is; None for a forged or revoked one."""
        async with self._open() as work:
            return await work.settings.feed_owner(digest_of(token))


class MakeCalendar:
    """The due dates of all agencies that a person acts for, or of one duty alone."""

    def __init__(
        self,
        open_work: OpenWork,
        books: Books,
        hours: OfficeHours,
        words: CalendarWords,
        *,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._open, self._books, self._hours = open_work, books, hours
        self._words, self._clock = words, clock

    async def __call__(self, person_id: int, only: DutyKey | None = None) -> bytes:
        """An iCalendar file in UTF-8. RefusedError for who acts for no agency, and for a duty of another's.

        DutyChangedError for a duty alone that waits for an event.
        """
        now = self._clock()
        async with self._open() as work:
            view = await self._books.view(work)
            mine = [
                m.agency_id
                for m in await work.members.of_person(person_id)
                if m.state is MemberState.ACTIVE and m.agency_id != OPERATORS
            ]
            records = {r.key: r for r in await work.duties.of_agencies(mine)} if mine else {}
        if not mine or (only is not None and only.agency_id not in mine):
            raise RefusedError("remind-not-a-member")
        if only is not None:
            require_dated(only, view)
        agencies = mine if only is None else [only.agency_id]
        events = [e for a in agencies for e in self._events(view, a, records, now) if only is None or e.key == only]
        return self._file(events, now)

    def _events(
        self, view: RegisterView, agency_id: str, records: dict[DutyKey, DutyRecord], now: dt.datetime
    ) -> Iterator[_Entry]:
        day = self._hours.today(now)
        first, last = day - dt.timedelta(days=PAST_DAYS), day + dt.timedelta(days=AHEAD_DAYS)
        agency = view.directory.get(agency_id)
        name = agency.name if agency else agency_id
        for obligation in view.of_agency(agency_id):
            revisions = view.book.revisions_of(obligation.anchors, view.scope(agency_id))
            here = {at.number: at for at in view.occurrences(obligation, view.scope(agency_id), first, last)}
            gone = _cancelled(view, obligation, agency_id, revisions, first, last)
            for number, at in (gone | here).items():
                key = DutyKey(agency_id, obligation.id, number)
                record = records.get(key)
                if record is not None and record.state is DutyState.NOT_OURS:
                    continue
                done = record is not None and record.state is DutyState.DONE
                yield _Entry(
                    key, at, name, label(obligation.quote_address, view.corpus), revisions, number not in here, done
                )

    def _file(self, entries: Sequence[_Entry], now: dt.datetime) -> bytes:
        calendar = Calendar()
        calendar.add("prodid", _PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", self._words.name)
        calendar.add("x-wr-timezone", self._hours.timezone.key)
        calendar.add_component(_zone(self._hours.timezone))
        for entry in entries:
            calendar.add_component(self._event(entry, now))
        return bytes(calendar.to_ical())

    def _event(self, entry: _Entry, now: dt.datetime) -> Event:
        at, words = entry.at, self._words
        changed = max((r.recorded_at for r in entry.revisions), default=_LONG_AGO)
        event = Event()
        event.add("uid", f"{entry.key.code}@{_DOMAIN}")
        event.add("dtstamp", now)
        event.add("sequence", len(entry.revisions))
        event.add("last-modified", changed)
        event.add("dtstart", at.day)
        event.add("dtend", at.day + dt.timedelta(days=1))
        event.add("summary", at.obligation.action)
        lines = [
            f"{entry.agency_name}",
            f"{words.due} {jalali_words(at.due)}",
            f"{words.quote} {entry.source}: «{at.obligation.quote}»",
        ]
        if at.obligation.reading:
            lines.append(f"{words.reading} {at.obligation.reading}")
        event.add("description", "\n".join(lines))
        event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        event.add("categories", [entry.agency_name])
        if not entry.cancelled and not entry.done:
            event.add_component(_alarm(at.obligation.action))
        return event


@dataclass(frozen=True, slots=True)
class _Entry:
    key: DutyKey
    at: Occurrence
    agency_name: str
    source: str
    revisions: Sequence[EventRevision]
    cancelled: bool
    done: bool


#: LAST-MODIFIED of dates that the texts themselves give: the same at every fetch.
_LONG_AGO: Final = dt.datetime(2025, 5, 16, tzinfo=dt.UTC)
_ALARM_DAYS: Final = 7


def _alarm(text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", dt.timedelta(days=-_ALARM_DAYS))
    return alarm


def _zone(timezone: ZoneInfo) -> Timezone:
    return Timezone.from_tzinfo(timezone, first_date=dt.date(2022, 1, 1), last_date=dt.date(2038, 1, 1))


def _cancelled(
    view: RegisterView,
    obligation: Obligation,
    agency_id: str,
    revisions: Sequence[EventRevision],
    first: dt.date,
    last: dt.date,
) -> dict[str, Occurrence]:
    """Occurrences that had a date under an earlier revision and have none now, under the last one they had."""
    found: dict[str, Occurrence] = {}
    book = AnchorBook(r for rows in _histories(view, obligation, agency_id) for r in rows)
    for revision in revisions:
        former = book.as_of(revision.recorded_at, view.scope(agency_id))
        dates = DueDates(view.register, view.corpus, _giving(dict(former)))
        for number in _numbers(obligation, dates, first, last):
            now = view.occurrence(obligation.id, agency_id, number)
            at = occurrence(obligation, dates, number)
            if now is None and at is not None and first <= at.day <= last:
                found[number] = at
    return found


def _giving(dates: dict[str, JalaliDate | None]) -> Callable[[], dict[str, JalaliDate | None]]:
    return lambda: dates


def _histories(view: RegisterView, obligation: Obligation, agency_id: str) -> Iterator[Sequence[EventRevision]]:
    for anchor in obligation.anchors:
        for scope in {"", view.scope(agency_id)}:
            yield view.book.history(anchor, scope)


def _numbers(obligation: Obligation, dates: DueDates, first: dt.date, last: dt.date) -> list[str]:
    if obligation.kind is LimitKind.CONTINUOUS:
        return []
    return [at.number for at in occurrences(obligation, dates, first, last)]
