"""Being taken into a group: one sentence on when we answer there."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.filters import JOIN_TRANSITION, ChatMemberUpdatedFilter
from aiogram.types import ChatMemberUpdated

from bot.screens.frame import Desk
from bot.screens.welcome import group_welcome_screen
from handlers.showing import send

__all__ = ["router"]


def router() -> Router:
    router = Router(name="groups")
    in_group = F.chat.type.in_({"group", "supergroup"})
    router.my_chat_member.register(joined, in_group, ChatMemberUpdatedFilter(JOIN_TRANSITION))
    return router


async def joined(event: ChatMemberUpdated, bot: Bot, desk: Desk) -> None:
    await send(bot, event.chat.id, group_welcome_screen(desk))
