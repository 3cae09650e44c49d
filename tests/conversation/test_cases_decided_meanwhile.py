"""A case that somebody else decided while one is at it: one clear sentence, the form ends, nothing written is lost."""

from __future__ import annotations

from storage.survey_models import CaseRow
from surveys.case import Case
from tests.conversation.test_acting_for_an_agency import join_as
from tests.conversation.test_rating_in_full import comment, rows
from tests.support.chats import Chat
from tests.support.town import Town


async def answering(town: Town) -> Case:
    """Ali has pressed «پاسخ دادن» on Sara's comment; so may the operator."""
    await join_as(town, town.ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    await comment(town.sara, "کارت ملی من نیامده است")
    await town.delivered()
    await town.ali.says("/cases")
    await town.ali.presses("۱")
    await town.ali.presses("پاسخ دادن")
    (case,) = await rows(town, CaseRow)
    return case  # type: ignore[no-any-return]  # a row with a case's columns


async def answered_by(town: Town, chat: Chat) -> None:
    (case,) = await rows(town, CaseRow)
    id = await town.reminding.person(chat.person_id, "test")
    await town.rating.surveys.answer_case(case.id, "کارت شما آماده است.", by=id)


async def free_again(chat: Chat) -> None:
    """What is written is a question once more."""
    assert "ماده ۲۱" in (await chat.says("ماده ۲۱ نقشه راه")).text


async def test_answered_by_another_while_writing(town: Town) -> None:
    await answering(town)
    await answered_by(town, town.operator)
    told = await town.ali.says("کارت در راه است،\nفردا می‌رسد.")
    assert told.text.startswith("یکی از کارشناسان سازمان پیش از شما به این پرونده پاسخ داده است")
    assert "کارت در راه است،\nفردا می‌رسد." in told.text
    await free_again(town.ali)


async def test_answered_by_another_before_sending(town: Town) -> None:
    await answering(town)
    preview = await town.ali.says("کارت در راه است.")
    await answered_by(town, town.operator)
    await town.ali.presses("فرستادن پاسخ", on=preview)
    assert town.ali.toasts[-1].startswith("یکی از کارشناسان سازمان پیش از شما")
    assert "کارت در راه است" in town.ali.messages[preview.message_id].text, "what was written can still be copied"
    (case,) = await rows(town, CaseRow)
    assert case.answer == "کارت شما آماده است."
    await free_again(town.ali)


async def test_answered_by_a_colleague_who_is_named(town: Town) -> None:
    case = await answering(town)
    operator = await town.reminding.person(town.operator.person_id, "test")
    colleague = await town.reminding.member(operator, 9, "civil-registration", name="مینا محمدی")
    await town.rating.surveys.answer_case(case.id, "کارت شما آماده است.", by=colleague)
    assert (await town.ali.says("کارت در راه است.")).text.startswith("«مینا محمدی» پیش از شما")


async def test_handed_over_while_writing(town: Town) -> None:
    case = await answering(town)
    operator = await town.reminding.person(town.operator.person_id, "test")
    await town.rating.surveys.hand_over(case.id, "ict-ministry", by=operator)
    told = await town.ali.says("کارت در راه است.")
    assert "دیگر در دست شما نیست" in told.text
    assert "کارت در راه است." in told.text
    await free_again(town.ali)


async def test_the_author_waits_no_more(town: Town) -> None:
    await answering(town)
    await town.sara.says("/forget")
    await town.sara.presses("بله، همه را پاک کن")
    told = await town.ali.says("کارت در راه است.")
    assert told.text.startswith("نویسنده این پرونده دیگر منتظر پاسخ نیست")
    await free_again(town.ali)


async def test_answered_while_an_agency_is_looked_for(town: Town) -> None:
    case = await answering(town)
    await town.operator.says("/cases")
    await town.operator.presses("۱")
    await town.operator.presses("سپردن به دستگاه")
    found = await town.operator.says("وزارت ارتباطات")
    await answered_by(town, town.ali)
    await town.operator.presses("وزارت ارتباطات و فناوری اطلاعات", on=found)
    assert town.operator.toasts[-1].startswith("«علی رضایی» پیش از شما")
    (after,) = await rows(town, CaseRow)
    assert after.agency_id == case.agency_id
    await free_again(town.operator)
    await town.operator.presses_data(f"cs:{case.id}:h", found.message_id)
    assert town.operator.toasts[-1].startswith("«علی رضایی» پیش از شما")
    await free_again(town.operator)


async def test_old_buttons_of_an_answered_case_begin_nothing(town: Town) -> None:
    case = await answering(town)
    await town.ali.says("/cancel")
    await answered_by(town, town.operator)
    for action in "akbg":
        await town.ali.presses_data(f"cs:{case.id}:{action}", town.ali.last.message_id)
        assert "پاسخ داده است" in town.ali.toasts[-1], action
    await free_again(town.ali)


async def test_words_that_are_gone_are_kept_as_nothing(town: Town) -> None:
    unsure = await town.sara.says("هزینه تعمیر آسانسور ساختمان با کیست؟")
    await town.sara.presses("فرستادن پرسش برای کارشناس", on=unsure)
    await town.delivered()
    case = await town.operator.presses("باز کردن پرونده")
    await town.operator.presses("افزودن به جست‌وجو", on=case)
    await town.sara.says("/forget")
    await town.sara.presses("بله، همه را پاک کن")
    told = await town.operator.says("ماده ۲۱ نقشه راه")
    assert told.text.startswith("متن این پرسش به خواست نویسنده پاک شده است")
    await free_again(town.operator)


async def test_an_answer_that_is_too_long_is_refused_when_it_is_typed(town: Town) -> None:
    await answering(town)
    preview = await town.ali.says("کارت در راه است.")
    refused = await town.ali.says("ب" * 3001)
    assert "حداکثر ۳۰۰۰ نویسه" in refused.text
    assert "۳۰۰۱ نویسه دارد" in refused.text
    longest = await town.ali.says("ب" * 3000)
    assert "پیش‌نمایش پاسخ" in longest.text
    assert "ب" * 3000 in longest.text
    await town.ali.presses("فرستادن پاسخ", on=preview)
    assert town.ali.toasts[-1].startswith("این دکمه زیر پیامی قدیمی است")
    await town.ali.presses("فرستادن پاسخ", on=longest)
    await town.delivered()
    assert "ب" * 3000 in town.sara.last.text


async def test_the_preview_can_be_given_up_and_shows_what_its_reader_sees(town: Town) -> None:
    await answering(town)
    preview = await town.ali.says("سطر نخست\nبا ۰۹۱۲۱۲۳۴۵۶۷ تماس بگیرید.")
    assert "سطر نخست\nبا ███████████ تماس بگیرید." in preview.text
    assert set(preview.buttons) == {"فرستادن پاسخ", "نوشتن دوباره", "انصراف"}
    await town.ali.presses("انصراف", on=preview)
    (case,) = await rows(town, CaseRow)
    assert case.answer is None
    await free_again(town.ali)
