"""What else belongs to rating in the chat: results as a picture, forged buttons, being forgotten, experts' answers."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from storage.reminder_models import MessageRow
from storage.survey_models import CaseRow, OutboxRow, ResponseRow
from surveys.responses import Respondent
from tests.conversation.test_acting_for_an_agency import join_as
from tests.support.chats import Chat, Shown
from tests.support.rating import BIRTH, respondent
from tests.support.town import Town


async def rows(town: Town, table: Any) -> list[Any]:
    async with town.rating.database.read() as connection:
        return list((await connection.execute(select(*table.__table__.columns).order_by("id"))).all())


async def comment(chat: Chat, words: str, service: str = BIRTH.id) -> Shown:
    """All steps, with own words and a wish to hear of them."""
    await chat.starts(f"s_{service}")
    for label in ("🙁 ناراضی", "خیر", "یک بار", "ادامه"):
        await chat.presses(label)
    await chat.says(words)
    return await chat.presses("بله، خبرم کنید")


async def test_a_service_brought_in_with_the_name_of_its_agency_reaches_that_agencys_people(town: Town) -> None:
    content = "شناسه خدمت,عنوان خدمت,دستگاه\n2000,گواهی وفات,ثبت احوال\n"
    assert (await town.rating.surveys.import_services(content.encode(), dry_run=False)).stored
    await join_as(town, town.ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    await comment(town.sara, "گواهی پدرم نرسید", service="2000")
    await town.delivered()
    await town.ali.says("/cases")
    assert "گواهی پدرم نرسید" in (await town.ali.presses("۱")).text


async def close_a_case(town: Town) -> None:
    """Sara comments, her agency answers, and she says how satisfied she is now."""
    await join_as(town, town.ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    await comment(town.sara, "کارت ملی من نیامده است")
    await town.delivered()
    await town.ali.says("/cases")
    await town.ali.presses("۱")
    await town.ali.presses("پاسخ دادن")
    await town.ali.says("کارت شما آماده است.")
    await town.ali.presses("فرستادن پاسخ")
    await town.delivered()
    await town.sara.presses("🙂 راضی")


async def test_whoever_answers_reads_the_words_as_they_are_now(town: Town) -> None:
    await join_as(town, town.ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    await comment(town.sara, "کارت ملی من نیامده است")
    await town.sara.starts("s_1000")
    await town.sara.presses("تغییر نظر")
    for label in ("همین بماند", "همین بماند", "همین بماند", "گذشتن"):
        await town.sara.presses(label)
    await town.sara.says("کارت ملی من و پسرم نیامده است")
    await town.delivered()
    await town.ali.says("/cases")
    assert "کارت ملی من و پسرم نیامده است" in (await town.ali.presses("۱")).text


async def test_the_second_face_is_given_once_and_pressing_again_is_answered_politely(town: Town) -> None:
    await close_a_case(town)
    thanks, (case,) = town.sara.last, await rows(town, CaseRow)
    assert "نظر دوباره شما ثبت شد: 🙂 راضی. سپاسگزاریم. پرونده بسته شد." in thanks.text
    (outcome,) = [shown for shown in town.sara.messages.values() if "نتیجه نظر شما" in shown.text]
    assert outcome.buttons == []
    for face in (1, 4):  # an app that has not heard of it yet, or two taps at once
        await town.sara.presses_data(f"oc:{case.id}:{face}", outcome.message_id)
        assert "این پرونده اکنون منتظر نظر دوباره شما نیست" in town.sara.toasts[-1]
    await town.ali.presses_data(f"oc:{case.id}:1", town.ali.last.message_id)
    assert "چنین پرونده‌ای" in town.ali.toasts[-1]
    (response,) = await rows(town, ResponseRow)
    assert response.again == 4
    assert [event.kind for event in await rows(town, OutboxRow)].count("case.closed") == 1


async def test_who_was_not_content_reads_more_than_thanks(town: Town) -> None:
    await town.sara.starts("s_1000")
    sad = await town.sara.presses("😡 خیلی ناراضی")
    assert "نظر شما ثبت شد: 😡 خیلی ناراضی. متأسفیم که راضی نبودید و سپاسگزاریم که گفتید." in sad.text
    await town.sara.presses("پایان")
    await town.sara.presses("تغییر نظر")
    await town.sara.presses("😐 متوسط")
    assert "نظر شما ثبت شد: 😐 متوسط. سپاسگزاریم." in (await town.sara.presses("پایان")).text


async def test_the_operator_sees_figures_and_a_picture(town: Town) -> None:
    for number in range(31):
        await town.rating.give(respondent(number), BIRTH.id, "overall", 1 + number % 5, channel="telegram")
    report = (await town.operator.says("/report ۱۰۰۰")).text
    assert "شمار پاسخ‌ها: ۳۱" in report
    assert "راضی و خیلی راضی: ۳۹٪ (بازه ۹۵٪: ۲۴٪ تا ۵۶٪)" in report
    assert "آبان ۱۴۰۵: ۳۹٪ (۲۴٪ تا ۵۶٪)، ۳۱ پاسخ" in report
    (photo,) = [e.message for e in town.operator.events if e.message and e.message.body["kind"] == "photo"]
    assert Image.open(io.BytesIO(base64.b64decode(photo.body["file"]["base64"]))).size[0] > 900


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("sv:9999:0:5", "پیدا نشد"),
        ("sv:1001:0:5", "فعال نیست"),
        ("sv:1000:1:1", "نخست یکی از پنج چهره"),
        ("sa:1000:f:0", "نخست یکی از پنج چهره"),
        ("sa:1000:w:0", "نخست نظرتان"),
        ("sv:1000:x:y", "دیگر"),
        ("oc:999:3", "چنین پرونده‌ای"),
        ("cs:1:s", "چنین پرونده‌ای"),
        ("cs:1:y", "دیگر"),
        ("cy:1:abc", "چنین پرونده‌ای"),
        ("cl2:0:o", "این بخش برای"),
        ("cl2:0:x", "دیگر"),
        ("kp:1:1", "تنها برای کارشناسان"),
        ("ex:csv:", "تنها برای کارشناسان"),
    ],
)
async def test_forged_buttons_store_nothing_and_say_why(town: Town, data: str, said: str) -> None:
    await town.sara.starts("s_1000")
    await town.sara.presses_data(data, town.sara.last.message_id)
    assert said in town.sara.toasts[-1]
    assert await rows(town, ResponseRow) == []


async def test_a_text_of_100_kilobytes_is_one_sentence(town: Town) -> None:
    await town.sara.starts("s_1000")
    for label in ("🙁 ناراضی", "خیر", "یک بار", "ادامه"):
        await town.sara.presses(label)
    assert "حداکثر ۱۰۰۰ نویسه جا دارد" in (await town.sara.says("بد " * 34_000)).text
    (response,) = await rows(town, ResponseRow)
    assert response.text is None


async def test_forgetting_erases_words_link_and_state(town: Town) -> None:
    await comment(town.sara, "خیلی معطل شدم")
    await town.sara.says("/forget")
    await town.sara.presses("بله، همه را پاک کن")
    (response,) = await rows(town, ResponseRow)
    (case,) = await rows(town, CaseRow)
    assert (response.text, response.asker, response.answers["overall"]) == (None, None, 2)
    assert (case.text, case.person_id, case.state) == (None, None, "closed")
    events = await rows(town, OutboxRow)
    assert {"response.erased", "case.erased"} <= {event.kind for event in events}
    assert not any("معطل" in str(event) for event in events)


async def test_an_experts_answer_helps_the_next_person(town: Town) -> None:
    sara, operator = town.sara, town.operator
    question = "هزینه تعمیر آسانسور ساختمان با کیست؟"
    unsure = await sara.says(question)
    await sara.presses("فرستادن پرسش برای کارشناس", on=unsure)
    assert "هر گاه کارشناسی پاسخ دهد، همین‌جا به شما می‌گویم" in sara.last.text  # no promise that somebody is there
    await town.delivered()
    case = await operator.presses("باز کردن پرونده")
    assert "آسانسور" in case.text
    await operator.presses("پاسخ دادن")
    await operator.says("به ماده ۲۱ نقشه راه نگاه کنید.")
    await operator.presses("فرستادن پاسخ")
    await town.delivered()
    assert sara.last.text.startswith("پاسخ کارشناس به پرسش شما")
    await operator.presses("افزودن به جست‌وجو", on=case)
    assert "ماده ۲۱ نقشه راه" in (await operator.says("ماده ۲۱ نقشه راه")).text
    assert "آسانسور" in (await operator.says("/kept")).text
    await operator.presses("پذیرفتن")
    assert await town.rating.surveys.accepted_wordings() == {"roadmap-1404/art_21": [question]}


async def test_an_answer_of_no_use_is_no_dead_end(town: Town) -> None:
    answer = await town.sara.says("ماده ۲۱ نقشه راه")
    assert "فرستادن پرسش برای کارشناس" not in answer.buttons
    await town.sara.presses("👎")
    await town.sara.presses("فرستادن پرسش برای کارشناس")
    assert "کد رهگیری" in town.sara.last.text
    await town.delivered()
    assert "ماده ۲۱ نقشه راه" in (await town.operator.presses("باز کردن پرونده")).text


async def test_an_older_preview_does_not_send_the_newer_answer(town: Town) -> None:
    await join_as(town, town.ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    await comment(town.sara, "کارت ملی من نیامده است")
    await town.delivered()
    await town.ali.says("/cases")
    await town.ali.presses("۱")
    await town.ali.presses("پاسخ دادن")
    first = await town.ali.says("کارت شما آماده است.")
    second = await town.ali.says("کارت شما هنوز چاپ نشده است.")
    await town.ali.presses("فرستادن پاسخ", on=first)
    assert town.ali.toasts[-1].startswith("این دکمه زیر پیامی قدیمی است")
    await town.delivered()
    assert [case.answer for case in await rows(town, CaseRow)] == [None]
    await town.ali.presses("فرستادن پاسخ", on=second)
    await town.delivered()
    assert "هنوز چاپ نشده است" in town.sara.last.text


async def test_the_same_words_are_not_asked_again(town: Town) -> None:
    await close_a_case(town)
    reopened = await town.sara.starts("s_1000")
    assert "نتیجه این نوشته به شما گفته شده است" in reopened.text
    assert "بله، خبرم کنید" not in reopened.buttons
    await town.sara.presses_data("sa:1000:w:0", reopened.message_id)
    assert town.sara.toasts[-1].startswith("نتیجه همین نوشته به شما گفته شده است")


async def test_other_words_open_a_closed_case_again(town: Town) -> None:
    await close_a_case(town)
    finished = await town.sara.starts("s_1000")
    await town.sara.presses("ویرایش نوشته", on=finished)
    assert "کارت ملی من نیامده است" in town.sara.last.text
    edited = await town.sara.says("کارت آمد ولی نام من غلط است")
    assert "می‌خواهید از نتیجه نظرتان باخبر شوید" in edited.text
    assert "همین‌جا به شما می‌گوییم" in (await town.sara.presses("بله، خبرم کنید")).text
    await town.delivered()
    assert "دوباره منتظر پاسخ است" in town.ali.last.text
    case = await town.ali.presses("باز کردن پرونده")
    assert "نام من غلط است" in case.text
    assert "کارت شما آماده است" not in case.text
    await town.ali.presses("پاسخ دادن")
    await town.ali.says("کارت تازه چاپ شد.")
    await town.ali.presses("فرستادن پاسخ")
    await town.delivered()
    assert "کارت تازه چاپ شد" in town.sara.last.text
    await town.sara.presses("🙂 راضی")
    assert "پرونده بسته شد" in town.sara.last.text


async def test_who_acts_hears_of_other_words(town: Town) -> None:
    await join_as(town, town.ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    await comment(town.sara, "کارت ملی من نیامده است")
    await town.delivered()
    finished = await town.sara.starts("s_1000")
    assert "همین‌جا به شما می‌گوییم" in finished.text
    await town.sara.presses("ویرایش نوشته", on=finished)
    await town.sara.says("کارت پدرم نیامده است")
    await town.delivered()
    assert "نوشته خود را تغییر داد" in town.ali.last.text
    assert "کارت پدرم" in (await town.ali.presses("باز کردن پرونده")).text
    given_up = await town.sara.presses("دیگر خبر نمی‌خواهم", on=await town.sara.starts("s_1000"))
    assert "خبری نمی‌فرستیم" in given_up.text
    assert "در جریان نیست" in (await town.ali.says("/cases")).text


async def test_who_is_still_not_content_may_say_why(town: Town) -> None:
    await join_as(town, town.ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    await comment(town.sara, "کارت ملی من نیامده است")
    await town.delivered()
    await town.ali.presses("باز کردن پرونده")
    await town.ali.presses("پاسخ دادن")
    await town.ali.says("کارت شما آماده است.")
    await town.ali.presses("فرستادن پاسخ")
    await town.delivered()
    await town.sara.presses("😡 خیلی ناراضی")
    await town.sara.presses("نوشتن آنچه مانده")
    said = await town.sara.says("آماده نبود؛ باز هم برگشتم")
    assert "می‌خواهید از نتیجه" in said.text
    await town.sara.presses("بله، خبرم کنید")
    await town.delivered()
    assert "دوباره منتظر پاسخ است" in town.ali.last.text
    assert "باز هم برگشتم" in (await town.ali.presses("باز کردن پرونده")).text


async def test_a_wish_is_taken_back_where_it_was_made_and_made_again(town: Town) -> None:
    wished = await comment(town.sara, "کارت ملی من نیامده است")
    given_up = await town.sara.presses("دیگر خبر نمی‌خواهم", on=wished)
    assert "خبری نمی‌فرستیم" in given_up.text
    assert {(case.state, case.person_id) for case in await rows(town, CaseRow)} == {("closed", None)}
    again = await town.sara.presses("بله، خبرم کنید", on=given_up)
    assert "همین‌جا به شما می‌گوییم" in again.text
    assert {"تغییر نظر", "ویرایش نوشته"} < set(again.buttons)


async def test_a_wish_ends_the_writing(town: Town) -> None:
    finished = await comment(town.sara, "کارت ملی من نیامده است")
    finished = await town.sara.starts("s_1000")
    await town.sara.presses("ویرایش نوشته", on=finished)
    await town.sara.presses("دیگر خبر نمی‌خواهم", on=finished)
    await town.sara.says("ماده ۲۱ نقشه راه")
    assert "نظرسنجی" in town.sara.last.text
    (response,) = await rows(town, ResponseRow)
    assert response.text == "کارت ملی من نیامده است"


async def test_being_forgotten_takes_the_words_of_a_closed_case_too(town: Town) -> None:
    await close_a_case(town)
    (closed,) = await rows(town, CaseRow)
    assert (closed.person_id, closed.text) == (None, "کارت ملی من نیامده است")
    await town.sara.says("/forget")
    await town.sara.presses("بله، همه را پاک کن")
    (forgotten,) = await rows(town, CaseRow)
    assert (forgotten.text, forgotten.answer) == (None, None)
    sent = [(row.kind, row.text) for row in await rows(town, OutboxRow) if row.subject == closed.uid]
    assert sent[-1][0] == "case.erased"
    assert {text for _, text in sent} == {None}
    assert "کارت ملی" not in (await town.ali.says(f"/cases {closed.code}")).text


async def test_a_case_handed_over_is_out_of_sight(town: Town) -> None:
    await join_as(town, town.ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    await comment(town.sara, "کارت ملی من نیامده است")
    await town.delivered()
    assert "کارت ملی" in (await town.ali.says("/cases کارت")).text
    await town.ali.says("/cases")
    case = await town.ali.presses("۱")
    await town.ali.presses("برگرداندن به کارشناسان", on=case)
    assert "کارت ملی" not in (await town.ali.says("/cases")).text
    assert "کارت ملی" in (await town.operator.says("/cases")).text


async def test_cases_are_listed_by_state_and_found_by_anything(town: Town) -> None:
    await join_as(town, town.ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    await comment(town.sara, "کارت ملی من نیامده است")
    await town.delivered()
    (case,) = await rows(town, CaseRow)
    for words in ("کارت", case.code.lower(), "شناسنامه", "احوال", "۱۰۰۰", "کارت احوال"):
        assert "کارت ملی" in (await town.operator.says(f"/cases {words}")).text, words
    assert "پیدا نکردم" in (await town.operator.says("/cases گذرنامه")).text

    listed = await town.ali.says("/cases")
    assert "گذشته از مهلت" in " ".join(listed.buttons)
    assert "پرونده‌ای از مهلت نگذشته است" in (await town.ali.presses("گذشته از مهلت", on=listed)).text
    town.clock.move(days=3)
    assert "⚠️" in (await town.ali.presses("گذشته از مهلت", on=town.ali.last)).text
    await town.ali.says(f"/cases {case.code}")
    await town.ali.presses("۱")
    await town.ali.presses("پاسخ دادن")
    await town.ali.says("کارت شما آماده است.")
    await town.ali.presses("فرستادن پاسخ")
    assert "در جریان نیست" in (await town.ali.says("/cases")).text
    answered = await town.ali.presses("پاسخ داده‌شده")
    assert "کارت ملی" in answered.text
    assert "⚠️" not in answered.text
    await town.delivered()
    await town.sara.presses("🙂 راضی")
    await town.ali.says("/cases")
    assert "کارت ملی" in (await town.ali.presses("بسته")).text


async def test_a_search_is_turned_page_by_page_as_one(town: Town) -> None:
    await join_as(town, town.ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    for number in range(1, 13):
        id = await town.reminding.person(7000 + number, "test")
        who = Respondent(id, "test", 7000 + number)
        for question, value in (("overall", 1), ("settled", "no"), ("in_person", "no"), ("bad", None)):
            await town.rating.give(who, BIRTH.id, question, value, channel="telegram")
        words = "صف طولانی بود" if number % 4 else "باجه بسته بود"
        await town.rating.give(who, BIRTH.id, "words", words, channel="telegram")
        await town.rating.surveys.wish_for_outcome(who, BIRTH.id)
    first = await town.ali.says("/cases صف")
    assert "۹ مورد" in first.text
    second = await town.ali.presses("ادامه")
    assert "صف طولانی" in second.text
    assert "باجه بسته" not in first.text + second.text


async def test_a_case_in_a_colleagues_hands(town: Town) -> None:
    await join_as(town, town.ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    operator = await town.reminding.person(town.operator.person_id, "test")
    sara_id = await town.reminding.member(operator, 9, BIRTH.agency_id, name="سارا محمدی")
    await comment(town.sara, "کارت ملی من نیامده است")
    await town.ali.says("/cases")
    await town.ali.presses("۱")
    await town.ali.presses("سپردن به همکار")
    assert town.ali.last.buttons == ["سارا محمدی", "خود من", "باز کردن پرونده"]
    assert "سارا محمدی" in (await town.ali.presses("سارا محمدی")).text
    await town.ali.says("/cases")
    assert "در دست سارا محمدی" in (await town.ali.presses("۱")).text

    async def told(kind: str) -> set[int]:
        messages = await rows(town, MessageRow)
        return {m.person_id for m in messages if m.kind == kind}

    town.clock.move(days=4)
    await town.rating.surveys.remind_holders()
    assert await told("case_overdue") == {sara_id}
    await town.reminding.storage.people.forget(sara_id)
    town.clock.move(days=4)
    await town.rating.surveys.remind_holders()
    ali = await town.reminding.person(town.ali.person_id, "test")
    assert await told("case_overdue") == {ali}, "who is gone has nothing in hand"


async def test_a_case_is_given_to_nobody_from_elsewhere(town: Town) -> None:
    await join_as(town, town.ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    operator = await town.reminding.person(town.operator.person_id, "test")
    stranger = await town.reminding.member(operator, 9, "ict-ministry", name="سارا محمدی")
    await comment(town.sara, "کارت ملی من نیامده است")
    (case,) = await rows(town, CaseRow)
    await town.ali.says("/cases")
    await town.ali.presses("۱")
    await town.ali.presses_data(f"cg:{case.id}:{stranger}", town.ali.last.message_id)
    assert "چنین پرونده‌ای" in town.ali.toasts[-1]
    await town.ali.presses("سپردن به همکار")
    assert "همکار دیگری ندارید" in town.ali.last.text
    (case,) = await rows(town, CaseRow)
    assert case.holder_id is None
