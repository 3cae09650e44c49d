"""Latin-letter Persian («made 21 chie», «mohlate nazarsanji key bood»): which words were meant.

Words of the index come first; words that no index has to hold, and endings of speech, are read as everyday Persian
where the index has nothing as near.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from knowledge.common_words import COMMON_DISCOUNT, CommonWords
from knowledge.everyday_speech import everyday_speech
from knowledge.latin_letters import distance, latin_keys
from knowledge.packed import Ints, Postings
from knowledge.spelling import Suggestion, frequency_discount
from knowledge.vocabulary import Vocabulary

_COMPARED_MAX: Final = 80  # candidates with the same consonants that are compared letter by letter, commonest first
_COMMON_COMPARED_MAX: Final = 30  # the same of common words
_COST_MAX: Final = 2.2
_READINGS: Final = 3  # of one word, at most
_ROUNDING: Final = 1e-9
_REMEMBERED: Final = 4_096  # words
# Everyday readings: what they cost beside words of the index, less by how common they are.
_COMMON_COST: Final = 0.45
_COMMON_MAX: Final = 1.5  # of a word of everyday speech alone; a farther one is chance
_TANVIN: Final = "an"  # «dagighan» is دقیقاً, where the n is not written
_NEAR: Final = 0.2  # a word of the index that is as near as this was meant
_ENDING_COST, _GLUED_COST = 0.6, 0.6
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


def _rank(reading: Suggestion) -> tuple[float, Sequence[str]]:
    return reading.cost, reading.words


class Finglish:
    """Readings of Latin-letter words in one vocabulary, and in everyday Persian."""

    def __init__(self, vocabulary: Vocabulary, consonants: Postings, common: CommonWords) -> None:
        self.vocabulary, self.consonants, self.common = vocabulary, consonants, common
        self._readings = lru_cache(maxsize=_REMEMBERED)(self._new_readings)  # people ask with the same words
        self._part = lru_cache(maxsize=_REMEMBERED)(self._new_part)
        self.everyday = lru_cache(maxsize=_REMEMBERED)(self._everyday)

    @classmethod
    def load(cls, directory: Path, vocabulary: Vocabulary, common: CommonWords) -> Finglish:
        return cls(vocabulary, Postings.load(directory, "consonants"), common)

    def suggest(self, word: str) -> Sequence[Suggestion]:
        """The few words of the index that ``word`` (lower-case Latin letters) may stand for, likeliest first."""
        return self._readings(word)

    def _new_readings(self, word: str) -> Sequence[Suggestion]:
        best: list[Suggestion] = []
        for meant, frequency in self._same_consonants(word):
            discount = frequency_discount(frequency)
            worst = best[-1].cost + discount + _ROUNDING if len(best) == _READINGS else math.inf
            most = min(_COST_MAX, worst)  # the nearer the words before, the sooner the comparison of a far one ends
            if len(meant) > 1 and (cost := distance(word, meant, most)) <= most:
                best = sorted((*best, Suggestion((meant,), cost - discount)), key=_rank)[:_READINGS]
        return best

    def _same_consonants(self, word: str) -> Iterator[tuple[str, int]]:
        numbers = _filed(self.consonants, word)
        frequencies = self.vocabulary.surface_frequency[numbers]
        for place in np.argsort(-frequencies, kind="stable")[:_COMPARED_MAX]:
            yield self.vocabulary.surfaces[int(numbers[place])], int(frequencies[place])

    def _everyday(self, word: str) -> str | None:
        """``word`` in Persian letters where everyday Persian has something nearer than the index, else None.

        Question words by their usual spellings; else a common word, one with an ending of speech, or two written as
        one. Several words stand apart.
        """
        always = everyday_speech().latin.get(word)
        if always is not None:
            return always
        nearest = self._readings(word)[0].cost if self._readings(word) else math.inf
        if nearest <= _NEAR or word in everyday_speech().english:
            return None
        best = min(self._common(word), key=_cost, default=_NONE)
        if min(best.cost, nearest) > min(_ENDING_COST, _GLUED_COST):  # what the others cost at the least
            best = min((best, *self._with_ending(word), *self._glued(word)), key=_cost)
        return " ".join(best.words) if best.cost < nearest else None

    def _common(self, word: str) -> Iterator[Suggestion]:
        if len(word) > 2:  # shorter ones are in the list, or abbreviations
            yield from self._common_as(word)
        if len(word) > len(_TANVIN) + 1 and word.endswith(_TANVIN):
            yield from self._common_as(word[:-1], ending="ا")

    def _common_as(self, word: str, ending: str = "") -> Iterator[Suggestion]:
        """Common words, each nearer than those before it."""
        numbers, nearest = _filed(self.common.consonants, word), math.inf
        commonness = self.common.commonness[numbers]
        for place in np.argsort(-commonness, kind="stable")[:_COMMON_COMPARED_MAX]:
            meant = str(self.common.words[int(numbers[place])])
            added = _COMMON_COST - COMMON_DISCOUNT * float(commonness[place])
            most = min(_COMMON_MAX, nearest - added)
            if meant.endswith(ending) and (cost := distance(word, meant, most)) <= most and cost + added < nearest:
                nearest = cost + added
                yield Suggestion((meant,), nearest)

    def _with_ending(self, word: str) -> Iterator[Suggestion]:
        for latin, persian in everyday_speech().latin_endings:
            base = word.removesuffix(latin)
            if base != word and len(base) >= _PART_FROM and (part := self._part(base)) is not None:
                glued, _, apart = persian.partition(" ")
                words = (part.words[-1] + glued, *apart.split())
                yield Suggestion((*part.words[:-1], *words), max(part.cost, 0.0) + _ENDING_COST)

    def _new_part(self, word: str) -> Suggestion | None:
        always = everyday_speech().latin.get(word)
        if always is not None:
            return Suggestion((always,), 0.0)
        best = min((*self._readings(word)[:1], *self._common(word)), key=_cost, default=_NONE)
        return best if best.cost <= _PART_MAX else None

    def _glued(self, word: str) -> Iterator[Suggestion]:
        """«taki», «ghablaz»: one half is a function word, the other anything that is read easily."""
        speech = everyday_speech()
        for place in range(2, len(word) - 1):
            first, last = word[:place], word[place:]
            leads, follows = speech.latin.get(first) in speech.before, speech.latin.get(last) in speech.after
            long = (leads and len(last) > _PART_FROM) or (follows and len(first) > _PART_FROM)
            if ((leads and follows) or long) and (one := self._part(first)) and (other := self._part(last)):
                cost = max(one.cost, 0.0) + max(other.cost, 0.0) + _GLUED_COST
                yield Suggestion((*one.words, *other.words), cost)


def _filed(consonants: Postings, word: str) -> Ints:
    found = [consonants.get(key) for key in latin_keys(word)]
    return np.unique(np.concatenate(found)) if len(found) > 1 else found[0]
