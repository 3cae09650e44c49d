"""What every `StateStore` does."""

from __future__ import annotations

import pytest

from storage.unit_of_work import Repositories
from tests.support.memory import MemoryStorage

KEY = "telegram:42:77:77:default"


async def test_a_conversation_starts_at_rest(ports: MemoryStorage | Repositories) -> None:
    assert (await ports.states.get(KEY)).state is None
    assert (await ports.states.get(KEY)).data == {}


async def test_state_and_data_are_kept_apart(ports: MemoryStorage | Repositories) -> None:
    await ports.states.set_state(KEY, "Asking:waiting")
    assert (await ports.states.get(KEY)).data == {}

    await ports.states.set_data(KEY, {"shown": "roadmap-1404/art_21"})
    assert (await ports.states.get(KEY)).state == "Asking:waiting"

    await ports.states.set_state(KEY, None)
    assert (await ports.states.get(KEY)).state is None
    assert (await ports.states.get(KEY)).data == {"shown": "roadmap-1404/art_21"}

    await ports.states.set_data(KEY, {})
    assert (await ports.states.get(KEY)).data == {}


async def test_data_first_state_later_and_emptied_in_the_other_order(ports: MemoryStorage | Repositories) -> None:
    await ports.states.set_data(KEY, {"page": 2})
    await ports.states.set_state(KEY, "Browsing:page")
    await ports.states.set_data(KEY, {})

    assert (await ports.states.get(KEY)).state == "Browsing:page"


async def test_the_latest_counts(ports: MemoryStorage | Repositories) -> None:
    await ports.states.set_state(KEY, "one")
    await ports.states.set_state(KEY, "two")
    await ports.states.set_data(KEY, {"a": 1})
    await ports.states.set_data(KEY, {"b": {"nested": ["یک", "دو"]}})

    assert (await ports.states.get(KEY)).state == "two"
    assert (await ports.states.get(KEY)).data == {"b": {"nested": ["یک", "دو"]}}


async def test_what_was_read_is_a_copy(ports: MemoryStorage | Repositories) -> None:
    await ports.states.set_data(KEY, {"pages": [1]})
    (await ports.states.get(KEY)).data["pages"].append(2)

    assert (await ports.states.get(KEY)).data == {"pages": [1]}


async def test_emptying_what_is_empty_changes_nothing(ports: MemoryStorage | Repositories) -> None:
    await ports.states.set_state(KEY, None)
    await ports.states.set_data(KEY, {})

    assert await ports.states.forget_person("telegram", 77) == 0


async def test_all_states_of_a_person_are_forgotten_and_no_others(ports: MemoryStorage | Repositories) -> None:
    theirs = [KEY, "telegram:42:-1001:77:default", "telegram:43:77:77:default"]
    others = ["telegram:42:77:78:default", "web:42:77:77:default", "telegram:42:-1001:770:default"]
    for key in theirs + others:
        await ports.states.set_state(key, "Asking:waiting")
        await ports.states.set_data(key, {"shown": key})

    assert await ports.states.forget_person("telegram", 77) == len(theirs)

    assert [(await ports.states.get(key)).state for key in theirs] == [None] * len(theirs)
    assert [(await ports.states.get(key)).data for key in others] == [{"shown": key} for key in others]


@pytest.mark.parametrize("key", ["", "telegram", "telegram:42:77", "telegram:42:77:somebody"])
async def test_a_key_that_names_no_person_is_refused(ports: MemoryStorage | Repositories, key: str) -> None:
    with pytest.raises(ValueError, match="names no person"):
        await ports.states.set_state(key, "Asking:waiting")
    with pytest.raises(ValueError, match="names no person"):
        await ports.states.set_data(key, {"shown": "x"})
