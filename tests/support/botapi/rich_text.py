"""What Telegram makes of a text before it is a message: parse mode or entities, cleaning, limits.

Sources: Bot API "sendMessage", "MessageEntity", "Formatting options"; the cleaning of control and bidirectional
override characters is what Telegram's server library does to every input. Limits count characters (code points), as a
measurement against the live API showed: 4,096 emoji pass, 4,097 do not. Entity offsets count UTF-16 code units.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from unicodedata import category
from urllib.parse import urlsplit

from tests.support.botapi.errors import bad_request
from tests.support.botapi.html_mode import HtmlParser, utf16_length

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_SOURCE_BYTES = 1 << 15
MAX_ENTITIES = 100
_PLAIN_TYPES = {
    "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre",
    "text_link", "text_mention", "custom_emoji", "mention", "hashtag", "cashtag", "bot_command", "url", "email",
    "phone_number", "date_time",
}  # fmt: skip
_REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_BLANKED = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f]")
_DETECTED = (
    ("url", re.compile(r"https?://[^\s<>\"«»()]+")),
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}\b")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d_]\w*")),
)
_PRIORITY = {"expandable_blockquote": 0, "blockquote": 0, "text_link": 1}


@dataclass(frozen=True)
class FormattedText:
    """A text as the chat shows it. ``notes`` name breaches of the documentation that the server lets pass."""

    text: str
    entities: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def check_url(url: str) -> str | None:
    """Why a link is refused, in Telegram's words, or None when it is fine."""
    parts = urlsplit(url if "://" in url or url.startswith("tg:") else f"http://{url}")
    if parts.scheme not in ("http", "https", "tg", "ton", "tonsite"):
        return f"URL '{url}' is invalid: Unsupported URL protocol"
    if parts.scheme == "tg":
        return None
    host = parts.hostname or ""
    if not host:
        return f"URL '{url}' is invalid: URL host is empty"
    if "." not in host or re.search(r"\s", url):
        return f"URL '{url}' is invalid: Wrong HTTP URL"
    return None


def detect_entities(text: str, taken: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    """Links, commands, mentions and hashtags that the server marks by itself, outside code and links."""
    busy = [entity for entity in taken or [] if entity["type"] in ("code", "pre", "text_link", "text_mention")]
    found: list[dict[str, Any]] = []
    for kind, pattern in _DETECTED:
        for match in pattern.finditer(text):
            entity = {"type": kind, "offset": utf16_length(text[: match.start()]), "length": utf16_length(match[0])}
            if not any(_overlap(entity, other) for other in busy + found):
                found.append(entity)
    return found


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])


def format_text(text: str, parse_mode: str | None, entities: object, too_long: str, limit: int) -> FormattedText:
    """The text as it will be shown; empty text stays empty, the caller decides whether it may be.

    Raises ApiError for markup that cannot be parsed, entities outside the text, blank or too long text.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_SOURCE_BYTES:
        raise bad_request("text is too long")
    source = _by_mode(text, parse_mode, entities) if text else FormattedText("")
    notes = list(source.notes)
    cleaned, placed = _clean(source.text, _nest(source.entities, notes))
    if text and not _visible(cleaned):
        raise bad_request("text must be non-empty")
    if len(cleaned) > limit:
        raise bad_request(too_long)
    if len(placed) > MAX_ENTITIES:
        notes.append(f"{len(placed)} entities, only {MAX_ENTITIES} are kept")
    placed = _ordered(placed)[:MAX_ENTITIES]
    return FormattedText(cleaned, _ordered(placed + detect_entities(cleaned, placed)), notes)


def _by_mode(text: str, parse_mode: str | None, entities: object) -> FormattedText:
    mode = (parse_mode or "none").lower()
    if mode == "html":
        parser = HtmlParser(text).parse()
        notes = parser.notes + (["entities are ignored beside parse_mode"] if entities else [])
        return FormattedText(parser.text, _links(parser.entities, notes), notes)
    if mode != "none":
        raise bad_request("unsupported parse_mode")
    return FormattedText(text, _given(text, entities))


def _links(entities: list[dict[str, Any]], notes: list[str]) -> list[dict[str, Any]]:
    kept = []
    for entity in entities:
        problem = check_url(entity["url"]) if entity["type"] == "text_link" else None
        if problem:
            notes.append(f"link dropped: {problem}")
        else:
            kept.append(entity)
    return kept


def _given(text: str, entities: object) -> list[dict[str, Any]]:
    """The parameter ``entities`` (or ``caption_entities``), checked."""
    if not isinstance(entities, list):
        return []
    length = utf16_length(text)
    for entity in entities:
        if not isinstance(entity, dict) or entity.get("type") not in _PLAIN_TYPES:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        begin, size = entity.get("offset"), entity.get("length")
        if not isinstance(begin, int) or not isinstance(size, int) or begin < 0 or size <= 0:
            raise bad_request("can't parse MessageEntity: invalid offset or length")
        if begin + size > length:
            raise bad_request(
                f"entity beginning at UTF-16 offset {begin} ends after the end of the text at UTF-16 offset {begin + size}"
            )
    return [dict(entity) for entity in entities]


def _nest(entities: list[dict[str, Any]], notes: list[str]) -> list[dict[str, Any]]:
    """Apply the nesting rules: code of a pre becomes its language; nothing else lives inside code or pre."""
    ordered = _ordered(entities)
    kept: list[dict[str, Any]] = []
    for entity in ordered:
        holder = next((one for one in kept if one["type"] in ("code", "pre") and _overlap(one, entity)), None)
        quote = next((one for one in kept if "blockquote" in one["type"] and _overlap(one, entity)), None)
        if holder is not None:
            same = (holder["offset"], holder["length"]) == (entity["offset"], entity["length"])
            if same and {holder["type"], entity["type"]} == {"code", "pre"}:
                holder["type"] = "pre"
                language = entity.get("language") or holder.get("language")
                holder.update({"language": language} if language else {})
            else:
                notes.append(f"{entity['type']} cannot be part of {holder['type']}")
        elif quote is not None and "blockquote" in entity["type"]:
            notes.append("blockquotes cannot be nested")
        else:
            kept.append(entity)
    for entity in kept:
        if entity["type"] in ("code", "pre") and any(_overlap(entity, one) for one in kept if one is not entity):
            notes.extend(_around(entity, kept))
        if entity["type"] == "code":
            entity.pop("language", None)
    return kept


def _around(code: dict[str, Any], entities: list[dict[str, Any]]) -> list[str]:
    allowed = ("blockquote", "expandable_blockquote")
    outer = (one["type"] for one in entities if one is not code and _overlap(one, code) and one["type"] not in allowed)
    return [f"{kind} cannot contain {code['type']}" for kind in outer]


def _ordered(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(entities, key=lambda one: (one["offset"], -one["length"], _PRIORITY.get(one["type"], 2)))


def _visible(text: str) -> bool:
    return any(not character.isspace() and category(character) not in ("Cf", "Cc") for character in text)


def _clean(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Drop what the server drops, trim both ends, and move the entities along."""
    places = [0]
    kept: list[str] = []
    length = 0
    for character in text:
        width = utf16_length(character)
        if not _REMOVED.match(character):
            kept.append(" " if _BLANKED.match(character) else character)
            length += width
        places.extend([length] * width)
    cleaned = "".join(kept)
    begin = utf16_length(cleaned) - utf16_length(cleaned.lstrip())
    trimmed = cleaned.strip()
    end = begin + utf16_length(trimmed)
    moved = []
    for entity in entities:
        first = min(max(places[entity["offset"]], begin), end)
        last = min(max(places[entity["offset"] + entity["length"]], begin), end)
        if last > first:
            moved.append({**entity, "offset": first - begin, "length": last - first})
    return trimmed, moved
