"""What every `ChatLog` does."""

from __future__ import annotations

import asyncio
import datetime as dt

from storage.unit_of_work import Repositories
from tests.support.memory import MemoryStorage

NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=5)
CHAT = 2**52 - 3


async def test_messages_are_numbered_by_chat(ports: MemoryStorage | Repositories) -> None:
    numbers = [
        (await ports.chat_log.append(chat, from_bot, {"text": "سلام"}, NOW)).message_id
        for chat, from_bot in ((CHAT, False), (CHAT, True), (8, False), (CHAT, True))
    ]

    assert numbers == [1, 2, 1, 3]


async def test_a_message_is_kept_as_it_was(ports: MemoryStorage | Repositories) -> None:
    body = {"text": "<b>ماده ۲۱</b>", "keyboard": [[{"text": "بعدی", "data": "n:1"}]], "kind": "message"}
    sent = await ports.chat_log.append(CHAT, True, body, NOW)

    assert (sent.body, sent.from_bot, sent.sent_at, sent.edited_at) == (body, True, NOW, None)
    kept = await ports.chat_log.get(CHAT, 1)
    assert kept == sent
    assert kept.sent_at.tzinfo is dt.UTC


async def test_times_of_any_zone_come_back_as_the_same_moment(ports: MemoryStorage | Repositories) -> None:
    tehran = dt.timezone(dt.timedelta(hours=3, minutes=30))
    await ports.chat_log.append(CHAT, True, {"text": "x"}, NOW.astimezone(tehran))

    kept = await ports.chat_log.get(CHAT, 1)
    assert kept
    assert kept.sent_at == NOW


async def test_an_edit_replaces_the_body_and_notes_when(ports: MemoryStorage | Repositories) -> None:
    await ports.chat_log.append(CHAT, True, {"text": "one"}, NOW)
    edited = await ports.chat_log.edit(CHAT, 1, {"text": "two"}, LATER)

    assert edited
    assert (edited.body, edited.sent_at, edited.edited_at) == ({"text": "two"}, NOW, LATER)
    assert await ports.chat_log.get(CHAT, 1) == edited


async def test_what_is_not_there_is_not_edited_deleted_or_found(ports: MemoryStorage | Repositories) -> None:
    await ports.chat_log.append(CHAT, True, {"text": "x"}, NOW)

    for number in (0, -1, 2, 10**30):
        assert await ports.chat_log.get(CHAT, number) is None
        assert await ports.chat_log.edit(CHAT, number, {"text": "y"}, LATER) is None
        assert not await ports.chat_log.delete(CHAT, number)
    assert len(await ports.chat_log.history(CHAT, limit=10)) == 1


async def test_a_deleted_message_leaves_its_number_unused(ports: MemoryStorage | Repositories) -> None:
    await ports.chat_log.append(CHAT, True, {"text": "one"}, NOW)
    await ports.chat_log.append(CHAT, True, {"text": "two"}, NOW)

    assert await ports.chat_log.delete(CHAT, 2)
    assert not await ports.chat_log.delete(CHAT, 2)
    assert (await ports.chat_log.append(CHAT, True, {"text": "three"}, NOW)).message_id == 3


async def test_history_is_the_newest_oldest_first(ports: MemoryStorage | Repositories) -> None:
    for number in range(1, 8):
        await ports.chat_log.append(CHAT, number % 2 == 0, {"text": str(number)}, NOW)
    await ports.chat_log.append(8, True, {"text": "another chat"}, NOW)

    assert [message.message_id for message in await ports.chat_log.history(CHAT, limit=3)] == [5, 6, 7]
    assert [message.message_id for message in await ports.chat_log.history(CHAT, limit=3, before=5)] == [2, 3, 4]
    assert [message.message_id for message in await ports.chat_log.history(CHAT, limit=50, before=2)] == [1]
    assert await ports.chat_log.history(CHAT, limit=3, before=1) == []
    assert await ports.chat_log.history(9, limit=3) == []


async def test_fifty_at_once_get_fifty_numbers(ports: MemoryStorage | Repositories) -> None:
    messages = await asyncio.gather(*(ports.chat_log.append(CHAT, False, {"n": n}, NOW) for n in range(50)))

    assert sorted(message.message_id for message in messages) == list(range(1, 51))
    assert len(await ports.chat_log.history(CHAT, limit=100)) == 50


async def test_a_forgotten_chat_is_empty_and_others_are_not(ports: MemoryStorage | Repositories) -> None:
    for chat in (CHAT, CHAT, 8):
        await ports.chat_log.append(chat, False, {"text": "x"}, NOW)

    assert await ports.chat_log.forget(CHAT) == 2
    assert await ports.chat_log.history(CHAT, limit=10) == []
    assert len(await ports.chat_log.history(8, limit=10)) == 1
    assert await ports.chat_log.forget(CHAT) == 0
