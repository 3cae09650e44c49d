"""Who is not there: somebody says so beforehand, or the platform does. The colleagues are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from reminders.book_keeping import Books
from reminders.ledger import Message, MessageKind, NewMessage
from reminders.office_hours import OfficeHours
from reminders.people import Membership, Recipient, Role, recipients
from reminders.ports import OpenWork, Work
from reminders.refusals import FinalRefusedError, RefusedError

__all__ = ["Away", "PersonUnreachable", "SayAway"]

#: Longer leaves want a new representative.
AWAY_DAYS_MAX: Final = 180


@dataclass(frozen=True, slots=True)
class Away:
    """A leave as it was recorded; `told` counts colleagues who get a message, `uncovered` names the agencies where
    nobody else can be reminded. `until` is None after a return.

    `reminded`: the person is one whom reminders reach when here (not a head, nor a deputy of somebody who is here).
    """

    until: dt.date | None
    told: int
    uncovered: tuple[str, ...] = ()
    reminded: bool = True


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
            before = await work.members.of_person(person_id)
            if not await work.members.set_away(person_id, until):
                raise FinalRefusedError("remind-not-a-member")
            if until is None and not any(m.is_away(self._hours.today(now)) for m in before):
                return Away(None, 0)  # colleagues were told of no absence
            tell = _TellColleagues(work, self._books, self._hours, now)
            return await tell.away(person_id, until, {m.id: m for m in before})


class PersonUnreachable:
    """A platform says that somebody blocked the bot or left: their messages stop, and their colleagues are told."""

    def __init__(self, open_work: OpenWork, books: Books, hours: OfficeHours) -> None:
        self._open, self._books, self._hours = open_work, books, hours

    async def __call__(self, message: Message, now: dt.datetime) -> None:
        async with self._open() as work:
            await work.ledger.blocked(message.id, message.person_id, now)
            await _TellColleagues(work, self._books, self._hours, now).blocked(message.person_id)


class _TellColleagues:
    """What the others of a person's agencies hear, in the transaction of what happened."""

    def __init__(self, work: Work, books: Books, hours: OfficeHours, now: dt.datetime) -> None:
        self._work, self._books, self._hours, self._now = work, books, hours, now
        self._day = hours.today(now)

    async def away(self, person_id: int, until: dt.date | None, before: Mapping[int, Membership]) -> Away:
        """Representatives and deputies; each is told whether the reminders come to them now. `before`: the person's
        memberships until now, by id. A head's leave moves no reminder, so nobody hears of it.
        """
        told, uncovered, concerned = 0, [], False
        async for membership, agency, members in self._places(person_id):
            was = {m.membership.person_id for m in recipients(_as_before(members, before), self._day)}
            reminded = {m.membership.person_id for m in recipients(members, self._day)}
            concerned |= person_id in (was if until is not None else reminded)
            if until is not None and person_id in reminded:
                uncovered.append(agency)
            for colleague in self._others(members, person_id):
                if Role.HEAD in (membership.role, colleague.membership.role):
                    continue
                to = colleague.membership.person_id
                facts = {
                    "until": until.isoformat() if until else None,
                    "takes_over": until is not None and to in reminded,
                    "as_before": to in was,
                    "reminded": person_id in reminded,
                }
                name = f"{MessageKind.COLLEAGUE_AWAY}:{membership.id}:{until}:{self._now:%Y%m%d%H%M%S%f}"
                told += await self._tell(colleague, name, MessageKind.COLLEAGUE_AWAY, membership, agency, facts)
        return Away(until, told, tuple(uncovered), concerned)

    async def blocked(self, person_id: int) -> None:
        """Everybody, once a day however many messages did not arrive."""
        async for membership, agency, members in self._places(person_id):
            name = f"{MessageKind.COLLEAGUE_BLOCKED}:{membership.id}:{self._day}"
            for colleague in self._others(members, person_id):
                await self._tell(colleague, name, MessageKind.COLLEAGUE_BLOCKED, membership, agency, {})

    async def _places(self, person_id: int) -> AsyncIterator[tuple[Membership, str, list[Recipient]]]:
        view = await self._books.view(self._work)
        for membership in await self._work.members.of_person(person_id):
            if membership.acts_for_agency:
                agency = view.directory.get(membership.agency_id)
                members = await self._work.members.of_agency(membership.agency_id)
                yield membership, agency.name if agency else "", members

    def _others(self, members: list[Recipient], person_id: int) -> list[Recipient]:
        return [m for m in members if m.membership.person_id != person_id and not m.blocked]

    async def _tell(
        self,
        colleague: Recipient,
        name: str,
        kind: MessageKind,
        membership: Membership,
        agency: str,
        facts: Mapping[str, object],
    ) -> int:
        to = colleague.membership.person_id
        at = self._hours.next_moment(self._now, colleague.wishes, await self._books.calendar(self._work))
        payload = {**facts, "agency": agency, "membership": membership.id}
        return await self._work.ledger.add([NewMessage(f"{name}:{to}", to, kind, payload, at)], self._now)


def _as_before(members: Iterable[Recipient], before: Mapping[int, Membership]) -> list[Recipient]:
    return [replace(m, membership=before.get(m.membership.id, m.membership)) for m in members]
