"""What is planned for whom: leads, working days, joining, snoozing, absence, dates that move, periods that pass."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from persiantools.jdatetime import JalaliDate
from sqlalchemy import select

from reminders.duties import DutyStanding
from reminders.duty import DutyKey, DutyRecord, DutyState
from reminders.jalali import iso
from reminders.ledger import MessageKind, PlannedReminder
from reminders.people import ReminderWishes, Role
from reminders.planning import PlanReminders
from reminders.schedule import Cadence
from storage.duties import SqlDuties
from storage.reminder_models import MessageRow, ReminderRow
from tests.support.reminding import Clock, ListeningSender, Reminding, tehran

QUARTERLY = "roadmap-1404.art_22"


async def leads(reminding: Reminding, person: int, obligation_id: str) -> list[tuple[str, str]]:
    """(lead, day) of a person's reminders that were not withdrawn, oldest first."""
    query = (
        select(ReminderRow.lead, ReminderRow.day)
        .where(
            ReminderRow.person_id == person, ReminderRow.obligation_id == obligation_id, ReminderRow.state == "planned"
        )
        .order_by(ReminderRow.day, ReminderRow.id)
    )
    async with reminding.database.read() as connection:
        return [(lead, iso(JalaliDate(day))) for lead, day in await connection.execute(query)]


async def play(reminding: Reminding, clock: Clock, until: dt.datetime, sender: ListeningSender) -> None:
    worker = reminding.worker({"telegram": sender})
    while clock.now < until:
        clock.move(days=1)
        await reminding.plan()
        await worker.deliver_due()


async def test_a_season_reported_moves_on_to_the_next(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "administrative-organization")
    sender = ListeningSender()
    await play(reminding, clock, tehran(1405, 9, 25), sender)
    (duties,) = await reminding.list_duties(mine, regulation="roadmap-1404")
    row = next(r for r in duties.rows if r.line.key.obligation_id == QUARTERLY)
    assert (row.line.key.occurrence, row.line.due) == ("1405-q3", JalaliDate(1405, 9, 30))

    await reminding.report_done(mine, row.line.key, "گزارش فصل پاییز فرستاده شد.")
    (duties,) = await reminding.list_duties(mine, regulation="roadmap-1404")
    rows = [r for r in duties.rows if r.line.key.obligation_id == QUARTERLY]
    assert [(r.line.due, r.standing) for r in rows] == [
        (JalaliDate(1405, 12, 29), DutyStanding.UPCOMING),
        (JalaliDate(1405, 9, 30), DutyStanding.REPORTED),
    ]

    await play(reminding, clock, tehran(1406, 1, 25), sender)
    assert await leads(reminding, mine, QUARTERLY) == [
        ("30", "1405-08-30"),
        ("7", "1405-09-23"),
        ("30", "1405-11-29"),
        ("7", "1405-12-22"),
        ("1", "1405-12-27"),  # 28 Esfand is a Friday
        ("0", "1405-12-27"),  # the day itself is a holiday
        ("-7", "1406-01-07"),
        ("-14", "1406-01-11"),  # 12 to 14 Farvardin are off
        ("-21", "1406-01-21"),
    ]


async def test_one_message_a_day_and_none_twice(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    await reminding.member(operator, 7, "administrative-organization")
    await reminding.member(operator, 8, "ict-ministry")
    sender = ListeningSender()
    worker = reminding.worker({"telegram": sender})
    days: Counter[tuple[int, dt.date]] = Counter()
    for _ in range(60):
        clock.move(days=1)
        for _ in range(3):  # a second run, a second worker and a restart are harmless
            await reminding.plan()
            before = len(sender.sent)
            await worker.deliver_due()
            days.update((chat, clock.now.date()) for chat, _ in sender.sent[before:])
            clock.move(minutes=7)
        clock.move(minutes=-21)
    assert days
    assert set(days.values()) == {1}
    assert all(day.weekday() != 4 for _, day in days), "nothing on Fridays"


async def test_what_was_past_before_joining_starts_nothing(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "civil-registration")
    await play(reminding, clock, tehran(1405, 11, 1), ListeningSender())
    assert await leads(reminding, mine, "roadmap-1404.stage_3__actor_1__item_1") == []  # was due on 30 Mehr
    (duties,) = await reminding.list_duties(mine)
    past = [r for r in duties.rows if r.standing == DutyStanding.UNSORTED]
    assert {r.line.key.obligation_id for r in past} >= {
        "roadmap-1404.stage_3__actor_1__item_1",
        "smart-cycle-1404.art_11",
    }


async def test_still_open_weekly_for_eight_weeks_then_monthly(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "civil-registration")
    key = DutyKey("civil-registration", "smart-cycle-1404.art_11", "once")
    await reminding.mark_duty(mine, key, DutyState.OPEN)
    began = clock.now.date()
    sender = ListeningSender()
    await play(reminding, clock, clock.now + dt.timedelta(days=56 + 65), sender)
    found = await leads(reminding, mine, key.obligation_id)
    assert [lead for lead, _ in found] == [f"open-{n}" for n in range(1, 11)]
    days = [JalaliDate.fromisoformat(day).to_gregorian() - began for _, day in found]
    assert all(d.days <= n for d, n in zip(days, [7, 14, 21, 28, 35, 42, 49, 56, 86, 116], strict=True))

    await reminding.mark_duty(mine, key, DutyState.DONE)
    await play(reminding, clock, clock.now + dt.timedelta(days=40), sender)
    assert len(await leads(reminding, mine, key.obligation_id)) == 10


async def test_days_that_were_missed_are_planned_late_and_merged(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "administrative-organization")
    await reminding.plan()
    clock.until(tehran(1405, 9, 29))  # six weeks without a process
    await reminding.plan()
    sender = ListeningSender()
    await reminding.worker({"telegram": sender}).deliver_due()
    assert {lead for lead, _ in await leads(reminding, mine, QUARTERLY)} == {"30", "7", "1"}
    (text,) = sender.to(7)
    assert text.count("گزارش ارزیابی را به کارگروه اعلام کند") == 1, "late ones are one"
    assert "۱ روز مانده" in text


async def test_outside_working_hours_messages_wait(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    await reminding.member(operator, 7, "administrative-organization")
    clock.until(tehran(1405, 8, 20, 21))  # Wednesday evening
    sender = ListeningSender()
    worker = reminding.worker({"telegram": sender})
    await reminding.record_event(operator, "roadmap-1404.reference-architecture", JalaliDate(1405, 8, 15), seen=None)
    await worker.deliver_due()
    assert sender.sent == []
    clock.until(tehran(1405, 8, 21, 7, 59))
    await worker.deliver_due()
    assert sender.sent == []
    clock.until(tehran(1405, 8, 21, 8))
    await worker.deliver_due()
    assert len(sender.to(7)) == 1


async def test_a_corrected_date_withdraws_the_reminders_of_the_old_one(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "administrative-organization")
    duty = "roadmap-1404.art_7__note_1"
    sender = ListeningSender()
    worker = reminding.worker({"telegram": sender})
    await reminding.record_event(
        operator, "roadmap-1404.reference-architecture", JalaliDate(1405, 3, 16), seen=None
    )  # due 16 Azar
    await reminding.plan()  # 30 days before is today
    assert await leads(reminding, mine, duty) == [("30", "1405-08-16")]

    corrected = await reminding.record_event(
        operator, "roadmap-1404.reference-architecture", JalaliDate(1405, 4, 16), seen=JalaliDate(1405, 3, 16)
    )
    assert (corrected.change, corrected.withdrawn) == ("corrected", 1)
    assert await leads(reminding, mine, duty) == []
    await worker.deliver_due()
    last = re.sub("<[^>]+>", "", sender.to(7)[-1])
    assert "اصلاح شد" in last
    assert "۱۶ دی ۱۴۰۵" in last
    assert "پیش‌تر: ۱۶ آذر ۱۴۰۵" in last

    await play(reminding, clock, tehran(1405, 9, 21), sender)
    assert [lead for lead, _ in await leads(reminding, mine, duty)] == ["30"]
    withdrawn = await reminding.record_event(
        operator, "roadmap-1404.reference-architecture", None, seen=JalaliDate(1405, 4, 16)
    )
    assert withdrawn.change == "withdrawn"
    await worker.deliver_due()
    assert "پس گرفته شد" in sender.to(7)[-1]
    count = len(await leads(reminding, mine, duty))
    await play(reminding, clock, tehran(1405, 11, 1), sender)
    assert len(await leads(reminding, mine, duty)) == count


async def test_an_event_of_one_agency_leaves_the_others_waiting(reminding: Reminding) -> None:
    operator = await reminding.operator(1)
    ict = await reminding.member(operator, 7, "ict-ministry")
    civil = await reminding.member(operator, 8, "civil-registration")
    anchor = "smart-cycle-1404.improvement-plan-approved"
    await reminding.record_event(operator, anchor, JalaliDate(1405, 8, 10), seen=None, agency_id="ict-ministry")

    async def due(person: int) -> JalaliDate | None:
        (duties,) = await reminding.list_duties(person)
        return next(r.line.due for r in duties.rows if r.line.key.obligation_id == "smart-cycle-1404.art_5__note_2")

    assert await due(ict) == JalaliDate(1405, 9, 10)
    assert await due(civil) is None


async def test_the_deputy_steps_in_while_somebody_is_away(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "administrative-organization", name="علی")
    deputy = await reminding.member(operator, 8, "administrative-organization", Role.DEPUTY)
    sender = ListeningSender()
    away = await reminding.say_away(mine, 20)
    assert away.told == 1
    await play(reminding, clock, tehran(1405, 9, 2), sender)  # 30 days before the end of autumn lie in between
    assert "علی" in sender.to(8)[0]
    assert sender.to(7) == []
    assert [lead for lead, _ in await leads(reminding, deputy, QUARTERLY)] == ["30"]
    await play(reminding, clock, tehran(1405, 9, 24), sender)
    assert [lead for lead, _ in await leads(reminding, mine, QUARTERLY)] == ["7"]
    assert [lead for lead, _ in await leads(reminding, deputy, QUARTERLY)] == ["30"]


async def test_the_head_hears_once_of_what_stays_undone(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    await reminding.member(operator, 7, "administrative-organization")
    head = await reminding.member(operator, 9, "administrative-organization", Role.HEAD)
    sender = ListeningSender()
    await play(reminding, clock, tehran(1405, 10, 25), sender)
    assert [lead for lead, _ in await leads(reminding, head, QUARTERLY)] == ["head"]


async def test_snoozed_until_a_day(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "administrative-organization")
    key = DutyKey("administrative-organization", QUARTERLY, "1405-q3")
    await reminding.snooze(mine, key, 45)  # until 1 Dey, beyond the due date
    sender = ListeningSender()
    await play(reminding, clock, tehran(1405, 10, 2), sender)
    assert await leads(reminding, mine, QUARTERLY) == [("again-20261222", "1405-10-01")]


async def test_handed_over_to_a_colleague(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "administrative-organization", name="علی")
    colleague = await reminding.member(operator, 8, "administrative-organization", Role.DEPUTY)
    key = DutyKey("administrative-organization", QUARTERLY, "1405-q3")
    await reminding.hand_over(mine, key, colleague)
    sender = ListeningSender()
    await play(reminding, clock, tehran(1405, 9, 2), sender)
    assert await leads(reminding, mine, QUARTERLY) == []
    assert [lead for lead, _ in await leads(reminding, colleague, QUARTERLY)] == ["30"]
    assert "علی" in sender.to(8)[0]


async def test_own_leads_and_hours(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "administrative-organization")
    async with reminding.work() as work:
        await work.members.save_wishes(mine, ReminderWishes((14, 3), 18, 20, any_day=True, since=clock.now.date()))
    sender = ListeningSender()
    worker = reminding.worker({"telegram": sender})
    while clock.now < tehran(1405, 9, 29):
        clock.move(days=1)
        await reminding.plan()
        await worker.deliver_due()
    assert [lead for lead, _ in await leads(reminding, mine, QUARTERLY)] == ["14", "3"]
    query = select(MessageRow.send_at).where(MessageRow.kind == MessageKind.DAILY.value)
    async with reminding.database.read() as connection:
        hours = {at.astimezone(reminding.hours.timezone).hour for at in (await connection.execute(query)).scalars()}
    assert hours == {18}


async def test_a_closure_moves_the_reminder_not_the_date(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "administrative-organization")
    clock.until(tehran(1405, 9, 22))
    await reminding.plan()
    async with reminding.work() as work:  # the seventh day before is closed on short notice
        await work.events.close(JalaliDate(1405, 9, 23).to_gregorian(), "آلودگی هوا")
    clock.move(hours=1)
    await reminding.plan()
    assert ("7", "1405-09-22") in await leads(reminding, mine, QUARTERLY)
    (duties,) = await reminding.list_duties(mine)
    assert next(r.line.due for r in duties.rows if r.line.key.obligation_id == QUARTERLY) == JalaliDate(1405, 9, 30)


@pytest.mark.parametrize("leads_days", [(30, 7, 1, 0), (90, 5)])
async def test_a_lead_longer_than_the_period_is_skipped(
    reminding: Reminding, clock: Clock, leads_days: tuple[int, ...]
) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "smart-supervisory-committee")
    cadence = Cadence(leads=leads_days)
    plan = PlanReminders(reminding.work, reminding.books, cadence=cadence, hours=reminding.hours, clock=clock)
    for _ in range(70):
        clock.move(days=1)
        await plan()
    found = {lead for lead, _ in await leads(reminding, mine, "pilot-projects-1402.res_3__art_4")}  # every month
    assert found >= {str(n) for n in leads_days if n < 30}
    assert "90" not in found


async def test_previous_regulations_stay_silent(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "civil-registration")
    (duties,) = await reminding.list_duties(mine)
    assert not [r for r in duties.rows if r.line.quote_address.regulation == "eservices-1393"]
    async with reminding.work() as work:
        await work.settings.put("switched_on", {"regulations": ["eservices-1393"]})
        await reminding.books.changed(work, clock())
    (duties,) = await reminding.list_duties(mine)
    assert [r for r in duties.rows if r.line.quote_address.regulation == "eservices-1393"]


class _Counted:
    """The duties of a transaction; notes which occurrences' records were read."""

    def __init__(self, duties: SqlDuties, read: list[tuple[str, str]]) -> None:
        self._duties, self._read = duties, read

    def __getattr__(self, name: str) -> Any:
        return getattr(self._duties, name)

    async def of_occurrences(self, wanted: Collection[tuple[str, str]]) -> list[DutyRecord]:
        self._read.extend(wanted)
        return await self._duties.of_occurrences(wanted)


async def test_reports_are_read_once_and_only_what_changed_is_planned_again(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    await reminding.member(operator, 7, "administrative-organization")
    mine = await reminding.member(operator, 8, "ict-ministry")
    read: list[tuple[str, str]] = []
    planned: list[set[str]] = []

    @asynccontextmanager
    async def counted() -> AsyncIterator[Any]:
        async with reminding.work() as work:
            plan = work.ledger.plan

            async def noted(rows: Sequence[PlannedReminder], at: dt.datetime) -> int:
                planned.append({row.obligation_id for row in rows})
                return await plan(rows, at)

            ledger = SimpleNamespace(**{n: getattr(work.ledger, n) for n in dir(work.ledger) if n[0] != "_"})
            ledger.plan = noted
            duties = _Counted(work.duties, read)
            yield SimpleNamespace(**{**vars(work), "duties": duties, "ledger": ledger})

    plan = PlanReminders(counted, reminding.books, cadence=Cadence(), hours=reminding.hours, clock=clock)
    clock.until(tehran(1405, 8, 19))
    assert (await plan()).reminders > 0
    fell = [one for one in read if one]
    assert fell
    assert len(fell) == len(set(fell)), "each occurrence once"
    assert planned
    planned.clear()
    assert (await plan()).reminders == 0
    assert planned == [], "the same scene holds nothing new"
    key = DutyKey("ict-ministry", "data-governance-1404.art_5", "3")
    await reminding.report_done(mine, key, "فرستاده شد")
    await plan()
    assert set().union(*planned) == {key.obligation_id}, "only what was reported is looked at again"
