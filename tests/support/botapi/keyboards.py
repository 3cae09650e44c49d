"""Reply markup (Bot API: InlineKeyboardMarkup, InlineKeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove, ForceReply).

Stricter than the server on purpose: it drops buttons beyond its limits and buttons without text in silence, and takes
the first of several actions; here each of these is refused, because people would not see what the bot meant.
"""

from typing import Any

from tests.support.botapi.errors import ApiError, bad_request
from tests.support.botapi.html_mode import utf16_length
from tests.support.botapi.rich_text import check_url

MAX_BUTTONS = 100
MAX_ROW = 8
MAX_CALLBACK_BYTES = 64
MAX_COPY_TEXT = 256
ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
_DECORATION = ("text", "icon_custom_emoji_id", "style")
_MARKUP_FIELDS = {
    "inline_keyboard": {"inline_keyboard"},
    "keyboard": {
        "keyboard", "is_persistent", "resize_keyboard", "one_time_keyboard", "input_field_placeholder", "selective",
    },
    "remove_keyboard": {"remove_keyboard", "selective"},
    "force_reply": {"force_reply", "input_field_placeholder", "selective"},
}  # fmt: skip
_KEY_FIELDS = {
    "text", "icon_custom_emoji_id", "style", "request_users", "request_chat", "request_managed_bot", "request_contact",
    "request_location", "request_poll", "web_app",
}  # fmt: skip
Rows = list[list[dict[str, Any]]]


def check_markup(markup: object, inline_only: bool, notes: list[str]) -> dict[str, Any] | None:
    """The markup as the chat keeps it, or None when there is none; raises ApiError for what Telegram would refuse."""
    if markup is None or markup == {}:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    kind = next((name for name in _MARKUP_FIELDS if markup.get(name)), None)
    if kind is None:
        return None
    unknown = set(markup) - _MARKUP_FIELDS[kind]
    notes.extend(f"unknown field {name!r} in reply_markup" for name in sorted(unknown))
    if inline_only and kind != "inline_keyboard":
        raise bad_request("inline keyboard expected")
    if kind == "inline_keyboard":
        return {"inline_keyboard": _inline_rows(markup[kind], notes)}
    if kind == "keyboard":
        return {**markup, "keyboard": _reply_rows(markup[kind], notes)}
    placeholder = markup.get("input_field_placeholder")
    if isinstance(placeholder, str) and not 1 <= len(placeholder) <= 64:
        notes.append("input_field_placeholder must have 1-64 characters")
    return dict(markup)


def _rows(value: object, what: str) -> list[list[Any]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad_request(f'field "{what}" of the InlineKeyboardMarkup must be an Array of Arrays')
    return value


def _limits(rows: list[list[Any]], limit: int, row_limit: int) -> None:
    if sum(map(len, rows)) > limit or any(len(row) > row_limit for row in rows):
        raise bad_request("reply markup is too long")


def _inline_rows(value: object, notes: list[str]) -> Rows:
    rows = _rows(value, "inline_keyboard")
    kept = [[_inline_button(button, notes) for button in row] for row in rows]
    _limits(kept, MAX_BUTTONS, MAX_ROW)
    if any(not row for row in kept):
        notes.append("empty row in inline_keyboard")
    return [row for row in kept if row]


def _inline_button(button: object, notes: list[str]) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise _unparsed("InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise _unparsed('Can\'t find field "text"')
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    unknown = set(button) - {*ACTIONS, *_DECORATION}
    notes.extend(f"unknown field {name!r} in InlineKeyboardButton" for name in sorted(unknown))
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if not actions or button.get("url") == "" or button.get("callback_data") == "":
        raise _unparsed("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unparsed(f"exactly one action is allowed in a button, found {', '.join(actions)}")
    _check_action(actions[0], button[actions[0]])
    return {name: value for name, value in button.items() if value is not None and name not in unknown}


def _unparsed(detail: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {detail}")


def _check_action(action: str, value: Any) -> None:
    if action == "callback_data":
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= MAX_CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url":
        _check_link(value, "inline keyboard button ")
    elif action in ("web_app", "login_url"):
        url = value.get("url") if isinstance(value, dict) else None
        if not isinstance(url, str) or not url.startswith("https://"):
            raise bad_request(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
        _check_link(url, "inline keyboard button Web App ")
    elif action == "copy_text":
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or not 1 <= utf16_length(text) <= MAX_COPY_TEXT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif action.startswith("switch_inline") and not isinstance(value, str | dict):
        raise _unparsed(f'Field "{action}" must be of type String')


def _check_link(url: object, where: str) -> None:
    if not isinstance(url, str):
        raise bad_request("BUTTON_URL_INVALID")
    problem = check_url(url)
    if problem:
        raise bad_request(where + problem)


def _reply_rows(value: object, notes: list[str]) -> Rows:
    rows = _rows(value, "keyboard")
    keys = [[_key(key, notes) for key in row] for row in rows]
    _limits(keys, 300, 12)
    return keys


def _key(key: object, notes: list[str]) -> dict[str, Any]:
    if isinstance(key, str):
        key = {"text": key}
    if not isinstance(key, dict) or not isinstance(key.get("text"), str):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    if not key["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    notes.extend(f"unknown field {name!r} in KeyboardButton" for name in sorted(set(key) - _KEY_FIELDS))
    return key
