"""Messages as the in-process channel keeps them: JSON bodies made of the bot's method calls, by the Bot API's own
rules.

A body is {"text": Telegram HTML, "keyboard": [[{"text", "data" | "url" | "copy" | "switch"}]], "kind": "message" |
"photo" | "document", "file": {"name", "mime", "size", "key"} | {"name", "mime", "base64"} | {"url"} | None}. A `key`
stands for bytes in `bot.ports.ChatFiles`; without such a place they travel in the body. Source of the limits: Bot API
"sendMessage", "InlineKeyboardButton", "sendPhoto".
"""

from __future__ import annotations

import base64
import mimetypes
from typing import Any

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, InputFile, MessageEntity
from aiogram.utils.text_decorations import html_decoration

from bot.ports import ChatFiles
from bot.telegram_html import BadMarkupError, parse_html

__all__ = ["FILE_MAX", "RefusedError", "file_of", "file_received", "html_of", "keyboard_of", "mime_of", "plain_body"]

TEXT_MAX, CAPTION_MAX = 4096, 1024  # characters after parsing
CALLBACK_DATA_MAX = 64  # bytes
BUTTONS_MAX, ROW_MAX = 100, 8
#: Bytes of a file inside the body, and of one that is kept beside it: what bots may send (Bot API "sendDocument").
FILE_IN_BODY_MAX, FILE_MAX = 1 << 20, 50_000_000

Keyboard = list[list[dict[str, str]]]


class RefusedError(ValueError):
    """What the Bot API would refuse; the message is its description."""


def plain_body(text: str) -> dict[str, Any]:
    """The body of what a person wrote: never markup, whatever it looks like."""
    return {"text": html_decoration.quote(text), "keyboard": [], "kind": "message", "file": None}


def html_of(
    bot: Bot, text: str | None, parse_mode: str | Default | None, entities: list[MessageEntity] | None, limit: int
) -> str:
    """The text as HTML; RefusedError when it is malformed, empty (captions may be) or above `limit` characters."""
    mode = bot.default[parse_mode.name] if isinstance(parse_mode, Default) else parse_mode
    if mode is not None and mode.lower() != "html":
        raise RefusedError(f"unsupported parse_mode {mode}")
    html = text or "" if mode else html_decoration.unparse(text or "", entities)
    try:
        formatted = parse_html(html)
    except BadMarkupError as error:
        raise RefusedError(f"can't parse entities: {error}") from error
    if limit == TEXT_MAX and not formatted.visible:
        raise RefusedError("message text is empty")
    if len(formatted.text) > limit:
        raise RefusedError("message is too long" if limit == TEXT_MAX else "message caption is too long")
    return html


def keyboard_of(markup: object) -> Keyboard:
    """Rows of buttons, empty for no inline keyboard; RefusedError for buttons that Telegram would not show."""
    if not isinstance(markup, InlineKeyboardMarkup):
        return []
    rows = [[_button(button) for button in row] for row in markup.inline_keyboard if row]
    if sum(map(len, rows)) > BUTTONS_MAX or any(len(row) > ROW_MAX for row in rows):
        raise RefusedError("too many buttons in the inline keyboard")
    return rows


def _button(button: InlineKeyboardButton) -> dict[str, str]:
    if not button.text.strip():
        raise RefusedError("inline keyboard button text is empty")
    actions = {
        "data": button.callback_data,
        "url": button.url or (button.web_app.url if button.web_app else None),
        "copy": button.copy_text.text if button.copy_text else None,
        "switch": button.switch_inline_query,
    }
    if button.switch_inline_query is None:
        actions["switch"] = button.switch_inline_query_current_chat
    if actions["switch"] is None and button.switch_inline_query_chosen_chat:
        actions["switch"] = button.switch_inline_query_chosen_chat.query or ""
    given = {name: value for name, value in actions.items() if value is not None}
    if len(given) != 1:
        raise RefusedError("exactly one action must be given for an inline keyboard button")
    if "data" in given and not 1 <= len(given["data"].encode()) <= CALLBACK_DATA_MAX:
        raise RefusedError("BUTTON_DATA_INVALID")
    if "url" in given and not given["url"].startswith(("http://", "https://", "tg://")):
        raise RefusedError(f"inline keyboard button URL '{given['url']}' is invalid")
    return {"text": button.text} | given


async def file_of(bot: Bot, file: InputFile | str, chat_id: int, files: ChatFiles | None) -> dict[str, Any]:
    """The file as `files` keeps it, else inside the body, or its address; RefusedError for empty and too large ones."""
    if isinstance(file, str):
        return {"url": file}
    content = b"".join([chunk async for chunk in file.read(bot)])
    most = FILE_IN_BODY_MAX if files is None else FILE_MAX
    if not 0 < len(content) <= most:
        raise RefusedError(f"file must be non-empty and at most {most} bytes here")
    name = file.filename or "file"
    if files is None:
        return {"name": name, "mime": mime_of(name), "base64": base64.b64encode(content).decode()}
    return await file_received(chat_id, name, content, files)


async def file_received(chat_id: int, name: str, content: bytes, files: ChatFiles) -> dict[str, Any]:
    """The file as a body names it, once it is kept."""
    key = await files.keep(chat_id, name, content)
    return {"name": name, "mime": mime_of(name), "size": len(content), "key": key}


def mime_of(name: str) -> str:
    """What the ending of a name says."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
