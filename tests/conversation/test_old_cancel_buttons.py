"""«انصراف» beneath an old question says that its form is over; what was begun since goes on, be it the same form anew."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.remembered import Memory
from bot.states import OpenForm
from reminders.people import Role
from tests.conversation.test_agencys_people import ICT, id_of, joins, plain
from tests.support.chats import BOT_ID, PLATFORM, Chat, Shown
from tests.support.town import Town

CANCEL = "انصراف"
OVER = "این فرم پیش‌تر به پایان رسیده است."
GOES_ON = f"{OVER} کاری که اکنون در دست دارید سر جایش است؛ از آخرین پیام ادامه دهید."
GIVEN_UP = "بسیار خب، کنار گذاشتم."
Opener = Callable[[Chat], Awaitable[Shown]]


def by(command: str, *labels: str) -> Opener:
    async def opens(chat: Chat) -> Shown:
        shown = await chat.says(command)
        for label in labels:
            await chat.presses(label)
            shown = chat.messages[max(shown.message_id, chat.last.message_id)]
        return shown

    return opens


FORMS: dict[str, Opener] = {
    "join": by("/agency", "پیوستن به یک دستگاه"),
    "join, agency typed": by("/agency ثبت احوال"),
    "join, role": by("/agency ثبت احوال", "سازمان ثبت احوال کشور"),
    "leave": by("/agency", "مدتی نیستم"),
    "invite": by("/operator", "دعوت تازه"),
    "closure": by("/closures", "افزودن روز تعطیل"),
    "broadcast": by("/broadcast"),
    "import": by("/operator", "افزودن دستگاه"),
    "wishes": by("/settings", "یادآوری‌ها", "عدد دلخواه"),
    "name": by("/settings", "نام"),
    "rate": by("/rate"),
    "rate, not found": by("/rate خدمتی که نیست"),
    "track": by("/track"),
    "event": by("نقشه راه دولت هوشمند در ۱۴۰۴/۰۱/۳۰ تصویب شد"),
}


async def form_of(town: Town, chat: Chat) -> OpenForm:
    key = f"{PLATFORM}:{BOT_ID}:{chat.person_id}:{chat.person_id}"
    kept = await town.reminding.storage.states.get(key)
    state, data = kept.state, kept.data
    return OpenForm(state.partition(":")[0], Memory.read(data).forms) if state else OpenForm()


@pytest.fixture
async def expert(town: Town) -> Chat:
    """An operator who acts for an agency, too: every form is open to them."""
    invited = await town.reminding.invite(await id_of(town, town.operator), ICT, Role.REPRESENTATIVE)
    await town.operator.starts(f"i_{invited.token}")
    return town.operator


@pytest.mark.parametrize("name", FORMS)
async def test_begun_anew(town: Town, expert: Chat, name: str) -> None:
    old = await FORMS[name](expert)
    assert CANCEL in old.buttons
    new = await FORMS[name](expert)
    assert new.message_id != old.message_id
    begun = await form_of(town, expert)
    assert begun.name
    await expert.presses(CANCEL, on=old)
    assert plain(expert.messages[old.message_id]) == GOES_ON
    assert await form_of(town, expert) == begun
    await expert.presses(CANCEL, on=new)
    assert plain(expert.messages[new.message_id]) == GIVEN_UP
    assert (await form_of(town, expert)).name == ""


async def test_every_form_leaves_the_next_one_alone(town: Town, expert: Chat) -> None:
    names = list(FORMS)
    old = await FORMS[names[-1]](expert)
    for name in names:
        new = await FORMS[name](expert)
        begun = await form_of(town, expert)
        await expert.presses(CANCEL, on=old)
        assert plain(expert.messages[old.message_id]) == GOES_ON, name
        assert await form_of(town, expert) == begun, name
        old = new


async def test_nothing_else_is_open(town: Town, expert: Chat) -> None:
    old = await FORMS["leave"](expert)
    await expert.says("۳ روز")
    await expert.presses(CANCEL, on=old)
    assert plain(expert.messages[old.message_id]) == OVER


async def test_an_old_skip_button_sends_no_request(town: Town, expert: Chat) -> None:
    """«گذشتن از این گام» of an invitation, pressed while somebody fills in their own request."""
    await by("/operator", "دعوت تازه")(expert)
    await expert.says("ثبت احوال")
    await expert.presses("سازمان ثبت احوال کشور")
    await expert.presses("نماینده")
    asked = await expert.says("۷")
    assert "گذشتن از این گام" in asked.buttons
    await by("/agency ثبت احوال", "سازمان ثبت احوال کشور")(expert)
    await expert.presses("نماینده")
    assert (await form_of(town, expert)).name == "Joining"
    await expert.presses("گذشتن از این گام", on=asked)
    assert expert.toasts[-1].startswith("این دکمه زیر پیامی قدیمی است")
    assert await town.reminding.list_joining(await id_of(town, expert)) == []
    assert (await form_of(town, expert)).name == "Joining"


async def test_a_report_that_is_over(town: Town) -> None:
    sara = town.sara
    await joins(town, sara)
    await sara.says("/obligations")
    details = await sara.presses("۱")
    old = await sara.presses("گزارش انجام", on=details)
    await sara.presses(CANCEL)
    await FORMS["leave"](sara)
    await sara.presses_data("hx:000000000000:1", old.message_id)
    assert plain(sara.messages[old.message_id]) == GOES_ON
