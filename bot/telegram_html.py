"""Telegram's HTML as a text and its entities, read strictly: what passes here passes the Bot API.

Source: Bot API, "Formatting options / HTML style", "MessageEntity". Knows nothing of messages, chats or channels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from knowledge.message_length import message_length

__all__ = ["BadMarkupError", "FormattedText", "parse_html"]

_ENTITY_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_ATTRIBUTES = {"a": {"href"}, "code": {"class"}, "span": {"class"}, "blockquote": {"expandable"}}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKEN = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z-]*)(?P<attributes>[^<>]*)>"
    r"|&(?P<character>#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|lt|gt|amp|quot);"
    r"|(?P<stray>[<>&])"
    r"|(?P<plain>[^<>&]+)"
)
_ATTRIBUTE = re.compile(r"\s+([a-z-]+)(?:=\"([^\"]*)\")?")
#: Removed by Telegram's servers: line and paragraph separators, bidirectional embeddings and overrides, carriage
#: returns.
_REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_BLANKED = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f]")


class BadMarkupError(ValueError):
    """The text is not well-formed Telegram HTML; the message says where and why."""


@dataclass(frozen=True, slots=True)
class FormattedText:
    """The text as a chat shows it. Entity offsets count UTF-16 code units, the length limit counts characters."""

    text: str
    entities: tuple[dict[str, Any], ...]

    @property
    def visible(self) -> bool:
        """False for what Telegram calls empty: nothing but spaces, control and format characters."""
        return any(category(character)[0] not in "ZC" for character in self.text)


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    offset: int
    extra: dict[str, Any]


def parse_html(source: str) -> FormattedText:
    """The text without markup and what was marked; BadMarkupError for anything the Bot API would refuse or guess at."""
    out: list[str] = []
    entities: list[dict[str, Any]] = []
    waiting: list[_Open] = []
    length = 0
    for token in _TOKEN.finditer(source):
        if token["stray"]:
            raise BadMarkupError(f"unescaped {token['stray']!r} at character {token.start()}")
        if token["tag"] is None:
            piece = _cleaned(token["plain"] or _character(token["character"]))
            out.append(piece)
            length += message_length(piece)
        elif token["end"]:
            entities.extend(_closed(waiting, token, length))
        else:
            waiting.append(_opened(waiting, token, length))
    if waiting:
        raise BadMarkupError(f"no end tag for <{waiting[-1].tag}>")
    entities.sort(key=lambda e: (e["offset"], -e["length"]))
    return FormattedText("".join(out), tuple(entities))


def _cleaned(piece: str) -> str:
    return _BLANKED.sub(" ", _REMOVED.sub("", piece))


def _character(name: str) -> str:
    if name in _NAMED:
        return _NAMED[name]
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    if not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise BadMarkupError(f"&{name}; is no character")
    return chr(code)


def _opened(waiting: list[_Open], token: re.Match[str], offset: int) -> _Open:
    tag = token["tag"].lower()
    if tag not in _ENTITY_OF_TAG:
        raise BadMarkupError(f"unsupported tag <{tag}>")
    around = {one.tag for one in waiting}
    if (tag == "blockquote" and tag in around) or (around & {"code", "pre"} and (tag, around) != ("code", {"pre"})):
        raise BadMarkupError(f"<{tag}> cannot stand inside <{waiting[-1].tag}>")
    return _Open(tag, offset, _extra(tag, _attributes(tag, token["attributes"])))


def _attributes(tag: str, source: str) -> dict[str, str]:
    found = {match[1]: match[2] or "" for match in _ATTRIBUTE.finditer(source)}
    if _ATTRIBUTE.sub("", source).strip() or not found.keys() <= _ATTRIBUTES.get(tag, set()):
        raise BadMarkupError(f"unsupported attributes of <{tag}>: {source.strip()}")
    return found


def _extra(tag: str, attributes: dict[str, str]) -> dict[str, Any]:
    if tag == "a":
        if not attributes.get("href"):
            raise BadMarkupError("<a> without href")
        return {"url": attributes["href"].replace("&quot;", '"').replace("&lt;", "<").replace("&amp;", "&")}
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise BadMarkupError('<span> must have the class "tg-spoiler"')
    if tag == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    return {}


def _closed(waiting: list[_Open], token: re.Match[str], length: int) -> list[dict[str, Any]]:
    tag = token["tag"].lower()
    if token["attributes"].strip() or not waiting or waiting[-1].tag != tag:
        raise BadMarkupError(f"unexpected end tag </{tag}> at character {token.start()}")
    opened = waiting.pop()
    if length == opened.offset:
        return []
    return [
        {"type": _ENTITY_OF_TAG[tag], "offset": opened.offset, "length": length - opened.offset} | opened.extra,
    ]
