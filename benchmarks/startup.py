"""Start of `run.py` to the first answer of the web chat's API with a stored index, and the memory of the process.

The aim: ≤ 5 s, ≤ 450 MB resident after 200 questions. Beside the clock stands the CPU time that the process had used by
then: what it would take on a core of its own.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

import httpx
import psutil

from benchmarks.questions import read_questions

HOME = Path(__file__).resolve().parents[1]
SECONDS_MAX, MEGABYTES_MAX = 5.0, 450.0
QUESTIONS = 200
PATIENCE_S = 120.0


async def started(directory: Path) -> tuple[asyncio.subprocess.Process, str, float]:
    """A running process, its address, and seconds from start to the first answer."""
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(HOME / "run.py"),
        env={
            **os.environ,
            "RAHYAR_DATA_DIR": str(directory),
            "RAHYAR_WEB__PORT": "0",
            "RAHYAR_WEB__REQUESTS_PER_MINUTE": "100000",
            "RAHYAR_WEB__REQUESTS_PER_MINUTE_ADDRESS": "100000",
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE_S):
        line = (await process.stdout.readline()).decode()
    url = line.split()[-1]
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        await ask(client, "مهلت نظرسنجی از مردم")
    return process, url, time.perf_counter() - begun


async def ask(client: httpx.AsyncClient, question: str) -> None:
    response = await client.post("/api/ask", json={"question": question})
    response.raise_for_status()


async def stopped(process: asyncio.subprocess.Process) -> None:
    process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(process.wait(), 20)


async def measured() -> tuple[float, float, float]:
    """Seconds of the second start by the clock and of CPU time, and megabytes after the questions."""
    with tempfile.TemporaryDirectory() as name:
        process, _, _ = await started(Path(name))  # builds the index
        await stopped(process)
        process, url, seconds = await started(Path(name))
        cpu = psutil.Process(process.pid).cpu_times()
        async with httpx.AsyncClient(base_url=url, timeout=30) as client:
            for question in read_questions()[:QUESTIONS]:
                await ask(client, question.q[:300])
        megabytes = psutil.Process(process.pid).memory_info().rss / 1e6
        await stopped(process)
    return seconds, cpu.user + cpu.system, megabytes


def main() -> bool:
    """Prints the figures; whether they hold."""
    seconds, cpu_s, megabytes = asyncio.run(measured())
    print(
        f"start to first answer: {seconds:.1f} s (≤ {SECONDS_MAX}), {cpu_s:.1f} s of CPU time, memory {megabytes:.0f} MB (≤ {MEGABYTES_MAX:.0f})"
    )
    return seconds <= SECONDS_MAX and megabytes <= MEGABYTES_MAX


if __name__ == "__main__":
    raise SystemExit(not main())
