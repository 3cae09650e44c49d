"""A question in the numbers of one index: what ``Ranking`` compares documents with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.packed import Floats, Ints, Longs
from knowledge.reading import Reading, Role, Slot
from knowledge.vocabulary import Vocabulary, grams

ROWS_MAX: Final = 120
"""Readings of question words that are looked at; a byte numbers them."""
_ORDER: Final = {Role.CONTENT: 0, Role.EXTRA: 1, Role.STOP: 2}  # who keeps a stem that two words share


@dataclass(frozen=True)
class Asked:
    """One row a reading of a question word; rows with one ``group`` are readings of one word, of which the best counts.

    ``stem`` holds distinct numbers; ``lemma`` and ``prefix`` stand beside them, 0 where the index has none.
    ``weight`` is the stem's IDF times how likely the reading is. ``content`` (1 or 0) marks what coverage counts,
    ``stop`` rows that count as neighbours only; the others are joined compounds. ``pairs`` are places of neighbouring
    rows, shape (n, 2). ``grams``: groups of letters of the content. ``unseen``: how many words no document has.
    """

    stem: Ints
    lemma: Ints
    prefix: Ints
    group: Ints
    prior: Floats
    weight: Floats
    content: Floats
    stop: npt.NDArray[np.bool_]
    pairs: Ints
    grams: tuple[str, ...]
    unseen: int

    @cached_property
    def stem_rows(self) -> list[tuple[int, int]]:
        """``(row, stem)`` of every row."""
        return list(enumerate(self.stem.tolist()))

    @cached_property
    def lemma_rows(self) -> list[tuple[int, int]]:
        """``(row, dictionary form)`` of the first row that has each; stop words left out."""
        return _first_rows(self.lemma, self.stop)

    @cached_property
    def prefix_rows(self) -> list[tuple[int, int]]:
        """The same by first letters."""
        return _first_rows(self.prefix, self.stop)

    @cached_property
    def group_starts(self) -> Longs:
        return run_starts(self.group)

    @cached_property
    def group_weight(self) -> Floats:
        """IDF of each group's content, 0 for stop words and compounds."""
        return self.by_group(self.weight * self.content)

    def by_group(self, values: npt.NDArray[np.floating]) -> Floats:
        """The best of each group, along the last axis."""
        if len(self.group_starts) == len(self.group):
            return np.asarray(values, np.float32)
        best: Floats = np.maximum.reduceat(values, self.group_starts, axis=-1)
        return best

    def __len__(self) -> int:
        return len(self.stem)


def run_starts(values: npt.NDArray[np.integer]) -> Longs:
    """Where each run of equal values begins; at least one value."""
    changes = np.empty(len(values), np.bool_)  # cheaper than `np.diff`, which costs more than all that is done with it
    changes[0] = True
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes.nonzero()[0]


def _first_rows(terms: Ints, skipped: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    first: dict[int, int] = {}
    for row, (term, skip) in enumerate(zip(terms.tolist(), skipped.tolist(), strict=True)):
        if term and not skip:
            first.setdefault(term, row)
    return [(row, term) for term, row in first.items()]


@dataclass(frozen=True, slots=True)
class _Row:
    stem: int
    word: str
    group: int
    prior: float
    role: Role


def ask(reading: Reading, vocabulary: Vocabulary) -> Asked:
    """``reading`` in numbers; without rows where no word of it is known."""
    rows, places = _rows(reading.slots, vocabulary)
    numbers = [vocabulary.numbers(row.word) for row in rows]
    stems = np.asarray([row.stem for row in rows], np.int32)
    prior = np.asarray([row.prior for row in rows], np.float32)
    content = [slot for slot in reading.slots if slot.role is Role.CONTENT]
    return Asked(
        stem=stems,
        lemma=np.asarray([number.lemma for number in numbers], np.int32),
        prefix=np.asarray([number.prefix for number in numbers], np.int32),
        group=np.asarray([row.group for row in rows], np.int32),
        prior=prior,
        weight=vocabulary.stem.idf(stems) * prior,
        content=np.asarray([row.role is Role.CONTENT for row in rows], np.float32),
        stop=np.asarray([row.role is Role.STOP for row in rows], np.bool_),
        pairs=np.asarray(_pairs(reading.slots, places), np.int32).reshape(-1, 2),
        grams=tuple(dict.fromkeys(gram for slot in content for gram in grams(slot.options[0].word))),
        unseen=len(reading.unknown),
    )


def _rows(slots: tuple[Slot, ...], vocabulary: Vocabulary) -> tuple[list[_Row], list[list[int]]]:
    """Rows, and for each slot the places of its rows (those of an earlier slot where a word is repeated)."""
    rows: list[_Row] = []
    places: list[list[int]] = [[] for _ in slots]
    place_of: dict[int, int] = {}
    for group, slot in sorted(enumerate(slots), key=lambda numbered: _ORDER[numbered[1].role]):
        for option in slot.options:
            number = vocabulary.numbers(option.word).stem
            if number and number not in place_of and len(rows) < ROWS_MAX:
                place_of[number] = len(rows)
                rows.append(_Row(number, option.word, group, option.prior, slot.role))
            if number in place_of:
                places[group].append(place_of[number])
    return rows, places


def _pairs(slots: tuple[Slot, ...], places: list[list[int]]) -> list[tuple[int, int]]:
    spoken = [rows for rows, slot in zip(places, slots, strict=True) if slot.role is not Role.EXTRA]
    return list(dict.fromkeys((a, b) for first, second in pairwise(spoken) for a in first for b in second))
