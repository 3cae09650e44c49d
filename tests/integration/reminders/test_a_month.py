"""A month of the clock for many people: every reminder at its time, none twice, nothing invented.

What is expected is computed apart from the planner: day by day, from the dates of the register alone.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

from persiantools.jdatetime import JalaliDate
from sqlalchemy import select

from benchmarks.reminders import START, populated
from reminders.jalali import Unit, add, end_of_quarter, iso
from storage.reminder_models import MessageRow, ReminderRow
from tests.support.daily_law import periodic_law
from tests.support.reminding import ListeningSender, Reminding

PEOPLE, DAYS = 40, 31
PERIODS = [(1, Unit.QUARTER), (6, Unit.MONTH), (1, Unit.MONTH), (2, Unit.WEEK), (10, Unit.DAY), (1, Unit.YEAR)] * 3


def due_dates(reminding: Reminding, number: int) -> list[dt.date]:
    """By repeated addition of the period, or by season."""
    amount, unit = PERIODS[number]
    start = reminding.law.register.anchors[f"a{number}"].date
    assert start is not None
    if unit is Unit.QUARTER:
        seasons = {iso(end_of_quarter(start + dt.timedelta(days=n))) for n in range(0, 900, 20)}
        return sorted(JalaliDate(*map(int, text.split("-"))).to_gregorian() for text in seasons)
    return [add(start, amount * n, unit).to_gregorian() for n in range(1, 140)]


def expected(reminding: Reminding, off: set[dt.date]) -> Counter[tuple[str, dt.date, str, dt.date]]:
    """(obligation, due, lead, day) of one person, from the first to the last day."""
    first = START.date()
    last = first + dt.timedelta(days=DAYS - 1)
    joined = (START - dt.timedelta(days=30)).date()

    def moved(day: dt.date) -> dt.date:
        while day.weekday() == 4 or day in off:
            day -= dt.timedelta(days=1)
        return day

    found: Counter[tuple[str, dt.date, str, dt.date]] = Counter()
    for number in range(len(PERIODS)):
        dues = due_dates(reminding, number)
        start = reminding.law.register.anchors[f"a{number}"].date
        assert start is not None
        previous = start.to_gregorian()
        for due, following in zip(dues, [*dues[1:], dt.date.max], strict=True):
            period, previous = (due - previous).days, due
            if due < joined:
                continue
            for lead in (30, 7, 1, 0):
                day = moved(due - dt.timedelta(days=lead))
                if lead <= period and first <= day <= last:
                    found[f"test.{number}", due, str(lead), day] += 1
            late = due + dt.timedelta(days=7)
            while late < following and moved(late) <= last:
                if moved(late) >= first and moved(late) > due:
                    found[f"test.{number}", due, str((due - late).days), moved(late)] += 1
                late += dt.timedelta(days=7)
    return found


async def test_a_month_for_many_people(tmp_path: Path) -> None:
    reminding = await populated(tmp_path, periodic_law(PERIODS), PEOPLE)
    sender = ListeningSender()
    worker = reminding.worker({"telegram": sender})
    for _ in range(DAYS):
        await reminding.plan()
        await worker.deliver_due()
        reminding.clock.move(days=1)

    wanted = expected(reminding, {JalaliDate(1405, 8, 22).to_gregorian()})  # the month's one public holiday
    assert len(wanted) > 60
    query = select(ReminderRow.person_id, ReminderRow.obligation_id, ReminderRow.due, ReminderRow.lead, ReminderRow.day)
    found: dict[int, Counter[tuple[str, dt.date, str, dt.date]]] = {}
    async with reminding.database.read() as connection:
        for person, obligation, due, lead, day in await connection.execute(query):
            date = JalaliDate(*map(int, due.split("-"))).to_gregorian()
            found.setdefault(person, Counter())[obligation, date, lead, day] += 1
        messages = (
            await connection.execute(select(MessageRow.state, MessageRow.send_at, MessageRow.delivered_at))
        ).all()
    await reminding.database.close()
    assert set(found) == set(range(1, PEOPLE + 1))
    for counted in found.values():
        assert counted == wanted
    assert {state for state, _, _ in messages} == {"delivered"}
    assert all(at == sent for _, sent, at in messages)
    assert len(sender.sent) == len(messages) == PEOPLE * len({day for _, _, _, day in wanted})
