"""Two operators, one decision: whoever comes second is told so once, and nothing more is asked of them."""

from __future__ import annotations

import pytest

from reminders.duties import DutyStanding
from reminders.people import Role
from tests.conversation.test_agencys_people import ICT, id_of, joins, plain
from tests.support.chats import Chat
from tests.support.town import Town

DECIDED = "درباره این مورد پیش‌تر تصمیم گرفته شده است و چیزی تغییر نکرد."


async def colleague(town: Town) -> Chat:
    """A second operator."""
    chat = Chat(town.operator.channel, person_id=9, first_name="همکار")
    invited = await town.reminding.invite(await id_of(town, town.operator), "", Role.OPERATOR)
    await chat.starts(f"i_{invited.token}")
    return chat


async def reported(town: Town) -> int:
    """The id of a report that waits."""
    await joins(town, town.sara)
    person = await id_of(town, town.sara)
    (duties,) = await town.reminding.list_duties(person)
    key = next(row for row in duties.rows if row.standing == DutyStanding.UPCOMING).line.key
    return (await town.reminding.report_done(person, key, "فرستاده شد")).id


@pytest.mark.parametrize("confirmed", [True, False])
async def test_a_report_decided_while_a_reason_was_written(town: Town, confirmed: bool) -> None:
    operator, other = town.operator, await colleague(town)
    report = await reported(town)
    await town.delivered()
    await other.catch_up()
    notice = other.last
    await other.presses("برگرداندن")
    assert "دلیل برگرداندن این گزارش را بنویسید" in plain(other.last)
    reason = "" if confirmed else "امضا ندارد."
    await town.reminding.decide_report(await id_of(town, operator), report, confirmed, reason=reason)
    assert plain(await other.says("نامه ندارد.")) == DECIDED
    # What is written now is a question again, and an old button says the same.
    assert "ماده ۲۱" in plain(await other.says("ماده ۲۱ نقشه راه"))
    before = len(other.messages)
    await other.presses("برگرداندن", on=notice)
    assert (other.toasts[-1], len(other.messages)) == (DECIDED, before)
    await town.delivered()
    said = " ".join(town.sara.transcript)
    assert ("تأیید شد" in said, "امضا ندارد." in said, "نامه ندارد." in said) == (confirmed, not confirmed, False)


async def test_somebody_let_in_while_a_reason_was_written(town: Town) -> None:
    operator, other = town.operator, await colleague(town)
    await town.sara.says("سلام")
    asked = await town.reminding.ask_to_join(await id_of(town, town.sara), ICT, Role.REPRESENTATIVE, name="سارا امینی")
    await town.delivered()
    await other.catch_up()
    await other.presses("نپذیرفتن")
    assert "دلیل نپذیرفتن سارا امینی" in plain(other.last)
    await town.reminding.decide_joining(await id_of(town, operator), asked.id, True)
    assert plain(await other.says("ناشناس است")) == DECIDED
    assert "ماده ۲۱" in plain(await other.says("ماده ۲۱ نقشه راه"))
    (place,) = await town.reminding.list_places(await id_of(town, town.sara))
    assert place.membership.acts_for_agency


async def test_reasons_are_words_and_none_is_cut(town: Town) -> None:
    operator = town.operator
    await reported(town)
    await town.delivered()
    await operator.presses("برگرداندن")
    assert plain(await operator.says("👎👎")) == "دلیل را با کلمه بنویسید."
    long = plain(await operator.says("دلیل " * 201))
    assert long == "دلیل شما ۱۰۰۴ نویسه است. لطفاً آن را در حداکثر ۱۰۰۰ نویسه بنویسید."
    reason = ("دلیل " * 200).strip()
    assert "برگردانده شد" in plain(await operator.says(reason))
    assert "میز کارشناسان" in operator.last.buttons
    await town.delivered()
    assert reason in plain(town.sara.last)


async def test_a_refusal_says_why_and_how_to_go_on(town: Town) -> None:
    await town.sara.says("سلام")
    await town.reminding.ask_to_join(await id_of(town, town.sara), ICT, Role.DEPUTY, name="سارا امینی")
    await town.delivered()
    await town.operator.presses("نپذیرفتن")
    await town.operator.says("نام شما در نامه نیست.")
    await town.delivered()
    told = plain(town.sara.last)
    assert "پذیرفته نشد. دلیل: نام شما در نامه نیست." in told
    assert "با /agency دوباره درخواست بدهید." in told


async def test_whoever_is_approved_hears_what_the_role_does(town: Town) -> None:
    await town.sara.says("سلام")
    await town.reminding.ask_to_join(await id_of(town, town.sara), ICT, Role.DEPUTY, name="سارا امینی")
    await town.delivered()
    await town.operator.presses("پذیرفتن")
    await town.delivered()
    assert "وقتی نماینده در دسترس نیست" in plain(town.sara.last)


async def test_a_command_does_not_end_the_form_that_it_interrupts(town: Town) -> None:
    await town.sara.says("/agency")
    assert plain(await town.sara.says("/ledger")) == "این کار تنها برای کارشناسان سازمان باز است."
    assert "کدام دستگاه؟" in plain(await town.sara.says("ثبت احوال"))


async def test_a_second_request_ends_the_form(town: Town) -> None:
    sara = town.sara
    await sara.says("/agency")
    await sara.says("ثبت احوال")
    await sara.presses("سازمان ثبت احوال کشور")
    await sara.presses("نماینده")
    await sara.says("سارا امینی")
    assert plain(await sara.says("🌹")) == "شماره یا عنوان نامه معرفی را بنویسید، مانند «نامه ۱۲۳»."
    assert plain(await sara.says("ن" * 501)).startswith("مستند معرفی ۵۰۱ نویسه است")
    await sara.says("نامه ۱۲۳")
    await town.reminding.ask_to_join(await id_of(town, sara), "civil-registration", Role.DEPUTY, name="سارا امینی")
    assert plain(await sara.says("۱ مهر ۱۴۰۵")).startswith("شما پیش‌تر در «سازمان ثبت احوال کشور» عضو شده‌اید")
    assert "ماده ۲۱" in plain(await sara.says("ماده ۲۱ نقشه راه"))
