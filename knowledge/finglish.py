"""Latin-letter Persian («made 21 chie», «mohlate nazarsanji key bood»): which words were meant.

Words of the index come first; words that no index has to hold, and endings of speech, are read as everyday Persian
where the index has nothing as near.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from knowledge.common_words import COMMON_DISCOUNT, CommonWords
from knowledge.everyday_speech import everyday_speech
from knowledge.latin_letters import LETTERS_MAX, Letters, distances, latin_keys, load_letters
from knowledge.packed import Floats, Ints, Postings, Strings
from knowledge.remembered import Remembered
from knowledge.spelling import Suggestion
from knowledge.vocabulary import Vocabulary

_COMPARED_MAX: Final = 80  # candidates with the same consonants that are compared letter by letter, commonest first
_COMMON_COMPARED_MAX: Final = 30  # the same of common words
_LATIN_MAX: Final = 2 * LETTERS_MAX
_COST_MAX: Final = 2.22  # all costs are multiples of 0.05
_READINGS: Final = 2  # of one word, at most
# Everyday readings: what they cost beside words of the index, less by how common they are.
_COMMON_COST: Final = 0.45
_COMMON_MAX: Final = 1.5  # of a word of everyday speech alone; a farther one is chance
_TANVIN: Final = "an"  # «dagighan» is دقیقاً, where the n is not written
_NEAR: Final = 0.2  # a word of the index that is as near as this was meant
_ENDING_COST, _GLUED_COST = 0.6, 0.6
_SEVERAL_COST: Final = min(_ENDING_COST, _GLUED_COST)
_PART_FROM: Final = 3  # letters before an ending, or of the half that is no function word
_PART_MAX: Final = 0.7  # the cost of what stands before an ending

_APOSTROPHE: Final = re.compile("(?<=[a-z])['’`-](?=[a-z])")
_SPACED_ENDING: Final = re.compile("(?<=[a-z]) +(?=(?:e|ye|ha|haa|haye|hay|haaye)(?![a-z]))")


def joined(question: str) -> str:
    """``question`` in lower case with each Latin-letter word in one piece: «etela'at», «dastgah haye», «emza ye»."""
    return _SPACED_ENDING.sub("", _APOSTROPHE.sub("", question.lower()))


def is_latin(word: str) -> bool:
    return word.isascii() and word.isalpha()


_NONE: Final = Suggestion((), math.inf)


def _cost(reading: Suggestion) -> float:
    return reading.cost


@dataclass(frozen=True, slots=True)
class _Cut:
    """A word as several parts: ``ending`` is glued to what they mean, ``apart`` stands behind it."""

    parts: tuple[str, ...]
    cost: float
    ending: str = ""
    apart: tuple[str, ...] = ()

    def read(self, meant: Mapping[str, Suggestion]) -> Suggestion:
        """What it says where each part is read easily, else nothing."""
        always = everyday_speech().latin
        read = [Suggestion((always[part],), 0.0) if part in always else meant[part] for part in self.parts]
        if max(map(_cost, read)) > _PART_MAX:
            return _NONE
        *words, last = (word for part in read for word in part.words)
        cost = sum(max(part.cost, 0.0) for part in read) + self.cost
        return Suggestion((*words, last + self.ending, *self.apart), cost)


@dataclass(frozen=True)
class _Source:
    """Persian words filed by consonants.

    ``first``: the number of its first word among the words of all sources. ``compared``: how many with the same
    consonants are compared letter by letter, the cheapest first.
    """

    words: Strings
    consonants: Postings
    added: Floats
    first: int
    compared: int

    def same_consonants(self, latin: str, ending: str = "") -> Ints:
        """Numbers of the words that ``latin`` may stand for; of what is longer than any word none."""
        if len(latin) > _LATIN_MAX:
            return np.zeros(0, np.int32)
        filed = [self.consonants.get(key) for key in latin_keys(latin)]
        numbers = np.concatenate(filed) if len(filed) > 1 else filed[0]
        if ending:
            ends = [str(self.words[number]).endswith(ending) for number in numbers.tolist()]
            numbers = numbers[np.asarray(ends, np.bool_)]
        if len(numbers) > self.compared:
            numbers = numbers.take(np.argsort(self.added.take(numbers), kind="stable")[: self.compared])
        return numbers + self.first


class _Nearest(NamedTuple):
    """Costs and numbers of what one word may stand for: a few words of the index, nearest first; a common word."""

    indexed: list[tuple[float, int]]
    common: list[tuple[float, int]]

    @property
    def cost(self) -> float:
        return self.indexed[0][0] if self.indexed else math.inf


class Finglish:
    """Readings of Latin-letter words in one vocabulary, and in everyday Persian.

    The words of a question are read together: comparing letters costs hardly more for all of them than for one.
    """

    def __init__(self, vocabulary: Vocabulary, consonants: Postings, letters: Letters, common: CommonWords) -> None:
        rarity = -vocabulary.discounts
        strangeness = _COMMON_COST - COMMON_DISCOUNT * common.commonness.astype(np.float32)
        self._indexed = _Source(vocabulary.surfaces, consonants, rarity, 0, _COMPARED_MAX)
        self._common = _Source(common.words, common.consonants, strangeness, len(letters), _COMMON_COMPARED_MAX)
        self._letters = np.concatenate((letters, common.letters))
        self._added = np.concatenate((rarity[: len(letters)], strangeness))
        self._near = Remembered(self._compared)
        self._everyday = Remembered(self._new_everyday)

    @classmethod
    def load(cls, directory: Path, vocabulary: Vocabulary, common: CommonWords) -> Finglish:
        return cls(vocabulary, Postings.load(directory, "consonants"), load_letters(directory), common)

    def suggest(self, word: str) -> Sequence[Suggestion]:
        """The few words of the index that ``word`` (lower-case Latin letters) may stand for, likeliest first."""
        return [self._suggestion([one]) for one in self._near((word,))[word].indexed]

    def everyday(self, words: Iterable[str]) -> Mapping[str, str]:
        """Those of ``words`` for which everyday Persian has something nearer than the index, in Persian letters.

        Question words by their usual spellings; else a common word, one with an ending of speech, or two written as
        one. Several words stand apart.
        """
        return {word: meant for word, meant in self._everyday(words).items() if meant is not None}

    def _suggestion(self, nearest: Sequence[tuple[float, int]]) -> Suggestion:
        """The first of some words, if there is any."""
        if not nearest:
            return _NONE
        cost, number = nearest[0]
        source = self._indexed if number < self._common.first else self._common
        return Suggestion((str(source.words[number - source.first]),), cost)

    def _filed(self, word: str) -> Iterator[tuple[str, Ints]]:
        """What ``word`` is compared with, and as what."""
        yield word, self._indexed.same_consonants(word)
        if len(word) > 2:  # shorter ones are in the list, or abbreviations
            yield word, self._common.same_consonants(word)
        if len(word) > len(_TANVIN) + 1 and word.endswith(_TANVIN):
            yield word[:-1], self._common.same_consonants(word[:-1], ending="ا")

    def _compared(self, words: Sequence[str]) -> Mapping[str, _Nearest]:
        filed = [(place, *one) for place, word in enumerate(words) for one in self._filed(word)]
        counts = [len(numbers) for _, _, numbers in filed]
        numbers = np.concatenate([numbers for _, _, numbers in filed])
        costs = distances([latin for _, latin, _ in filed], self._letters.take(numbers, axis=0), counts)
        near = (costs <= np.where(numbers < self._common.first, _COST_MAX, _COMMON_MAX)).nonzero()[0]
        place = np.repeat([place for place, _, _ in filed], counts).take(near)
        number = numbers.take(near)
        total = costs.take(near) + self._added.take(number)
        order = np.lexsort((number, total, place))
        found = [_Nearest([], []) for _ in words]
        for at, cost, meant in zip(*(column.take(order).tolist() for column in (place, total, number)), strict=True):
            indexed, common = found[at]
            if meant >= self._common.first:
                if not common:
                    common.append((cost, meant))
            elif len(indexed) < _READINGS:
                indexed.append((cost, meant))
        return dict(zip(words, found, strict=True))

    def _new_everyday(self, words: Sequence[str]) -> Mapping[str, str | None]:
        speech = everyday_speech()
        meant: dict[str, str | None] = {word: speech.latin.get(word) for word in words}
        left = [word for word in words if len(word) <= _LATIN_MAX and word not in speech.english]
        near = self._near(word for word in left if meant[word] is None)
        best = {word: self._suggestion(one.common) for word, one in near.items() if one.cost > _NEAR}
        far = [word for word in best if min(best[word].cost, near[word].cost) > _SEVERAL_COST]
        cuts = {word: [*_with_ending(word), *_glued(word)] for word in far}
        parts = {part for some in cuts.values() for cut in some for part in cut.parts} - speech.latin.keys()
        read = {part: self._suggestion(sorted(one.indexed[:1] + one.common)) for part, one in self._near(parts).items()}
        for word, some in cuts.items():
            best[word] = min((best[word], *(cut.read(read) for cut in some)), key=_cost)
        meant.update((word, " ".join(one.words)) for word, one in best.items() if one.cost < near[word].cost)
        return meant


def _with_ending(word: str) -> Iterator[_Cut]:
    for latin, persian in everyday_speech().latin_endings:
        base = word.removesuffix(latin)
        if base != word and len(base) >= _PART_FROM:
            glued, _, apart = persian.partition(" ")
            yield _Cut((base,), _ENDING_COST, glued, tuple(apart.split()))


def _glued(word: str) -> Iterator[_Cut]:
    """«taki», «ghablaz»: one half is a function word, the other anything that is read easily."""
    speech = everyday_speech()
    for place in range(2, len(word) - 1):
        first, last = word[:place], word[place:]
        leads, follows = speech.latin.get(first) in speech.before, speech.latin.get(last) in speech.after
        if (leads and follows) or (leads and len(last) > _PART_FROM) or (follows and len(first) > _PART_FROM):
            yield _Cut((first, last), _GLUED_COST)
