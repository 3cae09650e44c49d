"""Which of the units found answers a question for a time: one that sets a limit goes before one that only fits well.

A linear preference over what each unit says of time, learned by `benchmarks.fit_limits` on the tuning questions.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from knowledge.finding import Found
from knowledge.limit_wordings import LimitWordings
from knowledge.limits import LimitBook
from knowledge.provisions import Corpus, Kind
from knowledge.understanding import asks_how_often, names_stages
from knowledge.wanted_limits import FILE

__all__ = ["AMONG", "FEATURES", "LimitPreference", "load_preference"]

#: Units of a ranking that may change places.
AMONG: Final = 5
FEATURES: Final = (
    "score", "day", "day_elsewhere", "recurring", "recurring_elsewhere", "often_day", "often_recurring", "stage",
    "stage_named", "likeness", "only_day", "only_limit",
)  # fmt: skip
_UNLIKE: Final = -0.6


class LimitPreference:
    """Orders what was found for a question for a time. Pure."""

    def __init__(
        self, corpus: Corpus, book: LimitBook, wordings: LimitWordings, weights: Sequence[float] | None = None
    ) -> None:
        """`weights` in the order of `FEATURES`; the stored ones by default."""
        self._corpus, self._book, self._wordings = corpus, book, wordings
        self._weights = load_preference() if weights is None else weights

    def ordered(self, found: Found, today: dt.date) -> Found:
        """The same units, the first `AMONG` by preference."""
        head, tail = found.units[:AMONG], found.units[AMONG:]
        merits = [sum(w * x for w, x in zip(self._weights, row, strict=True)) for row in self.features(found, today)]
        order = sorted(range(len(head)), key=lambda place: -merits[place])
        return replace(found, units=(*(head[place] for place in order), *tail))

    def features(self, found: Found, today: dt.date) -> list[tuple[float, ...]]:
        """One row for each of the first `AMONG` units: its score; whether the part that fits best, or another part,
        sets a limit with a last day, or one that recurs, apart for «how often»; whether it is a stage, and stages are
        named; the margin of the likeliest of its limits; whether it is alone with a day, or a limit, while a unit
        ahead that orders the same has none (0 or 1).
        """
        head = found.units[:AMONG]
        margins = self._wordings.margins(found.question)
        often, stages = asks_how_often(found.question), names_stages(found.question)
        limits = [self._book.limits_of([p.address for p in self._corpus.unit_parts(u.address)], today) for u in head]
        first = limits[0] if limits else ()
        rows = []
        for unit, own in zip(head, limits, strict=True):
            near = [limit for limit in own if limit.address in (unit.part, unit.address)]
            day, recurring = any(not limit.recurs for limit in near), any(limit.recurs for limit in near)
            any_day, any_recurring = any(not limit.recurs for limit in own), any(limit.recurs for limit in own)
            stage, behind = self._corpus[unit.address].kind is Kind.STAGE, unit.address in found.alike
            likeness = max([_UNLIKE, *(margins.get(limit.obligation_id, _UNLIKE) for limit in own)])
            row = (
                unit.score,
                not often and day,
                not often and any_day and not day,
                not often and recurring,
                not often and any_recurring and not recurring,
                often and any_day,
                often and any_recurring,
                stage,
                stage and stages,
                likeness,
                behind and not often and any_day and all(limit.recurs for limit in first),
                behind and bool(own) and not first,
            )
            rows.append(tuple(map(float, row)))
        return rows


def load_preference() -> Sequence[float]:
    """The learned weights."""
    weights = tomllib.loads(FILE.read_text("utf-8"))["unit"]
    return [weights[name] for name in FEATURES]
