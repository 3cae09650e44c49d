"""What every `People` does."""

from __future__ import annotations

import datetime as dt

from storage.unit_of_work import Repositories
from tests.support.memory import MemoryStorage

NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)


async def test_somebody_new_is_made_and_recognised_again(ports: MemoryStorage | Repositories) -> None:
    first = await ports.people.seen("telegram", 77, NOW)
    again = await ports.people.seen("telegram", 77, NOW + dt.timedelta(days=1))

    assert (first.platform, first.platform_id, first.settings, first.blocked) == ("telegram", 77, {}, False)
    assert again.id == first.id


async def test_the_same_number_on_another_platform_is_somebody_else(ports: MemoryStorage | Repositories) -> None:
    assert (await ports.people.seen("telegram", 77, NOW)).id != (await ports.people.seen("web", 77, NOW)).id


async def test_ids_beyond_32_bits(ports: MemoryStorage | Repositories) -> None:
    person = await ports.people.seen("web", 2**52 - 1, NOW)

    assert (await ports.people.seen("web", 2**52 - 1, NOW)) == person


async def test_settings_are_kept(ports: MemoryStorage | Repositories) -> None:
    person = await ports.people.seen("telegram", 77, NOW)
    await ports.people.save_settings(person.id, {"answers": "short", "از": ["الف", None, 1.5, True]})

    assert (await ports.people.seen("telegram", 77, NOW)).settings == {
        "answers": "short",
        "از": ["الف", None, 1.5, True],
    }
    assert (await ports.people.seen("telegram", 78, NOW)).settings == {}


async def test_who_writes_again_is_no_longer_blocked(ports: MemoryStorage | Repositories) -> None:
    await ports.people.seen("telegram", 77, NOW)
    await ports.people.mark_blocked("telegram", 77, NOW)

    assert not (await ports.people.seen("telegram", 77, NOW)).blocked


async def test_marking_somebody_unknown_makes_nobody(ports: MemoryStorage | Repositories) -> None:
    await ports.people.mark_blocked("telegram", 77, NOW)
    await ports.people.save_settings(1, {"answers": "short"})

    assert (await ports.people.seen("telegram", 77, NOW)).settings == {}


async def test_the_forgotten_come_back_as_new_people(ports: MemoryStorage | Repositories) -> None:
    person = await ports.people.seen("telegram", 77, NOW)
    await ports.people.save_settings(person.id, {"answers": "short"})

    assert (await ports.people.forget(person.id))["people"] == 1

    back = await ports.people.seen("telegram", 77, NOW)
    assert back.id != person.id
    assert back.settings == {}


async def test_forgetting_somebody_unknown_deletes_nothing(ports: MemoryStorage | Repositories) -> None:
    person = await ports.people.seen("telegram", 77, NOW)

    assert await ports.people.forget(person.id + 1) == {}
    assert (await ports.people.seen("telegram", 77, NOW)).id == person.id
