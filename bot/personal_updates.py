"""Personal data in raw updates, masked before anything is stored (`knowledge.personal_data` says what it is).

What a message said that was pressed or answered is not stored at all: nothing reads it, it may show the words of
somebody else (a case, to whoever acts on it), and these could not be found in it when they must be forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knowledge.personal_data import mask_personal_data

__all__ = ["masked_update", "sound_text"]

#: Fields of updates that hold what people write. Ids, callback data and entity offsets stay as they are: masking
#: keeps lengths.
_WRITTEN = frozenset({"text", "caption", "query", "title", "description", "question", "vcard", "file_name"})
_DROPPED = frozenset({"contact", "location", "venue", "passport_data", "quote", "external_reply"})
#: Where a message stands that was there before; of what it said nothing is kept.
_BEFORE = frozenset({"reply_to_message", "pinned_message"})
_SAID = frozenset({"text", "entities", "caption", "caption_entities"})


def masked_update(update: Mapping[str, Any]) -> dict[str, Any]:
    """A copy with personal numbers in people's words replaced by «█», without shared contacts and places and without
    what a pressed or an answered message said.
    """
    pressed = update.get("callback_query")
    if isinstance(pressed, Mapping) and isinstance(pressed.get("message"), Mapping):
        update = {**update, "callback_query": {**pressed, "message": _without_words(pressed["message"])}}
    return {key: _masked(key, value) for key, value in update.items() if key not in _DROPPED}


def _without_words(message: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in message.items() if key not in _SAID}


def _masked(key: str, value: Any) -> Any:
    if key in _BEFORE and isinstance(value, Mapping):
        value = _without_words(value)
    if isinstance(value, str):
        return mask_personal_data(sound_text(value)) if key in _WRITTEN else sound_text(value)
    if isinstance(value, Mapping):
        return masked_update(value)
    if isinstance(value, list):
        return [_masked(key, one) for one in value]
    return value


def sound_text(text: str) -> str:
    """The text with halves of surrogate pairs, which JSON can carry and no database takes, replaced by «\ufffd»."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
