"""The gate: never more than the token's allowance in any second, the conversation first, nobody starved."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Coroutine
from itertools import pairwise
from typing import Any

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as NoConnectionError

from bot.gate import GateLimits, SlidingGate
from bot.shared_gate import SharedGate


class Time:
    """A stopwatch whose sleepers wake in order, without waiting."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        future = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now + max(seconds, 0.001), len(self._sleepers), future))
        await future

    async def run(self, task: asyncio.Task[None]) -> None:
        while not task.done():
            for _ in range(3):
                await asyncio.sleep(0)
            if self._sleepers:
                self._sleepers.sort(key=lambda sleeper: sleeper[:2])
                at, _, future = self._sleepers.pop(0)
                self.now = max(self.now, at)
                if not future.done():
                    future.set_result(None)
        await task


def gate(time: Time, **limits: float) -> SlidingGate:
    return SlidingGate(GateLimits(**limits), stopwatch=time, sleep=time.sleep)  # type: ignore[arg-type]


def most_in(times: list[float], window_s: float) -> int:
    return max(sum(1 for t in times if start <= t < start + window_s) for start in times)


async def played(time: Time, play: Callable[[], Coroutine[Any, Any, None]]) -> None:
    await time.run(asyncio.create_task(play()))


async def test_bulk_never_exceeds_the_allowance_and_leaves_the_reserve() -> None:
    time, passed = Time(), list[float]()
    one = gate(time)

    async def bulk(chat: int) -> None:
        await one.admit(chat, bulk=True)
        passed.append(time.now)

    async def play() -> None:
        await asyncio.gather(*(bulk(chat) for chat in range(300)))

    await played(time, play)
    assert 25 <= most_in(passed, 1.0) <= 27
    assert most_in(passed, 0.1) <= 4  # evenly, so that what is held up on its way does not meet the next
    assert 300 / (max(passed) - min(passed)) >= 25


async def test_the_conversation_waits_for_nothing_while_bulk_is_full() -> None:
    time, waits, total = Time(), list[float](), list[float]()
    one = gate(time)

    async def bulk(chat: int) -> None:
        await one.admit(chat, bulk=True)
        total.append(time.now)

    async def talk() -> None:
        for n in range(20):
            await time.sleep(0.5)
            began = time.now
            await one.admit(100_000 + n, bulk=False)
            waits.append(time.now - began)
            total.append(time.now)

    async def play() -> None:
        await asyncio.gather(talk(), *(bulk(chat) for chat in range(260)))

    await played(time, play)
    assert max(waits) < 0.1
    assert most_in(total, 1.0) <= 30


async def test_one_chat_gets_one_a_second_from_bulk_and_a_small_burst_from_the_conversation() -> None:
    time, bulk_times, talk_times = Time(), list[float](), list[float]()
    one = gate(time)

    async def play() -> None:
        for _ in range(4):
            await one.admit(7, bulk=True)
            bulk_times.append(time.now)
        for _ in range(6):
            await one.admit(8, bulk=False)
            talk_times.append(time.now)

    await played(time, play)
    assert [round(b - a, 3) for a, b in pairwise(bulk_times)] == [1.0] * 3
    assert most_in(talk_times, 2.9) == 3
    assert talk_times[2] == talk_times[0]


async def test_a_group_gets_twenty_a_minute() -> None:
    time, times = Time(), list[float]()
    one = gate(time)

    async def play() -> None:
        for _ in range(45):
            await one.admit(-100, bulk=False)
            times.append(time.now)

    await played(time, play)
    assert most_in(times, 60.0) == 20


async def test_retry_after_closes_the_chat_and_the_bulk_but_not_other_conversations() -> None:
    time, times = Time(), dict[str, float]()
    one = gate(time)
    one.slowed(7, 5.0)

    async def pass_(name: str, chat: int, *, bulk: bool) -> None:
        await one.admit(chat, bulk=bulk)
        times[name] = time.now

    async def play() -> None:
        await asyncio.gather(
            pass_("same chat", 7, bulk=False), pass_("bulk", 8, bulk=True), pass_("other chat", 9, bulk=False)
        )

    await played(time, play)
    assert times["other chat"] == 0
    assert times["same chat"] >= 5
    assert times["bulk"] >= 5


async def test_workers_share_the_allowance_in_redis() -> None:
    url = "redis://127.0.0.1:6379/0"
    redis = Redis.from_url(url)
    try:
        await redis.ping()
    except NoConnectionError:
        pytest.skip("no Redis on 127.0.0.1:6379")
    finally:
        await redis.aclose()
    token, loop = uuid.uuid4().hex, asyncio.get_running_loop()
    workers = [SharedGate(url, token, GateLimits(), sleep=asyncio.sleep, stopwatch=loop.time) for _ in range(3)]
    passed: list[float] = []

    async def bulk(chat: int) -> None:
        await workers[chat % 3].admit(chat, bulk=True)
        passed.append(loop.time())

    began = loop.time()
    try:
        async with asyncio.timeout(20):
            await asyncio.gather(*(bulk(chat) for chat in range(60)))
    finally:
        for worker in workers:
            await worker.close()
    # From the beginning, since a busy machine may see a pass late, but never early.
    passed.sort()
    assert passed[27] - began >= 0.9
    assert passed[54] - began >= 1.9
