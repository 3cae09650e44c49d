"""What rings: everything at the start, planning again when something changed meanwhile, one failure not the next's."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from bot.delivery import DeliveryWorker
from bot.wakeups import Chore, Wakeups

LONG_S = 3600.0


class Worker:
    """A delivery worker that only counts."""

    def __init__(self) -> None:
        self.woken, self.swept = 0, 0

    def wake(self) -> None:
        self.woken += 1

    async def sweep(self) -> int:
        self.swept += 1
        return 0


class Plan:
    """Planning that takes until it is let go; counts its runs."""

    def __init__(self) -> None:
        self.begun: asyncio.Queue[int] = asyncio.Queue()
        self.let_go = asyncio.Event()
        self.runs = 0

    async def __call__(self) -> None:
        self.runs += 1
        self.begun.put_nowait(self.runs)
        await self.let_go.wait()


async def until(done: Any) -> None:
    async with asyncio.timeout(5):
        while not done():  # noqa: ASYNC110  conditions of several parts, each a turn of the loop away
            await asyncio.sleep(0)


@pytest.fixture
def worker() -> Worker:
    return Worker()


async def test_everything_happens_at_the_start_and_wakes_the_worker(worker: Worker) -> None:
    plan, kept = Plan(), []
    plan.let_go.set()

    async def tidy() -> None:
        kept.append("tidied")

    wakeups = Wakeups(plan, cast(DeliveryWorker, worker), [Chore("tidying", LONG_S, tidy)])
    wakeups.start()
    await until(lambda: kept)
    wakeups.stop()
    assert (plan.runs, worker.swept, kept) == (1, 1, ["tidied"])
    assert worker.woken >= 2


async def test_what_a_crash_left_behind_is_swept_once_before_the_long_plan(worker: Worker) -> None:
    plan = Plan()
    wakeups = Wakeups(plan, cast(DeliveryWorker, worker))
    wakeups.start()
    await plan.begun.get()
    assert worker.swept == 1
    plan.let_go.set()
    await until(lambda: worker.woken >= 2)
    wakeups.stop()
    assert worker.swept == 1


async def test_a_change_while_planning_is_planned_once_more(worker: Worker) -> None:
    plan = Plan()
    wakeups = Wakeups(plan, cast(DeliveryWorker, worker))
    wakeups.start()
    assert await plan.begun.get() == 1
    wakeups.plan_soon()
    wakeups.plan_soon()
    plan.let_go.set()
    assert await plan.begun.get() == 2
    await until(lambda: worker.woken)
    wakeups.plan_soon()
    assert await plan.begun.get() == 3
    await until(lambda: worker.woken >= 3)
    wakeups.stop()
    assert plan.begun.empty()


async def test_a_chore_that_fails_is_logged_without_words_and_the_others_go_on(
    worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    done = []

    async def broken() -> None:
        raise RuntimeError("words of a person")

    async def fine() -> None:
        done.append(True)

    plan = Plan()
    plan.let_go.set()
    wakeups = Wakeups(
        plan, cast(DeliveryWorker, worker), [Chore("breaking", LONG_S, broken), Chore("tidying", LONG_S, fine)]
    )
    wakeups.start()
    await until(lambda: done)
    wakeups.stop()
    assert "breaking failed: RuntimeError" in caplog.text
    assert "words of a person" not in caplog.text
