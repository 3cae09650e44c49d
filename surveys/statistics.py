"""Shares with their uncertainty: Wilson's 95 % score interval (Wilson 1927), computed by scipy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

__all__ = ["CONFIDENCE", "Change", "Share", "change_between", "percent", "percents", "share"]

CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `n`, its value and 95 % interval, all from 0 to 1. Of nobody (n = 0): value 0, interval 0 to 1."""

    count: int
    n: int
    value: float
    low: float
    high: float


class Change(StrEnum):
    """What may be said of two shares. `UNCERTAIN`: their intervals overlap, so no change is claimed."""

    UP = "up"
    DOWN = "down"
    UNCERTAIN = "uncertain"


def share(count: int, n: int) -> Share:
    """ValueError unless 0 ≤ count ≤ n."""
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n}")
    if n == 0:
        return Share(0, 0, 0.0, 0.0, 1.0)
    from scipy.stats import binomtest  # a second and 60 MB that only reports need

    interval = binomtest(count, n).proportion_ci(CONFIDENCE, method="wilson")
    return Share(count, n, count / n, float(interval.low), float(interval.high))


def change_between(before: Share, after: Share) -> Change:
    """Up or down only where the intervals do not touch."""
    if not before.n or not after.n:
        return Change.UNCERTAIN
    if after.low > before.high:
        return Change.UP
    return Change.DOWN if after.high < before.low else Change.UNCERTAIN


def percent(value: float) -> int:
    """A share in whole percent, halves up: 0.125 is 13."""
    return int((Decimal(repr(value)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def percents(counts: Mapping[str, int]) -> dict[str, int]:
    """Whole percents that add up to 100, by the largest remainder; all 0 for no counts."""
    total = sum(counts.values())
    if total == 0:
        return dict.fromkeys(counts, 0)
    floors = {key: count * 100 // total for key, count in counts.items()}
    rest = sorted(counts, key=lambda key: -(counts[key] * 100 % total))
    for key in rest[: 100 - sum(floors.values())]:
        floors[key] += 1
    return floors
