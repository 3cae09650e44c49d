"""References in Latin letters («tabsare 2 made 6 naghshe rah», «art 21 roadmap»): their words in Persian.

Only words of references are read: kinds, numbers, names of texts and what ties them together. They are few, so that the
nearest by sound can be told even where the index holds a commoner word; all other words stay as they were typed.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise, product
from pathlib import Path
from typing import Final

import numpy as np

from knowledge.everyday_speech import everyday_speech
from knowledge.finglish import joined
from knowledge.latin_letters import Letters, distances, latin_key, letters_of, persian_keys
from knowledge.numerals import CARDINALS, ORDINALS, TENS
from knowledge.reference_steps import from_english
from knowledge.remembered import Remembered
from knowledge.understanding import plain, words_glued_to_references

__all__ = ["LatinReferences", "has_latin"]

_FILE: Final = Path(__file__).with_name("latin_references.toml")
_LATIN: Final = re.compile("[a-z]")
_WORD: Final = re.compile(r"[a-z]+|[\u0621-\u06cc]+|[0-9]+")
_LETTERED: Final = frozenset(map(plain, ("بند", "جزء", "زیربند")))
_BEHIND_NUMBER: Final = re.compile(r"(?<=[0-9])(?:[ -]?(?:om|th|vom|yom)|m)(?![a-z0-9])")
_SHORT: Final = re.compile(r"(?<![a-z])(m|tb?)[. ]?(?=[0-9])")
_SHORT_KINDS: Final = {"m": " م", "t": " ت", "tb": " تب"}
_ARTICLE_OF_ARABIC: Final = re.compile(r"(?<=[a-z]) (?:ol|al) (?=[a-z])")  # «dastoor ol amal»
_TRAILING: Final = re.compile("(?<=[a-z])['’`]")  # «joz'»
_EZAFE: Final = re.compile("(?<=[eh]) y(?= )")  # «marhale y 3»
_MARKS: Final = str.maketrans(",?;", "،؟؛")
_TWICE: Final = re.compile(r"(.)\1+")
#: Most that a reading may cost (in steps of 0.05): of a short word, and of a long one, where no other word is near.
_COST_MAX, _LONG_COST_MAX, _LONG = 0.92, 1.37, 7
_TENS_AND: Final = re.compile("([a-z]+?)(?:o|va)([a-z]+)")


def has_latin(text: str) -> bool:
    return bool(_LATIN.search(text))


class LatinReferences:
    """Reads Latin words against the names of one set of texts (plain)."""

    def __init__(self, names: Iterable[str]) -> None:
        runs = [[word for word in re.findall("[\u0621-\u06cc]+", name) if len(word) > 1] for name in names]
        words, self._item_letters = _own_words()
        counted = {word for number in (*CARDINALS, *ORDINALS) for word in number.split() if len(word) > 1}
        by_sound: dict[str, set[str]] = defaultdict(set)
        self._pairs: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for word in {*(word for run in runs for word in run), *words, *counted, *words_glued_to_references()}:
            for keys in product(*map(_keys, word.split(" "))):
                by_sound[_together(keys)].add(word)
        for first, second in {pair for run in runs for pair in pairwise(run)}:
            for keys in product(_keys(first), _keys(second)):
                by_sound[_together(keys)].add(f"{first} {second}")  # «naghsherah»
                self._pairs[keys[0], keys[1]].add((first, second))
        self._by_sound = {key: _Meant.of(sorted(words)) for key, words in by_sound.items()}
        self._words = Remembered(self._new_words)
        self._pair = lru_cache(maxsize=1_024)(self._new_pair)

    def in_persian(self, text: str) -> str:
        """A plain text with the words of references in Persian."""
        text = _EZAFE.sub("", _TRAILING.sub("", _ARTICLE_OF_ARABIC.sub("ol", joined(text))))
        text = from_english(text).translate(_MARKS)
        text = _SHORT.sub(lambda m: _SHORT_KINDS[m[1]], _BEHIND_NUMBER.sub("م", text))
        found = list(_WORD.finditer(text))
        words = [one.group() for one in found]
        read = self._words(filter(has_latin, words))
        for i, word in enumerate(words):
            if not has_latin(word):
                continue
            if i and words[i - 1] in _LETTERED and word in self._item_letters:
                words[i] = self._item_letters[word]
            elif i + 1 < len(words) and (pair := self._pair(word, words[i + 1])):
                words[i : i + 2] = pair
            else:
                words[i] = read[word]
        ends = [0, *(one.end() for one in found)]
        gaps = [text[end : one.start()] for end, one in zip(ends, found, strict=False)]
        return "".join(piece for pair in zip(gaps, words, strict=True) for piece in pair) + text[ends[-1] :]

    def _new_pair(self, first: str, second: str) -> tuple[str, str] | None:
        """Two words that stand side by side in a name («aeen name»), which are told better than each alone."""
        pairs = list(self._pairs.get((latin_key(first), latin_key(second)), ()))
        if not pairs:
            return None
        letters = letters_of([*(one for one, _ in pairs), *(other for _, other in pairs)])
        costs = distances((first, second), letters, (len(pairs), len(pairs))).tolist()
        each = zip(costs[: len(pairs)], costs[len(pairs) :], pairs, strict=True)
        near = [(one + other, pair) for one, other, pair in each if max(one, other) <= _COST_MAX]
        cost, pair = min(near, default=(math.inf, ("", "")))
        return pair if cost <= _LONG_COST_MAX else None

    def _new_words(self, words: Sequence[str]) -> Mapping[str, str]:
        read = {word: plain(meant) for word in words if (meant := everyday_speech().latin.get(word)) is not None}
        read |= self._nearest(word for word in words if word not in read)
        left = (_TENS_AND.fullmatch(word) for word in words if word not in read)
        compounds = {one.group(): one.groups() for one in left if one}
        numbers = self._nearest(dict.fromkeys(chain.from_iterable(compounds.values())))
        for word, (ten, unit) in compounds.items():
            if numbers.get(ten) in TENS and unit in numbers:
                read[word] = f"{numbers[ten]} و {numbers[unit]}"
        return {word: read.get(word, word) for word in words}

    def _nearest(self, words: Iterable[str]) -> Mapping[str, str]:
        """The nearest word, or two written as one, of those that have any."""
        meant = {latin: self._by_sound[key] for latin in words if (key := latin_key(latin)) in self._by_sound}
        if not meant:
            return {}
        letters = np.concatenate([some.letters for some in meant.values()])
        costs = iter(distances(list(meant), letters, [len(some.words) for some in meant.values()]).tolist())
        found: dict[str, str] = {}
        for latin, some in meant.items():
            cost, word = min(zip(islice(costs, len(some.words)), some.words, strict=True))
            if cost <= (_LONG_COST_MAX if len(latin) >= _LONG else _COST_MAX):
                found[latin] = word
        return found


@dataclass(frozen=True)
class _Meant:
    """Words that sound alike, with their letters; two that may be written as one come twice where letters meet."""

    words: Sequence[str]
    letters: Letters

    @classmethod
    def of(cls, words: Iterable[str]) -> _Meant:
        spelled = [(one, word) for word in words for one in _in_one(word)]
        return cls([word for _, word in spelled], letters_of([one for one, _ in spelled]))


@lru_cache(maxsize=1)
def _own_words() -> tuple[Sequence[str], Mapping[str, str]]:
    """Words of references, plain; letters of items by their Latin names."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    letters = {latin: letter for letter, names in data["item_letters"].items() for latin in names.split()}
    return tuple(map(plain, data["words"])), letters


def _in_one(word: str) -> tuple[str, ...]:
    """A word, or two as they are written in one, where their letters may meet («aeinname»)."""
    if " " not in word:
        return (word,)
    joined_words = word.replace(" ", "")
    return tuple(dict.fromkeys((joined_words, _TWICE.sub(r"\1", joined_words))))


def _keys(word: str) -> tuple[str, ...]:
    """Consonants of a Persian word, with and without a last ه, which is silent in «سه», too."""
    return (*persian_keys(word), *persian_keys(word.removesuffix("ه"))) if word.endswith("ه") else persian_keys(word)


def _together(keys: Iterable[str]) -> str:
    return _TWICE.sub(r"\1", "".join(keys))
