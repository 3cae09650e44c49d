"""Which words are everyday Persian, whatever the regulations say: hazm's word list as a sorted array of digests.

A question with words that every Persian speaker knows and no provision uses («دلار»، «پاسپورت») is most likely about
something else, while a word in neither is most likely a slip. Stored beside the index, read by memory map.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.analysis import ANALYSIS_VERSION, ZWNJ, analyse

__all__ = ["EverydayWords"]

_NAME = f"everyday-{ANALYSIS_VERSION}.npy"


_ENDINGS = ("ای", "ها", "های", "هایی", "هاش", "اش", "شان", "شون", "ی", "م", "ت", "ش", "مان", "تان")


class EverydayWords:
    """Everyday words, asked by folded form."""

    def __init__(self, digests: npt.NDArray[np.uint64]) -> None:
        self._digests = digests

    @classmethod
    def open_or_build(cls, directory: Path) -> EverydayWords:
        """The stored list, or a new one from hazm's data (about a second). OSError where neither can be read or
        written.
        """
        path = directory / _NAME
        if not path.is_file():
            directory.mkdir(parents=True, exist_ok=True)
            digests = np.unique(np.fromiter((_digest(w) for w in _everyday_words()), np.uint64))
            temporary = path.with_suffix(".tmp.npy")
            np.save(temporary, digests)
            temporary.replace(path)
        return cls(np.load(path, mmap_mode="r"))

    def __contains__(self, word: str) -> bool:
        wanted = _digest(word)
        place = int(np.searchsorted(self._digests, wanted))
        return place < len(self._digests) and self._digests[place] == wanted

    def has_form_of(self, word: str) -> bool:
        """Whether the word, or what is left of it without a common ending, is an everyday one («فاصله‌ای»)."""
        return word in self or any(
            word.endswith(e) and len(word) - len(e) > 2 and word[: -len(e)] in self for e in _ENDINGS
        )

    def __len__(self) -> int:
        return len(self._digests)


def _digest(word: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big"))


def _everyday_words() -> Iterator[str]:
    """Folded words of hazm's list that were seen in its corpus (a frequency above nought)."""
    spec = importlib.util.find_spec("hazm")
    if spec is None or not spec.submodule_search_locations:
        raise OSError("hazm is not installed")
    path = Path(next(iter(spec.submodule_search_locations))) / "data" / "words.dat"
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            word, frequency, *_ = line.rstrip("\n").split("\t")
            if frequency != "0" and " " not in word:
                analysis = analyse(word.replace("\u200c", ZWNJ))
                yield from analysis.compounds or analysis.words
