"""Hidden cells stay hidden: nobody can work them out from what is shown."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.suppression import SMALLEST_SHOWN, hidden_in_row, hidden_sums, is_small, may_stand_together


def test_one_small_cell_takes_the_next_smallest_along() -> None:
    assert hidden_in_row([3, 30, 12]) == {0, 2}


def test_large_cells_are_all_shown() -> None:
    assert hidden_in_row([10, 0]) == frozenset()


def test_a_small_group_is_not_shown_as_a_remainder() -> None:
    assert hidden_in_row([3, 4, 50, 60]) == {0, 1, 2}


def test_nobody_hides_only_where_there_is_nothing_else() -> None:
    assert hidden_in_row([3, 0]) == {0, 1}


@given(st.lists(st.integers(0, 40), min_size=2, max_size=7))
def test_in_one_row_no_small_group_can_be_worked_out(counts: list[int]) -> None:
    hidden = hidden_in_row(counts)
    assert {at for at, count in enumerate(counts) if is_small(count)} <= hidden
    if hidden and len(hidden) < len(counts):
        assert len(hidden) > 1
        assert sum(counts[at] for at in hidden) >= SMALLEST_SHOWN


@pytest.mark.parametrize(
    ("counts", "may"),
    [
        ([3, 8], True),
        ([9], False),  # alone
        ([9, 0], False),  # nobody is no company
        ([3, 4], False),  # a small group
        ([9, 9], False),  # 18 of two: both are 9
        ([9, 9, 1], True),
    ],
)
def test_few_answers_stand_in_a_sum_only_together(counts: list[int], may: bool) -> None:
    assert may_stand_together(counts) is may


def test_ten_that_named_something_once_each_are_known() -> None:
    assert may_stand_together([1] * 10)
    assert not may_stand_together([1] * 10, at_least=10)


def _sums(*lines: tuple[list[int], list[int]]) -> list[bool]:
    """Of lines (content, others) that hide their own rows."""
    counts = np.array([[line[layer] for line in lines] for layer in (0, 1)])
    hidden = np.zeros(counts.shape[1:], dtype=bool)
    for at, cells in enumerate(counts.sum(axis=0).tolist()):
        hidden[at, sorted(hidden_in_row(cells))] = True
    return [bool(gone) for gone in hidden_sums(counts, hidden)]


def test_a_sum_hides_where_all_others_in_it_are_shown() -> None:
    small, large = ([2, 10, 30], [1, 10, 30]), ([200, 210, 220], [100, 110, 120])
    assert _sums(large, large) == [False, False, False]
    assert _sums(small, large) == [True, True, False]


def test_two_that_hide_the_same_columns_cover_each_other() -> None:
    assert _sums(([2, 10, 30], [1, 10, 30]), ([4, 11, 30], [4, 11, 30])) == [False, False, False]


def test_a_cell_that_only_its_content_answers_give_away_is_covered_too() -> None:
    """All of the first are content and none of the second: the content of the column are those of the first alone."""
    assert _sums(([3, 12, 30], [0, 0, 0]), ([0, 0, 0], [7, 9, 30])) == [True, True, False]
