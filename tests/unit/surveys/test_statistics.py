"""Shares and their intervals equal Wilson's own equation, solved another way, and published examples."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from astropy.stats import binom_conf_interval
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.statistics import Change, change_between, percent, percents, share


@settings(deadline=None)  # the first interval imports scipy's distributions
@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_solves_wilsons_equation(counts: tuple[int, int]) -> None:
    """Its ends are where |p - count/n| = z * sqrt(p (1 - p) / n): the roots of a quadratic, here by numpy."""
    count, n = counts
    z, p = NormalDist().inv_cdf(0.975), count / n
    low, high = sorted(np.roots([1 + z**2 / n, -(2 * p + z**2 / n), p**2]).real)
    found = share(count, n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-7)
    assert 0 <= found.low <= found.value + 1e-12
    assert found.value <= found.high + 1e-12 <= 1 + 1e-9


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_that_of_a_second_library(counts: tuple[int, int]) -> None:
    count, n = counts
    low, high = binom_conf_interval(count, n, confidence_level=0.95, interval="wilson")
    found = share(count, n)
    assert (found.low, found.high) == pytest.approx((float(low), float(high)), abs=1e-9)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_worked_examples(count: int, n: int, low: float, high: float) -> None:
    """Newcombe 1998 (Statistics in Medicine 17, 857-872), table I, method 3."""
    found = share(count, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_of_nobody_nothing_is_known() -> None:
    assert (share(0, 0).low, share(0, 0).high) == (0.0, 1.0)
    with pytest.raises(ValueError, match="3 of 2"):
        share(3, 2)


def test_no_change_while_intervals_overlap() -> None:
    assert change_between(share(50, 100), share(60, 100)) is Change.UNCERTAIN
    assert change_between(share(500, 1000), share(600, 1000)) is Change.UP
    assert change_between(share(600, 1000), share(500, 1000)) is Change.DOWN
    assert change_between(share(0, 0), share(500, 1000)) is Change.UNCERTAIN


@pytest.mark.parametrize(
    ("value", "shown"), [(0.125, 13), (0.005, 1), (0.0049, 0), (0.995, 100), (0.285, 29), (1, 100)]
)
def test_halves_are_rounded_up(value: float, shown: int) -> None:
    assert percent(value) == shown


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 10**6), min_size=1, max_size=8))
def test_percents_add_up_and_are_close(counts: dict[str, int]) -> None:
    shown, total = percents(counts), sum(counts.values())
    assert sum(shown.values()) == (100 if total else 0)
    assert all(abs(shown[key] - 100 * count / total) < 1 for key, count in counts.items() if total)
