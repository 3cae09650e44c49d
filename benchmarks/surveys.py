"""Reports over a million responses: of one service ≤ 0.5 s, of all ≤ 3 s, memory flat; SQLite and PostgreSQL.

On a server everything happens in a schema of its own that is dropped afterwards.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import os
import random
import resource
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
from sqlalchemy import insert

from storage.database import Database
from storage.survey_models import ResponseRow, TallyCountRow
from storage.unit_of_work import survey_work
from surveys.answering import SurveyRules
from surveys.periods import PeriodKind, month_of, months_before
from surveys.questionnaire import load_questionnaires
from surveys.reports import MakeReport
from surveys.services import Service

TEHRAN = ZoneInfo("Asia/Tehran")
QUESTIONNAIRES = load_questionnaires(Path(__file__).parents[1] / "surveys" / "questionnaires")
NOW = dt.datetime(2026, 11, 21, 6, 30, tzinfo=dt.UTC)
SERVICES = [Service(str(10_000 + n), f"خدمت {n}", f"دستگاه {n % 30}") for n in range(300)]
CHANNELS = ("telegram", "web", "bale")
BATCH = 10_000
ONE_S_MAX, ALL_S_MAX, MEMORY_MB_MAX = 0.5, 3.0, 50.0
POSTGRESQL = os.environ.get("RAHYAR_TEST_POSTGRES_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/postgres")
#: Beside the shards that the taps before have used.
BULK_SHARD = 99


def survey_rules() -> SurveyRules:
    """Rules of a survey desk whose clock stands."""
    return SurveyRules(
        QUESTIONNAIRES,
        PeriodKind.QUARTER,
        TEHRAN,
        clock=lambda: NOW,
        new_id=lambda: uuid.uuid4().hex,
        new_code=lambda: uuid.uuid4().hex[:10],
        person_key=lambda platform, id: f"{platform}:{id}",
    )


async def fill(database: Database, responses: int) -> None:
    """Responses of a year as rows, with the counts that their transactions would have left."""
    dice, months = random.Random(1), months_before(month_of(NOW.date()), 12)
    tallies: Counter[tuple[str, str, str, str, str]] = Counter()
    for first in range(0, responses, BATCH):
        rows = []
        for number in range(first, min(first + BATCH, responses)):
            service = SERVICES[min(int(dice.expovariate(1 / 40)), len(SERVICES) - 1)].id
            month, channel, face = dice.choice(months), dice.choice(CHANNELS), dice.randint(1, 5)
            rows.append(_row(number, service, month, channel, face))
            for question, value in (("", "answered"), ("", "finished"), ("overall", "*"), ("overall", str(face))):
                tallies[(service, month, question, value, channel)] += 1
            for question, value in (("settled", dice.choice(("yes", "no"))), ("bad", "speed"), ("bad", "*")):
                tallies[(service, month, question, value, channel)] += 1
        async with database.write() as connection:
            await connection.execute(insert(ResponseRow), rows)
    names = ("service_id", "month", "question", "value", "channel")
    counts = [{**dict(zip(names, key, strict=True)), "shard": BULK_SHARD, "count": n} for key, n in tallies.items()]
    async with database.write() as connection:
        await connection.execute(insert(TallyCountRow), counts)


def _row(number: int, service: str, month: str, channel: str, face: int) -> dict[str, object]:
    return {
        "uid": f"bench{number}",
        "code": f"BENCH{number}",
        "service_id": service,
        "channel": channel,
        "period": month,
        "period_ends": NOW.date(),
        "once": None,
        "asker": f"asker{number}",
        "questionnaire": "default",
        "version": 1,
        "answers": {"overall": face, "settled": "yes"},
        "text": None,
        "finished": True,
        "standing": "counted",
        "again": None,
        "day": NOW.date(),
        "month": month,
        "answered_at": None,
        "revision": 1,
    }


async def reports(database: Database) -> dict[str, float]:
    """Seconds of /report for the busiest service and for all, the best of three, and the growth of memory."""
    make = MakeReport(lambda: survey_work(database), QUESTIONNAIRES, clock=lambda: NOW, timezone=TEHRAN)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found: dict[str, float] = {}
    for name, id in (("one_s", SERVICES[0].id), ("all_s", None)):
        times = []
        for _ in range(3):
            started = time.perf_counter()
            report = await make(id)
            times.append(time.perf_counter() - started)
        assert report.n
        found[name] = round(min(times), 3)
        found[name.replace("_s", "_n")] = report.n
    found["memory_grew_mb"] = round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, 1)
    return found


@asynccontextmanager
async def opened(url: str | None) -> AsyncIterator[Database]:
    """An empty database, gone afterwards."""
    if url is None:
        with tempfile.TemporaryDirectory() as folder:
            database = Database(f"sqlite+aiosqlite:///{folder}/bench.db")
            await database.open()
            yield database
            await database.close()
        return
    server = url.replace("+asyncpg", "")
    connection = await asyncpg.connect(server)
    schema = f"bench_{uuid.uuid4().hex}"
    await connection.execute(f"CREATE SCHEMA {schema}")
    database = Database(f"{server}{'&' if '?' in server else '?'}search_path={schema}")
    try:
        await database.open()
        yield database
        await database.close()
    finally:
        await connection.execute(f"DROP SCHEMA {schema} CASCADE")
        await connection.close()


async def measured(responses: int, url: str | None) -> dict[str, Any]:
    """Figures of one database."""
    async with opened(url) as database:
        async with survey_work(database) as work:
            await work.services.put(SERVICES)
        await fill(database, responses)
        return {"database": database.dialect, "responses": responses, **await reports(database)}


def main(arguments: Sequence[str] = ()) -> bool:
    """Prints the figures of both databases; whether they hold."""
    parser = argparse.ArgumentParser(prog="benchmarks.surveys")
    parser.add_argument("--responses", type=int, default=1_000_000)
    parser.add_argument("--postgresql", default=POSTGRESQL, help="URL of a server; empty: SQLite only")
    given = parser.parse_args(arguments)
    good = True
    for url in (None, given.postgresql):
        if url == "":
            continue
        figures = asyncio.run(measured(given.responses, url))
        print(json.dumps(figures), flush=True)
        good = good and figures["one_s"] <= ONE_S_MAX and figures["all_s"] <= ALL_S_MAX
        good = good and figures["memory_grew_mb"] <= MEMORY_MB_MAX
    return good


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:]))
