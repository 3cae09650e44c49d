"""Forwarding: nothing lost, each id once at a receiver that keeps ids, the order of a service kept."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from sqlalchemy import select, text

from storage.database import Database
from storage.forwarding.deliveries import Deliveries
from storage.forwarding.http_target import HttpTarget
from storage.forwarding.parquet_target import ParquetTarget
from storage.forwarding.sql_target import SqlTarget
from storage.forwarding.targets import TargetKind, TargetSetting, build_targets, status_json
from storage.forwarding.worker import ForwardingWorker
from storage.survey_models import DeliveryRow, OutboxRow
from storage.unit_of_work import Repositories
from surveys.case import case_event
from surveys.events import EventKind
from surveys.forwarding import Target, TargetStatus
from surveys.services import Service
from tests.support.rating import BIRTH, NOW, SurveyDesk, case_of, respondent
from tests.support.receiver import SECRET, Receiver, receiving

ROOT = Path(__file__).parents[3]
OTHER = Service("2000", "گواهی وفات", "سازمان ثبت احوال کشور")


class Forwarding:
    """A desk whose events go to targets; its clock moves by `later`."""

    def __init__(self, desk: SurveyDesk, targets: list[Target]) -> None:
        self.desk, self.targets = desk, targets
        self.deliveries = Deliveries(desk.database)
        self.worker = ForwardingWorker(
            self.deliveries, targets, holder="tests", clock=lambda: desk.now, chance=random.Random(1).random
        )

    async def rate(self, people: int, *, service: Service = BIRTH, first: int = 1) -> None:
        for number in range(first, first + people):
            await self.desk.give(respondent(number), service.id, "overall", 4, channel="web")
            await self.desk.give(respondent(number), service.id, "settled", "yes", channel="web")

    def later(self, **amount: float) -> None:
        self.desk.now += dt.timedelta(**amount)

    async def status(self) -> TargetStatus:
        (status,) = await self.deliveries.status()
        return status

    async def sent_order(self) -> dict[str, list[str]]:
        """Event ids of each service in the order that was fixed for the first target."""
        wanted = select(OutboxRow.service_id, OutboxRow.uid).join(DeliveryRow, DeliveryRow.event_id == OutboxRow.id)
        wanted = wanted.where(DeliveryRow.target == self.targets[0].name).order_by(DeliveryRow.position)
        order: dict[str, list[str]] = {}
        async with self.desk.database.read() as connection:
            for row in await connection.execute(wanted):
                order.setdefault(row.service_id, []).append(row.uid)
        return order


def _by_service(receiver: Receiver) -> dict[str, list[str]]:
    order: dict[str, list[str]] = {}
    for id, event in receiver.events.items():
        order.setdefault(event["data"]["service_id"], []).append(id)
    return order


@pytest.fixture
async def desk(database: Database) -> SurveyDesk:
    desk = await SurveyDesk(database).prepared()
    async with desk.work() as work:
        await work.services.put([OTHER])
    return desk


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
async def hooked(desk: SurveyDesk, receiver: Receiver) -> AsyncIterator[Forwarding]:
    target = HttpTarget("hook", receiver.url, SECRET, clock=lambda: desk.now, timeout_s=0.5)
    yield Forwarding(desk, [target])
    await target.close()


async def test_every_event_arrives_signed_and_once(desk: SurveyDesk, receiver: Receiver) -> None:
    desk.now = dt.datetime.now(dt.UTC)  # the library's receiver takes no old signatures
    receiver.check_times = True
    async with AsyncExitStack() as stack:
        target = HttpTarget("hook", receiver.url, SECRET, clock=lambda: desk.now)
        stack.push_async_callback(target.close)
        forwarding = Forwarding(desk, [target])
        await forwarding.rate(3)
        assert await forwarding.worker.drain() == 6
        assert await forwarding.worker.drain() == 0

    assert len(receiver.arrivals) == len(receiver.events) == 6
    assert _by_service(receiver) == await forwarding.sent_order()
    first = next(iter(receiver.events.values()))
    assert first["type"] == "response.given"
    assert first["data"]["answers"] == {"overall": 4}
    assert "asker" not in str(receiver.events)
    assert (await forwarding.status()).counts == {"delivered": 6}


async def test_down_for_an_hour(hooked: Forwarding, receiver: Receiver) -> None:
    receiver.behave = lambda number: 503
    for _ in range(12):
        await hooked.rate(1, first=len(receiver.arrivals) + 1)
        await hooked.worker.drain()
        hooked.later(minutes=5)
    assert receiver.events == {}
    assert (await hooked.status()).failures[0][1] == "HTTP 503"

    receiver.behave = lambda number: None
    hooked.later(hours=3)
    await hooked.worker.drain()
    assert _by_service(receiver) == await hooked.sent_order()
    assert set((await hooked.status()).counts) == {"delivered"}


async def test_accepted_but_the_answer_was_lost(hooked: Forwarding, receiver: Receiver) -> None:
    receiver.behave = lambda number: "lost" if number % 2 else ("slow" if number % 8 == 0 else None)
    await hooked.rate(5)
    for _ in range(20):
        await hooked.worker.drain()
        hooked.later(minutes=10)

    assert len(receiver.events) == 10 < len(receiver.arrivals)
    assert _by_service(receiver) == await hooked.sent_order()


async def test_one_service_in_trouble_holds_no_other(hooked: Forwarding, receiver: Receiver) -> None:
    await hooked.rate(2)
    await hooked.rate(2, service=OTHER)
    receiver.behave = lambda number: 500 if number == 1 else None
    await hooked.worker.drain()

    assert set(_by_service(receiver)) in ({OTHER.id}, {BIRTH.id})
    hooked.later(seconds=6)
    await hooked.worker.drain()
    assert _by_service(receiver) == await hooked.sent_order()


async def test_ten_tries_then_an_operator_looks_and_replays(hooked: Forwarding, receiver: Receiver) -> None:
    await hooked.rate(1)
    receiver.behave = lambda number: 500
    started, ended = hooked.desk.now, hooked.desk.now
    while len(receiver.arrivals) < 10:
        await hooked.worker.run_once()
        ended = hooked.desk.now
        hooked.later(minutes=1) if len(receiver.arrivals) < 2 else hooked.later(hours=1)
    assert dt.timedelta(hours=68) < ended - started < dt.timedelta(hours=90)
    status = await hooked.status()
    assert status.counts == {"failed": 1, "waiting": 1}
    assert status.failures == (("id-1.1", "HTTP 500"),)

    receiver.behave = lambda number: None
    assert await hooked.deliveries.replay("hook", hooked.desk.now) == 1
    await hooked.worker.drain()
    assert set(receiver.events) == {"id-1.1", "id-1.2"}
    assert await hooked.deliveries.replay("hook", hooked.desk.now, "id-1.2") == 1
    await hooked.worker.drain()
    assert receiver.arrivals[-1] == "id-1.2"
    assert len(receiver.events) == 2


async def test_gone_stops_and_nothing_is_lost(hooked: Forwarding, receiver: Receiver) -> None:
    await hooked.rate(2)
    receiver.behave = lambda number: 410
    await hooked.worker.drain()
    hooked.later(days=30)
    await hooked.worker.drain()
    assert len(receiver.arrivals) == 1
    assert (await hooked.status()).stopped == "410 Gone"

    receiver.behave = lambda number: None
    await hooked.deliveries.replay("hook", hooked.desk.now)
    await hooked.worker.drain()
    assert _by_service(receiver) == await hooked.sent_order()


async def test_too_many_requests_pause_the_target(hooked: Forwarding, receiver: Receiver) -> None:
    await hooked.rate(2)
    receiver.behave, receiver.headers = (lambda number: 429 if number == 1 else None), {"Retry-After": "120"}
    await hooked.worker.drain()
    hooked.later(seconds=119)
    await hooked.worker.drain()
    assert len(receiver.arrivals) == 1
    hooked.later(seconds=2)
    await hooked.worker.drain()
    assert len(receiver.events) == 4


async def test_a_redirect_is_not_followed(hooked: Forwarding, receiver: Receiver) -> None:
    await hooked.rate(1)
    receiver.behave, receiver.headers = (lambda number: 307), {"Location": "http://127.0.0.1:1/inside"}
    await hooked.worker.drain()
    assert (await hooked.status()).failures[0][1] == "HTTP 307"


async def test_another_process_does_not_send_too(hooked: Forwarding, receiver: Receiver) -> None:
    await hooked.rate(2)
    now = hooked.desk.now
    await hooked.deliveries.register(["hook"], now)
    assert await hooked.deliveries.lease("hook", "somebody else", now, now + dt.timedelta(seconds=60))
    assert await hooked.worker.drain() == 0
    hooked.later(seconds=61)
    assert await hooked.worker.drain() == 4


async def test_a_new_target_gets_what_was_there_before(hooked: Forwarding, tmp_path: Path) -> None:
    await hooked.rate(2)
    await hooked.worker.drain()
    late = Forwarding(hooked.desk, [ParquetTarget("files", tmp_path / "late")])
    assert await late.worker.drain() == 4


async def test_another_database_gets_each_once_and_forgets_too(
    desk: SurveyDesk, repositories: Repositories, url: str, tmp_path: Path
) -> None:
    store = url if url.startswith("postgresql") else f"sqlite:///{tmp_path / 'organization.db'}"
    target = SqlTarget("sql", store)
    forwarding = Forwarding(desk, [target])
    person = await repositories.people.seen("telegram", 7_000_001, desk.now)
    await forwarding.rate(3)
    await desk.give(respondent(1), BIRTH.id, "words", "کلمات من", channel="web")
    await forwarding.worker.drain()
    assert await _stored(store, "SELECT count(*), count(text) FROM rahyar_events") == (7, 1)
    async with desk.database.read() as connection:
        events = [row.uid for row in await connection.execute(select(OutboxRow.uid))]
    for uid in events:
        await forwarding.deliveries.replay("sql", desk.now, uid)
    await forwarding.worker.drain()
    assert await _stored(store, "SELECT count(*), count(text) FROM rahyar_records") == (3, 1)

    await repositories.people.forget(person.id)
    await forwarding.worker.drain()
    assert await _stored(store, "SELECT count(*), count(text) FROM rahyar_events") == (8, 0)
    assert await _stored(store, "SELECT count(text), max(revision) FROM rahyar_records") == (0, 4)
    await target.close()


async def _answer_that_quotes(desk: SurveyDesk, person_id: int, words: str) -> None:
    """A case of respondent 1 whose answer says again what they wrote, and the event that tells of it."""
    async with desk.work() as work:
        response = await work.responses.find(desk.rules.once(respondent(1), BIRTH.id))
        assert response is not None
        case = await work.cases.add(replace(case_of(response, person_id), answer=f"نوشتید «{words}»"))
        await work.events.add(case_event(case, EventKind.CASE_CHANGED, desk.now.date()))


async def test_an_answer_that_quotes_is_forgotten_in_every_store(
    desk: SurveyDesk, repositories: Repositories, url: str, tmp_path: Path
) -> None:
    store = url if url.startswith("postgresql") else f"sqlite:///{tmp_path / 'organization.db'}"
    target, folder = SqlTarget("sql", store), tmp_path / "files"
    forwarding = Forwarding(desk, [target, ParquetTarget("files", folder)])
    person = await repositories.people.seen("telegram", 7_000_001, desk.now)
    await desk.give(respondent(1), BIRTH.id, "overall", 1, channel="web")
    await desk.give(respondent(1), BIRTH.id, "words", "کلمات من", channel="web")
    await _answer_that_quotes(desk, person.id, "کلمات من")
    await forwarding.worker.drain()
    quoting = "SELECT count(*) FROM rahyar_{} WHERE CAST(data AS TEXT) LIKE '%کلمات من%'"
    assert await _stored(store, quoting.format("events")) == await _stored(store, quoting.format("records")) == (1,)
    assert any("کلمات من" in row["data"] for row in _rows(folder))

    await repositories.people.forget(person.id)
    await forwarding.worker.drain()
    assert await _stored(store, quoting.format("events")) == await _stored(store, quoting.format("records")) == (0,)
    assert not any("کلمات من" in str(row) for row in _rows(folder))
    assert await _stored(store, "SELECT count(*) FROM rahyar_events") == (len(_rows(folder)),) == (5,)
    await target.close()


async def _stored(url: str, query: str) -> tuple[Any, ...]:
    if url.startswith("sqlite"):
        import sqlite3

        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            row: tuple[Any, ...] = connection.execute(query).fetchone()
        connection.close()
        return row
    database = Database(url)
    await database.open()
    async with database.read() as opened:
        row = tuple((await opened.execute(text(query))).one())
    await database.close()
    return row


async def test_a_database_that_is_away_costs_no_tries(desk: SurveyDesk, tmp_path: Path) -> None:
    target = SqlTarget("sql", f"sqlite:///{tmp_path / 'not' / 'there.db'}")
    forwarding = Forwarding(desk, [target])
    await forwarding.rate(1)
    for _ in range(30):
        await forwarding.worker.drain()
        forwarding.later(minutes=5)
    assert (await forwarding.status()).counts == {"waiting": 2}
    (tmp_path / "not").mkdir()
    assert await forwarding.worker.drain() == 2
    await target.close()


async def test_parquet_by_jalali_day_forgets_too(desk: SurveyDesk, repositories: Repositories, tmp_path: Path) -> None:
    forwarding = Forwarding(desk, [ParquetTarget("files", tmp_path)])
    person = await repositories.people.seen("telegram", 7_000_001, desk.now)
    await forwarding.rate(2)
    await desk.give(respondent(1), BIRTH.id, "words", "کلمات من", channel="web")
    await forwarding.worker.drain()
    folder = tmp_path / "day=1405-08-30"
    assert [row["text"] for row in _rows(folder)].count("کلمات من") == 1

    await repositories.people.forget(person.id)
    await forwarding.worker.drain()
    assert {row["text"] for row in _rows(folder)} == {None}
    assert len({row["id"] for row in _rows(folder)}) == len(_rows(folder)) == 6
    assert _drafts(tmp_path) == []


def _drafts(folder: Path) -> list[Path]:
    return list(folder.rglob("*.draft"))


def _rows(folder: Path) -> list[dict[str, Any]]:
    return [row for part in sorted(folder.rglob("*.parquet")) for row in pq.ParquetFile(part).read().to_pylist()]


async def test_killed_at_random_points_nothing_is_lost(tmp_path: Path) -> None:
    rounds = 30
    result = await killed_rounds(tmp_path, rounds)

    assert result["killed"] > rounds // 2
    assert result["written"] > rounds
    assert result["lost"] == result["kept_twice"] == result["services_out_of_order"] == 0


async def killed_rounds(folder: Path, rounds: int) -> dict[str, int]:
    """So many processes rate and forward to three targets and are killed at random; what went wrong, by name."""
    url, store = f"sqlite+aiosqlite:///{folder / 'rahyar.db'}", f"sqlite:///{folder / 'store.db'}"
    async with receiving() as receiver:
        killed = await _killed_in_turn(receiver, [url, receiver.url, store, str(folder / "files")], rounds)
        arrived, order_there = list(receiver.events), _by_service(receiver)
        hook = HttpTarget("hook", receiver.url, SECRET, clock=lambda: NOW)
    database = Database(url)
    await database.open()
    async with database.read() as connection:
        written = set((await connection.execute(select(OutboxRow.uid))).scalars())
    order = await Forwarding(SurveyDesk(database), [hook]).sent_order()
    await hook.close()
    await database.close()
    rows, ids = await _stored(store, "SELECT count(*), count(DISTINCT id) FROM rahyar_events")
    files = [row["id"] for row in _rows(folder / "files")]
    return {
        "killed": killed,
        "written": len(written),
        "lost": len(written - set(arrived)) + len(written) - ids + len(written - set(files)),
        "kept_twice": len(arrived) - len(set(arrived)) + rows - ids + len(files) - len(set(files)),
        "services_out_of_order": sum(order_there.get(service) != ids for service, ids in order.items()),
        "sent_again": len(receiver.arrivals) - len(arrived),
    }


async def _killed_in_turn(receiver: Receiver, arguments: list[str], rounds: int) -> int:
    """How many were killed; a few more finish undisturbed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.forwarding_process",
        *arguments,
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    dice = random.Random(4)
    faults: dict[int, int | str] = {0: "lost", 1: 503}
    receiver.behave = lambda number: faults.get(number % 17)
    ends = []
    for round in range(rounds + 4):
        if round > rounds:
            faults.clear()
        kill_after_ms = dice.randint(1, 150) if 0 < round <= rounds else 0
        process.stdin.write(f"{round} {kill_after_ms}\n".encode())
        ends.append((await process.stdout.readline()).decode().strip())
    process.stdin.close()
    assert await process.wait() == 0
    assert {end for end in ends if end != "killed"} == {"done 0"}
    return ends.count("killed")


async def test_targets_of_settings_and_their_status(desk: SurveyDesk, tmp_path: Path) -> None:
    settings = [
        TargetSetting("files", TargetKind.PARQUET, str(tmp_path / "out")),
        TargetSetting("store", TargetKind.SQL, f"sqlite:///{tmp_path / 'store.db'}"),
        TargetSetting("hook", TargetKind.HTTP, "http://127.0.0.1:1/hook", SECRET),
    ]
    forwarding = Forwarding(desk, build_targets(settings, clock=lambda: desk.now))
    await forwarding.rate(1)
    await forwarding.worker.drain()
    shown = {row["target"]: row for row in status_json(await forwarding.deliveries.status())}
    assert [(shown[name]["waiting"], shown[name]["delivered"]) for name in ("files", "store", "hook")] == [
        (0, 2),
        (0, 2),
        (2, 0),
    ]
    assert shown["hook"]["failures"][0]["id"] == "id-1.1"
    for target in forwarding.targets:
        await target.close()
    for wrong in (settings[:1] * 2, [TargetSetting("h", TargetKind.HTTP, "ftp://x", SECRET)],
                  [TargetSetting("h", TargetKind.HTTP, "https://x")]):  # fmt: skip
        with pytest.raises(ValueError, match=r"name|URL|secret"):
            build_targets(wrong, clock=lambda: desk.now)
