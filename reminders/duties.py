"""What an agency's people do about its obligations: see, mark, report with evidence, put off, hand over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from knowledge.limits import LimitKind
from knowledge.message_length import message_length
from reminders.book_keeping import Books
from reminders.composing import DutyLine, duty_line
from reminders.duty import DutyKey, DutyRecord, DutyState, Evidence, EvidenceKind, Report, ReportState
from reminders.joining import past_duties, tell_operators
from reminders.ledger import MessageKind, MessageState, NewMessage, Reminder
from reminders.obligations import Obligation
from reminders.occurrences import ONCE, Occurrence, next_open
from reminders.office_hours import OfficeHours
from reminders.people import Membership, Recipient, Role, recipients, require_member, require_operator
from reminders.ports import EvidenceFiles, OpenWork, Work
from reminders.present_state import DutyChangedError, require_dated, require_open, said
from reminders.refusals import FinalRefusedError, RefusedError
from reminders.register_view import RegisterView
from reminders.standing import DutyStanding, standing_of
from reminders.written_words import has_words, written_reason

__all__ = [
    "EVIDENCE_BYTES_MAX",
    "Attachment",
    "DecideReport",
    "DutyDetails",
    "DutyList",
    "DutyRow",
    "DutyStanding",
    "FindDuty",
    "HandOver",
    "ListDuties",
    "MarkDuty",
    "ReportDone",
    "ShowDuty",
    "Snooze",
    "check_size",
]

#: The Bot API's download limit (getFile): 20 MB.
EVIDENCE_BYTES_MAX: Final = 20 * 1024 * 1024
#: UTF-16 units. With the duty it must fit into one message to the operators, unabridged.
NOTE_MAX: Final = 2000
SNOOZE_DAYS_MAX: Final = 60
FILES_MAX: Final = 10


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty with where it stands (a constant of `DutyStanding`); `confirmed`: when its last confirmed report came."""

    line: DutyLine
    standing: str
    kind: LimitKind
    reading: str
    assignee: int | None
    confirmed: dt.date | None


@dataclass(frozen=True, slots=True)
class DutyList:
    """An agency's duties, those most in need of attention first; `names` of those to whom some were handed over."""

    agency_id: str
    agency_name: str
    rows: tuple[DutyRow, ...]
    names: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DutyDetails:
    """One duty with its history: reports, reminders with their message's state and time of delivery, and of what an
    introduction meets the memberships of those who were introduced.

    `changes`: what was said of it by a button, oldest first. `reopens`: its people may call it open again. `names`: of
    those who reported or were reminded and are still there, by person.
    """

    row: DutyRow
    obligation: Obligation
    reports: tuple[Report, ...]
    reminders: tuple[tuple[Reminder, MessageState | None, dt.datetime | None], ...]
    changes: tuple[tuple[DutyState, dt.datetime], ...]
    introductions: tuple[Membership, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def reopens(self) -> bool:
        return self.row.standing in _SAID_BY_PEOPLE and (self.obligation.lasts or not _confirmed(self.reports))


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or file as it was downloaded."""

    kind: EvidenceKind
    file_name: str
    media_type: str
    content: bytes


class _Desk:
    """What the use cases here share."""

    def __init__(
        self, open_work: OpenWork, books: Books, hours: OfficeHours, *, clock: Callable[[], dt.datetime]
    ) -> None:
        self._open, self._books, self._hours, self._clock = open_work, books, hours, clock

    async def _mine(self, work: Work, person_id: int, key: DutyKey) -> RegisterView:
        """The view, after the person's rights and the duty's existence were checked; RefusedError otherwise."""
        require_member(await work.members.of_person(person_id), key.agency_id)
        view = await self._books.view(work)
        obligation = view.register.by_id.get(key.obligation_id)
        if obligation is None or key.agency_id not in view.bound(obligation):
            raise FinalRefusedError("remind-duty-unknown")
        if key.occurrence != ONCE and view.occurrence(key.obligation_id, key.agency_id, key.occurrence) is None:
            raise FinalRefusedError("remind-duty-unknown")
        return view

    async def _open_one(
        self, work: Work, person_id: int, key: DutyKey, *, hold: bool = False
    ) -> tuple[RegisterView, DutyRecord | None]:
        """The view and what was said of a duty about which something can still be done; else DutyChangedError.

        `hold`: nobody else says anything of it meanwhile.
        """
        view = await self._mine(work, person_id, key)
        record = await (work.duties.held(key, self._clock()) if hold else work.duties.get(key))
        require_open(key, record, view)
        return view, record

    def _joined_on(self, joined: Mapping[str, dt.datetime], agency_id: str, day: dt.date) -> dt.date:
        """The day on which the agency got its first member; today's while it has none."""
        return self._hours.today(joined[agency_id]) if agency_id in joined else day


class ListDuties(_Desk):
    """/obligations: of every agency that the person acts for."""

    async def __call__(self, person_id: int, *, regulation: str | None = None) -> list[DutyList]:
        """One list an agency; of one regulation only, if given. Empty for who acts for none."""
        now = self._clock()
        async with self._open() as work:
            view = await self._books.view(work)
            mine = [m for m in await work.members.of_person(person_id) if m.acts_for_agency]
            records = await work.duties.of_agencies([m.agency_id for m in mine]) if mine else []
            reported = await work.duties.confirmed([m.agency_id for m in mine]) if mine else {}
            joined = await work.members.joined()
            names = await work.members.names({r.assignee for r in records if r.assignee is not None})
        confirmed = {key: self._hours.today(at) for key, at in reported.items()}
        by_key = {r.key: r for r in records}
        day = self._hours.today(now)
        lists = []
        for membership in mine:
            agency = view.directory.get(membership.agency_id)
            if agency is None:
                continue
            since = self._joined_on(joined, agency.id, day)
            rows = [
                row
                for o in view.of_agency(agency.id)
                if regulation is None or o.address.regulation == regulation
                for row in _rows(view, o, agency.id, by_key, confirmed, day, since)
            ]
            lists.append(DutyList(agency.id, agency.name, tuple(sorted(rows, key=_urgency)), names))
        return lists


class FindDuty(_Desk):
    """The duty that a button's code stands for, among those of the person's own agencies."""

    async def __call__(self, person_id: int, code: str) -> DutyKey:
        """RefusedError for a forged code, another agency's duty, and one that does not exist any more."""
        now = self._clock()
        async with self._open() as work:
            view = await self._books.view(work)
            mine = [m.agency_id for m in await work.members.of_person(person_id) if m.acts_for_agency]
        near = dt.timedelta(days=_NEAR_DAYS)
        day = self._hours.today(now)
        for agency_id in mine:
            for o in view.of_agency(agency_id):
                near_ones = view.occurrences(o, view.scope(agency_id), day - near, day + near)
                for number in {at.number for at in near_ones if o.kind is LimitKind.PERIODIC} or {ONCE}:
                    key = DutyKey(agency_id, o.id, number)
                    if key.code == code:
                        return key
        raise FinalRefusedError("remind-duty-unknown")


class ShowDuty(_Desk):
    """One duty with everything that is known of it."""

    async def __call__(self, person_id: int, key: DutyKey) -> DutyDetails:
        now = self._clock()
        async with self._open() as work:
            view = await self._mine(work, person_id, key)
            record = await work.duties.get(key)
            reports = await work.duties.reports(key=key)
            history = await work.ledger.history(key)
            changes = await work.duties.changes(key)
            joined = await work.members.joined()
            meets = key.obligation_id in view.directory.closed_by_introduction
            introduced = await work.members.introductions(key.agency_id) if meets else []
            people = {r.person_id for r in reports if r.person_id is not None} | {one.person_id for one, *_ in history}
            names = await work.members.names(people)
        obligation = view.register.by_id[key.obligation_id]
        day = self._hours.today(now)
        since = self._joined_on(joined, key.agency_id, day)
        at = view.occurrence(key.obligation_id, key.agency_id, key.occurrence)
        last = max((r.reported_at for r in reports if r.state is ReportState.CONFIRMED), default=None)
        row = _row(view, obligation, key, at, record, self._hours.today(last) if last else None, day, since)
        return DutyDetails(row, obligation, tuple(reports), tuple(history), tuple(changes), tuple(introduced), names)


class MarkDuty(_Desk):
    """The representative's word on a duty: done before, not ours, or still open (then reminded of weekly)."""

    async def __call__(self, person_id: int, key: DutyKey, state: DutyState) -> None:
        """DONE is for what was past before the agency joined; everything else is reported. RefusedError otherwise.

        What was said by a button can be taken back by OPEN; a report is for the operators to return. DutyChangedError
        while one is being decided, and once it was confirmed (unless the duty lasts).
        """
        async with self._open() as work:
            view = await self._mine(work, person_id, key)
            record = await work.duties.held(key, self._clock())
            if state is not DutyState.OPEN or record.state is DutyState.REPORTED:
                require_open(key, record, view)
            elif not view.register.by_id[key.obligation_id].lasts and _confirmed(await work.duties.reports(key=key)):
                raise DutyChangedError(key, "remind-duty-confirmed")
            if state is DutyState.DONE and key not in await self._past(work, view, key.agency_id):
                raise RefusedError("remind-report-instead")
            await self._say(work, person_id, [key], state)

    async def the_rest(self, person_id: int, agency_id: str, state: DutyState) -> int:
        """The same word on everything past that nobody has said anything of; how many."""
        async with self._open() as work:
            require_member(await work.members.of_person(person_id), agency_id)
            view = await self._books.view(work)
            past = await self._past(work, view, agency_id)
            silent = [key for key in past if (await work.duties.held(key, self._clock())).state is None]
            await self._say(work, person_id, silent, state)
        return len(silent)

    async def _past(self, work: Work, view: RegisterView, agency_id: str) -> list[DutyKey]:
        """What was past before the agency joined."""
        day = self._hours.today(self._clock())
        return past_duties(view, agency_id, self._joined_on(await work.members.joined(), agency_id, day))

    async def _say(self, work: Work, person_id: int, keys: Iterable[DutyKey], state: DutyState) -> None:
        now = self._clock()
        if state not in (DutyState.DONE, DutyState.NOT_OURS, DutyState.OPEN):
            raise FinalRefusedError("remind-duty-unknown")
        opened = self._hours.today(now) if state is DutyState.OPEN else None
        for key in keys:
            await work.duties.mark(key, state, by=person_id, at=now, open_since=opened)


class ReportDone(_Desk):
    """/done: a report with text, photos or files. Reminders stop; every operator is asked to confirm."""

    def __init__(
        self,
        open_work: OpenWork,
        books: Books,
        hours: OfficeHours,
        files: EvidenceFiles,
        *,
        clock: Callable[[], dt.datetime],
    ) -> None:
        super().__init__(open_work, books, hours, clock=clock)
        self._files = files

    def room_for(self, note: str, files: int) -> None:
        """RefusedError above 2,000 characters or 10 files a report: nothing is cut behind anybody's back."""
        if (length := message_length(note)) > NOTE_MAX:
            raise RefusedError("remind-report-long", length=length, max=NOTE_MAX)
        if files > FILES_MAX:
            raise RefusedError("remind-evidence-many", max=FILES_MAX)

    async def may(self, person_id: int, key: DutyKey) -> None:
        """RefusedError where a report of this duty would be refused whatever it holds."""
        async with self._open() as work:
            await self._reportable(work, person_id, key)

    async def _reportable(self, work: Work, person_id: int, key: DutyKey, *, hold: bool = False) -> RegisterView:
        view, _ = await self._open_one(work, person_id, key, hold=hold)
        require_dated(key, view)
        return view

    async def keep(self, person_id: int, key: DutyKey, attachment: Attachment) -> Evidence:
        """One file of a report that is being put together; RefusedError for another's duty, an empty or large file."""
        _check(attachment)
        await self.may(person_id, key)  # rights first: nobody fills the disk with files of others' duties
        sha256, a = await self._files.keep(attachment.content), attachment
        return Evidence(a.kind, a.file_name, a.media_type[:100], len(a.content), sha256)

    async def __call__(self, person_id: int, key: DutyKey, note: str, evidence: Sequence[Evidence] = ()) -> Report:
        """With files as `keep` gave them.

        RefusedError for another agency's duty, nothing at all as evidence, a file that is gone; DutyChangedError for a
        second report, and while the duty waits for an event.
        """
        now = self._clock()
        note = note.strip()
        if not has_words(note) and not evidence:
            raise RefusedError("remind-evidence-missing")
        self.room_for(note, len(evidence))
        for one in evidence:
            if not await self._files.holds(one.sha256):
                raise RefusedError("remind-evidence-gone")
        async with self._open() as work:
            view = await self._reportable(work, person_id, key, hold=True)
            id = await work.duties.report(key, person_id, note, evidence, now)
            await work.duties.mark(key, DutyState.REPORTED, by=person_id, at=now)
            agency = view.directory.get(key.agency_id)
            facts: dict[str, object] = {
                "report": id,
                "agency": agency.name if agency else "",
                "note": note,
                "files": len(evidence),
                "duties": [_as_row(key)],
            }
            await tell_operators(work, self._books, self._hours, f"reported:{id}", MessageKind.REPORTED, facts, now)
        return Report(id, key, person_id, note, ReportState.PENDING, now, evidence=tuple(evidence))


class DecideReport(_Desk):
    """An operator confirms a report, or returns it with a reason: then the duty is open again."""

    async def __call__(self, operator_id: int, report_id: int, confirm: bool, *, reason: str = "") -> Report:
        """RefusedError for others than operators, a decided report, a return without a reason in words."""
        reason = "" if confirm else written_reason(reason)
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            return await self._decide(work, operator_id, report_id, confirm, reason, ReportState.PENDING)

    async def reopen(self, operator_id: int, report_id: int, reason: str) -> Report:
        """Takes a confirmation back, for a reason that the agency reads: the duty is open again.

        RefusedError as above, and where something else was said of the duty or reported since.
        """
        reason = written_reason(reason)
        async with self._open() as work:
            await self._reopenable(work, operator_id, report_id)
            return await self._decide(work, operator_id, report_id, False, reason, ReportState.CONFIRMED)

    async def may_reopen(self, operator_id: int, report_id: int) -> None:
        """RefusedError where `reopen` would be refused whatever the reason."""
        async with self._open() as work:
            await self._reopenable(work, operator_id, report_id)

    async def _reopenable(self, work: Work, operator_id: int, report_id: int) -> None:
        require_operator(await work.members.of_person(operator_id))
        report = await work.duties.get_report(report_id)
        if (
            report is None
            or report.state is not ReportState.CONFIRMED
            or (await work.duties.held(report.key, self._clock())).state is not DutyState.DONE
            or (await work.duties.reports(key=report.key))[-1].id != report_id
        ):
            raise FinalRefusedError("remind-decided-already")

    async def _decide(
        self, work: Work, operator_id: int, report_id: int, confirm: bool, reason: str, was: ReportState
    ) -> Report:
        now = self._clock()
        report = await work.duties.get_report(report_id)
        state = ReportState.CONFIRMED if confirm else ReportState.RETURNED
        if report is None or not await work.duties.decide_report(
            report_id, state, by=operator_id, reason=reason, at=now, was=was
        ):
            raise FinalRefusedError("remind-decided-already")
        duty = DutyState.DONE if confirm else DutyState.RETURNED
        await work.duties.mark(report.key, duty, by=operator_id, at=now)
        facts = {"report": report_id, "confirmed": confirm, "reason": reason, "duties": [_as_row(report.key)]}
        calendar = await self._books.calendar(work)
        name = f"decided:{report_id}" if was is ReportState.PENDING else f"reopened:{report_id}"
        for person_id in await self._concerned(work, report):
            at = self._hours.next_moment(now, await work.members.wishes(person_id), calendar)
            told = NewMessage(f"{name}:{person_id}", person_id, MessageKind.DECIDED, facts, at)
            await work.ledger.add([told], now)
        return replace(report, state=state, reason=reason)

    async def _concerned(self, work: Work, report: Report) -> list[int]:
        """Whoever is reminded of the duty today, and who reported while still there; else who reported, if known."""
        here = await work.members.of_agency(report.key.agency_id)
        record = await work.duties.get(report.key)
        reminded = recipients(here, self._hours.today(self._clock()), record.assignee if record else None)
        told = {m.membership.person_id for m in reminded}
        if report.person_id is not None and (not told or report.person_id in {m.membership.person_id for m in here}):
            told.add(report.person_id)
        return sorted(told)

    async def pending(self, operator_id: int) -> list[Report]:
        """Reports that wait for a decision, oldest first."""
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            return await work.duties.reports(state=ReportState.PENDING)


class Snooze(_Desk):
    """«یادآوری دیرتر»: this person hears of the duty again in so many days."""

    async def may(self, person_id: int, key: DutyKey) -> None:
        """RefusedError where this person is not reminded of the duty anyhow."""
        async with self._open() as work:
            await self._reminded(work, person_id, key)

    async def _reminded(self, work: Work, person_id: int, key: DutyKey) -> None:
        view, record = await self._open_one(work, person_id, key)
        require_dated(key, view)
        if record is not None and record.assignee not in (None, person_id):
            members = await work.members.of_agency(key.agency_id)
            if found := next((m for m in members if m.membership.person_id == record.assignee), None):
                raise DutyChangedError(key, "remind-duty-handed", name=found.membership.name)

    async def __call__(self, person_id: int, key: DutyKey, days: int) -> dt.date:
        """The day of the next reminder (moved to a working day when it comes). RefusedError for other than 1 to 60."""
        if not 1 <= days <= SNOOZE_DAYS_MAX:
            raise RefusedError("remind-snooze-range", max=SNOOZE_DAYS_MAX)
        now = self._clock()
        day = self._hours.today(now)
        until = day + dt.timedelta(days=days)
        async with self._open() as work:
            await self._reminded(work, person_id, key)
            await work.duties.snooze(person_id, key, day, until)
        return until


class HandOver(_Desk):
    """A duty goes to a colleague of the same agency (None: back to all), who is told, as is who loses its reminders."""

    async def may(self, person_id: int, key: DutyKey) -> None:
        """RefusedError where there is nothing left to hand over."""
        async with self._open() as work:
            await self._open_one(work, person_id, key)

    async def __call__(self, person_id: int, key: DutyKey, to: int | None) -> None:
        """RefusedError for a colleague who is not an active member there."""
        now = self._clock()
        async with self._open() as work:
            _, record = await self._open_one(work, person_id, key)
            members = await work.members.of_agency(key.agency_id)
            found = next((m for m in members if m.membership.person_id == to), None)
            if to is not None and (found is None or found.membership.role is Role.HEAD):
                raise RefusedError("remind-not-a-colleague")
            await work.duties.assign(key, to, by=person_id, at=now)
            if found is not None and to != person_id:
                mine = next((m.membership.id for m in members if m.membership.person_id == person_id), None)
                at = self._hours.next_moment(now, found.wishes, await self._books.calendar(work))
                name = f"handed:{key.code}:{found.membership.person_id}:{now:%Y%m%d%H%M%S%f}"
                facts = {"membership": mine, "duties": [_as_row(key)]}
                message = NewMessage(name, found.membership.person_id, MessageKind.HANDED_OVER, facts, at)
                await work.ledger.add([message], now)
            if found is not None:
                until_now = recipients(members, self._hours.today(now), record.assignee if record else None)
                relieved = [m for m in until_now if m.membership.person_id not in (person_id, to)]
                await self._relieve(work, relieved, found, key, now)

    async def _relieve(
        self, work: Work, relieved: Iterable[Recipient], by: Recipient, key: DutyKey, now: dt.datetime
    ) -> None:
        """Nobody goes on waiting for reminders that somebody else gets."""
        calendar = await self._books.calendar(work)
        facts = {"membership": by.membership.id, "gone": True, "duties": [_as_row(key)]}
        messages = [
            NewMessage(
                f"relieved:{key.code}:{m.membership.person_id}:{now:%Y%m%d%H%M%S%f}",
                m.membership.person_id,
                MessageKind.HANDED_OVER,
                facts,
                self._hours.next_moment(now, m.wishes, calendar),
            )
            for m in relieved
        ]
        await work.ledger.add(messages, now)


def _check(attachment: Attachment) -> None:
    if not attachment.content:
        raise RefusedError("remind-evidence-empty")
    check_size(len(attachment.content))


def _confirmed(reports: Iterable[Report]) -> bool:
    return any(report.state is ReportState.CONFIRMED for report in reports)


#: Standings that a button alone brings about, and another takes back.
_SAID_BY_PEOPLE: Final = (DutyStanding.DONE, DutyStanding.NOT_OURS)


def check_size(size: int) -> None:
    """RefusedError above 20 MB; asked before anything is downloaded."""
    if size > EVIDENCE_BYTES_MAX:
        raise RefusedError("remind-evidence-large", max=EVIDENCE_BYTES_MAX // (1024 * 1024))


_NEAR_DAYS: Final = 400
_ORDER: Final = {
    standing: place
    for place, standing in enumerate(
        (
            DutyStanding.OVERDUE,
            DutyStanding.UPCOMING,
            DutyStanding.REPORTED,
            DutyStanding.UNSORTED,
            DutyStanding.WAITING,
            DutyStanding.RECURRING,
            DutyStanding.DONE,
            DutyStanding.NOT_OURS,
        )
    )
}


def _urgency(row: DutyRow) -> tuple[int, int, str]:
    days = row.line.days_left
    return _ORDER[row.standing], 10**6 if days is None else days, row.line.key.obligation_id


def _as_row(key: DutyKey) -> dict[str, str]:
    return {"agency": key.agency_id, "obligation": key.obligation_id, "occurrence": key.occurrence}


def _rows(
    view: RegisterView,
    obligation: Obligation,
    agency_id: str,
    records: Mapping[DutyKey, DutyRecord],
    confirmed: Mapping[DutyKey, dt.date],
    day: dt.date,
    since: dt.date,
) -> list[DutyRow]:
    """One row; of a periodic obligation the next one not done, those missed since joining, and those reported."""

    def row(at: Occurrence | None, number: str) -> DutyRow:
        key = DutyKey(agency_id, obligation.id, number)
        return _row(view, obligation, key, at, records.get(key), confirmed.get(key), day, since)

    if obligation.kind is not LimitKind.PERIODIC:
        return [row(view.occurrence(obligation.id, agency_id, ONCE), ONCE)]
    near = dt.timedelta(days=_NEAR_DAYS)
    past = view.occurrences(obligation, view.scope(agency_id), max(since, day - near), day - dt.timedelta(days=1))
    rows = [row(at, at.number) for at in past]
    finished = frozenset(
        r.key.occurrence
        for r in records.values()
        if r.key.agency_id == agency_id and r.key.obligation_id == obligation.id and r.state in _FINISHED
    )
    early = [view.occurrence(obligation.id, agency_id, number) for number in sorted(finished)]
    rows += [row(at, at.number) for at in early if at is not None and at.day >= day]
    upcoming = next_open(obligation, view.dates(agency_id), day, finished)
    if upcoming is not None:
        rows.append(row(upcoming, upcoming.number))
    return rows or [row(None, ONCE)]


_FINISHED: Final = (DutyState.DONE, DutyState.NOT_OURS, DutyState.REPORTED)


def _row(
    view: RegisterView,
    obligation: Obligation,
    key: DutyKey,
    at: Occurrence | None,
    record: DutyRecord | None,
    confirmed: dt.date | None,
    day: dt.date,
    since: dt.date,
) -> DutyRow:
    line = duty_line(key, view, day)
    assert line is not None, f"{key} was found in the register"
    return DutyRow(
        line=line,
        standing=standing_of(at, said(obligation, record), day, since, bool(line.waiting_for)),
        kind=obligation.kind,
        reading=obligation.reading,
        assignee=record.assignee if record else None,
        confirmed=confirmed,
    )
