"""The order in which Persian speakers look for names in a list, which is not that of code points (ISIRI 6219)."""

from __future__ import annotations

import re
from typing import Final

from knowledge.numerals import ascii_digits

__all__ = ["persian_order"]

_ALPHABET: Final = {letter: place for place, letter in enumerate("آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")}
#: Other shapes of a letter; a half-space parts words as a space does.
_AS: Final = str.maketrans("أإٱءؤئةيىك\u200c", "ااااویهییک ")
#: Vowel signs, the long stroke, direction marks, and what stands around words.
_PASSED_OVER: Final = re.compile("[\u064b-\u065f\u0670\u0640\u200b\u200d-\u200f«»()\\[\\]\"'،؛:.؟!-]+")
_PART: Final = re.compile(r"\d+|\s+|\S")
_SPACE, _NUMBER, _PERSIAN, _OTHER = range(4)


def persian_order(text: str) -> tuple[tuple[int, int], ...]:
    """A key for `sorted`: آ first, پ after ب, گ after ک; Persian before Latin; numbers by their size."""
    plain = ascii_digits(_PASSED_OVER.sub("", text).translate(_AS)).casefold().strip()
    return tuple(_rank(part) for part in _PART.findall(plain))


def _rank(part: str) -> tuple[int, int]:
    if part.isspace():
        return _SPACE, 0
    if part.isdecimal():
        return _NUMBER, int(part)
    place = _ALPHABET.get(part)
    return (_OTHER, ord(part)) if place is None else (_PERSIAN, place)
