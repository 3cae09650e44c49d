"""Signals and crashes: the bot is stopped and killed with twenty questions in flight and nobody goes without an answer.

The whole product first: `python run.py` against the Bot API double, whose slow sendMessage holds the answers in flight. Then
`tests.support.slow_bot`, the same channels with a slow handler, for what depends on the handler's pace.
"""

import asyncio
import collections
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from tests.support.botapi import BotApiDouble

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 20
QUESTION = "ماده ۲۱ نقشه راه"
START_S = 180  # the first start builds the indexes: half a minute, more where other tests run beside it
Process = asyncio.subprocess.Process


@asynccontextmanager
async def started(*arguments: str, **environment: str) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, env={**os.environ, **environment}, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def rahyar(double: BotApiDouble, directory: Path) -> AbstractAsyncContextManager[Process]:
    return started(
        "run.py",
        RAHYAR_TELEGRAM__TOKEN=double.token,
        RAHYAR_TELEGRAM__API_BASE=double.url,
        RAHYAR_DATA_DIR=str(directory),
        RAHYAR_WEB__ENABLED="false",
    )


def slow_bot(double: BotApiDouble, directory: Path, drain_s: float = 10) -> AbstractAsyncContextManager[Process]:
    return started("-m", "tests.support.slow_bot", double.token, double.url, str(directory), str(drain_s))


@pytest.fixture
async def double() -> AsyncIterator[BotApiDouble]:
    async with BotApiDouble() as server:
        yield server


async def ask(double: BotApiDouble, first: int, question: str) -> set[int]:
    """Twenty people ask at once; their ids."""
    for person in range(first, first + PEOPLE):
        await double.user(person).sends(question)
    return set(range(first, first + PEOPLE))


def answers(double: BotApiDouble) -> collections.Counter[int]:
    return collections.Counter(message.chat_id for message in double.transcript.from_bot())


def in_flight(double: BotApiDouble, people: set[int]) -> bool:
    """True when an answer to each of them was sent off, and the platform knows that it need not keep the questions."""
    sending = {int(call.params["chat_id"]) for call in double.calls_of("sendMessage")}
    return people <= sending and not double.queue.pending


def inbox(directory: Path, condition: str) -> int:
    connection = sqlite3.connect(directory / "rahyar.sqlite3")
    try:
        return int(connection.execute(f"SELECT count(*) FROM inbox WHERE {condition}").fetchone()[0])
    finally:
        connection.close()


async def test_killed_and_stopped_with_twenty_questions_in_flight(double: BotApiDouble, tmp_path: Path) -> None:
    async with rahyar(double, tmp_path) as process:
        await double.user(1).asks(QUESTION, START_S)
        hanging = double.inject("hang_before", "sendMessage", times=None, delay_s=30)
        killed = await ask(double, 100, QUESTION)
        await double.wait_for(lambda _: in_flight(double, killed), START_S)
        process.kill()
        await process.wait()
    assert not killed & answers(double).keys()
    assert inbox(tmp_path, "outcome IS NULL") == PEOPLE
    double.faults.plans.remove(hanging)

    async with rahyar(double, tmp_path) as process:
        await double.wait_for(lambda _: killed <= answers(double).keys(), START_S)
        double.inject(
            "slow", "sendMessage", times=None, delay_s=3
        )  # longer than a loaded machine takes to put twenty on their way
        stopped = await ask(double, 200, QUESTION)
        await double.wait_for(lambda _: in_flight(double, stopped))
        assert not stopped & answers(double).keys()
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 0
    assert answers(double) == collections.Counter(dict.fromkeys({1} | killed | stopped, 1))
    assert inbox(tmp_path, "outcome = 'handled'") == 1 + 2 * PEOPLE
    assert inbox(tmp_path, "attempts > 1") == PEOPLE
    assert not double.violations


async def test_answered_twice_only_where_the_crash_fell_between_sending_and_recording(
    double: BotApiDouble, tmp_path: Path
) -> None:
    async with slow_bot(double, tmp_path) as process:
        for i in range(PEOPLE):
            await double.user(100 + i).sends(f"question {100 + 200 * i}")
        await double.wait_for(lambda _: not double.queue.pending and len(answers(double)) >= 5, START_S)
        process.kill()
        await process.wait()
    assert len(answers(double)) < PEOPLE
    async with slow_bot(double, tmp_path):
        await double.wait_for(lambda _: len(answers(double)) == PEOPLE, START_S)
    assert max(answers(double).values()) <= 2
    twice = sum(count == 2 for count in answers(double).values())
    assert twice <= inbox(tmp_path, "attempts > 1") < PEOPLE


async def test_what_takes_too_long_is_left_for_the_next_start(double: BotApiDouble, tmp_path: Path) -> None:
    async with slow_bot(double, tmp_path, drain_s=0.1) as process:
        people = await ask(double, 100, "question 1500")
        await double.wait_for(lambda _: double.queue.confirmed >= PEOPLE, START_S)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 3
    assert inbox(tmp_path, "outcome IS NULL") == PEOPLE
    async with slow_bot(double, tmp_path):
        await double.wait_for(lambda _: answers(double) == dict.fromkeys(people, 1), START_S)
