"""The served methods by name, one module an area of the Bot API's documentation."""

from collections.abc import Callable
from typing import Any

from tests.support.botapi.backend import Backend
from tests.support.botapi.methods import editing, files, getting_updates, profile, queries, sending
from tests.support.botapi.params import Params

Handler = Callable[[Backend, Params], Any]

HANDLERS: dict[str, Handler] = {
    "getMe": profile.get_me,
    "getUpdates": getting_updates.get_updates,
    "setWebhook": getting_updates.set_webhook,
    "deleteWebhook": getting_updates.delete_webhook,
    "getWebhookInfo": getting_updates.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendMediaGroup": sending.send_media_group,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "setMessageReaction": editing.set_message_reaction,
    "answerCallbackQuery": queries.answer_callback_query,
    "answerInlineQuery": queries.answer_inline_query,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyDescription": profile.set_my_description,
    "getMyDescription": profile.get_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "getMyShortDescription": profile.get_my_short_description,
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChatMenuButton": profile.get_chat_menu_button,
    "getChat": profile.get_chat,
    "getFile": files.get_file,
}
