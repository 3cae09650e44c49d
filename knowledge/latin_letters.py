"""Persian words beside their spellings in Latin letters: by which consonants they are filed, how far they lie apart.

Nobody writes by one rule: short vowels are written or not, one Latin letter stands for four Persian ones. Consonants in
their order are what all ways share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.packed import Floats, Longs, Postings, mapped

Letters = npt.NDArray[np.uint8]

LETTERS_MAX: Final = 24
"""Letters of a word that are compared."""

_UNITS: Final = re.compile("ch|sh|kh|zh|gh|oo|ou|ee|aa|.")
# Latin unit → the Persian letters that it can stand for; an empty string: it may be left unwritten.
_LETTERS: Final[Mapping[str, Mapping[str, float]]] = {
    "b": {"ب": 0}, "p": {"پ": 0}, "t": {"ت": 0, "ط": 0.1}, "s": {"س": 0, "ص": 0.1, "ث": 0.2, "ش": 0.8},
    "j": {"ج": 0, "ژ": 0.4}, "ch": {"چ": 0}, "h": {"ه": 0, "ح": 0.05}, "kh": {"خ": 0}, "d": {"د": 0},
    "z": {"ز": 0, "ض": 0.1, "ظ": 0.1, "ذ": 0.1, "ژ": 0.4}, "r": {"ر": 0}, "zh": {"ژ": 0}, "sh": {"ش": 0},
    "gh": {"ق": 0, "غ": 0.05}, "q": {"ق": 0, "غ": 0.1}, "f": {"ف": 0}, "k": {"ک": 0, "خ": 0.7}, "g": {"گ": 0, "ق": 0.6},
    "c": {"ک": 0.2, "س": 0.3, "چ": 0.3}, "x": {"خ": 0.1}, "l": {"ل": 0}, "m": {"م": 0}, "n": {"ن": 0},
    "v": {"و": 0}, "w": {"و": 0}, "y": {"ی": 0, "": 0.2},
    "a": {"ا": 0, "": 0.25, "ع": 0.2, "ه": 0.35}, "aa": {"ا": 0, "ع": 0.3},
    "e": {"": 0, "ه": 0.15, "ا": 0.3, "ی": 0.35, "ع": 0.2}, "i": {"ی": 0, "": 0.6},
    "ee": {"ی": 0, "ه": 0.3, "ع": 0.3},
    "o": {"": 0.1, "و": 0.1, "ا": 0.3, "ع": 0.2}, "oo": {"و": 0}, "ou": {"و": 0},
    "u": {"و": 0, "": 0.5},
}  # fmt: skip
_FINAL_E: Final[Mapping[str, float]] = {"ه": 0, "": 0.1, "ی": 0.3}  # «dade» is داده before it is داد with an ezafe
_FINAL_I: Final[Mapping[str, float]] = {"ی": 0}
_STANDING: Final = 0.1  # a vowel on a letter for another
# What a word that begins with a vowel or a y begins with.
_INITIAL: Final[Mapping[str, str]] = {
    **dict.fromkeys(("a", "aa", "e", "o"), "اع"), **dict.fromkeys(("i", "ee"), "ایع"),
    **dict.fromkeys(("u", "oo", "ou"), "او"), "y": "ی",
}  # fmt: skip
_CONSONANT: Final[Mapping[str, str]] = {
    letter: sign
    for sign, letters in {
        "b": "ب", "p": "پ", "t": "تط", "s": "سصث", "j": "جژ", "C": "چ", "h": "هح", "X": "خ", "d": "د", "z": "زذضظ",
        "r": "ر", "S": "ش", "Q": "غق", "f": "ف", "k": "ک", "g": "گ", "l": "ل", "m": "م", "n": "ن",
    }.items()
    for letter in letters
}  # fmt: skip
_LATIN_CONSONANT: Final[Mapping[str, str]] = {
    "ch": "C", "sh": "S", "kh": "X", "x": "X", "gh": "Q", "q": "Q", "zh": "j", "c": "k",
    **{letter: letter for letter in "bptsjhdzrfkglmn"},
}  # fmt: skip
_SILENT: Final[Mapping[str, float]] = {"ا": 0.6, "و": 0.6, "ی": 0.6, "ع": 0.1, "ه": 0.2}
_STEPS: Final = 20  # all costs are multiples of 1/20
_NEVER: Final = 16_000  # steps
_HEARD_FIRST: Final = 0xE000 - 0x0600  # into the private use area
_COMPOUND_FROM: Final = 6  # letters
_UNHEARD_FIRST: Final = re.compile("ع|ا[وی]")
_DOUBLED: Final = re.compile(r"(.)\1+")


def persian_keys(word: str) -> tuple[str, ...]:
    """Consonants of a Persian word, and those without a ه that may be silent: the last, or one within a compound."""
    silent = [place for place in _silent_places(word) if word[place] == "ه"]
    return tuple(dict.fromkeys((_collapsed(word), *(_collapsed(word[:at] + word[at + 1 :]) for at in silent))))


def _silent_places(word: str) -> range:
    """«داده»، «بهره‌وری»."""
    last = len(word) - 1
    return range(2 if len(word) >= _COMPOUND_FROM else last, last + 1) if last > 1 else range(0)


def _collapsed(word: str) -> str:
    return _DOUBLED.sub(r"\1", "".join(_CONSONANT.get(letter, "") for letter in word))


@lru_cache(maxsize=4_096)
def latin_key(word: str) -> str:
    """Consonants of a Latin-letter word."""
    return _DOUBLED.sub(r"\1", "".join([_LATIN_CONSONANT.get(unit, "") for unit in _UNITS.findall(word)]))


def latin_keys(word: str) -> list[str]:
    """Under which consonants ``word`` may be filed: g may be ق."""
    key = latin_key(word)
    return [key, _DOUBLED.sub(r"\1", key.replace("g", "Q"))] if "g" in key else [key]


def save_consonants(directory: Path, words: Iterable[tuple[str, int]], name: str = "consonants") -> None:
    """File each numbered word under its consonants, its letters beside it, but for Latin words and single letters."""
    filed = [(word, number) for word, number in words if len(word) > 1 and not word[0].isascii()]
    Postings.save(directory, name, ((key, number) for word, number in filed for key in persian_keys(word)))
    letters = np.zeros((max((number for _, number in filed), default=0) + 1, LETTERS_MAX), np.uint8)
    letters[[number for _, number in filed]] = letters_of([word for word, _ in filed])
    np.save(directory / f"{name}_letters.npy", letters)


def load_letters(directory: Path, name: str = "consonants") -> Letters:
    """What ``letters_of`` gave for each word, by number."""
    return mapped(directory / f"{name}_letters.npy")


def letters_of(words: Sequence[str]) -> Letters:
    """Letters of Persian words as ``distances`` takes them, shape (words, ``LETTERS_MAX``): from the last to the first.

    Of longer words the first letters; then the costs say nothing.
    """
    padded = "".join([_first_marked(word[:LETTERS_MAX])[::-1].ljust(LETTERS_MAX) for word in words])
    codes = np.frombuffer(padded.encode("utf-16-le"), np.uint16)
    return _costs().letter.take(codes.reshape(len(words), LETTERS_MAX))


def distances(latin: Sequence[str], letters: Letters, counts: Sequence[int]) -> Floats:
    """Costs of reading Latin-letter words as Persian ones: 0 where every letter is the expected one.

    ``letters``: of the Persian words, those for the first of ``latin``, then those for the second, as many as
    ``counts`` says. All are aligned at once, unit by unit from the last one, in whole steps of 1/``_STEPS``.
    """
    if not len(letters):
        return np.zeros(0, np.float32)
    costs = _costs()
    letters = letters[:, : int(letters.any(axis=0).sum())].T
    units = costs.units(latin).repeat(counts, axis=1)
    heard = costs.heard.take(units[:, np.newaxis] + letters, mode="clip")  # quicker than looking whether all are there
    unheard = costs.unheard.take(units)
    # What is behind a letter, less what it costs to skip all that is: so skipping letters is a running minimum.
    behind = np.zeros((len(letters) + 1, letters.shape[1]), np.int16)
    here, next_letter = np.empty_like(behind), np.empty_like(behind[1:])
    shorter, longer = behind[:-1], here[1:]
    for unit_heard, unit_unheard in zip(heard[::-1], unheard[::-1], strict=True):
        np.add(behind, unit_unheard, out=here)
        np.add(shorter, unit_heard, out=next_letter)
        np.minimum(longer, next_letter, out=longer)
        np.minimum.accumulate(here, axis=0, out=behind)
    return np.asarray((behind[-1] + costs.silent.take(letters).sum(axis=0)) / _STEPS, np.float32)


@dataclass(frozen=True)
class _Costs:
    """The tables above in numbers of steps.

    ``heard[u + l]``: of unit u heard as letter l, less what the letter costs unheard; ``unheard[u]``: of the unit
    alone; ``silent[l]``: of the letter alone. Units are numbered in steps of the number of letters; letter 0 is none.
    """

    heard: npt.NDArray[np.int16]
    unheard: npt.NDArray[np.int16]
    silent: npt.NDArray[np.int16]
    unit: Mapping[tuple[str, bool, bool], int]
    letter: Letters

    def units(self, words: Iterable[str]) -> Longs:
        """Units of Latin-letter words, one word a column, nothing before the shorter ones."""
        numbers = list(map(_unit_numbers, words))
        longest = max(map(len, numbers))
        table = np.zeros((longest, len(numbers)), np.int64)
        for column, units in enumerate(numbers):
            table[longest - len(units) :, column] = units
        return table


@lru_cache(maxsize=1)
def _costs() -> _Costs:
    letters = sorted({letter for heard in (*_LETTERS.values(), _FINAL_E) for letter in heard if letter} | set(_SILENT))
    signs = [*letters, *map(_marked, _SILENT)]
    number = {sign: place for place, sign in enumerate(signs, 2)}  # 0 is no letter, 1 any other
    size = len(signs) + 2
    silent = np.full(size, _STEPS, np.int16)
    silent[0] = 0
    for sign, cost in _SILENT.items():
        silent[number[sign]] = round(cost * _STEPS)
    heard, unheard = [np.full(size, _NEVER, np.int16)], [0]
    unit: dict[tuple[str, bool, bool], int] = {}
    for key in product((*_LETTERS, ""), (False, True), (False, True)):
        unit[key] = len(heard) * size
        row = np.full(size, _NEVER, np.int16)
        for sign, cost in _readings_of(*key).items():
            for written in {sign, _marked(sign)} & number.keys():
                row[number[written]] = round(cost * _STEPS)
        heard.append(row - silent)
        unheard.append(round(_readings_of(*key).get("", 1.0) * _STEPS))
    letter = np.ones(1 << 16, np.uint8)
    letter[ord(" ")] = 0
    for sign, place in number.items():
        letter[ord(sign)] = place
    return _Costs(np.concatenate(heard), np.repeat(np.asarray(unheard, np.int16), size), silent, unit, letter)


def _readings_of(unit: str, first: bool, last: bool) -> Mapping[str, float]:
    """The Persian letters that a unit may stand for, with their costs; «» where it may be unheard."""
    heard = _LETTERS.get(unit, {})
    if last and unit == "e":
        heard = _FINAL_E
    elif last and unit == "i":
        heard = _FINAL_I
    if first and unit in _INITIAL:  # what a word begins with is heard, and a vowel has a letter to stand on
        return {letter: heard.get(letter, _STANDING) for letter in _INITIAL[unit]}
    return heard


@lru_cache(maxsize=2_048)
def _unit_numbers(latin: str) -> Sequence[int]:
    units = _UNITS.findall(_DOUBLED.sub(_undoubled, latin))
    known, last = _costs().unit, len(units) - 1
    return [known[unit if unit in _LETTERS else "", place == 0, place == last] for place, unit in enumerate(units)]


def _marked(letter: str) -> str:
    """A stand-in for a letter that a word begins with, which is heard."""
    return letter and chr(ord(letter) + _HEARD_FIRST)


def _first_marked(word: str) -> str:
    return word if word[0] not in _SILENT or _UNHEARD_FIRST.match(word) else _marked(word[0]) + word[1:]


def _undoubled(match: re.Match[str]) -> str:
    """A doubled consonant is one Persian letter; doubled vowels have a meaning of their own."""
    return match.group() if match[1] in "aeo" else match[1]
