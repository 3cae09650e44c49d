"""How words reach the screen: escaping, marks on matching words, Jalali dates, direction marks, pages that fit.

The wording of the law is never altered here, only escaped, marked and cut between sentences. Knows no screen and no
chat.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from persiantools.jdatetime import JalaliDate

from bot.fluent_texts import Html, Texts
from knowledge.analysis import Span, spans, stem
from knowledge.message_length import message_length
from knowledge.numerals import persian_digits
from reminders.occurrences import ONCE, season_of

__all__ = [
    "MESSAGE_MAX",
    "WORDS_SHOWN",
    "Block",
    "beginning",
    "cleaned",
    "date_digits",
    "date_words",
    "escape",
    "isolated",
    "join",
    "marked",
    "occurrence_words",
    "pages",
    "pieces",
    "plain_text",
    "quoted",
    "sentences",
    "shortened",
    "visible_length",
]

#: Characters of a message after parsing (Bot API, "sendMessage"), counted in UTF-16 units to be on the safe side.
MESSAGE_MAX = 4096
#: A quote longer than this is folded up until it is tapped.
FOLDED_FROM = 700
NO_WORDS = Html("")

_TAG = re.compile(r"<[^<>]*>")
_SENTENCE_END = re.compile(r"(?<=[.؟!؛])[ \n]+|\n+")
_CLAUSE_END = re.compile(r"(?<=[،:])\s+")
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_FIRST_STRONG_ISOLATE, _POP_ISOLATE, _RIGHT_TO_LEFT_MARK = "\u2068", "\u2069", "\u200f"


# -- words -----------------------------------------------------------------------------------------------------------


def escape(text: str) -> Html:
    """Any text as Telegram HTML that shows just these characters."""
    return Html(html.escape(text, quote=False))


def join(parts: Sequence[Html], separator: str = "\n") -> Html:
    """Parts with a separator that holds no markup; empty ones are left out."""
    return Html(separator.join(part for part in parts if part))


def plain_text(text: Html) -> str:
    """What is left on the screen of a text in HTML."""
    return html.unescape(_TAG.sub("", text))


def visible_length(text: Html) -> int:
    """Length after parsing, in UTF-16 units."""
    return message_length(plain_text(text))


def cleaned(text: str) -> str:
    """What a person wrote, without characters that no one can see or store.

    Control characters, direction overrides and broken surrogate pairs are dropped; half-spaces and line breaks stay.
    """
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return _SURROGATES.sub("", _CONTROLS.sub("", paired.replace("\r\n", "\n").replace("\t", " "))).strip()


def isolated(text: str) -> str:
    """A stranger's words so that their direction cannot turn ours around (Unicode UAX #9, isolates)."""
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"


def right_to_left(text: Html) -> Html:
    """Our own lines that begin with a Latin word, so that they are still laid out from the right."""
    return Html("\n".join(_led(line) for line in text.split("\n")))


@lru_cache(maxsize=2000)
def _led(line: str) -> str:
    """The same lines go to many people."""
    shown = plain_text(Html(line))
    strong = [unicodedata.bidirectional(c) for c in shown]
    first = next((kind for kind in strong if kind in ("L", "R", "AL")), "")
    return _RIGHT_TO_LEFT_MARK + line if first == "L" and {"R", "AL"} & set(strong) else line


def marked(text: str, words: Sequence[str]) -> Html:
    """The text with the words that share a stem with `words` in bold, neighbours in one piece."""
    wanted = {stem(word) for word in words if word}
    places = _merged(text, [(s.start, s.end) for s in _analysed(text) if s.stems & wanted]) if wanted else []
    out, at = [], 0
    for start, end in places:
        out += [escape(text[at:start]), f"<b>{escape(text[start:end])}</b>"]
        at = end
    return Html("".join([*out, escape(text[at:])]))


@lru_cache(maxsize=2000)
def _analysed(text: str) -> tuple[Span, ...]:
    """Words of a text with their stems; analysing takes milliseconds, and the texts of the law are always the same."""
    return tuple(spans(text))


def _merged(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and text[merged[-1][1] : start] == " ":
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


#: Characters of what somebody was looking for, where it is said that nothing was found.
WORDS_SHOWN = 60


def shortened(text: str, length: int) -> str:
    """The text itself, or its beginning with «…», at most `length` characters and cut between words."""
    text = " ".join(text.split(" ")).replace("\n", " ")
    if len(text) <= length:
        return text
    head = text[: length - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ،:؛") + "…"


def beginning(text: str, room: int) -> str:
    """The text with its lines, or as much of it as `room` UTF-16 units hold with «…», cut where it hurts least."""
    if message_length(text) <= room:
        return text
    return next(_fitting(text, room - 1), "").rstrip(" ،:؛") + "…"


def pieces(text: str, room: int) -> list[str]:
    """All of the text in pieces of at most `room` UTF-16 units, cut where it hurts least; empty for none."""
    return list(_fitting(text, room))


def quoted(text: str, room: int) -> Html:
    """Somebody's words as a quote of at most `room` units."""
    return Html(f"<blockquote>{escape(beginning(text, room))}</blockquote>")


# -- dates -----------------------------------------------------------------------------------------------------------


def date_words(texts: Texts, date: JalaliDate) -> Html:
    """«۳۱ مرداد ۱۴۰۴»"""
    return texts("date-words", day=date.day, month=f"m{date.month}", year=date.year)


def occurrence_words(texts: Texts, number: str) -> Html:
    """«نوبت: پاییز ۱۴۰۵»; empty for what happens once."""
    if number == ONCE:
        return NO_WORDS
    if (season := season_of(number)) is not None:
        return texts("occurrence-season", year=season[0], season=f"s{season[1]}")
    return texts("occurrence-number", number=int(number))


def date_digits(date: JalaliDate) -> Html:
    """«۱۴۰۴/۰۵/۳۱»"""
    return escape(persian_digits(f"{date.year}/{date.month:02d}/{date.day:02d}"))


# -- pages -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a screen: `before` is ours, `text` may be cut at sentence ends to fit a page.

    `quoted` paragraphs that follow each other on a page share one quote. `words` are marked in `text`. A paragraph that
    stands `apart` has an empty line before it. Neighbours that are an `aside` share a folded quote of their own.
    """

    before: Html = NO_WORDS
    text: str = ""
    after: Html = NO_WORDS
    quoted: bool = False
    words: tuple[str, ...] = ()
    apart: bool = False
    aside: bool = False

    @property
    def html(self) -> Html:
        body = Html(self.before + marked(self.text, self.words) + self.after)
        return body if self.quoted else right_to_left(body)

    @property
    def length(self) -> int:
        return visible_length(self.before) + message_length(self.text) + visible_length(self.after)


def pages(blocks: Sequence[Block], *, limit: int = MESSAGE_MAX - 96) -> list[Html]:
    """The blocks on as few pages as hold them, each at most `limit` characters after parsing; at least one page.

    A block that does not fit on a page by itself is cut at sentence ends, then at clauses, then between words.
    """
    out: list[list[Block]] = [[]]
    used = 0
    for block in blocks:
        for piece in _cut(block, limit):
            length = piece.length + 2  # what may stand between it and the one before
            if out[-1] and used + length > limit:
                out.append([])
                used = 0
            out[-1].append(piece)
            used += length
    return [_page(page) for page in out]


def _page(blocks: Sequence[Block]) -> Html:
    parts: list[str] = []
    for quoted, group in _groups(blocks):
        body = "".join(_led_by(block, i) + block.html for i, block in enumerate(group))
        if group[0].aside:
            body = f"<blockquote expandable>{body}</blockquote>"
        elif quoted:
            folded = " expandable" if sum(block.length for block in group) > FOLDED_FROM else ""
            body = f"<blockquote{folded}>{body}</blockquote>"
        parts.append(body)
    return Html("\n\n".join(parts))


def _led_by(block: Block, place: int) -> str:
    if not place:
        return ""
    return "\n\n" if block.apart else "\n"


def _groups(blocks: Sequence[Block]) -> Iterator[tuple[bool, list[Block]]]:
    group: list[Block] = []
    for block in blocks:
        if group and (group[-1].quoted, group[-1].aside) != (block.quoted, block.aside):
            yield group[0].quoted, group
            group = []
        group.append(block)
    if group:
        yield group[0].quoted, group


def _cut(block: Block, limit: int) -> Iterator[Block]:
    if block.length <= limit:
        yield block
        return
    room = limit - visible_length(block.before) - visible_length(block.after)
    pieces = list(_fitting(block.text, max(room, 2)))
    for i, piece in enumerate(pieces):
        first, last = i == 0, i == len(pieces) - 1
        yield replace(
            block, before=block.before if first else NO_WORDS, text=piece, after=block.after if last else NO_WORDS
        )


def sentences(text: str) -> list[str]:
    """The text cut behind sentence ends and at line breaks; joined again they give all of its words."""
    return [piece for piece in _SENTENCE_END.split(text) if piece]


def _fitting(text: str, room: int) -> Iterator[str]:
    """Pieces of at most `room` UTF-16 units, together the whole text, cut at the best place that each one has."""
    rest = text
    while message_length(rest) > room:
        head = rest[:room]
        while message_length(head) > room:
            head = head[:-1]
        end = _last_end(_SENTENCE_END, head) or _last_end(_CLAUSE_END, head) or head.rfind(" ") + 1 or len(head)
        if piece := rest[:end].rstrip():
            yield piece
        rest = rest[end:].lstrip()
    if rest:
        yield rest


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    return max((found.end() for found in pattern.finditer(text)), default=0)
