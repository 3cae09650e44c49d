"""What operators look at and switch, and people's own wishes."""

from __future__ import annotations

import datetime as dt

import pytest

from reminders.broadcasts import Audience
from reminders.ledger import Attempt, Ending
from reminders.operating import CloseDay, ListJoining, ShowLedger, SwitchRegulation
from reminders.people import ReminderWishes, Role
from reminders.refusals import RefusedError
from reminders.wishes import SaveWishes
from tests.support.reminding import Clock, ListeningSender, Reminding


async def test_the_ledger_of_a_day(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    person = await reminding.person(7)
    show = ShowLedger(reminding.work, reminding.books, reminding.hours, clock=clock)
    await reminding.ask_to_join(person, "ict-ministry", Role.REPRESENTATIVE, name="علی")
    worker = reminding.worker({"telegram": ListeningSender()})
    clock.move(seconds=4)
    await worker.deliver_due()
    (waiting,) = await ListJoining(reminding.work)(operator)
    await reminding.decide_joining(operator, waiting.id, True)
    clock.move(seconds=4)
    await worker.deliver_due()
    seen = await show(operator)
    assert seen.day.states == {"delivered": 2}
    assert seen.day.kinds == {"joining": 1, "joined": 1}
    assert seen.day.on_time_share == 1.0
    with pytest.raises(RefusedError, match="remind-operators-only"):
        await show(person)


async def test_the_ledger_says_whom_it_did_not_reach(reminding: Reminding) -> None:
    operator = await reminding.operator(1)
    await reminding.member(operator, 7, "ict-ministry", name="علی نوری")
    draft = await reminding.broadcasts.draft(operator, "جلسه", Audience(agencies=("ict-ministry",)))
    await reminding.broadcasts.start(operator, draft.id)
    sender = ListeningSender()
    sender.answers[7] = [Attempt(Ending.REFUSED, reason="400")]
    await reminding.worker({"telegram": sender}).deliver_due()
    ((_, name, reason),) = (await reminding.show_ledger(operator)).failed
    assert (name, reason) == ("علی نوری", "400")


async def test_closures(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    close = CloseDay(reminding.work, reminding.books, reminding.hours, clock=clock)
    tomorrow = clock.now.date() + dt.timedelta(days=1)
    await close(operator, tomorrow, "برف")
    async with reminding.work() as work:
        assert not (await reminding.books.calendar(work)).is_working(tomorrow)
    await close.reopen(operator, tomorrow)
    async with reminding.work() as work:
        assert (await reminding.books.calendar(work)).is_working(tomorrow)
    for attempt in (
        close(operator, tomorrow, " "),
        close(operator, tomorrow, "❄️"),
        close(operator, tomorrow, "برف" * 40),
        close(operator, tomorrow - dt.timedelta(days=2), "برف"),
        close.reopen(operator, tomorrow),
    ):
        with pytest.raises(RefusedError):
            await attempt


async def test_a_previous_regulation_is_switched_on_and_off(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "civil-registration")
    switch = SwitchRegulation(reminding.work, reminding.books, clock=clock)

    async def old() -> int:
        (duties,) = await reminding.list_duties(mine, regulation="eservices-1393")
        return len(duties.rows)

    assert await old() == 0
    assert await switch(operator, "eservices-1393", True) == {"eservices-1393"}
    assert await old() > 0
    assert await switch(operator, "eservices-1393", False) == frozenset()
    assert await old() == 0
    with pytest.raises(RefusedError):
        await switch(operator, "roadmap-1404", True)


async def test_wishes(reminding: Reminding, clock: Clock) -> None:
    mine = await reminding.person(7)
    save = SaveWishes(reminding.work, reminding.hours, clock=clock)
    assert await save.present(mine) == ReminderWishes()
    kept = await save(mine, ReminderWishes((14, 3), 18, 20))
    assert kept.since == clock.now.date()
    assert await save.present(mine) == kept
    for wrong in (ReminderWishes((121,)), ReminderWishes((-1,)), ReminderWishes(None, 9), ReminderWishes(None, 9, 9)):
        with pytest.raises(RefusedError):
            await save(mine, wrong)
    assert await save.present(mine) == kept
