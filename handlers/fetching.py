"""Fetches the files that people send."""

from __future__ import annotations

import io

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

__all__ = ["fetched"]


async def fetched(bot: Bot, file_id: str) -> bytes | None:
    """The file's bytes; None while the platform does not give them."""
    content = io.BytesIO()
    try:
        await bot.download(file_id, content)
    except (TelegramAPIError, OSError, TimeoutError):
        return None
    return content.getvalue()
