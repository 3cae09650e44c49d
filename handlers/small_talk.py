"""Greetings, thanks, «تو کی هستی؟»: answered kindly, not kept as questions."""

from __future__ import annotations

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Filter
from aiogram.types import Message

from bot.screens.frame import Desk
from bot.screens.welcome import small_talk_screen
from bot.small_talk import SmallTalk, small_talk
from handlers.addressed import QuestionText
from handlers.showing import reply

__all__ = ["router"]


class IsSmallTalk(Filter):
    """Gives the handler `kind`; lets through what speaks to us and is small talk as a whole."""

    async def __call__(self, message: Message, bot: Bot) -> bool | dict[str, Any]:
        spoken = await QuestionText()(message, bot)
        kind = small_talk(spoken["question"]) if isinstance(spoken, dict) else None
        return {"kind": kind} if kind else False


def router() -> Router:
    router = Router(name="small_talk")
    router.message.register(answer_kindly, IsSmallTalk())
    return router


async def answer_kindly(message: Message, kind: SmallTalk, bot: Bot, desk: Desk) -> None:
    await reply(bot, message, small_talk_screen(desk, kind))
