"""Load and endurance of the reminders: `python -m benchmarks.reminders [plan|paced|drained|kills|year] [--option N]`.

Without a word all five, each held against its aim (`AIMS`); each prints one JSON object. `paced` and `drained` run the strict double in a process of its own with Telegram's limits, sends the bulk
through the worker and, beside it, two chat questions a second through an aiogram bot behind the same gate.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import gc
import json
import math
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from sqlalchemy import func, insert, select, text

from bot.delivery import DeliveryWorker
from bot.gate import GateLimits, SlidingGate, guard
from bot.senders import BotApiSender, bulk_bot, close_bulk_bot
from bot.sending import Sending
from reminders.jalali import Unit, parse_iso
from reminders.ledger import MessageKind, NewMessage
from reminders.people import MemberState, Role
from storage.database import Database
from storage.models import PersonRow
from storage.reminder_models import AgencyRow, DutyStateRow, MembershipRow, MessageRow, ReminderRow
from tests.support.botapi import FloodLimits, launched
from tests.support.daily_law import daily_law, periodic_law
from tests.support.expected_reminders import Expected, expected_reminders
from tests.support.reminding import Clock, Law, ListeningSender, Reminding, tehran

START = tehran(1405, 8, 16)
FIRST_CHAT = 1_000


async def populated(folder: Path, the_law: Law, people: int, url: str = "") -> Reminding:
    """So many representatives, each of an agency of their own, all of them executive agencies."""
    database = Database(url or f"sqlite+aiosqlite:///{folder / 'rahyar.db'}")
    await database.open()
    joined = START - dt.timedelta(days=30)
    async with database.write() as connection:
        await connection.execute(
            insert(PersonRow),
            [
                {
                    "id": n,
                    "platform": "telegram",
                    "platform_id": FIRST_CHAT + n,
                    "settings": {},
                    "first_seen_at": joined,
                    "last_seen_at": joined,
                }
                for n in range(1, people + 1)
            ],
        )
        await connection.execute(
            insert(AgencyRow),
            [
                {
                    "id": f"agency-{n}",
                    "name": f"دستگاه {n}",
                    "aliases": [],
                    "parent": "",
                    "classes": ["executive-agencies"],
                }
                for n in range(1, people + 1)
            ],
        )
        await connection.execute(
            insert(MembershipRow),
            [
                {
                    "agency_id": f"agency-{n}",
                    "person_id": n,
                    "role": Role.REPRESENTATIVE.value,
                    "state": MemberState.ACTIVE.value,
                    "name": f"نماینده {n}",
                    "legal_basis": "",
                    "requested_at": joined,
                    "decided_at": joined,
                    "reason": "",
                }
                for n in range(1, people + 1)
            ],
        )
    return Reminding(database, Clock(START), folder, the_law=the_law)


async def plan(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """`--count` reminders due at once: 20 duties a person."""
    reminding = await populated(folder, daily_law(20), options.count // 20, options.url)
    began = time.monotonic()
    planned = await reminding.plan()
    took = time.monotonic() - began
    again = time.monotonic()
    second = await reminding.plan()
    await reminding.database.close()
    return {
        "planned": planned.reminders,
        "people": planned.people,
        "plan_s": round(took, 1),
        "second_run_made": second.reminders,
        "second_run_s": round(time.monotonic() - again, 1),
    }


async def drain(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """`--count` messages to as many people; for `--seconds` at Telegram's own limits, or all at `--scale` times these."""
    scale, count = options.scale, options.count
    reminding = await populated(folder, daily_law(1), count)
    reminding.clock.now = dt.datetime.now(dt.UTC)
    now = reminding.clock()
    for first in range(1, count + 1, 5000):
        async with reminding.work() as work:
            await work.ledger.add(
                [
                    NewMessage(f"bench:{n}", n, MessageKind.BROADCAST, {"text": f"یادآوری {n}"}, now)
                    for n in range(first, min(first + 5000, count + 1))
                ],
                now,
            )
    async with launched() as double:
        await double.post("crowd", first_id=FIRST_CHAT + 1, count=count)
        await double.post("crowd", first_id=10, count=50)
        flood = FloodLimits(overall=30 * scale, private_interval_s=1.0 / scale)
        await double.post("flood", **{f: getattr(flood, f) for f in flood.__dataclass_fields__})
        limits = GateLimits(overall=30 * scale, reserve=3 * scale)
        gate = SlidingGate(limits, stopwatch=time.monotonic, sleep=asyncio.sleep)
        bulk = bulk_bot(double.token, api_base=double.url, proxy="", connections=32)
        worker = DeliveryWorker(
            reminding.work,
            reminding.compose,
            reminding.render,
            {"telegram": BotApiSender(bulk, gate)},
            reminding.unreachable,
            clock=lambda: dt.datetime.now(dt.UTC),
            sleep=asyncio.sleep,
            concurrency=16,
        )
        chat = asyncio.create_task(_questions(double.url, double.token, gate))
        began = time.monotonic()
        running = asyncio.create_task(worker.run())
        while time.monotonic() - began < options.seconds:
            await asyncio.sleep(0.5)
            if worker.counts["sent"] >= count:
                break
        took = time.monotonic() - began
        sent = worker.counts["sent"]
        worker.stop()
        await running
        chat.cancel()
        latencies, lost = await chat
        summary = await double.get("summary")
        await close_bulk_bot(bulk)
    async with reminding.database.read() as connection:
        by_state = select(MessageRow.state, func.count()).group_by(MessageRow.state)
        states = {row[0]: row[1] for row in await connection.execute(by_state)}
        twice = (await connection.execute(select(func.sum(MessageRow.maybe_twice)))).scalar_one()
    await reminding.database.close()
    latencies.sort()
    return {
        "scale": scale,
        "seconds": round(took, 1),
        "bulk_sent": sent,
        "bulk_per_s": round(sent / took, 2),
        "states": states,
        "maybe_twice": int(twice or 0),
        "refused_by_the_limits": summary["flood_refused"],
        "received": summary["messages"],
        "chat_answers": len(latencies),
        "chat_lost": lost,
        "chat_p50_ms": round(1e3 * latencies[len(latencies) // 2], 1) if latencies else None,
        "chat_p95_ms": round(1e3 * latencies[int(len(latencies) * 0.95)], 1) if latencies else None,
    }


async def _questions(url: str, token: str, gate: SlidingGate) -> tuple[list[float], int]:
    """Two answers a second to fifty people in turn, as the conversation sends them; until cancelled."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url), timeout=10)
    Sending(sleep=asyncio.sleep, stopwatch=time.monotonic, chance=lambda: 0.5).equip(session)
    guard(session, gate)
    bot = Bot(token, session=session)
    latencies: list[float] = []
    under_way: set[asyncio.Task[None]] = set()
    failed = 0

    async def answer(n: int) -> None:
        nonlocal failed
        began = time.monotonic()
        try:
            await bot.send_message(10 + n % 50, f"پاسخ {n}")
            latencies.append(time.monotonic() - began)
        except Exception:
            failed += 1

    n = 0
    try:
        while True:
            task = asyncio.create_task(answer(n))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            n += 1
            await asyncio.sleep(0.5)
    except asyncio.CancelledError:
        await asyncio.gather(*under_way)
        await session.close()
    return latencies, failed


async def year(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """`--people` × `--duties`, `--days` of the clock: each reminder at its time, none twice, memory flat."""
    kinds = [(1, Unit.QUARTER), (6, Unit.MONTH), (1, Unit.YEAR), (1, Unit.YEAR), (2, Unit.YEAR)]
    periods = [kinds[n % len(kinds)] for n in range(options.duties)]
    the_law = periodic_law(periods)
    reminding = await populated(folder, the_law, options.people)
    sender = _Counting()
    worker = reminding.worker({"telegram": sender}, concurrency=48)  # this platform answers at once
    gc.collect()
    gc.freeze()  # as run.py does when everything is loaded
    began, spent, memory, planned = time.monotonic(), dict.fromkeys(("plan", "deliver", "report"), 0.0), [], 0
    days = 0
    while days < options.days and time.monotonic() - began < options.minutes * 60:
        with _timed(spent, "plan"):
            planned += (await reminding.plan()).reminders
        with _timed(spent, "deliver"):
            await worker.deliver_due()
        with _timed(spent, "report"):
            await _report_what_is_due(reminding)
        sender.next_day()
        days += 1
        if days % 30 in (0, 1):
            memory.append(_memory_mb())
            print(f"day {days}: {planned} reminders, {memory[-1]} MB, {spent}", file=sys.stderr, flush=True)
        reminding.clock.move(days=1)
    took = time.monotonic() - began
    first = START.date()
    expected = expected_reminders(
        the_law.register,
        periods,
        first=first,
        last=first + dt.timedelta(days=days - 1),
        joined=first - dt.timedelta(days=30),
        done_at_once=True,
    )
    wrong = await _compared(reminding.database, expected, options.people)
    await reminding.database.close()
    return {
        "people": options.people,
        "duties": options.duties,
        "days": days,
        "seconds": round(took, 1),
        **{f"{name}_s": round(seconds, 1) for name, seconds in spent.items()},
        "reminders": planned,
        "expected": sum(expected.values()) * options.people,
        "messages": sender.count,
        "two_a_day": sender.twice,
        **wrong,
        "memory_mb": memory,
    }


@contextmanager
def _timed(spent: dict[str, float], name: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    spent[name] += time.monotonic() - began


def _memory_mb() -> int:
    """What the process holds now; its greatest ever where no /proc says more."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return pages * resource.getpagesize() // 2**20


async def _compared(database: Database, expected: Expected, people: int) -> dict[str, int]:
    """How many kinds of reminder not everybody has, or has although they should not; how many went at another time."""
    r = ReminderRow
    by_kind = select(
        r.obligation_id, r.due, r.lead, r.day, func.count(), func.count(r.person_id.distinct())
    ).group_by(r.obligation_id, r.due, r.lead, r.day)  # fmt: skip
    # A day's message is keyed by its person and day, and is sent when it is due.
    elsewhere = text(
        "SELECT count(*) FROM reminders r LEFT JOIN outgoing_messages m ON m.id = r.message_id"
        " WHERE m.id IS NULL OR m.key != 'daily:' || r.person_id || ':' || r.day"
        " OR m.state != 'delivered' OR m.delivered_at != m.send_at"
    )
    found: dict[Any, tuple[int, int]] = {}
    async with database.read() as connection:
        for obligation, due, lead, day, rows, persons in await connection.execute(by_kind):
            found[obligation, parse_iso(due).to_gregorian(), lead, day] = (rows, persons)
        late = (await connection.execute(elsewhere)).scalar_one()
    right = {kind for kind, count in expected.items() if found.get(kind) == (people, people) and count == 1}
    return {
        "missing": len(expected.keys() - right),
        "invented": len(found.keys() - expected.keys()),
        "not_in_time": late,
    }


async def _report_what_is_due(reminding: Reminding) -> None:
    """At the end of the day everybody's duties of today are done; else most of a year would be overdue reminders."""
    day = reminding.hours.today(reminding.clock())
    async with reminding.work() as work:
        view = await reminding.books.view(work)
    rows = [
        {
            "agency_id": agency,
            "obligation_id": o.id,
            "occurrence": at.number,
            "state": "done",
            "changed_at": reminding.clock(),
        }
        for o in view.obligations
        for at in view.occurrences(o, "", day, day)
        for agency in view.bound(o)
        if agency.startswith("agency-")
    ]
    async with reminding.database.write() as connection:
        for first in range(0, len(rows), 5000):
            await connection.execute(insert(DutyStateRow), rows[first : first + 5000])


class _Counting(ListeningSender):
    """Keeps no texts: a year of them would be the only thing that grows."""

    def __init__(self) -> None:
        super().__init__()
        self.count, self.twice = 0, 0
        self._today: set[int] = set()

    def next_day(self) -> None:
        self._today.clear()

    async def send(self, chat_id: int, message: Any) -> Any:
        attempt = await super().send(chat_id, message)
        self.sent.clear()
        self.messages.clear()
        self.count += 1
        self.twice += chat_id in self._today
        self._today.add(chat_id)
        return attempt


async def kills(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """At least `--kills` processes killed, at random points and at sends, seven a day of the clock."""
    from tests.integration.reminders.test_kills import killed_run

    days = math.ceil(options.kills / KILLS_A_DAY)
    return dict(await killed_run(folder, days=days, kills_a_day=KILLS_A_DAY, seed=options.seed))


#: So many that most of them still find something to do.
KILLS_A_DAY = 7


async def paced(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """At Telegram's own limits for `--seconds`, with more messages due than can pass."""
    return await drain(folder, argparse.Namespace(**{**vars(options), "scale": 1, "count": PACED_COUNT}))


async def drained(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """All `--count` at `--scale` times the limits."""
    return await drain(folder, argparse.Namespace(**{**vars(options), "seconds": DRAINED_MAX_S}))


#: More than 30 a second can take away in the time measured.
PACED_COUNT = 6_000
DRAINED_MAX_S = 3_600.0
RUNS = {"plan": plan, "paced": paced, "drained": drained, "kills": kills, "year": year}


def _chat_served(r: dict[str, Any]) -> bool:
    return bool(r["chat_answers"]) and r["chat_lost"] == 0 and r["chat_p95_ms"] <= 1000


def _none_forgotten(r: dict[str, Any], options: argparse.Namespace) -> bool:
    wrong = ("missing_reminders", "invented_reminders", "undelivered", "never_received")
    counted = 0 <= r["twice"] <= r["counted_as_maybe_twice"]
    return r["killed"] >= options.kills and not any(r[name] for name in wrong) and counted


def _on_time(r: dict[str, Any], options: argparse.Namespace) -> bool:
    # The first weeks fill the caches; from then on nothing may grow with what is behind.
    settled = r["memory_mb"][len(r["memory_mb"]) // 4 :]
    wrong = r["two_a_day"] + r["missing"] + r["invented"] + r["not_in_time"]
    whole = r["days"] == options.days and r["reminders"] == r["expected"] > 0
    return whole and not wrong and settled[-1] - settled[0] <= MEMORY_MB_MAX


#: The process may grow so much in the last three quarters of the days.
MEMORY_MB_MAX = 30
#: Whether a result is what issue and design promise.
AIMS: dict[str, Callable[[dict[str, Any], argparse.Namespace], bool]] = {
    "plan": lambda r, o: r["planned"] >= o.count and r["plan_s"] <= 60 and r["second_run_made"] == 0,
    "paced": lambda r, o: (
        r["bulk_per_s"] >= 25 and r["states"].keys() <= {"delivered", "due", "retry_at"} and _chat_served(r)
    ),
    "drained": lambda r, o: r["states"] == {"delivered": o.count} and r["maybe_twice"] == 0 and _chat_served(r),
    "kills": _none_forgotten,
    "year": _on_time,
}


def main(arguments: Sequence[str] = ()) -> bool:
    """Prints the figures; whether they hold."""
    parser = argparse.ArgumentParser(prog="benchmarks.reminders")
    parser.add_argument("what", nargs="*", choices=[[], *RUNS], default=[])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=125.0)
    parser.add_argument("--scale", type=int, default=20)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--duties", type=int, default=100)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--minutes", type=float, default=120.0, help="a year ends after so long, wherever it is")
    parser.add_argument("--seed", type=int, default=1405)
    parser.add_argument("--url", default="")
    options = parser.parse_args(arguments)
    held = True
    for name in options.what or RUNS:
        with tempfile.TemporaryDirectory() as folder:
            result = asyncio.run(RUNS[name](Path(folder), options))
        good = AIMS[name](result, options)
        print(json.dumps({"benchmark": f"reminders {name}", **result, "holds": good}), flush=True)
        held = held and good
    return held


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:]))
