"""Rates and forwards in a process that gets killed: `python -m tests.support.forwarding_process URL HOOK SQL FOLDER`.

Reads lines "round kill_after_ms" (0: let it finish), forks a child for each, which rates a few services and forwards all,
kills it so long after its database was open, and prints "killed" or "done". Forking spares the imports of each round.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from storage.database import Database
from storage.forwarding.deliveries import Deliveries
from storage.forwarding.http_target import HttpTarget
from storage.forwarding.parquet_target import ParquetTarget
from storage.forwarding.sql_target import SqlTarget
from storage.forwarding.worker import ForwardingWorker
from surveys.forwarding import Target
from surveys.services import Service
from tests.support.rating import NOW, SurveyDesk, respondent
from tests.support.receiver import SECRET

SERVICES = [Service(str(2000 + n), f"خدمت {n}", "دستگاه") for n in range(4)]


async def work(url: str, hook: str, sql: str, folder: str, number: int, ready: int, *, rates: bool) -> None:
    """Gives answers as one person of this round, then forwards; the clock moves a day a round."""
    database = Database(url)
    await database.open()
    desk = SurveyDesk(database, ids=f"r{number}x")
    now = NOW + dt.timedelta(days=number)
    targets: list[Target] = [
        HttpTarget("hook", hook, SECRET, clock=lambda: now),
        SqlTarget("sql", sql),
        ParquetTarget("files", Path(folder)),
    ]
    os.write(ready, b"!")
    if number == 0:
        async with desk.work() as kept:
            await kept.services.put(SERVICES)
    worker = ForwardingWorker(
        Deliveries(database), targets, holder="tests", clock=lambda: now, chance=random.Random(number).random
    )
    for service in SERVICES if rates else ():
        for face in (3, 5):
            await desk.give(respondent(number), service.id, "overall", face, channel="web")
        await worker.run_once()
    await worker.drain()
    for target in targets:
        await target.close()
    await database.close()


def warm() -> None:
    """One round on the side, so that every child starts with what a first one has to make."""
    with tempfile.TemporaryDirectory() as folder:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        url, sql = f"sqlite+aiosqlite:///{folder}/warm.db", f"sqlite:///{folder}/store.db"
        asyncio.run(work(url, "http://127.0.0.1:1/hook", sql, f"{folder}/files", 0, nowhere, rates=True))
        os.close(nowhere)


def main(url: str, hook: str, sql: str, folder: str) -> None:
    warm()
    for line in sys.stdin:
        number, kill_after_ms = (int(word) for word in line.split())
        opened, ready = os.pipe()
        child = os.fork()
        if child == 0:
            rates = kill_after_ms != 0 or number == 0
            asyncio.run(work(url, hook, sql, folder, number, ready, rates=rates))
            os._exit(0)
        os.close(ready)
        os.read(opened, 1)  # the database is open, or the child has died
        os.close(opened)
        if kill_after_ms:
            time.sleep(kill_after_ms / 1e3)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else f"done {os.waitstatus_to_exitcode(status)}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:5])
