"""Spelling: which words of the index were meant by a word that the index lacks.

Persian writes several letters for one sound (ز ذ ض ظ, س ص ث, ت ط, ه ح, ق غ, ا ع), so words are compared by how they
sound first: a deletion index over sound keys proposes, rapidfuzz's optimal string alignment and document frequency
order. A look-up is a binary search in two sorted, memory-mapped arrays, so a huge vocabulary costs no more.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.analysis import STOP_WORDS
from knowledge.packed import Postings
from knowledge.vocabulary import Vocabulary

SUGGESTIONS: Final = 3
SOUND_COST: Final = 0.5
"""Of a letter for another of the same sound: no slip costs less."""
_SCAN_MAX_WORDS: Final = 120_000
"""Above this many words two slips in one word are no longer looked for: only a scan finds them."""
_TWO_SLIPS_FROM: Final = 7  # letters
_ONE_SLIP_FROM: Final = 4  # in shorter words a slip gives another word too easily; sound-equal ones are still found
_SPLIT_FROM: Final = 2  # letters of each half
_RUN_PART_FROM, _RUN_PART_MAX, _RUN_MAX = 3, 16, 80  # letters of a part of a longer run, and of the run
_AFFIXES: Final = frozenset(("ها", "های", "هایی", "می", "نمی"))
_RUN_PART_COST: Final = 2.0  # so that few long words win over many short ones

#: Letters that sound alike, to one of them.
SOUNDS: Final = str.maketrans(dict(zip("ذضظصثطحغعآ", "زززسستهقاا", strict=True)))
_REPEATED: Final = re.compile(r"(.)\1+")
_NEAR_COST, _SWAP_COST, _FIRST_LETTER_COST = 0.8, 0.6, 0.5
_SPLIT_COST = 1.6
KEYBOARD: Final = ("ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو")
_KEY_AT: Final = {letter: (row, column) for row, keys in enumerate(KEYBOARD) for column, letter in enumerate(keys)}


class Suggestion(NamedTuple):
    """A word of the index, or several written as one. The smaller ``cost``, the likelier: about 1 a slip."""

    words: tuple[str, ...]
    cost: float


@lru_cache(maxsize=16_384)
def sound_key(word: str) -> str:
    """``word`` with one letter for each sound and no doubled letters; equal keys sound alike."""
    return _REPEATED.sub(r"\1", word.translate(SOUNDS).replace("خوا", "خا"))


def slip_cost(typed: str, meant: str) -> float:
    """How unlikely ``typed`` is for ``meant``: about 1 a slip, less for one sound, neighbouring keys and swaps."""
    cost = _substitutions(typed, meant) if len(typed) == len(meant) else float(OSA.distance(typed, meant))
    if cost > SOUND_COST and sound_key(typed) == sound_key(meant):
        cost = SOUND_COST
    if typed[0] != meant[0] and typed[0].translate(SOUNDS) != meant[0].translate(SOUNDS):
        cost += _FIRST_LETTER_COST
    return cost


def slip_cost_max(typed: str, meant: str, *, short: bool) -> float:
    """The highest cost at which ``meant`` is still thought of: in short words a slip gives another word too easily.

    ``short``: of a word of four letters one may be left out even so.
    """
    left_out = short and len(typed) == _ONE_SLIP_FROM - 1 and len(meant) > len(typed)
    return 1.0 + _FIRST_LETTER_COST if len(typed) >= _ONE_SLIP_FROM or left_out else SOUND_COST


def _substitutions(typed: str, meant: str) -> float:
    differing = [(one, other) for one, other in zip(typed, meant, strict=True) if one != other]
    if len(differing) == 2 and differing[0] == differing[1][::-1]:
        return _SWAP_COST
    return sum([_letter_cost(one, other) for one, other in differing])


@lru_cache(maxsize=4_096)
def _letter_cost(typed: str, meant: str) -> float:
    if typed.translate(SOUNDS) == meant.translate(SOUNDS):
        return SOUND_COST
    return _NEAR_COST if _neighbours(typed, meant) else 1.0


def _neighbours(first: str, second: str) -> bool:
    one, other = _KEY_AT.get(first), _KEY_AT.get(second)
    return one is not None and other is not None and max(abs(one[0] - other[0]), abs(one[1] - other[1])) <= 1


def save_sounds(directory: Path, words: Iterable[tuple[str, int]], name: str = "sound") -> None:
    """File each numbered word under its sound key and under the key less one letter; digits and Latin are left out."""
    entries = ((key, number) for word, number in words if not word[0].isascii() for key in deletions(sound_key(word)))
    Postings.save(directory, name, entries)


def deletions(key: str) -> list[str]:
    if len(key) < _ONE_SLIP_FROM - 1:
        return [key]
    return [key, *(key[:place] + key[place + 1 :] for place in range(len(key)))]


@dataclass(frozen=True)
class Speller:
    """Suggestions from one vocabulary."""

    vocabulary: Vocabulary
    sounds: Postings

    @classmethod
    def load(cls, directory: Path, vocabulary: Vocabulary) -> Speller:
        return cls(vocabulary, Postings.load(directory, "sound"))

    def suggest(self, word: str, limit: int = SUGGESTIONS, *, short: bool = False) -> tuple[Suggestion, ...]:
        """Likeliest first; empty where nothing is near. ``word`` is folded and unknown to the vocabulary.

        ``short``: three letters may be four of which one was left out; for what is no Persian word.
        """
        if word[0].isascii():
            return ()
        found = self._near(word, short=short) or self._two_slips(word)
        found.sort(key=lambda suggestion: (suggestion.cost, suggestion.words))
        if not (found and found[0].cost < 1) and (split := self._split(word)):
            found = sorted([*found, split], key=lambda suggestion: suggestion.cost)
        return tuple(found[:limit])

    def _near(self, word: str, *, short: bool) -> list[Suggestion]:
        """Words that sound alike or are one slip away."""
        numbers = {n for key in deletions(sound_key(word)) for n in self.sounds.get(key).tolist()}
        pairs = [(number, str(self.vocabulary.surfaces[number])) for number in numbers]
        costs = ((slip_cost(word, meant), slip_cost_max(word, meant, short=short), number) for number, meant in pairs)
        return [self._weighed(cost, number) for cost, most, number in costs if cost <= most]

    def _weighed(self, cost: float, number: int) -> Suggestion:
        return Suggestion((self.vocabulary.surfaces[number],), cost - float(self.vocabulary.discounts[number]))

    def _two_slips(self, word: str) -> list[Suggestion]:
        if len(word) < _TWO_SLIPS_FROM:
            return []
        choices = self._by_first_letter.get(word[0], {})
        near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=2, limit=20)
        return [self._weighed(slip_cost(word, meant), number) for meant, _, number in near]

    @cached_property
    def _by_first_letter(self) -> Mapping[str, Mapping[int, str]]:
        groups: defaultdict[str, dict[int, str]] = defaultdict(dict)
        if len(self.vocabulary.surfaces) <= _SCAN_MAX_WORDS:
            for number, word in enumerate(self.vocabulary.surfaces.all()):
                if len(word) >= _TWO_SLIPS_FROM - 2:
                    groups[word[0]][number] = word
        return groups

    def _split(self, word: str) -> Suggestion | None:
        """Known words written without the space between them: the pair whose rarer half is commonest, else a run."""
        places = range(_SPLIT_FROM, len(word) - _SPLIT_FROM + 1)
        splits = [(self._rarer(word[:place], word[place:]), (word[:place], word[place:])) for place in places]
        commonness, halves = max(splits, default=(0, ("", "")))
        if commonness:
            return Suggestion(halves, _SPLIT_COST)
        run = self._run(word) if len(word) <= _RUN_MAX else ()
        return Suggestion(run, _SPLIT_COST) if run else None

    def _run(self, word: str) -> tuple[str, ...]:
        """The likeliest cut of ``word`` into three words or more, each as likely as it is frequent; () without one.

        Short parts have to be function words: two letters are a word too easily.
        """
        best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
        for end in range(1, len(word) + 1):
            cuts = (
                (best[start][0] + self._rarity(word[start:end]), (*best[start][1], word[start:end]))
                for start in range(max(0, end - _RUN_PART_MAX), end)
                if best[start][0] < math.inf
            )
            best.append(min(cuts, default=(math.inf, ())))
        cost, parts = best[-1]
        return tuple(part for part in parts if part not in _AFFIXES) if cost < math.inf else ()

    def _rarity(self, part: str) -> float:
        """Surprise of meeting ``part``, infinite where it is no word."""
        if part in _AFFIXES:  # left over where a half-space stood
            return _RUN_PART_COST
        if len(part) < _RUN_PART_FROM and part not in STOP_WORDS:
            return math.inf
        surface = self.vocabulary.surface(part)
        if not surface and not self.vocabulary.other_form(part):
            return math.inf
        frequency = int(self.vocabulary.surface_frequency[surface]) if surface else 0.5
        return math.log((self.vocabulary.documents + 1) / frequency) + _RUN_PART_COST

    def _rarer(self, *words: str) -> int:
        """Document frequency of the rarest of ``words``, 0 where one is unknown."""
        rarest = 0
        for number in map(self.vocabulary.surface, words):
            if not number:
                return 0
            frequency = int(self.vocabulary.surface_frequency[number])
            rarest = min(rarest, frequency) if rarest else frequency
        return rarest
