"""The letter of introduction: asked for, kept with its date; and what it meets in three texts."""

from __future__ import annotations

import pytest
from persiantools.jdatetime import JalaliDate

from reminders.duties import DutyRow, DutyStanding
from reminders.duty import DutyKey, DutyState
from reminders.people import Role
from tests.conversation.test_agencys_people import ICT, id_of, plain
from tests.support.chats import Chat
from tests.support.town import Town

MET = ("smart-cycle-1404.art_19", "data-governance-1404.art_4__list_6", "eservices-1393.art_29__note_1")
NAMED = "ماده ۱۹ الزامات چرخه هوشمندسازی؛ بند ج ماده ۴ دستورالعمل حکمرانی داده‌مبنا؛ تبصره ۱ ماده ۲۹ نقشه راه خدمات الکترونیکی ۱۳۹۳"


async def states(town: Town) -> list[DutyState | None]:
    async with town.reminding.work() as work:
        found = [await work.duties.get(DutyKey(ICT, id, "once")) for id in MET]
    return [record.state if record else None for record in found]


async def rows(town: Town, chat: Chat) -> dict[str, DutyRow]:
    (duties,) = await town.reminding.list_duties(await id_of(town, chat))
    return {row.line.key.obligation_id: row for row in duties.rows}


async def asks(town: Town, basis: str | None, date: str | None) -> None:
    sara = town.sara
    await sara.says("/agency وزارت ارتباطات")
    await sara.presses("وزارت ارتباطات و فناوری اطلاعات")
    await sara.presses("نماینده")
    await sara.says("سارا امینی")
    await (sara.says(basis) if basis else sara.presses("گذشتن از این گام"))
    if basis:
        await (sara.says(date) if date else sara.presses("گذشتن از این گام"))
    await town.delivered()


async def test_by_an_operators_approval(town: Town) -> None:
    sara, operator = town.sara, town.operator
    await asks(town, "نامه ۱۲۳", "۱۵ مهر ۱۴۰۵")
    assert "مستند معرفی: نامه ۱۲۳" in plain(operator.last)
    assert await states(town) == [None] * 3
    await operator.presses("پذیرفتن")
    await town.delivered()
    assert f"تکلیف «معرفی نماینده» انجام‌شده ثبت شد: {NAMED}" in plain(sara.last)
    assert await states(town) == [DutyState.DONE] * 3
    (place,) = await town.reminding.list_places(await id_of(town, sara))
    assert (place.membership.legal_basis, place.membership.introduced_on) == ("نامه ۱۲۳", JalaliDate(1405, 7, 15))
    assert "مستند معرفی: نامه ۱۲۳، ۱۵ مهر ۱۴۰۵" in plain(await sara.says("/agency"))

    # The register of those in force shows the first; the previous one the third, once it is switched on.
    assert (await rows(town, sara))[MET[0]].standing == DutyStanding.DONE
    assert MET[2] not in await rows(town, sara)
    await town.reminding.switch_regulation(await id_of(town, operator), "eservices-1393", True)
    assert (await rows(town, sara))[MET[2]].standing == DutyStanding.DONE
    details = await town.reminding.show_duty(await id_of(town, sara), DutyKey(ICT, MET[0], "once"))
    assert [one.legal_basis for one in details.introductions] == ["نامه ۱۲۳"]
    shown = await sara.says("/obligations")
    await sara.presses(next(label for label in shown.buttons if label.startswith("انجام‌شده")))
    await sara.presses("۱")
    assert "۱۵ مهر ۱۴۰۵: معرفی نماینده به استناد «نامه ۱۲۳»" in plain(sara.last)


async def test_without_a_letter_nothing_is_met(town: Town) -> None:
    await asks(town, None, None)
    await town.operator.presses("پذیرفتن")
    await town.delivered()
    assert "انجام‌شده ثبت شد" not in plain(town.sara.last)
    assert await states(town) == [None] * 3


async def test_by_an_invitation_that_names_the_letter(town: Town) -> None:
    sara, operator = town.sara, town.operator
    await operator.says("/invite")
    await operator.presses("دعوت تازه")
    await operator.says("وزارت ارتباطات")
    await operator.presses("وزارت ارتباطات و فناوری اطلاعات")
    await operator.presses("نماینده")
    await operator.presses("۷ روز")
    assert "نامه معرفی نماینده" in plain(operator.last)
    await operator.says("نامه ۴۵")
    assert "نمی‌تواند در آینده باشد" in plain(await operator.says("۱ آذر ۱۴۰۵"))
    made = await operator.says("۱ آبان ۱۴۰۵")
    link = next(word for word in made.text.split() if "i_token-" in word)
    joined = plain(await sara.starts(link.partition("i_")[1] + link.partition("i_")[2]))
    assert f"انجام‌شده ثبت شد: {NAMED}" in joined
    assert await states(town) == [DutyState.DONE] * 3
    (place,) = await town.reminding.list_places(await id_of(town, sara))
    assert (place.membership.legal_basis, place.membership.introduced_on) == ("نامه ۴۵", JalaliDate(1405, 8, 1))


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.HEAD])
async def test_only_a_representative_is_introduced(town: Town, role: Role) -> None:
    operator = await id_of(town, town.operator)
    invited = await town.reminding.invite(operator, ICT, role, legal_basis="نامه ۱")
    await town.sara.starts(f"i_{invited.token}")
    assert await states(town) == [None] * 3


async def test_a_letter_of_another_form_is_not_taken_over(town: Town) -> None:
    """Half of a request for one agency, then a whole one for another without a letter."""
    sara = town.sara
    await asks(town, "نامه ۹۹", None)
    await sara.says("/agency ثبت احوال")
    await sara.presses("سازمان ثبت احوال کشور")
    await sara.presses("نماینده")
    await sara.says("نامه ۷۷")
    await sara.says("/agency ثبت اسناد")
    await sara.presses("سازمان ثبت اسناد و املاک کشور")
    await sara.presses("نماینده")
    await sara.presses("گذشتن از این گام")
    bases = {p.agency_name: p.membership.legal_basis for p in await town.reminding.list_places(await id_of(town, sara))}
    assert bases["سازمان ثبت اسناد و املاک کشور"] == ""


async def test_an_agency_that_the_articles_do_not_bind_is_told_of_nothing(town: Town) -> None:
    """No executive agency."""
    directory = await town.reminding.find_agencies.directory()
    stranger = next(id for id in directory.agencies if id not in directory.members("executive-agencies"))
    invited = await town.reminding.invite(
        await id_of(town, town.operator), stranger, Role.REPRESENTATIVE, legal_basis="نامه ۱"
    )
    assert "انجام‌شده ثبت شد" not in plain(await town.ali.starts(f"i_{invited.token}"))
