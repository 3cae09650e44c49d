"""A question in the numbers of one index: what ``Ranking`` compares documents with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from knowledge.packed import Floats, Ints, Longs
from knowledge.reading import Reading, Role, Slot
from knowledge.vocabulary import Vocabulary, WordNumbers, grams

ROWS_MAX: Final = 120
"""Readings of question words that are looked at; a byte numbers them."""
_ROLES: Final = (Role.CONTENT, Role.EXTRA, Role.STOP)  # the first keeps a stem that two words share


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


class _Row(NamedTuple):
    numbers: WordNumbers
    group: int
    prior: float
    role: Role


def ask(reading: Reading, vocabulary: Vocabulary) -> Asked:
    """``reading`` in numbers; without rows where no word of it is known."""
    rows, places = _rows(reading.slots, vocabulary)
    numbers = np.asarray([(*row.numbers, row.group) for row in rows], np.int32).reshape(-1, 5).T
    _, stem, lemma, prefix, group = np.ascontiguousarray(numbers)
    prior = np.asarray([row.prior for row in rows], np.float32)
    words = [slot.options[0].word for slot in reading.slots if slot.role is Role.CONTENT]
    return Asked(
        stem=stem,
        lemma=lemma,
        prefix=prefix,
        group=group,
        prior=prior,
        weight=vocabulary.stem.idf(stem) * prior,
        content=np.asarray([row.role is Role.CONTENT for row in rows], np.float32),
        stop=np.asarray([row.role is Role.STOP for row in rows], np.bool_),
        pairs=np.asarray(_pairs(reading.slots, places), np.int32).reshape(-1, 2),
        grams=tuple(dict.fromkeys(chain.from_iterable(map(grams, words)))),
        unseen=len(reading.unknown),
    )


def _rows(slots: tuple[Slot, ...], vocabulary: Vocabulary) -> tuple[list[_Row], list[list[int]]]:
    """Rows, and for each slot the places of its rows (those of an earlier slot where a word is repeated)."""
    rows: list[_Row] = []
    places: list[list[int]] = [[] for _ in slots]
    place_of: dict[int, int] = {}
    for role in _ROLES:
        for group, slot in enumerate(slots):
            if slot.role is not role:
                continue
            for option in slot.options:
                numbers = vocabulary.numbers(option.word)
                if numbers.stem and numbers.stem not in place_of and len(rows) < ROWS_MAX:
                    place_of[numbers.stem] = len(rows)
                    rows.append(_Row(numbers, group, option.prior, role))
                if numbers.stem in place_of:
                    places[group].append(place_of[numbers.stem])
    return rows, places


def _pairs(slots: tuple[Slot, ...], places: list[list[int]]) -> list[tuple[int, int]]:
    spoken = [rows for rows, slot in zip(places, slots, strict=True) if slot.role is not Role.EXTRA]
    return list(dict.fromkeys((a, b) for first, second in pairwise(spoken) for a in first for b in second))
