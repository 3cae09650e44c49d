"""Hidden cells stay hidden: nobody can work them out from what is shown."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.suppression import SMALLEST_SHOWN, Sum, suppressed

COUNTS = st.integers(0, 40)


def test_one_small_cell_takes_the_next_smallest_along() -> None:
    cells = {"a": 3, "b": 30, "c": 12, "n": 45}
    assert suppressed(cells, [Sum("n", ["a", "b", "c"])]) == {"a", "c"}


def test_large_cells_are_all_shown() -> None:
    assert suppressed({"a": 10, "b": 0, "n": 10}, [Sum("n", ["a", "b"])]) == set()


def test_a_small_total_hides_with_its_parts() -> None:
    assert suppressed({"a": 4, "b": 0, "n": 4}, [Sum("n", ["a", "b"])]) >= {"a", "n"}


def test_a_small_group_is_not_shown_as_a_remainder() -> None:
    cells = {"a": 3, "b": 4, "c": 50, "d": 60, "n": 117}
    assert suppressed(cells, [Sum("n", ["a", "b", "c", "d"])]) == {"a", "b", "c"}


@given(st.lists(COUNTS, min_size=2, max_size=7))
def test_in_one_row_no_small_group_can_be_worked_out(counts: list[int]) -> None:
    cells = {f"c{i}": count for i, count in enumerate(counts)}
    parts = list(cells)
    hidden = suppressed({**cells, "n": sum(counts)}, [Sum("n", parts)])
    assert {key for key, count in cells.items() if 0 < count < SMALLEST_SHOWN} <= hidden
    remainder = [cells[key] for key in parts if key in hidden]
    if remainder and "n" not in hidden:
        assert len(remainder) > 1
        assert sum(remainder) >= SMALLEST_SHOWN or sum(remainder) == 0


@settings(max_examples=60)
@given(st.lists(st.lists(st.integers(0, 25), min_size=3, max_size=3), min_size=3, max_size=3))
def test_in_a_table_with_margins_every_hidden_cell_could_be_another(rows: list[list[int]]) -> None:
    """Services by months with all their totals: swapping one around a cycle of hidden cells keeps every visible sum."""
    cells: dict[tuple[int, int], int] = {(r, c): rows[r][c] for r in range(3) for c in range(3)}
    for r in range(3):
        cells[(r, 9)] = sum(rows[r])
    for c in range(3):
        cells[(9, c)] = sum(rows[r][c] for r in range(3))
    cells[(9, 9)] = sum(map(sum, rows))
    sums = [Sum((r, 9), [(r, c) for c in range(3)]) for r in (0, 1, 2, 9)]
    sums += [Sum((9, c), [(r, c) for r in range(3)]) for c in (0, 1, 2, 9)]
    hidden = suppressed(cells, sums)

    for one in sums:
        inside = [key for key in (*one.parts, one.total) if key in hidden]
        assert len(inside) != 1, f"{inside} follows from its row"
    small = {key for key, count in cells.items() if 0 < count < SMALLEST_SHOWN}
    assert small <= hidden
    assert all(cells[a] >= 0 for a, _ in itertools.pairwise(sorted(hidden)))
