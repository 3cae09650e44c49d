"""Strings and look-ups that stay on disk: opened in no time at any size, read through memory maps.

``Strings`` is a numbered list, ``Postings`` leads from a key (a sound, a group of letters, a word) to numbers. Keys are
kept as 32-bit hashes: a few keys in some hundred thousand share one, so callers compare what they get, or can live with
a stray.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


def mapped(path: Path) -> npt.NDArray[Any]:
    """The stored array, read from disk as it is touched."""
    return np.asarray(np.load(path, mmap_mode="r"))


def hashed(key: str) -> int:
    return zlib.crc32(key.encode())


@dataclass(frozen=True)
class Strings(Sequence[str]):
    """A stored list of strings. Views, since one element of an array costs several times as much."""

    bytes_: memoryview
    offsets: memoryview

    @staticmethod
    def save(directory: Path, name: str, strings: Iterable[str]) -> None:
        encoded = [string.encode() for string in strings]
        np.save(directory / f"{name}_bytes.npy", np.frombuffer(b"".join(encoded), np.uint8))
        np.save(directory / f"{name}_offsets.npy", np.cumsum([0, *map(len, encoded)], dtype=np.int64))

    @classmethod
    def load(cls, directory: Path, name: str) -> Strings:
        return cls(*(mapped(directory / f"{name}_{part}.npy").data for part in ("bytes", "offsets")))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, number: Any) -> Any:
        return str(self.bytes_[self.offsets[number] : self.offsets[number + 1]], "utf-8")

    def all(self) -> list[str]:
        """Every string; for lists that are known to be short."""
        raw, offsets = self.bytes_.tobytes(), self.offsets.tolist()
        return [raw[begin:end].decode() for begin, end in pairwise(offsets)]


@dataclass(frozen=True)
class Postings:
    """Stored ``(key, number)`` entries. ``hashes`` is a view: bisecting it is quicker than searching an array."""

    hashes: memoryview
    numbers: Ints

    @staticmethod
    def save(directory: Path, name: str, entries: Iterable[tuple[str, int]]) -> None:
        """Equal entries are stored once."""
        hashes, numbers = array("I"), array("I")
        for key, number in entries:
            hashes.append(hashed(key))
            numbers.append(number)
        packed = np.asarray(hashes, np.uint64) << np.uint64(32) | np.asarray(numbers, np.uint64)
        unique = np.unique(packed)
        np.save(directory / f"{name}_hash.npy", (unique >> np.uint64(32)).astype(np.uint32))
        np.save(directory / f"{name}_number.npy", (unique & np.uint64(0xFFFFFFFF)).astype(np.int32))

    @classmethod
    def load(cls, directory: Path, name: str) -> Postings:
        return cls(mapped(directory / f"{name}_hash.npy").data, mapped(directory / f"{name}_number.npy"))

    def get(self, key: str) -> Ints:
        """Numbers under ``key``, ascending; empty where it has none."""
        wanted = hashed(key)
        begin = bisect_left(self.hashes, wanted)
        if begin == len(self.hashes) or self.hashes[begin] != wanted:
            return self.numbers[:0]
        return self.numbers[begin : bisect_right(self.hashes, wanted, begin)]
