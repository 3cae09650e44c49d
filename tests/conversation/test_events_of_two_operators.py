"""Two operators with previews of one event, and previews that stand above newer ones."""

from __future__ import annotations

from bot.fluent_texts import load_texts
from reminders.people import Role
from tests.conversation.test_agencys_people import id_of, plain
from tests.support.chats import Chat
from tests.support.town import Town

TEXTS = load_texts()
EVENT = "الگوی مرجع معماری سازمانی در {} ابلاغ شد"


async def colleague(town: Town) -> Chat:
    """Ali becomes an operator, too."""
    invited = await town.reminding.invite(await id_of(town, town.operator), "", Role.OPERATOR)
    await town.ali.starts(f"i_{invited.token}")
    return town.ali


async def dates_on_record(town: Town) -> list[str]:
    events = await town.reminding.list_events(await id_of(town, town.operator))
    (event,) = [seen for seen in events if seen.anchor.id == "roadmap-1404.reference-architecture"]
    return [str(revision.date) for revision in event.history]


async def test_the_later_one_reads_the_colleagues_date_before_changing_it(town: Town) -> None:
    operator, other = town.operator, await colleague(town)
    await operator.says(EVENT.format("۱۵ آبان ۱۴۰۵"))
    await other.says(EVENT.format("۱۴ آبان ۱۴۰۵"))
    await operator.presses("بله، ثبت شود")
    again = plain(await other.presses("بله، ثبت شود"))
    assert other.toasts[-1] == TEXTS.plain("remind-event-raced", date="۱۵ آبان ۱۴۰۵")
    assert "اگر ابلاغ الگوی مرجع معماری سازمانی در تاریخ ۱۴ آبان ۱۴۰۵ ثبت شود" in again
    assert "اکنون تاریخ ۱۵ آبان ۱۴۰۵ برای آن ثبت است" in again
    assert await dates_on_record(town) == ["1405-08-15"]
    assert "✅ ثبت شد" in plain(await other.presses("بله، ثبت شود"))
    assert await dates_on_record(town) == ["1405-08-15", "1405-08-14"]


async def test_who_says_the_same_is_told_that_it_is_on_record(town: Town) -> None:
    operator, other = town.operator, await colleague(town)
    for one in (operator, other):
        await one.says(EVENT.format("۱۵ آبان ۱۴۰۵"))
    await operator.presses("بله، ثبت شود")
    await other.presses("بله، ثبت شود")
    assert other.toasts[-1] == TEXTS.plain("remind-event-unchanged")
    assert await dates_on_record(town) == ["1405-08-15"]


async def test_withdrawing_what_a_colleague_corrected(town: Town) -> None:
    operator, other = town.operator, await colleague(town)
    await operator.says(EVENT.format("۱۵ آبان ۱۴۰۵"))
    await operator.presses("بله، ثبت شود")
    await other.says("/events")
    number = next(line.split(".")[0] for line in plain(other.last).splitlines() if "الگوی مرجع معماری" in line)
    await other.presses(number)
    await other.presses("پس گرفتن تاریخ")
    await operator.says(EVENT.format("۱۴ آبان ۱۴۰۵"))
    await operator.presses("بله، ثبت شود")
    assert "پس گرفته شود" in plain(await other.presses("بله، پس گرفته شود"))
    assert "۱۴ آبان ۱۴۰۵" in other.toasts[-1]
    assert await dates_on_record(town) == ["1405-08-15", "1405-08-14"]


async def test_what_a_withdrawal_did_and_when_dates_were_recorded(town: Town) -> None:
    operator = town.operator
    await operator.says(EVENT.format("۱۵ آبان ۱۴۰۵"))
    await operator.presses("بله، ثبت شود")
    town.clock.move(days=1)
    await operator.says("/events")
    number = next(line.split(".")[0] for line in plain(operator.last).splitlines() if "الگوی مرجع معماری" in line)
    await operator.presses(number)
    await operator.presses("پس گرفتن تاریخ")
    done = plain(await operator.presses("بله، پس گرفته شود"))
    assert "↩️ تاریخ پس گرفته شد. موعد ۱ تکلیف دیگر معلوم نیست" in done
    assert "✅" not in done
    await operator.presses("رویدادها")
    number = next(line.split(".")[0] for line in plain(operator.last).splitlines() if "الگوی مرجع معماری" in line)
    event = plain(await operator.presses(number))
    assert event.split("سابقه")[1].splitlines()[1:] == [
        "۱۶ آبان ۱۴۰۵: تاریخ ۱۵ آبان ۱۴۰۵ ثبت شد",
        "۱۷ آبان ۱۴۰۵: تاریخ پس گرفته شد",
    ]


async def test_events_of_one_name_say_of_which_text_they_are(town: Town) -> None:
    listed = plain(await town.operator.says("/events"))
    waited_for, idle = listed.split("رویدادهایی که اکنون تکلیفی به آن‌ها وابسته نیست:")
    assert "تقدیم لایحه بودجه سنواتی (نقشه راه)" in listed
    titles = [line.partition(". ")[2].rpartition(":")[0] for line in listed.splitlines() if ". " in line]
    assert len(titles) == len(set(titles)) > 20
    assert "نقشه راه خدمات دولت الکترونیکی" in idle, "nothing hangs on it while its text is switched off"
    assert "الگوی مرجع معماری" in waited_for


async def test_which_event_is_asked_of_the_day_of_its_own_message(town: Town) -> None:
    operator = town.operator
    first = await operator.says("نقشه راه دولت هوشمند در ۱۴۰۴/۰۱/۳۰ تصویب شد")
    await operator.says("نقشه راه دولت هوشمند در ۱۴۰۴/۰۱/۲۸ تصویب شد")
    label = "تصویب نقشه راه دولت هوشمند در شورای عالی اداری"
    assert "۳۰ فروردین ۱۴۰۴" in plain(await operator.presses(label, on=first))
    await operator.presses("بله، ثبت شود", on=operator.messages[first.message_id])
    events = await town.reminding.list_events(await id_of(town, operator))
    assert [str(s.date) for s in events if s.anchor.id == "roadmap-1404.approved"] == ["1404-01-30"]
