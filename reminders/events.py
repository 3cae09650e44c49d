"""Anchor events: an operator records, corrects or withdraws a date; what hangs on it follows, and people are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from persiantools.jdatetime import JalaliDate

from knowledge.limits import LimitKind
from reminders.anchor_events import EVERYBODY, EventRevision
from reminders.book_keeping import Books
from reminders.due_dates import DueDates
from reminders.duty import DutyKey, DutyRecord
from reminders.jalali import iso
from reminders.jalali_input import jalali_words
from reminders.ledger import MessageKind, NewMessage
from reminders.obligations import Anchor, Obligation
from reminders.occurrences import ONCE, next_open, occurrences
from reminders.office_hours import OfficeHours
from reminders.people import Recipient, ReminderWishes, recipients, require_operator
from reminders.ports import OpenWork, Work
from reminders.refusals import RefusedError
from reminders.register_view import RegisterView

__all__ = [
    "EventChangedError",
    "EventPreview",
    "EventRecorded",
    "EventSeen",
    "HangingDuty",
    "ListEvents",
    "PreviewEvent",
    "RecordEvent",
]

#: Dates of a periodic obligation that reminders may already speak of.
_NEAR_DAYS: Final = 800


@dataclass(frozen=True, slots=True)
class HangingDuty:
    """An obligation that hangs on an event: its date before and after; None while it waits."""

    obligation_id: str
    action: str
    was: JalaliDate | None
    due: JalaliDate | None


@dataclass(frozen=True, slots=True)
class EventSeen:
    """An anchor event with its date in force and every revision, oldest first."""

    anchor: Anchor
    date: JalaliDate | None
    hanging: tuple[HangingDuty, ...]
    history: tuple[EventRevision, ...]


class EventChangedError(RefusedError):
    """Somebody else changed the event's date since it was looked at; `date` is the one on record now."""

    def __init__(self, date: JalaliDate | None) -> None:
        if date is None:
            super().__init__("remind-event-raced-withdrawn")
        else:
            super().__init__("remind-event-raced", date=jalali_words(date))
        self.date: Final = date


@dataclass(frozen=True, slots=True)
class EventPreview:
    """What recording a date would do: duties that get another date, and how many people would be told.

    `former` is the date on record that it would replace: who records says that this is what they saw.
    """

    anchor: Anchor
    former: JalaliDate | None
    date: JalaliDate | None
    duties: tuple[HangingDuty, ...]
    people: int


@dataclass(frozen=True, slots=True)
class EventRecorded:
    """What a recording changed. `told` counts messages made, `withdrawn` reminders of the former date taken back."""

    anchor: Anchor
    change: str
    date: JalaliDate | None
    duties: tuple[HangingDuty, ...]
    told: int
    withdrawn: int


class ListEvents:
    """All anchor events, for operators."""

    def __init__(self, open_work: OpenWork, books: Books) -> None:
        self._open, self._books = open_work, books

    async def __call__(self, operator_id: int) -> list[EventSeen]:
        """In the order of the register; RefusedError for others than operators."""
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            view = await self._books.view(work)
        dates = view.dates(EVERYBODY)
        return [
            EventSeen(
                anchor,
                dates.anchor_date(anchor.id),
                tuple(HangingDuty(o.id, o.action, None, _shown_date(dates, o)) for o in view.hanging_on([anchor.id])),
                tuple(view.book.history(anchor.id)),
            )
            for anchor in view.register.anchors.values()
        ]


class PreviewEvent:
    """What recording a date would move, before anything is changed."""

    def __init__(
        self, open_work: OpenWork, books: Books, hours: OfficeHours, *, clock: Callable[[], dt.datetime]
    ) -> None:
        self._open, self._books, self._hours, self._clock = open_work, books, hours, clock

    async def __call__(self, operator_id: int, anchor_id: str, date: JalaliDate | None) -> EventPreview:
        """RefusedError as for `RecordEvent`."""
        now = self._clock()
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            view = await self._books.view(work)
            anchor = _known(view, anchor_id, EVERYBODY)
            former = view.dates(EVERYBODY).anchor_date(anchor_id)
            if former == date:
                raise RefusedError("remind-event-unchanged")
            number = len(view.book.history(anchor_id)) + 1
            supposed = EventRevision(anchor_id, EVERYBODY, number, date, "", now, operator_id)
            after = view.under(view.book.with_date(supposed))
            hanging = view.hanging_on([anchor_id])
            moved = _moved(view.dates(EVERYBODY), after.dates(EVERYBODY), hanging)
            agencies = {agency for o in hanging for agency in after.bound(o)}
            concerned = await _concerned(work, after, moved, agencies, self._hours.today(now))
        return EventPreview(anchor, former, date, tuple(moved.values()), len(concerned))


class RecordEvent:
    """Records a date (again: corrects it); `date` None withdraws it, also one that the texts themselves give."""

    def __init__(
        self, open_work: OpenWork, books: Books, hours: OfficeHours, *, clock: Callable[[], dt.datetime]
    ) -> None:
        self._open, self._books, self._hours, self._clock = open_work, books, hours, clock

    async def __call__(
        self,
        operator_id: int,
        anchor_id: str,
        date: JalaliDate | None,
        *,
        seen: JalaliDate | None,
        note: str = "",
        agency_id: str = EVERYBODY,
    ) -> EventRecorded:
        """All in one transaction: the date, the notices, the withdrawal of what the former date had planned.

        `seen` is the date that the operator saw on record: nobody overwrites a colleague's word unread.
        RefusedError for others than operators, an unknown event or agency, and a date that is on record already;
        EventChangedError where another date than `seen` is.
        """
        now = self._clock()
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            before = await self._books.view(work)
            anchor = _known(before, anchor_id, agency_id)
            history = before.book.history(anchor_id, agency_id)
            former = before.dates(agency_id).anchor_date(anchor_id)
            if former == date:
                raise RefusedError("remind-event-unchanged")
            if former != seen:
                raise EventChangedError(former)
            revision = EventRevision(anchor_id, agency_id, len(history) + 1, date, note, now, operator_id)
            if not await work.events.add(revision):
                raise EventChangedError(await _date_on_record(work, anchor_id, agency_id))
            await self._books.changed(work, now)
            after = await self._books.view(work)
            change = "withdrawn" if date is None else "recorded" if former is None else "corrected"
            return await self._follow(work, before, after, revision, anchor, change)

    async def _follow(
        self,
        work: Work,
        before: RegisterView,
        after: RegisterView,
        revision: EventRevision,
        anchor: Anchor,
        change: str,
    ) -> EventRecorded:
        day = self._hours.today(revision.recorded_at)
        hanging = after.hanging_on([anchor.id])
        scope = revision.agency_id
        moved = _moved(before.dates(scope), after.dates(scope), hanging)
        if scope == EVERYBODY:
            agencies = {a for o in hanging for a in after.bound(o)}
            others = sorted(after.book.with_own_dates & agencies)
        else:
            agencies, others = {scope}, []
        ids = [o.id for o in hanging]
        keep = {o.id: [d for s in (scope, *others) for d in _dues(after.dates(s), o, day)] for o in hanging}
        withdrawn = await work.ledger.withdraw(None if scope == EVERYBODY else scope, ids, keep)
        for other in others:
            own = {o.id: _dues(after.dates(other), o, day) for o in hanging}
            withdrawn += await work.ledger.withdraw(other, ids, own)
        told = await self._tell(work, after, revision, anchor, change, moved, agencies)
        return EventRecorded(anchor, change, revision.date, tuple(moved.values()), told, withdrawn)

    async def _tell(
        self,
        work: Work,
        view: RegisterView,
        revision: EventRevision,
        anchor: Anchor,
        change: str,
        moved: Mapping[str, HangingDuty],
        agencies: Iterable[str],
    ) -> int:
        now = revision.recorded_at
        calendar = await self._books.calendar(work)
        concerned = await _concerned(work, view, moved, agencies, self._hours.today(now))
        payload = {"event": anchor.title, "change": change, "date": iso(revision.date) if revision.date else None}
        name = f"event:{revision.anchor_id}:{revision.agency_id}:{revision.revision}"
        messages = [
            NewMessage(
                f"{name}:{person}",
                person,
                MessageKind.EVENT,
                {**payload, "duties": rows},
                self._hours.next_moment(now, wishes, calendar),
            )
            for person, (wishes, rows) in concerned.items()
        ]
        return await work.ledger.add(messages, now)


async def _concerned(
    work: Work, view: RegisterView, moved: Mapping[str, HangingDuty], agencies: Iterable[str], day: dt.date
) -> dict[int, tuple[ReminderWishes, list[dict[str, str | None]]]]:
    """Who is told of the duties that moved, with their wishes: by person, a row for each duty of theirs."""
    records = {r.key: r for r in await work.duties.of_obligations(list(moved))} if moved else {}
    members: dict[str, list[Recipient]] = {}
    for member in await work.members.all_active():
        members.setdefault(member.membership.agency_id, []).append(member)
    concerned: dict[int, tuple[ReminderWishes, list[dict[str, str | None]]]] = {}
    for agency_id in sorted(set(agencies) & members.keys()):
        for duty in moved.values():
            if agency_id not in view.bound(view.register.by_id[duty.obligation_id]):
                continue
            number = _number(view, duty.obligation_id, agency_id, day)
            row = {
                "agency": agency_id,
                "obligation": duty.obligation_id,
                "occurrence": number,
                "was": iso(duty.was) if duty.was else None,
            }
            record: DutyRecord | None = records.get(DutyKey(agency_id, duty.obligation_id, number))
            for member in recipients(members[agency_id], day, record.assignee if record else None):
                _, rows = concerned.setdefault(member.membership.person_id, (member.wishes, []))
                rows.append(row)
    return concerned


async def _date_on_record(work: Work, anchor_id: str, agency_id: str) -> JalaliDate | None:
    """As of this moment: another process recorded it after our books were read."""
    revisions = [r for r in await work.events.revisions() if (r.anchor_id, r.agency_id) == (anchor_id, agency_id)]
    return max(revisions, key=lambda r: r.revision).date


def _known(view: RegisterView, anchor_id: str, agency_id: str) -> Anchor:
    if anchor_id not in view.register.anchors:
        raise RefusedError("remind-event-unknown")
    if agency_id != EVERYBODY and view.directory.get(agency_id) is None:
        raise RefusedError("remind-agency-unknown")
    return view.register.anchors[anchor_id]


def _moved(before: DueDates, after: DueDates, hanging: Iterable[Obligation]) -> dict[str, HangingDuty]:
    """Obligations whose date is another now."""
    found = {}
    for obligation in hanging:
        was, due = _shown_date(before, obligation), _shown_date(after, obligation)
        if was != due:
            found[obligation.id] = HangingDuty(obligation.id, obligation.action, was, due)
    return found


def _shown_date(dates: DueDates, obligation: Obligation) -> JalaliDate | None:
    """The fixed date; of a periodic obligation the first."""
    if obligation.kind is not LimitKind.PERIODIC:
        return dates.due(obligation)
    first = next_open(obligation, dates, dt.date.min, frozenset())
    return first.due if first else None


def _dues(dates: DueDates, obligation: Obligation, day: dt.date) -> list[str]:
    near = dt.timedelta(days=_NEAR_DAYS)
    if obligation.kind is LimitKind.PERIODIC:
        return [o.due_iso for o in occurrences(obligation, dates, day - near, day + near)]
    due = dates.due(obligation)
    return [] if due is None else [iso(due)]


def _number(view: RegisterView, obligation_id: str, agency_id: str, day: dt.date) -> str:
    found = next_open(view.register.by_id[obligation_id], view.dates(agency_id), day, frozenset())
    return found.number if found else ONCE
