"""Slips in what people write around a reference: words without spaces, misspelled numbers and names of texts.

«لطفاماده۲۱نقشهراه» comes apart, «ماده چهرم» is the fourth, «نقشه راه خدمات دلوت الکترونیکی» is the text of that name,
not the other, shorter one. Only words that belong to references are looked for: a question of anything else stays as it
is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.numerals import CARDINALS, ORDINALS, ascii_digits, number_words
from knowledge.spelling import SOUNDS
from knowledge.understanding import plain, words_glued_to_references

__all__ = ["SlipRepairer"]

_LETTERS: Final = re.compile(r"[\u0621-\u06cc]+")
_NUMBER_SIGN: Final = "شماره"
_KINDS: Final = tuple(map(plain, (
    "ماده", "مواد", "تبصره", "بند", "جزء", "زیربند", "ردیف", "جدول", "پروژه", "مرحله", "گام", "بخش", "فصل", "مصوبه",
)))  # fmt: skip
_MAY_REFER: Final = re.compile(rf"{'|'.join(_KINDS)}|(?<![\u0621-\u06cc])(?:م|ت|تب)[\s.]*[0-9]")
#: A question of so few words may be a name alone («مقدمه بشنامه چرخه»).
_FEW_WORDS: Final = 6
#: «سیزدهمین ماده», «ماده‌ی سیزدهم».
_NTH, _EZAFE = "ین", "ی"
_BEFORE_LETTER: Final = ("بند", "قسمت")
_ITEM_LETTERS: Final = ("الف", *"ابپتثجچحخدهو")
#: Costs of the ways in which a number may be misspelled; the cheapest reading counts.
_BY_EAR, _SWAPPED, _LEFT_OUT, _DOUBLED, _OTHER, _WORST = 0.3, 0.5, 0.6, 0.5, 0.9, 1.0
#: A word of everyday Persian is a slip only of a kind that makes words by chance.
_EVERYDAY_MAX: Final = 0.7
#: Shorter names are no names with a slip in them, longer ones may hold one slip for each so many letters. Of the short
#: ones only the first word may («نقشه را بدهید» names no text).
_NAME_MIN, _LONG_NAME, _LETTERS_A_SLIP = 8, 12, 24
_NUMBER_MIN: Final = 3


class SlipRepairer:
    """Repairs for one set of names of texts (plain). `is_everyday` tells words that every Persian speaker knows."""

    def __init__(self, names: Iterable[str], is_everyday: Callable[[str], bool]) -> None:
        self._is_everyday = is_everyday
        self._names = [n for n in map(ascii_digits, names) if len(n) >= _NAME_MIN and " " in n]
        sizes = {name.count(" ") + 1 for name in self._names}
        self._of_size = {size: [n for n in self._names if n.count(" ") + 1 == size] for size in sizes}
        self._slips_max = max(map(_slips_in, self._names), default=0)
        parts = {w for name in names for w in _LETTERS.findall(name)}
        counted = {w for ordinal in ORDINALS for w in ordinal.split()}  # «یکی مانده به آخر»
        self._whole = frozenset((*_KINDS, _NUMBER_SIGN, *parts, *_NUMBERS, *counted, *words_glued_to_references()))
        self._longest = max(map(len, self._whole))

    def repaired(self, text: str) -> str:
        """A plain text with ASCII digits, its references as they were meant."""
        text = self._apart(text)
        if _MAY_REFER.search(text):
            return self._named(self._numbered(text))
        return self._named(text) if text.count(" ") < _FEW_WORDS else text

    # -- words without spaces ------------------------------------------------------------------------------------

    def _apart(self, text: str) -> str:
        pieces, end = [], 0
        for found in _LETTERS.finditer(text):
            pieces.append(text[end : found.start()])
            before = text[: found.start()].rstrip(" («").rpartition(" ")[2]
            words = self._words_in(found.group(), before)
            pieces.append(" " * (self._ends(words[0]) and text[: found.start()][-1:].isdigit()))
            pieces.append(" ".join(words))
            end = found.end()
            pieces.append(" " * (self._ends(words[-1]) and text[end : end + 1].isdigit()))
        return "".join((*pieces, text[end:]))

    def _ends(self, word: str) -> bool:
        """Whether a word ends where digits begin: «الکترونیکی۹۳», not the «م» of «م۲۱»."""
        return word in self._whole and len(word) > 1

    def _words_in(self, run: str, before: str) -> Sequence[str]:
        """A run of letters as words, where it holds the word of a kind or text and nothing that we do not know."""
        if run in self._whole or len(run) < 4 or self._is_everyday(run):
            return (run,)
        best: list[tuple[int, tuple[str, ...]] | None] = [(0, ()), *[None] * len(run)]
        for start in range(len(run)):
            so_far = best[start]
            if so_far is None:
                continue
            for word in self._starting(run, start, (so_far[1] or (before,))[-1]):
                at = start + len(word)
                if (there := best[at]) is None or so_far[0] + 1 < there[0]:
                    best[at] = (so_far[0] + 1, (*so_far[1], word))
        words = best[-1][1] if best[-1] else ()
        return words if any(w in _KINDS or (len(w) > 2 and w not in _NUMBERS) for w in words) else (run,)

    def _starting(self, run: str, start: int, before: str) -> Iterator[str]:
        if before in _BEFORE_LETTER:
            yield from (letter for letter in _ITEM_LETTERS if run.startswith(letter, start))
        for end in range(min(len(run), start + self._longest), start, -1):
            if (word := run[start:end]) in self._whole:
                yield word

    # -- numbers -------------------------------------------------------------------------------------------------

    def _numbered(self, text: str) -> str:
        """Number words behind the word of a kind («ماده سی و هفط»), and a misspelled «شماره» between the two."""
        words = text.split(" ")
        for i, word in enumerate(words):
            if word in _NUMBERS or not _LETTERS.fullmatch(word):
                continue
            if word.endswith(_NTH) and i + 1 < len(words) and words[i + 1] in _KINDS:
                words[i] = self._number(word.removesuffix(_NTH)) + _NTH
            if i == 0:
                continue
            before = words[i - 2] if i > 1 and words[i - 1] == _EZAFE else words[i - 1]
            if before in _KINDS and i + 1 < len(words) and _starts_number(words[i + 1]):
                if word not in self._whole and OSA.distance(word, _NUMBER_SIGN, score_cutoff=1) <= 1:
                    words[i] = _NUMBER_SIGN
            elif before in (*_KINDS, _NUMBER_SIGN) or (before == "و" and i > 1 and number_words(words[i - 2])):
                words[i] = self._number(word)
        return " ".join(words)

    def _number(self, word: str) -> str:
        if len(word) < _NUMBER_MIN or word in self._whole:
            return word
        most = _EVERYDAY_MAX if self._is_everyday(word) else _WORST
        costs = sorted((cost, n) for n in _NUMBERS if (cost := _cost(word, n)) <= most)
        tied = {number_words(number) for cost, number in costs[:2] if cost == costs[0][0]}
        return costs[0][1] if len(tied) == 1 else word

    # -- names of texts ------------------------------------------------------------------------------------------

    def _named(self, text: str) -> str:
        """The longest name that the text holds with a slip in it, unless it holds one as long without."""
        words = text.split(" ")
        best, at = max((name for name in self._names if name in text), key=len, default=""), -1
        for size, names in self._of_size.items():
            for i in range(len(words) - size + 1):
                window = " ".join(words[i : i + size])
                likely = process.extract(window, names, scorer=OSA.distance, score_cutoff=self._slips_max, limit=None)
                for name, slips, _ in likely:
                    if slips and len(name) > len(best) and _is_slipped(window, name, slips):
                        best, at = name, i
        return text if at < 0 else " ".join((*words[:at], best, *words[at + best.count(" ") + 1 :]))


_NUMBERS: Final = frozenset(w for w in (*CARDINALS, *ORDINALS) if re.fullmatch(r"[\u0621-\u06cc]{2,}", w) and w != "یه")


def _starts_number(word: str) -> bool:
    return bool(re.match(r"\(?[0-9]", word)) or word in _NUMBERS


def _slips_in(name: str) -> int:
    """How many a name of its length may hold."""
    return max(1, len(name) // _LETTERS_A_SLIP)


def _is_slipped(window: str, name: str, slips: int) -> bool:
    if slips > _slips_in(name) or _digits(window) != _digits(name):
        return False
    return len(name) >= _LONG_NAME or window.endswith(name.partition(" ")[2])


def _digits(text: str) -> list[str]:
    return re.findall("[0-9]+", text)


def _cost(typed: str, meant: str) -> float:
    """Of having meant one number and typed another word; above `_WORST` where it is no slip."""
    if typed.translate(SOUNDS) == meant.translate(SOUNDS):
        return _BY_EAR
    if len(meant) < _NUMBER_MIN or OSA.distance(typed, meant, score_cutoff=1) > 1:
        return 2 * _WORST
    if len(typed) < len(meant):
        return _LEFT_OUT
    if len(typed) == len(meant):
        return _SWAPPED if sorted(typed) == sorted(meant) else _WORST
    return _DOUBLED if any(a == b for a, b in pairwise(typed)) else _OTHER
