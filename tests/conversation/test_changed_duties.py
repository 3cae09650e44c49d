"""Buttons that outlive the state in which they were offered: the sentence that fits, and the duty as it stands."""

from __future__ import annotations

from bot.fluent_texts import load_texts
from bot.reminder_buttons import DutyAction, DutyButton, MarkAction, MarkButton, SnoozeButton
from reminders.duties import DutyRow, DutyStanding
from reminders.duty import DutyKey, DutyState
from reminders.people import Role
from tests.conversation.test_agencys_people import id_of, joins, plain
from tests.support.chats import Chat, Shown
from tests.support.town import Town

TEXTS = load_texts()
CALENDAR, DETAILS, LATER, REPORT = "افزودن به تقویم", "جزئیات", "یادآوری دیرتر", "گزارش انجام"


async def rows(town: Town, chat: Chat, standing: str) -> list[DutyRow]:
    (duties,) = await town.reminding.list_duties(await id_of(town, chat))
    return [row for row in duties.rows if row.standing == standing]


async def upcoming(town: Town, chat: Chat) -> DutyKey:
    return (await rows(town, chat, DutyStanding.UPCOMING))[0].line.key


async def presses(chat: Chat, action: DutyAction, key: DutyKey, on: Shown) -> Shown:
    """A button of a message, also where the message no longer has it."""
    await chat.presses_data(DutyButton(action=action, code=key.code).pack(), on.message_id)
    return chat.messages[on.message_id]


async def handed_over(town: Town, to: Chat, by: Chat) -> tuple[DutyKey, Shown]:
    """A notice of one duty, with all four buttons."""
    key = await upcoming(town, by)
    await town.reminding.hand_over(await id_of(town, by), key, await id_of(town, to))
    await town.delivered()
    assert to.last.buttons == [REPORT, DETAILS, CALENDAR, LATER]
    return key, to.last


async def reported(town: Town, chat: Chat, key: DutyKey) -> None:
    await presses(chat, DutyAction.REPORT, key, chat.last)
    await chat.says("با نامه ۴۵ فرستاده شد.")
    await chat.presses("ثبت گزارش")


async def test_a_confirmed_report_offers_nothing_to_do(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    key = await upcoming(town, sara)
    await reported(town, sara, key)
    await town.delivered()
    await town.operator.presses("تأیید")
    await town.delivered()
    assert sara.last.buttons == [CALENDAR, DETAILS]


async def test_a_returned_report_offers_another(town: Town) -> None:
    sara, operator = town.sara, town.operator
    await joins(town, sara)
    await reported(town, sara, await upcoming(town, sara))
    await town.delivered()
    await operator.presses("برگرداندن")
    await operator.says("امضا ندارد.")
    await town.delivered()
    assert REPORT in sara.last.buttons


async def test_a_reminder_of_what_a_colleague_reported(town: Town) -> None:
    sara, ali = town.sara, town.ali
    await joins(town, sara)
    await joins(town, ali, Role.DEPUTY)
    key, notice = await handed_over(town, ali, sara)
    await reported(town, sara, key)
    for action in (DutyAction.REPORT, DutyAction.SNOOZE, DutyAction.HAND_OVER):
        shown = await presses(ali, action, key, notice)
        assert ali.toasts[-1] == TEXTS.plain("remind-duty-reported")
        assert "وضعیت: در انتظار تأیید" in plain(shown)
        assert not {REPORT, LATER} & set(shown.buttons)
    await ali.presses_data(SnoozeButton(code=key.code, days=3).pack(), notice.message_id)
    assert ali.toasts[-1] == TEXTS.plain("remind-duty-reported")
    async with town.reminding.work() as work:
        assert await work.duties.snoozes(town.clock().date()) == {}


async def test_a_reminder_of_what_is_done_or_not_ours(town: Town) -> None:
    sara, ali = town.sara, town.ali
    await joins(town, sara)
    await joins(town, ali, Role.DEPUTY)
    key, notice = await handed_over(town, ali, sara)
    await sara.presses_data(MarkButton(action=MarkAction.NOT_OURS, code=key.code).pack(), sara.last.message_id)
    assert "وضعیت: مربوط به ما نیست" in plain(await presses(ali, DutyAction.SNOOZE, key, notice))
    assert ali.toasts[-1] == TEXTS.plain("remind-duty-not-ours")
    await town.reminding.mark_duty(await id_of(town, sara), key, DutyState.OPEN)
    await reported(town, sara, key)
    await town.delivered()
    await town.operator.presses("تأیید")
    assert "وضعیت: انجام‌شده" in plain(await presses(ali, DutyAction.REPORT, key, notice))
    assert ali.toasts[-1] == TEXTS.plain("remind-duty-done")


async def test_who_handed_it_over_is_not_reminded_and_need_not_snooze(town: Town) -> None:
    sara, ali = town.sara, Chat(town.ali.channel, person_id=3, first_name="علی")
    await joins(town, sara)
    await joins(town, ali, Role.DEPUTY)
    key = await upcoming(town, sara)
    await sara.says("/obligations")
    await town.reminding.hand_over(await id_of(town, sara), key, await id_of(town, ali))
    shown = await presses(sara, DutyAction.SNOOZE, key, sara.last)
    assert sara.toasts[-1] == TEXTS.plain("remind-duty-handed", name="علی")
    assert "پیگیری با: علی" in plain(shown)


async def test_a_handover_taken_back_before_it_was_told_is_not_told(town: Town) -> None:
    sara, ali = town.sara, town.ali
    await joins(town, sara)
    await joins(town, ali, Role.DEPUTY)
    key, person = await upcoming(town, sara), await id_of(town, sara)
    await town.reminding.hand_over(person, key, await id_of(town, ali))
    await town.reminding.hand_over(person, key, None)
    await town.delivered()
    assert not any("پیگیری این تکلیف را به شما سپرد" in plain_words(line) for line in ali.transcript)


async def test_a_notice_whose_event_was_withdrawn(town: Town) -> None:
    sara, operator = town.sara, town.operator
    await joins(town, sara)
    await operator.says("ابلاغ الزامات چرخه هوشمندسازی خدمات دستگاه‌های اجرایی در ۱۴۰۵/۰۸/۱۵ ابلاغ شد")
    await operator.presses("بله، ثبت شود")
    await town.delivered()
    row = next(r for r in await rows(town, sara, DutyStanding.UPCOMING) if r.line.key.obligation_id.endswith("art_3"))
    await sara.says("/done")
    await operator.says("/events")
    number = next(line.split(".")[0] for line in plain(operator.last).splitlines() if "۱۵ آبان ۱۴۰۵" in line)
    await operator.presses(number)
    await operator.presses("پس گرفتن تاریخ")
    await operator.presses("بله")
    for action in (DutyAction.REPORT, DutyAction.SNOOZE, DutyAction.CALENDAR):
        shown = await presses(sara, action, row.line.key, sara.last)
        assert "در انتظار رویداد «ابلاغ الزامات چرخه" in plain_words(sara.toasts.pop())
        assert "⏳ در انتظار رویداد" in plain(shown)
    await town.delivered()
    assert not {REPORT, LATER, CALENDAR} & set(sara.last.buttons)


def plain_words(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, "\u200f\u2068\u2069")))


async def test_who_left_the_agency(town: Town) -> None:
    sara, ali = town.sara, town.ali
    await joins(town, sara)
    await joins(town, ali, Role.DEPUTY)
    key, notice = await handed_over(town, ali, sara)
    (place,) = await town.reminding.list_places(await id_of(town, ali))
    await town.reminding.end_membership(await id_of(town, ali), place.membership.id)
    shown = await presses(ali, DutyAction.SNOOZE, key, notice)
    assert ali.toasts[-1] == TEXTS.plain("remind-duty-unknown")
    assert shown.buttons == [], "buttons that can do nothing any more are gone"
    assert shown.text == notice.text


async def test_every_duty_of_the_list_opens(town: Town) -> None:
    """Also periodic ones that wait for an event, or that have no amount."""
    sara = town.sara
    await joins(town, sara)
    (duties,) = await town.reminding.list_duties(await id_of(town, sara))
    assert {row.standing for row in duties.rows} >= {DutyStanding.WAITING, DutyStanding.RECURRING}
    await sara.says("/obligations")
    for row in duties.rows:
        shown = await presses(sara, DutyAction.OPEN, row.line.key, sara.last)
        assert plain(shown).startswith(row.line.action), row.line.key
    assert sara.toasts == []


async def test_a_decision_of_a_colleague_meanwhile(town: Town) -> None:
    sara, operator = town.sara, town.operator
    await joins(town, sara)
    key = await upcoming(town, sara)
    report = await town.reminding.report_done(await id_of(town, sara), key, "فرستاده شد")
    await town.delivered()
    notice = operator.last
    await town.reminding.decide_report(await id_of(town, operator), report.id, True)
    shown = plain(await operator.presses("برگرداندن", on=notice))
    assert operator.toasts[-1] == TEXTS.plain("remind-decided-already")
    assert "✅ این گزارش تأیید شد" in shown


async def test_notices_that_were_overtaken_are_not_sent(town: Town) -> None:
    sara, operator = town.sara, town.operator
    await joins(town, sara)
    mine, expert = await id_of(town, sara), await id_of(town, operator)
    report = await town.reminding.report_done(mine, await upcoming(town, sara), "فرستاده شد")
    await town.reminding.decide_report(expert, report.id, True)
    await town.reminding.decide_report.reopen(expert, report.id, "مدرک نبود.")
    await town.delivered()
    assert not any("انجام این تکلیف را گزارش کرد" in line for line in operator.transcript)
    assert not any("تأیید شد" in line for line in sara.transcript)
    assert "مدرک نبود." in plain(sara.last)
