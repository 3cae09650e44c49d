"""What every `Inbox` does."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from storage.unit_of_work import Repositories
from tests.support.memory import MemoryStorage

NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)


def message(update_id: int, text: str = "سلام") -> tuple[int, dict[str, Any]]:
    return update_id, {"update_id": update_id, "message": {"from": {"id": 77}, "text": text}}


async def test_only_what_is_new_comes_back_in_order(ports: MemoryStorage | Repositories) -> None:
    first = await ports.inbox.put("telegram", [message(10), message(11)], NOW)
    second = await ports.inbox.put("telegram", [message(11, "again"), message(13), message(12)], NOW)

    assert [update.update_id for update in first] == [10, 11]
    assert [update.update_id for update in second] == [13, 12]
    assert first[0].payload == message(10)[1]
    assert first[0].attempts == 0
    assert [update.payload["message"]["text"] for update in await ports.inbox.pending("telegram", 10)] == ["سلام"] * 4


async def test_one_update_twice_in_a_batch_is_stored_once_as_it_came_first(
    ports: MemoryStorage | Repositories,
) -> None:
    stored = await ports.inbox.put("telegram", [message(10, "first"), message(10, "second")], NOW)

    assert [update.payload["message"]["text"] for update in stored] == ["first"]


async def test_nothing_put_is_nothing_stored(ports: MemoryStorage | Repositories) -> None:
    assert await ports.inbox.put("telegram", [], NOW) == []
    assert await ports.inbox.counts("telegram") == {}
    assert await ports.inbox.last_update_id("telegram") is None


async def test_platforms_do_not_meet(ports: MemoryStorage | Repositories) -> None:
    await ports.inbox.put("telegram", [message(10)], NOW)
    await ports.inbox.put("web", [message(10), message(99)], NOW)

    assert await ports.inbox.last_update_id("telegram") == 10
    assert len(await ports.inbox.pending("telegram", 10)) == 1


async def test_pending_are_the_oldest_without_an_outcome(ports: MemoryStorage | Repositories) -> None:
    stored = await ports.inbox.put("telegram", [message(id) for id in range(10, 15)], NOW)
    await ports.inbox.started([stored[0].id, stored[1].id])
    await ports.inbox.started([stored[1].id])
    await ports.inbox.finished(stored[0].id, "handled", NOW)

    pending = await ports.inbox.pending("telegram", 2)
    assert [(update.update_id, update.attempts) for update in pending] == [(11, 2), (12, 0)]
    assert pending[0].payload == message(11)[1]
    assert await ports.inbox.counts("telegram") == {"handled": 1, "pending": 4}


async def test_what_is_started_as_it_is_put_has_its_attempt_counted(ports: MemoryStorage | Repositories) -> None:
    (update,) = await ports.inbox.put("telegram", [message(10)], NOW, started=True)
    assert (update.attempts, update.started) == (1, True)

    (again,) = await ports.inbox.pending("telegram", 10)
    assert (again.attempts, again.started) == (1, False), "after a crash the next attempt is to be counted"


async def test_starting_nothing_or_something_unknown(ports: MemoryStorage | Repositories) -> None:
    await ports.inbox.started([])
    await ports.inbox.started([4711])
    await ports.inbox.finished(4711, "handled", NOW)

    assert await ports.inbox.counts("telegram") == {}


async def test_what_is_finished_is_known_against_repeats(ports: MemoryStorage | Repositories) -> None:
    (update,) = await ports.inbox.put("telegram", [message(10)], NOW)
    await ports.inbox.finished(update.id, "unreadable", NOW)

    assert await ports.inbox.put("telegram", [message(10)], NOW) == []
    assert await ports.inbox.counts("telegram") == {"unreadable": 1}


async def test_the_last_one_is_the_one_that_came_last(ports: MemoryStorage | Repositories) -> None:
    """After a quiet week Telegram starts anew at a random, maybe smaller, id (Bot API, Update.update_id)."""
    await ports.inbox.put("telegram", [message(900)], NOW)
    await ports.inbox.put("telegram", [message(5), message(6)], NOW)

    assert await ports.inbox.last_update_id("telegram") == 6


async def test_a_hundred_at_once(ports: MemoryStorage | Repositories) -> None:
    """getUpdates gives at most 100."""
    stored = await ports.inbox.put("telegram", [message(id) for id in range(100)], NOW)

    assert [update.update_id for update in stored] == list(range(100))
    assert [update.id for update in await ports.inbox.pending("telegram", 100)] == [update.id for update in stored]


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"update_id": 10, "message": "no object"},
        {"message": {"from": None, "text": "\0 \ud83d \u202e <b>"}},
        {"message": {"from": {"id": "77"}}},
        {"message": {"from": {"id": 10**30}}},
        {"message": {"number": float("inf")}},
    ],
    ids=["empty", "no object", "control characters", "text for a number", "huge number", "no JSON number"],
)
async def test_whatever_a_platform_sends_is_stored(
    ports: MemoryStorage | Repositories, payload: dict[str, Any]
) -> None:
    (stored,) = await ports.inbox.put("telegram", [(10, payload)], NOW)

    (pending,) = await ports.inbox.pending("telegram", 1)
    assert pending.id == stored.id
    assert pending.payload.keys() == payload.keys()
    if "text" in str(payload):
        assert pending.payload == payload
