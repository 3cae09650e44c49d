"""The last operator is warned before being forgotten, and another one comes in by a code from the machine."""

from __future__ import annotations

from bot.callback_data import Forget, ForgetStep
from reminders.people import Role
from tests.conversation.test_agencys_people import id_of, joins, plain
from tests.support.town import Town


async def test_the_last_operator_is_warned_once_more(town: Town) -> None:
    operator = town.operator
    await operator.says("/forget")
    warned = await operator.presses("بله، همه را پاک کن")
    assert plain(warned).startswith("شما تنها کارشناس این سامانه هستید.")
    assert "python run.py operator-code" in plain(warned)
    assert await town.reminding.is_last_operator(await id_of(town, operator))
    assert plain(await operator.presses("نه، بماند")) == "بسیار خب، چیزی پاک نشد."
    await operator.says("/forget")
    await operator.presses("بله، همه را پاک کن")
    await operator.presses("بله، با این حال پاک کن")
    assert any("پاک شد" in line for line in operator.transcript)
    assert await town.reminding.list_places(await id_of(town, operator)) == []

    # Without a restart somebody else comes in by a code from the machine; an older code is void.
    older = await town.reminding.offer_first_operator.anew()
    code = await town.reminding.offer_first_operator.anew()
    assert "دعوت معتبر نیست" in plain(await town.sara.starts(f"i_{older}"))
    assert "کارشناس سازمان هستید" in plain(await town.sara.starts(f"i_{code}"))


async def test_others_are_not_warned(town: Town) -> None:
    operator, sara = town.operator, town.sara
    await joins(town, sara)
    invited = await town.reminding.invite(await id_of(town, operator), "", Role.OPERATOR)
    await town.ali.starts(f"i_{invited.token}")
    for chat in (sara, operator):
        await chat.says("/forget")
        await chat.presses("بله، همه را پاک کن")
        assert await town.reminding.list_places(await id_of(town, chat)) == []
    # Now the second operator is the last one.
    await town.ali.says("/forget")
    assert "تنها کارشناس" in plain(await town.ali.presses("بله، همه را پاک کن"))


async def test_a_forged_press_forgets_only_whoever_pressed(town: Town) -> None:
    await town.sara.says("سلام")
    await town.sara.presses_data(Forget(step=ForgetStep.YES_AS_LAST).pack(), town.sara.last.message_id)
    assert await town.reminding.is_last_operator(await id_of(town, town.operator))
