"""Greetings, thanks, «تو کی هستی؟»: answered kindly, not kept as questions."""

from __future__ import annotations

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Filter
from aiogram.types import Message

from bot.ports import Person
from bot.screens.frame import Desk
from bot.screens.welcome import small_talk_screen
from bot.small_talk import SmallTalk, small_talk
from handlers.addressed import QuestionText, in_private
from handlers.showing import reply
from reminders.use_cases import Reminders

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


async def answer_kindly(
    message: Message, kind: SmallTalk, bot: Bot, desk: Desk, reminders: Reminders, person: Person
) -> None:
    asks = kind is SmallTalk.HELP and in_private(message)
    places = [place.membership for place in await reminders.list_places(person.id)] if asks else []
    await reply(bot, message, small_talk_screen(desk, kind, places))
