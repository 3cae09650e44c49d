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
from reminders.jalali import Unit
from storage.reminder_models import MessageRow, ReminderRow
from tests.support.daily_law import periodic_law
from tests.support.expected_reminders import expected_reminders
from tests.support.reminding import ListeningSender

PEOPLE, DAYS = 40, 31
PERIODS = [(1, Unit.QUARTER), (6, Unit.MONTH), (1, Unit.MONTH), (2, Unit.WEEK), (10, Unit.DAY), (1, Unit.YEAR)] * 3


async def test_a_month_for_many_people(tmp_path: Path) -> None:
    reminding = await populated(tmp_path, periodic_law(PERIODS), PEOPLE)
    sender = ListeningSender()
    worker = reminding.worker({"telegram": sender})
    for _ in range(DAYS):
        await reminding.plan()
        await worker.deliver_due()
        reminding.clock.move(days=1)

    first = START.date()
    wanted = expected_reminders(
        reminding.law.register,
        PERIODS,
        first=first,
        last=first + dt.timedelta(days=DAYS - 1),
        joined=first - dt.timedelta(days=30),
    )
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
