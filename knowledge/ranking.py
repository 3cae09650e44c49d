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
import numpy.typing as npt

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


PASSAGES: Final = Evidence()
"""For running text alone: learned on the tuning halves of four public sets of Persian questions and passages."""
WORDINGS: Final = Evidence(
    stem=0.0, word_share=3.2, lemma=2.4, lemma_share=1.5, prefix=2.4, prefix_share=0.0, pair=1.0, pair_share=1.4,
    gram_share=2.5, head_share=0.0, window_share=0.9, early=0.9, wording=3.7,
)  # fmt: skip
"""For fields with alternatives: learned on everyday wordings of the regulations, held out and asked of the others."""


@dataclass(frozen=True)
class Saturation:
    """BM25's constants: how soon a repeated word stops adding (k1), how much long texts are held back (b)."""

    k1: float = 1.2
    b: float = 0.75


@dataclass(frozen=True)
class Scores:
    """One row a candidate, in the order given.

    ``present`` says which rows of ``Asked`` each field has, shape (fields, candidates, rows); ``gain`` is what each row
    added, ``evidence`` the columns of ``Evidence``.
    """

    score: Floats
    coverage: Floats
    present: npt.NDArray[np.bool_]
    wording: Floats
    gain: Floats
    evidence: Floats


@dataclass(frozen=True)
class Ranking:
    """Scores documents of one index; ``fields`` name the index's fields in its order."""

    matcher: Matcher
    fields: FieldWeights
    saturation: Saturation = Saturation()
    skipped_stems: frozenset[int] = field(default_factory=frozenset)

    def score(self, asked: Asked, documents: Longs) -> Scores:
        """Scores of ``documents``: their numbers, at least one, in any order."""
        matches = self.matcher.find(asked, documents)
        weight = self._token_weight(matches, documents)
        gain = self._saturated(matches.sums(matches.stem, len(asked), weight)) * (asked.weight * ~asked.stop)
        by_field = matches.present_by_field(matches.stem, len(asked), len(self.fields.names))
        present = np.asarray(by_field.any(axis=0), np.bool_)
        found = asked.by_group(present * (asked.weight * asked.content)).sum(axis=1)
        whole = float(asked.group_weight.sum()) or 1.0
        content = self._content(asked, matches)
        wording, scored_wording = self._wording(asked, matches, whole)
        columns = (
            asked.by_group(gain).sum(axis=1) / whole,
            self._word_share(asked, present),
            *self._view(asked, matches, weight, whole, "lemma"),
            *self._view(asked, matches, weight, whole, "prefix"),
            *self._pairs(asked, matches, weight, whole),
            matches.gram_share,
            self._head_share(asked, matches, content, whole),
            self._window_share(asked, matches, content, whole),
            self._early(matches, content),
            scored_wording,
        )
        evidence = np.stack(columns, axis=1).astype(np.float32)
        return Scores(
            score=evidence @ self.evidence.vector,
            coverage=found / (whole + asked.unseen * self.matcher.vocabulary.unseen_idf),
            present=by_field,
            wording=wording,
            gain=gain,
            evidence=evidence,
        )

    def by_field(self, asked: Asked, scores: Scores, rows: Longs) -> list[list[float]]:
        """Coverage within each field, for some of the candidates."""
        found = asked.by_group(scores.present[:, rows] * (asked.weight * asked.content)).sum(axis=2)
        asked_for = float(asked.group_weight.sum()) + asked.unseen * self.matcher.vocabulary.unseen_idf
        shares: list[list[float]] = (found.T / (asked_for or 1.0)).tolist()
        return shares

    @property
    def evidence(self) -> Evidence:
        return WORDINGS if self.fields.best_of else PASSAGES

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

    def _token_weight(self, matches: Matches, documents: Longs) -> Floats:
        """BM25F: what one occurrence counts, its field's weight over the field's relative length in the document."""
        forward = self.matcher.forward
        relative = forward.lengths.take(documents, axis=0) / forward.average
        norm = (self._running / (1 - self.saturation.b + self.saturation.b * relative)).astype(np.float32)
        weight: Floats = norm[matches.row, matches.field]
        return weight

    def _saturated(self, weighed: Floats) -> Floats:
        return weighed * (self.saturation.k1 + 1) / (weighed + self.saturation.k1)

    def _word_share(self, asked: Asked, present: npt.NDArray[np.bool_]) -> Floats:
        searched = (~asked.stop).astype(np.float32)
        found: Floats = asked.by_group(present * searched).sum(axis=1)
        return found / max(float(asked.by_group(searched).sum()), 1.0)

    def _view(
        self, asked: Asked, matches: Matches, token_weight: Floats, whole: float, name: Literal["lemma", "prefix"]
    ) -> tuple[Floats, Floats]:
        """BM25 and share by dictionary form or first letters. Words that share a term share its occurrences."""
        terms: Ints = getattr(asked, name)
        rows: npt.NDArray[np.uint8] = getattr(matches, name)
        weight = getattr(self.matcher.vocabulary, name).idf(terms) * asked.prior * asked.content
        gain = self._saturated(matches.sums(rows, len(asked), token_weight))
        present = matches.present(rows, len(asked))
        first = _first_of_equal(terms)
        if first is not None:
            gain, present = gain[:, first], present[:, first]
        share = asked.by_group(present * weight).sum(axis=1) / max(float(asked.by_group(weight).sum()), _TINY)
        return asked.by_group(gain * weight).sum(axis=1) / whole, share

    def _pairs(self, asked: Asked, matches: Matches, token_weight: Floats, whole: float) -> tuple[Floats, Floats]:
        """BM25 and share of neighbouring question words that are neighbours in the text too."""
        pairs, size = asked.pairs, len(asked) + 1
        if not len(pairs):
            return (np.zeros(matches.candidates, np.float32),) * 2
        code = np.full(size * size, -1)
        code[(pairs[:, 0] + 1) * size + pairs[:, 1] + 1] = np.arange(len(pairs))
        near = np.flatnonzero(matches.place[1:] - matches.place[:-1] == 1)
        number = code[matches.stem[near].astype(np.int64) * size + matches.stem[near + 1]]
        chosen = np.flatnonzero(number >= 0)
        near, number = near[chosen], number[chosen]
        flat = matches.row[near] * len(pairs) + number
        shape = (matches.candidates, len(pairs))
        sums = np.bincount(flat, weights=token_weight[near], minlength=shape[0] * shape[1]).reshape(shape)
        present = np.zeros(shape, np.bool_)
        present[matches.row[near], number] = True
        weight = self._pair_weight(asked)
        share: Floats = present @ weight / max(float(weight.sum()), _TINY)
        return self._saturated(sums.astype(np.float32)) @ weight / whole, share

    def _pair_weight(self, asked: Asked) -> Floats:
        table, vocabulary = self.matcher.forward.pair_frequency, self.matcher.vocabulary
        first, second = asked.pairs[:, 0], asked.pairs[:, 1]
        frequency = np.minimum(
            table[pair_hash(asked.stem[first], asked.stem[second], len(table))], vocabulary.documents
        )
        return np.asarray(idf(frequency, vocabulary.documents) * asked.prior[first] * asked.prior[second], np.float32)

    def _content(self, asked: Asked, matches: Matches) -> Longs:
        """Places in ``matches`` of content words in running text, by stem."""
        wanted = np.zeros(len(asked) + 1, np.bool_)
        wanted[1:] = asked.content
        return np.flatnonzero(wanted[matches.stem] & (self._running > 0)[matches.field])

    def _head_share(self, asked: Asked, matches: Matches, content: Longs, whole: float) -> Floats:
        hits = content[matches.offset[content] < _HEAD]
        present = np.zeros((matches.candidates, len(asked) + 1), np.bool_)
        present[matches.row[hits], matches.stem[hits]] = True
        share: Floats = asked.by_group(present[:, 1:] * (asked.weight * asked.content)).sum(axis=1) / whole
        return share

    def _window_share(self, asked: Asked, matches: Matches, content: Longs, whole: float) -> Floats:
        """Share of the question found within the best stretch of ``_WINDOW`` words."""
        share = np.zeros(matches.candidates, np.float32)
        if not len(content):
            return share
        span = matches.span[content]
        text = np.zeros(len(span), np.int64)
        np.cumsum(span[1:] != span[:-1], out=text[1:])
        at = matches.offset[content] + text * _APART
        words = np.flatnonzero(asked.content)
        last = np.where(matches.stem[content][:, None] == words + 1, at[:, None], -_APART)
        near = at[:, None] - np.maximum.accumulate(last, axis=0) <= _WINDOW
        weight = self._best_of_groups(near, asked, words)
        rows, begins = _runs(matches.row[content])
        share[rows] = np.maximum.reduceat(weight, begins) / whole
        return share

    def _best_of_groups(self, near: npt.NDArray[np.bool_], asked: Asked, words: Longs) -> Floats:
        weight = asked.weight[words]
        starts = np.flatnonzero(np.diff(asked.group[words], prepend=-1))
        if len(starts) == len(words):
            plain: Floats = near @ weight
            return plain
        best: Floats = np.maximum.reduceat(near * weight, starts, axis=1).sum(axis=1)
        return best

    def _early(self, matches: Matches, content: Longs) -> Floats:
        early = np.zeros(matches.candidates, np.float32)
        if len(content):
            rows, begins = _runs(matches.row[content])
            early[rows] = 1 / (1 + np.minimum.reduceat(matches.offset[content], begins) / 10)
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
        best = np.zeros(matches.candidates, np.float32)
        scored = np.zeros(matches.candidates, np.float32)
        if not self.fields.best_of:
            return best, scored
        wanted = np.zeros(len(asked) + 1, np.bool_)
        wanted[1:] = asked.content
        among = np.flatnonzero(wanted[matches.stem] & (self._alternatives > 0)[matches.field])
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


def _runs(rows: Longs) -> tuple[Longs, Longs]:
    """The different values of ``rows``, which come in runs, and where each run begins."""
    changes = np.flatnonzero(rows[1:] != rows[:-1]) + 1
    begins = np.concatenate([np.zeros(1, np.int64), changes])
    return rows[begins], begins


def _first_of_equal(terms: Ints) -> Longs | None:
    """For each row the first row with the same term, under which occurrences were counted; None where all differ."""
    numbers = terms.tolist()
    if len(set(numbers)) == len(numbers):
        return None
    return np.asarray([numbers.index(number) for number in numbers], np.int64)
