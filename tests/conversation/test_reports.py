"""Putting a report together: nothing is dropped or cut in silence, old buttons touch only their own, mistakes are undone."""

from __future__ import annotations

from bot.fluent_texts import load_texts
from bot.reminder_buttons import DutyAction, DutyButton
from reminders.duties import DutyStanding
from reminders.duty import DutyKey, DutyState, ReportState
from reminders.people import Role
from tests.conversation.test_agencys_people import id_of, joins, plain
from tests.conversation.test_changed_duties import presses, reported, rows, upcoming
from tests.support.chats import Chat, Shown
from tests.support.town import Town

TEXTS = load_texts()


async def begins(chat: Chat, key: DutyKey) -> Shown:
    await chat.presses_data(DutyButton(action=DutyAction.REPORT, code=key.code).pack(), chat.last.message_id)
    return chat.last


async def two_duties(town: Town) -> tuple[DutyKey, DutyKey]:
    one, two, *_ = [row.line.key for row in await rows(town, town.sara, DutyStanding.UPCOMING)]
    return one, two


async def notes(town: Town) -> list[tuple[DutyKey, str]]:
    pending = await town.reminding.decide_report.pending(await id_of(town, town.operator))
    return [(report.key, report.note) for report in pending]


async def test_a_second_report_asks_before_the_first_is_dropped(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    one, two = await two_duties(town)
    await begins(sara, one)
    await sara.says("گزارش نخست")
    asked = await begins(sara, two)
    assert "مدارک گزارش قبلی کنار گذاشته می‌شود" in plain(asked)
    await sara.presses("ادامه گزارش قبلی")
    assert "تاکنون: توضیح" in plain(sara.last)
    await sara.says("سطر دوم")
    await sara.presses("ثبت گزارش")
    assert await notes(town) == [(one, "گزارش نخست\nسطر دوم")]

    await begins(sara, two)
    await sara.says("گزارش دوم")
    other = (await rows(town, sara, DutyStanding.UPCOMING))[-1].line.key
    await begins(sara, other)
    await sara.presses("کنار گذاشتن و آغاز گزارش تازه")
    assert "تاکنون" not in plain(sara.last)
    await sara.says("گزارش سوم")
    await sara.presses("ثبت گزارش")
    assert (await notes(town))[1:] == [(other, "گزارش سوم")]


async def test_an_old_cancel_button_leaves_the_newer_report_alone(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    one, two = await two_duties(town)
    first = await begins(sara, one)
    await begins(sara, two)  # nothing was sent for the first: there is nothing to ask
    got = await sara.says("گزارش دوم")
    await sara.presses("انصراف", on=first)
    await sara.says("سطر دوم")
    await sara.presses("ثبت گزارش", on=got)
    assert await notes(town) == [(two, "گزارش دوم\nسطر دوم")]


async def test_something_else_in_between_does_not_drop_the_report(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    key = await upcoming(town, sara)
    await begins(sara, key)
    got = await sara.says("گزارش نیمه‌کاره")
    await sara.says("/agency")
    await sara.presses("مدتی نیستم")
    await sara.presses("انصراف")
    await sara.presses("ثبت گزارش", on=got)
    assert await notes(town) == [(key, "گزارش نیمه‌کاره")]


async def test_cancelling_is_said_of_the_report_that_is_open(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    key = await upcoming(town, sara)
    await begins(sara, key)
    got = await sara.says("گزارش")
    await sara.says("/cancel")
    await sara.presses("ثبت گزارش", on=got)
    assert sara.toasts[-1] == TEXTS.plain("form-old")
    assert "تاکنون" not in plain(await begins(sara, key))


async def test_what_is_too_long_is_refused_with_its_length(town: Town) -> None:
    sara, operator = town.sara, town.operator
    await joins(town, sara)
    key = await upcoming(town, sara)
    await begins(sara, key)
    await sara.says("آ" * 1500)
    refused = plain(await sara.says("ب" * 600))
    assert refused == plain_text("remind-report-long", length=2101, max=2000)
    await sara.says("ب" * 499)
    await sara.presses("ثبت گزارش", on=[m for m in sara.messages.values() if "ثبت گزارش" in m.buttons][-1])
    assert await notes(town) == [(key, "آ" * 1500 + "\n" + "ب" * 499)]
    await town.delivered()
    notice = operator.last
    assert "ب" * 499 in plain(notice), "the operators read every word"
    assert "ب" * 499 in plain(await open_reports(operator))
    await operator.presses("برگرداندن", on=notice)
    assert plain(await operator.says("ن" * 1001)) == plain_text("remind-reason-long", length=1001, max=1000)
    await operator.says("ن" * 1000)
    await town.delivered()
    assert "ن" * 1000 in plain(sara.last)


def plain_text(key: str, **values: int) -> str:
    return TEXTS.plain(key, **values).translate(dict.fromkeys(map(ord, "\u200f\u2068\u2069")))


async def open_reports(operator: Chat) -> Shown:
    await operator.says("/operator")
    return await operator.presses("گزارش‌ها")


async def test_signs_alone_are_neither_report_nor_reason(town: Town) -> None:
    sara, operator = town.sara, town.operator
    await joins(town, sara)
    await begins(sara, await upcoming(town, sara))
    await sara.says("👍👍")
    await sara.presses("ثبت گزارش")
    assert sara.toasts[-1] == TEXTS.plain("remind-evidence-missing")
    assert await notes(town) == []
    await sara.says("انجام شد")
    await sara.presses("ثبت گزارش")
    await town.delivered()
    await operator.presses("برگرداندن")
    assert plain(await operator.says("👎 …")) == TEXTS.plain("remind-reason-missing")
    await operator.says("امضا ندارد")
    assert await notes(town) == []


async def test_the_operators_read_which_duty_of_whom_and_when(town: Town) -> None:
    sara, operator = town.sara, town.operator
    await joins(town, sara)
    (row,) = [r for r in await rows(town, sara, DutyStanding.UPCOMING) if r.line.key.occurrence == "1405-q3"]
    await reported(town, sara, row.line.key)
    await town.delivered()
    for shown in (plain(operator.last), plain(await open_reports(operator))):
        assert row.line.action in shown
        assert "وزارت ارتباطات و فناوری اطلاعات" in shown
        assert "نوبت: پاییز ۱۴۰۵" in shown
        assert "موعد: ۳۰ آذر ۱۴۰۵" in shown


async def test_who_acts_for_two_agencies_sees_whose_duty_is_reported(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    alone = await sara.says("/done")
    assert not any("وزارت ارتباطات" in label for label in alone.buttons)
    invited = await town.reminding.invite(await id_of(town, town.operator), "civil-registration", Role.REPRESENTATIVE)
    await sara.starts(f"i_{invited.token}")
    page = await sara.says("/done")
    labels = [row[0]["text"] for row in page.keyboard[:-1]]
    while "ادامه ←" in page.buttons:
        page = await sara.presses("ادامه")
        labels += [row[0]["text"] for row in page.keyboard[:-1]]
    whose = [("سازمان ثبت احوال" in label, "وزارت ارتباطات" in label) for label in labels]
    assert set(whose) == {(True, False), (False, True)}


async def test_done_on_joining_can_be_set_open_again(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    await sara.presses("مشخص کردن")
    await sara.presses("یک‌جا")
    await sara.presses("همه انجام شده")
    done = (await rows(town, sara, DutyStanding.DONE))[0]
    shown = await presses(sara, DutyAction.OPEN, done.line.key, sara.last)
    shown = await sara.presses("هنوز باز است", on=shown)
    assert "وضعیت: از موعد گذشته" in plain(shown)
    history = plain(shown).split("سابقه\n")[1].splitlines()[:2]
    assert history == ["۱۶ آبان ۱۴۰۵: انجام‌شده ثبت شد", "۱۶ آبان ۱۴۰۵: ثبت شد که هنوز باز است"]
    (again,) = [r for r in await rows(town, sara, DutyStanding.OVERDUE) if r.line.key == done.line.key]
    assert again.line.due == done.line.due


async def test_a_confirmation_by_mistake_is_taken_back_with_a_reason(town: Town) -> None:
    sara, operator = town.sara, town.operator
    await joins(town, sara)
    key = await upcoming(town, sara)
    await reported(town, sara, key)
    await town.delivered()
    confirmed = await operator.presses("تأیید")
    await town.delivered()
    opened = await presses(sara, DutyAction.OPEN, key, sara.last)
    assert "هنوز باز است" not in opened.buttons, "what operators confirmed is theirs to take back"
    town.clock.move(days=1)
    await operator.presses("پس گرفتن تأیید", on=confirmed)
    await operator.says("مدرک از دستگاه دیگری بود.")
    await town.delivered()
    assert "مدرک از دستگاه دیگری بود." in plain(sara.last)
    assert "گزارش انجام" in sara.last.buttons
    history = plain(await presses(sara, DutyAction.OPEN, key, sara.last)).split("سابقه\n")[1]
    assert "گزارش انجام از سارا، برگردانده شد" in history
    assert "دلیل: مدرک از دستگاه دیگری بود." in history
    assert "انجام‌شده ثبت شد" in history
    await operator.presses("پس گرفتن تأیید", on=confirmed)
    assert operator.toasts[-1] == TEXTS.plain("remind-decided-already")
    details = await town.reminding.show_duty(await id_of(town, sara), key)
    assert [report.state for report in details.reports] == [ReportState.RETURNED]
    assert [state for state, _ in details.changes] == [DutyState.REPORTED, DutyState.DONE, DutyState.RETURNED]
