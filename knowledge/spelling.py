"""Spelling: which words of the index were meant by a word that the index lacks.

Persian writes several letters for one sound (ز ذ ض ظ, س ص ث, ت ط, ه ح, ق غ, ا ع), so words are compared by how they
sound first: a deletion index over sound keys proposes, rapidfuzz's optimal string alignment and document frequency
order. A look-up is a binary search in two sorted, memory-mapped arrays, so a huge vocabulary costs no more.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.vocabulary import Ints, Vocabulary

SUGGESTIONS: Final = 3
_SCAN_MAX_WORDS: Final = 120_000
"""Above this many words two slips in one word are no longer looked for: only a scan finds them."""
_TWO_SLIPS_FROM: Final = 7  # letters
_ONE_SLIP_FROM: Final = 4  # in shorter words a slip gives another word too easily; sound-equal ones are still found
_SPLIT_FROM: Final = 2  # letters of each half

_SOUNDS: Final = str.maketrans(dict(zip("ذضظصثطحغعآ", "زززسستهقاا", strict=True)))
_REPEATED: Final = re.compile(r"(.)\1+")
_SOUND_COST, _NEAR_COST, _SWAP_COST, _FIRST_LETTER_COST = 0.5, 0.8, 0.6, 0.5
_FREQUENCY_DISCOUNT = 0.25  # a decade of document frequency
_KEYBOARD: Final = ("ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو")
_KEY_AT: Final = {letter: (row, column) for row, keys in enumerate(_KEYBOARD) for column, letter in enumerate(keys)}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word of the index, or two where a space was forgotten. The smaller ``cost``, the likelier; about 1 a slip."""

    words: tuple[str, ...]
    cost: float


def sound_key(word: str) -> str:
    """``word`` with one letter for each sound and no doubled letters; equal keys sound alike."""
    return _REPEATED.sub(r"\1", word.translate(_SOUNDS).replace("خوا", "خا"))


def slip_cost(typed: str, meant: str) -> float:
    """How unlikely ``typed`` is for ``meant``: about 1 a slip, less for one sound, neighbouring keys and swaps."""
    cost = _substitutions(typed, meant) if len(typed) == len(meant) else float(OSA.distance(typed, meant))
    if cost and sound_key(typed) == sound_key(meant):
        cost = min(cost, _SOUND_COST)
    if typed[0].translate(_SOUNDS) != meant[0].translate(_SOUNDS):
        cost += _FIRST_LETTER_COST
    return cost


def frequency_discount(documents: int) -> float:
    """What a common word is cheaper by, from 0 (in one document) to 1."""
    return min(_FREQUENCY_DISCOUNT * math.log10(max(documents, 1)), 1.0)


def _substitutions(typed: str, meant: str) -> float:
    differing = [pair for pair in zip(typed, meant, strict=True) if pair[0] != pair[1]]
    if len(differing) == 2 and differing[0] == differing[1][::-1]:
        return _SWAP_COST
    return sum(_letter_cost(*pair) for pair in differing)


def _letter_cost(typed: str, meant: str) -> float:
    if typed.translate(_SOUNDS) == meant.translate(_SOUNDS):
        return _SOUND_COST
    return _NEAR_COST if _neighbours(typed, meant) else 1.0


def _neighbours(first: str, second: str) -> bool:
    one, other = _KEY_AT.get(first), _KEY_AT.get(second)
    return one is not None and other is not None and max(abs(one[0] - other[0]), abs(one[1] - other[1])) <= 1


# --- the deletion index ---


def save_deletions(directory: Path, words: Sequence[str]) -> None:
    """Store, for each word number, hashes of its sound key and of the key less one letter; digits are left out."""
    hashes: list[int] = []
    numbers: list[int] = []
    for number, word in enumerate(words):
        if number and not word[0].isascii():
            own = set(_deletions(sound_key(word)))
            hashes.extend(own)
            numbers.extend([number] * len(own))
    order = np.argsort(np.asarray(hashes, np.uint32), kind="stable")
    np.save(directory / "deletion_hash.npy", np.asarray(hashes, np.uint32)[order])
    np.save(directory / "deletion_word.npy", np.asarray(numbers, np.int32)[order])


def _deletions(key: str) -> Iterator[int]:
    yield zlib.crc32(key.encode())
    if len(key) >= _ONE_SLIP_FROM - 1:
        for place in range(len(key)):
            yield zlib.crc32((key[:place] + key[place + 1 :]).encode())


# --- general words ---


def save_lexicon(directory: Path, words: Iterable[str]) -> None:
    """Store which words are good Persian though the index lacks them."""
    hashes = {zlib.crc32(word.encode()) for word in words}
    np.save(directory / "lexicon.npy", np.sort(np.fromiter(hashes, np.uint32, len(hashes))))


@dataclass(frozen=True)
class Speller:
    """Suggestions from one vocabulary."""

    vocabulary: Vocabulary
    deletion_hash: npt.NDArray[np.uint32]
    deletion_word: Ints

    @classmethod
    def load(cls, directory: Path, vocabulary: Vocabulary) -> Speller:
        return cls(
            vocabulary,
            np.asarray(np.load(directory / "deletion_hash.npy", mmap_mode="r")),
            np.asarray(np.load(directory / "deletion_word.npy", mmap_mode="r")),
        )

    def suggest(self, word: str, limit: int = SUGGESTIONS) -> tuple[Suggestion, ...]:
        """Likeliest first; empty where nothing is near. ``word`` is folded and unknown to the vocabulary."""
        if word[0].isascii():
            return ()
        found = self._near(word) or self._two_slips(word)
        found.sort(key=lambda suggestion: (suggestion.cost, suggestion.words))
        split = self._split(word)
        if split and not (found and found[0].cost < 1):
            found = sorted([*found, split], key=lambda suggestion: suggestion.cost)
        return tuple(found[:limit])

    def _near(self, word: str) -> list[Suggestion]:
        """Words that sound alike or are one slip away."""
        hashes = np.fromiter(set(_deletions(sound_key(word))), np.uint32)
        begin = np.searchsorted(self.deletion_hash, hashes, side="left")
        end = np.searchsorted(self.deletion_hash, hashes, side="right")
        numbers = {n for a, b in zip(begin, end, strict=True) for n in self.deletion_word[a:b].tolist()}
        limit = _SOUND_COST if len(word) < _ONE_SLIP_FROM else 1.0 + _FIRST_LETTER_COST
        costs = ((slip_cost(word, self.vocabulary.surfaces[number]), number) for number in numbers)
        return [self._weighed(cost, number) for cost, number in costs if cost <= limit]

    def _weighed(self, cost: float, number: int) -> Suggestion:
        meant = self.vocabulary.surfaces[number]
        frequency = int(self.vocabulary.surface_frequency[number])
        return Suggestion((meant,), cost - frequency_discount(frequency))

    def _two_slips(self, word: str) -> list[Suggestion]:
        if len(word) < _TWO_SLIPS_FROM:
            return []
        choices = self._by_first_letter.get(word[0], [])
        surfaces = self.vocabulary.surfaces
        near = process.extract(word, [surfaces[n] for n in choices], scorer=OSA.distance, score_cutoff=2, limit=20)
        return [self._weighed(slip_cost(word, meant), choices[place]) for meant, _, place in near]

    @cached_property
    def _by_first_letter(self) -> Mapping[str, Sequence[int]]:
        groups: defaultdict[str, list[int]] = defaultdict(list)
        if len(self.vocabulary.surfaces) <= _SCAN_MAX_WORDS:
            for number, word in enumerate(self.vocabulary.surfaces):
                if len(word) >= _TWO_SLIPS_FROM - 2:
                    groups[word[0]].append(number)
        return groups

    def _split(self, word: str) -> Suggestion | None:
        """Two known words written without the space between them; the pair whose rarer half is commonest."""
        known = self.vocabulary.surface_number
        frequency = self.vocabulary.surface_frequency
        best: tuple[int, tuple[str, str]] | None = None
        for place in range(_SPLIT_FROM, len(word) - _SPLIT_FROM + 1):
            halves = (word[:place], word[place:])
            if halves[0] in known and halves[1] in known:
                commonness = min(int(frequency[known[half]]) for half in halves)
                best = max(best or (0, halves), (commonness, halves))
        return Suggestion(best[1], 1.6) if best else None
