"""What a use case refuses becomes one sentence, in one place: an alert on a press, a message otherwise."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject

import surveys.refusals
from handlers.filling import finish_form
from reminders.refusals import FinalRefusedError, RefusedError

__all__ = ["Refusals"]

#: Characters of an alert (Bot API, "answerCallbackQuery").
ALERT_MAX = 200
Refused = (RefusedError, surveys.refusals.RefusedError)
Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Refusals(BaseMiddleware):
    """The step that was asked for stays, so that the person may try again; unless no other words would help."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except Refused as refusal:
            texts = data["texts"]
            if isinstance(event, CallbackQuery):
                sentence = texts.plain(refusal.message_key, **refusal.details)
                await event.answer(sentence[:ALERT_MAX], show_alert=True)
            elif isinstance(event, Message):
                if isinstance(refusal, FinalRefusedError) and _fills_in(event):
                    await finish_form(data["state"])
                await event.answer(texts(refusal.message_key, **refusal.details))
            return None


def _fills_in(message: Message) -> bool:
    """A command stands apart from the form that it interrupts."""
    return not (message.text or "").startswith("/")
