"""Cases as those who act see them: where each one is, what happened to it, and a way on from every screen."""

from __future__ import annotations

import re

from reminders.people import Role
from storage.reminder_models import MessageRow
from storage.survey_models import CaseRow
from surveys.case import CaseFilter
from tests.conversation.test_acting_for_an_agency import join_as
from tests.conversation.test_rating_in_full import comment, rows
from tests.conversation.test_roles_and_leave import another
from tests.support.chats import Shown
from tests.support.rating import BIRTH
from tests.support.town import Town

COMMENT = "کارت ملی من نیامده است"


async def with_a_case(town: Town) -> None:
    await join_as(town, town.ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    await comment(town.sara, COMMENT)
    await town.delivered()


def plain(shown: Shown) -> str:
    """Its words, dates with ordinary spaces."""
    return shown.text.replace("\N{NO-BREAK SPACE}", " ")


async def told(town: Town, kind: str = "case_new") -> list[tuple[int, str]]:
    """Who was told what of a case, the newest last."""
    return [(m.person_id, m.payload["change"]) for m in await rows(town, MessageRow) if m.kind == kind]


async def test_the_desk_of_operators_counts_cases_and_leads_to_them(town: Town) -> None:
    assert "پرونده" not in (await town.operator.says("/operator")).text
    await with_a_case(town)
    assert "۱ پرونده در جریان است." in (await town.operator.says("/operator")).text
    town.clock.move(days=4)
    desk = await town.operator.says("/operator")
    assert "۱ پرونده در جریان است و مهلت ۱ مورد گذشته است." in desk.text
    assert COMMENT in (await town.operator.presses("پرونده‌ها (۱)", on=desk)).text


async def test_a_case_says_where_it_is_and_when_it_is_due(town: Town) -> None:
    await with_a_case(town)
    case = await town.ali.presses("باز کردن پرونده")
    assert "مهلت پاسخ: ۱۷ آبان ۱۴۰۵، ساعت ۹\n" in plain(case)
    back = await town.ali.presses("برگرداندن به کارشناسان", on=case)
    assert "به کارشناسان برگشت" in back.text
    assert "پرونده‌ای در جریان نیست" in (await town.ali.presses("پرونده‌ها", on=back)).text
    await town.delivered()
    assert "به کارشناسان برگشت" in town.operator.last.text
    town.clock.move(days=4)
    case = await town.operator.presses("باز کردن پرونده")
    assert ": نزد کارشناسان\n" in case.text
    assert "ساعت ۹ ⚠️ گذشته است" in case.text
    (row,) = await rows(town, CaseRow)
    assert "نزد کارشناسان" in (await town.sara.says(f"/track {row.code}")).text


async def test_a_hand_over_says_to_whom(town: Town) -> None:
    await with_a_case(town)
    case = await town.operator.says("/cases")
    case = await town.operator.presses("۱")
    assert "دستگاه: سازمان ثبت احوال کشور" in case.text
    assert "دستگاه:" not in (await town.ali.presses("باز کردن پرونده")).text
    await town.operator.presses("سپردن به دستگاه", on=case)
    await town.operator.says("وزارت ارتباطات")
    handed = await town.operator.presses("وزارت ارتباطات و فناوری اطلاعات")
    assert "به «وزارت ارتباطات و فناوری اطلاعات» سپرده شد" in handed.text
    operator = await town.reminding.person(town.operator.person_id, "test")
    assert (await told(town))[-1] == (operator, "nobody")
    await town.delivered()
    assert "هنوز نماینده‌ای ندارد" in town.operator.last.text


async def test_the_history_tells_what_happened(town: Town) -> None:
    await with_a_case(town)
    operator = await town.reminding.person(town.operator.person_id, "test")
    await town.reminding.member(operator, 9, BIRTH.agency_id, name="سارا محمدی")
    case = await town.ali.presses("باز کردن پرونده")
    await town.ali.presses("سپردن به همکار", on=case)
    await town.ali.presses("سارا محمدی")
    await town.sara.presses("ویرایش نوشته", on=await town.sara.starts("s_1000"))
    await town.sara.says("کارت پدرم نیامده است")
    await town.ali.says("/cases")
    history = plain(await town.ali.presses("۱"))
    assert "رسیده (۱۶ آبان ۱۴۰۵)، سپرده به همکار (۱۶ آبان ۱۴۰۵)، نوشته تازه نویسنده (۱۶ آبان ۱۴۰۵)" in history
    await town.sara.presses("دیگر خبر نمی‌خواهم", on=await town.sara.starts("s_1000"))
    await town.ali.presses("پرونده‌ها", on=town.ali.last)
    await town.ali.presses("بسته")
    assert "بسته به خواست نویسنده" in (await town.ali.presses("۱")).text


async def test_one_may_take_a_case_into_ones_own_hands(town: Town) -> None:
    await with_a_case(town)
    operator = await town.reminding.person(town.operator.person_id, "test")
    await town.reminding.member(operator, 9, BIRTH.agency_id, name="سارا محمدی")
    before = len(await told(town))
    case = await town.ali.presses("باز کردن پرونده")
    await town.ali.presses("سپردن به همکار", on=case)
    assert town.ali.last.buttons == ["سارا محمدی", "خود من", "باز کردن پرونده"]
    assert "پرونده در دست شماست" in (await town.ali.presses("خود من")).text
    assert len(await told(town)) == before, "nobody is told what they did themselves"
    await town.ali.presses("سپردن به همکار", on=case)
    assert town.ali.last.buttons == ["سارا محمدی", "باز کردن پرونده"]
    town.clock.move(days=4)
    await town.rating.surveys.remind_holders()
    ali = await town.reminding.person(town.ali.person_id, "test")
    assert {person for person, _ in await told(town, "case_overdue")} == {ali}


async def test_tracking_asks_for_the_code(town: Town) -> None:
    await with_a_case(town)
    (case,) = await rows(town, CaseRow)
    asked = await town.sara.says("/track")
    assert asked.buttons == ["انصراف"]
    assert "رسیده" in (await town.sara.says(case.code.lower())).text
    await town.sara.says("/track")
    assert "ماده ۲۱" in (await town.sara.says("ماده ۲۱ نقشه راه")).text, "a question is no code"
    await town.sara.says("/track")
    assert "رسیده" in (await town.sara.says(f"/track {case.code}")).text
    assert "پیدا نکردم" not in (await town.sara.says("تعریف کارگروه چیست")).text


async def test_an_experts_answer_says_to_which_question(town: Town) -> None:
    question = "هزینه تعمیر آسانسور ساختمان با کیست؟"
    unsure = await town.sara.says(question)
    await town.sara.presses("فرستادن پرسش برای کارشناس", on=unsure)
    await town.delivered()
    assert "پرسشی رسیده است" in town.operator.last.text
    await town.operator.presses("باز کردن پرونده")
    await town.operator.presses("پاسخ دادن")
    await town.operator.says("با مالک است.\nدر مقررات ما نیست.")
    await town.operator.presses("فرستادن پاسخ")
    await town.delivered()
    assert question in town.sara.last.text
    assert "با مالک است.\nدر مقررات ما نیست." in town.sara.last.text


async def test_a_wording_that_was_proposed_ends_the_form(town: Town) -> None:
    unsure = await town.sara.says("هزینه تعمیر آسانسور ساختمان با کیست؟")
    await town.sara.presses("فرستادن پرسش برای کارشناس", on=unsure)
    await town.delivered()
    case = await town.operator.presses("باز کردن پرونده")
    for said in ("پیشنهاد شد", "پیش‌تر برای همین حکم پیشنهاد شده است"):
        await town.operator.presses("افزودن به جست‌وجو", on=case)
        assert said in (await town.operator.says("ماده ۲۱ نقشه راه")).text
    assert "نظرسنجی" in (await town.operator.says("ماده ۲۱ نقشه راه")).text


async def test_what_is_done_is_listed_from_the_newest_and_more_than_a_list_holds_is_said(town: Town) -> None:
    operator = await town.reminding.person(town.operator.person_id, "test")
    asker = await town.reminding.person(77, "test")
    surveys = town.rating.surveys
    for number in range(1, 202):
        await surveys.open_question_case(asker, number, f"پرسش شماره {number}")
        town.clock.move(minutes=1)
    listed = await town.operator.says("/cases")
    assert "بیش از ۲۰۰ مورد" in listed.text
    assert "پرسش شماره 1\n" in listed.text
    for case in await surveys.find_cases(CaseFilter(limit=3), by=operator):
        await surveys.answer_case(case.id, "این در مقررات ما نیست.", by=operator)
    answered = await town.operator.presses("پاسخ داده‌شده", on=listed)
    numbers = re.findall(r"پرسش شماره (\d+)", answered.text)
    assert numbers == ["3", "2", "1"]
    assert ": ۳ مورد" in answered.text


async def test_the_head_of_an_agency_hears_once_of_what_waits_too_long(town: Town) -> None:
    operator = await town.reminding.person(town.operator.person_id, "test")
    invited = await town.reminding.invite(operator, BIRTH.agency_id, Role.HEAD)
    head = another(town, 4, "مینا")
    await head.starts(f"i_{invited.token}")
    await with_a_case(town)
    for _ in range(3):
        town.clock.move(days=4)
        await town.delivered()
        await head.catch_up()
    warnings = [shown.text for shown in head.messages.values() if "کاری است که گذشته" in shown.text]
    assert len(warnings) == 1
    assert "خدمت: درخواست صدور شناسنامه" in warnings[0]
    case = await head.presses("باز کردن پرونده")
    assert COMMENT in case.text
    assert "گفته‌شده به بالاترین مقام" in case.text
