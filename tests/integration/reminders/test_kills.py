"""Killed at random points of plan, claim, send and record: nobody is forgotten, duplicates are counted."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import sys
from collections import Counter
from pathlib import Path

from sqlalchemy import select

from storage.database import Database
from storage.reminder_models import MessageRow, ReminderRow
from tests.support.botapi import BotApiDouble
from tests.support.daily_law import daily_law
from tests.support.reminding import Clock, ListeningSender, Reminding, law, tehran

ROOT = Path(__file__).parents[3]
AGENCIES = sorted(law().structure.members["main-agencies"])[:10]
START = tehran(1405, 8, 16)


async def populate(database: Database, folder: Path, duties: int) -> Reminding:
    reminding = Reminding(database, Clock(START - dt.timedelta(days=3)), folder, the_law=daily_law(duties))
    operator = await reminding.operator(1)
    for number, agency in enumerate(AGENCIES):
        await reminding.member(operator, 101 + number, agency)
    return reminding


async def planned(database: Database) -> Counter[tuple[object, ...]]:
    columns = ("person_id", "agency_id", "obligation_id", "occurrence", "due", "lead", "state")
    async with database.read() as connection:
        return Counter(
            tuple(row) for row in await connection.execute(select(*(getattr(ReminderRow, c) for c in columns)))
        )


async def killed_run(folder: Path, *, days: int, kills_a_day: int, seed: int, duties: int = 3) -> dict[str, int]:
    """Plays the days with kills and without; what went wrong by name, with how many were killed."""
    file = f"sqlite+aiosqlite:///{folder / 'killed.db'}"
    database = Database(file)
    await database.open()
    await populate(database, folder, duties)
    await database.close()
    async with BotApiDouble() as double:
        double.crowd(1, 200)
        plan = {
            "database": file, "folder": str(folder), "url": double.url, "token": double.token, "start": START.isoformat(),
            "days": days, "kills_a_day": kills_a_day, "seed": seed, "duties": duties,
        }  # fmt: skip
        runner = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.support.reminder_crash",
            json.dumps(plan),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        out, _ = await runner.communicate()
        assert runner.returncode == 0
        received = Counter(m.chat_id for m in double.transcript.messages if m.outgoing)

    calm = Database(f"sqlite+aiosqlite:///{folder / 'calm.db'}")
    await calm.open()
    reminding = await populate(calm, folder, duties)
    sender = ListeningSender()
    worker = reminding.worker({"telegram": sender})
    reminding.clock.until(START)
    for _ in range(days):
        await reminding.plan()
        await worker.deliver_due()
        reminding.clock.move(days=1)
    expected = await planned(calm)
    await calm.close()

    await database.open()
    found = await planned(database)
    async with database.read() as connection:
        messages = (await connection.execute(select(MessageRow.state, MessageRow.maybe_twice))).all()
        carried = set(
            (await connection.execute(select(MessageRow.id).where(MessageRow.state == "delivered"))).scalars()
        )
        loose = [id for id in (await connection.execute(select(ReminderRow.message_id))).scalars() if id not in carried]
    await database.close()
    assert sum(expected.values()) > days * len(AGENCIES)
    return {
        "killed": json.loads(out)["killed"],
        "missing_reminders": sum((expected - found).values()),
        "invented_reminders": sum((found - expected).values()),
        "undelivered": len(loose) + sum(1 for state, _ in messages if state != "delivered"),
        "never_received": max(0, sum(1 for state, _ in messages if state == "delivered") - sum(received.values())),
        "twice": sum(received.values()) - len(messages),
        "counted_as_maybe_twice": sum(twice for _, twice in messages),
    }


async def test_nobody_is_forgotten(tmp_path: Path) -> None:
    result = await killed_run(tmp_path, days=10, kills_a_day=6, seed=1405)

    assert result["killed"] >= 50
    wrong = ("missing_reminders", "invented_reminders", "undelivered", "never_received")
    assert {name: result[name] for name in wrong} == dict.fromkeys(wrong, 0)
    assert 0 <= result["twice"] <= result["counted_as_maybe_twice"]
    assert result["counted_as_maybe_twice"] > 0, "no process died while it was sending: the kills prove nothing"
