"""What a message says when it is sent: read at that moment, so that nobody hears of what was done in the meantime."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from persiantools.jdatetime import JalaliDate

from knowledge.provisions import Address
from reminders.book_keeping import Books
from reminders.duty import SILENT, DutyKey, DutyRecord, ReportState
from reminders.jalali import iso, parse_iso
from reminders.ledger import Message, MessageKind, Reminder
from reminders.office_hours import OfficeHours
from reminders.people import Membership, MemberState
from reminders.ports import Work
from reminders.present_state import said
from reminders.register_view import RegisterView

__all__ = ["Compose", "Content", "DutyLine", "duty_line"]


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty as messages and lists show it. `days_left` counts to the legal date (negative when past).

    `due` is None for one that waits for events (`waiting_for`: their titles) or `lasts`; `was_due` is the former date
    of a moved one; `wanted`: it can be reported and put off (False: done, reported, not the agency's, or without its
    event).
    """

    key: DutyKey
    agency_name: str
    action: str
    quote: str
    quote_address: Address
    due: JalaliDate | None
    days_left: int | None
    was_due: JalaliDate | None = None
    lead: str = ""
    wanted: bool = True
    waiting_for: tuple[str, ...] = ()
    lasts: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """A message in substance; words and buttons are the screen's business. `facts` depend on the kind."""

    kind: MessageKind
    lines: tuple[DutyLine, ...] = ()
    facts: Mapping[str, Any] | None = None


class Compose:
    """Makes the contents of claimed messages; None where nothing is left to say."""

    def __init__(self, books: Books, hours: OfficeHours) -> None:
        self._books, self._hours = books, hours

    async def __call__(self, work: Work, messages: Sequence[Message], now: dt.datetime) -> list[Content | None]:
        if not messages:
            return []
        view, today = await self._books.view(work), self._hours.today(now)
        # Of these messages alone: all that was ever said would not stay small.
        keys = {_key(r) for m in messages for r in m.reminders} | {k for m in messages for k, _ in _told(m.payload)}
        records = {r.key: r for r in await work.duties.of_keys(keys)}
        return [
            None if await _overtaken(work, m) else self._content(m, view, records, today, await _member(work, m))
            for m in messages
        ]

    def _content(
        self,
        message: Message,
        view: RegisterView,
        records: Mapping[DutyKey, DutyRecord],
        today: dt.date,
        member: Membership | None,
    ) -> Content | None:
        if message.kind is MessageKind.JOINING and (member is None or member.state is not MemberState.PENDING):
            return None  # forgotten, or decided by another operator
        if message.kind is MessageKind.HANDED_OVER and not _still_theirs(message, view, records):
            return None
        if message.kind is not MessageKind.DAILY:
            told = (_as_told(key, records.get(key), view, today, was) for key, was in _told(message.payload))
            facts = dict(message.payload) | (_facts_of(member) if "membership" in message.payload else {})
            return Content(message.kind, tuple(line for line in told if line is not None), facts)
        lines: dict[DutyKey, DutyLine] = {}
        for reminder in message.reminders:
            line = _reminded(reminder, view, records, today)
            if line is not None:
                lines[line.key] = line
        if not lines:
            return None
        return Content(message.kind, tuple(sorted(lines.values(), key=lambda line: (line.days_left or 0, line.key))))


async def _member(work: Work, message: Message) -> Membership | None:
    """Whom a message is about. Payloads hold no names: those who are forgotten must be so in others' messages, too."""
    id = message.payload.get("membership")
    return await work.members.get(id) if isinstance(id, int) else None


def _facts_of(member: Membership | None) -> dict[str, str]:
    if member is None:
        return {"name": ""}
    introduced = iso(member.introduced_on) if member.introduced_on else ""
    return {"name": member.name, "role": member.role.value, "basis": member.legal_basis, "introduced_on": introduced}


def _key(reminder: Reminder) -> DutyKey:
    return DutyKey(reminder.agency_id, reminder.obligation_id, reminder.occurrence)


def _reminded(
    reminder: Reminder, view: RegisterView, records: Mapping[DutyKey, DutyRecord], today: dt.date
) -> DutyLine | None:
    key = _key(reminder)
    record = records.get(key)
    if record is not None and record.state in SILENT:
        return None
    at = view.occurrence(key.obligation_id, key.agency_id, key.occurrence)
    if at is None or at.due_iso != reminder.due:
        return None
    return duty_line(key, view, today, lead=reminder.lead)


def duty_line(
    key: DutyKey, view: RegisterView, today: dt.date, was_due: JalaliDate | None = None, lead: str = ""
) -> DutyLine | None:
    """The duty as it stands; None for an obligation or agency that does not exist."""
    obligation, agency = view.register.by_id.get(key.obligation_id), view.directory.get(key.agency_id)
    if obligation is None or agency is None:
        return None
    at = view.occurrence(key.obligation_id, key.agency_id, key.occurrence)
    return DutyLine(
        key=key,
        agency_name=agency.name,
        action=obligation.action,
        quote=obligation.quote,
        quote_address=obligation.quote_address,
        due=at.due if at else None,
        days_left=(at.day - today).days if at else None,
        was_due=was_due,
        lead=lead,
        waiting_for=tuple(anchor.title for anchor in view.waiting_for(obligation, key.agency_id)),
        lasts=obligation.lasts,
    )


def _told(payload: Mapping[str, Any]) -> Iterator[tuple[DutyKey, JalaliDate | None]]:
    """The duties that a notice is about, each with its former date."""
    for row in payload.get("duties", ()):
        was = parse_iso(row["was"]) if row.get("was") else None
        yield DutyKey(row["agency"], row["obligation"], row["occurrence"]), was


def _as_told(
    key: DutyKey, record: DutyRecord | None, view: RegisterView, today: dt.date, was: JalaliDate | None
) -> DutyLine | None:
    line = duty_line(key, view, today, was)
    if line is None:
        return None
    return replace(line, wanted=not _is_settled(record, view) and not line.waiting_for)


def _is_settled(record: DutyRecord | None, view: RegisterView) -> bool:
    return record is not None and said(view.register.by_id[record.key.obligation_id], record) in SILENT


def _still_theirs(message: Message, view: RegisterView, records: Mapping[DutyKey, DutyRecord]) -> bool:
    """Whether a duty is still in the hands of whom it was handed to; of who gave it up (`gone`) in another's."""
    found = [records.get(key) for key, _ in _told(message.payload)]
    theirs = [
        r.assignee == message.person_id for r in found if r is not None and r.assignee and not _is_settled(r, view)
    ]
    return any(not mine for mine in theirs) if message.payload.get("gone") else any(theirs)


async def _overtaken(work: Work, message: Message) -> bool:
    """Whether a report was decided (or decided otherwise) since the message that tells of it was made."""
    if message.kind not in (MessageKind.REPORTED, MessageKind.DECIDED) or "report" not in message.payload:
        return False
    report = await work.duties.get_report(int(message.payload["report"]))
    if message.kind is MessageKind.REPORTED:
        said = ReportState.PENDING
    else:
        said = ReportState.CONFIRMED if message.payload["confirmed"] else ReportState.RETURNED
    return report is not None and report.state is not said
