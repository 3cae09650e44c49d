"""Which messages are questions to us: every text of a private chat; in a group those that name us or answer us."""

from __future__ import annotations

import re
from typing import Any

from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import Message

from bot.rendering import cleaned

__all__ = ["CaptionText", "QuestionText", "in_private"]


def in_private(message: Message) -> bool:
    return message.chat.type == ChatType.PRIVATE


class QuestionText(Filter):
    """Gives handlers `question`: the text without our name."""

    async def __call__(self, message: Message, bot: Bot) -> bool | dict[str, Any]:
        if message.text is None or message.text.startswith("/"):
            return False
        if in_private(message):
            return {"question": cleaned(message.text)}
        named = rf"(?i)@{re.escape((await bot.me()).username or '')}(?!\w)"
        if not _answers(message, bot) and not re.search(named, message.text):
            return False
        return {"question": cleaned(re.sub(named, " ", message.text))}


class CaptionText(Filter):
    """Gives handlers `question`: what is written under a picture or a file that somebody sent us alone."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        question = cleaned(message.caption or "") if in_private(message) else ""
        return {"question": question} if question else False


def _answers(message: Message, bot: Bot) -> bool:
    answered = message.reply_to_message
    return answered is not None and answered.from_user is not None and answered.from_user.id == bot.id
