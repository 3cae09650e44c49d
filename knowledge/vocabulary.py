"""The words of one index: numbers for surfaces and stems, document frequencies, and their storage.

Number 0 is reserved in both numberings: it separates texts in the forward index and never matches a question.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.analysis import stem

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


def idf(frequency: npt.ArrayLike, documents: int) -> Floats:
    """BM25's inverse document frequency, ``ln(1 + (N − n + .5) / (n + .5))``: positive for any n ≤ N."""
    n = np.asarray(frequency, dtype=np.float64)
    return np.log1p((documents - n + 0.5) / (n + 0.5)).astype(np.float32)


@dataclass(slots=True)
class VocabularyBuilder:
    """Hands out numbers while documents are read."""

    surfaces: dict[str, int] = field(default_factory=lambda: {"": 0})
    stems: dict[str, int] = field(default_factory=lambda: {"": 0})
    stem_of: list[int] = field(default_factory=lambda: [0])

    def number(self, surface: str) -> int:
        known = self.surfaces.get(surface)
        if known is not None:
            return known
        number = len(self.surfaces)
        self.surfaces[surface] = number
        self.stem_of.append(self.stems.setdefault(stem(surface), len(self.stems)))
        return number

    def save(self, directory: Path) -> None:
        (directory / "surfaces.txt").write_text("\n".join(self.surfaces), encoding="utf-8")
        (directory / "stems.txt").write_text("\n".join(self.stems), encoding="utf-8")
        np.save(directory / "stem_of.npy", np.asarray(self.stem_of, dtype=np.int32))


@dataclass(frozen=True)
class Vocabulary:
    """Read side. Frequencies count documents, not occurrences; arrays are indexed by word number."""

    surfaces: tuple[str, ...]
    stems: tuple[str, ...]
    stem_of: Ints
    surface_frequency: Ints
    stem_frequency: Ints
    documents: int

    @classmethod
    def load(cls, directory: Path, documents: int) -> Vocabulary:
        return cls(
            surfaces=_lines(directory / "surfaces.txt"),
            stems=_lines(directory / "stems.txt"),
            stem_of=np.load(directory / "stem_of.npy"),
            surface_frequency=np.load(directory / "surface_frequency.npy"),
            stem_frequency=np.load(directory / "stem_frequency.npy"),
            documents=documents,
        )

    @cached_property
    def surface_number(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.surfaces)}

    @cached_property
    def stem_number(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.stems)}

    @cached_property
    def surface_idf(self) -> Floats:
        return idf(self.surface_frequency, self.documents)

    @cached_property
    def stem_idf(self) -> Floats:
        return idf(self.stem_frequency, self.documents)

    @property
    def unseen_idf(self) -> float:
        """Weight of a word that no document has."""
        return math.log1p((self.documents + 0.5) / 0.5)

    def knows(self, word: str) -> bool:
        """Whether some document has this folded word, or another form of it."""
        return word in self.surface_number or stem(word) in self.stem_number


def _lines(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8").split("\n"))
