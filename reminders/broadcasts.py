"""Broadcasts by operators: a draft with its audience and a preview, then one message each through the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from knowledge.message_length import message_length
from reminders.book_keeping import Books
from reminders.ledger import MessageKind, NewMessage
from reminders.office_hours import OfficeHours
from reminders.people import ReminderWishes, require_operator
from reminders.ports import OpenWork, Work
from reminders.refusals import RefusedError

__all__ = ["Audience", "BroadcastDraft", "Broadcasts"]

#: UTF-16 units, so that one message holds it.
TEXT_MAX: Final = 3500
#: Messages a transaction.
BATCH: Final = 2000


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody who ever wrote (no classes, no agencies), or the people of agencies and classes."""

    agencies: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BroadcastDraft:
    """What would be sent, and to how many people."""

    id: int
    text: str
    people: int


class Broadcasts:
    """Draft, start, progress, stop. All for operators only (RefusedError)."""

    def __init__(
        self, open_work: OpenWork, books: Books, hours: OfficeHours, *, clock: Callable[[], dt.datetime]
    ) -> None:
        self._open, self._books, self._hours, self._clock = open_work, books, hours, clock

    async def draft(self, operator_id: int, text: str, audience: Audience) -> BroadcastDraft:
        """Stored, not sent. RefusedError for an empty or too long text and for nobody to send to."""
        text = text.strip()
        if not text or message_length(text) > TEXT_MAX:
            raise RefusedError("remind-broadcast-length", max=TEXT_MAX)
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            kept = {"agencies": list(audience.agencies), "classes": list(audience.classes)}
            people = await self._people(work, kept)
            if not people:
                raise RefusedError("remind-broadcast-nobody")
            id = await work.ledger.add_broadcast(text, kept, operator_id, self._clock())
        return BroadcastDraft(id, text, len(people))

    async def start(self, operator_id: int, broadcast_id: int) -> int:
        """Messages made; a second start (or one after a crash in the midst) makes only those that are missing."""
        now = self._clock()
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            found = await work.ledger.broadcast(broadcast_id)
            if found is None or found[2] == "stopped":
                raise RefusedError("remind-decided-already")
            await work.ledger.set_broadcast(broadcast_id, "sending", "draft")
            people = await self._people(work, found[1])
            calendar = await self._books.calendar(work)
        made = 0
        ids = sorted(people)
        for first in range(0, len(ids), BATCH):
            messages = [
                NewMessage(
                    f"broadcast:{broadcast_id}:{id}",
                    id,
                    MessageKind.BROADCAST,
                    {"text": found[0]},
                    self._hours.next_moment(now, people[id], calendar),
                    broadcast_id,
                )
                for id in ids[first : first + BATCH]
            ]
            async with self._open() as work:
                still = await work.ledger.broadcast(broadcast_id)
                if still is None or still[2] != "sending":
                    break
                made += await work.ledger.add(messages, now)
        return made

    async def progress(self, operator_id: int, broadcast_id: int) -> Mapping[str, int]:
        """Its messages by state (`reminders.ledger.MessageState`)."""
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            return await work.ledger.broadcast_progress(broadcast_id)

    async def stop(self, operator_id: int, broadcast_id: int) -> int:
        """What was not sent yet is withdrawn; how many."""
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            await work.ledger.set_broadcast(broadcast_id, "stopped", "sending")
            await work.ledger.set_broadcast(broadcast_id, "stopped", "draft")
            return await work.ledger.stop_broadcast(broadcast_id)

    async def _people(self, work: Work, audience: Mapping[str, Any]) -> dict[int, ReminderWishes]:
        members = [m for m in await work.members.all_active() if not m.blocked]
        wishes = {m.membership.person_id: m.wishes for m in members}
        agencies, classes = audience.get("agencies", ()), audience.get("classes", ())
        if not agencies and not classes:
            return {id: wishes.get(id, ReminderWishes()) for id in await work.ledger.everybody()}
        view = await self._books.view(work)
        wanted = set(agencies).union(*(view.directory.members(c) for c in classes))
        return {m.membership.person_id: m.wishes for m in members if m.membership.agency_id in wanted}
