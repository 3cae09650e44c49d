"""No screen of joining is a dead end: typed roles, requests that wait, links used twice, leaving alone."""

from __future__ import annotations

from reminders.people import Role
from tests.conversation.test_agencys_people import ICT, id_of, joins, plain
from tests.support.chats import Chat
from tests.support.town import Town

CIVIL = "سازمان ثبت احوال کشور"


async def asks(chat: Chat) -> None:
    await chat.says("/agency ثبت احوال")
    await chat.presses(CIVIL)


async def test_a_role_may_be_typed(town: Town) -> None:
    sara, operator = town.sara, town.operator
    await asks(sara)
    assert plain(await sara.says("جانشین")).startswith("نام و نام خانوادگی")
    await operator.says("/invite")
    await operator.presses("دعوت تازه")
    await operator.says("ثبت احوال")
    await operator.presses(CIVIL)
    assert "چند روز" in plain(await operator.says("جانشین"))
    made = plain(await operator.says("۳"))
    assert made.startswith(f"دعوت یک‌بارمصرف برای جانشین {CIVIL}، معتبر تا ۱۹ آبان ۱۴۰۵:")


async def test_a_request_that_waits_is_seen_and_withdrawn(town: Town) -> None:
    sara, operator = town.sara, town.operator
    await asks(sara)
    await sara.presses("نماینده")
    await sara.says("سارا امینی")
    await sara.says("نامه ۱۲۳")
    await sara.says("۱۵ مهر ۱۴۰۵")
    await town.delivered()
    assert "مستند معرفی: نامه ۱۲۳، ۱۵ مهر ۱۴۰۵" in plain(operator.last)
    for command in ("/obligations", "/done"):
        said = plain(await sara.says(command))
        assert said == f"درخواست شما برای «{CIVIL}» هنوز در انتظار تأیید کارشناسان است."
    assert f"{CIVIL}: نماینده، در انتظار تأیید" in plain(await sara.says("/agency"))
    await sara.presses("پس گرفتن درخواست")
    await sara.presses("نه، بماند")
    await sara.presses("پس گرفتن درخواست")
    assert plain(await sara.presses("بله، پس می‌گیرم")).startswith("درخواست شما پس گرفته شد.")
    assert await town.reminding.list_places(await id_of(town, sara)) == []
    await operator.presses("پذیرفتن")
    assert operator.toasts[-1].startswith("درباره این مورد پیش‌تر")
    await asks(sara)  # and may ask again
    await sara.presses("نماینده")
    await sara.says("سارا امینی")
    assert "نزد کارشناسان سازمان رفت" in plain(await sara.presses("گذشتن از این گام"))


async def test_nobody_withdraws_anothers_request(town: Town) -> None:
    await town.sara.says("سلام")
    asked = await town.reminding.ask_to_join(await id_of(town, town.sara), ICT, Role.DEPUTY, name="سارا امینی")
    await joins(town, town.ali)
    await town.ali.presses_data(f"pl:y:{asked.id}", town.ali.last.message_id)
    assert town.ali.toasts[-1] == "این کار تنها برای کارشناسان سازمان باز است."
    assert len(await town.reminding.list_places(await id_of(town, town.sara))) == 1


async def test_a_link_once_more_says_that_one_is_in(town: Town) -> None:
    invited = await town.reminding.invite(await id_of(town, town.operator), ICT, Role.REPRESENTATIVE)
    await town.sara.starts(f"i_{invited.token}")
    assert plain(await town.sara.starts(f"i_{invited.token}")).startswith("شما پیش‌تر در «وزارت ارتباطات")
    other = plain(await town.ali.starts(f"i_{invited.token}"))
    assert other.endswith("دعوت تازه بخواهید یا با /agency درخواست بدهید.")


async def test_an_invitation_of_an_operator_is_named_once(town: Town) -> None:
    operator = town.operator
    await operator.says("/invite")
    await operator.presses("دعوت تازه")
    assert plain(await operator.says("کارشناس")).startswith("دعوت یک‌بارمصرف برای کارشناس سازمان، معتبر تا")
    assert "۱. کارشناس سازمان، تا ۲۳ آبان ۱۴۰۵" in plain(await operator.says("/invite"))


async def test_whoever_leaves_last_is_told_that_nobody_is_left(town: Town) -> None:
    sara, ali = town.sara, town.ali
    await joins(town, sara)
    await joins(town, ali, Role.HEAD)
    alone = "پس از شما یادآوری‌ها به کسی نمی‌رسد"
    await sara.says("/agency")
    assert alone in plain(await sara.presses("کنار رفتن"))
    colleague = Chat(sara.channel, person_id=6, first_name="مینا")
    await joins(town, colleague, Role.DEPUTY)
    await sara.says("/agency")
    assert alone not in plain(await sara.presses("کنار رفتن"))
