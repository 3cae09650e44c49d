"""Commands and buttons that lead through the regulations."""

from __future__ import annotations

import pytest

from bot.address_codes import start_parameter
from bot.callback_data import Definitions, Show, View
from bot.fluent_texts import load_texts
from knowledge.provisions import Address
from tests.support.chats import Chat
from tests.support.memory import MemoryStorage

TEXTS = load_texts()


async def test_from_the_regulations_down_to_a_note_in_one_message(chat: Chat) -> None:
    await chat.says("/regulations")
    await chat.presses("نقشه راه")
    assert chat.last.text.startswith("نقشه راه دولت هوشمند\nمرجع: شورای عالی اداری\nشماره: ۶۷۲۶")
    assert "ابلاغ: ۳۱\u00a0فروردین\u00a0۱۴۰۴" in chat.last.text
    await chat.presses("بخش دوم")
    chapter = await chat.presses("فصل چهارم: تکالیف دستگاه‌های اجرایی")
    assert chapter.buttons[0].startswith("ماده ۱۲: ")
    await chat.presses("ماده ۲۱")
    await chat.presses("تبصره‌ها")
    await chat.presses("تبصره ۲")
    assert chat.last.text.startswith("تبصره ۲ ماده ۲۱ نقشه راه")
    await chat.presses("متن کامل ماده ۲۱")
    await chat.presses("فهرست")
    await chat.presses("بخش دوم")
    await chat.presses("↩ نقشه راه")
    await chat.presses("همه مقررات")
    assert chat.last.text.startswith("مقررات دولت هوشمند")
    assert len(chat.messages) == 1


async def test_an_answer_is_found_again_from_the_contents_around_it(chat: Chat) -> None:
    answer = await chat.says("ماده ۲۱ نقشه راه")
    await chat.presses("فهرست")
    assert chat.last.text.startswith("فصل چهارم نقشه راه")
    await chat.presses("↩ بخش دوم")
    await chat.presses("فصل پنجم")
    assert (await chat.presses("بازگشت به پاسخ")).text == answer.text
    await chat.presses("فهرست")
    await chat.presses("ماده ۱۲")
    assert (await chat.presses("بازگشت به پاسخ")).text == answer.text
    assert len(chat.messages) == 1


async def test_every_limit_of_an_article(chat: Chat) -> None:
    await chat.says("ماده ۶ نقشه راه")
    limits = await chat.presses("مهلت‌ها")
    assert limits.text.startswith("مهلت‌های ماده ۶ نقشه راه")
    assert "برداشت دیگر:" in limits.text
    assert "⚠️ بند ۱ بخش ۳ مرحله سوم نقشه راه برای همین تکلیف زمان دیگری گذاشته است: «" in limits.text
    assert (await chat.presses("↩ ماده ۶")).text.startswith("ماده ۶ نقشه راه")


async def test_a_list_item_is_quoted_with_the_words_that_lead_to_it(chat: Chat) -> None:
    item = await chat.says("بند ب ماده ۱ مصوبه اول پروژه‌های پیشران")
    assert "با قابلیت‌های زیر اقدام نمایند:\n[…]\nب) امکان جمع‌سپاری" in item.text
    assert item.buttons[:3] == ["متن کامل ماده ۱ مصوبه اول", "بند ج ←", "→ بند الف"]


async def test_a_step_is_quoted_with_its_articles(chat: Chat) -> None:
    step = await chat.says("گام چهارم چرخه هوشمندسازی")
    assert "ماده ۹: دستگاه اجرایی موظف است" in step.text
    assert (await chat.presses("اجزا")).buttons[0].startswith("ماده ۹: ")


@pytest.mark.parametrize("address", [Address("roadmap-1404", "art_21__note_1"), Address("eservices-1393")])
async def test_a_deep_link_opens_a_provision(chat: Chat, address: Address) -> None:
    shown = await chat.starts(start_parameter(address) or "")
    assert shown.text.startswith(("تبصره ۱ ماده ۲۱ نقشه راه", "نقشه راه خدمات دولت الکترونیکی"))


async def test_a_follow_up_works_on_a_deep_link(chat: Chat) -> None:
    await chat.starts("a_roadmap-1404_a21")
    assert (await chat.says("ماده بعدی")).text.startswith("ماده ۲۲ نقشه راه")


@pytest.mark.parametrize("payload", ["a_roadmap-1404_a99", "a_", "a_nothing", "a_roadmap-1404_a21n"])
async def test_a_deep_link_that_leads_nowhere_says_so(chat: Chat, payload: str) -> None:
    assert (await chat.starts(payload)).text.startswith(TEXTS("start-broken-link"))


async def test_the_welcome_has_examples_that_ask(chat: Chat) -> None:
    welcome = await chat.starts("inline")
    assert "رهیار" in welcome.text
    assert not welcome.text.startswith(TEXTS("start-broken-link"))
    await chat.presses(TEXTS.plain("example-4"))
    assert chat.last.text.startswith("ماده ۲۱ نقشه راه")


async def test_every_example_has_an_answer(chat: Chat, storage: MemoryStorage) -> None:
    welcome = await chat.starts()
    for label in welcome.buttons[:4]:
        await chat.presses(label, on=welcome)
    assert [q.asked.status.value for q in storage.questions.questions.values()] == ["answered"] * 4


async def test_an_article_by_its_number(chat: Chat) -> None:
    assert (await chat.says("/article")).html == TEXTS("reference-wanted")
    assert (await chat.says("۲۱ نقشه راه")).text.startswith("ماده ۲۱ نقشه راه")
    assert (await chat.says("/article 7 نقشه راه")).text.startswith("ماده ۷ نقشه راه")
    assert (await chat.says("/article تبصره ۲ ماده ۶ نقشه راه")).text.startswith("تبصره ۲ ماده ۶")


async def test_ask_with_and_without_a_question(chat: Chat) -> None:
    assert (await chat.says("/ask")).html == TEXTS("ask")
    assert (await chat.says("/ask ماده ۲۱ نقشه راه")).text.startswith("ماده ۲۱ نقشه راه")


@pytest.mark.parametrize("begun", ["/article", "/ask", "/settings", "/forget"])
async def test_cancel_and_help_work_everywhere(chat: Chat, begun: str) -> None:
    await chat.says(begun)
    assert (await chat.says("/help")).html == TEXTS("help")
    waiting = begun == "/article"
    assert (await chat.says("/cancel")).html == TEXTS("cancelled" if waiting else "nothing-to-cancel")
    assert (await chat.says("ماده ۲۱ نقشه راه")).text.startswith("ماده ۲۱ نقشه راه")


async def test_definitions_by_regulation(chat: Chat) -> None:
    where = await chat.says("/definitions")
    assert where.html == TEXTS("definitions-where")
    await chat.presses("دستورالعمل حکمرانی داده‌مبنا")
    term = await chat.presses("ناظر داده")
    assert term.text.startswith("ماده ۱۰ دستورالعمل حکمرانی داده‌مبنا")
    await chat.presses_data(Definitions(regulation="no-such", page=7).pack(), term.message_id)
    assert chat.last.html == where.html


@pytest.mark.parametrize(
    ("data", "toast"),
    [
        (Show.of(Address("roadmap-1404", "art_99")).pack(), "provision-gone"),
        (Show.of(Address("no-such-text")).pack(), "provision-gone"),
        ("s:roadmap-1404_a21", "channel-button-old"),
        ("s:../../etc:w:0:", "channel-button-old"),
        ("x:9", "channel-button-old"),
        ("o:detail:huge", "channel-button-old"),
        ("o:nothing:full", "channel-button-old"),
        ("a:77", "answer-forgotten"),
        ("l:77:c:0", "answer-forgotten"),
        ("r:77:1", "not-your-answer"),
    ],
)
async def test_old_and_forged_buttons_are_answered_politely(chat: Chat, data: str, toast: str) -> None:
    answer = await chat.says("ماده ۲۱ نقشه راه")
    await chat.presses_data(data, answer.message_id)
    assert chat.toasts == [TEXTS.plain(toast)]
    assert chat.last.html == answer.html


async def test_a_page_that_no_longer_exists_is_the_last_one(chat: Chat) -> None:
    answer = await chat.says("ماده ۲۱ نقشه راه")
    for view in View:
        await chat.presses_data(Show.of(Address("roadmap-1404"), view, page=99).pack(), answer.message_id)
        assert chat.last.text.startswith("نقشه راه دولت هوشمند")


async def test_a_message_that_is_gone_is_followed_by_a_new_one(chat: Chat) -> None:
    await chat.presses_data(Show.of(Address("roadmap-1404", "art_21")).pack(), 4711)
    assert chat.last.text.startswith("ماده ۲۱ نقشه راه")


async def test_unknown_commands_and_wordless_messages(chat: Chat) -> None:
    assert (await chat.says("/nothing")).html == TEXTS("unknown-command")
    sticker = {"file_id": "f", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1}
    sticker |= {"is_animated": False, "is_video": False}
    for content in ({"sticker": sticker}, {"contact": {"phone_number": "+989121234567", "first_name": "x"}}):
        await chat.channel.receive_update({"message": message(chat.person_id) | content})
        await chat.catch_up()
        assert chat.last.html == TEXTS("only-text")


async def test_what_is_written_under_a_picture_is_a_question(chat: Chat) -> None:
    photo = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}
    for caption, answer in (("ماده ۲۱ نقشه راه", "ماده ۲۱ نقشه راه"), (" \n", TEXTS.plain("only-text"))):
        await chat.channel.receive_update({"message": message(chat.person_id) | photo | {"caption": caption}})
        await chat.catch_up()
        assert chat.last.text.startswith(answer)
    await chat.says("/article")
    await chat.channel.receive_update({"message": message(chat.person_id) | photo | {"caption": "هر چه"}})
    await chat.catch_up()
    assert chat.last.html == TEXTS("only-text-in-form")


async def test_an_edited_question_is_answered_anew(chat: Chat) -> None:
    await chat.channel.receive_update({"edited_message": message(chat.person_id) | {"text": "ماده ۲۱ نقشه راه"}})
    await chat.catch_up()
    assert chat.last.text.startswith("ماده ۲۱ نقشه راه")


def message(person_id: int) -> dict[str, object]:
    person = {"id": person_id, "is_bot": False, "first_name": "x"}
    return {"message_id": 50, "date": 1, "chat": {"id": person_id, "type": "private"}, "from": person, "edit_date": 2}
