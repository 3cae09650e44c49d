"""What a person wishes of reminders, by buttons or typed: opened from /settings."""

from __future__ import annotations

from dataclasses import replace as changed

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.ports import Person, Wakeups
from bot.reminder_buttons import WishButton
from bot.rendering import cleaned
from bot.screens.agencies import form_screen
from bot.screens.frame import Desk
from bot.screens.wishes import SHOW, TYPE, wished, wishes_screen
from bot.states import Wishing
from handlers.addressed import in_private
from handlers.filling import begin_form, finish_form
from handlers.showing import replace, reply
from reminders.use_cases import Reminders
from reminders.wishes_input import parse_wishes

__all__ = ["router"]


def router() -> Router:
    router = Router(name="wishes")
    router.callback_query.register(show, WishButton.filter(F.wish == SHOW))
    router.callback_query.register(ask_numbers, WishButton.filter(F.wish == TYPE))
    router.callback_query.register(choose, WishButton.filter())
    router.message.filter(F.func(in_private))
    router.message.register(numbers_given, Wishing.typing, F.text, ~F.text.startswith("/"))
    return router


async def show(press: CallbackQuery, bot: Bot, desk: Desk, reminders: Reminders, person: Person) -> None:
    await replace(bot, press, wishes_screen(desk, await reminders.save_wishes.present(person.id)))


async def choose(
    press: CallbackQuery,
    callback_data: WishButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    wakeups: Wakeups,
) -> None:
    present = await reminders.save_wishes.present(person.id)
    try:
        wishes = wished(present, callback_data.wish)
    except ValueError:
        await press.answer(desk.texts.plain("channel-button-old"))
        return
    await reminders.save_wishes(person.id, wishes)
    wakeups.plan_soon()
    await press.answer(desk.texts.plain("settings-saved"))
    await replace(bot, press, wishes_screen(desk, await reminders.save_wishes.present(person.id)))


async def ask_numbers(press: CallbackQuery, bot: Bot, desk: Desk, state: FSMContext) -> None:
    form = await begin_form(state, Wishing.typing)
    await replace(bot, press, form_screen(desk, desk.texts("wishes-wanted"), form))


async def numbers_given(
    message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext, wakeups: Wakeups
) -> None:
    """What was not said stays as it was."""
    said = parse_wishes(cleaned(message.text or ""))
    wishes = await reminders.save_wishes.present(person.id)
    if said.leads is not None:
        wishes = changed(wishes, leads=said.leads)
    if said.hours is not None:
        wishes = changed(wishes, from_hour=said.hours[0], to_hour=said.hours[1])
    kept = await reminders.save_wishes(person.id, wishes)
    await finish_form(state)
    wakeups.plan_soon()
    await reply(bot, message, wishes_screen(desk, kept))
