"""A citizen's word on a service, in the chat: one tap, what follows it, the agency's answer, the second face, results."""

from __future__ import annotations

from collections.abc import Mapping

from bot.fluent_texts import load_texts
from bot.survey_links import service_of, survey_parameter
from surveys.questionnaire import Value
from surveys.responses import Respondent
from tests.conversation.test_acting_for_an_agency import join_as
from tests.support.chats import Chat
from tests.support.rating import BIRTH
from tests.support.town import Town

TEXTS = load_texts()


async def test_one_tap_is_a_complete_answer_and_edits_one_message(town: Town) -> None:
    sara = town.sara
    opened = await sara.starts("s_1000")
    assert opened.text.startswith("ارزیابی خدمت: درخواست صدور شناسنامه — سازمان ثبت احوال کشور")
    assert "پیشنهادی" in opened.text
    before = len(sara.messages)
    rated = await sara.presses("😀 خیلی راضی")
    assert len(sara.messages) == before, "the same message, edited"
    assert "نظر شما ثبت شد: 😀 خیلی راضی" in rated.text
    async with town.rating.work() as work:
        (response,) = [r async for batch in work.responses.stream(None, None) for r in batch]
    assert (response.answers, response.finished, response.service_id) == ({"overall": 5}, False, BIRTH.id)


async def test_the_story_from_the_code_on_the_counter_to_the_second_face(town: Town) -> None:
    sara, ali, operator = town.sara, town.ali, town.operator
    await join_as(town, ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    await sara.starts("s_1000")
    await sara.presses("🙁 ناراضی")
    await sara.presses("تا حدی")
    await sara.presses("بیش از یک بار")
    chosen = await sara.presses("رفتار کارکنان")
    assert "✓ رفتار کارکنان" in chosen.buttons
    await sara.presses("تعداد مراجعه")
    asked = await sara.presses("ادامه")
    assert "در یک یا چند جمله" in asked.text
    done = await sara.says("باجه سه راهنمایی نکرد. شماره من ۰۹۱۲۱۲۳۴۵۶۷ است.")
    assert "کد رهگیری" in done.text
    wished = await sara.presses("بله، خبرم کنید")
    assert "همین‌جا به شما می‌گوییم" in wished.text

    await town.delivered()
    assert "منتظر پاسخ است" in ali.last.text
    case = await ali.presses("باز کردن پرونده")
    assert "باجه سه راهنمایی نکرد" in case.text
    assert "۰۹۱۲" not in case.text
    assert "ناشناس" in case.text
    await ali.presses("دیدم")
    await ali.presses("پاسخ دادن")
    preview = await ali.says("کارمند باجه سه آموزش دید.")
    assert "پیش‌نمایش" in preview.text
    await ali.presses("فرستادن پاسخ")
    await town.delivered()
    outcome = sara.last
    assert "نتیجه نظر شما" in outcome.text
    assert "کارمند باجه سه آموزش دید." in outcome.text
    await sara.presses("🙂 راضی")
    assert "پرونده بسته شد" in sara.last.text
    assert "کمتر از ده نفر" in (await operator.says("/report 1000")).text
    assert "کمتر از ده نفر" in (await ali.says("/report ۱۰۰۰")).text
    assert "درخواست صدور شناسنامه (کمتر از ده پاسخ)" in (await ali.says("/report")).text


async def test_coming_back_resumes_and_changes(town: Town) -> None:
    sara = town.sara
    await sara.starts("s_1000")
    await sara.presses("😐 متوسط")
    again = await sara.starts("s_1000")
    assert "کارتان به نتیجه رسید؟" in again.text
    await sara.presses("پایان")
    await sara.presses("تغییر نظر")
    changed = await sara.presses("😀 خیلی راضی")
    assert "کارتان به نتیجه رسید؟" in changed.text
    assert (await answers(town))["overall"] == 5


async def answers(town: Town) -> Mapping[str, Value]:
    async with town.rating.work() as work:
        (response,) = [r async for batch in work.responses.stream(None, None) for r in batch]
    return {**response.answers, "own words": response.text}


async def test_every_answer_can_be_changed_and_what_is_passed_stays(town: Town) -> None:
    sara = town.sara
    await sara.starts("s_1000")
    for label in ("🙁 ناراضی", "خیر", "یک بار", "هزینه", "ادامه"):
        await sara.presses(label)
    await sara.says("صف دراز بود")
    before = await answers(town)

    faces = await sara.presses("تغییر نظر")
    assert "✓ 🙁 ناراضی" in faces.buttons
    assert "پاک کردن این پاسخ" not in faces.buttons  # the one that a response needs
    settled = await sara.presses("همین بماند")
    assert "✓ خیر" in settled.buttons
    assert "تا حدی" in settled.buttons
    await sara.presses("تا حدی")
    in_person = sara.last
    assert "✓ یک بار" in in_person.buttons
    bad = await sara.presses("پاک کردن این پاسخ")
    assert "✓ هزینه" in bad.buttons
    await sara.presses("سرعت انجام کار")
    words = await sara.presses("همین بماند")
    assert "صف دراز بود" in words.text
    done = await sara.says("صف دراز بود و باجه یکی")
    assert "کد رهگیری" in done.text
    assert await answers(town) == {
        **before,
        "settled": "partly",
        "in_person": None,
        "bad": ("speed", "cost"),
        "own words": "صف دراز بود و باجه یکی",
    }


async def test_nothing_is_lost_by_leaving_a_change_half_way(town: Town) -> None:
    sara = town.sara
    await sara.starts("s_1000")
    for label in ("🙂 راضی", "بله", "یک بار", "سرعت انجام کار", "ادامه"):
        await sara.presses(label)
    await sara.says("خوب بود")
    before = await answers(town)
    await sara.presses("تغییر نظر")
    await sara.presses("😀 خیلی راضی")
    await sara.says("/help")
    assert await answers(town) == {**before, "overall": 5}
    again = await sara.starts("s_1000")
    assert "کد رهگیری" in again.text
    await sara.presses("تغییر نظر")
    for _ in range(4):
        await sara.presses("همین بماند")
    assert "خوب بود" in sara.last.text
    await sara.presses("پاک کردن این پاسخ")
    assert (await answers(town))["own words"] is None


async def test_finding_a_service_by_a_misspelt_name(town: Town) -> None:
    found = await town.sara.says("/rate شناسنامع")
    assert any(label.startswith("درخواست صدور شناسنامه") for label in found.buttons)
    await town.sara.presses_data(found.keyboard[0][0]["data"], found.message_id)
    opened = town.sara.messages[found.message_id]
    assert opened.text.startswith("ارزیابی خدمت")
    assert "پیدا نکردم" in (await town.sara.says("/rate قطار شهری مریخ")).text
    assert (await town.sara.says("/rate 1000")).text.startswith("ارزیابی خدمت")


async def test_bad_input_is_one_sentence(town: Town) -> None:
    sara = town.sara
    assert (await sara.starts("s_99999")).text == TEXTS.plain("service-unknown", id="99999")
    assert (await sara.starts("s_1001")).text == TEXTS.plain("service-inactive", title="خدمت برچیده")
    await sara.starts("s_1000")
    await sara.presses_data("sv:1000:7:1", sara.last.message_id)
    await sara.presses_data("sv:1000:0:9", sara.last.message_id)
    assert sara.toasts[-2:] == [TEXTS.plain("survey-unknown-question"), TEXTS.plain("survey-unknown-value")]
    await sara.presses("🙂 راضی")
    for label in ("بله", "یک بار", "ادامه"):
        await sara.presses(label)
    assert (await sara.says("👍👍👍")).text == TEXTS.plain("survey-text-without-words")
    assert (await sara.says("نظر " * 900)).text == TEXTS.plain("survey-text-too-long", max=1000, length=3599)
    assert "کد رهگیری" in (await sara.says("خوب بود")).text


async def test_strangers_see_no_cases_and_no_results(town: Town) -> None:
    for command in ("/cases", "/report"):
        assert (await town.sara.says(command)).text == TEXTS.plain("staff-only")
    assert (await town.sara.says("/kept")).text == TEXTS.plain("staff-operators-only")


async def test_a_question_goes_to_an_expert_and_its_words_help_the_next(town: Town) -> None:
    sara, operator = town.sara, town.operator
    unsure = await sara.says("زنگ مدرسه ساعت چند می‌خورد")
    assert "پاسخ مطمئنی" in unsure.text
    await sara.presses("فرستادن پرسش برای کارشناس", on=unsure)
    assert "کد رهگیری" in sara.last.text
    await town.delivered()
    case = await operator.presses("باز کردن پرونده")
    assert "زنگ مدرسه" in case.text
    await operator.presses("افزودن به جست‌وجو", on=case)
    assert "ماده ۲۱ نقشه راه" in (await operator.says("ماده ۲۱ نقشه راه")).text
    await operator.says("/kept")
    await operator.presses("پذیرفتن")
    assert await town.rating.surveys.accepted_wordings() == {"roadmap-1404/art_21": ["زنگ مدرسه ساعت چند می‌خورد"]}
    await operator.presses("پاسخ دادن", on=case)
    await operator.says("این در مقررات ما نیست.")
    await operator.presses("فرستادن پاسخ")
    await town.delivered()
    assert "پاسخ کارشناس" in sara.last.text


def test_links_carry_every_id() -> None:
    for id in ("1000", "EXAMPLE-3", "10.20_30-4", "a" * 40, "x." * 19 + "y"):
        parameter = survey_parameter(id)
        assert len(parameter) <= 64
        assert set(parameter) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
        assert service_of(parameter) == id
    assert service_of("a_x") is None
    assert service_of("sb_!!!") == ""


async def test_forgetting_takes_words_and_link(town: Town) -> None:
    sara: Chat = town.sara
    await sara.starts("s_1000")
    await sara.presses("🙁 ناراضی")
    await sara.says("/forget")
    await sara.presses("بله، همه را پاک کن")
    async with town.rating.work() as work:
        (response,) = [r async for batch in work.responses.stream(None, None) for r in batch]
    assert (response.asker, response.text, response.answers["overall"]) == (None, None, 2)


async def test_a_burst_waits_for_an_operator(town: Town) -> None:
    operator, desk = town.operator, town.rating
    assert (await operator.says("/held")).text == TEXTS.plain("held-none")
    for number in range(90):
        person = await town.reminding.person(5000 + number)
        await desk.give(Respondent(person, "telegram", 5000 + number), BIRTH.id, "overall", 5, channel="telegram")
    await desk.surveys.tend()
    held = await operator.says("/held")
    assert "۹۰ پاسخ" in held.text
    assert "در ۱۶ آبان ۱۴۰۵، از راه تلگرام (۹۰)" in held.text.replace("\xa0", " ")
    assert "😀 خیلی راضی: ۹۰" in held.text
    assert (await town.sara.says("/held")).text == TEXTS.plain("staff-operators-only")
    office = await operator.says("/operator")
    assert "۹۰ پاسخ که یک‌باره رسیده" in office.text
    await operator.presses("پاسخ‌های نگه‌داشته (۹۰)", on=office)
    assert operator.last.text == held.text
    assert (await operator.presses("کنار گذاشته شود", on=held)).text == TEXTS.plain("held-none")
    assert operator.toasts[-1] == TEXTS.plain("held-decided")
    assert "کمتر از ده نفر" in (await operator.says("/report 1000")).text
    assert "یک‌باره رسیده" not in (await operator.says("/operator")).text


async def test_an_older_screen_decides_nothing_newer(town: Town) -> None:
    operator, desk = town.operator, town.rating

    async def burst(first: int) -> None:
        for number in range(first, first + 90):
            person = await town.reminding.person(5000 + number)
            who = Respondent(person, "telegram", 5000 + number)
            await desk.give(who, BIRTH.id, "overall", 5, channel="telegram")
        await desk.surveys.tend()

    await burst(0)
    held = await operator.says("/held")
    await burst(100)
    assert "۹۰ پاسخ" in (await operator.presses("به حساب بیاید", on=held)).text, "those that were not shown wait"
    report = await operator.says("/report 1000")
    assert "شمار پاسخ‌ها: ۹۰" in report.text
    await operator.presses("پاسخ‌های نگه‌داشته (۹۰)", on=report)
    assert "۹۰ پاسخ" in operator.last.text
