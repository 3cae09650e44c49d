"""Scores candidates: length-sensitive BM25 over stems, surfaces and neighbouring pairs, all candidates in one pass.

The engine's own BM25 has fixed k1 and b and simply adds fields up; what it lacks is done here on the forward index. In
plain Python these sums were 84–90 % of the time of a question. Pure arithmetic on arrays: no files, no Persian.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from knowledge.forward import Forward, Longs, pair_hash
from knowledge.vocabulary import Floats, Ints, Vocabulary, idf

SLOTS_MAX = 200
"""Different words of a question that are looked at."""


@dataclass(frozen=True)
class FieldWeights:
    """How much a match in each field counts (1 = like running text).

    Fields named in ``best_of`` hold alternatives, such as many wordings of one question: there only the text most like
    the question counts, and as a whole.
    """

    weights: Mapping[str, float]
    best_of: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.weights)


@dataclass(frozen=True)
class Settings:
    """Constants of the score; docs/decisions/0003-search.md tells how they were found."""

    k1: float = 1.2
    b: float = 0.6
    surface: float = 0.3
    pairs: float = 0.3
    coverage_power: float = 0.25


@dataclass(frozen=True)
class Asked:
    """A question in the vocabulary's numbers; everything but ``pairs`` and ``unseen`` has one entry a known word.

    ``stems`` are distinct, ``surfaces`` the forms typed (0: this form is not in the index). Words of one ``group`` are
    readings of one question word: they stand together, ``prior`` says how likely each is, and only the best counts.
    ``essential`` marks words of the question itself, which coverage counts; joined compounds help but are not missed.
    ``pairs`` are places of neighbouring words, shape (n, 2). ``unseen`` counts words that no document has.
    """

    stems: Ints
    surfaces: Ints
    group: Ints
    prior: Floats
    essential: npt.NDArray[np.bool_]
    pairs: Ints
    unseen: int

    @cached_property
    def group_starts(self) -> Longs:
        return np.flatnonzero(np.diff(self.group, prepend=-1))


@dataclass(frozen=True)
class Scores:
    """One row a candidate, in the order given.

    ``by_field`` is coverage within each field, ``gain`` what each word of ``Asked`` added.
    """

    score: Floats
    coverage: Floats
    by_field: Floats
    wording: Floats
    gain: Floats


@dataclass(frozen=True)
class _Matches:
    """Tokens whose stem the question has: row (candidate), slot (question word), field, text, place in the index."""

    row: Longs
    slot: Longs
    field: Longs
    span: Longs
    place: Longs
    exact: npt.NDArray[np.bool_]


@dataclass
class _Slots(threading.local):
    """Stem number → question word + 1. Filled and cleaned around each question; one table a thread."""

    table: npt.NDArray[np.uint8] | None = None


@dataclass(frozen=True)
class Ranking:
    """Scores documents of one index for one set of field weights, whose order is the order of the index's fields."""

    forward: Forward
    vocabulary: Vocabulary
    weights: FieldWeights
    skipped_stems: frozenset[int] = frozenset()
    settings: Settings = Settings()
    _slots: _Slots = field(default_factory=_Slots)

    def score(self, asked: Asked, documents: Longs) -> Scores:
        """Scores of ``documents`` (numbers, any order); zeros where nothing of the question is found."""
        matches = self._matches(asked, documents)
        shape = (len(self.weights.names), len(documents), len(asked.stems))
        weight = self.vocabulary.stem_idf[asked.stems] * asked.prior
        counts = _count(matches, shape)
        norm = self._field_norm(documents)
        gain = self._saturate(counts, norm) * weight
        gain += self.settings.surface * self._surface_gain(asked, matches, shape, norm)
        starts = asked.group_starts
        score = np.maximum.reduceat(gain, starts, axis=1).sum(axis=1)
        score += self.settings.pairs * self._pair_score(asked, matches, shape, norm)
        essential = np.maximum.reduceat(weight * asked.essential, starts)
        whole = float(essential.sum()) + asked.unseen * self.vocabulary.unseen_idf or 1.0
        found = np.maximum.reduceat((counts > 0) * (weight * asked.essential), starts, axis=2)
        coverage = found.max(axis=0).sum(axis=1) / whole
        wording, wording_score = self._wording(matches, shape, weight, whole)
        score += wording_score * whole
        score *= coverage**self.settings.coverage_power
        return Scores(score, coverage, found.sum(axis=2).T / whole, wording, gain)

    def _matches(self, asked: Asked, documents: Longs) -> _Matches:
        starts = self.forward.document_start[documents]
        lengths = self.forward.document_start[documents + 1] - starts
        ends = np.cumsum(lengths)
        place = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(starts - (ends - lengths), lengths)
        surfaces = self.forward.tokens[place]
        table = self._slot_table()
        table[asked.stems] = np.arange(1, len(asked.stems) + 1)
        slots = table[self.vocabulary.stem_of[surfaces]]
        table[asked.stems] = 0
        hits = np.flatnonzero(slots)
        place = place[hits]
        slot = slots[hits].astype(np.int64) - 1
        span = np.searchsorted(self.forward.span_start, place, side="right") - 1
        return _Matches(
            row=np.searchsorted(ends, hits, side="right"),
            slot=slot,
            field=self.forward.span_field[span].astype(np.int64),
            span=span,
            place=place,
            exact=surfaces[hits] == asked.surfaces[slot],
        )

    def _slot_table(self) -> npt.NDArray[np.uint8]:
        if self._slots.table is None:
            self._slots.table = np.zeros(len(self.vocabulary.stems), dtype=np.uint8)
        return self._slots.table

    @cached_property
    def _running(self) -> Floats:
        """Weight of each field as running text: nothing for fields of alternatives."""
        names = self.weights.names
        return np.asarray([0.0 if n in self.weights.best_of else self.weights.weights[n] for n in names], np.float32)

    def _field_norm(self, documents: Longs) -> Floats:
        """Weight of one occurrence, shape (fields, candidates): the field's weight over its relative length."""
        relative = self.forward.lengths[documents] / self.forward.average
        return (self._running / (1 - self.settings.b + self.settings.b * relative)).T.astype(np.float32)

    def _saturate(self, counts: npt.NDArray[np.int64], norm: Floats) -> Floats:
        """BM25F: occurrences of all fields weighed, then saturated; shape (candidates, words)."""
        weighed = np.einsum("fcw,fc->cw", counts.astype(np.float32), norm)
        saturated: Floats = weighed * (self.settings.k1 + 1) / (weighed + self.settings.k1)
        return saturated

    def _surface_gain(self, asked: Asked, matches: _Matches, shape: tuple[int, int, int], norm: Floats) -> Floats:
        counts = _count(matches, shape, matches.exact)
        return self._saturate(counts, norm) * (self.vocabulary.surface_idf[asked.surfaces] * asked.prior)

    def _pair_score(self, asked: Asked, matches: _Matches, shape: tuple[int, int, int], norm: Floats) -> Floats:
        """BM25 of neighbouring question words that are neighbours in the text too."""
        pairs = asked.pairs
        if not len(pairs):
            return np.zeros(shape[1], dtype=np.float32)
        words = shape[2]
        code = np.full(words * words, -1)
        code[pairs[:, 0] * words + pairs[:, 1]] = np.arange(len(pairs))
        near = np.flatnonzero(np.diff(matches.place) == 1)
        number = code[matches.slot[near] * words + matches.slot[near + 1]]
        near, number = near[number >= 0], number[number >= 0]
        flat = (matches.field[near] * shape[1] + matches.row[near]) * len(pairs) + number
        counts = np.bincount(flat, minlength=shape[0] * shape[1] * len(pairs)).reshape(shape[0], shape[1], len(pairs))
        return self._saturate(counts, norm) @ self._pair_idf(asked)

    def _pair_idf(self, asked: Asked) -> Floats:
        table = self.forward.pair_frequency
        slot = pair_hash(asked.stems[asked.pairs[:, 0]], asked.stems[asked.pairs[:, 1]], len(table))
        frequency = np.minimum(table[slot], self.vocabulary.documents)
        return idf(frequency, self.vocabulary.documents)

    @cached_property
    def _alternatives(self) -> Floats:
        """Weight of each field of alternatives, 0 for the others."""
        names = self.weights.names
        return np.asarray([self.weights.weights[n] if n in self.weights.best_of else 0.0 for n in names], np.float32)

    @cached_property
    def _span_weight(self) -> Floats:
        """IDF sum of the different words of each text in fields of alternatives; stop words left out."""
        forward, vocabulary = self.forward, self.vocabulary
        weights = np.zeros(len(forward.span_field), dtype=np.float32)
        idfs = vocabulary.stem_idf.copy()
        idfs[[0, *self.skipped_stems]] = 0
        for span in np.flatnonzero(self._alternatives[forward.span_field] > 0):
            tokens = forward.tokens[forward.span_start[span] : forward.span_start[span + 1]]
            words = tokens[: int(np.argmax(tokens == 0))]
            weights[span] = idfs[np.unique(vocabulary.stem_of[words])].sum()
        return weights

    def _wording(
        self, matches: _Matches, shape: tuple[int, int, int], weight: Floats, whole: float
    ) -> tuple[Floats, Floats]:
        """Best likeness of one alternative to the question (IDF-weighted Dice, 0 to 1), plain and by field weight."""
        best = np.zeros(shape[1], dtype=np.float32)
        scored = np.zeros(shape[1], dtype=np.float32)
        among = np.flatnonzero(self._alternatives[matches.field] > 0)
        if not len(among):
            return best, scored
        distinct, first = np.unique(matches.span[among] * shape[2] + matches.slot[among], return_index=True)
        spans, inverse = np.unique(distinct // shape[2], return_inverse=True)
        common = np.bincount(inverse, weights=weight[distinct % shape[2]])
        likeness = (2 * common / (whole + np.maximum(self._span_weight[spans], common))).astype(np.float32)
        row_of = np.zeros(len(spans), dtype=np.int64)
        row_of[inverse] = matches.row[among[first]]
        np.maximum.at(best, row_of, likeness)
        np.maximum.at(scored, row_of, likeness * self._alternatives[self.forward.span_field[spans]])
        return best, scored


def _count(
    matches: _Matches, shape: tuple[int, int, int], only: npt.NDArray[np.bool_] | None = None
) -> npt.NDArray[np.int64]:
    """Occurrences by (field, candidate, question word)."""
    flat = (matches.field * shape[1] + matches.row) * shape[2] + matches.slot
    if only is not None:
        flat = flat[only]
    return np.bincount(flat, minlength=shape[0] * shape[1] * shape[2]).reshape(shape)
