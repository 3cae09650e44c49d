"""One sender a platform: takes a rendered message, tries it once, and says how that ended in the ledger's words."""

from __future__ import annotations

import datetime as dt
import logging
import os
from dataclasses import dataclass
from typing import Final, Protocol

import httpx
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from telegram import Bot as BulkBot
from telegram import InlineKeyboardButton as BulkButton
from telegram import InlineKeyboardMarkup as BulkKeyboard
from telegram import LinkPreviewOptions
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from bot.gate import Gate
from reminders.ledger import Attempt, Ending

__all__ = ["BotApiSender", "ChatSender", "Rendered", "Sender", "bulk_bot", "close_bulk_bot"]

#: What Telegram answers about people whom no retry will reach.
_UNREACHABLE: Final = ("chat not found", "user is deactivated", "bot can't initiate conversation", "peer_id_invalid")
#: Errors of httpx that came before the request had left this machine.
_NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
REQUEST_LIMIT_S: Final = 15.0


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as a platform takes it: Telegram HTML, and rows of (label, callback data)."""

    text: str
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()


class Sender(Protocol):
    """Sends one message, once."""

    async def send(self, chat_id: int, message: Rendered) -> Attempt:
        """How it ended; raises nothing that a platform may cause."""
        ...


def bulk_bot(token: str, *, api_base: str, proxy: str, connections: int) -> BulkBot:
    """python-telegram-bot's bot over `connections` connections; connects at its first call; see `close_bulk_bot`."""
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # spans as timedelta; without it the library warns at every 429
    logging.getLogger("httpx").setLevel(logging.WARNING)  # its INFO lines hold the token
    request = HTTPXRequest(
        connection_pool_size=connections,
        read_timeout=REQUEST_LIMIT_S,
        connect_timeout=REQUEST_LIMIT_S,
        pool_timeout=REQUEST_LIMIT_S,
        proxy=proxy or None,
    )
    return BulkBot(token, base_url=f"{api_base}/bot", base_file_url=f"{api_base}/file/bot", request=request)


async def close_bulk_bot(bot: BulkBot) -> None:
    """Closes its connections; `Bot.shutdown` does so only for bots that asked the server who they are."""
    for request in bot._request:
        await request.shutdown()


class BotApiSender:
    """Sends through python-telegram-bot, behind the gate that the conversation shares."""

    def __init__(self, bot: BulkBot, gate: Gate) -> None:
        self._bot, self._gate = bot, gate

    async def send(self, chat_id: int, message: Rendered) -> Attempt:
        await self._gate.admit(chat_id, bulk=True)
        keyboard = [[BulkButton(label, callback_data=data) for label, data in row] for row in message.buttons]
        try:
            sent = await self._bot.send_message(
                chat_id,
                message.text,
                parse_mode="HTML",
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=BulkKeyboard(keyboard) if keyboard else None,
            )
        except RetryAfter as error:
            seconds = _seconds(error.retry_after)
            self._gate.slowed(chat_id, seconds)
            return Attempt(Ending.SLOWED, reason="429", retry_after_s=seconds)
        except TelegramError as error:
            return _ended(error)
        return Attempt(Ending.SENT, message_id=sent.message_id)


def _seconds(span: dt.timedelta | int) -> float:
    return span.total_seconds() if isinstance(span, dt.timedelta) else float(span)


def _ended(error: TelegramError) -> Attempt:
    reason = " ".join(str(error).split())[:_REASON_MAX]
    if isinstance(error, Forbidden) or any(words in error.message.lower() for words in _UNREACHABLE):
        return Attempt(Ending.BLOCKED, reason=reason)
    if isinstance(error, BadRequest | ChatMigrated):
        return Attempt(Ending.REFUSED, reason=reason)
    if isinstance(error, NetworkError | TimedOut):
        sent = not isinstance(error.__cause__, _NOT_SENT)
        return Attempt(Ending.UNANSWERED if sent else Ending.UNREACHED, reason=reason)
    return Attempt(Ending.UNREACHED, reason=reason)  # a wrong token and the like: the same for everybody


_REASON_MAX: Final = 200


class ChatSender:
    """Sends into the chats that we keep ourselves (the web): stored, and shown at once or at the next visit."""

    def __init__(self, bot: Bot) -> None:
        """`bot` is the in-process channel's."""
        self._bot = bot

    async def send(self, chat_id: int, message: Rendered) -> Attempt:
        rows = [[InlineKeyboardButton(text=label, callback_data=data) for label, data in r] for r in message.buttons]
        try:
            sent = await self._bot.send_message(
                chat_id, message.text, reply_markup=InlineKeyboardMarkup(inline_keyboard=rows) if rows else None
            )
        except TelegramBadRequest as error:
            return Attempt(Ending.REFUSED, reason=error.message[:_REASON_MAX])
        except Exception as error:
            return Attempt(Ending.UNREACHED, reason=type(error).__name__)
        return Attempt(Ending.SENT, message_id=sent.message_id)
