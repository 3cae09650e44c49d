"""What is watched is looked at until it is finished, ended, or breaks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.progress import EVERY_S, ProgressBoard
from tests.support.turns import Turns


def looks(answers: list[bool], seen: list[int]) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        seen.append(len(seen))
        return answers.pop(0)

    return look


async def test_it_looks_until_nothing_waits() -> None:
    turns, seen = Turns(), list[int]()
    board = ProgressBoard(sleep=turns)
    board.watch(1, looks([True, False], seen))
    for _ in range(4):
        await turns.next()
    assert seen == [0, 1]
    assert turns.asked == [EVERY_S, EVERY_S]
    await board.close()


async def test_a_second_watch_takes_over_and_an_end_ends() -> None:
    turns, first, second = Turns(), list[int](), list[int]()
    board = ProgressBoard(sleep=turns)
    board.watch(1, looks([True], first))
    board.watch(1, looks([True, True], second))
    await asyncio.sleep(0)
    await turns.next()
    assert (first, second) == ([], [0])
    board.end(1)
    await turns.next()
    assert second == [0]
    await board.close()


async def test_what_breaks_is_logged_and_left(caplog: pytest.LogCaptureFixture) -> None:
    turns = Turns()
    board = ProgressBoard(sleep=turns)

    async def breaks() -> bool:
        raise ValueError("words of somebody")

    board.watch(1, breaks)
    await asyncio.sleep(0)
    await turns.next()
    assert "ValueError" in caplog.text
    assert "words of somebody" not in caplog.text
    await board.close()


async def test_work_shows_how_far_it_got_until_it_is_done() -> None:
    turns, shown = Turns(), list[int]()
    board, goes_on = ProgressBoard(sleep=turns), asyncio.Event()

    async def work() -> str:
        await goes_on.wait()
        return "done"

    async def show() -> None:
        shown.append(len(shown))

    doing = asyncio.ensure_future(board.shown(work(), show))
    await asyncio.sleep(0)
    await turns.next()
    await turns.next()
    assert shown == [0, 1]
    goes_on.set()
    assert await doing == "done"


async def test_work_that_fails_is_logged_and_a_second_takes_over(caplog: pytest.LogCaptureFixture) -> None:
    board, done = ProgressBoard(sleep=Turns()), list[str]()

    async def fails() -> None:
        raise ValueError("words of somebody")

    async def hangs() -> None:
        await asyncio.Event().wait()

    async def ends() -> None:
        done.append("second")

    board.run(1, fails())
    await board.idle()
    assert "ValueError" in caplog.text
    assert "words of somebody" not in caplog.text
    board.run(1, hangs())
    await asyncio.sleep(0)
    board.run(1, ends())
    async with asyncio.timeout(5):
        await board.idle()
    assert done == ["second"]
    await board.close()
