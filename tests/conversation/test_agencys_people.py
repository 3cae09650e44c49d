"""An agency's people in the chat: sorting what was past, reporting, being away, and who may not."""

from __future__ import annotations

import pytest

from bot.fluent_texts import load_texts
from bot.reminder_buttons import (
    DutyAction,
    DutyButton,
    JoiningButton,
    ReportButton,
    SortAction,
    SortButton,
    short_code,
)
from knowledge.numerals import persian_digits
from reminders.duties import DutyStanding
from reminders.jalali_input import MONTHS
from reminders.people import Role
from tests.support.chats import Chat, Shown
from tests.support.town import Town

ICT = "ict-ministry"
TEXTS = load_texts()


def plain(shown: Shown) -> str:
    """The words with ordinary spaces and without direction marks."""
    words = shown.text.replace("\N{NO-BREAK SPACE}", " ")
    return words.translate(dict.fromkeys(map(ord, "\u200f\u2068\u2069")))


async def id_of(town: Town, chat: Chat) -> int:
    return await town.reminding.person(chat.person_id, "test")


async def joins(town: Town, chat: Chat, role: Role = Role.REPRESENTATIVE) -> Shown:
    """By an operator's link."""
    invited = await town.reminding.invite(await id_of(town, town.operator), ICT, role)
    return await chat.starts(f"i_{invited.token}")


async def unsorted(town: Town, chat: Chat) -> int:
    (duties,) = await town.reminding.list_duties(await id_of(town, chat))
    return sum(row.standing == DutyStanding.UNSORTED for row in duties.rows)


async def test_what_was_past_is_sorted_one_by_one_or_at_once(town: Town) -> None:
    sara = town.sara
    joined = plain(await joins(town, sara))
    count = await unsorted(town, sara)
    assert count > 10
    assert persian_digits(f"موعد {count} تکلیف پیش از پیوستن") in joined

    def at(place: int, left: int) -> str:
        return persian_digits(f"{place} از {left}")

    assert plain(await sara.presses("مشخص کردن")).startswith(at(1, count))
    assert plain(await sara.presses("انجام شده")).startswith(f"✅ انجام‌شده ثبت شد.\n\n{at(1, count - 1)}")
    assert plain(await sara.presses("هنوز باز")).startswith("باز ثبت شد")
    said = plain(await sara.presses("مربوط به ما نیست"))
    assert said.startswith(f"ثبت شد که مربوط به شما نیست.\n\n{at(1, count - 3)}")
    assert plain(await sara.presses("بعدی")).startswith(at(2, count - 3))
    assert plain(await sara.presses("قبلی")).startswith(at(1, count - 3))
    await sara.presses("یک‌جا")
    assert "همه تکلیف‌های گذشته روشن شد" in plain(await sara.presses("همه انجام شده"))
    (duties,) = await town.reminding.list_duties(await id_of(town, sara))
    of = [row.standing for row in duties.rows].count
    assert (of(DutyStanding.UNSORTED), of(DutyStanding.NOT_OURS), of(DutyStanding.OVERDUE)) == (0, 1, 1)
    assert of(DutyStanding.DONE) == count - 2


async def test_who_was_approved_is_led_to_what_was_past(town: Town) -> None:
    await town.sara.says("سلام")
    person = await id_of(town, town.sara)
    asked = await town.reminding.ask_to_join(person, ICT, Role.REPRESENTATIVE, name="سارا")
    await town.reminding.decide_joining(await id_of(town, town.operator), asked.id, True)
    await town.delivered()
    shown = plain(await town.sara.presses("مشخص کردن تکلیف‌های گذشته"))
    assert shown.startswith(persian_digits(f"۱ از {await unsorted(town, town.sara)}"))


async def test_every_duty_can_be_reached_for_a_report(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    pages = [await sara.says("/done")]
    while "ادامه ←" in pages[-1].buttons:
        pages.append(await sara.presses("ادامه"))
    (duties,) = await town.reminding.list_duties(await id_of(town, sara))
    wanted = {DutyStanding.OVERDUE, DutyStanding.UPCOMING, DutyStanding.UNSORTED, DutyStanding.RECURRING}
    offered = [row[0]["data"] for page in pages for row in page.keyboard if row[0]["data"].startswith("u:r:")]
    assert sorted(offered) == sorted(
        DutyButton(action=DutyAction.REPORT, code=row.line.key.code).pack()
        for row in duties.rows
        if row.standing in wanted
    )


async def test_an_early_report_stays_in_sight(town: Town) -> None:
    sara, operator = town.sara, town.operator
    await joins(town, sara)
    (duties,) = await town.reminding.list_duties(await id_of(town, sara))
    row = next(row for row in duties.rows if row.standing == DutyStanding.UPCOMING)
    await sara.presses_data(DutyButton(action=DutyAction.REPORT, code=row.line.key.code).pack(), sara.last.message_id)
    await sara.says("فرستاده شد")
    await sara.presses("ثبت گزارش")
    await town.delivered()
    await operator.presses("تأیید")
    (duties,) = await town.reminding.list_duties(await id_of(town, sara))
    (done,) = [r for r in duties.rows if r.standing == DutyStanding.DONE]
    assert done.line.key == row.line.key


async def test_a_decision_reaches_those_who_act_for_the_agency_now(town: Town) -> None:
    sara, ali, operator = town.sara, town.ali, town.operator
    await joins(town, sara)
    await joins(town, ali)
    (duties,) = await town.reminding.list_duties(await id_of(town, sara))
    row = next(row for row in duties.rows if row.standing == DutyStanding.UPCOMING)
    await sara.presses_data(DutyButton(action=DutyAction.REPORT, code=row.line.key.code).pack(), sara.last.message_id)
    await sara.says("فرستاده شد")
    await sara.presses("ثبت گزارش")
    await town.delivered()
    notice = operator.last
    (place,) = await town.reminding.list_places(await id_of(town, sara))
    await town.reminding.end_membership(await id_of(town, operator), place.membership.id)
    await operator.presses("برگرداندن", on=notice)
    await operator.says("نامه پیوست نیست.")
    await town.delivered()
    assert "نامه پیوست نیست." in ali.last.text
    assert not any("نامه پیوست نیست." in line for line in sara.transcript)


async def test_being_away_in_plain_words(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    assert "همکار دیگری در دسترس نیست" in plain(await sara.says("یک هفته نیستم"))
    await joins(town, town.ali, Role.DEPUTY)
    await sara.says("/agency")
    assert "تا ۲۳ آبان ۱۴۰۵ در دسترس نیستید" in plain(sara.last)
    await sara.presses("برگشتم")
    await sara.says("/agency")
    await sara.presses("مدتی نیستم")
    assert "پس از امروز" in plain(await sara.says("تا ۱۵ آبان"))
    assert "نفهمیدم تا کی" in plain(await sara.says("نمی‌دانم"))
    assert "میان ۰ تا ۱۸۰ روز" in plain(await sara.says("۳۰۰ روز"))
    assert "تا ۲۰ آبان ۱۴۰۵" in plain(await sara.says("تا ۲۰ آبان"))
    await town.delivered()
    assert "تا ۲۰ آبان ۱۴۰۵" in plain(town.ali.last)


async def test_forged_and_old_buttons_change_nothing(town: Town) -> None:
    sara, stranger, operator = town.sara, town.ali, town.operator
    await joins(town, sara)
    await stranger.says("سلام")
    (duties,) = await town.reminding.list_duties(await id_of(town, sara))
    key = duties.rows[0].line.key
    report = await town.reminding.report_done(await id_of(town, sara), key, "انجام شد")
    for data in (
        DutyButton(action=DutyAction.DETAILS, code=key.code),
        DutyButton(action=DutyAction.REPORT, code=key.code),
        SortButton(action=SortAction.REST_DONE, agency=short_code(ICT)),
        ReportButton(report=report.id, confirm=True),
        ReportButton(report=report.id, confirm=False),
        JoiningButton(membership=1, approve=True),
    ):
        await stranger.presses_data(data.pack(), stranger.last.message_id)
    duty, agency, only = "این تکلیف پیدا نشد", "این تکلیف مربوط", "این کار تنها"
    begun = (duty, duty, agency, only, only, only)
    assert all(toast.startswith(words) for toast, words in zip(stranger.toasts, begun, strict=True))
    await town.delivered()
    request = operator.last
    await operator.presses("تأیید", request)
    await operator.presses_data(ReportButton(report=report.id, confirm=True).pack(), request.message_id)
    assert operator.toasts[-1].startswith("درباره این مورد پیش‌تر")


@pytest.mark.parametrize(
    "sentence", ["مدل بلوغ دولت هوشمند در ۳۱ مهر ۱۴۰۵ ابلاغ شد", "مدل بلوغ دولت هوشمند ۳۱ مهر ابلاغ شد"]
)
async def test_an_event_on_an_impossible_day(town: Town, sentence: str) -> None:
    assert "در تقویم نیست" in plain(await town.operator.says(sentence))


async def test_a_sentence_that_several_events_may_answer_to(town: Town) -> None:
    operator = town.operator
    await operator.says("نقشه راه دولت هوشمند در ۱۴۰۴/۰۱/۳۰ تصویب شد")
    assert "کدام رویداد در ۳۰ فروردین ۱۴۰۴" in plain(operator.last)
    await operator.presses("تصویب نقشه راه دولت هوشمند در شورای عالی اداری")
    await operator.presses("بله، ثبت شود")
    events = await town.reminding.list_events(await id_of(town, operator))
    (approved,) = [seen for seen in events if seen.anchor.id == "roadmap-1404.approved"]
    assert str(approved.date) == "1404-01-30"


async def test_commands_of_operators(town: Town) -> None:
    operator = town.operator
    assert "دعوت تازه" in (await operator.says("/invite")).buttons
    assert "افزودن روز تعطیل" in (await operator.says("/closures")).buttons
    assert "۱۷ آبان ۱۴۰۵" in plain((await operator.says("/ledger"), await operator.presses("روز بعد"))[1])
    for command in ("/invite", "/closures", "/ledger", "/events", "/broadcast"):
        assert plain(await town.ali.says(command)) == "این کار تنها برای کارشناسان سازمان باز است."


async def test_a_broadcast_tells_how_far_it_has_come(town: Town) -> None:
    operator = town.operator
    await town.sara.says("سلام")
    await operator.says("/broadcast")
    await operator.presses("همه کاربران")
    await operator.says("فردا سامانه به‌روز می‌شود.")
    started = await operator.presses("فرستادن")
    assert "۰ رسیده، ۲ در راه" in plain(started)
    await town.delivered()
    await town.turns.next()
    await operator.catch_up()
    finished = operator.messages[started.message_id]
    assert "۲ رسیده، ۰ در راه" in plain(finished)
    assert "تازه‌سازی" not in finished.buttons


async def test_a_broadcast_to_one_agency(town: Town) -> None:
    operator = town.operator
    await joins(town, town.sara)
    await town.ali.says("سلام")
    await town.delivered()
    await operator.says("/broadcast")
    await operator.says("وزارت ارتباتات")
    await operator.presses("وزارت ارتباطات و فناوری اطلاعات")
    preview = plain(await operator.says("جلسه روز شنبه است."))
    assert preview == "پیش‌نمایش، برای وزارت ارتباطات و فناوری اطلاعات (۱ نفر):\n\nجلسه روز شنبه است."
    await operator.presses("فرستادن")
    await town.delivered()
    assert "جلسه روز شنبه است." in plain(town.sara.last)
    assert not any("جلسه" in line for line in town.ali.transcript)

    # Whoever stops one in time writes to nobody.
    await operator.says("/broadcast")
    await operator.says("وزارت ارتباطات")
    await operator.presses("وزارت ارتباطات و فناوری اطلاعات")
    await operator.says("جلسه لغو شد.")
    await operator.presses("فرستادن")
    assert plain(await operator.presses("ایست")) == "ایستاد. ۱ پیام دیگر فرستاده نمی‌شود."
    await town.delivered()
    assert not any("لغو" in line for line in town.sara.transcript)


async def test_wishes_typed_in_numbers(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    await sara.says("/settings")
    assert "در همان روزهایی که به همه یادآوری می‌شود" in plain(await sara.presses("یادآوری‌ها"))
    asked = await sara.presses("عدد دلخواه")
    assert plain(asked).startswith("بنویسید چند روز پیش از موعد")
    shown = plain(await sara.says("۳۰، ۷، ۱"))
    assert "اکنون: ۳۰، ۷، ۱ روز پیش از موعد، نه در خود روز موعد\nساعت: در ساعت اداری" in shown
    await sara.presses("عدد دلخواه")
    shown = plain(await sara.says("۱۰ و روز موعد، ساعت ۹ تا ۱۷"))
    assert "اکنون: ۱۰ روز پیش از موعد و خود روز موعد\nساعت: ۹ تا ۱۷" in shown
    wishes = await town.reminding.save_wishes.present(await id_of(town, sara))
    assert (wishes.leads, wishes.from_hour, wishes.to_hour) == ((10, 0), 9, 17)
    await sara.presses("عدد دلخواه")
    assert "ساعت: ۱۰ تا ۱۲" in plain(await sara.says("ساعت ۱۰ تا ۱۲"))
    assert (await town.reminding.save_wishes.present(await id_of(town, sara))).leads == (10, 0)


async def test_a_report_is_chosen_by_what_is_due_when(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    (duties,) = await town.reminding.list_duties(await id_of(town, sara))
    upcoming = next(row for row in duties.rows if row.standing == DutyStanding.UPCOMING)
    assert upcoming.line.due is not None
    page = await sara.says("/done")
    while not (label := _label_of(page, upcoming.line.key.code)):
        page = await sara.presses("ادامه")
    due = upcoming.line.due
    assert label.replace("\N{NO-BREAK SPACE}", " ").startswith(
        persian_digits(f"{due.day} {MONTHS[due.month - 1]} {due.year} · ")
    )


def _label_of(page: Shown, code: str) -> str | None:
    wanted = DutyButton(action=DutyAction.REPORT, code=code).pack()
    return next((b["text"] for row in page.keyboard for b in row if b.get("data") == wanted), None)


async def test_an_event_says_beforehand_whom_it_concerns(town: Town) -> None:
    operator = town.operator
    await joins(town, town.sara)
    await joins(town, town.ali, Role.DEPUTY)  # reminded only while the representative is away
    await operator.says("مدل بلوغ دولت هوشمند در ۱ شهریور ۱۴۰۵ ابلاغ شد")
    await operator.presses("بله، ثبت شود")
    preview = plain(await operator.says("الگوی مرجع معماری سازمانی در ۱۵ آبان ۱۴۰۵ ابلاغ شد"))
    assert "← ۱۵ اردیبهشت ۱۴۰۶" in preview
    moved = preview.count("• ")
    assert moved > 1
    assert persian_digits(f"موعد {moved} تکلیف جابه‌جا می‌شود و ۱ نفر باخبر می‌شوند.") in preview
    recorded = plain(await operator.presses("بله، ثبت شود"))
    assert persian_digits(f"موعد {moved} تکلیف جابه‌جا شد و ۱ نفر باخبر می‌شوند") in recorded


async def test_duties_by_regulation_and_state(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    (duties,) = await town.reminding.list_duties(await id_of(town, sara))
    listed = await sara.says("/obligations")
    title = "الزامات چرخه هوشمندسازی"
    chosen = await sara.presses(next(label for label in listed.buttons if label.startswith(title[:10])))
    of = [row for row in duties.rows if row.line.quote_address.regulation == "smart-cycle-1404"]
    assert 0 < len(of) < len(duties.rows)
    counts = {standing: sum(row.standing == standing for row in of) for standing in {row.standing for row in of}}
    names = {standing: TEXTS.plain("duty-standing", standing=standing) for standing in counts}
    tabs = [label for label in chosen.buttons if any(label.startswith(name) for name in names.values())]
    assert len(tabs) == len(counts) - 1, "the one that is shown has no button"
    for standing, count in counts.items():
        if any(label.startswith(names[standing]) for label in tabs):
            assert persian_digits(str(count)) in next(label for label in tabs if label.startswith(names[standing]))


async def test_a_code_may_be_typed_alone(town: Town) -> None:
    invited = await town.reminding.invite(await id_of(town, town.operator), "", Role.OPERATOR)
    assert "کد ورود" in plain(await town.ali.says("/operator"))
    assert "دعوت معتبر نیست" in plain(await town.ali.says("token-forged-00000000000000000000"))
    await town.ali.says("/operator")
    assert "کارشناس سازمان هستید" in plain(await town.ali.says(invited.token))
    invited = await town.reminding.invite(await id_of(town, town.operator), ICT, Role.DEPUTY)
    await town.sara.says("/agency")
    assert "شما اکنون جانشین" in plain(await town.sara.says(invited.token))


async def test_later_and_by_somebody_else(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    await sara.says("/obligations")
    details = await sara.presses("۱")
    await sara.presses("یادآوری دیرتر")
    assert "تا ۲۳ آبان ۱۴۰۵" in plain(await sara.presses("۷ روز"))
    await sara.presses("سپردن به همکار", details)
    assert "همکار دیگری" in plain(sara.last)
    ali = Chat(town.ali.channel, person_id=3, first_name="علی")
    await joins(town, ali, Role.DEPUTY)
    await sara.presses("سپردن به همکار", details)
    assert "سپرده شد" in plain(await sara.presses("علی"))
    await town.delivered()
    await ali.catch_up()
    assert "پیگیری این تکلیف را به شما سپرد" in plain(ali.last)
    await sara.says("/obligations")
    assert "پیگیری با: علی" in plain(await sara.presses("۱"))
