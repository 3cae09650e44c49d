"""The text of files that people wrote with a spreadsheet or an editor, in whatever encoding these keep Persian.

Knows no columns and no rows; what is no text is told by its line.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

__all__ = ["UnreadableTextError", "text_of"]

#: Excel's "Unicode text" begins so; without a mark it cannot be told from what is damaged.
_UTF_16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: What Persian and Arabic text of Windows-1256 is made of beyond ASCII. The page has a sign for every byte, so anything
#: decodes to something: Latin letters with accents, currency signs and fractions tell that it was written in another.
_PERSIAN: Final = re.compile("[\x00-\x7f\u0600-\u06ff\u200c-\u200f\xa0«»–—‘’“”…•·]*")
_LETTER: Final = re.compile("[\u0621-\u064a\u0671-\u06d3]")


class UnreadableTextError(ValueError):
    """No text in an encoding that we read; `line`, from 1, is the first that shows it."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line: Final = line


def text_of(content: bytes) -> str:
    """UTF-8, UTF-16 that begins with its mark, or Windows-1256 that reads as Persian; the mark is gone.

    UnreadableTextError for anything else, and for text that holds a NUL.
    """
    try:
        text = content.decode("utf-16" if content.startswith(_UTF_16_MARKS) else "utf-8-sig")
    except UnicodeDecodeError as error:
        text = _windows_1256(content, error)
    if (at := text.find("\0")) >= 0:  # UTF-16 without its mark and without letters beyond ASCII
        raise UnreadableTextError(text.count("\n", 0, at) + 1)
    return text


def _windows_1256(content: bytes, error: UnicodeDecodeError) -> str:
    if error.encoding == "utf-8":
        text = content.decode("cp1256")
        if _PERSIAN.fullmatch(text) and _LETTER.search(text):
            return text
    before = error.object[: error.start].decode(error.encoding, "ignore")
    raise UnreadableTextError(before.count("\n") + 1) from error
