"""Slips in what people write around a reference: words without spaces, misspelled kinds, numbers and names of texts.

«لطفاماده۲۱نقشهراه» comes apart, «تبصزه چهرم» is the fourth note, «نقشه راه خدمات دلوت الکترونیکی» is the text of that
name, not the other, shorter one. Only words that belong to references are looked for, and only where such a word would
stand: a question of anything else stays as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.numerals import CARDINALS, NUMBER_WORD, ORDINALS, TENS, ascii_digits, number_words
from knowledge.reference_steps import SPELLED_LETTERS
from knowledge.spelling import SOUNDS, slip_cost
from knowledge.understanding import is_filler, plain, words_glued_to_references

__all__ = ["SlipRepairer"]

_TEXT: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _words(table: str, name: str) -> tuple[str, ...]:
    """A list of reference_slips.toml as plain words."""
    return tuple(map(plain, _TEXT[table][name]))


_LETTERS: Final = re.compile(r"[\u0621-\u06cc]+")
_WORD: Final = re.compile(r"[\u0621-\u06cc]+|[0-9]+")
_NUMBER_SIGN, _DATED, _ALL = "شماره", "مورخ", "همه"
_LONG_KINDS: Final = _words("kinds", "long")
_KINDS: Final = (*_LONG_KINDS, *_words("kinds", "others"))
_ARTICLES: Final = _words("kinds", "articles")
_SLIPPED: Final = tuple(kind for kind in _KINDS if len(kind) > 2 and kind not in _ARTICLES)
_SHORT: Final = _words("kinds", "short")
_PLURALS: Final = ("ها", "های", *(f"{kind}های" for kind in _KINDS))
_ITEM_LETTERS: Final = _words("numbers", "letters")
_NUMBER_NEXT: Final = re.compile(
    rf"\s*(?:شماره\s*)?[(«]?\s*(?:[0-9]|{NUMBER_WORD}|(?:{'|'.join(_ITEM_LETTERS)})(?![\u0621-\u06cc]))"
)
_DIGIT_NEXT: Final = re.compile(r"[\s.]*[0-9]")
_NOTE, _TABLE = "تبصره", "جدول"
_OPENINGS: Final = _words("openings", "whole")
_LETTER_WORD: Final = plain(_TEXT["openings"]["letter"])
_OF_LETTER: Final = _words("openings", "of_letter")
_TIMETABLE: Final = _words("around", "timetable")
_BETWEEN: Final = _words("around", "between")
_BEFORE_NAMES: Final = _words("around", "before_names")
_MENDED_BEFORE_NAMES: Final = _words("around", "mended_before_names")
_OTHER_PARTS: Final = _words("no_slip", "parts")
_NO_SLIP: Final = frozenset(_words("no_slip", "words"))
_MONTH: Final = "ماه"
_UNITS: Final = _words("numbers", "units")
_MONTHS: Final = _words("numbers", "months")
_YEAR: Final = re.compile("(?:سال )?1[34][0-9]{2}(?![0-9])")
_MAY_REFER: Final = re.compile(
    rf"{'|'.join((*_KINDS, *_OPENINGS, *_OF_LETTER))}|(?<![\u0621-\u06cc])(?:{'|'.join(_SHORT)})[\s.]*[0-9]"
)
#: A question of so few words may be a name alone («مقدمه بشنامه چرخه»).
_FEW_WORDS: Final = 6
#: «سیزدهمین ماده», «ماده‌ی سیزدهم».
_NTH, _EZAFE, _AFTER_HE = "ین", "ی", "هی"
_AND, _OR, _NO = "و", "یا", "نه"
_THIRTIETH: Final = "امین"  # of «سی‌امین»
_BEFORE_LETTER: Final = _words("kinds", "lettered")
_ENDINGS: Final = _words("numbers", "endings")
#: Costs of the ways in which a number may be misspelled; the cheapest reading counts.
_BY_EAR, _SWAPPED, _LEFT_OUT, _DOUBLED, _OTHER, _WORST = 0.3, 0.5, 0.6, 0.5, 0.9, 1.0
#: A word of everyday Persian is a slip only of a kind that makes words by chance.
_EVERYDAY_MAX: Final = 0.7
#: Shorter names are no names with a slip in them, longer ones may hold one slip for each so many letters. Of the short
#: ones only the first word may («نقشه را بدهید» names no text), unless the name stands beside a number.
_NAME_MIN, _LONG_NAME, _LETTERS_A_SLIP = 8, 12, 24
_SLIPPED_WORDS_MAX: Final = 2  # of a name
_NUMBER_MIN, _SINGLE_NAME_MIN, _OPENING_MIN = 3, 4, 4
_REMEMBERED: Final = 4_096  # words
_FILLERS: Final = ("reference", "limit", "list", "duties")
_DIGITS_MAX: Final = 3  # of a provision's number


class SlipRepairer:
    """Repairs for one set of names of texts (plain)."""

    def __init__(
        self,
        names: Iterable[str],
        is_everyday: Callable[[str], bool],
        printed: Iterable[tuple[str, str]] = (),
    ) -> None:
        """`is_everyday` tells words that every Persian speaker knows; `printed`: words with the number (ASCII digits)
        that follows them in the texts themselves («فواد 128»): no slip of a kind, however near.
        """
        self._is_everyday = lru_cache(maxsize=_REMEMBERED)(is_everyday)
        self._printed = frozenset(pair for pair in printed if pair[0] not in _NO_SLIP)
        named = [_WORD.findall(ascii_digits(name)) for name in names]
        self._single = tuple({words[0] for words in named if len(words) == 1 and len(words[0]) >= _SINGLE_NAME_MIN})
        self._longer = tuple(name for name in self._single if len(name) > _SINGLE_NAME_MIN)
        self._starts = frozenset((*(words[0] for words in named), *_BEFORE_NAMES))
        self._ends = frozenset(words[-1] for words in named)
        self._names = [n for words in named if len(words) > 1 and len(n := " ".join(words)) >= _NAME_MIN]
        sizes = {name.count(" ") + 1 for name in self._names}
        self._of_size = {size: [n for n in self._names if n.count(" ") + 1 == size] for size in sizes}
        self._slips_max = max(map(_slips_in, self._names), default=0)
        self._parts = frozenset(w for words in named for w in words)
        counted = {w for ordinal in ORDINALS for w in ordinal.split()}  # «یکی مانده به آخر»
        self._fixed = frozenset(
            (*_KINDS, *_OTHER_PARTS, *_OPENINGS, _NUMBER_SIGN, *SPELLED_LETTERS, *self._parts, *_NUMBERS, *counted)
        )
        self._whole = self._fixed.union(
            words_glued_to_references(), _BEFORE_NAMES, _OF_LETTER, _PLURALS, (_LETTER_WORD, _DATED, _ALL, *_TIMETABLE)
        )
        self._longest = max(map(len, self._whole))
        self._words_in = lru_cache(maxsize=_REMEMBERED)(self._cut)  # people ask with the same words

    def repaired(self, text: str) -> str:
        """A plain text with ASCII digits, its references as they were meant."""
        text = self._apart(text)
        gaps, words = _WORD.split(text), _WORD.findall(text)
        self._repair_kinds(words)
        if any(word in _KINDS or word in _OPENINGS for word in words) or _MAY_REFER.search(text):
            self._repair_names(words, gaps)
            self._repair_numbers(words)
            self._repair_beside_names(words)
        elif sum(word not in self._parts and not is_filler(word, "reference") for word in words) <= _FEW_WORDS:
            self._repair_names(words, gaps)
        return "".join(piece for pair in zip(gaps, [*words, ""], strict=True) for piece in pair)

    def _is_known(self, word: str) -> bool:
        """An everyday word, or one of those with which people ask («داره»)."""
        return self._is_everyday(word) or (
            not word.startswith(_SLIPPED) and any(is_filler(word, kind) for kind in _FILLERS)
        )

    # -- words without spaces ------------------------------------------------------------------------------------

    def _apart(self, text: str) -> str:
        """The text with spaces between words of references that were written in one, and beside digits."""
        pieces, end = [], 0
        for found in _LETTERS.finditer(text):
            pieces.append(text[end : found.start()])
            before = text[: found.start()].rstrip(" («").rpartition(" ")[2]
            behind_digit = text[: found.start()][-1:].isdigit()
            words = self._words_in(found.group(), before)
            if (
                len(words) == 2
                and len(words[1]) == 1
                and words[0] in _BEFORE_LETTER
                and _NUMBER_NEXT.match(text[found.end() :])
            ):
                words = (found.group(),)  # «بندد سوم» is no «بند د»
            if len(words) == 1 and _DIGIT_NEXT.match(text[found.end() :]):
                words = self._before_short(found.group()) or words
            if behind_digit and len(words) == 1:
                words = self._behind_ending(found.group()) or words
            pieces.append(" " * (self._ends_there(words[0]) and behind_digit))
            pieces.append(" ".join(words))
            end = found.end()
            pieces.append(" " * (self._ends_there(words[-1]) and text[end : end + 1].isdigit()))
        return "".join((*pieces, text[end:]))

    def _ends_there(self, word: str) -> bool:
        """Whether a word ends where digits begin: «الکترونیکی۹۳», not the «م» of «م۲۱»."""
        return word in self._whole and len(word) > 1

    def _behind_ending(self, run: str) -> Sequence[str]:
        """«۶مماده»: the ending of the number, then words; () where it is none."""
        for ending in _ENDINGS:
            rest = run.removeprefix(ending)
            if rest != run and (rest in self._whole or len(self._words_in(rest, "")) > 1):
                return (ending, *self._words_in(rest, ""))
        return ()

    def _before_short(self, run: str) -> Sequence[str]:
        """«تبصره‌هایم» before «۲۶»: words, then the «م» of an article; () where it is none."""
        stem = run.removesuffix(_SHORT[0])
        if stem == run or run in self._whole or stem in _KINDS:
            return ()
        words = (stem,) if stem in (*self._whole, *_PLURALS) else self._words_in(stem, "")
        return (*words, _SHORT[0]) if len(words) > 1 or words[0] != stem or stem in (*self._whole, *_PLURALS) else ()

    def _cut(self, run: str, before: str) -> Sequence[str]:
        """A run of letters as words, where it holds the word of a kind or text and nothing that we do not know."""
        if run.endswith(_AFTER_HE) and run[:-1] in self._whole:
            return (run[:-1], _EZAFE)
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
        if before in _KINDS and words and words[0] in _NUMBERS and words[-1] != _AND:  # «ماده سوماز»
            return words
        return words if any(w in _KINDS or (len(w) > 2 and w not in _NUMBERS) for w in words) else (run,)

    def _starting(self, run: str, start: int, before: str) -> Iterator[str]:
        """Words of references that begin at this place of a run, longer ones first; a letter only behind «بند»."""
        if before in _BEFORE_LETTER:
            yield from (letter for letter in _ITEM_LETTERS if run.startswith(letter, start))
        if run.startswith(_EZAFE, start) and start and run[start - 1] == "ه":
            yield _EZAFE
        for end in range(min(len(run), start + self._longest), start, -1):
            if (word := run[start:end]) in self._whole:
                yield word

    # -- kinds ---------------------------------------------------------------------------------------------------

    def _repair_kinds(self, words: list[str]) -> None:
        """«تبصزه ۲», «دوازدهمین ناده», «کام سوم چرخه»: a kind with one slip where a kind stands."""
        for i, word in enumerate(words):
            if word in self._fixed or not _LETTERS.fullmatch(word) or len(word) < 2:
                continue
            if len(word) >= _OPENING_MIN and (opening := _nearest(word, _OPENINGS)) and not self._is_known(word):
                words[i] = opening
                continue
            if (plural := _nearest(word, _PLURALS[2:])) and not self._is_everyday(word):
                words[i] = plural
                continue
            if tuple(words[i : i + 2]) in self._printed:
                continue
            kind = _nearest(word, _SLIPPED) or _nearest(word, _ARTICLES)
            if kind is not None and self._stands_for(kind, words, i):
                words[i] = kind

    def _stands_for(self, kind: str, words: Sequence[str], i: int) -> bool:
        """Whether the word at i is a slip of this kind: by the number or name beside it, and how everyday it is."""
        everyday = self._is_known(words[i]) or words[i] in _NO_SLIP
        if kind == _NOTE and (not everyday or _ends_reference(words, i)):
            return True  # nothing else is so near to it
        end = _end_of_number(words, i + 1, letters=kind not in _LONG_KINDS)
        nth = i > 0 and words[i - 1].endswith(_NTH) and words[i - 1] in (*_NUMBERS, _THIRTIETH)
        if not nth and (end == i + 1 or (end < len(words) and words[end] in _UNITS)):
            return kind == _TABLE and not everyday and self._beside_name(words, i)
        if not everyday or (kind in _LONG_KINDS and words[i] not in _NO_SLIP):
            return True
        if words[i] == _MONTH and words[end - 1] in _MONTH_NTHS:
            return False  # «ماه اول نقشه راه» is one, no month has a number behind it otherwise
        if words[i] in _UNITS and words[i] != _MONTH and i > 0 and _is_number(words[i - 1]):
            return False  # «سه ماهه اول ۱۳۹۳»
        return self._inside_reference(words, i, end)

    def _inside_reference(self, words: Sequence[str], i: int, end: int) -> bool:
        """Whether what stands from i to end has another part of a reference or the name of a text beside it."""
        after, before = _skipping(words, end, 1), _skipping(words, i - 1, -1)
        if after < len(words) and (words[after] in _KINDS or words[after] in self._starts or words[after] in _OPENINGS):
            return True
        if after + 1 < len(words) and words[after] in _NTHS and words[after + 1] in _KINDS:
            return True
        if _ends_reference(words, i):
            return True
        over = after >= len(words) or is_filler(words[after], "reference")
        if before >= 0 and words[before] in self._ends and over:
            return True
        others = (*words[:i], *words[end:])
        return all(word in _BETWEEN or is_filler(word, "reference") for word in others)  # «متن گامم ۷»

    def _beside_name(self, words: Sequence[str], i: int) -> bool:
        """Whether the name of a text follows, or a number precedes."""
        after, before = _skipping(words, i + 1, 1), _skipping(words, i - 1, -1)
        return (after < len(words) and words[after] in self._starts) or (before >= 0 and _is_number(words[before]))

    # -- numbers -------------------------------------------------------------------------------------------------

    def _repair_numbers(self, words: list[str]) -> None:
        """Number words behind the word of a kind («ماده سی و هفط»), and a misspelled «شماره» between the two."""
        for i, word in enumerate(words):
            if i + 1 < len(words) and words[i + 1] in _KINDS:
                behind_kind = i > 0 and words[i - 1] in _KINDS and f"{word}ن" in _NTHS
                words[i] = word = word[:-1] if behind_kind else self._nth(word)  # «تبصره آخری ماده ۴»
            if word in _NUMBERS or not _LETTERS.fullmatch(word) or word.removesuffix(_AND) in TENS:
                continue
            if i + 2 < len(words) and words[i + 1] == _AND and words[i + 2] in _NUMBERS and not self._is_known(word):
                words[i] = _nearest(word, tuple(TENS)) or word
            if i == 0:
                continue
            before = words[i - 2] if i > 1 and words[i - 1] == _EZAFE else words[i - 1]
            if before in _KINDS and i + 1 < len(words) and _is_number(words[i + 1]) and _nearest(word, _PLURALS[1:2]):
                words[i] = _PLURALS[1]
            elif i + 1 < len(words) and self._sign(word, words[i + 1], before):
                words[i] = self._sign(word, words[i + 1], before)
            elif before in _BEFORE_LETTER and _nearest(word, _ITEM_LETTERS[:1]):
                words[i] = _ITEM_LETTERS[0]
            elif before in (*_KINDS, _NUMBER_SIGN):
                after = _skipping(words, i + 1, 1)
                firm = after < len(words) and (words[after] in self._starts or words[after] in _KINDS)
                words[i] = self._number(word, _NUMBER_MIN - (not self._is_known(word)), firm=firm)
            elif before == _AND and i > 1 and number_words(words[i - 2]):
                words[i] = self._number(word, _NUMBER_MIN - 1)
            elif before in TENS and word[0] == _AND:  # «سی ویکک»
                words[i] = _AND + self._number(word[1:])
            elif before.isdigit() and i + 1 < len(words) and _YEAR.match(" ".join(words[i + 1 : i + 3])):
                words[i] = _nearest(word, _MONTHS) or word

    def _sign(self, word: str, following: str, before: str) -> str:
        """«شماره» or «مورخ» that was meant before a number, «» for none."""
        signs = (_NUMBER_SIGN, _DATED) if following.isdigit() else (_NUMBER_SIGN,)
        if word in self._whole or not (following.isdigit() or (before in _KINDS and _is_number(following))):
            return ""
        return _nearest(word, signs) or ""

    def _nth(self, word: str) -> str:
        """«سیزذهمین» before its kind."""
        if f"{word}ن" in _NTHS:  # «ششمی گام»
            return f"{word}ن"
        if word in self._whole or self._is_known(word):
            return word
        if (near := _nearest(word, _NTHS)) is not None:
            return near
        number = self._number(word.removesuffix(_NTH)) if word.endswith(_NTH) else ""
        return number + _NTH if number in _NUMBERS else word

    def _number(self, word: str, letters_min: int = _NUMBER_MIN, *, firm: bool = False) -> str:
        """The number that a word behind a kind was meant for; the word where it is none, or several are as near.

        `letters_min`: shorter words are too near to too many numbers. `firm`: the rest of the reference follows, so
        that an everyday word is a slip, too.
        """
        if len(word) < letters_min or word in self._whole or word in _COMPOUNDS:
            return word
        most = _EVERYDAY_MAX if self._is_known(word) and not firm else _WORST
        numbers = (*_NUMBERS, *_COMPOUNDS) if len(word) >= _COMPOUND_MIN else _NUMBERS
        costs = sorted((cost, n) for n in numbers if (cost := _cost(word, n)) <= most)
        tied = {number_words(number) for cost, number in costs[:2] if cost == costs[0][0]}
        return costs[0][1] if len(tied) == 1 else word

    # -- names of texts ------------------------------------------------------------------------------------------

    def _repair_names(self, words: list[str], gaps: Sequence[str]) -> None:
        """The longest name that the text holds with a slip in it, unless it holds one as long without."""
        text = " ".join(words)
        best = max((name for name in self._names if f" {name} " in f" {text} "), key=len, default="")
        at = -1
        known = [word in self._parts for word in words]
        for size, names in self._of_size.items():
            for i in range(len(words) - size + 1):
                if sum(known[i : i + size]) < max(1, size - _SLIPPED_WORDS_MAX) or any(
                    gap.strip(" ()«»") for gap in gaps[i + 1 : i + size]
                ):
                    continue
                window = " ".join(words[i : i + size])
                likely = process.extract(window, names, scorer=OSA.distance, score_cutoff=self._slips_max, limit=None)
                for name, slips, _ in likely:
                    if slips and len(name) > len(best) and self._is_slipped(words, i, size, name, slips):
                        best, at = name, i
        if at >= 0:
            words[at : at + best.count(" ") + 1] = best.split(" ")

    def _is_slipped(self, words: Sequence[str], i: int, size: int, name: str, slips: int) -> bool:
        window = " ".join(words[i : i + size])
        if slips > _slips_in(name) or _digits(window) != _digits(name):
            return False
        pairs = zip(words[i : i + size], name.split(" "), strict=True)
        if any(typed != meant and (typed in _KINDS or typed in _NUMBERS or typed == _OR) for typed, meant in pairs):
            return False  # «حکمرانی ماده ۴» is no «حکمرانی داده», «پیشران یا» no «پیشران‌ها»
        if len(name) >= _LONG_NAME or window.endswith(name.partition(" ")[2]):
            return True
        return _ends_reference(words, i)

    def _repair_beside_names(self, words: list[str]) -> None:
        """Names of one word («چزخه»), «دیباچخ», and «صند» before a name."""
        for i, word in enumerate(words):
            if word in self._whole or not _LETTERS.fullmatch(word) or len(word) < 2:
                continue
            everyday = self._is_known(word)
            following = words[i + 1] if i + 1 < len(words) else ""
            if following in self._starts and (near := _nearest(word, _MENDED_BEFORE_NAMES)):
                words[i] = near
            elif following in _OF_LETTER and _nearest(word, (_LETTER_WORD,)):
                words[i] = _LETTER_WORD
            elif _ends_reference(words, i):
                words[i] = _nearest(word, self._longer if everyday else self._single) or word
            elif not everyday and len(word) >= _SINGLE_NAME_MIN:
                words[i] = _nearest(word, self._single) or word


_NUMBERS: Final = frozenset(w for w in (*CARDINALS, *ORDINALS) if re.fullmatch(r"[\u0621-\u06cc]{2,}", w) and w != "یه")
_NTHS: Final = tuple(word for word in _NUMBERS if word.endswith(_NTH) and word in ORDINALS)
#: «بیستوپنجم», as it stands where the spaces are gone.
_COMPOUNDS: Final = frozenset(
    f"{ten}{_AND}{unit}" for ten, value in TENS.items() if value < 100 for unit, n in {**CARDINALS, **ORDINALS}.items()
    if 0 < n < 10 and " " not in unit
)  # fmt: skip
_COMPOUND_MIN: Final = 6
_MONTH_NTHS: Final = frozenset(word for word, n in ORDINALS.items() if word not in CARDINALS)


@lru_cache(maxsize=16_384)  # people ask with the same words
def _nearest(word: str, meant: tuple[str, ...]) -> str | None:
    """The one of these from which a word is one slip away."""
    letters = (len(word) - 1, len(word), len(word) + 1)
    near = [m for m in meant if len(m) in letters and OSA.distance(word, m, score_cutoff=1) == 1]
    return near[0] if len(near) == 1 else None


def _is_number(word: str) -> bool:
    return (word.isdigit() and len(word) <= _DIGITS_MAX) or word in _NUMBERS or word in _COMPOUNDS


def _end_of_number(words: Sequence[str], i: int, *, letters: bool) -> int:
    """Where the number ends that begins at i or behind «شماره»; i where none begins."""
    start = i
    while i < len(words) and words[i] in (_NUMBER_SIGN, _EZAFE, *_PLURALS[:2]):
        i += 1
    if i < len(words) and letters and words[i] in _ITEM_LETTERS:
        return i + 1
    if i >= len(words) or not _is_number(words[i]) or _is_no(words, i):
        return start
    while i + 2 < len(words) and words[i + 1] == _AND and _is_number(words[i + 2]):
        i += 2
    if i + 1 < len(words) and words[i].isdigit() and words[i + 1].isdigit() and len(words[i + 1]) <= _DIGITS_MAX:
        i += 1  # «۱-۷»
    return i + 1 + (i + 1 < len(words) and words[i].isdigit() and words[i + 1] in _ENDINGS)


def _is_no(words: Sequence[str], i: int) -> bool:
    """«خود ماده نه تبصره‌هاش»: no number."""
    return words[i] == _NO and i + 2 < len(words) and words[i + 1] in _KINDS and words[i + 2].startswith(_PLURALS[0])


def _ends_reference(words: Sequence[str], i: int) -> bool:
    """Whether a kind and its number or letter end before i, ties left out."""
    k = _skipping(words, i - 1, -1)
    k -= k > 0 and words[k] in _ENDINGS
    if k <= 0:
        return False
    if words[k] in _ITEM_LETTERS:
        return words[k - 1] in _BEFORE_LETTER
    if not _is_number(words[k]):
        return False
    while k > 2 and words[k - 1] == _AND and _is_number(words[k - 2]):
        k -= 2
    while k > 1 and words[k - 1] in (_NUMBER_SIGN, _EZAFE):
        k -= 1
    return words[k - 1] in (*_KINDS, *_SHORT)


def _skipping(words: Sequence[str], i: int, step: int) -> int:
    """The place of the next word, on or back, that ties nothing together."""
    while 0 <= i < len(words) and words[i] in _BETWEEN:
        i += step
    return i


def _slips_in(name: str) -> int:
    """How many a name of its length may hold."""
    return max(1, len(name) // _LETTERS_A_SLIP)


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
        return _SWAPPED if sorted(typed) == sorted(meant) else min(slip_cost(typed, meant), _WORST)
    return _DOUBLED if any(a == b for a, b in pairwise(typed)) else _OTHER
