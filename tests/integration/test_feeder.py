"""From inbox to dispatcher: order, concurrency, outcomes, what a crash left, and how it ends."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import BaseEventIsolation, BaseStorage
from aiogram.types import Message, Update
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.dispatcher import build_dispatcher
from bot.feeder import ATTEMPTS_MAX, Feeder, chat_of
from bot.fluent_texts import load_texts
from bot.ports import InboxUpdate
from bot.shared_state import PREFIX, forget_in_redis, redis_isolation, redis_state
from bot.state_storage import OneAtATime, StoredState
from storage.database import Database
from storage.unit_of_work import Repositories
from tests.support.chats import Storage, now
from tests.support.memory import MemoryInbox, MemoryStorage, plain_asker_key

BOT = Bot("7:x")
REDIS = "redis://127.0.0.1:6379/15"


class Handling:
    """A router whose handler waits at a gate, and what went through it."""

    def __init__(self) -> None:
        self.router = Router()
        self.router.message.register(self.handle)
        self.gate = asyncio.Event()
        self.running: Counter[int] = Counter()
        self.running_most = 0
        self.done: list[tuple[int, str]] = []
        self.started = asyncio.Event()

    async def handle(self, message: Message) -> None:
        self.running[message.chat.id] += 1
        self.running_most = max(self.running_most, self.running.total())
        assert self.running[message.chat.id] == 1, "two updates of one chat at once"
        self.started.set()
        await self.gate.wait()
        self.running[message.chat.id] -= 1
        if message.text == "fail":
            raise ValueError
        self.done.append((message.chat.id, message.text or ""))


def message(chat_id: int, text: str) -> dict[str, Any]:
    person = {"id": chat_id, "is_bot": False, "first_name": "-"}
    return {
        "message": {
            "message_id": 1,
            "date": 0,
            "text": text,
            "from": person,
            "chat": {"id": chat_id, "type": "private"},
        }
    }


def dispatcher(
    router: Router,
    storage: Storage,
    *,
    state: BaseStorage | None = None,
    isolation: BaseEventIsolation | None = None,
) -> Dispatcher:
    return build_dispatcher(
        [router],
        {},
        state=state or StoredState(storage.states, {BOT.id: "test"}),
        isolation=isolation or OneAtATime(),
        people=storage.people,
        texts=load_texts(),
        clock=now,
        flood=None,
    )


def feeder(handling: Handling, storage: Storage, *, concurrency: int = 32, waiting_max: int = 2000) -> Feeder:
    return Feeder(
        "test",
        BOT,
        dispatcher(handling.router, storage),
        storage.inbox,
        clock=now,
        concurrency=concurrency,
        waiting_max=waiting_max,
    )


async def put(
    storage: Storage, *updates: Mapping[str, Any], first_id: int = 1, started: bool = False
) -> list[InboxUpdate]:
    numbered = [(first_id + i, {"update_id": first_id + i, **update}) for i, update in enumerate(updates)]
    return await storage.inbox.put("test", numbered, now(), started=started)


async def until(condition: Callable[[], bool]) -> None:
    """Lets other tasks run until the condition holds."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110  no time passes
            await asyncio.sleep(0)


async def test_a_chat_keeps_its_order_and_chats_do_not_wait_for_each_other() -> None:
    handling, storage = Handling(), MemoryStorage()
    feeding = feeder(handling, storage)
    feeding.feed(await put(storage, *(message(i % 4, str(i)) for i in range(40))))
    await until(lambda: handling.running.total() == 4)
    handling.gate.set()
    await feeding.idle()
    for chat in range(4):
        assert [text for of, text in handling.done if of == chat] == [str(i) for i in range(chat, 40, 4)]
    assert handling.running_most == 4
    assert await storage.inbox.counts("test") == {"handled": 40}


async def test_an_attempt_is_counted_once_by_whoever_counts_it_first() -> None:
    handling, storage = Handling(), MemoryStorage()
    feeding = feeder(handling, storage, concurrency=2)
    first, second = message(1, "a"), message(2, "b")
    assert feeding.free_for(first)
    feeding.feed(await put(storage, first, started=True))
    await until(lambda: handling.running.total() == 1)

    assert not feeding.free_for(first), "its chat is busy"
    assert feeding.free_for(second)
    feeding.feed(await put(storage, second, first_id=2))
    await until(lambda: handling.running.total() == 2)
    assert not feeding.free_for(message(3, "c")), "all places are taken"
    assert [update.attempts for update in await storage.inbox.pending("test", 10)] == [1, 1]

    handling.gate.set()
    await feeding.drain(5)
    assert not feeding.free_for(first), "it takes nothing more"


async def test_no_more_than_the_limit_at_once() -> None:
    handling, storage = Handling(), MemoryStorage()
    feeding = feeder(handling, storage, concurrency=3)
    feeding.feed(await put(storage, *(message(i, "x") for i in range(20))))
    await until(lambda: handling.running.total() == 3)
    handling.gate.set()
    await feeding.idle()
    assert (handling.running_most, len(handling.done)) == (3, 20)


async def test_room_waits_for_the_backlog() -> None:
    handling, storage = Handling(), MemoryStorage()
    feeding = feeder(handling, storage, waiting_max=2)
    feeding.feed(await put(storage, message(1, "a"), message(2, "b")))
    waiting = asyncio.create_task(feeding.room())
    await until(lambda: handling.running.total() == 2)
    assert not waiting.done()
    handling.gate.set()
    await waiting


async def test_every_update_gets_one_outcome() -> None:
    handling, storage = Handling(), MemoryStorage()
    handling.gate.set()
    feeding = feeder(handling, storage)
    unreadable: list[dict[str, Any]] = [
        {"message": 5},
        {"message": {"chat": {"id": "x"}}},
        {"new_thing": {"id": 1}},
        {},
    ]
    feeding.feed(await put(storage, message(1, "a"), *unreadable, message(1, "b")))
    await feeding.idle()
    assert [text for _, text in handling.done] == ["a", "b"]
    assert feeding.outcomes == {"handled": 2, "unreadable": 4, "failed": 0, "not_recorded": 0}


async def test_what_a_crash_left_is_fed_before_anything_new() -> None:
    handling, storage = Handling(), MemoryStorage()
    handling.gate.set()
    left = await put(storage, message(1, "old"), message(1, "poison"), message(2, "fresh"))
    await storage.inbox.started([left[0].id])
    for _ in range(ATTEMPTS_MAX):
        await storage.inbox.started([left[1].id])
    feeding = feeder(handling, storage)
    assert await feeding.replay() == 2
    feeding.feed(await put(storage, message(1, "new"), first_id=10))
    await feeding.idle()
    assert [text for chat, text in handling.done if chat == 1] == ["old", "new"]
    assert await storage.inbox.counts("test") == {"handled": 3, "failed": 1}


async def test_drain_finishes_what_was_taken_and_leaves_the_rest_pending() -> None:
    handling, storage = Handling(), MemoryStorage()
    feeding = feeder(handling, storage)
    feeding.feed(await put(storage, *(message(i, "x") for i in range(5))))
    await until(lambda: handling.running.total() == 5)
    draining = asyncio.create_task(feeding.drain(5))
    await until(lambda: feeding._closed)
    feeding.feed(await put(storage, message(9, "late"), first_id=50))
    handling.gate.set()
    assert await draining == 0
    assert await storage.inbox.counts("test") == {"handled": 5, "pending": 1}


async def test_drain_gives_up_in_time() -> None:
    handling, storage = Handling(), MemoryStorage()
    feeding = feeder(handling, storage)
    feeding.feed(await put(storage, message(1, "hangs"), message(1, "waits")))
    await handling.started.wait()
    assert await feeding.drain(0.01) == 2
    assert await storage.inbox.counts("test") == {"pending": 2}


async def test_a_database_in_trouble_stops_nobody() -> None:
    class Broken(MemoryInbox):
        async def started(self, ids: Sequence[int]) -> None:
            raise OSError("disk full")

        finished = started  # type: ignore[assignment]

    handling, storage = Handling(), MemoryStorage()
    storage.inbox = Broken()
    handling.gate.set()
    feeding = feeder(handling, storage)
    feeding.feed(await put(storage, message(1, "a"), message(1, "b")))
    await feeding.idle()
    assert [text for _, text in handling.done] == ["a", "b"]
    assert feeding.outcomes["not_recorded"] == 2


@pytest.mark.parametrize(
    ("payload", "chat"),
    [
        (message(5, "x"), 5),
        ({"update_id": 1, "inline_query": {"from": {"id": 5}}}, 5),
        ({"callback_query": {"from": {"id": 5}, "message": {"chat": {"id": -9}}}}, -9),
        ({"callback_query": {"from": {"id": 5}, "message": "?"}}, 5),
        ({"my_chat_member": {"from": {"id": 5}, "chat": {"id": -9}}}, -9),
        ({"message": {"chat": [], "from": {"id": "5"}}}, None),
        ({"update_id": 1}, None),
    ],
)
def test_what_keeps_its_order(payload: Mapping[str, Any], chat: int | None) -> None:
    assert chat_of(payload) == chat


class Counting:
    """A handler that reads state, lets others run, and writes it."""

    def __init__(self) -> None:
        self.router = Router()
        self.router.message.register(self.count)

    async def count(self, message: Message, state: FSMContext) -> None:
        n = (await state.get_data()).get("n", 0)
        await asyncio.sleep(0)
        await state.set_data({"n": n + 1})


async def count_500(counting: Dispatcher) -> None:
    """500 updates of one person handed to the dispatcher at once, past the feeder that would keep them in order."""
    updates = [Update.model_validate({"update_id": i, **message(5, "x")}, context={"bot": BOT}) for i in range(500)]
    await asyncio.gather(*(counting.feed_update(BOT, update, platform="test") for update in updates))


async def test_500_concurrent_updates_of_one_person_keep_500_changes(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'rahyar.db'}")
    await database.open()
    try:
        kept = Repositories(database, asker_key=plain_asker_key)
        isolation = OneAtATime()
        await count_500(dispatcher(Counting().router, kept, isolation=isolation))
        assert (await kept.states.get("test:7:5:5")).data == {"n": 500}
        assert isolation.held == 0
    finally:
        await database.close()


@pytest.fixture
async def redis() -> AsyncIterator[Redis]:
    client = Redis.from_url(REDIS)
    try:
        await client.ping()
    except RedisConnectionError as error:
        await client.aclose()
        pytest.skip(f"no Redis on 127.0.0.1:6379 ({error})")
    yield client
    for key in [key async for key in client.scan_iter(f"{PREFIX}:7:*")]:
        await client.delete(key)
    await client.aclose()


async def test_redis_keeps_500_of_500_too_and_forgets(redis: Redis) -> None:
    state = redis_state(redis)
    counting = dispatcher(Counting().router, MemoryStorage(), state=state, isolation=redis_isolation(redis))
    await asyncio.gather(*(count_50(counting, first) for first in range(0, 500, 50)))
    assert await redis.get(f"{PREFIX}:7:5:5:default:data") == b'{"n": 500}'
    assert await forget_in_redis(redis, 8, 5) == 0
    assert await forget_in_redis(redis, 7, 5) == 1
    assert await redis.get(f"{PREFIX}:7:5:5:default:data") is None


async def count_50(counting: Dispatcher, first: int) -> None:
    """50 updates one after the other, as one worker's feeder has them; ten workers make 500."""
    for i in range(first, first + 50):
        update = Update.model_validate({"update_id": i, **message(5, "x")}, context={"bot": BOT})
        await counting.feed_update(BOT, update, platform="test")
