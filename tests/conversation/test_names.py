"""What people are called: asked where the platform gives no name, shown to colleagues and operators, changed, forgotten."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from reminders.duties import DutyStanding
from reminders.names import written_name
from reminders.people import Role
from reminders.refusals import RefusedError
from storage.models import Base
from storage.reminder_models import MembershipRow
from tests.conversation.test_agencys_people import ICT, id_of, joins, plain
from tests.support.chats import Chat
from tests.support.town import Town


@pytest.mark.parametrize("name", ["سارا امینی", "Ali O'Neil", "م. امینی", "نوری‌زاده", "علی", "امینی-راد", "مُحَمَّد"])
def test_names_are_letters(name: str) -> None:
    assert written_name(f"  {name} \n") == name


@pytest.mark.parametrize("name", ["س", "🌹🌹", "سارا۲", "سارا 🌹", "@sara_amini", "...", "ا" * 61, "- -"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        written_name(name)
    assert (refusal.value.message_key, refusal.value.details) == ("remind-name", {"min": 2, "max": 60})


def nameless(town: Town, person_id: int) -> Chat:
    """As the web gives them."""
    return Chat(town.sara.channel, person_id=person_id, first_name="")


async def link_to(town: Town, role: Role = Role.REPRESENTATIVE) -> str:
    return (await town.reminding.invite(await id_of(town, town.operator), ICT, role)).token


async def names(town: Town, chat: Chat) -> list[str]:
    return [place.membership.name for place in await town.reminding.list_places(await id_of(town, chat))]


async def test_who_comes_by_a_link_without_a_name_is_asked_first(town: Town) -> None:
    chat = nameless(town, 40)
    token = await link_to(town)
    assert plain(await chat.starts(f"i_{token}")).startswith("نام و نام خانوادگی خود را بنویسید.")
    assert await names(town, chat) == []
    assert plain(await chat.says("🌹🌹")) == "نام را با ۲ تا ۶۰ حرف بنویسید، بی عدد و نشانه."
    assert "شما اکنون نماینده وزارت ارتباطات" in plain(await chat.says("مینا  کریمی"))
    assert await names(town, chat) == ["مینا کریمی"]


async def test_a_void_link_is_refused_before_a_name_is_asked(town: Town) -> None:
    chat = nameless(town, 40)
    assert "دعوت معتبر نیست" in plain(await chat.starts("i_" + "x" * 32))
    token = await link_to(town)
    await chat.starts(f"i_{token}")
    await town.sara.starts(f"i_{token}")  # somebody else was faster
    assert "دعوت معتبر نیست" in plain(await chat.says("مینا کریمی"))
    await chat.says("/agency")
    assert await names(town, chat) == []


async def test_giving_up_leaves_the_link_as_it_was(town: Town) -> None:
    chat = nameless(town, 40)
    token = await link_to(town)
    await chat.starts(f"i_{token}")
    await chat.presses("انصراف")
    await chat.starts(f"i_{token}")
    await chat.says("مینا کریمی")
    assert await names(town, chat) == ["مینا کریمی"]


async def test_the_platforms_name_is_taken_where_it_is_one(town: Town) -> None:
    await town.sara.starts(f"i_{await link_to(town)}")
    assert await names(town, town.sara) == ["سارا"]
    flower = Chat(town.sara.channel, person_id=41, first_name="🌹 77")
    assert plain(await flower.starts(f"i_{await link_to(town)}")).startswith("نام و نام خانوادگی")
    await flower.says("گل‌اندام ملکی")
    # The next place takes the name that is known.
    invited = await town.reminding.invite(await id_of(town, town.operator), "civil-registration", Role.DEPUTY)
    assert "شما اکنون جانشین" in plain(await flower.starts(f"i_{invited.token}"))
    assert await names(town, flower) == ["گل‌اندام ملکی"] * 2


async def test_whoever_has_a_name_asks_for_another_place_without_it(town: Town) -> None:
    await joins(town, town.sara)
    await town.sara.says("/agency ثبت احوال")
    await town.sara.presses("سازمان ثبت احوال کشور")
    assert "شماره نامه" in plain(await town.sara.presses("نماینده"))
    await town.sara.presses("گذشتن از این گام")
    await town.delivered()
    assert "سارا می‌خواهد به‌عنوان نماینده به «سازمان ثبت احوال کشور» بپیوندد" in plain(town.operator.last)


async def made_nameless(town: Town, chat: Chat) -> None:
    """As those who joined before names were asked for."""
    person = await id_of(town, chat)
    async with town.reminding.database.write() as connection:
        await connection.execute(update(MembershipRow).where(MembershipRow.person_id == person).values(name=""))


async def test_who_joined_before_is_asked_at_the_next_visit(town: Town) -> None:
    sara, ali = town.sara, town.ali
    await joins(town, sara)
    await joins(town, ali)
    await made_nameless(town, sara)
    await made_nameless(town, ali)
    assert plain(await sara.says("/obligations")).startswith("نام و نام خانوادگی")
    shown = plain(await sara.says("سارا امینی"))
    assert shown.startswith("✅ نام شما: سارا امینی")
    assert "تکلیف‌های وزارت ارتباطات" in shown
    assert "تکلیف‌های وزارت ارتباطات" in plain(await sara.says("/obligations"))
    await ali.says("/agency")
    assert "دستگاه‌های من" in plain(await ali.says("علی نوری"))
    assert (await names(town, sara), await names(town, ali)) == (["سارا امینی"], ["علی نوری"])


async def test_the_nameless_are_still_called_something(town: Town) -> None:
    sara, ali = town.sara, Chat(town.ali.channel, person_id=3, first_name="علی")
    await joins(town, sara)
    await joins(town, ali, Role.DEPUTY)
    await made_nameless(town, sara)
    (duties,) = await town.reminding.list_duties(await id_of(town, sara))
    key = next(row for row in duties.rows if row.standing == DutyStanding.UPCOMING).line.key
    await town.reminding.hand_over(await id_of(town, sara), key, await id_of(town, ali))
    await town.delivered()
    await ali.catch_up()
    assert plain(ali.last).startswith("🤝 همکار بی‌نام پیگیری این تکلیف را به شما سپرد")


async def test_the_name_is_changed_in_the_settings(town: Town) -> None:
    sara = town.sara
    assert "تغییر نام" not in (await sara.says("/settings")).buttons
    await joins(town, sara)
    assert "نام شما نزد همکاران و کارشناسان: سارا" in plain(await sara.says("/settings"))
    assert "نام و نام خانوادگی" in plain(await sara.presses("تغییر نام"))
    assert "بی عدد" in plain(await sara.says("۱۲۳"))
    said = plain(await sara.says("سارا امینی"))
    assert said.startswith("✅ نام شما: سارا امینی")
    assert "نام شما نزد همکاران و کارشناسان: سارا امینی" in said
    assert await names(town, sara) == ["سارا امینی"]
    await sara.presses("تغییر نام")
    await sara.presses("انصراف")
    assert "نام شما نزد همکاران و کارشناسان: سارا امینی" in plain(await sara.says("/settings"))


async def test_forgetting_takes_the_name_out_of_others_messages_too(town: Town) -> None:
    sara, ali, operator = town.sara, town.ali, town.operator
    await sara.says("/agency")
    await sara.says("وزارت ارتباطات")
    await sara.presses("وزارت ارتباطات و فناوری اطلاعات")
    await sara.presses("نماینده")
    await sara.says("سارا امینی")
    await sara.says("نامه محرمانه ۱۲۳")
    await sara.presses("گذشتن از این گام")
    await town.delivered()
    assert "سارا امینی" in plain(operator.last)
    assert "نامه محرمانه ۱۲۳" in plain(operator.last)
    await operator.presses("پذیرفتن")
    await joins(town, ali, Role.DEPUTY)
    await sara.says("یک هفته نیستم")
    await town.delivered()
    assert "سارا امینی" in plain(ali.last)
    await sara.says("/forget")
    await sara.presses("بله، همه را پاک کن")
    spoken = {"chat_messages"}  # what operators and colleagues were told stands in their own chats
    async with town.reminding.database.read() as connection:
        for table in Base.metadata.sorted_tables:
            rows = [] if table.name in spoken else (await connection.execute(select(table))).all()
            assert not [row for row in rows if "امینی" in str(row) or "محرمانه" in str(row)], table.name


async def test_a_request_decided_elsewhere_is_not_told_of(town: Town) -> None:
    """To an operator whose office hours begin later."""
    sara, operator = town.sara, town.operator
    await sara.says("سلام")
    asked = await town.reminding.ask_to_join(await id_of(town, sara), ICT, Role.DEPUTY, name="سارا امینی")
    await town.reminding.decide_joining(await id_of(town, operator), asked.id, True)
    await town.delivered()
    assert not any("سارا امینی" in line for line in operator.transcript)
