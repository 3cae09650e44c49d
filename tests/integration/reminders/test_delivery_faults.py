"""Each fault of the platform ends in the state that the design names, over HTTP against the strict double."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import select

from reminders.ledger import Attempt, Ending, MessageKind, MessageState, NewMessage
from storage.reminder_models import MessageRow
from tests.support.botapi import BotApiDouble, FloodLimits
from tests.support.reminding import Clock, ListeningSender, Reminding, delivering


async def states(reminding: Reminding) -> Counter[str]:
    async with reminding.database.read() as connection:
        return Counter((await connection.execute(select(MessageRow.state))).scalars())


async def column(reminding: Reminding, name: str) -> list[object]:
    async with reminding.database.read() as connection:
        return list((await connection.execute(select(MessageRow.__table__.c[name]).order_by(MessageRow.id))).scalars())


async def queue(reminding: Reminding, *people: int) -> list[int]:
    """One message to each; our ids."""
    ids = [await reminding.person(person) for person in people]
    now = reminding.clock()
    messages = [NewMessage(f"m{id}", id, MessageKind.BROADCAST, {"text": f"پیام {id}"}, now) for id in ids]
    async with reminding.work() as work:
        assert await work.ledger.add(messages, now) == len(ids)
    return ids


async def test_a_429_is_obeyed_and_not_counted(reminding: Reminding, clock: Clock) -> None:
    async with BotApiDouble() as double, delivering(reminding, double) as worker:
        double.crowd(1, 9)
        await queue(reminding, 7)
        double.inject("429", "sendMessage", retry_after=3)
        await worker.deliver_due()
        assert await states(reminding) == {"retry_at": 1}
        assert await column(reminding, "tries") == [0]
        assert await column(reminding, "try_at") == [clock() + dt.timedelta(seconds=3)]
        clock.move(seconds=3)


async def test_the_double_limits_and_all_arrive(reminding: Reminding, clock: Clock) -> None:
    """Without a gate of our own the double refuses; what it says is obeyed until everybody has theirs."""
    async with BotApiDouble() as double, delivering(reminding, double) as worker:
        double.crowd(1, 99)
        double.flood.enable(FloodLimits(overall=10))
        await queue(reminding, *range(1, 31))
        for _ in range(10):
            await worker.deliver_due()
            clock.move(seconds=2)
            double.clock.advance(2)
        assert await states(reminding) == {"delivered": 30}
        assert Counter(m.chat_id for m in double.transcript.messages) == Counter(range(1, 31))


@pytest.mark.parametrize("fault", ["500", "502", "reset_before"])
async def test_a_passing_fault_is_tried_again_at_once(reminding: Reminding, fault: str) -> None:
    async with BotApiDouble() as double, delivering(reminding, double) as worker:
        double.crowd(1, 9)
        await queue(reminding, 7)
        double.inject(fault, "sendMessage")  # type: ignore[arg-type]
        await worker.deliver_due()
        assert await states(reminding) == {"delivered": 1}
        assert len(double.transcript.from_bot(7)) == 1


async def test_a_lost_answer_may_arrive_twice_and_is_counted(reminding: Reminding) -> None:
    async with BotApiDouble() as double, delivering(reminding, double) as worker:
        double.crowd(1, 9)
        await queue(reminding, 7)
        double.inject("reset_after", "sendMessage")
        await worker.deliver_due()
        assert await states(reminding) == {"delivered": 1}
        assert len(double.transcript.from_bot(7)) == 2
        assert await column(reminding, "maybe_twice") == [1]


async def test_who_blocked_the_bot_is_marked_and_colleagues_are_told(reminding: Reminding) -> None:
    async with BotApiDouble() as double, delivering(reminding, double) as worker:
        double.crowd(1, 300)
        operator = await reminding.operator(1)
        await reminding.member(operator, 7, "ict-ministry", name="زهرا رضایی")
        await reminding.member(operator, 8, "ict-ministry")
        double.user(7).person.blocked = True
        await queue(reminding, 7)
        await worker.deliver_due()

        assert (await states(reminding))["blocked"] == 1
        assert "زهرا رضایی" in double.transcript.from_bot(8)[0].text
        async with reminding.work() as work:
            members = await work.members.of_agency("ict-ministry")
        assert [m.blocked for m in members] == [True, False]

        await reminding.person(7)  # writes again: reachable
        async with reminding.work() as work:
            assert [m.blocked for m in await work.members.of_agency("ict-ministry")] == [False, False]


async def test_what_is_never_taken_fails_after_four_hours_and_is_folded(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    await reminding.member(operator, 7, "administrative-organization")
    sender = ListeningSender()
    worker = reminding.worker({"telegram": sender})
    while not (await states(reminding))["due"]:
        clock.move(days=1)
        await reminding.plan()
    sender.answers[7] = [Attempt(Ending.UNANSWERED, reason="500")] * 60
    began = clock.now
    while (await states(reminding))["failed"] == 0:
        await worker.deliver_due()
        worker._misses.clear()  # others are answered meanwhile: it is this message, not the platform
        worker._out_until.clear()
        clock.move(minutes=5)
    assert dt.timedelta(hours=3, minutes=50) <= clock.now - began <= dt.timedelta(hours=4, minutes=10)
    assert sender.to(7) == []

    sender.answers.clear()
    clock.move(days=1)
    await reminding.plan()
    await worker.deliver_due()
    assert await states(reminding) == {"folded": 1, "delivered": 1}
    assert "۲۶ آبان ۱۴۰۵" in sender.to(7)[0]


async def test_an_outage_of_the_platform_stops_the_count(reminding: Reminding, clock: Clock) -> None:
    sender = ListeningSender()
    worker = reminding.worker({"telegram": sender})
    await queue(reminding, *range(1, 41))
    sender.down = True
    for _ in range(60):  # ten hours
        await worker.deliver_due()
        clock.move(minutes=10)
    found = await states(reminding)
    assert found["failed"] == 0
    assert max(int(str(n)) for n in await column(reminding, "tries")) <= 8

    sender.down = False
    for _ in range(10):
        clock.move(minutes=1)
        await worker.deliver_due()
    assert await states(reminding) == {"delivered": 40}
    assert Counter(chat for chat, _ in sender.sent) == Counter(range(1, 41))


async def test_what_is_refused_for_good_fails_at_once(reminding: Reminding) -> None:
    sender = ListeningSender()
    worker = reminding.worker({"telegram": sender})
    await queue(reminding, 7)
    sender.answers[7] = [Attempt(Ending.REFUSED, reason="Bad Request: can't parse entities")]
    await worker.deliver_due()
    assert await states(reminding) == {"failed": 1}
    async with reminding.work() as work:
        ((_, _, reason),) = await work.ledger.failed(reminding.clock() - dt.timedelta(days=1))
    assert "can't parse" in reason


async def test_a_hang_ends_and_is_counted(reminding: Reminding) -> None:
    """A server that keeps silent after taking the message: the client gives up, tries again, and says so."""
    async with BotApiDouble() as double, delivering(reminding, double) as worker:
        double.crowd(1, 9)
        await queue(reminding, 7)
        double.inject("hang_after", "sendMessage", delay_s=0.2)
        await worker.deliver_due()
        assert await states(reminding) == {"delivered": 1}
        assert await column(reminding, "maybe_twice") == [1]


async def test_stuck_rows_come_back(reminding: Reminding, clock: Clock) -> None:
    await queue(reminding, 7, 8)
    async with reminding.work() as work:
        claimed = await work.ledger.claim(clock(), 9, clock() + dt.timedelta(minutes=10), ["telegram"])
        assert await work.ledger.start([claimed[0].id], clock())
    sender = ListeningSender()
    worker = reminding.worker({"telegram": sender})
    assert await worker.deliver_due() == 0
    assert await worker.sweep() == 0
    clock.move(minutes=10)
    assert await worker.sweep() == 2
    await worker.deliver_due()
    assert await states(reminding) == {MessageState.DELIVERED.value: 2}
    assert await column(reminding, "maybe_twice") == [1, 0]
