"""What a person is called: asked of who joined without a name, changed from /settings."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from bot.ports import Person
from bot.reminder_buttons import DutyTab, NameButton
from bot.rendering import cleaned
from bot.screens.agencies import places_screen
from bot.screens.duties import duties_screen
from bot.screens.frame import Desk, Screen
from bot.screens.naming import name_wanted_screen, named
from bot.screens.personal import settings_screen
from bot.states import Naming
from handlers.addressed import in_private
from handlers.filling import begin_form, finish_form
from handlers.showing import replace, reply
from reminders.names import is_nameless, name_of
from reminders.use_cases import Reminders

__all__ = ["asks_for_name", "router"]


def router() -> Router:
    router = Router(name="naming")
    router.message.filter(F.func(in_private))
    for step in (Naming.before_agencies, Naming.before_duties, Naming.before_settings):
        router.message.register(name_given, step, F.text, ~F.text.startswith("/"))
    router.callback_query.register(change_name, NameButton.filter())
    return router


async def asks_for_name(
    bot: Bot, message: Message, desk: Desk, reminders: Reminders, person: Person, state: FSMContext, step: State
) -> bool:
    """Whether the person must say first what they are called; then they are asked, and `step` says what follows."""
    if not is_nameless([place.membership for place in await reminders.list_places(person.id)]):
        return False
    form = await begin_form(state, step)
    await reply(bot, message, name_wanted_screen(desk, form))
    return True


async def change_name(
    press: CallbackQuery, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext
) -> None:
    places = await reminders.list_places(person.id)
    form = await begin_form(state, Naming.before_settings)
    await replace(bot, press, name_wanted_screen(desk, form, name_of([place.membership for place in places])))


async def name_given(
    message: Message,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
    raw_state: str | None,
) -> None:
    """Then what the person wanted in the first place."""
    name = await reminders.name_person(person.id, cleaned(message.text or ""))
    await finish_form(state)
    screen = await _wanted(desk, reminders, person, raw_state, name)
    await reply(bot, message, named(desk, name, screen))


async def _wanted(desk: Desk, reminders: Reminders, person: Person, step: str | None, name: str) -> Screen:
    if step == Naming.before_duties.state:
        return duties_screen(desk, await reminders.list_duties(person.id), DutyTab(), person.id)
    if step == Naming.before_agencies.state:
        return places_screen(desk, await reminders.list_places(person.id))
    return settings_screen(desk, name=name)
