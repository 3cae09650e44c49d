"""The parameters of every method that the double serves (Bot API, "Available methods" and following sections).

A parameter that is not listed is recorded as a violation. Types: int, bool, str, chat (id or @name), file, json.
"""

_DELIVERY = {
    "chat_id": "chat", "business_connection_id": "str", "message_thread_id": "int", "direct_messages_topic_id": "int",
    "disable_notification": "bool", "protect_content": "bool", "allow_paid_broadcast": "bool",
    "message_effect_id": "str", "suggested_post_parameters": "json", "reply_parameters": "json",
    "allow_sending_without_reply": "bool", "reply_to_message_id": "int",
}  # fmt: skip
_CAPTION = {
    "caption": "str", "parse_mode": "str", "caption_entities": "json", "show_caption_above_media": "bool",
}  # fmt: skip
_EDIT = {
    "business_connection_id": "str", "chat_id": "chat", "message_id": "int", "inline_message_id": "str",
    "reply_markup": "json",
}  # fmt: skip
_TEXT = {
    "text": "str", "parse_mode": "str", "entities": "json", "link_preview_options": "json",
    "disable_web_page_preview": "bool",
}  # fmt: skip
_LANGUAGE = {"language_code": "str"}
_COMMANDS = {"scope": "json", **_LANGUAGE}

METHODS: dict[str, dict[str, str]] = {
    "getMe": {},
    "getUpdates": {"offset": "int", "limit": "int", "timeout": "int", "allowed_updates": "json"},
    "setWebhook": {
        "url": "str", "certificate": "file", "ip_address": "str", "max_connections": "int", "allowed_updates": "json",
        "drop_pending_updates": "bool", "secret_token": "str",
    },
    "deleteWebhook": {"drop_pending_updates": "bool"},
    "getWebhookInfo": {},
    "sendMessage": {**_DELIVERY, **_TEXT, "reply_markup": "json"},
    "sendPhoto": {**_DELIVERY, **_CAPTION, "photo": "file", "has_spoiler": "bool", "reply_markup": "json"},
    "sendDocument": {
        **_DELIVERY, **_CAPTION, "document": "file", "thumbnail": "file", "disable_content_type_detection": "bool",
        "reply_markup": "json",
    },
    "sendMediaGroup": {**_DELIVERY, "media": "json"},
    "editMessageText": {**_EDIT, **_TEXT},
    "editMessageCaption": {**_EDIT, **_CAPTION},
    "editMessageReplyMarkup": {**_EDIT},
    "deleteMessage": {"chat_id": "chat", "message_id": "int"},
    "answerCallbackQuery": {
        "callback_query_id": "str", "text": "str", "show_alert": "bool", "url": "str", "cache_time": "int",
    },
    "answerInlineQuery": {
        "inline_query_id": "str", "results": "json", "cache_time": "int", "is_personal": "bool", "next_offset": "str",
        "button": "json",
    },
    "sendChatAction": {
        "chat_id": "chat", "action": "str", "business_connection_id": "str", "message_thread_id": "int",
    },
    "setMessageReaction": {"chat_id": "chat", "message_id": "int", "reaction": "json", "is_big": "bool"},
    "setMyCommands": {"commands": "json", **_COMMANDS},
    "getMyCommands": _COMMANDS,
    "deleteMyCommands": _COMMANDS,
    "setMyDescription": {"description": "str", **_LANGUAGE},
    "getMyDescription": _LANGUAGE,
    "setMyShortDescription": {"short_description": "str", **_LANGUAGE},
    "getMyShortDescription": _LANGUAGE,
    "setChatMenuButton": {"chat_id": "int", "menu_button": "json"},
    "getChatMenuButton": {"chat_id": "int"},
    "getChat": {"chat_id": "chat"},
    "getFile": {"file_id": "str"},
}  # fmt: skip

LEGACY = {"disable_web_page_preview", "reply_to_message_id", "allow_sending_without_reply"}
UNMODELLED = {
    "business_connection_id", "message_thread_id", "direct_messages_topic_id", "suggested_post_parameters",
    "message_effect_id", "allow_paid_broadcast", "thumbnail",
}  # fmt: skip
CANONICAL = {name.lower(): name for name in METHODS}
