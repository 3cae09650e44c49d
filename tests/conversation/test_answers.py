"""Every way in which a question can end, as its asker sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.fluent_texts import load_texts
from handlers import conversation_router
from knowledge.answers import Answer, Candidate, Intent, Status
from knowledge.asking import Asked
from knowledge.on_table import OnTable
from knowledge.provisions import Address
from tests.support.answering import QUESTION_LENGTH_MAX, real_dependencies
from tests.support.chats import Chat, open_channel
from tests.support.corpus import NOON, real_dates
from tests.support.memory import MemoryStorage

TEXTS = load_texts()


class Says:
    """An answerer that gives one answer; with `stored=False` as after a failure to store its question."""

    def __init__(self, answer: Answer, *, stored: bool = True) -> None:
        self._answer, self._id = answer, 1 if stored else None

    async def __call__(self, text: str, *, platform: str, platform_id: int, table: OnTable) -> Asked:
        return Asked(self._id, self._answer)


@asynccontextmanager
async def chat_with(answer: Answer, storage: MemoryStorage, *, stored: bool = True) -> AsyncIterator[Chat]:
    dependencies = {**real_dependencies(storage.questions), "ask": Says(answer, stored=stored)}
    async with open_channel([conversation_router()], dependencies, storage=storage, clock=lambda: NOON) as channel:
        yield Chat(channel)


def ended(storage: MemoryStorage) -> Status:
    return list(storage.questions.questions.values())[-1].asked.status


async def test_an_ambiguous_reference_is_asked_back(chat: Chat, storage: MemoryStorage) -> None:
    back = await chat.says("ماده ۱۴")
    assert ended(storage) is Status.ASKED_BACK
    assert back.buttons == [
        "ماده ۱۴ نقشه راه",
        "ماده ۱۴ الزامات چرخه هوشمندسازی",
        "ماده ۱۴ نقشه راه خدمات الکترونیکی ۱۳۹۳",
    ]
    chosen = await chat.presses("چرخه هوشمندسازی")
    assert chosen.text.startswith("ماده ۱۴ الزامات چرخه هوشمندسازی")
    assert (await chat.presses("بازگشت به پاسخ")).buttons == back.buttons


async def test_many_readings_come_in_pages(storage: MemoryStorage) -> None:
    targets = tuple(Address("roadmap-1404", f"art_{n}") for n in range(1, 20))
    answer = Answer("ماده", Intent.LOOKUP, Status.ASKED_BACK, provisions=targets)
    async with chat_with(answer, storage) as chat:
        first = await chat.says("ماده")
        assert "همه در «نقشه راه»:\n• ماده ۱: " in first.text
        assert first.buttons[:3] == ["ماده ۳", "ماده ۲", "ماده ۱"]  # a row as it lies, read from the right
        assert [len(row) for row in first.keyboard] == [3, 2, 3, 2, 2]
        assert first.buttons[8:] == ["ماده ۱۰", "ماده ۹", "ادامه ←", "صفحه ۱ از ۲"]
        last = await chat.presses("ادامه")
        numbers = ["۱۱", "۱۲", "۱۳", "۱۴", "۱۵", "۱۶", "۱۷", "۱۸", "۱۹"]
        assert set(last.buttons) == {*(f"ماده {n}" for n in numbers), "→ صفحه قبل", "صفحه ۲ از ۲"}
        await chat.presses("صفحه ۲ از ۲")
        assert chat.toasts == []


async def test_what_does_not_exist_is_said_with_the_range_that_does(chat: Chat, storage: MemoryStorage) -> None:
    answer = await chat.says("ماده ۵۰ نقشه راه")
    assert ended(storage) is Status.NO_SUCH_PROVISION
    assert answer.text == "ماده ۵۰ در نقشه راه وجود ندارد.\nشماره‌های موجود: ماده ۱ تا ۳۳."
    assert (await chat.presses("فهرست نقشه راه")).text.startswith("نقشه راه دولت هوشمند")


async def test_an_article_without_notes_is_said_to_have_none(chat: Chat, storage: MemoryStorage) -> None:
    answer = await chat.says("تبصره ماده ۱۱ دستورالعمل حکمرانی داده")
    assert ended(storage) is Status.NO_SUCH_PROVISION
    assert answer.text == "ماده ۱۱ دستورالعمل حکمرانی داده‌مبنا تبصره ندارد."


async def test_what_no_text_has_is_said_so(chat: Chat, storage: MemoryStorage) -> None:
    answer = await chat.says("ماده ۵۵")
    assert ended(storage) is Status.NO_SUCH_PROVISION
    assert answer.text == "ماده ۵۵ در هیچ‌یک از این ۵ متن وجود ندارد."
    assert (await chat.presses(TEXTS.plain("button-regulations"))).buttons


async def test_no_confident_answer_offers_at_most_three(chat: Chat, storage: MemoryStorage) -> None:
    answer = await chat.says("هوای فردای تهران چطور است؟")
    assert ended(storage) is Status.NO_CONFIDENT_ANSWER
    assert answer.text.startswith(TEXTS("no-confident-answer"))
    assert TEXTS("rephrase") in answer.text
    assert answer.buttons[-1] == TEXTS.plain("button-expert")
    assert len(answer.buttons) <= 1 + 3


async def test_what_has_nothing_to_do_with_the_question_is_not_offered(storage: MemoryStorage) -> None:
    hits = (Candidate(Address("roadmap-1404", "art_21"), 1.0),)
    limits = tuple(real_dates().limits_of([hits[0].address], NOON.date()))
    answer = Answer("x", Intent.NONE, Status.NO_CONFIDENT_ANSWER, hits=hits, limits=limits, confidence=0.049)
    async with chat_with(answer, storage) as chat:
        shown = await chat.says("x")
        assert shown.html == f"{TEXTS('nothing-found')}\n\n{TEXTS('what-can-be-asked')}"
        assert shown.buttons == [TEXTS.plain("button-expert")]
    async with chat_with(replace(answer, confidence=0.051), storage) as chat:
        shown = await chat.says("x")
        assert TEXTS("perhaps") in shown.text
        assert "مرداد" in shown.text


@pytest.mark.parametrize("question", ["کد ملی من 0012345679 است", "شماره‌ام ۰۹۱۲۱۲۳۴۵۶۷ است مهلت کی بود؟"])
async def test_personal_data_is_refused_and_not_kept(chat: Chat, storage: MemoryStorage, question: str) -> None:
    assert (await chat.says(question)).html == TEXTS("refused-personal-data")
    assert ended(storage) is Status.REFUSED_PERSONAL_DATA
    (kept,) = storage.questions.questions.values()
    assert kept.text is None


async def test_a_long_question_is_told_its_limit(chat: Chat) -> None:
    answer = await chat.says("مهلت چیست؟ " * 40)
    assert answer.html == TEXTS("too-long", limit=QUESTION_LENGTH_MAX, length=439)
    assert "۴۳۹ نویسه" in answer.text


async def test_nothing_asked(chat: Chat) -> None:
    assert (await chat.says("؟؟؟")).html == TEXTS("empty-question")


async def test_what_a_body_must_do_is_listed_in_pages(chat: Chat) -> None:
    duties = await chat.says("وزارت ارتباطات و فناوری اطلاعات چه وظایفی دارد؟")
    assert duties.text.startswith("تکالیف وزارت ارتباطات و فناوری اطلاعات (")
    assert duties.buttons[-4] == "ادامه ←"
    assert duties.buttons[-2:] == ["👎 نبود", "👍 مفید بود"]
    assert len(duties.text.splitlines()) == 11
    second = await chat.presses("ادامه")
    assert not set(second.buttons[:10]) & set(duties.buttons[:10])
    provision = await chat.presses(second.buttons[0])
    assert provision.text.startswith(second.buttons[0])
    assert (await chat.presses("بازگشت به پاسخ")).buttons == duties.buttons


async def test_limits_are_listed_in_pages_with_dates_states_and_bodies(chat: Chat, storage: MemoryStorage) -> None:
    first = await chat.says("مهلت‌های گذشته کدام‌اند؟")
    assert ended(storage) is Status.ANSWERED
    assert first.text.startswith("مهلت‌های گذشته (")
    assert first.text.count("روز گذشته)") == first.text.count("👤 مسئول: ") == 6
    assert first.buttons[-4:] == ["ادامه ←", "صفحه ۱ از ۱۲", "👎 نبود", "👍 مفید بود"]
    second = await chat.presses("ادامه")
    assert second.text.startswith(first.text.splitlines()[0])
    assert second.text != first.text
    name = second.buttons[0]
    provision = await chat.presses(name)
    assert provision.text.startswith(name)
    assert (await chat.presses("بازگشت به پاسخ")).text == first.text
    assert (await chat.presses("👎 نبود")).buttons[-2:] == ["👍 مفید بود", "فرستادن پرسش برای کارشناس"]


async def test_limits_of_a_superseded_text_come_with_its_status(chat: Chat) -> None:
    listed = await chat.says("مهلت‌های نقشه راه قبلی را فهرست کن")
    assert "«نقشه راه خدمات الکترونیکی ۱۳۹۳»" in listed.text
    assert "⚠️" in listed.text


async def test_no_limit_in_a_span_is_said_and_the_nearest_are_offered(chat: Chat) -> None:
    none = await chat.says("فردا چه مهلتی داریم؟")
    assert none.text.startswith("مهلت‌ها\n📅 ۱\u00a0آذر\u00a0۱۴۰۴\nچنین مهلتی در این متن‌ها نیست.")
    assert "نزدیک‌ترین مهلت‌های پس از آن" in none.text
    assert none.buttons[:-2]


async def test_rows_are_listed(chat: Chat) -> None:
    steps = await chat.says("گام‌های چرخه هوشمندسازی")
    assert steps.text.startswith("گام‌ها در «الزامات چرخه هوشمندسازی» (۹ مورد)\n• گام اول: اتصال خدمات به وظایف\n")
    assert len(steps.text.splitlines()) == 10
    assert len(steps.buttons) == 9 + 2
    assert steps.buttons[:3] == ["گام سوم", "گام دوم", "گام اول"]
    assert (await chat.presses("گام نهم")).text.startswith("گام نهم الزامات چرخه هوشمندسازی")


async def test_a_bare_number_within_a_text_offers_the_same_number_in_the_others(chat: Chat) -> None:
    await chat.says("ماده ۱۲ نقشه راه")
    answer = await chat.says("ماده ۱۴")
    assert answer.text.startswith("ماده ۱۴ نقشه راه")
    others = await chat.presses("در متن‌های دیگر (۲)")
    assert others.text.startswith(TEXTS("same-number-title"))
    assert (await chat.presses("چرخه هوشمندسازی")).text.startswith("ماده ۱۴ الزامات چرخه هوشمندسازی")
    named = await chat.says("ماده ۱۴ نقشه راه")
    assert not any("در متن‌های دیگر" in label for label in named.buttons)


async def test_a_definition_names_its_text_and_the_other_ones(chat: Chat) -> None:
    answer = await chat.says("سازمان یعنی چه؟")
    assert answer.text.startswith("📖 تعریف «سازمان» در نقشه راه\n")
    assert "سازمان: سازمان اداری و استخدامی کشور؛" in answer.text
    assert (await chat.presses("در متن‌های دیگر")).text.startswith(TEXTS("other-definitions-title"))


async def test_a_corrected_question_is_shown_as_it_was_read(chat: Chat) -> None:
    assert "چنین خواندم" in (await chat.says("شناصه یکتای خدمت چیست")).text


async def test_the_status_of_a_text_goes_with_every_answer_from_it(chat: Chat) -> None:
    for text in ("ماده ۲۸ نقشه راه ۱۳۹۳", "تبصره‌هاش؟"):
        assert "نقشه راه پیشین" in (await chat.says(text)).text


async def test_editors_notes_are_shown(chat: Chat) -> None:
    assert "یادداشت ویراستار: ترتیب واژه‌ها" in (await chat.says("ماده ۷ نقشه راه")).text


async def test_a_step_names_whom_its_articles_charge(chat: Chat) -> None:
    answer = await chat.says("مسئول گام ششم چرخه هوشمندسازی کیست؟")
    assert TEXTS("responsible-none") not in answer.text
    assert answer.text.index("👤 مسئول: دستگاه‌های اجرایی") < answer.text.index("ماده ۱۱:")


async def test_a_waiting_limit_names_its_event(chat: Chat) -> None:
    answer = await chat.says("مهلت تبصره ۲ ماده ۶ نقشه راه")
    assert "در انتظار رویداد: ابلاغ الگوی مرجع معماری سازمانی" in answer.text
    assert answer.text.index("در انتظار") < answer.text.index("تمامی دستگاه‌های اجرایی مکلفند")
    assert "برداشت: مهلت از ابلاغ هر دو سند" in answer.text


async def test_references_are_buttons_and_other_laws_are_named(chat: Chat) -> None:
    answer = await chat.says("ماده ۱۱ الزامات چرخه هوشمندسازی")
    target = next(label for label in answer.buttons if label.startswith("↗"))
    assert (await chat.presses(target)).text.startswith(target.removeprefix("↗ "))
    assert "«ماده ۱۹ قانون مدیریت خدمات کشوری" in (await chat.says("ماده ۲۴ نقشه راه")).text.replace("(", "").replace(
        ")", ""
    )


async def test_who_asks_for_notes_is_told_that_there_are_none(chat: Chat) -> None:
    await chat.says("ماده ۸ نقشه راه")
    assert (await chat.says("تبصره‌هاش؟")).text.startswith("ماده ۸ نقشه راه، تبصره ندارد.\nماده ۸ نقشه راه")


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("ماده ۲۱ نقشه راه درباره نظرسنجی", "<b>نظرسنجی</b>"),
        ("تعریف ناظر داده", "<b>ناظر داده</b>"),
        ("در نقشه راه «سازمان» یعنی چه؟", "<b>سازمان</b>"),
    ],
)
async def test_words_are_marked_beside_a_reference_and_in_a_definition_too(
    chat: Chat, question: str, marked: str
) -> None:
    quote = (await chat.says(question)).html.partition("<blockquote")[2]
    assert marked in quote


async def test_an_answer_stands_when_its_question_could_not_be_stored(storage: MemoryStorage) -> None:
    answer = Answer("x", Intent.TOPIC, Status.ANSWERED, main=Address("roadmap-1404", "art_21"))
    async with chat_with(answer, storage, stored=False) as chat:
        shown = await chat.says("x")
    assert shown.text.startswith("ماده ۲۱ نقشه راه")
    assert not any("مفید" in label for label in shown.buttons)


async def test_an_answer_that_failed_says_so(storage: MemoryStorage) -> None:
    async with chat_with(Answer("x", Intent.NONE, Status.ERROR), storage) as chat:
        assert (await chat.says("x")).html == TEXTS("error")


async def test_lists_that_were_forgotten_are_answered_politely(chat: Chat) -> None:
    first = await chat.says("نظرسنجی از مردم")
    for n in range(1, 10):
        await chat.says(f"ماده {n} نقشه راه")
    await chat.presses("گزینه‌های دیگر", on=first)
    assert chat.toasts == [TEXTS.plain("answer-forgotten")]


async def test_many_editors_notes_are_folded(chat: Chat) -> None:
    answer = await chat.says("ماده ۱ نقشه راه")
    assert answer.text.count("یادداشت ویراستار:") > 1
    assert answer.html.count("<blockquote expandable>") == 2  # the quote, and all notes together
    assert "<blockquote expandable>" in answer.html[answer.html.index("</blockquote>") :]


async def test_start_clears_the_table(chat: Chat, storage: MemoryStorage) -> None:
    await chat.says("ماده ۲۱ نقشه راه")
    await chat.says("/start")
    await chat.says("ماده ۵")
    assert ended(storage) is Status.ASKED_BACK


async def test_what_stood_before_a_list_is_no_part_of_it(chat: Chat, storage: MemoryStorage) -> None:
    await chat.says("ماده ۲۱ نقشه راه")
    await chat.says("وظایف وزارت کشور چیست؟")
    assert ended(storage) is Status.ANSWERED
    assert "نظرسنجی" not in (await chat.says("مهلتش کی بود؟")).text


async def test_numbers_that_are_lacking_are_told(chat: Chat) -> None:
    assert "ماده ۳۴ در نقشه راه وجود ندارد" in (await chat.says("مواد ۳۲، ۳۳ و ۳۴ نقشه راه")).text
    assert "تبصره ۶ در ماده ۵ نقشه راه وجود ندارد" in (await chat.says("تبصره ۵ و ۶ ماده ۵ نقشه راه")).text


async def test_a_number_that_no_text_has_is_said_above_those_to_choose_from(chat: Chat) -> None:
    back = await chat.says("ماده ۲۱ و ۵۰")
    assert back.text.startswith("ماده ۵۰ در هیچ‌یک از این ۵ متن وجود ندارد.\n")
    assert "ماده ۲۱ نقشه راه" in back.buttons


async def test_a_conversation_goes_on_from_lists_and_questions_back(chat: Chat) -> None:
    await chat.says("ماده ۱۴")
    assert (await chat.says("دومی")).text.startswith("ماده ۱۴ الزامات چرخه هوشمندسازی")
    assert (await chat.says("تو نقشه راه چی؟")).text.startswith("ماده ۱۴ نقشه راه")
    assert (await chat.says("ماده ۵۰ نقشه راه")).text.startswith("ماده ۵۰ در نقشه راه وجود ندارد.")
    assert (await chat.says("نه ماده ۵")).text.startswith("ماده ۵ نقشه راه")
    duties = await chat.says("وظایف وزارت کشور چیه؟")
    assert (await chat.says("مهلت‌هاش؟")).text.splitlines()[0].startswith("مهلت")
    assert "وزارت کشور" in duties.text
