"""What every update passes on its way to a handler: flood limit, person, time limit; and what catches it when it falls.

Outer middlewares of the dispatcher, the same on every channel. They speak through `texts(key)` only and log no word
of anybody.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import traceback
from collections.abc import Awaitable, Callable
from pathlib import PurePath
from typing import Any, cast

from aiogram import BaseMiddleware, Bot
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.middlewares.user_context import EventContext
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import TelegramForbiddenError
from aiogram.types import ErrorEvent, Message, TelegramObject, Update

from bot.flood_limit import FloodLimit, Verdict
from bot.fluent_texts import Texts
from bot.outcomes import FAILED, Failed
from bot.ports import People
from bot.sending import answered_queries

__all__ = ["CallbacksAnswered", "Flood", "KnownPerson", "LastResort", "TimeLimit", "place_of"]

log = logging.getLogger(__name__)

#: Frames of our own code that the log shows of an error.
FRAMES_SHOWN = 4

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
Clock = Callable[[], dt.datetime]


class CallbacksAnswered(BaseMiddleware):
    """Every callback query is answered exactly once: by its handler, else here; one that no handler knows is called
    old.
    """

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        query = event.callback_query if isinstance(event, Update) else None
        if query is None:
            return await handler(event, data)
        answered: set[str] = set()
        data["answered"] = answered
        token = answered_queries.set(answered)
        try:
            response = await handler(event, data)
            if query.id not in answered:
                await query.answer(self._texts.plain("channel-button-old") if response is UNHANDLED else None)
            return response
        finally:
            answered_queries.reset(token)


class Flood(BaseMiddleware):
    """Stops a person who is too fast: one polite warning, then silence until calm. Groups are never warned."""

    def __init__(self, limit: FloodLimit, texts: Texts) -> None:
        self._limit, self._texts = limit, texts

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        update, bot = cast(Update, event), cast(Bot, data["bot"])
        person = data.get("event_from_user")
        if person is None or not _for_the_bot(update, bot):
            return await handler(event, data)
        verdict = self._limit.take((data["platform"], person.id), _cost(update))
        if verdict is Verdict.PASS:
            return await handler(event, data)
        if verdict is Verdict.WARN:
            log.info("%s: somebody is too fast, warned", data["platform"])
            await self._warn(update)
        return None

    async def _warn(self, update: Update) -> None:
        if update.callback_query is not None:
            await update.callback_query.answer(self._texts.plain("channel-too-fast"), show_alert=True)
        elif update.message is not None and update.message.chat.type == ChatType.PRIVATE:
            await update.message.answer(self._texts("channel-too-fast"))


class KnownPerson(BaseMiddleware):
    """Gives handlers `person`; notes who blocked the bot or came back. Lets be what nobody sent (a channel's post)."""

    def __init__(self, people: People, clock: Clock) -> None:
        self._people, self._clock = people, clock

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        who = data.get("event_from_user")
        if who is None:
            return None
        if _blocks(cast(Update, event)):
            await self._people.mark_blocked(data["platform"], who.id, self._clock())
            return None
        data["person"] = await self._people.seen(data["platform"], who.id, self._clock())
        return await handler(event, data)


class TimeLimit(BaseMiddleware):
    """Ends a handler that hangs, so that its person hears of it and the next update gets its turn."""

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        async with asyncio.timeout(self._limit_s):
            return await handler(event, data)


class LastResort:
    """The dispatcher's error handler: logs what failed without anybody's words, and says one sentence to who waits."""

    def __init__(self, people: People, clock: Clock, texts: Texts) -> None:
        self._people, self._clock, self._texts = people, clock, texts

    async def caught(
        self,
        event: ErrorEvent,
        platform: str,
        event_context: EventContext | None = None,
        answered: set[str] | None = None,
    ) -> Failed | None:
        """FAILED, or None when somebody blocked the bot: that is no failure."""
        update, error = event.update, event.exception
        if isinstance(error, TelegramForbiddenError):
            await self._gone(platform, event_context)
            return None
        kind = type(error).__name__
        where = place_of(error)
        log.error("%s update %s (%s): %s at %s", platform, update.update_id, update.event_type, kind, where)
        try:
            await self._apologise(update, answered or set())
        except Exception as second:
            log.warning("%s update %s: no apology either: %s", platform, update.update_id, type(second).__name__)
        return FAILED

    async def _apologise(self, update: Update, answered: set[str]) -> None:
        query, message = update.callback_query, update.message
        if query is not None and query.id not in answered:
            await query.answer(self._texts.plain("channel-error-alert"), show_alert=True)
            return
        spoken_to = message or (query.message if query is not None else None)
        if spoken_to is not None and spoken_to.chat.type == ChatType.PRIVATE:
            await spoken_to.answer(self._texts("channel-error"))

    async def _gone(self, platform: str, context: EventContext | None) -> None:
        if context is not None and context.user_id is not None and context.chat_id in (None, context.user_id):
            await self._people.mark_blocked(platform, context.user_id, self._clock())


def place_of(error: BaseException) -> str:
    """Where it happened, in one line and without the error's message: database and API errors quote their input."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename] or list(frames)
    return " < ".join(f"{PurePath(f.filename).name}:{f.lineno} {f.name}" for f in reversed(own[-FRAMES_SHOWN:]))


def _blocks(update: Update) -> bool:
    change = update.my_chat_member
    private = change is not None and change.chat.type == ChatType.PRIVATE
    return change is not None and private and change.new_chat_member.status == ChatMemberStatus.KICKED


def _cost(update: Update) -> float:
    """Messages count one; browsing by buttons half; an inline query comes with every pause in typing."""
    if update.message is not None:
        return 1.0
    return 0.5 if update.callback_query is not None else 0.2


def _for_the_bot(update: Update, bot: Bot) -> bool:
    """False for what people of a group say to each other."""
    message = update.message or update.edited_message
    if message is None or message.chat.type == ChatType.PRIVATE:
        return True
    return _replies_to(message, bot) or (message.text or "").startswith("/")


def _replies_to(message: Message, bot: Bot) -> bool:
    answered = message.reply_to_message
    return answered is not None and answered.from_user is not None and answered.from_user.id == bot.id
