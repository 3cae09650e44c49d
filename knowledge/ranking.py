"""Scores candidates: evidence of many kinds on each, weighed by learned weights, all candidates in one numpy pass.

The engine's own BM25 has fixed k1 and b and simply adds fields up; what it lacks is done here on the forward index. In
plain Python these sums were 84–90 % of the time of a question. Pure arithmetic on arrays: no files, no Persian.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

import numpy as np

from knowledge.asked import Asked
from knowledge.forward import pair_hash
from knowledge.matches import Matcher, Matches
from knowledge.packed import Floats, Ints, Longs
from knowledge.vocabulary import idf

_WINDOW: Final = 25  # words: about a sentence
_HEAD: Final = 25  # words at the beginning of a text, where it says what it is about
_TINY: Final = 1e-9  # instead of a division by zero
_APART: Final = 1 << 20  # keeps windows from reaching into the next text


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
class Evidence:
    """Weights of the kinds of evidence; docs/decisions/0003-search.md tells how they were learned.

    BM25 sums, over the IDF of the whole question: ``stem`` (light stems), ``lemma`` (dictionary forms), ``prefix``
    (first four letters), ``pair`` (neighbours, stop words included). Shares of the question found, by IDF: ``…_share``,
    ``gram_share`` (groups of four letters), ``head_share`` (in the first words), ``window_share`` (within one stretch);
    ``word_share`` by number. ``early``: how early the first word stands. ``wording``: likeness to the best alternative.
    """

    stem: float = 2.0
    word_share: float = -4.6
    lemma: float = 1.7
    lemma_share: float = 1.9
    prefix: float = 1.9
    prefix_share: float = 1.6
    pair: float = 0.2
    pair_share: float = 4.9
    gram_share: float = 4.5
    head_share: float = 1.2
    window_share: float = 3.8
    early: float = 1.4
    wording: float = 0.0

    @cached_property
    def vector(self) -> Floats:
        return np.asarray([getattr(self, name) for name in self.__dataclass_fields__], np.float32)


@dataclass(frozen=True)
class Saturation:
    """BM25's constants: how soon a repeated word stops adding (k1), how much long texts are held back (b)."""

    k1: float = 1.2
    b: float = 0.75


@dataclass(frozen=True)
class Scores:
    """One row a candidate, in the order given.

    ``by_field`` is coverage within each field, ``gain`` what each row of ``Asked`` added, ``evidence`` the columns of
    ``Evidence``.
    """

    score: Floats
    coverage: Floats
    by_field: Floats
    wording: Floats
    gain: Floats
    evidence: Floats


@dataclass(frozen=True)
class Ranking:
    """Scores documents of one index; ``fields`` name the index's fields in its order."""

    matcher: Matcher
    fields: FieldWeights
    evidence: Evidence = Evidence()
    saturation: Saturation = Saturation()
    skipped_stems: frozenset[int] = field(default_factory=frozenset)

    def score(self, asked: Asked, documents: Longs) -> Scores:
        """Scores of ``documents`` (numbers, any order)."""
        matches = self.matcher.find(asked, documents)
        norm = self._field_norm(documents)
        counts = matches.counts(matches.stem, len(asked))
        searched = ~asked.stop
        gain = self._saturated(counts, norm) * (asked.weight * searched)
        found_by_field = asked.by_group((counts > 0) * (asked.weight * asked.content))
        found = found_by_field.max(axis=0)
        whole = float(asked.group_weight.sum()) or 1.0
        wording, scored_wording = self._wording(asked, matches, whole)
        columns = (
            asked.by_group(gain).sum(axis=1) / whole,
            self._word_share(asked, counts),
            *self._view(asked, matches, norm, whole, "lemma"),
            *self._view(asked, matches, norm, whole, "prefix"),
            *self._pairs(asked, matches, norm, whole),
            matches.gram_share,
            self._head_share(asked, matches, whole),
            self._window_share(asked, matches, whole),
            self._early(asked, matches),
            scored_wording,
        )
        evidence = np.stack(columns, axis=1).astype(np.float32)
        asked_for = whole + asked.unseen * self.matcher.vocabulary.unseen_idf
        return Scores(
            score=evidence @ self.evidence.vector,
            coverage=found.sum(axis=1) / asked_for,
            by_field=found_by_field.sum(axis=2).T / asked_for,
            wording=wording,
            gain=gain,
            evidence=evidence,
        )

    @cached_property
    def _running(self) -> Floats:
        """Weight of each field as running text: nothing for fields of alternatives."""
        weights, best_of = self.fields.weights, self.fields.best_of
        return np.asarray([0.0 if name in best_of else weights[name] for name in self.fields.names], np.float32)

    @cached_property
    def _alternatives(self) -> Floats:
        """Weight of each field of alternatives, 0 for the others."""
        weights, best_of = self.fields.weights, self.fields.best_of
        return np.asarray([weights[name] if name in best_of else 0.0 for name in self.fields.names], np.float32)

    def _field_norm(self, documents: Longs) -> Floats:
        """Weight of one occurrence, shape (fields, candidates): the field's weight over its relative length."""
        forward = self.matcher.forward
        relative = forward.lengths[documents] / forward.average
        norm: Floats = (self._running / (1 - self.saturation.b + self.saturation.b * relative)).T.astype(np.float32)
        return norm

    def _saturated(self, counts: Floats, norm: Floats) -> Floats:
        """BM25F: occurrences of all fields weighed, then saturated; shape (candidates, rows)."""
        weighed = np.einsum("fcw,fc->cw", counts, norm)
        saturated: Floats = weighed * (self.saturation.k1 + 1) / (weighed + self.saturation.k1)
        return saturated

    def _word_share(self, asked: Asked, counts: Floats) -> Floats:
        searched = (~asked.stop).astype(np.float32)
        found = asked.by_group((counts > 0).any(axis=0) * searched).sum(axis=1)
        return np.asarray(found / max(float(asked.by_group(searched).sum()), 1.0), np.float32)

    def _view(
        self, asked: Asked, matches: Matches, norm: Floats, whole: float, name: Literal["lemma", "prefix"]
    ) -> tuple[Floats, Floats]:
        """BM25 and share by dictionary form or first letters. Words that share a term share its occurrences."""
        terms: Ints = getattr(asked, name)
        weight = getattr(self.matcher.vocabulary, name).idf(terms) * asked.prior * asked.content
        counts = matches.counts(getattr(matches, name), len(asked))[:, :, _first_of_equal(terms)]
        gain = asked.by_group(self._saturated(counts, norm) * weight).sum(axis=1) / whole
        known = max(float(asked.by_group(weight).sum()), _TINY)
        return gain, asked.by_group((counts > 0).any(axis=0) * weight).sum(axis=1) / known

    def _pairs(self, asked: Asked, matches: Matches, norm: Floats, whole: float) -> tuple[Floats, Floats]:
        """BM25 and share of neighbouring question words that are neighbours in the text too."""
        pairs, (fields, candidates) = asked.pairs, matches.shape
        if not len(pairs):
            return (np.zeros(candidates, np.float32),) * 2
        code = np.full((len(asked) + 1) ** 2, -1)
        code[(pairs[:, 0] + 1) * (len(asked) + 1) + pairs[:, 1] + 1] = np.arange(len(pairs))
        near = np.flatnonzero(np.diff(matches.place) == 1)
        stems = matches.stem.astype(np.int64)
        number = code[stems[near] * (len(asked) + 1) + stems[near + 1]]
        near, number = near[number >= 0], number[number >= 0]
        flat = (matches.field[near] * candidates + matches.row[near]) * len(pairs) + number
        counts = np.bincount(flat, minlength=fields * candidates * len(pairs)).reshape(fields, candidates, len(pairs))
        weight = self._pair_weight(asked)
        share = (counts > 0).any(axis=0) @ weight / max(float(weight.sum()), _TINY)
        gain: Floats = self._saturated(counts.astype(np.float32), norm) @ weight / whole
        return gain, share

    def _pair_weight(self, asked: Asked) -> Floats:
        table, vocabulary = self.matcher.forward.pair_frequency, self.matcher.vocabulary
        first, second = asked.pairs[:, 0], asked.pairs[:, 1]
        frequency = np.minimum(
            table[pair_hash(asked.stem[first], asked.stem[second], len(table))], vocabulary.documents
        )
        return np.asarray(idf(frequency, vocabulary.documents) * asked.prior[first] * asked.prior[second], np.float32)

    def _content_hits(self, asked: Asked, matches: Matches) -> Longs:
        """Places in ``matches`` of content words in running text, by stem."""
        searched = np.concatenate([[False], asked.content])[matches.stem]
        return np.flatnonzero(searched & (self._running > 0)[matches.field])

    def _head_share(self, asked: Asked, matches: Matches, whole: float) -> Floats:
        hits = self._content_hits(asked, matches)
        hits = hits[matches.offset[hits] < _HEAD]
        flat = matches.row[hits] * len(asked) + matches.stem[hits] - 1
        found = np.bincount(flat, minlength=matches.shape[1] * len(asked)).reshape(matches.shape[1], len(asked)) > 0
        share: Floats = asked.by_group(found * (asked.weight * asked.content)).sum(axis=1) / whole
        return share

    def _window_share(self, asked: Asked, matches: Matches, whole: float) -> Floats:
        """Share of the question found within the best stretch of ``_WINDOW`` words."""
        share = np.zeros(matches.shape[1], np.float32)
        hits = self._content_hits(asked, matches)
        if not len(hits):
            return share
        text = np.cumsum(np.diff(matches.span[hits], prepend=matches.span[hits[0]]) != 0)
        at = matches.offset[hits] + text * _APART
        last = np.where(matches.stem[hits][:, None] == np.arange(1, len(asked) + 1), at[:, None], -_APART)
        near = at[:, None] - np.maximum.accumulate(last, axis=0) <= _WINDOW
        weight = asked.by_group(near * (asked.weight * asked.content)).sum(axis=1)
        rows = matches.row[hits]
        begins = np.flatnonzero(np.diff(rows, prepend=-1))
        share[rows[begins]] = np.maximum.reduceat(weight, begins) / whole
        return share

    def _early(self, asked: Asked, matches: Matches) -> Floats:
        early = np.zeros(matches.shape[1], np.float32)
        hits = self._content_hits(asked, matches)
        if len(hits):
            rows = matches.row[hits]
            begins = np.flatnonzero(np.diff(rows, prepend=-1))
            early[rows[begins]] = 1 / (1 + np.minimum.reduceat(matches.offset[hits], begins) / 10)
        return early

    @cached_property
    def _span_weight(self) -> Floats:
        """IDF sum of the different words of each text in fields of alternatives; stop words left out."""
        forward, stems = self.matcher.forward, self.matcher.vocabulary.stem
        weights = np.zeros(len(forward.span_field), dtype=np.float32)
        idfs = stems.idf(np.arange(len(stems.frequency), dtype=np.int32))
        idfs[list(self.skipped_stems)] = 0
        for span in np.flatnonzero(self._alternatives[forward.span_field] > 0):
            tokens = forward.tokens[forward.span_start[span] : forward.span_start[span + 1]]
            words = tokens[: int(np.argmax(tokens == 0))]
            weights[span] = idfs[np.unique(stems.of[words])].sum()
        return weights

    def _wording(self, asked: Asked, matches: Matches, whole: float) -> tuple[Floats, Floats]:
        """Best likeness of one alternative to the question (IDF-weighted Dice, 0 to 1), plain and by field weight."""
        best = np.zeros(matches.shape[1], np.float32)
        scored = np.zeros(matches.shape[1], np.float32)
        content = np.concatenate([[False], asked.content])[matches.stem]
        among = np.flatnonzero(content & (self._alternatives > 0)[matches.field])
        if not len(among):
            return best, scored
        size = len(asked)
        distinct, first = np.unique(matches.span[among] * size + matches.stem[among] - 1, return_index=True)
        spans, inverse = np.unique(distinct // size, return_inverse=True)
        common = np.bincount(inverse, weights=asked.weight[distinct % size])
        likeness = (2 * common / (whole + np.maximum(self._span_weight[spans], common))).astype(np.float32)
        row_of = np.zeros(len(spans), dtype=np.int64)
        row_of[inverse] = matches.row[among[first]]
        np.maximum.at(best, row_of, likeness)
        np.maximum.at(scored, row_of, likeness * self._alternatives[self.matcher.forward.span_field[spans]])
        return best, scored


def _first_of_equal(terms: Ints) -> Longs:
    """For each row the first row with the same term: the one that occurrences were counted under."""
    _, first, inverse = np.unique(terms, return_index=True, return_inverse=True)
    return first[inverse]
