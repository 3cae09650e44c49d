"""Which unit a question sounds like: a linear model over words and groups of letters, learned from known wordings.

The index weighs a word alike for every unit; this model learns which words tell units apart, and what people ask who
mean none of them (`OUTSIDE`). One linear SVM a label (scikit-learn), learned in seconds when the wordings change,
stored, and asked in numpy.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from knowledge.analysis import ANALYSIS_VERSION, analyse_question, stem
from knowledge.packed import Floats, Longs

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["OUTSIDE", "WordingModel"]

#: The label of wordings that none of the units answers.
OUTSIDE: Final = ""
_LAYOUT: Final = "2"
_GRAM: Final = 3
_SEEN_MIN: Final = 2  # features of a single wording are chance
_Digests = npt.NDArray[np.uint64]


class WordingModel:
    """Margins of all labels for a question. Pure reading; safe from several threads."""

    def __init__(self, labels: Sequence[str], digests: _Digests, idf: Floats, weights: Floats, bias: Floats) -> None:
        """`digests` of features, ascending; `weights` of shape (features, labels)."""
        self.labels = tuple(labels)
        self._digests, self._idf, self._weights, self._bias = digests, idf, weights, bias

    @classmethod
    def open_or_learn(
        cls, wordings: Callable[[], Iterable[tuple[str, str]]], directory: Path, *, version: str
    ) -> WordingModel:
        """The stored model of `version`, or a new one that replaces it.

        `wordings`: texts with their labels, read only when learning. OSError: no space, no permission.
        """
        key = hashlib.sha256(json.dumps([_LAYOUT, ANALYSIS_VERSION, version]).encode()).hexdigest()[:16]
        path = directory / f"wordings-{key}.npz"
        try:
            return cls._load(path)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            pass  # not there, or damaged
        _store(path, list(wordings()))
        return cls._load(path)

    @classmethod
    def _load(cls, path: Path) -> WordingModel:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return cls(stored["labels"].tolist(), stored["digests"], stored["idf"], stored["weights"], stored["bias"])

    def margins(self, question: str) -> Floats:
        """One number a label: above 0 where the question sounds like it, about -1 where it doesn't."""
        rows, values = _vector(question, self._digests, self._idf)
        return np.asarray(values @ self._weights[rows].astype(np.float32) + self._bias, np.float32)

    def by_label(self, question: str) -> dict[str, float]:
        """`margins` by label."""
        return dict(zip(self.labels, self.margins(question).tolist(), strict=True))


def _vector(text: str, digests: _Digests, idf: Floats) -> tuple[Longs, Floats]:
    """Which known features a text has, and their weights in it: damped counts times IDF, scaled to length 1."""
    wanted, damped = _counted(text)
    rows = np.minimum(digests.searchsorted(wanted), len(digests) - 1)
    known = digests[rows] == wanted
    rows = rows[known]
    values = damped[known] * idf[rows]
    return rows, np.asarray(values / (np.sqrt(values @ values) or 1.0), np.float32)


@lru_cache(maxsize=64)  # several models read the same question
def _counted(text: str) -> tuple[_Digests, Floats]:
    """Digests of the features of a text and their damped counts."""
    counts = Counter(_features(text))
    digests = np.fromiter(map(_digest, counts), np.uint64, len(counts))
    return digests, 1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))


def _features(text: str) -> list[str]:
    """Stems, neighbouring stems with the words that tell nothing by themselves («تا کی»), and groups of letters."""
    analysis = analyse_question(text)
    words = (*analysis.words, *analysis.compounds)
    spoken = [stem(word) for word in analysis.spoken]
    framed = (f"<{word}>" for word in words)
    grams = (word[i : i + _GRAM] for word in framed for i in range(max(1, len(word) - _GRAM + 1)))
    return [*map(stem, words), *(f"{a} {b}" for a, b in pairwise(spoken)), *(f"*{gram}" for gram in grams)]


@lru_cache(maxsize=65_536)  # people ask with the same words
def _digest(feature: str) -> int:
    return int.from_bytes(hashlib.blake2b(feature.encode(), digest_size=8).digest(), "little")


def _store(path: Path, wordings: Sequence[tuple[str, str]]) -> None:
    """Learns the model and puts it in its place in one step; older ones beside it go."""
    from scipy.sparse import csr_array

    seen = Counter(feature for text, _ in wordings for feature in set(_features(text)))
    kept = sorted((_digest(feature), count) for feature, count in seen.items() if count >= _SEEN_MIN)
    digests = np.asarray([digest for digest, _ in kept], np.uint64)
    idf = np.asarray([1 + np.log((1 + len(wordings)) / (1 + count)) for _, count in kept], np.float32)
    vectors = [_vector(text, digests, idf) for text, _ in wordings]
    columns = np.concatenate([rows for rows, _ in vectors]).astype(np.int32)
    starts = np.cumsum([0, *(len(rows) for rows, _ in vectors)], dtype=np.int32)
    matrix = csr_array(
        (np.concatenate([values for _, values in vectors]), columns, starts), shape=(len(wordings), len(kept))
    )
    labels, weights, bias = _fitted(matrix, [label for _, label in wordings])
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp.npz")
    np.savez(
        temporary,
        labels=np.asarray(labels, np.str_),
        digests=digests,
        idf=idf,
        weights=np.ascontiguousarray(weights.T, np.float16),
        bias=np.asarray(bias, np.float32),
    )
    temporary.replace(path)
    for other in path.parent.glob("wordings-*.npz"):
        if other != path:
            other.unlink(missing_ok=True)


def _fitted(matrix: csr_array, labels: Sequence[str]) -> tuple[Sequence[str], Floats, Floats]:
    """Labels, weights of shape (labels, features) and biases. Where there is nothing to tell apart, all are alike."""
    from sklearn.svm import LinearSVC

    different = sorted(set(labels))
    if len(different) < 2:
        return different, np.zeros((len(different), matrix.shape[1]), np.float32), np.zeros(len(different), np.float32)
    model = LinearSVC(random_state=0).fit(matrix, labels)
    if len(different) == 2:  # one margin for both
        return different, np.vstack([-model.coef_, model.coef_]), np.append(-model.intercept_, model.intercept_)
    return model.classes_.tolist(), model.coef_, model.intercept_
