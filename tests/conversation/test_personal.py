"""Settings, privacy, and being forgotten."""

from __future__ import annotations

from bot.fluent_texts import load_texts
from tests.support.chats import Chat
from tests.support.memory import MemoryStorage

TEXTS = load_texts()


async def test_dates_in_digits_and_short_answers(chat: Chat) -> None:
    full = await chat.says("ماده ۲۲ نقشه راه")
    assert "↗" in full.text
    settings = await chat.says("/settings")
    assert settings.buttons == ["پاسخ کوتاه", "✓ پاسخ کامل", "۱۴۰۴/۰۵/۳۱", "✓ ۳۱ مرداد ۱۴۰۴", "یادآوری‌ها"]
    await chat.presses("پاسخ کوتاه")
    assert (await chat.presses("۱۴۰۴/۰۵/۳۱")).buttons == [
        "✓ پاسخ کوتاه",
        "پاسخ کامل",
        "✓ ۱۴۰۴/۰۵/۳۱",
        "۳۱ مرداد ۱۴۰۴",
        "یادآوری‌ها",
    ]
    assert chat.toasts == [TEXTS.plain("settings-saved")] * 2
    short = await chat.says("ماده ۲۲ نقشه راه")
    assert "۱۴۰۴/۰۹/۳۰" in short.text
    assert "بیرون از این مجموعه" not in short.text
    assert "برداشت دیگر" not in short.text
    noted = await chat.says("ماده ۷ نقشه راه")
    assert "یادداشت ویراستار" in noted.text  # what is uncertain in the text is always said


async def test_privacy_says_what_is_kept_and_how_long(chat: Chat) -> None:
    privacy = await chat.says("/privacy")
    assert "۹۰ روز" in privacy.text
    assert (await chat.presses("پاک‌کردن اطلاعات من")).html == TEXTS("forget")
    assert (await chat.presses("نه، بماند")).html == TEXTS("kept")


async def test_forgetting_really_deletes_and_says_so(chat: Chat, storage: MemoryStorage) -> None:
    await chat.says("نظرسنجی از مردم با کیه؟")
    await chat.presses("👍")
    await chat.says("/settings")
    await chat.presses("پاسخ کوتاه")
    await chat.says("/forget")
    assert storage.people.people
    await chat.presses("بله، همه را پاک کن")
    told = [line for line in chat.transcript if "پاک شد" in line]
    assert told
    assert "همه آنچه نزد رهیار از شما بود" in told[-1]
    assert not storage.people.people
    assert not storage.states.data
    assert [(q.text, q.asker, q.useful) for q in storage.questions.questions.values()] == [(None, None, None)]


async def test_the_conversation_goes_on_after_forgetting(chat: Chat) -> None:
    await chat.says("/forget")
    await chat.presses("بله")
    chat.messages.clear()  # the page is empty now: message numbers begin anew
    assert (await chat.says("/settings")).buttons[1] == "✓ پاسخ کامل"
