"""The words of one index and the forms under which they meet: stem, dictionary form, first letters, groups of letters.

Surfaces (folded words as they stand in texts) are numbered from 1; 0 separates texts in the forward index and never
matches. A ``View`` files surfaces under something that several of them share, with numbers and document frequencies of
its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from knowledge.analysis import stem
from knowledge.lexicon import Lexicon, save_lexicon
from knowledge.packed import Floats, Ints, Longs, Postings, Strings, mapped

VIEWS: Final = ("stem", "lemma", "prefix")
_PREFIX_LETTERS: Final = 4
_GRAM_LETTERS: Final = 4
_REMEMBERED: Final = 20_000
_FREQUENCY_DISCOUNT: Final = 0.25  # a decade of document frequency
_HELD_MAX: Final = 50_000  # words: five megabytes


def idf(frequency: npt.ArrayLike, documents: int) -> Floats:
    """BM25's inverse document frequency, ``ln(1 + (N − n + .5) / (n + .5))``: positive for any n ≤ N."""
    n = np.asarray(frequency, dtype=np.float64)
    return np.log1p((documents - n + 0.5) / (n + 0.5)).astype(np.float32)


@lru_cache(maxsize=_REMEMBERED)
def grams(word: str) -> tuple[str, ...]:
    """Groups of four letters of ``word``, its beginning and end marked; the whole where it is shorter."""
    marked = f"_{word}_"
    return tuple([marked[place : place + _GRAM_LETTERS] for place in range(max(1, len(marked) - _GRAM_LETTERS + 1))])


def _prefix(word: str) -> str:
    return word[:_PREFIX_LETTERS]


@dataclass(slots=True)
class VocabularyBuilder:
    """Numbers surfaces and their stems while documents are read."""

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
        """Write everything but frequencies, which need the finished forward index."""
        save_lexicon(directory)
        lexicon = Lexicon.load(directory)
        Strings.save(directory, "surface", self.surfaces)
        Postings.save(directory, "surface", self.surfaces.items())
        Postings.save(directory, "gram", ((g, n) for word, n in self.surfaces.items() if n for g in grams(word)))
        _save_view(directory, "stem", self.stems, self.stem_of)
        for name, key in (("lemma", lexicon.lemma), ("prefix", _prefix)):
            terms = {"": 0}
            of = [terms.setdefault(key(word) if word else "", len(terms)) for word in self.surfaces]
            _save_view(directory, name, terms, of)


def _save_view(directory: Path, name: str, terms: dict[str, int], of: list[int]) -> None:
    numbers = np.asarray(of, np.int32)
    order = np.argsort(numbers, kind="stable").astype(np.int32)
    np.save(directory / f"{name}_of.npy", numbers)
    np.save(directory / f"{name}_members.npy", order)
    np.save(directory / f"{name}_members_start.npy", np.searchsorted(numbers[order], np.arange(len(terms) + 1)))
    Postings.save(directory, name, terms.items())


@dataclass(frozen=True)
class View:
    """Surfaces filed under shared terms; ``frequency`` counts documents that have any member."""

    of: Ints
    members_by_term: Ints
    members_start: Longs
    frequency: Ints
    postings: Postings
    documents: int

    @classmethod
    def load(cls, directory: Path, name: str, documents: int) -> View:
        return cls(
            of=mapped(directory / f"{name}_of.npy"),
            members_by_term=mapped(directory / f"{name}_members.npy"),
            members_start=mapped(directory / f"{name}_members_start.npy"),
            frequency=mapped(directory / f"{name}_frequency.npy"),
            postings=Postings.load(directory, name),
            documents=documents,
        )

    @cached_property
    def members(self) -> Callable[[int], Ints]:
        """Surfaces of a term, whose number is at least 1; remembered, since people ask with the same words."""
        return lru_cache(maxsize=_REMEMBERED)(self._members)

    def _members(self, term: int) -> Ints:
        return self.members_by_term[self.members_start[term] : self.members_start[term + 1]]

    def idf(self, terms: Ints) -> Floats:
        """Weights of ``terms``, 0 for term 0."""
        return self._idfs[terms]

    @cached_property
    def _idfs(self) -> Floats:
        weights = idf(self.frequency, self.documents)
        weights[0] = 0
        return weights


class WordNumbers(NamedTuple):
    """A word's number in each numbering, 0 where the index has no such form."""

    surface: int
    stem: int
    lemma: int
    prefix: int


@dataclass(frozen=True)
class Vocabulary:
    """Read side."""

    surfaces: Strings
    surface_postings: Postings
    surface_frequency: Ints
    gram_postings: Postings
    stem: View
    lemma: View
    prefix: View
    lexicon: Lexicon
    documents: int

    @classmethod
    def load(cls, directory: Path, documents: int) -> Vocabulary:
        stem_view, lemma, prefix = (View.load(directory, name, documents) for name in VIEWS)
        return cls(
            surfaces=Strings.load(directory, "surface"),
            surface_postings=Postings.load(directory, "surface"),
            surface_frequency=mapped(directory / "surface_frequency.npy"),
            gram_postings=Postings.load(directory, "gram"),
            stem=stem_view,
            lemma=lemma,
            prefix=prefix,
            lexicon=Lexicon.load(directory),
            documents=documents,
        )

    @cached_property
    def numbers(self) -> Callable[[str], WordNumbers]:
        """Numbers of a folded word; remembered, since people ask with the same words."""
        return lru_cache(maxsize=_REMEMBERED)(self._numbers)

    def surface(self, word: str) -> int:
        """Number of a folded word as it stands, 0 where the index lacks it; cheaper than all its numbers."""
        if self._held is not None:
            return self._held.get(word, 0)
        for number in self.surface_postings.get(word).tolist():
            if number and self.surfaces[number] == word:
                return int(number)
        return 0

    @cached_property
    def _held(self) -> Mapping[str, int] | None:
        """Numbers by word where the words are few enough to be held in memory."""
        words = self.surfaces.all() if len(self.surfaces) <= _HELD_MAX else None
        return None if words is None else {word: number for number, word in enumerate(words)}

    def _numbers(self, word: str) -> WordNumbers:
        surface = self.surface(word)
        if surface:
            views = (self.stem, self.lemma, self.prefix)
            return WordNumbers(surface, *(int(view.of[surface]) for view in views))
        return WordNumbers(
            surface=0,
            stem=self.other_form(word),
            lemma=self._term(self.lemma, self.lexicon.lemma(word), self.lexicon.lemma),
            prefix=self._term(self.prefix, _prefix(word), _prefix),
        )

    def other_form(self, word: str) -> int:
        """Number of the stem of a folded word that the index lacks as it stands, 0 where it lacks all its forms."""
        return self._term(self.stem, stem(word), stem)

    def _term(self, view: View, key: str, form: Callable[[str], str]) -> int:
        """Number of a term; a member is looked at, because two keys may share a hash."""
        numbers = view.postings.get(key).tolist()
        return next((n for n in numbers if n and form(self.surfaces[int(view.members(n)[0])]) == key), 0)

    @cached_property
    def discounts(self) -> Floats:
        """What each surface is cheaper by as a reading of another word: from 0 (in one document) to 1."""
        decades = np.log10(np.maximum(self.surface_frequency, 1))
        return np.minimum(_FREQUENCY_DISCOUNT * decades, 1.0).astype(np.float32)

    @cached_property
    def idf_by_frequency(self) -> Floats:
        """Weight of a term by the number of documents that have it."""
        return idf(np.arange(self.documents + 1), self.documents)

    @property
    def unseen_idf(self) -> float:
        """Weight of a word that no document has."""
        return math.log1p((self.documents + 0.5) / 0.5)

    def knows(self, word: str) -> bool:
        """Whether some document has this folded word, or another form of it."""
        return self.numbers(word).stem > 0

    def relative(self, word: str) -> str | None:
        """The commonest word of the index with the same dictionary form («می‌روند» for «رفتند»), None without one."""
        lemma = self.numbers(word).lemma
        if not lemma:
            return None
        members = self.lemma.members(lemma)
        return str(self.surfaces[int(members[int(np.argmax(self.surface_frequency[members]))])])

    @cached_property
    def gram_members(self) -> Callable[[str], tuple[Ints, float]]:
        """Surfaces that have a group of letters, and its weight; remembered like words.

        Document frequency is estimated as if surfaces fell on documents independently: counting it would take an index
        of its own.
        """
        return lru_cache(maxsize=_REMEMBERED)(self._gram_members)

    def _gram_members(self, gram: str) -> tuple[Ints, float]:
        members = self.gram_postings.get(gram)
        occurrences = float(self.surface_frequency[members].sum())
        frequency = self.documents * -math.expm1(-occurrences / max(self.documents, 1))
        return members, math.log1p((self.documents - frequency + 0.5) / (frequency + 0.5)) if len(members) else 0.0
