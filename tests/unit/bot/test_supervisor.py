"""Services run together, fail apart, and stop in order."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable

import pytest

from bot.supervisor import Service, Supervisor


class Recorder:
    """Services that note what happens to them."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.running = asyncio.Event()

    def service(self, name: str, *, takes: bool = False) -> Service:
        ended = asyncio.Event()

        async def run() -> None:
            self.notes.append(f"{name} runs")
            self.running.set()
            await ended.wait()
            self.notes.append(f"{name} ended")

        return Service(name, run, stop=ended.set, takes=takes)

    async def sleep(self, seconds: float) -> None:
        self.notes.append(f"pause {seconds:g}")
        await asyncio.sleep(0)


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


async def supervised(
    services: list[Service], recorder: Recorder, meanwhile: Callable[[Supervisor], Awaitable[None]]
) -> None:
    supervisor = Supervisor(services, [], drain_s=1, sleep=recorder.sleep)
    running = asyncio.create_task(supervisor.run())
    await meanwhile(supervisor)
    async with asyncio.timeout(5):
        await running


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_takers_first(number: signal.Signals, recorder: Recorder) -> None:
    async def meanwhile(_: Supervisor) -> None:
        await recorder.running.wait()
        os.kill(os.getpid(), number)

    await supervised([recorder.service("web"), recorder.service("polling", takes=True)], recorder, meanwhile)
    assert recorder.notes == ["web runs", "polling runs", "polling ended", "web ended"]


async def test_a_service_that_fails_is_started_again_after_longer_and_longer_pauses(recorder: Recorder) -> None:
    failures = iter([OSError(), OSError(), OSError()])
    works = asyncio.Event()

    async def run() -> None:
        for error in failures:
            raise error
        works.set()
        await asyncio.Event().wait()

    async def meanwhile(supervisor: Supervisor) -> None:
        await works.wait()
        supervisor.stop()

    await supervised([Service("polling", run)], recorder, meanwhile)
    assert recorder.notes == ["pause 1", "pause 2", "pause 4"]


async def test_an_essential_service_takes_the_process_with_it(recorder: Recorder) -> None:
    async def run() -> None:
        raise OSError("address in use")

    async def meanwhile(_: Supervisor) -> None:
        pass

    other = recorder.service("polling", takes=True)
    with pytest.raises(OSError, match="address in use"):
        await supervised([other, Service("web", run, essential=True)], recorder, meanwhile)
    assert recorder.notes == ["polling runs", "polling ended"]


async def test_an_essential_service_that_is_done_ends_the_rest(recorder: Recorder) -> None:
    async def run() -> None:
        recorder.notes.append("chat done")

    async def meanwhile(_: Supervisor) -> None:
        pass

    await supervised([recorder.service("web"), Service("chat", run, essential=True)], recorder, meanwhile)
    assert recorder.notes == ["web runs", "chat done", "web ended"]


async def test_a_service_without_stop_is_cancelled(recorder: Recorder) -> None:
    async def run() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            recorder.notes.append("cancelled")

    async def meanwhile(supervisor: Supervisor) -> None:
        await asyncio.sleep(0)
        supervisor.stop()

    await supervised([Service("polling", run, takes=True)], recorder, meanwhile)
    assert recorder.notes == ["cancelled"]


async def test_a_service_that_loses_its_cancellation_is_cancelled_again(recorder: Recorder) -> None:
    """`asyncio.wait_for` of Python 3.11 loses one that comes in the moment in which it returns."""
    lost: list[bool] = []

    async def run() -> None:
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                if lost:
                    raise
                lost.append(True)
                recorder.running.set()

    async def meanwhile(supervisor: Supervisor) -> None:
        await asyncio.sleep(0)
        supervisor.stop()

    await supervised([Service("deaf", run)], recorder, meanwhile)
    assert lost == [True]
