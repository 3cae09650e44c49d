"""Latin-letter Persian («made 21 chie», «mohlate nazarsanji key bood»): which words were meant.

Words of the index come first; words that no index has to hold, and endings of speech, are read as everyday Persian
where the index has nothing as near.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from knowledge.common_words import COMMON_DISCOUNT, CommonWords
from knowledge.everyday_speech import everyday_speech
from knowledge.latin_letters import Letters, distances, latin_keys, load_letters
from knowledge.packed import Floats, Ints, Postings, Strings
from knowledge.remembered import Remembered
from knowledge.spelling import Suggestion, frequency_discounts
from knowledge.vocabulary import Vocabulary

_COMPARED_MAX: Final = 80  # candidates with the same consonants that are compared letter by letter, commonest first
_COMMON_COMPARED_MAX: Final = 30  # the same of common words
_COST_MAX: Final = 2.22  # all costs are multiples of 0.05
_READINGS: Final = 2  # of one word, at most
# Everyday readings: what they cost beside words of the index, less by how common they are.
_COMMON_COST: Final = 0.45
_COMMON_MAX: Final = 1.5  # of a word of everyday speech alone; a farther one is chance
_TANVIN: Final = "an"  # «dagighan» is دقیقاً, where the n is not written
_NEAR: Final = 0.2  # a word of the index that is as near as this was meant
_ENDING_COST, _GLUED_COST = 0.6, 0.6
_SEVERAL_COST: Final = min(_ENDING_COST, _GLUED_COST)
_INDEX, _COMMON = "index", "common"
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


class _Wanted(NamedTuple):
    """A word in Latin letters, to be read as words of one source, of those with an ending."""

    source: str
    latin: str
    ending: str = ""


@dataclass(frozen=True)
class _Source:
    """Persian words filed by consonants; ``added`` is what each costs beside words of other sources, by number.

    ``compared``: how many with the same consonants are compared letter by letter, the cheapest first. Of those that are
    no farther than ``cost_max`` the nearest ``kept`` are meant.
    """

    words: Strings
    consonants: Postings
    letters: Letters
    added: Floats
    compared: int
    cost_max: float
    kept: int

    def same_consonants(self, wanted: _Wanted) -> Ints:
        """Numbers of the words that it may stand for."""
        filed = [self.consonants.get(key) for key in latin_keys(wanted.latin)]
        numbers = np.concatenate(filed) if len(filed) > 1 else filed[0]
        if wanted.ending:
            ends = [str(self.words[number]).endswith(wanted.ending) for number in numbers.tolist()]
            numbers = numbers[np.asarray(ends, np.bool_)]
        if len(numbers) > self.compared:
            numbers = numbers.take(np.argsort(self.added.take(numbers), kind="stable")[: self.compared])
        return numbers


class Finglish:
    """Readings of Latin-letter words in one vocabulary, and in everyday Persian.

    The words of a question are read together: comparing letters costs hardly more for all of them than for one.
    """

    def __init__(self, sources: Mapping[str, _Source]) -> None:
        self._sources = sources
        self._read = Remembered(self._compared)
        self._everyday = Remembered(self._new_everyday)

    @classmethod
    def load(cls, directory: Path, vocabulary: Vocabulary, common: CommonWords) -> Finglish:
        consonants, letters = Postings.load(directory, "consonants"), load_letters(directory)
        rarity = -frequency_discounts(vocabulary.surface_frequency)
        strangeness = _COMMON_COST - COMMON_DISCOUNT * common.commonness.astype(np.float32)
        return cls(
            {
                _INDEX: _Source(vocabulary.surfaces, consonants, letters, rarity, _COMPARED_MAX, _COST_MAX, _READINGS),
                _COMMON: _Source(
                    common.words, common.consonants, common.letters, strangeness, _COMMON_COMPARED_MAX, _COMMON_MAX, 1
                ),
            }
        )

    def suggest(self, word: str) -> Sequence[Suggestion]:
        """The few words of the index that ``word`` (lower-case Latin letters) may stand for, likeliest first."""
        wanted = _Wanted(_INDEX, word)
        return self._read((wanted,))[wanted]

    def everyday(self, words: Iterable[str]) -> Mapping[str, str]:
        """Those of ``words`` for which everyday Persian has something nearer than the index, in Persian letters.

        Question words by their usual spellings; else a common word, one with an ending of speech, or two written as
        one. Several words stand apart.
        """
        return {word: meant for word, meant in self._everyday(words).items() if meant is not None}

    def _compared(self, wanted: Sequence[_Wanted]) -> Mapping[_Wanted, Sequence[Suggestion]]:
        sources = [self._sources[one.source] for one in wanted]
        filed = [source.same_consonants(one) for source, one in zip(sources, wanted, strict=True)]
        numbered = list(zip(sources, filed, strict=True))
        counts = list(map(len, filed))
        letters = np.concatenate([source.letters.take(numbers, axis=0) for source, numbers in numbered])
        costs = distances([one.latin for one in wanted], letters, counts)
        added = np.concatenate([source.added.take(numbers) for source, numbers in numbered])
        near = (costs <= np.repeat([source.cost_max for source in sources], counts)).nonzero()[0]
        word, number = np.arange(len(wanted)).repeat(counts).take(near), np.concatenate(filed).take(near)
        total = (costs + added).take(near)
        order = np.lexsort((number, total, word))
        read: list[list[Suggestion]] = [[] for _ in wanted]
        for one, meant, cost in zip(*(column.take(order).tolist() for column in (word, number, total)), strict=True):
            if len(read[one]) < sources[one].kept:
                read[one].append(Suggestion((str(sources[one].words[meant]),), cost))
        return dict(zip(wanted, read, strict=True))

    def _new_everyday(self, words: Sequence[str]) -> Mapping[str, str | None]:
        speech = everyday_speech()
        meant: dict[str, str | None] = {word: speech.latin.get(word) for word in words}
        left = [word for word in words if meant[word] is None and word not in speech.english]
        read = self._read(chain.from_iterable(map(_everywhere, left)))
        near = {word: _first(read[_Wanted(_INDEX, word)]).cost for word in left}
        best = {word: _best(read, _as_common(word)) for word in left if near[word] > _NEAR}
        far = [word for word in best if min(best[word].cost, near[word]) > _SEVERAL_COST]
        cuts = {word: [*_with_ending(word), *_glued(word)] for word in far}
        parts = {part for some in cuts.values() for cut in some for part in cut.parts} - speech.latin.keys()
        read = self._read(chain.from_iterable(map(_everywhere, parts)))
        easily = {part: _best(read, _everywhere(part)) for part in parts}
        for word, some in cuts.items():
            best[word] = min((best[word], *(cut.read(easily) for cut in some)), key=_cost)
        meant.update((word, " ".join(one.words)) for word, one in best.items() if one.cost < near[word])
        return meant


def _first(readings: Sequence[Suggestion]) -> Suggestion:
    return readings[0] if readings else _NONE


def _as_common(word: str) -> Iterator[_Wanted]:
    if len(word) > 2:  # shorter ones are in the list, or abbreviations
        yield _Wanted(_COMMON, word)
    if len(word) > len(_TANVIN) + 1 and word.endswith(_TANVIN):
        yield _Wanted(_COMMON, word[:-1], "ا")


def _everywhere(word: str) -> Iterator[_Wanted]:
    yield _Wanted(_INDEX, word)
    yield from _as_common(word)


def _best(read: Mapping[_Wanted, Sequence[Suggestion]], wanted: Iterable[_Wanted]) -> Suggestion:
    return min((_first(read[one]) for one in wanted), key=_cost, default=_NONE)


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
