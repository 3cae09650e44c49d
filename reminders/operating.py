"""What operators look at and switch: the ledger of a day, closures, previous regulations, who waits to join."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from knowledge.provisions import Status
from reminders.book_keeping import SWITCHED_ON, Books
from reminders.ledger import LedgerDay
from reminders.office_hours import OfficeHours
from reminders.people import Membership, require_operator
from reminders.ports import OpenWork
from reminders.refusals import RefusedError
from reminders.written_words import written_title

__all__ = ["CloseDay", "LedgerSeen", "ListJoining", "ShowLedger", "SwitchRegulation"]

FAILED_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class LedgerSeen:
    """A day of the ledger; `failed` are (message, person's name, reason) of the last week, "" for who has no name;
    `planned_through` is the last plan.
    """

    day: LedgerDay
    failed: tuple[tuple[int, str, str], ...]
    planned_through: dt.date | None


class ShowLedger:
    """/ledger: the day's counts and the share handed over within 10 s of its time."""

    def __init__(
        self, open_work: OpenWork, books: Books, hours: OfficeHours, *, clock: Callable[[], dt.datetime]
    ) -> None:
        self._open, self._books, self._hours, self._clock = open_work, books, hours, clock

    async def __call__(self, operator_id: int, day: dt.date | None = None) -> LedgerSeen:
        """Of a day in Tehran, today by default. RefusedError for others than operators."""
        shown = day or self._hours.today(self._clock())
        first = self._hours.midnight(shown)
        last = self._hours.midnight(shown + dt.timedelta(days=1))
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            found = await work.ledger.day(first, last, shown)
            failed = await work.ledger.failed(first - dt.timedelta(days=FAILED_DAYS))
            names = await work.members.names({person for _, person, _ in failed})
            reached = await work.settings.get("planned_through")
        told = tuple((message, names.get(person, ""), reason) for message, person, reason in failed)
        return LedgerSeen(found, told, dt.date.fromisoformat(reached["day"]) if reached else None)


class CloseDay:
    """A day off that no calendar knows. Reminders of that day move to the working day before; legal dates stay."""

    def __init__(
        self, open_work: OpenWork, books: Books, hours: OfficeHours, *, clock: Callable[[], dt.datetime]
    ) -> None:
        self._open, self._books, self._hours, self._clock = open_work, books, hours, clock

    async def __call__(self, operator_id: int, day: dt.date, title: str) -> None:
        """RefusedError for a day in the past, for a title without words and for a long one."""
        title = written_title(title)
        if day < self._hours.today(self._clock()):
            raise RefusedError("remind-closure-past")
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            await work.events.close(day, title)

    async def closed(self, operator_id: int) -> Mapping[dt.date, str]:
        """Days closed by operators, with their titles."""
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            return await work.events.closures()

    async def reopen(self, operator_id: int, day: dt.date) -> None:
        """RefusedError for a day that was not closed by an operator."""
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            if not await work.events.reopen(day):
                raise RefusedError("remind-closure-unknown")


class SwitchRegulation:
    """Reminders of a previous regulation, which are off unless an operator wants them."""

    def __init__(self, open_work: OpenWork, books: Books, *, clock: Callable[[], dt.datetime]) -> None:
        self._open, self._books, self._clock = open_work, books, clock

    async def present(self, operator_id: int) -> frozenset[str]:
        """Previous regulations that are on."""
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            kept = await work.settings.get(SWITCHED_ON) or {}
        return frozenset(kept.get("regulations", ()))

    async def __call__(self, operator_id: int, slug: str, on: bool) -> frozenset[str]:
        """Previous regulations that are on now. RefusedError for one that is in force or unknown."""
        regulation = self._books.corpus.regulations.get(slug)
        if regulation is None or regulation.status is Status.IN_FORCE:
            raise RefusedError("remind-regulation-not-previous")
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            kept = await work.settings.get(SWITCHED_ON) or {}
            slugs = {*kept.get("regulations", ())} | {slug} if on else {*kept.get("regulations", ())} - {slug}
            await work.settings.put(SWITCHED_ON, {"regulations": sorted(slugs)})
            await self._books.changed(work, self._clock())
        return frozenset(slugs)


class ListJoining:
    """Who waits for an operator's decision."""

    def __init__(self, open_work: OpenWork) -> None:
        self._open = open_work

    async def __call__(self, operator_id: int) -> list[Membership]:
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            return await work.members.pending()
