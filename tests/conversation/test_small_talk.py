"""What is no question is answered kindly, and never stands in the way of one."""

from __future__ import annotations

import pytest

from bot.fluent_texts import load_texts
from bot.small_talk import SmallTalk, small_talk
from tests.support.chats import Chat
from tests.support.memory import MemoryStorage

TEXTS = load_texts()


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("سلام", "hello"),
        ("سلام!", "hello"),
        ("ممنون 🙏", "you-are-welcome"),
        ("باشه", "agreed"),
        ("OK", "agreed"),
        ("نه!", "agreed"),
        ("خداحافظ.", "goodbye"),
        ("منو", "help"),
        ("کمک", "help"),
    ],
)
async def test_small_talk_is_answered_and_not_kept(chat: Chat, storage: MemoryStorage, said: str, key: str) -> None:
    assert (await chat.says(said)).html == TEXTS(key)
    assert not storage.questions.questions


async def test_who_asks_what_this_is_gets_the_introduction_with_examples(chat: Chat) -> None:
    answer = await chat.says("تو کی هستی؟")
    assert "رهیار" in answer.text
    await chat.presses(TEXTS.plain("example-4"))
    assert chat.last.text.startswith("ماده ۲۱ نقشه راه")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("سلام.", SmallTalk.HELLO),
        ("سلام‌", SmallTalk.HELLO),
        ("چه سوالی می‌تونم بپرسم؟", SmallTalk.HELP),
        ("چه سؤالی میتونم بپرسم؟", SmallTalk.HELP),
        ("Salam", SmallTalk.HELLO),
        ("سلامت هوشمند", None),
        ("سلام، مهلت سند معماری کی است؟", None),
        ("ممنون، تبصره‌هاش؟", None),
        ("کمک مالی به دستگاه‌ها", None),
        ("راهنمای تعرفه خدمات", None),
        ("نه گام", None),
        ("بند خ", None),
        ("", None),
        ("؟؟؟", None),
    ],
)
def test_only_whole_messages_are_small_talk(text: str, kind: SmallTalk | None) -> None:
    assert small_talk(text) is kind
