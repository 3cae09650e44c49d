"""What a use case refuses becomes one sentence, in one place: an alert on a press, a message otherwise."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject

import reminders.refusals
import surveys.refusals

__all__ = ["Refusals"]

#: Characters of an alert (Bot API, "answerCallbackQuery").
ALERT_MAX = 200
Refused = (reminders.refusals.RefusedError, surveys.refusals.RefusedError)
Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Refusals(BaseMiddleware):
    """The step that was asked for stays, so that the person may try again."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except Refused as refusal:
            texts = data["texts"]
            if isinstance(event, CallbackQuery):
                sentence = texts.plain(refusal.message_key, **refusal.details)
                await event.answer(sentence[:ALERT_MAX], show_alert=True)
            elif isinstance(event, Message):
                await event.answer(texts(refusal.message_key, **refusal.details))
            return None
