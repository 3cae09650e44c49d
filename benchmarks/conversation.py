"""Question to answer through the whole dispatcher and a real SQLite file, in process.

Questions come one after another from 50 people; timed from handing the text in until its update has its outcome. The
aim: p50 ≤ 15 ms, p99 ≤ 60 ms by the clock. The CPU time of the process (all its threads, the database's too) stands
beside it: what other programs of a busy machine do not change.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.questions import read_questions
from handlers import conversation_router
from storage.database import Database
from storage.unit_of_work import Repositories
from tests.support.answering import real_dependencies
from tests.support.chats import open_channel
from tests.support.memory import plain_asker_key

P50_MAX_MS, P99_MAX_MS = 15.0, 60.0
PEOPLE = 50
WARM_UP = 30


async def measured(directory: Path) -> tuple[list[float], list[float]]:
    """Milliseconds of each question, by the clock and of CPU time."""
    database = Database(f"sqlite+aiosqlite:///{directory / 'bench.sqlite3'}")
    await database.open()
    kept = Repositories(database, asker_key=plain_asker_key)
    questions = [q.q for q in read_questions()]
    times, worked = [], []
    try:
        async with open_channel([conversation_router()], real_dependencies(kept.questions), storage=kept) as channel:
            for question in questions[:WARM_UP]:
                await channel.receive_text(1, question)
                await channel.settled()
            gc.collect()
            gc.freeze()
            for i, question in enumerate(questions):
                started, cpu = time.perf_counter(), time.process_time()
                await channel.receive_text(2 + i % PEOPLE, question)
                await channel.settled()
                times.append((time.perf_counter() - started) * 1e3)
                worked.append((time.process_time() - cpu) * 1e3)
    finally:
        gc.unfreeze()
        await database.close()
    return times, worked


def main() -> bool:
    """Prints the figures; whether they hold."""
    with tempfile.TemporaryDirectory() as directory:
        times, worked = asyncio.run(measured(Path(directory)))
    p50, p99 = _quantiles(times)
    cpu50, cpu99 = _quantiles(worked)
    print(
        f"question to answer: n={len(times)} p50 {p50:.1f} ms (≤ {P50_MAX_MS}) p99 {p99:.1f} ms (≤ {P99_MAX_MS});"
        f" of CPU time p50 {cpu50:.1f} ms p99 {cpu99:.1f} ms"
    )
    return p50 <= P50_MAX_MS and p99 <= P99_MAX_MS


def _quantiles(times: list[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=100)[98]


if __name__ == "__main__":
    raise SystemExit(not main())
