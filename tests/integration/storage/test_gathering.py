"""Calls that share a transaction: each gets its own result, a failure stays with its own caller."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence

import pytest

from storage.gathering import MOST, Gathered
from storage.unit_of_work import Repositories
from tests.support.memory import MemoryStorage

NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)


class Work:
    """Doubles numbers; refuses those below zero. Its first transaction waits until `go` is set."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.go = asyncio.Event()

    async def __call__(self, items: Sequence[int]) -> Sequence[int]:
        self.batches.append(list(items))
        await self.go.wait()
        if min(items) < 0:
            raise ValueError(min(items))
        return [2 * item for item in items]


async def test_what_comes_meanwhile_goes_together() -> None:
    work = Work()
    gathered = Gathered(work)
    first = asyncio.create_task(gathered(1))
    await asyncio.sleep(0)
    rest = [asyncio.create_task(gathered(n)) for n in range(2, MOST + 12)]
    await asyncio.sleep(0)
    work.go.set()

    assert await asyncio.gather(first, *rest) == [2 * n for n in range(1, MOST + 12)]
    assert [len(batch) for batch in work.batches] == [1, MOST, 10]
    assert await gathered(7) == 14


async def test_a_failure_is_its_callers_own() -> None:
    work = Work()
    work.go.set()
    gathered = Gathered(work)
    results = await asyncio.gather(*(gathered(n) for n in (1, -2, 3)), return_exceptions=True)

    assert (results[0], results[2]) == (2, 6)
    assert isinstance(results[1], ValueError)


async def test_who_is_cancelled_takes_nobody_along() -> None:
    work = Work()
    gathered = Gathered(work)
    first, second, third = (asyncio.create_task(gathered(n)) for n in (1, 2, 3))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    second.cancel()
    work.go.set()

    assert (await first, await third) == (2, 6)
    with pytest.raises(asyncio.CancelledError):
        await second


async def test_many_people_at_once_are_each_themselves(ports: MemoryStorage | Repositories) -> None:
    old = await ports.people.seen("telegram", 5, NOW)
    people = await asyncio.gather(
        *(ports.people.seen(platform, id, NOW) for id in (5, 6, 7, 6) for platform in ("telegram", "web"))
    )

    assert people[0] == old
    assert [(p.platform, p.platform_id) for p in people[:4]] == [
        ("telegram", 5),
        ("web", 5),
        ("telegram", 6),
        ("web", 6),
    ]
    assert len({p.id for p in people}) == 6
    assert people[2] == people[6]


async def test_many_updates_at_once_each_have_their_outcome(ports: MemoryStorage | Repositories) -> None:
    stored = await ports.inbox.put("telegram", [(n, {"update_id": n}) for n in range(6)], NOW)
    await asyncio.gather(*(ports.inbox.started([update.id]) for update in stored))
    await asyncio.gather(
        *(ports.inbox.finished(u.id, "failed" if u.update_id % 3 else "handled", NOW) for u in stored[:5])
    )

    assert await ports.inbox.counts("telegram") == {"failed": 3, "handled": 2, "pending": 1}
    assert [update.attempts for update in await ports.inbox.pending("telegram", 10)] == [1]


async def test_states_read_at_once_are_each_their_own(ports: MemoryStorage | Repositories) -> None:
    for n in range(3):
        await ports.states.set_state(f"telegram:7:{n}:{n}", f"state {n}")
    await ports.states.set_data("telegram:7:1:1", {"n": 1})

    keys = [f"telegram:7:{n}:{n}" for n in (2, 0, 9, 1, 2)]
    kept = await asyncio.gather(*map(ports.states.get, keys))
    assert [k.state for k in kept] == ["state 2", "state 0", None, "state 1", "state 2"]
    assert [dict(k.data) for k in kept] == [{}, {}, {}, {"n": 1}, {}]
