"""Common Persian words that questions hold whatever the texts say, found by sound and by consonants.

hazm's list with its frequencies and the words of everyday speech, stored beside an index: a word in Latin letters or a
slip may mean one of them where the index has nothing as near. Question words are no slips of the law's words.
"""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.analysis import ZWNJ, fold
from knowledge.everyday_speech import everyday_speech
from knowledge.latin_letters import Letters, load_letters, save_consonants
from knowledge.packed import Postings, Strings, mapped
from knowledge.spelling import SOUND_COST, deletions, save_sounds, slip_cost, slip_cost_max, sound_key

__all__ = ["CommonWords", "save_common_words"]

SLIP_COST: Final = 0.5
"""What a common word costs beside words of the index, less"""
COMMON_DISCOUNT: Final = 0.12
"""a decade of its frequency."""
_FREQUENCY_MIN: Final = 10_000  # in hazm's corpus, whose commonest words come some hundred million times
_SPOKEN: Final = 4.0  # decades above it of a word of everyday speech
_GRAMMATICAL: Final = frozenset(("ADV", "CONJ", "DET", "PRO", "P"))  # hazm has no frequencies of many of them


@dataclass(frozen=True)
class CommonWords:
    """Read side. ``commonness``: decades of frequency above that of the rarest, by number."""

    words: Strings
    commonness: npt.NDArray[np.float16]
    sounds: Postings
    consonants: Postings
    letters: Letters

    @classmethod
    def load(cls, directory: Path) -> CommonWords:
        return cls(
            Strings.load(directory, "common"),
            mapped(directory / "common_commonness.npy"),
            Postings.load(directory, "common_sound"),
            Postings.load(directory, "common_consonants"),
            load_letters(directory, "common_consonants"),
        )

    def __contains__(self, word: str) -> bool:
        """Whether the folded ``word`` is one of them."""
        return any(self.words[number] == word for number in self.sounds.get(sound_key(word)).tolist())

    def near(self, word: str, below: float) -> str | None:
        """The likeliest of those for which the folded ``word`` may be a slip, if one costs less than ``below``."""
        numbers = {n for key in deletions(sound_key(word)) for n in self.sounds.get(key).tolist()}
        added = {number: SLIP_COST - COMMON_DISCOUNT * float(self.commonness[number]) for number in numbers}
        near = [(str(self.words[number]), more) for number, more in added.items() if more + SOUND_COST < below]
        found = [
            (cost + more, meant)
            for meant, more in near
            if (cost := slip_cost(word, meant)) <= slip_cost_max(word, meant, short=True) and cost + more < below
        ]
        return min(found)[1] if found else None


@lru_cache(maxsize=1)
def common_words() -> Mapping[str, float]:
    """Folded words in one piece with their commonness. OSError where hazm's data cannot be read."""
    found = dict.fromkeys(everyday_speech().words, _SPOKEN)
    rows = [line.split("\t") for line in _hazm_words().read_text("utf-8").splitlines()]
    kept = [
        (word, int(frequency))
        for word, frequency, tags in rows
        if " " not in word and (int(frequency) >= _FREQUENCY_MIN or _GRAMMATICAL & set(tags.split(",")))
    ]
    folded = fold("\n".join(word for word, _ in kept)).replace(ZWNJ, "").split("\n")
    for word, (_, frequency) in zip(folded, kept, strict=True):
        if len(word) > 1:
            common = math.log10(max(frequency, _FREQUENCY_MIN) / _FREQUENCY_MIN)
            found[word] = max(found.get(word, 0.0), common)
    return found


def _hazm_words() -> Path:
    spec = importlib.util.find_spec("hazm")
    if spec is None or not spec.submodule_search_locations:
        raise OSError("hazm is not installed")
    return Path(next(iter(spec.submodule_search_locations))) / "data" / "words.dat"


def save_common_words(directory: Path) -> None:
    """Store them in ``directory``."""
    words = common_words()
    numbered = [(word, number) for number, word in enumerate(words)]
    Strings.save(directory, "common", words)
    np.save(directory / "common_commonness.npy", np.fromiter(words.values(), np.float16))
    save_sounds(directory, numbered, "common_sound")
    save_consonants(directory, numbered, "common_consonants")
