"""Personal data in raw updates, masked before anything is stored (`knowledge.personal_data` says what it is)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knowledge.personal_data import mask_personal_data

__all__ = ["masked_update", "sound_text"]

#: Fields of updates that hold what people write. Ids, callback data and entity offsets stay as they are: masking
#: keeps lengths.
_WRITTEN = frozenset({"text", "caption", "query", "title", "description", "question", "vcard", "file_name"})
_DROPPED = frozenset({"contact", "location", "venue", "passport_data"})


def masked_update(update: Mapping[str, Any]) -> dict[str, Any]:
    """A copy with personal numbers in people's words replaced by «█» and shared contacts and places left out."""
    return {key: _masked(key, value) for key, value in update.items() if key not in _DROPPED}


def _masked(key: str, value: Any) -> Any:
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
