"""The story at the head of the project: a question in Persian becomes the provision that answers it."""

from __future__ import annotations

from bot.fluent_texts import load_texts
from knowledge.answers import Status
from knowledge.provisions import Address
from tests.support.answering import real_answerer
from tests.support.chats import Chat
from tests.support.corpus import NOON, real_corpus
from tests.support.memory import MemoryStorage

TEXTS = load_texts()
QUESTION = "نظرسنجی از مردم با کیه و تا کی وقت داشت؟"
ARTICLE_21 = Address("roadmap-1404", "art_21")


async def test_a_question_becomes_the_provision_that_answers_it(chat: Chat) -> None:
    answer = await chat.says(QUESTION)
    assert real_corpus()[ARTICLE_21].text in answer.text
    assert "<blockquote>" in answer.html
    assert "<b>نظرسنجی</b>" in answer.html
    assert answer.text.startswith("ماده ۲۱ نقشه راه\n")
    assert "مسئول: وزارت ارتباطات و فناوری اطلاعات" in answer.text
    assert "«حداکثر ظرف مدت چهار ماه از ابلاغ این سند» ← ۳۱\u00a0مرداد\u00a0۱۴۰۴ (۹۱ روز گذشته)" in answer.text
    assert [row[0]["text"] for row in answer.keyboard] == [
        "تبصره‌ها (۲)",
        "ماده ۲۲ ←",  # Telegram lays rows out from the left: the next article stands left
        "هم‌رسانی",
        "👎 نبود",
    ]
    assert answer.buttons[2] == "→ ماده ۲۰"
    assert any("گزینه‌های دیگر" in label for label in answer.buttons)


async def test_the_product_is_sure_of_it() -> None:
    answer = real_answerer().answer(QUESTION, today=NOON.date())
    assert (answer.status, answer.main) == (Status.ANSWERED, ARTICLE_21)


async def test_the_typing_sign_is_shown(chat: Chat) -> None:
    await chat.says(QUESTION)
    assert [event.kind for event in chat.events if event.kind != "message"] == ["typing"]


async def test_browsing_edits_the_answer_and_comes_back(chat: Chat) -> None:
    answer = await chat.says(QUESTION)
    notes = await chat.presses("تبصره‌ها")
    assert notes.text.startswith("تبصره‌های ماده ۲۱ نقشه راه")
    assert "تبصره ۲: وزارت موظف است" in notes.text
    assert (await chat.presses("تبصره ۱")).text.startswith("تبصره ۱ ماده ۲۱")
    assert (await chat.presses("متن کامل ماده ۲۱")).text == answer.text
    assert (await chat.presses("ماده ۲۲")).text.startswith("ماده ۲۲ نقشه راه")
    assert (await chat.presses("بازگشت به پاسخ")).html == answer.html
    assert len(chat.messages) == 1


async def test_other_candidates_are_offered_and_noted(chat: Chat, storage: MemoryStorage) -> None:
    answer = await chat.says(QUESTION)
    others = await chat.presses("گزینه‌های دیگر")
    assert others.buttons[-1] == "↩ بازگشت به پاسخ"
    assert len(others.buttons) > 2
    chosen = await chat.presses(others.buttons[0])
    assert chosen.text.startswith(others.buttons[0])
    (question,) = storage.questions.questions.values()
    assert question.clicked is not None
    assert question.clicked != ARTICLE_21
    assert (await chat.presses("بازگشت به پاسخ")).html == answer.html


async def test_usefulness_is_noted_and_may_change(chat: Chat, storage: MemoryStorage) -> None:
    await chat.says(QUESTION)
    (question,) = storage.questions.questions.values()
    assert (await chat.presses("👍")).buttons[-1] == "👍 مفید بود ✓"
    assert [question.useful] == [True]
    shown = await chat.presses("👎")
    assert shown.buttons[-3:] == ["👎 نبود ✓", "👍 مفید بود", TEXTS.plain("button-expert")]
    assert [question.useful] == [False]
    shown = await chat.presses("👎")  # nothing changes, and nothing breaks
    assert shown.buttons.count(TEXTS.plain("button-expert")) == 1
    assert chat.toasts == [
        TEXTS.plain("thanks-useful"),
        TEXTS.plain("thanks-not-useful-others"),
        TEXTS.plain("thanks-not-useful-others"),
    ]
    assert TEXTS.plain("button-expert") not in (await chat.presses("👍")).buttons


async def test_who_has_no_other_candidates_is_not_sent_to_them(chat: Chat) -> None:
    answer = await chat.says("ماده ۲۱ نقشه راه")
    assert not any("گزینه‌های دیگر" in label for label in answer.buttons)
    await chat.presses("👎")
    assert chat.toasts == [TEXTS.plain("thanks-not-useful")]


async def test_a_follow_up_works_on_what_was_shown(chat: Chat) -> None:
    await chat.says("ماده ۲۱ نقشه راه")
    assert (await chat.says("تبصره‌هاش؟")).text.startswith("تبصره‌های ماده ۲۱ نقشه راه")
    assert "۳۱\u00a0مرداد\u00a0۱۴۰۴" in (await chat.says("مهلتش کی بود؟")).text
    assert (await chat.says("ماده بعدی")).text.startswith("ماده ۲۲ نقشه راه")
    await chat.presses("→ ماده ۲۱")  # browsing moves what is on the table as well
    await chat.presses("→ ماده ۲۰")
    assert (await chat.says("ماده بعدی")).text.startswith("ماده ۲۱ نقشه راه")
