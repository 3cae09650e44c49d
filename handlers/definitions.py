"""/definitions: terms that the regulations use in a meaning of their own."""

from __future__ import annotations

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callback_data import Definitions
from bot.screens.definitions import definitions_screen
from bot.screens.frame import Desk
from handlers.showing import replace, reply

__all__ = ["router"]


def router() -> Router:
    router = Router(name="definitions")
    router.message.register(list_definitions, Command("definitions"))
    router.callback_query.register(show_definitions, Definitions.filter())
    return router


async def list_definitions(message: Message, bot: Bot, desk: Desk) -> None:
    await reply(bot, message, definitions_screen(desk))


async def show_definitions(press: CallbackQuery, callback_data: Definitions, bot: Bot, desk: Desk) -> None:
    await replace(bot, press, definitions_screen(desk, callback_data.regulation, page=callback_data.page))
