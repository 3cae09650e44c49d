"""/start with and without a deep link, /help, and example questions."""

from __future__ import annotations

from aiogram import Bot, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.address_codes import address_from_start
from bot.introduction import introduce_to
from bot.ports import Person, Wakeups
from bot.remembered import Memory
from bot.screens.frame import Desk
from bot.screens.provisions import provision_screen
from bot.screens.welcome import help_screen, welcome_screen
from bot.survey_links import service_of
from handlers.addressed import in_private
from handlers.agencies import INVITATION_PREFIX, accept_invitation
from handlers.rating import open_link
from handlers.showing import reply
from reminders.use_cases import Reminders
from surveys.use_cases import Surveys

__all__ = ["router"]


def router() -> Router:
    router = Router(name="starting")
    router.message.register(start, CommandStart())
    router.message.register(show_help, Command("help"))
    return router


async def start(
    message: Message,
    bot: Bot,
    command: CommandObject,
    desk: Desk,
    state: FSMContext,
    reminders: Reminders,
    surveys: Surveys,
    person: Person,
    wakeups: Wakeups,
) -> None:
    parameter = command.args or ""
    if parameter.startswith(INVITATION_PREFIX):
        token = parameter.removeprefix(INVITATION_PREFIX)
        await accept_invitation(bot, message, token, desk, reminders, person, state, wakeups)
        return
    service_id = service_of(parameter)
    if service_id is not None:
        await open_link(bot, message.chat.id, service_id, desk, surveys, person, state)
        return
    address = address_from_start(parameter)
    if address is None or desk.corpus.get(address) is None:
        await state.set_data(Memory.read(await state.get_data()).with_shown(None).write())  # a new beginning
        await reply(bot, message, welcome_screen(desk, link_is_broken=parameter.startswith("a_")))
        return
    await state.set_data(Memory.read(await state.get_data()).with_shown(address).write())
    await reply(bot, message, provision_screen(desk, address))


async def show_help(message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person) -> None:
    """In a group nobody's places are told."""
    places = await reminders.list_places(person.id) if in_private(message) else ()
    memberships = [place.membership for place in places]
    if memberships:
        await introduce_to(bot, message.chat.id, desk.texts, memberships)
    await reply(bot, message, help_screen(desk, memberships))
