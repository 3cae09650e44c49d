"""Persian words beside their spellings in Latin letters: by which consonants they are filed, how far they lie apart.

Nobody writes by one rule: short vowels are written or not, one Latin letter stands for four Persian ones. Consonants in
their order are what all ways share.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from knowledge.packed import Postings

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


def latin_key(word: str) -> str:
    """Consonants of a Latin-letter word."""
    return _DOUBLED.sub(r"\1", "".join(_LATIN_CONSONANT.get(unit, "") for unit in _UNITS.findall(word)))


def latin_keys(word: str) -> list[str]:
    """Under which consonants ``word`` may be filed: g may be ق."""
    key = latin_key(word)
    return sorted({key, _DOUBLED.sub(r"\1", key.replace("g", "Q"))})


def save_consonants(directory: Path, words: Iterable[tuple[str, int]], name: str = "consonants") -> None:
    """File each numbered word under its consonants; Latin words are left out."""
    entries = ((key, number) for word, number in words if not word[0].isascii() for key in persian_keys(word))
    Postings.save(directory, name, entries)


def distance(latin: str, persian: str, most: float = math.inf) -> float:
    """Cost of reading ``latin`` as ``persian``: 0 where every letter is the expected one; inf from ``most`` on."""
    silent = [_SILENT.get(letter, 1.0) for letter in persian]
    if not _UNHEARD_FIRST.match(persian):
        silent[0] = 1.0  # what a word begins with is heard
    width = len(persian)
    behind = [0.0] * (width + 1)  # costs of reading what is behind a unit, by the letters that are left for it
    for letter in range(width - 1, -1, -1):
        behind[letter] = behind[letter + 1] + silent[letter]
    for choices in reversed(_readings_of(latin)):
        unheard = choices.get("", 1.0)
        here = [0.0] * width + [behind[width] + unheard]
        for letter in range(width - 1, -1, -1):  # the hottest lines of a question in Latin letters: no min()
            best, skipped = behind[letter] + unheard, here[letter + 1] + silent[letter]
            if skipped < best:
                best = skipped
            heard = choices.get(persian[letter])
            if heard is not None and behind[letter + 1] + heard < best:
                best = behind[letter + 1] + heard
            here[letter] = best
        if min(here) > most:
            return math.inf
        behind = here
    return behind[0]


@lru_cache(maxsize=512)
def _readings_of(latin: str) -> Sequence[Mapping[str, float]]:
    """The Persian letters that each unit of a word may stand for, with their costs; «» where it may be unheard."""
    units = _UNITS.findall(_DOUBLED.sub(_undoubled, latin))
    readings = [_LETTERS.get(unit, {}) for unit in units]
    if units and units[-1] == "e":
        readings[-1] = _FINAL_E
    elif units and units[-1] == "i":
        readings[-1] = _FINAL_I
    if units and units[0] in _INITIAL:  # what a word begins with is heard, and a vowel has a letter to stand on
        readings[0] = {letter: readings[0].get(letter, _STANDING) for letter in _INITIAL[units[0]]}
    return readings


def _undoubled(match: re.Match[str]) -> str:
    """A doubled consonant is one Persian letter; doubled vowels have a meaning of their own."""
    return match.group() if match[1] in "aeo" else match[1]
