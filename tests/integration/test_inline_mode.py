"""Inline mode over HTTP, through the strict Bot API double: «@rahyar_bot ماده ۲۱» typed into somebody else's chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.fluent_texts import Html
from bot.rendering import MESSAGE_MAX, visible_length
from bot.telegram_html import parse_html
from storage.database import Database
from tests.support.botapi import User
from tests.support.botapi.world import InlineSearch
from tests.support.reminding import Clock, Reminding, tehran
from tests.support.talking import Talk, talking

#: Bot API "InlineQuery": what somebody may type.
QUERY_MAX = 256
HINT = "پرسش یا نشانی حکم را بنویسید"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    clock = Clock(tehran(1405, 9, 7))
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'rahyar.db'}")
    await database.open()
    async with talking(Reminding(database, clock, tmp_path), clock) as made:
        yield made
    await database.close()


async def types(talk: Talk, person: User, query: str) -> InlineSearch:
    """Types the query after our name; what is offered under it."""
    search = await person.inline(query)
    await talk.settled()
    assert search.answer is not None, query
    return search


def answer(search: InlineSearch) -> dict[str, Any]:
    """What answerInlineQuery was called with."""
    assert search.answer is not None
    return search.answer


def titles(search: InlineSearch) -> list[str]:
    return [result["title"] for result in search.results]


def words(search: InlineSearch, place: int = 0) -> str:
    return str(search.results[place]["input_message_content"]["message_text"])


async def test_every_pause_in_typing_is_answered_and_the_choice_goes_into_the_chat(talk: Talk) -> None:
    sara = talk.double.user(6001)  # she has never opened the bot
    reference = "ماده ۲۱ نقشه راه"
    for length in range(len(reference)):
        await types(talk, sara, reference[:length])
    search = await types(talk, sara, reference)
    assert titles(search)[0] == reference
    assert "وزارت مکلف است حداکثر ظرف مدت چهار ماه" in parse_html(words(search)).text
    (row,) = search.results[0]["reply_markup"]["inline_keyboard"]
    assert row == [{"text": "بازکردن در رهیار", "url": "https://t.me/rahyar_bot?start=a_roadmap-1404_a21"}]
    await sara.chooses(search, search.results[0]["id"])
    await talk.settled()
    assert talk.double.transcript.from_bot(sara) == []  # nothing is written to somebody who did not ask us
    opened = await talk.says(sara, "/start a_roadmap-1404_a21")
    assert opened.text.startswith(reference)


async def test_nothing_typed_leads_into_the_bot(talk: Talk) -> None:
    sara = talk.double.user(6001)
    for query in ("", "   ", "؟", "کد ملی 0012345679", "ماده ۹۹ نقشه راه", "asdkjh"):
        search = await types(talk, sara, query)
        button = answer(search).get("button", {})
        assert (titles(search), button.get("text")) == ([], HINT), query
        assert "سلام، من رهیار هستم" in (await talk.says(sara, f"/start {button['start_parameter']}")).text


@pytest.mark.parametrize(
    "query", ["دیباچه نقشه راه", "ماده ۱ نقشه راه", "مرحله سوم نقشه راه", "ماده ۴ دستورالعمل حکمرانی داده‌مبنا"]
)
async def test_a_long_provision_fits_into_one_message(talk: Talk, query: str) -> None:
    search = await types(talk, talk.double.user(6001), query)
    text = words(search)
    assert 1000 < visible_length(Html(text)) <= MESSAGE_MAX
    assert len(search.results[0]["description"]) <= 110


async def test_many_and_long_queries(talk: Talk) -> None:
    sara = talk.double.user(6001)
    for query in ("وزارت ارتباطات چه وظایفی دارد؟", "مهلت‌های گذشته", "نظرسنجی از مردم با کیه", "made 21 naghshe rah"):
        search = await types(talk, sara, query)
        assert 1 <= len(search.results) <= 10, query
        assert len(set(titles(search))) == len(search.results)
    for query in ("<b>ماده</b> ۲۱ & «نقشه راه»", "نظرسنجی " * 28, "\u202eماده ۲۱ نقشه راه", "ا" * QUERY_MAX):
        await types(talk, sara, query[:QUERY_MAX])


async def test_what_everybody_gets_from_the_cache_shows_nobodys_own_settings(talk: Talk) -> None:
    sara, reza = talk.double.user(6001, started=True), talk.double.user(6002)
    await talk.says(sara, "/settings")
    await talk.presses(sara, "پاسخ کوتاه")
    await talk.presses(sara, "۱۴۰۴/۰۵/۳۱")
    hers = await types(talk, sara, "ماده ۲۲ نقشه راه")
    theirs = await types(talk, reza, "ماده ۲۲ نقشه راه")
    assert answer(hers)["is_personal"] == "false"
    assert int(answer(hers)["cache_time"]) > 0
    assert hers.results == theirs.results


async def test_a_query_that_nobody_waits_for_any_more_harms_nothing(talk: Talk) -> None:
    sara = talk.double.user(6001)
    talk.double.world.query_lifetime_s = -1
    late = await sara.inline("ماده ۲۱ نقشه راه")
    await talk.settled()
    assert late.answer is None
    talk.double.world.query_lifetime_s = 60
    assert titles(await types(talk, sara, "ماده ۲۱ نقشه راه"))[0] == "ماده ۲۱ نقشه راه"
