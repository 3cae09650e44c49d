"""«بازگشت به فهرست» leads to the list that a duty was opened from: its standing, its regulation, its page."""

from __future__ import annotations

from reminders.duties import DutyStanding
from reminders.people import Role
from tests.conversation.test_agencys_people import TEXTS, id_of, joins, plain
from tests.support.chats import Chat, Shown
from tests.support.reminding import law
from tests.support.town import Town

BACK = "بازگشت به فهرست"
ROADMAP = law().corpus.regulations["roadmap-1404"].short_title


async def roadmap(chat: Chat, standing: str) -> Shown:
    """The list of one regulation and one standing."""
    listed = await chat.says("/obligations")
    await chat.presses(ROADMAP, on=listed)
    name = TEXTS.plain("duty-standing", standing=standing)
    shown = chat.messages[listed.message_id]
    if name not in plain(shown).split("\n\n")[1]:
        await chat.presses(next(label for label in shown.buttons if label.startswith(f"{name} (")))
    return chat.messages[listed.message_id]


async def test_back_to_the_same_regulation_and_page(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    await roadmap(sara, DutyStanding.UNSORTED)
    second = await sara.presses("ادامه")
    assert "۲ از" in " ".join(second.buttons)
    opened = await sara.presses("۱", on=second)
    assert plain(opened) != plain(second)
    assert plain(await sara.presses(BACK)) == plain(second)


async def test_what_was_said_of_it_meanwhile_leads_back_there_too(town: Town) -> None:
    """One after the other is settled from the same list, which gets shorter."""
    sara = town.sara
    await joins(town, sara)
    listed = await roadmap(sara, DutyStanding.UNSORTED)
    count = plain(listed).split("\n\n")[1]
    await sara.presses("۱", on=listed)
    await sara.presses("مربوط به ما نیست", on=sara.messages[listed.message_id])
    await sara.presses(BACK, on=sara.messages[listed.message_id])
    again = sara.messages[listed.message_id]
    assert plain(again).split("\n\n")[1].split(":")[0] == count.split(":")[0]
    assert plain(again).split("\n\n")[1] != count
    assert TEXTS.plain("button-chosen", name=ROADMAP) in again.buttons


async def test_by_way_of_a_choice_beneath(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    await joins(town, town.ali, Role.DEPUTY)
    listed = await roadmap(sara, DutyStanding.UPCOMING)
    details = await sara.presses("۱", on=listed)
    for way in ("یادآوری دیرتر", "سپردن به همکار"):
        await sara.presses(way, on=details)
        await sara.presses("جزئیات")
        assert plain(await sara.presses(BACK)) == plain(listed)


async def test_where_it_stands_now_when_it_came_from_no_list(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    await joins(town, town.ali, Role.DEPUTY)
    (duties,) = await town.reminding.list_duties(await id_of(town, sara))
    key = next(row.line.key for row in duties.rows if row.standing == DutyStanding.UPCOMING)
    await town.reminding.hand_over(await id_of(town, sara), key, await id_of(town, town.ali))
    await town.delivered()
    await town.ali.presses("جزئیات")
    assert "پیش رو: " in plain(await town.ali.presses(BACK))


async def test_the_wording_stands_beneath_the_duty(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    listed = await roadmap(sara, DutyStanding.UPCOMING)
    details = await sara.presses("۱", on=listed)
    await sara.presses("متن حکم", on=details)
    assert sara.last.message_id != details.message_id
    assert "ماده" in plain(sara.last)
    assert plain(sara.messages[details.message_id]) == plain(details)
