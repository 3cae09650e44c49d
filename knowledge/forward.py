"""The forward index: every text as a row of word numbers, memory-mapped, so that candidates are scored in one go.

Layout: ``tokens`` holds all texts one after another in document order; each text is its words, a 0, its joined
compounds and a 0 (the zeros keep neighbours of different texts from looking adjacent). ``span_*`` describe the texts,
``document_start`` says where each document's tokens begin.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Self

import numpy as np
import numpy.typing as npt

from knowledge.packed import Floats, Ints, Longs, mapped

_CHUNK = 8_000_000  # tokens processed at a time when counting: about 200 MB of temporary arrays
PAIR_BITS_MAX = 24
_HELD_MAX = 4_000_000  # tokens: sixteen megabytes


@dataclass(slots=True)
class ForwardBuilder:
    """Writes tokens to disk as documents arrive; offsets stay in memory. A context manager: it holds a file open."""

    directory: Path
    fields: int
    _file: BinaryIO = field(init=False)
    _written: int = 0
    _span_start: array[int] = field(default_factory=lambda: array("q"))
    _span_field: array[int] = field(default_factory=lambda: array("B"))
    _document_start: array[int] = field(default_factory=lambda: array("q"))
    _lengths: array[int] = field(default_factory=lambda: array("i"))

    def __post_init__(self) -> None:
        self._file = (self.directory / "tokens.i32").open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, texts: Sequence[tuple[int, Sequence[int], Sequence[int]]]) -> None:
        """Append one document: ``(field, word numbers, compound numbers)`` a text."""
        self._document_start.append(self._written)
        lengths = [0] * self.fields
        buffer = array("i")
        for field_number, words, compounds in texts:
            self._span_start.append(self._written + len(buffer))
            self._span_field.append(field_number)
            lengths[field_number] += len(words) + len(compounds)
            buffer.extend((*words, 0, *compounds, 0))
        self._lengths.extend(lengths)
        self._written += len(buffer)
        buffer.tofile(self._file)

    def finish(self) -> None:
        self._file.close()
        self._document_start.append(self._written)
        self._span_start.append(self._written)
        save = np.save
        save(self.directory / "span_start.npy", np.asarray(self._span_start, dtype=np.int64))
        save(self.directory / "span_field.npy", np.asarray(self._span_field, dtype=np.uint8))
        save(self.directory / "document_start.npy", np.asarray(self._document_start, dtype=np.int64))
        lengths = np.asarray(self._lengths, dtype=np.int32).reshape(-1, self.fields)
        save(self.directory / "lengths.npy", lengths)
        present = np.maximum((lengths > 0).sum(axis=0), 1)
        save(self.directory / "average.npy", np.maximum(lengths.sum(axis=0) / present, 1.0).astype(np.float32))


@dataclass(frozen=True)
class Forward:
    """Read side.

    ``lengths[d, f]``: words of document d in field f; ``average[f]``: over the documents that have it.
    """

    tokens: Ints
    span_start: Longs
    span_field: npt.NDArray[np.uint8]
    document_start: Longs
    lengths: Ints
    average: Floats
    pair_frequency: Ints

    @classmethod
    def load(cls, directory: Path) -> Forward:
        names = ("span_start", "span_field", "document_start", "lengths", "average", "pair_frequency")
        return cls(open_tokens(directory), *(mapped(directory / f"{name}.npy") for name in names))

    def span_at(self, places: Longs) -> Longs:
        """The text in which each token stands."""
        if self._span_of is not None:
            return self._span_of.take(places).astype(np.int64)
        return self.span_start.searchsorted(places, side="right") - 1

    @cached_property
    def _span_of(self) -> Ints | None:
        """Text by token where the tokens are few enough to hold that in memory; a search takes ten times as long."""
        if len(self.tokens) > _HELD_MAX:
            return None
        return np.arange(len(self.span_field), dtype=np.int32).repeat(np.diff(self.span_start))


def open_tokens(directory: Path) -> Ints:
    path = directory / "tokens.i32"
    if path.stat().st_size == 0:
        return np.zeros(0, dtype=np.int32)
    return np.asarray(np.memmap(path, dtype=np.int32, mode="r"))


def pair_hash(first: Ints, second: Ints, slots: int) -> Longs:
    """Slot of a pair of neighbouring stems in the frequency table; ``slots`` is a power of two."""
    mixed = first.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + second.astype(np.uint64)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return ((mixed >> np.uint64(32)) & np.uint64(slots - 1)).astype(np.int64)


def count_frequencies(directory: Path, views: Mapping[str, Ints]) -> None:
    """Write in how many documents each surface, each term of ``views`` and each pair of neighbouring stems occurs.

    ``views`` leads from surface to term, by view. Pairs are counted in a hashed table: at a million passages an exact
    one would outgrow the index, and a collision only makes a rare pair look a little less rare.
    """
    tokens = open_tokens(directory)
    starts = np.load(directory / "document_start.npy")
    slots = 1 << min(PAIR_BITS_MAX, max(12, int(len(tokens) * 2).bit_length()))
    sizes = {name: int(of.max()) + 1 for name, of in views.items()}
    counts = {name: np.zeros(size, np.int64) for name, size in sizes.items()}
    surface = np.zeros(len(views["stem"]), np.int64)
    pair = np.zeros(slots, np.int64)
    for begin, end in _document_chunks(starts):
        chunk = tokens[starts[begin] : starts[end]]
        document = np.repeat(np.arange(end - begin), np.diff(starts[begin : end + 1]))
        surface += _documents_with(document, chunk, len(surface))
        for name, of in views.items():
            counts[name] += _documents_with(document, of[chunk], sizes[name])
        pair += _pairs_with(document, views["stem"][chunk], slots)
    np.save(directory / "surface_frequency.npy", surface.astype(np.int32))
    for name, count in counts.items():
        np.save(directory / f"{name}_frequency.npy", count.astype(np.int32))
    np.save(directory / "pair_frequency.npy", pair.astype(np.int32))


def _pairs_with(document: Longs, stems: Ints, slots: int) -> Longs:
    neighbours = (stems[:-1] != 0) & (stems[1:] != 0)
    hashed = pair_hash(stems[:-1][neighbours], stems[1:][neighbours], slots)
    return _documents_with(document[:-1][neighbours], hashed, slots)


def _document_chunks(starts: Longs) -> Iterator[tuple[int, int]]:
    """Ranges of documents of about ``_CHUNK`` tokens each."""
    begin, last = 0, len(starts) - 1
    while begin < last:
        end = int(np.searchsorted(starts, starts[begin] + _CHUNK, side="right")) - 1
        end = min(max(end, begin + 1), last)
        yield begin, end
        begin = end


def _documents_with(document: Longs, value: npt.NDArray[np.integer], size: int) -> Longs:
    """How many different documents each value occurs in; value 0 included."""
    if not len(value):
        return np.zeros(size, dtype=np.int64)
    unique = np.unique(document.astype(np.int64) * size + value)
    return np.bincount(unique % size, minlength=size)
