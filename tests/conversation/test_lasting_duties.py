"""Duties that last («همیشگی»): a confirmed report is history, shown with its date; the duty stays and is reported again."""

from __future__ import annotations

import json

import pytest

from bot.reminder_buttons import DutyAction, DutyButton, HandButton, MarkAction, MarkButton
from reminders.duties import DutyStanding
from reminders.duty import DutyKey, DutyState
from reminders.people import Role
from reminders.refusals import RefusedError
from run import main
from tests.conversation.test_agencys_people import id_of, joins, plain
from tests.conversation.test_changed_duties import DETAILS, REPORT, presses, reported, rows
from tests.support.chats import Chat
from tests.support.reminding import law
from tests.support.town import Town

DATE = "۱۶ آبان ۱۴۰۵"
LAST = f"آخرین گزارش تأییدشده: {DATE}"


async def lasting(town: Town, chat: Chat) -> DutyKey:
    return (await rows(town, chat, DutyStanding.RECURRING))[0].line.key


async def confirmed(town: Town, chat: Chat, key: DutyKey) -> None:
    await reported(town, chat, key)
    await town.delivered()
    await town.operator.presses("تأیید")
    await town.delivered()


async def test_a_confirmed_report_leaves_the_duty_standing(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    before = len(await rows(town, sara, DutyStanding.RECURRING))
    key = await lasting(town, sara)
    await reported(town, sara, key)
    assert "یادآوری‌ها ایستاد" not in plain(sara.last)  # there are none
    assert len(await rows(town, sara, DutyStanding.RECURRING)) == before - 1
    await town.delivered()
    assert "همیشگی است و موعد معینی ندارد" in plain(town.operator.last)
    await town.operator.presses("تأیید")
    await town.delivered()
    told = plain(sara.last)
    assert "تأیید شد. تکلیف همیشگی است و می‌ماند" in told
    assert "دیگر معلوم نیست" not in told  # as of a date that was withdrawn
    assert sara.last.buttons == [DETAILS]
    assert len(await rows(town, sara, DutyStanding.RECURRING)) == before
    assert await rows(town, sara, DutyStanding.DONE) == []


async def test_the_last_report_is_seen_with_its_date(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    key = await lasting(town, sara)
    await confirmed(town, sara, key)
    await sara.says("/obligations")
    listed = await sara.presses("همیشگی")
    assert plain(listed).count(LAST) == 1
    shown = await presses(sara, DutyAction.OPEN, key, listed)
    assert LAST in plain(shown)
    assert f"{DATE}: گزارش انجام از سارا، تأیید شد" in plain(shown)
    assert "انجام‌شده ثبت شد" not in plain(shown)
    assert "وضعیت: همیشگی" in plain(shown)
    assert REPORT in shown.buttons


async def test_it_is_reported_again_and_the_newer_date_is_shown(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    key = await lasting(town, sara)
    await confirmed(town, sara, key)
    town.clock.move(days=45)
    pages = [await sara.says("/done")]
    while "ادامه ←" in pages[-1].buttons:
        pages.append(await sara.presses("ادامه"))
    offered = {b["data"] for page in pages for row in page.keyboard for b in row}
    assert DutyButton(action=DutyAction.REPORT, code=key.code).pack() in offered
    await confirmed(town, sara, key)
    (row,) = [row for row in await rows(town, sara, DutyStanding.RECURRING) if row.line.key == key]
    assert row.confirmed == town.clock.now.date()
    details = await town.reminding.show_duty(await id_of(town, sara), key)
    assert len(details.reports) == 2
    assert details.row.confirmed == row.confirmed


async def test_a_returned_report_is_no_last_report(town: Town) -> None:
    sara, operator = town.sara, town.operator
    await joins(town, sara)
    key = await lasting(town, sara)
    await reported(town, sara, key)
    await town.delivered()
    await operator.presses("برگرداندن")
    await operator.says("امضا ندارد.")
    await town.delivered()
    assert REPORT in sara.last.buttons
    (row,) = [row for row in await rows(town, sara, DutyStanding.RECURRING) if row.line.key == key]
    assert row.confirmed is None


async def test_a_confirmation_is_taken_back_of_the_last_report_only(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    key, mine, expert = await lasting(town, sara), await id_of(town, sara), await id_of(town, town.operator)
    first = await town.reminding.report_done(mine, key, "نامه ۱")
    await town.reminding.decide_report(expert, first.id, True)
    second = await town.reminding.report_done(mine, key, "نامه ۲")
    await town.reminding.decide_report(expert, second.id, True)
    with pytest.raises(RefusedError, match="remind-decided-already"):
        await town.reminding.decide_report.reopen(expert, first.id, "مدرک نبود.")
    await town.reminding.decide_report.reopen(expert, second.id, "مدرک نبود.")
    assert (await town.reminding.show_duty(mine, key)).row.standing == DutyStanding.RECURRING


async def test_not_ours_and_back_after_a_report(town: Town) -> None:
    """Who does no longer does it says so; who said so by mistake takes it back, reports or not."""
    sara = town.sara
    await joins(town, sara)
    key = await lasting(town, sara)
    await confirmed(town, sara, key)
    shown = await presses(sara, DutyAction.OPEN, key, sara.last)
    await sara.presses_data(MarkButton(action=MarkAction.NOT_OURS, code=key.code).pack(), shown.message_id)
    shown = sara.messages[shown.message_id]
    assert "وضعیت: مربوط به ما نیست" in plain(shown)
    await sara.presses("هنوز باز است", on=shown)
    assert "وضعیت: همیشگی" in plain(sara.messages[shown.message_id])


async def test_no_reminder_speaks_of_it(town: Town) -> None:
    """Neither the daily message nor the weekly one of what is still open: it has no date."""
    sara = town.sara
    await joins(town, sara)
    mine, lasts = await id_of(town, sara), await rows(town, sara, DutyStanding.RECURRING)
    for row in lasts:
        await town.reminding.mark_duty(mine, row.line.key, DutyState.OPEN)
    for _ in range(10):
        town.clock.move(days=7)
        await town.delivered()
    assert any("یادآوری امروز" in line for line in sara.transcript)
    assert lasts
    for row in lasts:
        assert (await town.reminding.show_duty(mine, row.line.key)).reminders == ()


async def test_handed_over_it_is_told_as_it_is(town: Town) -> None:
    sara, ali = town.sara, town.ali
    await joins(town, sara)
    await joins(town, ali, Role.DEPUTY)
    key = await lasting(town, sara)
    await confirmed(town, sara, key)  # which keeps nobody from handing it over
    await sara.presses_data(HandButton(code=key.code, person=await id_of(town, ali)).pack(), sara.last.message_id)
    await town.delivered()
    assert "پیگیری این تکلیف را به شما سپرد" in plain(ali.last)
    assert "همیشگی است و موعد معینی ندارد" in plain(ali.last)
    assert ali.last.buttons == [REPORT, DETAILS]


async def test_what_waits_is_handed_over_as_such(town: Town) -> None:
    sara, ali = town.sara, town.ali
    await joins(town, sara)
    await joins(town, ali, Role.DEPUTY)
    key = (await rows(town, sara, DutyStanding.WAITING))[0].line.key
    await town.reminding.hand_over(await id_of(town, sara), key, await id_of(town, ali))
    await town.delivered()
    assert "⏳ در انتظار رویداد:" in plain(ali.last)
    assert "دیگر معلوم نیست" not in plain(ali.last)


async def test_it_waits_for_no_event(town: Town) -> None:
    """Also where the text itself has no date on record (smart-cycle): nothing is counted from it."""
    await joins(town, town.sara)
    (duties,) = await town.reminding.list_duties(await id_of(town, town.sara))
    of = {row.line.key.obligation_id: row.standing for row in duties.rows}
    assert of["smart-cycle-1404.art_5__note_1"] == DutyStanding.RECURRING


def test_the_command_line_tells_it_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["obligations", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {row["id"] for row in listed if row["lasts"]} == {o.id for o in law().register if o.lasts}
    assert all(row["state"] == "recurring" and row["due"] is None for row in listed if row["lasts"])
    assert main(["obligations"]) == 0
    plainly = capsys.readouterr().out
    assert "همیشگی\troadmap-1404.stage_5__actor_2\t" in plainly
    assert "در انتظار رویداد\troadmap-1404.art_7" in plainly


async def test_old_buttons_leave_the_next_report_alone(town: Town) -> None:
    """A duty that is reported again and again has old reports with buttons beneath them."""
    sara = town.sara
    await joins(town, sara)
    key = await lasting(town, sara)
    await presses(sara, DutyAction.REPORT, key, sara.last)
    old = await sara.says("گزارش سال پیش")
    handed_in = await sara.says("با نامه ۱")
    await sara.presses("ثبت گزارش", on=handed_in)
    await town.delivered()
    await town.operator.presses("تأیید")
    await town.delivered()
    await presses(sara, DutyAction.REPORT, key, sara.last)
    new = await sara.says("گزارش امسال")
    await sara.presses("ثبت گزارش", on=old)
    assert sara.toasts[-1].startswith("این دکمه زیر پیامی قدیمی است")
    await sara.presses("انصراف", on=old)
    assert plain(sara.messages[old.message_id]).startswith("این فرم پیش‌تر به پایان رسیده است.")
    await sara.presses("ثبت گزارش", on=new)
    details = await town.reminding.show_duty(await id_of(town, sara), key)
    assert [report.note for report in details.reports] == ["گزارش سال پیش\nبا نامه ۱", "گزارش امسال"]
