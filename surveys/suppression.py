"""Small cells are hidden, with as many others as would let somebody work them out (complementary suppression).

Cells are tied by sums (faces 1 to 5 make n; services make their agency). What a reader knows are the visible cells and
these sums, so a hidden cell is safe when the sums leave it open: when some solution of the equations moves it. That is
checked with linear algebra, not with rules of thumb.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import numpy as np

__all__ = ["SMALLEST_SHOWN", "Sum", "suppressed"]

SMALLEST_SHOWN: Final = 10
_TOLERANCE: Final = 1e-9
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Sum(Generic[Key]):
    """The cell `total` is the sum of the cells `parts`, and the reader knows it."""

    total: Key
    parts: Sequence[Key]


def suppressed(cells: Mapping[Key, int], sums: Sequence[Sum[Key]], smallest: int = SMALLEST_SHOWN) -> frozenset[Key]:
    """Keys to hide: cells from 1 to `smallest` - 1 and what would reveal them, or a group of them that small.

    Zeros are shown unless they are needed for hiding.
    """
    hidden = {key for key, count in cells.items() if 0 < count < smallest}
    while (reason := _revealing(cells, sums, hidden, smallest)) is not None:
        candidates = [key for key in (*reason.parts, reason.total) if key not in hidden]
        hidden.add(min(candidates, key=lambda key: (key == reason.total, cells[key] == 0, cells[key])))
    return frozenset(hidden)


def _revealing(cells: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: set[Key], smallest: int) -> Sum[Key] | None:
    """A sum through which hidden cells, or a small group of them, can be worked out; None when all is safe."""
    for one in sums:
        inside = [key for key in one.parts if key in hidden]
        if inside and one.total not in hidden and 0 < sum(cells[key] for key in inside) < smallest:
            return one
    known = _worked_out(sums, sorted(hidden, key=repr))
    for key in known:
        ties = [s for s in sums if key == s.total or key in s.parts]
        open_ties = [s for s in ties if any(k not in hidden for k in (*s.parts, s.total))]
        if open_ties:
            return min(open_ties, key=lambda s: sum(k in hidden for k in (*s.parts, s.total)))
    return None


def _worked_out(sums: Sequence[Sum[Key]], hidden: Sequence[Key]) -> list[Key]:
    """Hidden cells that have only one possible value: those no direction of the equations' null space moves."""
    if not hidden:
        return []
    place = {key: at for at, key in enumerate(hidden)}
    rows = np.zeros((len(sums), len(hidden)))
    for row, one in zip(rows, sums, strict=True):
        for key in one.parts:
            if key in place:
                row[place[key]] += 1
        if one.total in place:
            row[place[one.total]] -= 1
    if not rows.any():
        return []
    _, scales, directions = np.linalg.svd(rows)
    rank = int((scales > _TOLERANCE).sum())
    free = directions[rank:]
    return [key for key in hidden if rows[:, place[key]].any() and not (np.abs(free[:, place[key]]) > _TOLERANCE).any()]
