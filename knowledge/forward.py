"""The forward index: every text as a row of word numbers, memory-mapped, so that candidates are scored in one go.

Layout: ``tokens`` holds all texts one after another in document order; each text is its words, a 0, its joined
compounds and a 0 (the zeros keep neighbours of different texts from looking adjacent). ``span_*`` describe the texts,
``document_start`` says where each document's tokens begin.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Self

import numpy as np
import numpy.typing as npt

from knowledge.vocabulary import Ints

Longs = npt.NDArray[np.int64]
_CHUNK = 8_000_000  # tokens processed at a time when counting: about 200 MB of temporary arrays
PAIR_BITS_MAX = 24


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
        save(self.directory / "lengths.npy", np.asarray(self._lengths, dtype=np.int32).reshape(-1, self.fields))


@dataclass(frozen=True)
class Forward:
    """Read side. ``lengths[d, f]``: words of document d in field f; ``average[f]``: over the documents that have it."""

    tokens: Ints
    span_start: Longs
    span_field: npt.NDArray[np.uint8]
    document_start: Longs
    lengths: Ints
    average: npt.NDArray[np.float32]
    pair_frequency: npt.NDArray[np.uint32]

    @classmethod
    def load(cls, directory: Path) -> Forward:
        def mapped(name: str) -> npt.NDArray[np.generic]:
            return np.asarray(np.load(directory / name, mmap_mode="r"))

        return cls(
            tokens=open_tokens(directory),
            span_start=mapped("span_start.npy"),  # type: ignore[arg-type]
            span_field=mapped("span_field.npy"),  # type: ignore[arg-type]
            document_start=mapped("document_start.npy"),  # type: ignore[arg-type]
            lengths=mapped("lengths.npy"),  # type: ignore[arg-type]
            average=np.load(directory / "average.npy"),
            pair_frequency=mapped("pair_frequency.npy"),  # type: ignore[arg-type]
        )


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


def count_frequencies(directory: Path, stem_of: Ints, stems: int) -> None:
    """Write in how many documents each surface, stem and pair of neighbouring stems occurs, and average lengths.

    Pairs are counted in a hashed table: at a million passages an exact one would outgrow the index, and a collision
    only makes a rare pair look a little less rare.
    """
    tokens = open_tokens(directory)
    starts = np.load(directory / "document_start.npy")
    lengths = np.load(directory / "lengths.npy")
    slots = 1 << min(PAIR_BITS_MAX, max(12, int(len(tokens) * 2).bit_length()))
    surface = np.zeros(len(stem_of), dtype=np.int64)
    stem = np.zeros(stems, dtype=np.int64)
    pair = np.zeros(slots, dtype=np.uint32)
    for begin, end in _document_chunks(starts):
        chunk = tokens[starts[begin] : starts[end]]
        document = np.repeat(np.arange(end - begin), np.diff(starts[begin : end + 1]))
        as_stems = stem_of[chunk]
        surface += _documents_with(document, chunk, len(stem_of))
        stem += _documents_with(document, as_stems, stems)
        neighbours = (as_stems[:-1] != 0) & (as_stems[1:] != 0)
        hashed = pair_hash(as_stems[:-1][neighbours], as_stems[1:][neighbours], slots)
        pair += _documents_with(document[:-1][neighbours], hashed, slots).astype(np.uint32)
    np.save(directory / "surface_frequency.npy", surface.astype(np.int32))
    np.save(directory / "stem_frequency.npy", stem.astype(np.int32))
    np.save(directory / "pair_frequency.npy", pair)
    present = np.maximum((lengths > 0).sum(axis=0), 1)
    np.save(directory / "average.npy", np.maximum(lengths.sum(axis=0) / present, 1.0).astype(np.float32))


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
