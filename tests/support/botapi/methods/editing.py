"""Bot API, "Updating messages" and setMessageReaction."""

from typing import Any

from tests.support.botapi.backend import Backend, is_private
from tests.support.botapi.errors import bad_request
from tests.support.botapi.methods.sending import link_preview, markup
from tests.support.botapi.params import Params
from tests.support.botapi.world import ChatMessage, text_fields

Json = dict[str, Any]
DELETABLE_S = 48 * 3600
REACTIONS = {
    "👍", "👎", "❤", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩", "🤮", "💩", "🙏", "👌", "🕊",
    "🤡", "🥱", "🥴", "😍", "🐳", "❤\u200d🔥", "🌚", "🌭", "💯", "🤣", "⚡", "🍌", "🏆", "💔", "🤨", "😐", "🍓", "🍾",
    "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨\u200d💻", "👀", "🎃", "🙈", "😇", "😨", "🤝", "✍", "🤗", "🫡", "🎅",
    "🎄", "☃", "💅", "🤪", "🗿", "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷\u200d♂", "🤷",
    "🤷\u200d♀", "😡",
}  # fmt: skip
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)
_SAME = ("text", "entities", "caption", "caption_entities", "reply_markup", "link_preview_options")


def edit_message_text(api: Backend, params: Params) -> Json:
    """editMessageText; a missing reply_markup removes the keyboard."""
    preview = link_preview(api, params, "editMessageText")
    content = text_fields(api.text(params, "editMessageText")) | {"link_preview_options": None} | preview
    keyboard = markup(api, params, "editMessageText", inline_only=True)
    message = api.own_message(params, "edit")
    if "text" not in message.payload:
        raise bad_request("there is no text in the message to edit")
    return _change(api, params, message, content | {"reply_markup": keyboard})


def edit_message_caption(api: Backend, params: Params) -> Json:
    """editMessageCaption of a photo or document."""
    content = text_fields(api.caption(params, "editMessageCaption"), caption=True)
    keyboard = markup(api, params, "editMessageCaption", inline_only=True)
    message = api.own_message(params, "edit")
    if "text" in message.payload:
        raise bad_request("there is no caption in the message to edit")
    return _change(api, params, message, content | {"reply_markup": keyboard})


def edit_message_reply_markup(api: Backend, params: Params) -> Json:
    """editMessageReplyMarkup."""
    keyboard = markup(api, params, "editMessageReplyMarkup", inline_only=True)
    return _change(api, params, api.own_message(params, "edit"), {"reply_markup": keyboard})


def _change(api: Backend, params: Params, message: ChatMessage, content: Json) -> Json:
    if all(message.payload.get(name) == content[name] for name in _SAME if name in content):
        raise bad_request(_NOT_MODIFIED)
    api.admit(api.chat(params), edit=True)
    api.world.change_message(message, content)
    return message.payload


def delete_message(api: Backend, params: Params) -> bool:
    """deleteMessage: own messages, incoming ones in private chats or as administrator, all within 48 hours."""
    if not params.integer("message_id"):
        raise bad_request("message identifier is not specified")
    chat = api.chat(params)
    message = api.world.live(chat.id, params.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    allowed = message.outgoing or is_private(chat) or getattr(chat, "bot_is_admin", False)
    if not allowed or api.world.clock.now() - message.payload["date"] > DELETABLE_S:
        raise bad_request("message can't be deleted")
    message.deleted_at = api.world.clock.now()
    api.world.changed.fire()
    return True


def set_message_reaction(api: Backend, params: Params) -> bool:
    """setMessageReaction: a bot may leave one of the standard emoji, or none."""
    reaction = params.json("reaction", "reaction types") or []
    if not isinstance(reaction, list) or not all(isinstance(one, dict) for one in reaction):
        raise bad_request("expected an Array of ReactionType")
    for one in reaction:
        if one.get("type") != "emoji" or str(one.get("emoji")).replace("\ufe0f", "") not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    if len(reaction) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message = api.world.live(api.chat(params).id, params.integer("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    message.reaction = reaction
    api.world.changed.fire()
    return True
