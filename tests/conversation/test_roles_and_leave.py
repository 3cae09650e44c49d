"""What representatives, deputies and heads hear: reminders, decisions, leaves; and that their screens say so."""

from __future__ import annotations

from reminders.duties import DutyStanding
from reminders.duty import DutyKey
from reminders.people import Role
from tests.conversation.test_agencys_people import id_of, joins, plain
from tests.support.chats import Chat
from tests.support.town import Town


def another(town: Town, person_id: int, name: str) -> Chat:
    return Chat(town.sara.channel, person_id=person_id, first_name=name)


async def team(town: Town) -> tuple[Chat, Chat, Chat]:
    """Sara represents, Ali is the deputy, Mina the head."""
    sara, ali, mina = town.sara, another(town, 3, "علی"), another(town, 4, "مینا")
    for chat, role in ((sara, Role.REPRESENTATIVE), (ali, Role.DEPUTY), (mina, Role.HEAD)):
        await joins(town, chat, role)
    return sara, ali, mina


async def upcoming(town: Town, chat: Chat) -> DutyKey:
    (duties,) = await town.reminding.list_duties(await id_of(town, chat))
    return next(row for row in duties.rows if row.standing == DutyStanding.UPCOMING).line.key


async def hear(town: Town, *chats: Chat) -> list[str]:
    """What is new to each."""
    before = [len(chat.transcript) for chat in chats]
    await town.delivered()
    for chat in chats:
        await chat.catch_up()
    return [" ".join(chat.transcript[n:]).replace("\xa0", " ") for chat, n in zip(chats, before, strict=True)]


async def decided(town: Town, by: Chat, key: DutyKey) -> None:
    report = await town.reminding.report_done(await id_of(town, by), key, "فرستاده شد")
    await town.reminding.decide_report(await id_of(town, town.operator), report.id, False, reason="امضا ندارد.")


async def test_roles_say_what_they_do(town: Town) -> None:
    sara, ali, mina = await team(town)
    assert "وقتی نماینده در دسترس نیست" in plain(ali.last)
    assert "نتیجه بررسی را می‌شنوید" in plain(await sara.says("/agency"))
    assert "گزارش را همیشه می‌توانید با /done بدهید" in plain(await ali.says("/agency"))
    assert "از موعدشان گذشته و گزارش نشده‌اند" in plain(await mina.says("/agency"))
    newcomer = another(town, 8, "رضا")
    await newcomer.says("/agency ثبت احوال")
    offered = plain(await newcomer.presses("سازمان ثبت احوال کشور"))
    assert "• جانشین، وقتی نماینده در دسترس نیست" in offered


async def test_decisions_reach_whom_the_reminders_reach_and_who_reported(town: Town) -> None:
    sara, ali, mina = await team(town)
    key = await upcoming(town, sara)
    await town.delivered()

    await decided(town, sara, key)
    assert ["امضا ندارد." in said for said in await hear(town, sara, ali, mina)] == [True, False, False]

    await decided(town, ali, key)  # the deputy reported: both hear
    assert ["امضا ندارد." in said for said in await hear(town, sara, ali, mina)] == [True, True, False]

    await town.reminding.hand_over(await id_of(town, sara), key, await id_of(town, ali))
    await hear(town, sara, ali)
    await decided(town, ali, key)  # handed to the deputy, who is reminded alone
    assert ["امضا ندارد." in said for said in await hear(town, sara, ali, mina)] == [False, True, False]

    await town.reminding.hand_over(await id_of(town, sara), key, None)
    await sara.says("۱۰ روز نیستم")
    await hear(town, sara, ali)
    await decided(town, ali, key)
    assert ["امضا ندارد." in said for said in await hear(town, sara, ali, mina)] == [False, True, False]


async def test_a_leave_its_change_and_the_return_are_told(town: Town) -> None:
    sara, ali, mina = await team(town)
    told = plain(await sara.says("تا ۱۰ روز دیگر نیستم"))
    assert (
        told
        == "ثبت شد. تا ۲۶ آبان ۱۴۰۵ نیستید.\nبه ۱ همکارتان خبر داده می‌شود.\nیادآوری‌ها تا آن روز به همکارانتان می‌رسد."
    )
    said = await hear(town, ali, mina)
    assert (
        "سارا از «وزارت ارتباطات و فناوری اطلاعات» تا ۲۶ آبان ۱۴۰۵ در دسترس نیست. تا آن روز یادآوری‌ها به شما می‌رسد."
        in said[0]
    )
    assert said[1] == ""

    assert "به ۱ همکارتان" in plain(await sara.says("تا ۲۰ آبان نیستم"))  # another day, told the same day
    assert "تا ۲۰ آبان ۱۴۰۵ در دسترس نیست" in (await hear(town, ali))[0]

    await sara.says("/agency")
    await sara.presses("برگشتم")
    assert "سارا به «وزارت ارتباطات و فناوری اطلاعات» برگشت" in (await hear(town, ali))[0]
    await sara.says("/agency")
    assert "برگشتم" not in sara.last.buttons


async def test_the_deputy_of_two_representatives_is_told_who_takes_over(town: Town) -> None:
    sara, ali, _ = await team(town)
    reza = another(town, 5, "رضا")
    await joins(town, reza)
    assert "به ۲ همکارتان" in plain(await sara.says("۱۰ روز نیستم"))
    of_ali, of_reza = await hear(town, ali, reza)
    assert "یادآوری‌ها به همکار دیگرتان می‌رسد" in of_ali
    assert "یادآوری‌ها مانند پیش به شما می‌رسد" in of_reza  # who was reminded all along
    assert "رضا از" in (await reza.says("۵ روز نیستم"), (await hear(town, ali))[0])[1]


async def test_when_all_are_away_it_is_said(town: Town) -> None:
    sara, ali, _ = await team(town)
    await ali.says("۱۰ روز نیستم")
    told = plain(await sara.says("۱۰ روز نیستم"))
    assert "در وزارت ارتباطات و فناوری اطلاعات همکار دیگری در دسترس نیست؛ یادآوری‌های آن همچنان به شما می‌رسد." in told


async def test_whoever_is_away_is_marked_where_a_duty_is_handed_over(town: Town) -> None:
    sara, ali, _ = await team(town)
    await ali.says("۱۰ روز نیستم")
    await sara.says("/obligations")
    await sara.presses("۱")
    await sara.presses("سپردن به همکار")
    assert "علی (تا ۲۶ آبان ۱۴۰۵ نیست)" in [label.replace("\xa0", " ") for label in sara.last.buttons]


async def test_a_deputys_leave_moves_no_reminder(town: Town) -> None:
    sara, ali, mina = await team(town)
    await ali.says("۱۰ روز نیستم")
    of_sara, of_mina = await hear(town, sara, mina)
    assert "یادآوری‌ها مانند پیش به شما می‌رسد، یادآوری آنچه به او سپرده شده بود هم." in of_sara
    assert of_mina == ""
    await ali.says("/agency")
    assert plain(await ali.presses("برگشتم")) == "خوش برگشتید."  # the reminders go to Sara
    assert (await hear(town, sara))[0].endswith("علی به «وزارت ارتباطات و فناوری اطلاعات» برگشت.")


async def test_a_heads_leave_concerns_nobody(town: Town) -> None:
    sara, ali, mina = await team(town)
    told = plain(await mina.says("۱۰ روز نیستم"))
    assert told == (
        "ثبت شد. تا ۲۶ آبان ۱۴۰۵ نیستید.\nیادآوری‌ها مانند پیش به همکارانتان می‌رسد و خبر تکلیف‌های از موعد گذشته به شما."
    )
    assert await hear(town, sara, ali) == ["", ""]


async def test_a_head_is_not_asked_to_sort_what_was_past(town: Town) -> None:
    _, ali, mina = await team(town)
    assert "مشخص کردن تکلیف‌های گذشته" in ali.last.buttons
    assert mina.last.keyboard == []
    assert "پیش از پیوستن شما" not in plain(mina.last)


async def test_a_deputy_takes_a_duty_upon_themselves(town: Town) -> None:
    sara, ali, mina = await team(town)
    key = await upcoming(town, ali)
    await ali.says("/obligations")
    await ali.presses("۱")
    await ali.presses("سپردن به همکار")
    assert "یادآوری آن تنها به شما می‌رسد" in plain(await ali.presses("خودم پیگیری می‌کنم"))
    assert (await town.reminding.show_duty(await id_of(town, ali), key)).row.assignee == await id_of(town, ali)
    assert "از این پس با علی است" in (await hear(town, sara))[0]
    town.clock.move(days=3)  # a week before
    of_ali, of_sara = await hear(town, ali, sara)
    action = town.reminding.law.register.by_id[key.obligation_id].action
    assert action in of_ali
    assert "یادآوری امروز" in of_sara  # of another duty of that day
    assert action not in of_sara
    await mina.says("/obligations")
    await mina.presses("۱")
    await mina.presses("سپردن به همکار")
    assert "خودم پیگیری می‌کنم" not in mina.last.buttons  # heads hear of what is overdue only


async def test_the_history_says_who_was_reminded_and_who_reported(town: Town) -> None:
    sara, ali, mina = await team(town)
    key = await upcoming(town, sara)
    town.clock.move(days=17)  # the head hears of it, too
    await town.delivered()
    await town.reminding.report_done(await id_of(town, ali), key, "فرستاده شد")
    await mina.says("/obligations")
    await mina.presses("در انتظار تأیید")
    shown = plain(await mina.presses("۱"))
    assert "۳ آذر ۱۴۰۵: یادآوری به سارا، رسید" in shown
    assert "۳ آذر ۱۴۰۵: یادآوری به مینا، رسید" in shown
    assert "۳ آذر ۱۴۰۵: گزارش انجام از علی، در انتظار تأیید" in shown


async def test_a_snooze_says_that_it_comes_back(town: Town) -> None:
    """Also to those whom the usual reminders do not reach: on that day they hear of it."""
    _, ali, _ = await team(town)
    await ali.says("/obligations")
    await ali.presses("۱")
    await ali.presses("یادآوری دیرتر")
    assert plain(await ali.presses("۳ روز")).endswith("آن روز دوباره یادآوری می‌کنم.")
    await town.delivered()
    town.clock.move(days=3)
    assert "یادآوری امروز" in (await hear(town, ali))[0]


async def test_mine_and_my_agencys(town: Town) -> None:
    sara, ali, _ = await team(town)
    assert not any(label.startswith("سپرده به من") for label in (await ali.says("/obligations")).buttons)
    key = await upcoming(town, sara)
    await town.reminding.hand_over(await id_of(town, sara), key, await id_of(town, ali))
    action = town.reminding.law.register.by_id[key.obligation_id].action
    assert f"{action}\n۲۶ آبان ۱۴۰۵، ۱۰ روز مانده\nپیگیری با: علی" in plain(await sara.says("/obligations"))
    assert not any(label.startswith("سپرده به من") for label in sara.last.buttons)

    listed = await ali.says("/obligations")
    assert "پیگیری با" not in plain(listed)
    mine = await ali.presses("سپرده به من (۱)")
    assert "سپرده به من: ۱ مورد" in plain(mine)
    assert action in plain(mine)
    await ali.presses("۱", on=mine)
    assert plain(await ali.presses("بازگشت به فهرست")) == plain(mine)
    await town.reminding.report_done(await id_of(town, ali), key, "فرستاده شد")
    assert "سپرده به من (۱)" in (await ali.says("/obligations")).buttons  # it may come back
    (report,) = await town.reminding.decide_report.pending(await id_of(town, town.operator))
    await town.reminding.decide_report(await id_of(town, town.operator), report.id, True)
    assert not any(label.startswith("سپرده به من") for label in (await ali.says("/obligations")).buttons)


async def test_who_is_not_reminded_any_more_is_told(town: Town) -> None:
    """A head gives the representative's duty to the deputy: nobody goes on waiting for its reminders."""
    sara, ali, mina = await team(town)
    key = await upcoming(town, sara)
    await town.reminding.hand_over(await id_of(town, mina), key, await id_of(town, ali))
    of_sara, of_ali, of_mina = await hear(town, sara, ali, mina)
    assert "پیگیری این تکلیف از این پس با علی است و یادآوری آن به او می‌رسد" in of_sara
    assert sara.last.buttons == ["افزودن به تقویم", "جزئیات"]
    assert "مینا پیگیری این تکلیف را به شما سپرد" in of_ali
    assert of_mina == ""

    await town.reminding.hand_over(await id_of(town, sara), key, await id_of(town, sara))  # who does it knows it
    assert ["این پس با سارا است" in said for said in await hear(town, sara, ali)] == [False, True]
    await town.reminding.hand_over(await id_of(town, mina), key, await id_of(town, ali))
    await town.reminding.hand_over(await id_of(town, mina), key, None)  # before it was told
    assert await hear(town, sara, ali) == ["", ""]
