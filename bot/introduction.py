"""What a Bot API server is told about the bot: its commands and its descriptions."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Final

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import SetMyCommands, SetMyDescription, SetMyShortDescription
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.fluent_texts import Texts
from reminders.people import Membership, acts_for_any, is_operator

__all__ = [
    "AGENCY_COMMANDS",
    "COMMANDS",
    "OPERATOR_COMMANDS",
    "bot_commands",
    "every_command",
    "introduce",
    "introduce_to",
]

log = logging.getLogger(__name__)

#: Everybody's, in the order of the menu.
COMMANDS: Final = (
    "start", "ask", "article", "regulations", "definitions", "agency", "rate", "track",
    "settings", "privacy", "forget", "cancel", "help",
)  # fmt: skip

#: Above the others in the chats of those who act for an agency.
AGENCY_COMMANDS: Final = ("obligations", "done", "calendar", "timeline", "cases", "report")

#: Above all in the chats of operators.
OPERATOR_COMMANDS: Final = (
    "operator", "events", "invite", "ledger", "broadcast", "closures", "cases", "report", "held", "kept",
)  # fmt: skip


def bot_commands(texts: Texts, memberships: Iterable[Membership] = ()) -> list[BotCommand]:
    """The menu of commands for a person with these places, each command once."""
    places = list(memberships)
    own = (OPERATOR_COMMANDS if is_operator(places) else ()) + (AGENCY_COMMANDS if acts_for_any(places) else ())
    return _described(texts, (*own, *COMMANDS))


def every_command(texts: Texts) -> list[BotCommand]:
    """All that there are, each once."""
    return _described(texts, (*OPERATOR_COMMANDS, *AGENCY_COMMANDS, *COMMANDS))


def _described(texts: Texts, names: Iterable[str]) -> list[BotCommand]:
    return [BotCommand(command=name, description=texts.plain(f"command-{name}")) for name in dict.fromkeys(names)]


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


async def introduce_to(bot: Bot, chat_id: int, texts: Texts, memberships: Iterable[Membership]) -> None:
    """This private chat shows the menu of its person's places from now on, everybody's where there is none.

    Where the server refuses, the commands work all the same.
    """
    places = list(memberships)
    scope = BotCommandScopeChat(chat_id=chat_id)
    try:
        if is_operator(places) or acts_for_any(places):
            await bot.set_my_commands(bot_commands(texts, places), scope=scope)
        else:
            await bot.delete_my_commands(scope=scope)
    except TelegramAPIError as error:
        log.warning("the menu of a chat was refused: %s", type(error).__name__)
