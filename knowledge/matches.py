"""Where the words of a question stand in the candidates: one pass over their tokens; the rest works on the result."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from knowledge.asked import Asked
from knowledge.forward import Forward
from knowledge.packed import Floats, Ints, Longs
from knowledge.vocabulary import Vocabulary

Shape = tuple[int, int]
"""Fields and candidates."""

_STEM, _LEMMA, _PREFIX = 0, 8, 16  # bit positions in the packed table
_GRAMS_MAX = 64


@dataclass(frozen=True)
class Matches:
    """Tokens that match a row of the question in some view; one entry a token, in document order.

    ``stem``, ``lemma``, ``prefix``: row + 1, or 0. ``row`` is the candidate, ``place`` the token's number in the index,
    ``offset`` its place within its text. ``gram_share`` has one entry a candidate.
    """

    shape: Shape
    row: Longs
    field: Longs
    span: Longs
    place: Longs
    offset: Longs
    stem: npt.NDArray[np.uint8]
    lemma: npt.NDArray[np.uint8]
    prefix: npt.NDArray[np.uint8]
    gram_share: Floats

    def counts(self, rows: npt.NDArray[np.uint8], size: int) -> Floats:
        """Occurrences by field, candidate and row of the question; ``rows`` is one of the views above."""
        chosen = np.flatnonzero(rows)
        fields, candidates = self.shape
        flat = (self.field[chosen] * candidates + self.row[chosen]) * size + rows[chosen] - 1
        return (
            np.bincount(flat, minlength=fields * candidates * size).reshape(fields, candidates, size).astype(np.float32)
        )


@dataclass
class _Tables(threading.local):
    """What a surface means to the present question; filled and cleaned around each, one set a thread."""

    rows: npt.NDArray[np.uint32] | None = None
    grams: npt.NDArray[np.uint64] | None = None


@dataclass(frozen=True)
class Matcher:
    """Finds the words of questions in documents of one index."""

    forward: Forward
    vocabulary: Vocabulary
    _tables: _Tables = field(default_factory=_Tables)

    def find(self, asked: Asked, documents: Longs) -> Matches:
        forward = self.forward
        starts = forward.document_start[documents]
        lengths = forward.document_start[documents + 1] - starts
        ends = np.cumsum(lengths)
        place = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(starts - (ends - lengths), lengths)
        surfaces = forward.tokens[place]
        packed = self._pack(asked, surfaces)
        hits = np.flatnonzero(packed)
        packed, place = packed[hits], place[hits]
        span = forward.span_start.searchsorted(place, side="right") - 1
        return Matches(
            shape=(forward.lengths.shape[1], len(documents)),
            row=ends.searchsorted(hits, side="right"),
            field=forward.span_field[span].astype(np.int64),
            span=span,
            place=place,
            offset=place - forward.span_start[span],
            stem=(packed & 0xFF).astype(np.uint8),
            lemma=(packed >> _LEMMA & 0xFF).astype(np.uint8),
            prefix=(packed >> _PREFIX & 0xFF).astype(np.uint8),
            gram_share=self._gram_share(asked, surfaces, ends - lengths, lengths),
        )

    def _pack(self, asked: Asked, surfaces: Ints) -> npt.NDArray[np.uint32]:
        """For each token, the rows that it matches by stem, dictionary form and first letters."""
        table = self._row_table()
        vocabulary = self.vocabulary
        touched: list[Ints] = []
        for view, terms, shift in (
            (vocabulary.stem, asked.stem, _STEM),
            (vocabulary.lemma, asked.lemma, _LEMMA),
            (vocabulary.prefix, asked.prefix, _PREFIX),
        ):
            for row, term in _first_rows(terms, asked.stop if shift != _STEM else None):
                members = view.members(term)
                table[members] |= np.uint32(row + 1 << shift)
                touched.append(members)
        packed = table[surfaces]
        for members in touched:
            table[members] = 0
        return packed

    def _gram_share(self, asked: Asked, surfaces: Ints, starts: Longs, lengths: Longs) -> Floats:
        """Weighted share of the question's letter groups that each candidate has: meets compounds and other forms."""
        share = np.zeros(len(starts), np.float32)
        wanted = list(asked.grams[:_GRAMS_MAX])
        present = np.flatnonzero(lengths)
        if not wanted or not len(present):
            return share
        table = self._gram_table()
        members, weights = zip(*map(self.vocabulary.gram_members, wanted), strict=True)
        for bit, surfaces_with in enumerate(members):
            table[surfaces_with] |= np.uint64(1 << bit)
        found = np.bitwise_or.reduceat(table[surfaces], starts[present])
        for surfaces_with in members:
            table[surfaces_with] = 0
        bits = np.unpackbits(found.view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")[:, : len(wanted)]
        weight = np.asarray(weights, np.float32)
        share[present] = bits @ weight / max(float(weight.sum()), 1e-9)
        return share

    def _row_table(self) -> npt.NDArray[np.uint32]:
        if self._tables.rows is None:
            self._tables.rows = np.zeros(len(self.vocabulary.surfaces), np.uint32)
        return self._tables.rows

    def _gram_table(self) -> npt.NDArray[np.uint64]:
        if self._tables.grams is None:
            self._tables.grams = np.zeros(len(self.vocabulary.surfaces), np.uint64)
        return self._tables.grams


def _first_rows(terms: Ints, skipped: npt.NDArray[np.bool_] | None) -> list[tuple[int, int]]:
    """``(row, term)`` for each different term: the first row that has it."""
    first: dict[int, int] = {}
    for row, term in enumerate(terms.tolist()):
        if term and not (skipped is not None and skipped[row]):
            first.setdefault(term, row)
    return [(row, term) for term, row in first.items()]
