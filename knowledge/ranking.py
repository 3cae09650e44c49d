"""Scores candidates: evidence of many kinds on each, weighed by learned weights, all candidates in one numpy pass.

The engine's own BM25 has fixed k1 and b and simply adds fields up; what it lacks is done here on the forward index. In
plain Python these sums were 84–90 % of the time of a question. Pure arithmetic on arrays: no files, no Persian.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.asked import Asked, run_starts
from knowledge.forward import pair_hash
from knowledge.matches import Matcher, Matches
from knowledge.packed import Floats, Ints, Longs

_WINDOW: Final = 25  # words: about a sentence
_TINY: Final = 1e-9  # instead of a division by zero


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

    ``stem``: BM25 over light stems, divided by the IDF of the whole question. Shares of the question found, by IDF:
    ``lemma_share`` (dictionary forms), ``prefix_share`` (first four letters), ``pair_share`` (neighbours in question
    and text, stop words included), ``gram_share`` (groups of four letters), ``window_share`` (stems within one
    stretch); ``word_share`` is by number. ``early``: how early the first word stands. ``wording``: likeness to the
    best alternative.
    """

    stem: float = 4.9
    word_share: float = -5.8
    lemma_share: float = 2.7
    prefix_share: float = 2.9
    pair_share: float = 5.5
    gram_share: float = 4.3
    window_share: float = 3.9
    early: float = 1.95
    wording: float = 0.0

    @cached_property
    def vector(self) -> Floats:
        return np.asarray([getattr(self, name) for name in self.__dataclass_fields__], np.float32)


PASSAGES: Final = Evidence()
"""For running text alone: learned on the tuning halves of four public sets of Persian questions and passages."""
WORDINGS: Final = Evidence(
    stem=3.7, word_share=2.4, lemma_share=1.8, prefix_share=0.2, pair_share=2.1, gram_share=2.5, window_share=1.2,
    early=0.9, wording=3.3,
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
        """Scores of ``documents``: their numbers, at least one, ascending."""
        matches = self.matcher.find(asked, documents)
        by_field = matches.present_by_field(matches.stem, len(asked), len(self.fields.names))
        gain = self._stem_gain(asked, matches, documents)
        whole = float(asked.group_weight.sum()) or 1.0
        found, by_word, by_lemma, by_prefix = self._shares(asked, matches, np.asarray(by_field.any(axis=0)))
        wording, scored_wording = self._wording(asked, matches, whole)
        window_share, early = self._standing(asked, matches, whole)
        columns = (
            asked.by_group(gain).sum(axis=1) / whole,
            by_word,
            by_lemma,
            by_prefix,
            self._pair_share(asked, matches),
            matches.gram_share,
            window_share,
            early,
            scored_wording,
        )
        evidence = np.array(columns, np.float32).T
        asked_for = whole + asked.unseen * self.matcher.vocabulary.unseen_idf
        return Scores(
            score=np.einsum("ij,j->i", evidence, self.evidence.vector),
            coverage=found * (whole / asked_for),
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
    def _is_running(self) -> npt.NDArray[np.bool_]:
        return self._running > 0

    @cached_property
    def _is_alternative(self) -> npt.NDArray[np.bool_]:
        return self._alternatives > 0

    @cached_property
    def _alternatives(self) -> Floats:
        """Weight of each field of alternatives, 0 for the others."""
        weights, best_of = self.fields.weights, self.fields.best_of
        return np.asarray([weights[name] if name in best_of else 0.0 for name in self.fields.names], np.float32)

    def _stem_gain(self, asked: Asked, matches: Matches, documents: Longs) -> Floats:
        """BM25F by candidate and row of the question: occurrences in all fields weighed, added up, then saturated.

        An occurrence weighs its field's weight over the field's relative length in the document.
        """
        forward, size = self.matcher.forward, len(asked) + 1
        relative = forward.lengths.take(documents, axis=0) / forward.average
        norm = self._running / (1 - self.saturation.b + self.saturation.b * relative)
        each = norm.ravel().take(matches.row * len(self._running) + matches.field)
        weighed = np.bincount(matches.row * size + matches.stem, each, matches.candidates * size)
        weighed = weighed.reshape(matches.candidates, size)[:, 1:]
        saturated = weighed * (self.saturation.k1 + 1) / (weighed + self.saturation.k1)
        return (saturated * (asked.weight * ~asked.stop)).astype(np.float32)

    def _shares(self, asked: Asked, matches: Matches, stems: npt.NDArray[np.bool_]) -> Floats:
        """Weighed shares of the question's words that each candidate has, shape (4, candidates).

        Of the content by stem; of all but stop words by number; by dictionary form; by first letters. Words that share
        a form share its occurrences.
        """
        vocabulary, content = self.matcher.vocabulary, asked.prior * asked.content
        weights = np.empty((4, len(asked)), np.float32)
        weights[0] = asked.weight * asked.content
        weights[1] = ~asked.stop
        present = [stems, stems]
        views = (asked.lemma, matches.lemma, vocabulary.lemma), (asked.prefix, matches.prefix, vocabulary.prefix)
        for place, (terms, rows, view) in enumerate(views, 2):
            having = matches.present(rows, len(asked))
            first = _first_of_equal(terms)
            present.append(having if first is None else having.take(first, axis=1))
            weights[place] = view.idf(terms) * content
        whole = asked.by_group(weights).sum(axis=1)
        found = asked.by_group(np.asarray(present) * weights[:, np.newaxis]).sum(axis=2)
        shares: Floats = found / np.maximum(whole, _TINY)[:, np.newaxis]
        return shares

    def _pair_share(self, asked: Asked, matches: Matches) -> Floats:
        """Share of neighbouring question words that are neighbours in the text too."""
        pairs, size = asked.pairs, len(asked) + 1
        if not len(pairs):
            return np.zeros(matches.candidates, np.float32)
        code = np.full(size * size, -1)
        code[(pairs[:, 0] + 1) * size + pairs[:, 1] + 1] = np.arange(len(pairs))
        near = (matches.place[1:] - matches.place[:-1] == 1).nonzero()[0]
        number = code.take(matches.stem.take(near) * size + matches.stem.take(near + 1))
        chosen = (number >= 0).nonzero()[0]
        present = np.zeros((matches.candidates, len(pairs)), np.bool_)
        present[matches.row.take(near.take(chosen)), number.take(chosen)] = True
        weight = self._pair_weight(asked)
        share: Floats = np.einsum("ij,j->i", present, weight) / max(float(weight.sum()), _TINY)
        return share

    def _pair_weight(self, asked: Asked) -> Floats:
        table, vocabulary = self.matcher.forward.pair_frequency, self.matcher.vocabulary
        first, second = asked.pairs[:, 0], asked.pairs[:, 1]
        frequency = table.take(pair_hash(asked.stem[first], asked.stem[second], len(table)))
        rarity = vocabulary.idf_by_frequency.take(frequency, mode="clip")
        return rarity * asked.prior[first] * asked.prior[second]

    def _standing(self, asked: Asked, matches: Matches, whole: float) -> tuple[Floats, Floats]:
        """Share of the question found within the best stretch of ``_WINDOW`` words; how early the first word stands.

        Both in running text, of content words by stem.
        """
        share, early = np.zeros((2, matches.candidates), np.float32)
        wanted = np.zeros(len(asked) + 1, np.bool_)
        wanted[1:] = asked.content
        content = (wanted.take(matches.stem) & self._is_running.take(matches.field)).nonzero()[0]
        if not len(content):
            return share, early
        at = matches.place.take(content) + matches.span.take(content) * _WINDOW  # texts lie farther apart than that
        words = asked.content.nonzero()[0]
        last = np.where(matches.stem.take(content) == words[:, np.newaxis] + 1, at, -_WINDOW - 1)
        near = at - np.maximum.accumulate(last, axis=1) <= _WINDOW
        weight = near * asked.weight[words][:, np.newaxis]
        starts = run_starts(asked.group[words])
        if len(starts) < len(words):
            weight = np.maximum.reduceat(weight, starts, axis=0)
        rows, begins = _runs(matches.row.take(content))
        share[rows] = np.maximum.reduceat(weight.sum(axis=0), begins) / whole
        early[rows] = 1 / (1 + np.minimum.reduceat(matches.offset.take(content), begins) / 10)
        return share, early

    @cached_property
    def _span_weight(self) -> Floats:
        """IDF sum of the different words of each text in fields of alternatives; stop words left out."""
        forward, stems = self.matcher.forward, self.matcher.vocabulary.stem
        spans = len(forward.span_field)
        if not self.fields.best_of:
            return np.zeros(spans, np.float32)
        idfs = stems.idf(np.arange(len(stems.frequency), dtype=np.int32))
        idfs[list(self.skipped_stems)] = 0
        tokens, starts = np.asarray(forward.tokens), forward.span_start
        span = np.repeat(np.arange(spans), np.diff(starts))
        ends = np.cumsum(tokens == 0)
        words = (ends == (ends - (tokens == 0))[starts[:-1]][span]) & self._is_alternative[forward.span_field][span]
        different = np.unique(span[words] * len(idfs) + stems.of[tokens[words]])
        of_span, stem = np.divmod(different, len(idfs))
        return np.bincount(of_span, idfs[stem], spans).astype(np.float32)

    def _wording(self, asked: Asked, matches: Matches, whole: float) -> tuple[Floats, Floats]:
        """Best likeness of one alternative to the question (IDF-weighted Dice, 0 to 1), plain and by field weight."""
        best = np.zeros(matches.candidates, np.float32)
        scored = np.zeros(matches.candidates, np.float32)
        if not self.fields.best_of:
            return best, scored
        wanted = np.zeros(len(asked) + 1, np.bool_)
        wanted[1:] = asked.content
        among = (wanted.take(matches.stem) & self._is_alternative.take(matches.field)).nonzero()[0]
        if not len(among):
            return best, scored
        spans, begins = _runs(matches.span.take(among))
        text = np.zeros(len(among), np.int64)
        text[begins[1:]] = 1
        present = np.zeros((len(asked) + 1, len(spans)), np.bool_)
        present[matches.stem.take(among), np.cumsum(text)] = True
        found = present[1:] * (asked.weight * asked.content)[:, np.newaxis]
        if len(asked.group_starts) < len(asked):
            found = np.maximum.reduceat(found, asked.group_starts, axis=0)
        common = found.sum(axis=0)
        likeness = 2 * common / (whole + np.maximum(self._span_weight.take(spans), common))
        rows = matches.row.take(among.take(begins))
        np.maximum.at(best, rows, likeness)
        np.maximum.at(scored, rows, likeness * self._alternatives.take(self.matcher.forward.span_field.take(spans)))
        return best, scored


def _runs(rows: Longs) -> tuple[Longs, Longs]:
    """The different values of ``rows``, which come in runs, and where each run begins."""
    begins = run_starts(rows)
    return rows.take(begins), begins


def _first_of_equal(terms: Ints) -> Longs | None:
    """For each row the first row with the same term, under which occurrences were counted; None where all differ."""
    numbers = terms.tolist()
    if len(set(numbers)) == len(numbers):
        return None
    return np.asarray([numbers.index(number) for number in numbers], np.int64)
