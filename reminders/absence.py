"""Who is not there: somebody says so beforehand, or the platform does. The colleagues are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from reminders.book_keeping import Books
from reminders.ledger import Message, MessageKind, NewMessage
from reminders.office_hours import OfficeHours
from reminders.people import Membership, Role
from reminders.ports import OpenWork, Work
from reminders.refusals import FinalRefusedError, RefusedError

__all__ = ["Away", "PersonUnreachable", "SayAway"]

#: Longer leaves want a new representative.
AWAY_DAYS_MAX: Final = 180


@dataclass(frozen=True, slots=True)
class Away:
    """A leave as it was recorded; `told` counts colleagues who get a message. `until` is None after a return."""

    until: dt.date | None
    told: int


class SayAway:
    """«تا ۱۰ روز دیگر نیستم»: until then the deputies are reminded instead, and they are told."""

    def __init__(
        self, open_work: OpenWork, books: Books, hours: OfficeHours, *, clock: Callable[[], dt.datetime]
    ) -> None:
        self._open, self._books, self._hours, self._clock = open_work, books, hours, clock

    async def __call__(self, person_id: int, days: int) -> Away:
        """Away for so many days from today on; 0 means back. RefusedError for other than 0 to 180 days."""
        if not 0 <= days <= AWAY_DAYS_MAX:
            raise RefusedError("remind-away-range", max=AWAY_DAYS_MAX)
        now = self._clock()
        until = self._hours.today(now) + dt.timedelta(days=days) if days else None
        async with self._open() as work:
            if not await work.members.set_away(person_id, until):
                raise FinalRefusedError("remind-not-a-member")
            if until is None:
                return Away(None, 0)
            facts = {"until": until.isoformat()}
            told = await _tell_colleagues(
                work, self._books, self._hours, person_id, MessageKind.COLLEAGUE_AWAY, facts, now
            )
        return Away(until, told)


class PersonUnreachable:
    """A platform says that somebody blocked the bot or left: their messages stop, and their colleagues are told."""

    def __init__(self, open_work: OpenWork, books: Books, hours: OfficeHours) -> None:
        self._open, self._books, self._hours = open_work, books, hours

    async def __call__(self, message: Message, now: dt.datetime) -> None:
        async with self._open() as work:
            await work.ledger.blocked(message.id, message.person_id, now)
            await _tell_colleagues(
                work, self._books, self._hours, message.person_id, MessageKind.COLLEAGUE_BLOCKED, {}, now
            )


async def _tell_colleagues(
    work: Work, books: Books, hours: OfficeHours, person_id: int, kind: MessageKind, facts: Mapping[str, object],
    now: dt.datetime,
) -> int:  # fmt: skip
    calendar, view = await books.calendar(work), await books.view(work)
    day = hours.today(now)
    messages = []
    for membership in await work.members.of_person(person_id):
        if not membership.acts_for_agency:
            continue
        agency = view.directory.get(membership.agency_id)
        payload = {**facts, "agency": agency.name if agency else "", "membership": membership.id}
        for colleague in await work.members.of_agency(membership.agency_id):
            other = colleague.membership
            if other.person_id == person_id or colleague.blocked or not _is_told(kind, other):
                continue
            key = f"{kind}:{membership.id}:{day}:{other.person_id}"
            at = hours.next_moment(now, colleague.wishes, calendar)
            messages.append(NewMessage(key, other.person_id, kind, payload, at))
    return await work.ledger.add(messages, now)


def _is_told(kind: MessageKind, other: Membership) -> bool:
    return kind is MessageKind.COLLEAGUE_BLOCKED or other.role is not Role.HEAD
