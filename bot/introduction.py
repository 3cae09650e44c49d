"""What a Bot API server is told about the bot: its commands and its descriptions."""

from __future__ import annotations

import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import SetMyCommands, SetMyDescription, SetMyShortDescription
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.fluent_texts import Texts

__all__ = ["COMMANDS", "OPERATOR_COMMANDS", "bot_commands", "introduce", "introduce_operator", "operator_commands"]

log = logging.getLogger(__name__)

#: In the order of the menu.
COMMANDS = (
    "start", "ask", "article", "regulations", "definitions", "agency", "obligations", "done", "calendar", "timeline",
    "rate", "track",
    "settings", "privacy", "forget", "cancel", "help",
)  # fmt: skip

#: Above the others in the chats of operators.
OPERATOR_COMMANDS = (
    "operator", "events", "invite", "ledger", "broadcast", "closures", "cases", "report", "held", "kept",
)  # fmt: skip


def bot_commands(texts: Texts) -> list[BotCommand]:
    """The menu of commands."""
    descriptions = {
        "start": texts.plain("command-start"),
        "help": texts.plain("command-help"),
        "ask": texts.plain("command-ask"),
        "article": texts.plain("command-article"),
        "regulations": texts.plain("command-regulations"),
        "definitions": texts.plain("command-definitions"),
        "agency": texts.plain("command-agency"),
        "obligations": texts.plain("command-obligations"),
        "done": texts.plain("command-done"),
        "calendar": texts.plain("command-calendar"),
        "timeline": texts.plain("command-timeline"),
        "rate": texts.plain("command-rate"),
        "track": texts.plain("command-track"),
        "settings": texts.plain("command-settings"),
        "privacy": texts.plain("command-privacy"),
        "forget": texts.plain("command-forget"),
        "cancel": texts.plain("command-cancel"),
    }
    return [BotCommand(command=name, description=descriptions[name]) for name in COMMANDS]


async def introduce(bot: Bot, texts: Texts) -> None:
    """The server shows menu and descriptions from now on. What it refuses stays as it was: a bot answers without.

    Telegram limits changes of descriptions to a few a day, so a refusal is nothing unusual.
    """
    told = (
        SetMyCommands(commands=bot_commands(texts)),
        SetMyDescription(description=texts.plain("bot-description")),
        SetMyShortDescription(short_description=texts.plain("bot-short-description")),
    )
    for method in told:
        try:
            await bot(method)
        except TelegramAPIError as error:
            log.warning("%s refused: %s", method.__api_method__, type(error).__name__)


def operator_commands(texts: Texts) -> list[BotCommand]:
    """The menu of an operator's chat."""
    descriptions = {
        "operator": texts.plain("command-operator"),
        "events": texts.plain("command-events"),
        "cases": texts.plain("command-cases"),
        "report": texts.plain("command-report"),
        "held": texts.plain("command-held"),
        "kept": texts.plain("command-kept"),
        "invite": texts.plain("command-invite"),
        "ledger": texts.plain("command-ledger"),
        "broadcast": texts.plain("command-broadcast"),
        "closures": texts.plain("command-closures"),
    }
    own = [BotCommand(command=name, description=descriptions[name]) for name in OPERATOR_COMMANDS]
    return [*own, *bot_commands(texts)]


async def introduce_operator(bot: Bot, chat_id: int, texts: Texts) -> None:
    """This chat shows the operators' menu from now on; where the server refuses, the commands work all the same."""
    try:
        await bot.set_my_commands(operator_commands(texts), scope=BotCommandScopeChat(chat_id=chat_id))
    except TelegramAPIError as error:
        log.warning("setMyCommands of an operator refused: %s", type(error).__name__)
