"""How sure a search result is: a logistic model over a handful of features of the ranking.

The coefficients are fitted by `benchmarks.fit_confidence` on questions of which the models of wordings had not learned,
never on the unseen sets.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.finding import Found
from knowledge.understanding import asks_own_affair, asks_price

__all__ = ["FEATURES", "ConfidenceModel", "features", "load_confidence"]

FILE = Path(__file__).with_name("confidence.toml")
WORDS_MAX = 5  # a long question is no better than a middling one
STRANGE = -0.5  # from this margin on a question sounds like those of other matters
UNTOLD = -0.6  # from this margin on what is asked of the best unit sounds like what no text tells
FEATURES = (
    "share", "lead", "coverage", "wording", "unknown", "foreign", "words", "score", "own_affair", "price",
    "outside", "strange", "aspect", "untold",
)  # fmt: skip


def features(found: Found) -> tuple[float, ...]:
    """The model's inputs: the share among all (softmax, 0–1) of the best unit and those that order the same, and its
    lead over the best of the others (at most 10); its coverage and wording (0–1); shares of unknown and foreign words
    (0–1); log of the number of words, since scores grow with it, but not beyond `WORDS_MAX`; its score; whether
    somebody asks how to get a thing done for themselves, or for a price (0 or 1): regulations tell neither; how
    much it sounds like what none of the texts answers, and by how much that is more than `STRANGE`; the same of what it
    asks of the best unit, and more than `UNTOLD`.
    """
    best = found.units[0]
    everything = [unit.score for unit in found.units]
    others = [unit.score for unit in found.units[1:] if unit.address not in found.alike]
    whole, rivals = (sum(math.exp(max(-50.0, s - best.score)) for s in scores) for scores in (everything, others))
    total = max(1, len(found.words) + len(found.unknown))
    outside = min(found.outside, STRANGE) if found.bare else found.outside  # «کد پستی» is of other matters, too
    return (
        1 - rivals / whole,
        min(10.0, best.score - max(others, default=best.score - 10.0)),
        best.coverage,
        best.wording,
        len(found.unknown) / total,
        len(found.foreign) / total,
        math.log(min(max(1, len(found.words)), WORDS_MAX)),
        best.score,
        float(asks_own_affair(found.question)),
        float(asks_price(found.question)),
        outside,
        max(0.0, outside - STRANGE),
        found.aspect,
        max(0.0, found.aspect - UNTOLD),
    )


@dataclass
class ConfidenceModel:
    """P(the best unit answers the question). `threshold`: from where on it is shown as the answer."""

    weights: Sequence[float]
    bias: float
    threshold: float

    def of(self, found: Found) -> float:
        """0 to 1; 0 where nothing was found."""
        if not found.units:
            return 0.0
        z = self.bias + sum(w * x for w, x in zip(self.weights, features(found), strict=True))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, z))))


def load_confidence() -> ConfidenceModel:
    """The fitted model of confidence.toml."""
    data = tomllib.loads(FILE.read_text("utf-8"))
    return ConfidenceModel([data["weights"][name] for name in FEATURES], data["bias"], data["threshold"])
