"""Whether a question that no search is sure of is asked of the unit on the table: a logistic model.

The coefficients are fitted by `benchmarks.fit_belonging` on the tuning conversations, and on single questions beside a
unit that has nothing to do with them.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.finding import Found
from knowledge.provisions import Address

__all__ = ["FEATURES", "BelongingModel", "Beside", "features", "load_belonging"]

FILE = Path(__file__).with_name("belonging.toml")
AMONG = 3  # of the best units
MATTER_MAX = 6  # words; a longer question says no more
FEATURES = (
    "confidence", "best", "among", "nowhere", "told", "told_of_best", "outside", "points", "matter", "said", "alike",
    "same_text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """A question beside a `unit`: how sure search is of it (`confidence`), how much what it asks of the unit sounds
    like what no text tells (`aspect`), whether it points at something («آن»), how many words tell of a `matter`,
    whether the unit says them all (`said`), and whether it asks the same of another («… چی؟», `alike`).
    """

    found: Found
    unit: Address
    confidence: float
    aspect: float
    points: bool
    matter: int
    said: bool
    alike: bool


def features(beside: Beside) -> tuple[float, ...]:
    """The model's inputs; ranks as 0 or 1, margins and words as they are."""
    found, sure = beside.found, min(max(beside.confidence, 1e-3), 1 - 1e-3)
    units = [unit.address for unit in found.units]
    rank = units.index(beside.unit) if beside.unit in units else None
    return (
        math.log(sure / (1 - sure)),
        float(rank == 0),
        float(rank is not None and rank < AMONG),
        float(rank is None),
        -beside.aspect,
        -found.aspect,
        found.outside,
        float(beside.points),
        float(min(beside.matter, MATTER_MAX)),
        float(beside.said),
        float(beside.alike),
        float(units[0].regulation == beside.unit.regulation),
    )


@dataclass
class BelongingModel:
    """P(the question is asked of the unit). `threshold`: from where on it is answered of it."""

    weights: Sequence[float]
    bias: float
    threshold: float

    def of(self, beside: Beside) -> float:
        z = self.bias + sum(w * x for w, x in zip(self.weights, features(beside), strict=True))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, z))))

    def is_asked_of_it(self, beside: Beside) -> bool:
        return self.of(beside) >= self.threshold


@lru_cache(maxsize=1)
def load_belonging() -> BelongingModel:
    """The fitted model of belonging.toml."""
    data = tomllib.loads(FILE.read_text("utf-8"))
    return BelongingModel([data["weights"][name] for name in FEATURES], data["bias"], data["threshold"])
