"""HTML parse mode (Bot API, "Formatting options / HTML style"), with the messages that Telegram's own parser gives.

The server is laxer than its documentation: unknown attributes, a bare ``&`` or ``>``, unknown named entities and the
closing tag ``</>`` pass. They pass here too, but each leaves a note, which the double lists as a violation.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.support.botapi.errors import bad_request

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "span": "spoiler", "tg-spoiler": "spoiler",
    "a": "text_link", "tg-emoji": "custom_emoji", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
_ATTRIBUTES = {
    ("a", "href"),
    ("code", "class"),
    ("span", "class"),
    ("tg-emoji", "emoji-id"),
    ("blockquote", "expandable"),
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|([a-zA-Z]+));?")
_SPACE = " \t\r\n\0\v"
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of MessageEntity.offset and .length."""
    return len(text) + sum(ord(character) > 0xFFFF for character in text)


@dataclass
class _Open:
    """A tag that waits for its end."""

    tag: str
    offset: int
    argument: str = ""


@dataclass
class HtmlParser:
    """One pass over a text; afterwards ``text``, ``entities`` and ``notes`` hold the result."""

    source: str
    entities: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _at: int = 0
    _out: list[str] = field(default_factory=list)
    _length: int = 0
    _open: list[_Open] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text without markup."""
        return "".join(self._out)

    def parse(self) -> "HtmlParser":
        """Read the whole source; raises ApiError "can't parse entities: …" as Telegram would."""
        while self._at < len(self.source):
            if self.source[self._at] != "<":
                self._emit(self._character())
            elif self.source.startswith("</", self._at):
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            raise self._error(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return self

    def _error(self, message: str, position: int | None = None) -> Exception:
        if position is not None:
            message += f" at byte offset {len(self.source[:position].encode('utf-8', 'surrogatepass'))}"
        return bad_request(f"can't parse entities: {message}")

    def _emit(self, text: str) -> None:
        self._out.append(text)
        self._length += utf16_length(text)

    def _character(self, in_value: bool = False) -> str:
        """One character, or one character entity, from the present position."""
        character = self.source[self._at]
        if character == "&":
            return self._entity()
        if character == ">" and not in_value:
            self.notes.append("a bare > must be written &gt;")
        self._at += 1
        return character

    def _entity(self) -> str:
        match = _CHARACTER.match(self.source, self._at)
        decoded = _decode(match) if match else None
        if match is None or decoded is None:
            self.notes.append(f"& does not begin a supported entity: {self.source[self._at : self._at + 12]!r}")
            self._at += 1
            return "&"
        if 0xD800 <= ord(decoded) <= 0xDFFF:
            raise self._error(
                "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate"
                " code units"
            )
        if not match[0].endswith(";"):
            self.notes.append(f"the entity {match[0]} lacks its semicolon")
        self._at = match.end()
        return decoded

    def _until(self, stop: str) -> str:
        """The characters up to one of ``stop`` or a space."""
        begin = self._at
        while self._at < len(self.source) and self.source[self._at] not in stop + _SPACE:
            self._at += 1
        return self.source[begin : self._at]

    def _skip_space(self) -> str:
        """Move to the next character that is no space and return it, or "" at the end."""
        while self._at < len(self.source) and self.source[self._at] in _SPACE:
            self._at += 1
        return self.source[self._at : self._at + 1]

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        tag = self._until(">").lower()
        if self._at >= len(self.source):
            raise self._error("Unclosed start tag", begin)
        if tag not in TAGS:
            raise self._error(f'Unsupported start tag "{tag}"', begin)
        opened = _Open(tag, self._length)
        while self._skip_space() != ">":
            self._attribute(opened, begin)
        self._at += 1
        if tag == "span" and opened.argument != "tg-spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        if tag == "tg-emoji" and not opened.argument.isdigit():
            raise self._error("Invalid custom emoji identifier specified")
        self._open.append(opened)

    def _attribute(self, opened: _Open, begin: int) -> None:
        name = self._until("=>").lower()
        if self._at >= len(self.source):
            raise self._error(f'Unclosed start tag "{opened.tag}"', begin)
        if not name:
            raise self._error(f'Empty attribute name in the tag "{opened.tag}"', begin)
        value = ""
        if self._skip_space() == "=":
            self._at += 1
            value = self._value(opened.tag, begin)
        if (opened.tag, name) not in _ATTRIBUTES:
            self.notes.append(f'attribute "{name}" is not supported in the tag "{opened.tag}"')
            return
        opened.argument = name if name == "expandable" else value

    def _value(self, tag: str, begin: int) -> str:
        quote = self._skip_space()
        if not quote:
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        if quote not in "\"'":
            return self._name_token()
        self._at += 1
        parts: list[str] = []
        while self._at < len(self.source) and self.source[self._at] != quote:
            parts.append(self._character(in_value=True))
        if self._at >= len(self.source):
            raise self._error("Unclosed start tag", begin)
        self._at += 1
        return "".join(parts)

    def _name_token(self) -> str:
        begin = self._at
        match = _TOKEN.match(self.source, begin)
        assert match is not None
        self._at = match.end()
        if self._at >= len(self.source) or self.source[self._at] not in _SPACE + ">":
            raise self._error("Unexpected end of name token", begin)
        return match[0].lower()

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise self._error("Unexpected end tag", begin)
        self._at += 2
        tag = self._until(">").lower()
        if self._skip_space() != ">":
            raise self._error("Unclosed end tag", begin)
        self._at += 1
        opened = self._open.pop()
        if tag not in ("", opened.tag):
            raise self._error(
                f'Unmatched end tag at byte offset {len(self.source[:begin].encode())}, expected "</{opened.tag}>",'
                f' found "</{tag}>"'
            )
        if not tag:
            self.notes.append("an end tag must carry its name")
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self._length - opened.offset
        if length:
            self.entities.append(
                {"type": TAGS[opened.tag], "offset": opened.offset, "length": length, **_extra(opened)}
            )


def _decode(match: re.Match[str]) -> str | None:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMED.get(name)
    if len(decimal or hexadecimal) > 10:
        return None
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0x10FFFF else None


def _extra(opened: _Open) -> dict[str, Any]:
    """What an entity carries beside its place; ``language`` of code is folded into its pre later."""
    if opened.tag == "a":
        return {"url": opened.argument}
    if opened.tag == "tg-emoji":
        return {"custom_emoji_id": opened.argument}
    if opened.tag == "blockquote" and opened.argument == "expandable":
        return {"type": "expandable_blockquote"}
    if opened.tag == "code" and opened.argument.startswith("language-") and opened.argument != "language-":
        return {"language": opened.argument.removeprefix("language-")}
    return {}
