"""Groups, where we speak only when spoken to, and inline mode, which puts a provision into any chat."""

from __future__ import annotations

from typing import Any

import pytest

from bot.fluent_texts import load_texts
from bot.telegram_html import parse_html
from knowledge.provisions import Address
from tests.support.chats import BOT_ID, Chat
from tests.support.corpus import real_corpus
from tests.support.memory import MemoryStorage

TEXTS = load_texts()
GROUP = -100
PERSON = {"id": 5, "is_bot": False, "first_name": "x"}
BOT = {"id": BOT_ID, "is_bot": True, "first_name": "Rahyar", "username": "rahyar_bot"}


def in_group(**fields: Any) -> dict[str, Any]:
    return {
        "message_id": 9,
        "date": 1,
        "chat": {"id": GROUP, "type": "supergroup", "title": "g"},
        "from": PERSON,
        **fields,
    }


async def said_in_group(chat: Chat, storage: MemoryStorage, **fields: Any) -> list[str]:
    await chat.channel.receive_update({"message": in_group(**fields)})
    await chat.channel.settled()
    return [m.body["text"] for m in await storage.chat_log.history(GROUP, limit=9)]


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "@Rahyar_Bot ماده ۲۱ نقشه راه"},
        {"text": "/ask ماده ۲۱ نقشه راه"},
        {"text": "/ask@rahyar_bot ماده ۲۱ نقشه راه"},
        {"text": "ماده ۲۱ نقشه راه", "reply_to_message": in_group(text="?") | {"message_id": 8, "from": BOT}},
    ],
)
async def test_a_group_is_answered_when_it_speaks_to_us(chat: Chat, storage: MemoryStorage, fields: Any) -> None:
    (answer,) = await said_in_group(chat, storage, **fields)
    assert answer.startswith("<b>ماده ۲۱ نقشه راه</b>")


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "ماده ۲۱ نقشه راه"},
        {"text": "@rahyar_bottom ماده ۲۱ نقشه راه"},
        {"text": "/ask@other_bot ماده ۲۱ نقشه راه"},
        {"text": "/nothing"},
        {"text": "ماده ۲۱", "reply_to_message": in_group(text="?") | {"message_id": 8}},
        {"new_chat_title": "نام تازه"},
        {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], "caption": "ماده ۲۱"},
    ],
)
async def test_a_group_is_left_alone_otherwise(chat: Chat, storage: MemoryStorage, fields: Any) -> None:
    assert await said_in_group(chat, storage, **fields) == []


async def test_joining_a_group_says_when_we_answer(chat: Chat, storage: MemoryStorage) -> None:
    change = {
        "chat": {"id": GROUP, "type": "group", "title": "g"},
        "from": PERSON,
        "date": 1,
        "old_chat_member": {"status": "left", "user": BOT},
        "new_chat_member": {"status": "member", "user": BOT},
    }
    await chat.channel.receive_update({"my_chat_member": change})
    await chat.channel.settled()
    (hello,) = await storage.chat_log.history(GROUP, limit=9)
    assert "@rahyar_bot" in hello.body["text"]


async def test_an_anonymous_post_is_nobodys(chat: Chat, storage: MemoryStorage) -> None:
    channel = {"id": -5, "type": "channel", "title": "c"}
    await chat.channel.receive_update({"message": {"message_id": 1, "date": 1, "chat": channel, "text": "/help"}})
    await chat.channel.settled()
    assert await storage.chat_log.history(-5, limit=9) == []


async def test_an_inline_query_offers_provisions(chat: Chat, storage: MemoryStorage) -> None:
    results = await chat.searches("ماده ۲۱ نقشه راه")
    first = results[0]
    assert first["title"] == "ماده ۲۱ نقشه راه"
    text = first["input_message_content"]["message_text"]
    assert real_corpus()[Address("roadmap-1404", "art_21")].text in parse_html(text).text
    assert first["reply_markup"]["inline_keyboard"][0][0]["url"] == "https://t.me/rahyar_bot?start=a_roadmap-1404_a21"
    assert storage.questions.questions == {}  # what is typed on the way is not kept


async def test_an_inline_query_by_topic_offers_several(chat: Chat) -> None:
    results = await chat.searches("نظرسنجی از مردم")
    assert 1 < len(results) <= 10
    assert len({result["id"] for result in results}) == len(results)


@pytest.mark.parametrize("query", ["", "؟؟", "0012345679", "ماده ۹۹ نقشه راه"])
async def test_an_inline_query_without_results(chat: Chat, query: str) -> None:
    assert await chat.searches(query) == []
