"""Bad input about agencies and duties, in the chat: one clear sentence, nothing changed."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.reminder_buttons import AgencyButton, DutyAction, DutyButton
from reminders.duties import DutyStanding
from storage.models import Base
from tests.conversation.test_agencys_people import ICT, id_of, joins, plain
from tests.support.town import Town

#: What a conversation itself writes.
TALK = {"inbox", "chat_messages", "conversation_states", "people", "questions"}


async def kept(town: Town) -> dict[str, int]:
    tables = [table for table in Base.metadata.sorted_tables if table.name not in TALK]
    assert len(tables) > 10
    async with town.reminding.database.read() as connection:
        return {t.name: (await connection.execute(select(func.count()).select_from(t))).scalar_one() for t in tables}


@pytest.mark.parametrize(
    ("steps", "typed", "said"),
    [
        (("/events", "۱", "ثبت تاریخ"), "۳۱ مهر ۱۴۰۵", "تاریخ «۳۱ مهر ۱۴۰۵» در تقویم نیست."),
        (("/events", "۱", "ثبت تاریخ"), "۱۵ آبان ۱۲۰۵", "سال ۱۲۰۵ پذیرفته نیست"),
        (("/closures", "افزودن روز تعطیل"), "۱ آبان ۱۴۰۵ برف", "روز تعطیلی نمی‌تواند در گذشته باشد."),
        (("/closures", "افزودن روز تعطیل"), "۳۱ مهر ۱۴۰۶ برف", "تاریخ «۳۱ مهر ۱۴۰۶» در تقویم نیست."),
        (("/closures", "افزودن روز تعطیل"), "۲۵ آبان ۱۴۰۵ ❄️", "دلیل تعطیلی را هم با کلمه بنویسید."),
        (("/closures", "افزودن روز تعطیل"), "۲۵ آبان ۱۴۰۵ " + "برف " * 26, "دلیل تعطیلی ۱۰۳ نویسه است."),
        (("/invite", "دعوت تازه"), "کشور آتلانتیس", "دستگاهی با نام «کشور آتلانتیس» پیدا نکردم"),
        (("/broadcast",), "کشور آتلانتیس", "دستگاهی با نام «کشور آتلانتیس» پیدا نکردم"),
    ],
)
async def test_operators(town: Town, steps: tuple[str, ...], typed: str, said: str) -> None:
    operator = town.operator
    before = await kept(town)
    command, *labels = steps
    await operator.says(command)
    for label in labels:
        await operator.presses(label)
    assert plain(await operator.says(typed)).startswith(said)
    assert await kept(town) == before


async def test_dates_and_agencies_of_who_wants_to_join(town: Town) -> None:
    sara = town.sara
    await sara.says("/agency")
    before = await kept(town)
    assert plain(await sara.says("آتلانتیس")).startswith("دستگاهی با نام «آتلانتیس» پیدا نکردم")
    await sara.presses_data(AgencyButton(agency="atlantis").pack(), sara.last.message_id)
    assert sara.toasts[-1] == "چنین دستگاهی در فهرست نیست."
    await sara.says("وزارت ارتباطات")
    await sara.presses("وزارت ارتباطات و فناوری اطلاعات")
    await sara.presses("نماینده")
    await sara.says("سارا")
    await sara.says("نامه ۱")
    assert plain(await sara.says("۳۱ مهر ۱۴۰۵")) == "تاریخ «۳۱ مهر ۱۴۰۵» در تقویم نیست."
    assert plain(await sara.says("۱ آذر ۱۴۰۵")) == "تاریخ معرفی نمی‌تواند در آینده باشد."
    assert plain(await sara.says("/start i_" + "x" * 32)).startswith("این دعوت معتبر نیست")
    assert await kept(town) == before


async def test_evidence_for_anothers_obligation(town: Town) -> None:
    sara, ali = town.sara, town.ali
    await joins(town, sara)
    await ali.says("سلام")
    (duties,) = await town.reminding.list_duties(await id_of(town, sara))
    key = next(row for row in duties.rows if row.standing == DutyStanding.UPCOMING).line.key
    before = await kept(town)
    await ali.presses_data(DutyButton(action=DutyAction.REPORT, code=key.code).pack(), ali.last.message_id)
    assert ali.toasts[-1] == "این تکلیف پیدا نشد یا مربوط به دستگاه شما نیست."
    assert await kept(town) == before

    # Whoever loses the place in the midst of a report cannot hand it in any more.
    await sara.presses_data(DutyButton(action=DutyAction.REPORT, code=key.code).pack(), sara.last.message_id)
    await sara.says("انجام شد")
    (place,) = await town.reminding.list_places(await id_of(town, sara))
    await town.reminding.end_membership(await id_of(town, town.operator), place.membership.id)
    before = await kept(town)
    await sara.presses("ثبت گزارش")
    assert sara.toasts[-1] == "این تکلیف پیدا نشد یا مربوط به دستگاه شما نیست."
    assert await kept(town) == before
    assert not town.reminding.evidence_folder.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("هفته بعد", "تنها شمار روزها یا ساعت‌ها را بنویسید"),
        ("۲۰۰", "روزهای یادآوری باید میان ۰ تا ۱۲۰ و حداکثر ۸ مورد باشند."),
        ("ساعت ۱۷ تا ۹", "ساعت آغاز باید پیش از ساعت پایان باشد."),
        ("ساعت ۹ تا ۲۵", "ساعت آغاز باید پیش از ساعت پایان باشد."),
    ],
)
async def test_wishes(town: Town, typed: str, said: str) -> None:
    sara = town.sara
    await joins(town, sara)
    person = await id_of(town, sara)
    await sara.says("/settings")
    await sara.presses("یادآوری‌ها")
    before = await town.reminding.save_wishes.present(person)
    await sara.presses("عدد دلخواه")
    assert plain(await sara.says(typed)).startswith(said)
    assert await town.reminding.save_wishes.present(person) == before
    assert "اکنون: ۵ روز پیش از موعد، نه در خود روز موعد" in plain(await sara.says("۵"))


async def test_snoozes_and_absences(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    before = await kept(town)
    await sara.says("/agency")
    await sara.presses("مدتی نیستم")
    for typed, said in (
        ("تا ۳۱ مهر", "تاریخ «۳۱ مهر» در تقویم نیست."),
        ("تا ۱۵ آبان", "روز بازگشت باید پس از امروز باشد."),
    ):
        assert plain(await sara.says(typed)) == said
    (place,) = await town.reminding.list_places(await id_of(town, sara))
    assert (place.membership.away_until, place.membership.agency_id) == (None, ICT)
    assert await kept(town) == before
