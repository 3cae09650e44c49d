"""/cancel, in every state."""

from __future__ import annotations

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.screens.frame import Desk, Screen
from handlers.showing import reply

__all__ = ["router"]


def router() -> Router:
    router = Router(name="cancelling")
    router.message.register(cancel, Command("cancel"))
    return router


async def cancel(message: Message, bot: Bot, desk: Desk, state: FSMContext, raw_state: str | None) -> None:
    await state.set_state(None)
    await reply(bot, message, Screen(desk.texts("cancelled" if raw_state else "nothing-to-cancel")))
