"""/settings, /privacy and /forget."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace as changed

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callback_data import Forget, ForgetStep, SetChoice
from bot.introduction import introduce_to
from bot.ports import People, Person
from bot.screens.frame import Desk, Screen
from bot.screens.personal import forget_screen, forgotten_screen, last_operator_screen, privacy_screen, settings_screen
from handlers.showing import replace, reply
from reminders.names import name_of
from reminders.use_cases import Reminders

__all__ = ["router"]


def router() -> Router:
    router = Router(name="personal")
    router.message.register(show_settings, Command("settings"))
    router.message.register(show_privacy, Command("privacy"))
    router.message.register(offer_to_forget, Command("forget"))
    router.callback_query.register(choose, SetChoice.filter())
    router.callback_query.register(forget, Forget.filter())
    return router


async def show_settings(message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person) -> None:
    await reply(bot, message, settings_screen(desk, name=await _name(reminders, person)))


async def _name(reminders: Reminders, person: Person) -> str | None:
    """What the person is called in their places; None for who has none."""
    memberships = [place.membership for place in await reminders.list_places(person.id)]
    return name_of(memberships) if memberships else None


async def choose(
    press: CallbackQuery,
    callback_data: SetChoice,
    bot: Bot,
    desk: Desk,
    people: People,
    reminders: Reminders,
    person: Person,
) -> None:
    try:
        preferences = desk.preferences.with_choice(callback_data.setting, callback_data.value)
    except ValueError:
        await press.answer(desk.texts.plain("channel-button-old"))
        return
    await people.save_settings(person.id, {**person.settings, **preferences.as_settings()})
    await press.answer(desk.texts.plain("settings-saved"))
    screen = settings_screen(changed(desk, preferences=preferences), name=await _name(reminders, person))
    await replace(bot, press, screen)


async def show_privacy(message: Message, bot: Bot, desk: Desk, question_text_days: int) -> None:
    await reply(bot, message, privacy_screen(desk, question_text_days=question_text_days))


async def offer_to_forget(message: Message, bot: Bot, desk: Desk) -> None:
    await reply(bot, message, forget_screen(desk))


async def forget(
    press: CallbackQuery,
    callback_data: Forget,
    bot: Bot,
    desk: Desk,
    people: People,
    reminders: Reminders,
    person: Person,
    forget_files: Callable[[int], Awaitable[None]],
) -> None:
    match callback_data.step:
        case ForgetStep.ASK:
            await replace(bot, press, forget_screen(desk))
        case ForgetStep.NO:
            await replace(bot, press, Screen(desk.texts("kept")))
        case ForgetStep.YES if await reminders.is_last_operator(person.id):
            await replace(bot, press, last_operator_screen(desk))
        case ForgetStep.YES | ForgetStep.YES_AS_LAST:
            await forget_files(person.platform_id)
            screen = forgotten_screen(desk, await people.forget(person.id))
            if press.message is not None:
                await introduce_to(bot, press.message.chat.id, desk.texts, ())
            await replace(bot, press, screen)
