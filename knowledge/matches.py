"""Where the words of a question stand in the candidates: one pass over their tokens; the rest works on the result."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.asked import Asked
from knowledge.forward import Forward
from knowledge.packed import Floats, Ints, Longs
from knowledge.vocabulary import Vocabulary

Bytes = npt.NDArray[np.uint8]

# One 64-bit number a surface says what it means to the question. Lower half: the rows that it matches by stem,
# dictionary form and first letters, a byte each, 0 for none. Upper half: one bit for each group of letters that it has.
_STEM: Final = 0
_LEMMA: Final = 8
_PREFIX: Final = 16
_GRAMS: Final = 32
_ROW: Final = 0xFF
_GRAMS_MAX: Final = 64 - _GRAMS
_GRAM_BITS: Final = [1 << _GRAMS + number for number in range(_GRAMS_MAX)]


@dataclass(frozen=True)
class Matches:
    """Tokens that match a row of the question in some view; one entry a token, in the order of the index.

    ``stem``, ``lemma``, ``prefix``: row + 1, or 0. ``row`` is the candidate, ``place`` the token's number in the index,
    ``offset`` its place within its text. ``gram_share`` has one entry a candidate.
    """

    candidates: int
    row: Longs
    field: Bytes
    span: Longs
    place: Longs
    offset: Longs
    stem: Longs
    lemma: Longs
    prefix: Longs
    gram_share: Floats

    def present(self, rows: Longs, size: int) -> npt.NDArray[np.bool_]:
        """Whether each candidate has each row of the question at all."""
        found = np.zeros(self.candidates * (size + 1), np.bool_)
        found[self.row * (size + 1) + rows] = True
        return found.reshape(self.candidates, size + 1)[:, 1:]

    def present_by_field(self, rows: Longs, size: int, fields: int) -> npt.NDArray[np.bool_]:
        """The same by field, shape (fields, candidates, rows)."""
        found = np.zeros(fields * self.candidates * (size + 1), np.bool_)
        found[(self.field * np.int64(self.candidates) + self.row) * (size + 1) + rows] = True
        return found.reshape(fields, self.candidates, size + 1)[:, :, 1:]


@dataclass
class _Table(threading.local):
    """What each surface means to the present question; filled and cleaned around each, one a thread."""

    meanings: npt.NDArray[np.uint64] | None = None


@dataclass(frozen=True)
class Matcher:
    """Finds the words of questions in documents of one index."""

    forward: Forward
    vocabulary: Vocabulary
    _table: _Table = field(default_factory=_Table)

    def find(self, asked: Asked, documents: Longs) -> Matches:
        """Matches in ``documents``: their numbers, ascending."""
        forward = self.forward
        starts = forward.document_start.take(documents)
        stops = forward.document_start.take(documents + 1)
        ends = np.cumsum(stops - starts)
        begins = ends - (stops - starts)
        texts = [forward.tokens[a:b] for a, b in zip(starts.tolist(), stops.tolist(), strict=True)]
        tokens = np.concatenate(texts, dtype=np.int64)  # as wide as what is looked up by them
        meaning, gram_weights = self._meanings(asked, tokens)
        matched = meaning.astype(np.uint32)
        hits = (matched != 0).nonzero()[0]  # looking for nonzero among integers takes four times as long
        rows = matched.take(hits).astype(np.int64)
        row = ends.searchsorted(hits, side="right")
        place = hits + (starts - begins).take(row)
        span = forward.span_at(place)
        return Matches(
            candidates=len(documents),
            row=row,
            field=forward.span_field.take(span),
            span=span,
            place=place,
            offset=place - forward.span_start.take(span),
            stem=rows & _ROW,
            lemma=rows >> _LEMMA & _ROW,
            prefix=rows >> _PREFIX & _ROW,
            gram_share=_gram_share(meaning, begins, stops > starts, gram_weights),
        )

    def _meanings(self, asked: Asked, surfaces: Longs) -> tuple[npt.NDArray[np.uint64], Floats]:
        """For each token what it means to the question; and the weights of the groups of letters."""
        if self._table.meanings is None:
            self._table.meanings = np.zeros(len(self.vocabulary.surfaces), np.uint64)
        table, vocabulary = self._table.meanings, self.vocabulary
        members: list[Ints] = []
        bits: list[int] = []
        for view, terms, shift in (
            (vocabulary.stem, asked.stem_rows, _STEM),
            (vocabulary.lemma, asked.lemma_rows, _LEMMA),
            (vocabulary.prefix, asked.prefix_rows, _PREFIX),
        ):
            members += [view.members(term) for _, term in terms]
            bits += [row + 1 << shift for row, _ in terms]
        grams = list(map(vocabulary.gram_members, asked.grams))
        if len(grams) > _GRAMS_MAX:
            grams = sorted(grams, key=lambda gram: -gram[1])[:_GRAMS_MAX]
        members += [surfaces_with for surfaces_with, _ in grams]
        bits += _GRAM_BITS[: len(grams)]
        touched = np.concatenate(members)
        # A surface has one stem, one dictionary form and each group of letters once, so adding up is setting bits.
        np.add.at(table, touched, np.asarray(bits, np.uint64).repeat(list(map(len, members))))
        meanings = table.take(surfaces, mode="clip")  # all are in range; looking whether they are takes twice as long
        table[touched] = 0
        return meanings, np.asarray([weight for _, weight in grams], np.float32)


def _gram_share(
    meaning: npt.NDArray[np.uint64], begins: Longs, filled: npt.NDArray[np.bool_], weights: Floats
) -> Floats:
    """Weighted share of the question's letter groups that each candidate has: meets compounds and other forms."""
    share = np.zeros(len(begins), np.float32)
    present = filled.nonzero()[0]
    if not len(weights) or not len(present):
        return share
    found = np.bitwise_or.reduceat(meaning, begins[present])
    bits = np.unpackbits(found.view(np.uint8).reshape(-1, 8)[:, _GRAMS // 8 :], axis=1, bitorder="little")
    # Not `@`: BLAS kernels on some processors raise floating-point flags of their own, which numpy reports.
    found_weight = np.einsum("ij,j->i", bits[:, : len(weights)], weights)
    share[present] = found_weight / max(float(weights.sum()), 1e-9)
    return share
