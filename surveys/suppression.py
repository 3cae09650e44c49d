"""Small cells are hidden, with as many others as would let somebody work them out (complementary suppression).

Published figures are tied by sums: months, channels and faces make a service, services make their agency and all. What
is hidden of one service is decided by that service alone (`hidden_in_row`), so that its report reads nobody else's
counts. What services have in common is decided where it is published, in the report of all: few answers are added to a
sum only together (`may_stand_together`), and a sum of a column is hidden where it would reveal a part (`hidden_sums`).

A cell is safe when another world would publish the very same figures with another number there. The other world is
always built of the same step: somebody of one line moves to another column, and somebody of another line moves back.
docs/decisions/0007-small-cells.md says what this protects and what it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["SMALLEST_SHOWN", "Counts", "Mask", "hidden_in_row", "hidden_sums", "is_small", "may_stand_together"]

SMALLEST_SHOWN: Final = 10
Counts: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


def is_small(count: int) -> bool:
    """Whether a count is hidden for its own sake; nobody is no cell."""
    return 0 < count < SMALLEST_SHOWN


def hidden_in_row(counts: Sequence[int], also: Sequence[int] = ()) -> frozenset[int]:
    """Places to hide of counts whose sum is shown: small ones and `also`, with more until they are none or several.

    Several are at least two that make ten or more, or all of them.
    """
    hidden = {at for at, count in enumerate(counts) if is_small(count)} | set(also)
    while hidden and (len(hidden) < 2 or sum(counts[at] for at in hidden) < SMALLEST_SHOWN):
        rest = [at for at in range(len(counts)) if at not in hidden]
        if not rest:
            break
        hidden.add(min(rest, key=lambda at: (counts[at] == 0, counts[at])))
    return frozenset(hidden)


def may_stand_together(counts: Sequence[int], at_least: int = 0, at_most: int | None = None) -> bool:
    """Whether counts below ten, each hidden, may be part of a sum that is shown beside everything else in it.

    At least two, ten together, and neither the least nor the most that so many hidden counts can make: two that make 18
    are both 9. `at_least` of them are known not to be 0; `at_most` is what they can make at all, where that is known.
    """
    given = [count for count in counts if count]
    total = sum(given)
    most = (SMALLEST_SHOWN - 1) * len(given)
    if at_most is not None:
        most = min(most, at_most)
    return len(given) >= 2 and max(SMALLEST_SHOWN, at_least + 1) <= total < most


def hidden_sums(counts: Counts, hidden: Mask) -> Mask:
    """Which columns of a table must not show their sum; of each line and of the table the sum over columns is known.

    `counts` is (layers, lines, columns): numbers that are published together, such as the content and the others; a
    cell is their sum. `hidden` is (lines, columns): what lines themselves do not show, at least two of each or none.
    """
    cells, layers = counts.sum(axis=0), counts > 0
    sums = cells.sum(axis=0)
    gone: set[int] = set(hidden_in_row(sums.tolist()))
    while True:
        mask = np.isin(np.arange(len(sums)), sorted(gone))
        rests = np.where(hidden, cells, 0).sum(axis=0)
        wanted = set(np.flatnonzero(~mask & (rests > 0) & (rests < SMALLEST_SHOWN)).tolist())
        if not wanted and (exposed := _exposed(cells, layers, hidden, mask)) is not None:
            wanted = {exposed}
        if not wanted:
            return mask
        gone = set(hidden_in_row(sums.tolist(), sorted(gone | wanted)))


def _exposed(cells: Counts, layers: Mask, hidden: Mask, gone: Mask) -> int | None:
    """A column whose sum exposes a small cell, while there is one that could be hidden for its sake."""
    movable = _movable(layers, hidden, gone)
    exposed = hidden & (cells > 0) & (cells < SMALLEST_SHOWN) & ~movable
    sums = cells.sum(axis=0)
    for line, column in zip(*np.nonzero(exposed), strict=True):
        if not gone[column]:
            return int(column)
        if len(others := np.flatnonzero(hidden[line] & ~gone)):
            return int(others[np.argmin(sums[others])])
    small = gone & (sums > 0) & (sums < SMALLEST_SHOWN)
    for column in np.flatnonzero(small).tolist():
        if not _sum_moves(layers, hidden, gone, column) and len(others := np.flatnonzero(~gone)):
            return int(others[np.argmin(sums[others])])
    return None


def _movable(layers: Mask, hidden: Mask, gone: Mask) -> Mask:
    """Cells that another world could have otherwise: (lines, columns)."""
    can = layers & hidden  # somebody may leave from here
    both = hidden.astype(np.int64)
    away = np.zeros_like(hidden)
    for layer in can:
        # partners[a, b]: lines that hide both columns and have somebody in b who could move to a.
        partners = both.T @ layer.astype(np.int64)
        for column in range(hidden.shape[1]):
            for other in range(hidden.shape[1]):
                if other == column:
                    continue
                lines = hidden[:, column] & hidden[:, other]
                free = gone[column] and gone[other]
                leaves = layer[:, column] & (free | (partners[column, other] - layer[:, other] > 0))
                comes = layer[:, other] & (free | (partners[other, column] - layer[:, column] > 0))
                away[:, column] |= lines & (leaves | comes)
    return away


def _sum_moves(layers: Mask, hidden: Mask, gone: Mask, column: int) -> bool:
    """Whether a hidden sum could be otherwise: some line hides this column and another hidden one, with somebody in."""
    others = gone.copy()
    others[column] = False
    lines = hidden[:, column][:, None] & hidden & others
    return bool((lines & (layers[:, :, column][:, :, None] | layers).any(axis=0)).any())
