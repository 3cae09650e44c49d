"""answerCallbackQuery and answerInlineQuery (Bot API, "Inline mode")."""

from typing import Any

from tests.support.botapi.backend import Backend
from tests.support.botapi.errors import bad_request
from tests.support.botapi.keyboards import check_markup
from tests.support.botapi.params import Params
from tests.support.botapi.rich_text import MAX_TEXT, format_text
from tests.support.botapi.world import InlineSearch, Press

Json = dict[str, Any]
MAX_TOAST = 200
MAX_RESULTS = 50
MAX_ID_BYTES = 64
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_RESULT_TYPES = {
    "article", "photo", "gif", "mpeg4_gif", "video", "audio", "voice", "document", "location", "venue", "contact",
    "game", "sticker",
}  # fmt: skip


def answer_callback_query(api: Backend, params: Params) -> bool:
    """answerCallbackQuery: once a query, within its lifetime; text of at most 200 characters."""
    press = api.world.presses.get(params.text("callback_query_id"))
    if len(params.text("text")) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    if params.text("url") and not params.text("url").startswith(f"https://t.me/{api.world.bot.username}?start="):
        raise bad_request("URL_INVALID")
    _answer(api, press, params)
    return True


def answer_inline_query(api: Backend, params: Params) -> bool:
    """answerInlineQuery: at most 50 results with unique ids of 1-64 bytes."""
    results = params.json("results", "inline query results")
    if not isinstance(results, list):
        raise bad_request("expected an Array of InlineQueryResult")
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    for result in results:
        _check_result(api, result)
    ids = [result["id"] for result in results]
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(params.text("next_offset").encode()) > MAX_ID_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    _check_button(params.json("button", "inline query results button"))
    _answer(api, api.world.searches.get(params.text("inline_query_id")), params)
    return True


def _answer(api: Backend, query: Press | InlineSearch | None, params: Params) -> None:
    age = api.world.clock.now() - query.at if query else 0.0
    if query is None or query.answer is not None or age > api.world.query_lifetime_s:
        raise bad_request(_TOO_OLD)
    query.answer = params.shown()
    api.world.changed.fire()


def _check_result(api: Backend, result: object) -> None:
    if not isinstance(result, dict):
        raise bad_request("can't parse inline query result: InlineQueryResult must be an Object")
    if result.get("type") not in _RESULT_TYPES:
        raise bad_request("can't parse inline query result: unsupported type of the inline query result")
    if not isinstance(result.get("id"), str) or not 1 <= len(result["id"].encode()) <= MAX_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if result["type"] == "article":
        _check_article(api, result)
    notes: list[str] = []
    check_markup(result.get("reply_markup"), True, notes)
    api.world.breach("answerInlineQuery", notes)


def _check_article(api: Backend, result: Json) -> None:
    if not result.get("title"):
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if not isinstance(content, dict):
        raise bad_request("can't parse inline query result: input message content is not specified")
    text = content.get("message_text")
    if text is None:
        return
    if not text:
        raise bad_request("message text is empty")
    formatted = format_text(str(text), content.get("parse_mode"), content.get("entities"), "MESSAGE_TOO_LONG", MAX_TEXT)
    api.world.breach("answerInlineQuery", formatted.notes)


def _check_button(button: object) -> None:
    if button is None:
        return
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request("inline query results button must be an Object with a text")
    payload = button.get("start_parameter")
    if payload is not None and not valid_start(str(payload)):
        raise bad_request("START_PARAM_INVALID")


def valid_start(payload: str) -> bool:
    """Deep-link payloads: 1-64 of A-Z, a-z, 0-9, _ and -."""
    return 1 <= len(payload) <= 64 and all(one.isascii() and (one.isalnum() or one in "_-") for one in payload)
