"""Signals and crashes: a bot process is killed with twenty questions in flight and nobody goes without an answer.

The process is `tests.support.slow_bot`: the product's channels over a real SQLite file and real HTTP, with a slow
handler.
"""

import asyncio
import collections
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.support.botapi import BotApiDouble

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 20


@asynccontextmanager
async def slow_bot(
    double: BotApiDouble, directory: Path, drain_s: float = 10
) -> AsyncIterator[asyncio.subprocess.Process]:
    arguments = (double.token, double.url, str(directory), str(drain_s))
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.support.slow_bot", *arguments, cwd=ROOT)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.fixture
async def double() -> AsyncIterator[BotApiDouble]:
    async with BotApiDouble() as server:
        yield server


async def ask(double: BotApiDouble, *, fastest_ms: int, step_ms: int) -> None:
    for i in range(PEOPLE):
        await double.user(id=100 + i).sends(f"question {i} {fastest_ms + step_ms * i}")


def answers(double: BotApiDouble) -> collections.Counter[int]:
    return collections.Counter(message.chat_id for message in double.transcript.from_bot())


def taken_over(double: BotApiDouble) -> bool:
    """True when the bot has confirmed every question, so that only its inbox still has them."""
    return double.queue.confirmed >= PEOPLE


def inbox(directory: Path, condition: str) -> int:
    with sqlite3.connect(directory / "rahyar.sqlite3") as connection:
        found: int = connection.execute(f"SELECT count(*) FROM inbox WHERE {condition}").fetchone()[0]
    connection.close()
    return found


async def test_sigterm_finishes_what_is_in_flight(double: BotApiDouble, tmp_path: Path) -> None:
    async with slow_bot(double, tmp_path) as process:
        await ask(double, fastest_ms=700, step_ms=20)
        await double.wait_for(lambda _: taken_over(double), 20)
        assert not answers(double)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 0
    assert answers(double) == collections.Counter({100 + i: 1 for i in range(PEOPLE)})
    assert inbox(tmp_path, "outcome = 'handled'") == PEOPLE
    assert not double.violations


async def test_sigterm_leaves_what_takes_too_long_for_the_next_start(double: BotApiDouble, tmp_path: Path) -> None:
    async with slow_bot(double, tmp_path, drain_s=0.2) as process:
        await ask(double, fastest_ms=1500, step_ms=0)
        await double.wait_for(lambda _: taken_over(double), 20)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 3
    assert inbox(tmp_path, "outcome IS NULL") == PEOPLE
    async with slow_bot(double, tmp_path):
        await double.wait_for(lambda _: len(answers(double)) == PEOPLE, 20)
    assert set(answers(double).values()) == {1}


async def test_sigkill_loses_nobody(double: BotApiDouble, tmp_path: Path) -> None:
    async with slow_bot(double, tmp_path) as process:
        await ask(double, fastest_ms=100, step_ms=40)
        await double.wait_for(lambda _: taken_over(double) and len(answers(double)) >= 5, 20)
        process.kill()
        await process.wait()
    assert len(answers(double)) < PEOPLE
    async with slow_bot(double, tmp_path) as process:
        await double.wait_for(lambda _: len(answers(double)) == PEOPLE, 20)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 0
    twice = sum(count > 1 for count in answers(double).values())
    assert max(answers(double).values()) <= 2
    assert twice <= inbox(tmp_path, "attempts > 1") <= PEOPLE
    assert inbox(tmp_path, "outcome = 'handled'") == PEOPLE
