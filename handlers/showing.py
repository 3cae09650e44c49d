"""Puts screens into chats: as a new message, or in place of the one whose button was pressed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aiogram import Bot
from aiogram.enums import ChatAction, ChatType, ParseMode
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message, ReplyParameters

from bot.screens.frame import Screen

__all__ = [
    "beneath",
    "in_group",
    "replace",
    "replace_keyboard",
    "reply",
    "send",
    "typing",
    "update",
    "without_buttons",
]


async def send(bot: Bot, chat_id: int, screen: Screen, *, reply_to: int | None = None) -> None:
    """A new message."""
    await bot.send_message(
        chat_id,
        screen.text,
        reply_markup=screen.keyboard,
        parse_mode=ParseMode.HTML,
        reply_parameters=ReplyParameters(message_id=reply_to, allow_sending_without_reply=True) if reply_to else None,
    )


async def reply(bot: Bot, message: Message, screen: Screen) -> None:
    """A new message; in a group it points at the one that it answers."""
    await send(bot, message.chat.id, screen, reply_to=in_group(message))


def in_group(message: Message) -> int | None:
    """The id of a message of a group, so that people see what is being answered; None in a private chat."""
    return None if message.chat.type == ChatType.PRIVATE else message.message_id


async def beneath(bot: Bot, press: CallbackQuery, screen: Screen) -> None:
    """A new message; the pressed one, which it is about, stays to be read."""
    if press.message is not None:
        await send(bot, press.message.chat.id, screen)


async def replace(bot: Bot, press: CallbackQuery, screen: Screen) -> None:
    """The pressed message becomes the screen; where it cannot be edited any more, a new one follows.

    A press in somebody else's chat (an inline message) changes nothing: we cannot see that message.
    """
    message = press.message
    if message is None:
        return
    if isinstance(message, Message):
        try:
            await message.edit_text(screen.text, reply_markup=screen.keyboard, parse_mode=ParseMode.HTML)
            return
        except TelegramBadRequest as error:
            if "message is not modified" in error.message:
                return
            if not any(reason in error.message for reason in ("to edit not found", "can't be edited")):
                raise
    await send(bot, message.chat.id, screen)


async def update(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> None:
    """One of our messages becomes the screen; one that is not there any more, or says so already, stays as it is."""
    with suppress(TelegramBadRequest):
        await bot.edit_message_text(
            screen.text,
            chat_id=chat_id,
            message_id=message_id,
            reply_markup=screen.keyboard,
            parse_mode=ParseMode.HTML,
        )


async def replace_keyboard(message: Message, keyboard: InlineKeyboardMarkup) -> None:
    """Other buttons on a message; one that cannot be edited any more keeps what it has."""
    with suppress(TelegramBadRequest):
        await message.edit_reply_markup(reply_markup=keyboard)


async def without_buttons(press: CallbackQuery, code: str) -> None:
    """The pressed message without the buttons that carry this code; the others still do what they say."""
    message = press.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return
    rows = [
        [b for b in row if code not in (b.callback_data or "").split(":")]
        for row in message.reply_markup.inline_keyboard
    ]
    await replace_keyboard(message, InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row]))


@asynccontextmanager
async def typing(bot: Bot, chat_id: int) -> AsyncIterator[None]:
    """Shows the typing sign while the block works; the answer does not wait for the sign to be sent."""
    sign = asyncio.create_task(_show_typing(bot, chat_id))
    try:
        yield
        await sign
    finally:
        sign.cancel()


async def _show_typing(bot: Bot, chat_id: int) -> None:
    with suppress(TelegramAPIError):
        await bot.send_chat_action(chat_id, ChatAction.TYPING)
