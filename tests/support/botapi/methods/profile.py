"""getMe, getChat, commands, descriptions and the menu button."""

import re
from typing import Any

from tests.support.botapi.backend import Backend
from tests.support.botapi.errors import bad_request
from tests.support.botapi.params import Params
from tests.support.botapi.world import GroupChat

Json = dict[str, Any]
MAX_COMMANDS = 100
MAX_DESCRIPTION = 512
MAX_SHORT_DESCRIPTION = 120
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_SCOPES = {
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators",
    "chat_member",
}  # fmt: skip
_NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


def get_me(api: Backend, _params: Params) -> Json:
    """getMe."""
    bot = api.world.bot
    return bot.as_user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": bot.reads_all_group_messages,
        "supports_inline_queries": bot.inline_mode,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(api: Backend, params: Params) -> Json:
    """getChat."""
    chat = api.chat(params)
    extra: Json = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    if isinstance(chat, GroupChat):
        extra["permissions"] = {"can_send_messages": True}
    return chat.as_chat() | extra


def set_my_commands(api: Backend, params: Params) -> bool:
    """setMyCommands: at most 100, names of 1-32 lowercase letters, digits and underscores."""
    commands = params.json("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict) or not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", "")).strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return _store(api, ("commands", _scope(params), _language(params)), commands)


def get_my_commands(api: Backend, params: Params) -> list[Json]:
    """getMyCommands of exactly this scope and language."""
    found = api.world.profile.get(("commands", _scope(params), _language(params)), [])
    return list(found)


def delete_my_commands(api: Backend, params: Params) -> bool:
    """deleteMyCommands."""
    return _store(api, ("commands", _scope(params), _language(params)), [])


def set_my_description(api: Backend, params: Params) -> bool:
    """setMyDescription: at most 512 characters."""
    return _describe(api, params, "description", MAX_DESCRIPTION)


def get_my_description(api: Backend, params: Params) -> Json:
    """getMyDescription."""
    return _described(api, params, "description")


def set_my_short_description(api: Backend, params: Params) -> bool:
    """setMyShortDescription: at most 120 characters."""
    return _describe(api, params, "short_description", MAX_SHORT_DESCRIPTION)


def get_my_short_description(api: Backend, params: Params) -> Json:
    """getMyShortDescription."""
    return _described(api, params, "short_description")


def set_chat_menu_button(api: Backend, params: Params) -> bool:
    """setChatMenuButton."""
    button = params.json("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("commands", "web_app", "default"):
        raise bad_request("can't parse menu button: unsupported type specified")
    if button["type"] == "web_app":
        url = (button.get("web_app") or {}).get("url", "")
        if not button.get("text") or not url.startswith("https://"):
            raise bad_request("BUTTON_URL_INVALID")
    return _store(api, ("menu_button", params.text("chat_id")), button)


def get_chat_menu_button(api: Backend, params: Params) -> Json:
    """getChatMenuButton."""
    found: Json = api.world.profile.get(("menu_button", params.text("chat_id")), {"type": "default"})
    return found


def _scope(params: Params) -> str:
    scope = params.json("scope", "scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    return ":".join(str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope)


def _language(params: Params) -> str:
    language = params.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("language_code is invalid")
    return language


def _describe(api: Backend, params: Params, name: str, limit: int) -> bool:
    if len(params.text(name)) > limit:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    return _store(api, (name, _language(params)), params.text(name))


def _described(api: Backend, params: Params, name: str) -> Json:
    return {name: api.world.profile.get((name, _language(params)), "")}


def _store(api: Backend, key: tuple[str, ...], value: object) -> bool:
    api.world.profile[key] = value
    api.world.changed.fire()
    return True
