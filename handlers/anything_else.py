"""What is no question: commands that do not exist, and messages without words."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.enums import ContentType
from aiogram.types import Message

from bot.screens.frame import Desk, Screen
from handlers.addressed import in_private
from handlers.showing import reply

__all__ = ["router"]

#: What people send on purpose. UNKNOWN are contacts and places, which are left out before anything is stored.
SENT = {
    ContentType.ANIMATION, ContentType.AUDIO, ContentType.CONTACT, ContentType.DICE, ContentType.DOCUMENT,
    ContentType.GAME, ContentType.LOCATION, ContentType.PAID_MEDIA, ContentType.PHOTO, ContentType.POLL,
    ContentType.STICKER, ContentType.STORY, ContentType.UNKNOWN, ContentType.VENUE, ContentType.VIDEO,
    ContentType.VIDEO_NOTE, ContentType.VOICE,
}  # fmt: skip


def router() -> Router:
    router = Router(name="anything_else")
    router.message.register(unknown_command, F.func(in_private), F.text)
    router.message.register(only_text, F.func(in_private), F.content_type.in_(SENT))
    return router


async def unknown_command(message: Message, bot: Bot, desk: Desk) -> None:
    await reply(bot, message, Screen(desk.texts("unknown-command")))


async def only_text(message: Message, bot: Bot, desk: Desk, raw_state: str | None) -> None:
    """Whoever is filling in a form keeps it."""
    await reply(bot, message, Screen(desk.texts("only-text-in-form" if raw_state else "only-text")))
