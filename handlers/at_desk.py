"""Gives every handler its `desk`: what screens draw on, for this person and this day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from bot.ports import Person
from bot.preferences import Preferences
from bot.screens.frame import Desk

__all__ = ["AtDesk"]

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class AtDesk(BaseMiddleware):
    """Adds `desk`. Updates of nobody (anonymous posts) end here: there is no one to answer."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        person = data.get("person")
        if not isinstance(person, Person):
            return None
        data["desk"] = Desk(
            texts=data["texts"],
            corpus=data["corpus"],
            limits=data["limits"],
            links=data["links"],
            platform=person.platform,
            today=data["clock"]().astimezone(data["timezone"]).date(),
            preferences=Preferences.of(person.settings),
        )
        return await handler(event, data)
