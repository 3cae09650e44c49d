"""What a report holds. Figures that are None are hidden (`surveys.suppression`); shares carry their n and interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.services import Service
from surveys.statistics import Change, Share

__all__ = ["Driver", "Funnel", "MonthShare", "NamedShare", "Report"]


@dataclass(frozen=True, slots=True)
class Funnel:
    """People, not answers. `held` wait for an operator and are in no score, nor are the excluded ones."""

    offered: int
    opened: int
    answered: int
    finished: int
    held: int
    excluded: int


@dataclass(frozen=True, slots=True)
class Driver:
    """How many of the `of` who answered the question named this choice; None is hidden."""

    question: str
    choice: str
    count: int | None
    of: int


@dataclass(frozen=True, slots=True)
class MonthShare:
    """One Jalali month; `share` None where nobody or too few answered. `change` against the last month shown before."""

    month: str
    share: Share | None
    change: Change


@dataclass(frozen=True, slots=True)
class NamedShare:
    """A service, agency or channel; `share` None where hidden."""

    key: str
    name: str
    share: Share | None


@dataclass(frozen=True, slots=True)
class Report:
    """`n` answered the required question; None when fewer than ten did: then nothing else is shown either.

    `faces` from 1 to 5, None where hidden. Shares are of the two best faces, of `settled` "yes" among those who said.
    A report of all (`service` None) has `services` and `agencies`; `left_out` services are in none of its sums, because
    their few answers could be worked out from them.
    """

    service: Service | None
    months: tuple[str, ...]
    funnel: Funnel | None
    n: int | None
    top_two: Share | None
    faces: Mapping[int, int | None]
    settled: Share | None
    again_top_two: Share | None
    drivers: tuple[Driver, ...]
    trend: tuple[MonthShare, ...]
    channels: tuple[NamedShare, ...]
    services: tuple[NamedShare, ...]
    agencies: tuple[NamedShare, ...]
    left_out: int
