"""Latin-letter Persian («made 21 chie», «mohlate nazarsanji key bood»): which words of the index were meant.

Nobody writes it by one rule: short vowels are written or not, one Latin letter stands for four Persian ones. Consonants
in their order are what all ways share, so words are looked up by consonants, then compared letter by letter. Question
words are not in any index and come from a list.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from knowledge.packed import Postings
from knowledge.spelling import Suggestion, frequency_discount
from knowledge.vocabulary import Vocabulary

_COMPARED_MAX: Final = 80  # candidates with the same consonants that are compared letter by letter, commonest first
_COST_MAX: Final = 2.2
_REMEMBERED: Final = 4_096  # words

FUNCTION_WORDS: Final[Mapping[str, str]] = {
    latin: persian
    for persian, spellings in {
        "چیه": "chie chiye chieh chye", "چیست": "chist chiist", "چی": "chi chy", "چه": "che", "کیه": "kie kiye kieh",
        "کیست": "kist", "کی": "ki key kay", "کجا": "koja", "کجاست": "kojast kojas", "چرا": "chera", "آیا": "aya",
        "چطور": "chetor chetori", "چگونه": "chegune chegoone", "چند": "chand", "چقدر": "cheghadr chghad cheghad",
        "کدام": "kodam kodum kodoom", "است": "ast", "هست": "hast has", "بود": "bood bud bod", "شد": "shod",
        "میشه": "mishe", "میشود": "mishavad", "از": "az", "به": "be", "در": "dar", "با": "ba", "که": "ke k",
        "و": "va o", "را": "ra ro", "تا": "ta", "برای": "baraye baray barae", "واسه": "vase", "این": "in", "آن": "an",
        "اون": "oon un", "هر": "har", "هم": "ham", "یا": "ya", "اگر": "agar age", "باید": "bayad", "یک": "yek",
        "سلام": "salam slm", "لطفا": "lotfan", "ممنون": "mamnoon mamnun", "مرسی": "mersi merci",
        "یعنی": "yani yaani", "تو": "to tu too", "توی": "tooye tuye", "داره": "dare dareh",
        "هستن": "hastan", "هستند": "hastand",
        "کیا": "kia kiya", "کیان": "kian kiyan", "چیا": "chia chiya", "رو": "ru", "مال": "mal male", "اینا": "ina",
        "ماده": "made madeh madde maddeh madeye", "تبصره": "tabsare tabsareh tabsareye", "بند": "band bande",
        "فصل": "fasl fasle", "گام": "gam gaam game", "مرحله": "marhale marhaleh marhaleye", "ردیف": "radif radife",
        "پروژه": "proje projeh projeye", "مصوبه": "mosavabe mosavabeh mosavabeye", "الف": "alef",
        "جیم": "jim", "دال": "dal", "قبل": "ghabl ghable qabl", "بعد": "baad bade", "روزش": "roozesh ruzesh",
        "اول": "aval avval avale", "دوم": "dovom dovome", "سوم": "sevom sevome", "چهارم": "chaharom chaharome",
        "پنجم": "panjom panjome", "ششم": "sheshom sheshome", "هفتم": "haftom haftome", "هشتم": "hashtom hashtome",
        "نهم": "nohom nohome", "دهم": "dahom dahome",
        "میخوام": "mikham", "میخواستم": "mikhastam", "بدونم": "bedoonam bedunam", "بگو": "begu begoo",
    }.items()
    for latin in spellings.split()
}  # fmt: skip
"""Words that hold a question together or a reference, by their usual Latin spellings."""

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
    "e": {"": 0, "ه": 0.15, "ا": 0.3, "ی": 0.35, "ع": 0.2}, "i": {"ی": 0, "": 0.6}, "ee": {"ی": 0},
    "o": {"": 0.1, "و": 0.1, "ا": 0.3, "ع": 0.2}, "oo": {"و": 0}, "ou": {"و": 0},
    "u": {"و": 0, "": 0.5},
}  # fmt: skip
_FINAL_E: Final[Mapping[str, float]] = {"ه": 0, "": 0.1, "ی": 0.3}  # «dade» is داده before it is داد with an ezafe
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
_DOUBLED: Final = re.compile(r"(.)\1+")


_APOSTROPHE: Final = re.compile("(?<=[a-z])['’`-](?=[a-z])")
_SPACED_ENDING: Final = re.compile("(?<=[a-z]) +(?=(?:ye|ha|haa|haye|hay|haaye)(?![a-z]))")


def joined(question: str) -> str:
    """``question`` in lower case with each Latin-letter word in one piece: «etela'at», «dastgah haye», «emza ye»."""
    return _SPACED_ENDING.sub("", _APOSTROPHE.sub("", question.lower()))


def is_latin(word: str) -> bool:
    return word.isascii() and word.isalpha()


def persian_keys(word: str) -> tuple[str, ...]:
    """Consonants of a Persian word; twice where its last ه may be silent."""
    key = _collapsed(word)
    return (key, _collapsed(word[:-1])) if word.endswith("ه") and len(word) > 2 else (key,)


def _collapsed(word: str) -> str:
    return _DOUBLED.sub(r"\1", "".join(_CONSONANT.get(letter, "") for letter in word))


def latin_key(word: str) -> str:
    """Consonants of a Latin-letter word."""
    return _DOUBLED.sub(r"\1", "".join(_LATIN_CONSONANT.get(unit, "") for unit in _UNITS.findall(word)))


def save_consonants(directory: Path, words: Iterable[tuple[str, int]]) -> None:
    """File each numbered word under its consonants; Latin words are left out."""
    entries = ((key, number) for word, number in words if not word[0].isascii() for key in persian_keys(word))
    Postings.save(directory, "consonants", entries)


class Finglish:
    """Readings of Latin-letter words in one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, consonants: Postings) -> None:
        self.vocabulary, self.consonants = vocabulary, consonants
        self._readings = lru_cache(maxsize=_REMEMBERED)(self._new_readings)  # people ask with the same words

    @classmethod
    def load(cls, directory: Path, vocabulary: Vocabulary) -> Finglish:
        return cls(vocabulary, Postings.load(directory, "consonants"))

    def suggest(self, word: str, limit: int = 3) -> tuple[Suggestion, ...]:
        """Words of the index that ``word`` (lower-case Latin letters) may stand for, likeliest first."""
        return self._readings(word)[:limit]

    def _new_readings(self, word: str) -> tuple[Suggestion, ...]:
        found = [
            Suggestion((meant,), cost - frequency_discount(frequency))
            for meant, frequency in self._same_consonants(word)
            if len(meant) > 1 and (cost := distance(word, meant, _COST_MAX)) <= _COST_MAX
        ]
        return tuple(sorted(found, key=lambda suggestion: (suggestion.cost, suggestion.words)))

    def _same_consonants(self, word: str) -> Iterator[tuple[str, int]]:
        numbers = self.consonants.get([latin_key(word)])[0]
        frequencies = self.vocabulary.surface_frequency[numbers]
        for place in np.argsort(-frequencies, kind="stable")[:_COMPARED_MAX]:
            yield self.vocabulary.surfaces[int(numbers[place])], int(frequencies[place])


def distance(latin: str, persian: str, most: float = math.inf) -> float:
    """Cost of reading ``latin`` as ``persian``: 0 where every letter is the expected one; inf from ``most`` on."""
    silent = [_SILENT.get(letter, 1.0) for letter in persian]
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
    return readings


def _undoubled(match: re.Match[str]) -> str:
    """A doubled consonant is one Persian letter; doubled vowels have a meaning of their own."""
    return match.group() if match[1] in "aeo" else match[1]
