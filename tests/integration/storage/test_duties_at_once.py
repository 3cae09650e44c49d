"""Two people of one agency at the same duty at the same moment, each through a worker of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.fluent_texts import load_texts
from reminders.duties import DutyStanding
from reminders.duty import DutyKey, DutyState, ReportState
from reminders.people import Role
from reminders.present_state import DutyChangedError
from storage.database import Database
from tests.support.reminding import Clock, Reminding, tehran

ICT = "ict-ministry"
ROUNDS = 8


@dataclass
class Office:
    """Two workers over one database; each of the two people is served by another one."""

    workers: tuple[Reminding, Reminding]
    operator: int
    people: tuple[int, int]

    async def duties(self, standing: str, count: int = ROUNDS) -> list[DutyKey]:
        (listed,) = await self.workers[0].list_duties(self.people[0])
        keys = [row.line.key for row in listed.rows if row.standing == standing][:count]
        assert len(keys) == count
        return keys

    async def reports(self, key: DutyKey) -> list[ReportState]:
        async with self.workers[0].work() as work:
            return [report.state for report in await work.duties.reports(key=key)]


@pytest.fixture
async def office(url: str, tmp_path: Path) -> AsyncIterator[Office]:
    clock, databases = Clock(tehran(1405, 8, 16)), (Database(url), Database(url))
    for database in databases:
        await database.open()
    first, second = (Reminding(database, clock, tmp_path) for database in databases)
    operator = await first.operator(1)
    people = await first.member(operator, 2, ICT), await first.member(operator, 3, ICT, Role.DEPUTY)
    yield Office((first, second), operator, people)
    for database in databases:
        await database.close()


async def at_once(*steps: Awaitable[Any]) -> list[DutyChangedError]:
    """What the losers read; anything but one clear refusal is raised."""
    ended = await asyncio.gather(*steps, return_exceptions=True)
    for one in ended:
        if isinstance(one, BaseException) and not isinstance(one, DutyChangedError):
            raise one
    return [one for one in ended if isinstance(one, DutyChangedError)]


def report(office: Office, n: int, key: DutyKey) -> Awaitable[Any]:
    return office.workers[n].report_done(office.people[n], key, f"نامه {n}")


async def test_one_of_two_reports_wins(office: Office) -> None:
    for key in await office.duties(DutyStanding.UNSORTED):
        (lost,) = await at_once(report(office, 0, key), report(office, 1, key))
        assert lost.message_key == "remind-duty-reported"
        assert await office.reports(key) == [ReportState.PENDING]
    said = load_texts().plain("remind-duty-reported")
    assert said == "گزارش انجام این تکلیف فرستاده شده و در انتظار تأیید است."


async def test_a_report_and_a_word_by_a_button(office: Office) -> None:
    """Whoever comes second reads what the first one said: no report waits for a duty that is not the agency's."""
    for key in await office.duties(DutyStanding.UNSORTED):
        word = office.workers[1].mark_duty(office.people[1], key, DutyState.NOT_OURS)
        (lost,) = await at_once(report(office, 0, key), word)
        reported = await office.reports(key) == [ReportState.PENDING]
        assert lost.message_key == ("remind-duty-reported" if reported else "remind-duty-not-ours")
        details = await office.workers[0].show_duty(office.people[0], key)
        assert details.row.standing == (DutyStanding.REPORTED if reported else DutyStanding.NOT_OURS)


async def test_a_report_and_one_word_for_all_the_rest(office: Office) -> None:
    for key in await office.duties(DutyStanding.UNSORTED, 2):
        rest = office.workers[1].mark_duty.the_rest(office.people[1], ICT, DutyState.DONE)
        lost = await at_once(report(office, 0, key), rest)
        details = await office.workers[0].show_duty(office.people[0], key)
        assert details.row.standing == (DutyStanding.DONE if lost else DutyStanding.REPORTED)
        assert len(await office.reports(key)) == (0 if lost else 1)


async def test_a_new_report_and_the_last_confirmation_taken_back(office: Office) -> None:
    """Of a duty that lasts: a report that waits keeps the duty reported."""
    for key in await office.duties(DutyStanding.RECURRING, 3):
        first = await office.workers[0].report_done(office.people[0], key, "نامه")
        await office.workers[0].decide_report(office.operator, first.id, True)
        back = office.workers[1].decide_report.reopen(office.operator, first.id, "مدرک نبود.")
        await asyncio.gather(report(office, 0, key), back, return_exceptions=True)
        reports = await office.reports(key)
        assert reports[1:] == [ReportState.PENDING]
        details = await office.workers[0].show_duty(office.people[0], key)
        assert details.row.standing == DutyStanding.REPORTED
