"""A bot on a Bot API server: aiogram's session with our base URL, proxy, time limits and repeats."""

from __future__ import annotations

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import LinkPreviewOptions

from bot.sending import Sending

__all__ = ["telegram_bot"]

#: One request of a reply; polling adds its own waiting time.
REQUEST_LIMIT_S = 10.0


def telegram_bot(token: str, *, api_base: str, proxy: str, sending: Sending) -> Bot:
    """A bot that connects at its first call. `proxy` is "" or socks5://…, http://…; close it with
    `bot.session.close()`.
    """
    session = AiohttpSession(proxy=proxy or None, api=TelegramAPIServer.from_base(api_base), timeout=REQUEST_LIMIT_S)
    sending.equip(session)
    return Bot(
        token,
        session=session,
        default=DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview=LinkPreviewOptions(is_disabled=True)),
    )
