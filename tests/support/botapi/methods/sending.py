"""Bot API, "Available methods": sendMessage, sendPhoto, sendDocument, sendMediaGroup, sendChatAction."""

from typing import Any

from tests.support.botapi.backend import Backend
from tests.support.botapi.errors import bad_request
from tests.support.botapi.keyboards import check_markup
from tests.support.botapi.methods.files import take_document, take_photo
from tests.support.botapi.params import Params
from tests.support.botapi.rich_text import FormattedText, check_url
from tests.support.botapi.world import Chat, ChatMessage, text_fields

Json = dict[str, Any]
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
MEDIA_GROUP = range(2, 11)
_PREVIEW_FIELDS = {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}
_REPLY_FIELDS = {
    "message_id", "chat_id", "allow_sending_without_reply", "quote", "quote_parse_mode", "quote_entities",
    "quote_position", "checklist_task_id", "poll_option_id",
}  # fmt: skip


def send_message(api: Backend, params: Params) -> Json:
    """sendMessage."""
    preview = link_preview(api, params, "sendMessage")
    formatted = api.text(params, "sendMessage")
    return _deliver(api, params, "sendMessage", text_fields(formatted) | preview)


def send_photo(api: Backend, params: Params) -> Json:
    """sendPhoto."""
    content = {"photo": take_photo(api.world, params, "photo")}
    return _deliver(api, params, "sendPhoto", content | _caption(api, params, "sendPhoto"))


def send_document(api: Backend, params: Params) -> Json:
    """sendDocument."""
    content = {"document": take_document(api.world, params, "document")}
    return _deliver(api, params, "sendDocument", content | _caption(api, params, "sendDocument"))


def send_media_group(api: Backend, params: Params) -> list[Json]:
    """sendMediaGroup with photos or documents, 2-10 of them."""
    media = params.json("media", "media")
    if not isinstance(media, list) or not all(isinstance(item, dict) for item in media):
        raise bad_request("expected an Array of InputMedia")
    if len(media) not in MEDIA_GROUP:
        raise bad_request("media group must include 2-10 items")
    kinds = {item.get("type") for item in media}
    if kinds not in ({"photo"}, {"document"}):
        raise bad_request("Can't use the media of the specified type in the album")
    contents = [_media_content(api, params, item) for item in media]
    chat = api.chat(params)
    reply = _reply(api, params, chat, "sendMediaGroup")
    api.admit(chat, len(contents))
    group = {"media_group_id": str(api.world.next_number())}
    return [_add(api, chat, content | reply | group).payload for content in contents]


def send_chat_action(api: Backend, params: Params) -> bool:
    """sendChatAction."""
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    api.world.actions.append((api.chat(params).id, params.text("action"), api.world.clock.now()))
    api.world.changed.fire()
    return True


def link_preview(api: Backend, params: Params, method: str) -> Json:
    """The message field ``link_preview_options``, empty when not given."""
    options = params.json("link_preview_options", "link preview options")
    if options is None:
        return {}
    if not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    unknown = sorted(set(options) - _PREVIEW_FIELDS)
    api.world.breach(method, [f"unknown field {name!r} in link_preview_options" for name in unknown])
    if options.get("url") and check_url(str(options["url"])):
        raise bad_request("Wrong HTTP URL specified")
    return {"link_preview_options": options}


def markup(api: Backend, params: Params, method: str, inline_only: bool = False) -> Json | None:
    """The checked ``reply_markup``."""
    notes: list[str] = []
    try:
        return check_markup(params.json("reply_markup", "reply keyboard markup"), inline_only, notes)
    finally:
        api.world.breach(method, notes)


def _caption(api: Backend, params: Params, method: str) -> Json:
    return text_fields(api.caption(params, method), caption=True)


def _media_content(api: Backend, params: Params, item: Json) -> Json:
    part = Params(item, params.files)
    caption: FormattedText = api.caption(part, "sendMediaGroup")
    take = take_photo if item["type"] == "photo" else take_document
    return {item["type"]: take(api.world, part, "media"), **text_fields(caption, caption=True)}


def _deliver(api: Backend, params: Params, method: str, content: Json) -> Json:
    keyboard = markup(api, params, method)
    chat = api.chat(params)
    reply = _reply(api, params, chat, method)
    api.admit(chat)
    shown = {"reply_markup": keyboard} if keyboard and "inline_keyboard" in keyboard else {}
    message = _add(api, chat, content | reply | shown)
    if keyboard and not shown:
        api.world.profile["reply_keyboard", str(chat.id)] = keyboard
    return message.payload


def _add(api: Backend, chat: Chat, content: Json) -> ChatMessage:
    present = {name: value for name, value in content.items() if value is not None}
    return api.world.add_message(chat, api.world.bot.as_user(), present, outgoing=True)


def _reply(api: Backend, params: Params, chat: Chat, method: str) -> Json:
    """The field ``reply_to_message``; the replied message must exist unless told otherwise."""
    given = params.json("reply_parameters", "reply parameters")
    if given is None and params.integer("reply_to_message_id"):
        given = {
            "message_id": params.integer("reply_to_message_id"),
            "allow_sending_without_reply": params.boolean("allow_sending_without_reply"),
        }
    if not given:
        return {}
    if not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    if not isinstance(given.get("message_id"), int):
        raise bad_request('can\'t find field "message_id"')
    unknown = sorted(set(given) - _REPLY_FIELDS)
    api.world.breach(method, [f"unknown field {name!r} in reply_parameters" for name in unknown])
    target = api.world.live(given.get("chat_id") or chat.id, given["message_id"])
    if target is not None:
        return {"reply_to_message": {k: v for k, v in target.payload.items() if k != "reply_to_message"}}
    if given.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")
