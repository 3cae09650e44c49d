"""What a person wishes of reminders: opened from /settings."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery

from bot.ports import Person, Wakeups
from bot.reminder_buttons import WishButton
from bot.screens.frame import Desk
from bot.screens.wishes import SHOW, wished, wishes_screen
from handlers.showing import replace
from reminders.use_cases import Reminders

__all__ = ["router"]


def router() -> Router:
    router = Router(name="wishes")
    router.callback_query.register(show, WishButton.filter(F.wish == SHOW))
    router.callback_query.register(choose, WishButton.filter())
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
