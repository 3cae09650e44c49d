"""What a Bot API server is told about the bot: its commands and its descriptions."""

from __future__ import annotations

from aiogram import Bot
from aiogram.types import BotCommand

from bot.fluent_texts import Texts

__all__ = ["COMMANDS", "bot_commands", "introduce"]

#: In the order of the menu.
COMMANDS = ("start", "ask", "article", "regulations", "definitions", "settings", "privacy", "forget", "cancel", "help")


def bot_commands(texts: Texts) -> list[BotCommand]:
    """The menu of commands."""
    descriptions = {
        "start": texts.plain("command-start"),
        "help": texts.plain("command-help"),
        "ask": texts.plain("command-ask"),
        "article": texts.plain("command-article"),
        "regulations": texts.plain("command-regulations"),
        "definitions": texts.plain("command-definitions"),
        "settings": texts.plain("command-settings"),
        "privacy": texts.plain("command-privacy"),
        "forget": texts.plain("command-forget"),
        "cancel": texts.plain("command-cancel"),
    }
    return [BotCommand(command=name, description=descriptions[name]) for name in COMMANDS]


async def introduce(bot: Bot, texts: Texts) -> None:
    """The server shows the menu and the descriptions from now on; errors of the API are raised."""
    await bot.set_my_commands(bot_commands(texts))
    await bot.set_my_description(texts.plain("bot-description"))
    await bot.set_my_short_description(texts.plain("bot-short-description"))
