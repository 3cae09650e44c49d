"""From counts to figures: what the report of one service and that of all have in common.

A share is published from ten answers on, whatever its two sides are; counts beside it follow the rule of small cells.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

from surveys.questionnaire import FACES, Kind, Questionnaire
from surveys.report import Driver, Funnel, MonthShare, NamedShare
from surveys.responses import ANSWERED, COUNTS
from surveys.statistics import Change, Share, change_between, share
from surveys.suppression import SMALLEST_SHOWN, hidden_in_row
from surveys.tallies import TallyRow

__all__ = [
    "FACE_GROUPS",
    "SETTLED",
    "Counted",
    "content_and_others",
    "count",
    "drivers_of",
    "faces_hidden",
    "funnel_of",
    "named_shares",
    "settled_counts",
    "share_of",
    "summed",
    "trend_of",
]

#: How often each value of each question was given.
Counted = Mapping[tuple[str, str], int]
#: The question whose "yes" is published as a share.
SETTLED: Final = "settled"
#: The sums of the two best faces and of the others follow from n and the share that are published.
FACE_GROUPS: Final = (FACES[-2:], FACES[:-2])


def summed(rows: Iterable[TallyRow], key: Callable[[TallyRow], str]) -> dict[str, dict[tuple[str, str], int]]:
    """The counts of each key."""
    sums: dict[str, dict[tuple[str, str], int]] = {}
    for row in rows:
        of = sums.setdefault(key(row), {})
        of[(row.question, row.value)] = of.get((row.question, row.value), 0) + row.count
    return sums


def count(counts: Counted, question: str, value: str | int) -> int:
    """How often this value was given."""
    return counts.get((question, str(value)), 0)


def content_and_others(counts: Counted, question: str) -> tuple[int, int]:
    """How many gave one of the two best faces, and one of the others."""
    content, others = (sum(count(counts, question, face) for face in faces) for faces in FACE_GROUPS)
    return content, others


def settled_counts(counts: Counted) -> tuple[int, int]:
    """How many said yes, and partly or no."""
    return count(counts, SETTLED, "yes"), count(counts, SETTLED, "partly") + count(counts, SETTLED, "no")


def share_of(counts: tuple[int, int]) -> Share | None:
    """Of those who count and the others; None where they are fewer than ten together."""
    return share(counts[0], sum(counts)) if sum(counts) >= SMALLEST_SHOWN else None


def funnel_of(counts: Counted) -> Funnel:
    """People by how far they came."""
    names = ("offered", "opened", "answered", "finished", "held", "excluded")
    return Funnel(*(count(counts, COUNTS, name) for name in names))


def faces_hidden(faces: Mapping[int, int]) -> frozenset[int]:
    """Faces whose count is hidden, of one service: the sums of both groups are shown."""
    hidden: set[int] = set()
    for group in FACE_GROUPS:
        hidden |= {group[at] for at in hidden_in_row([faces[face] for face in group])}
    return frozenset(hidden)


def drivers_of(
    questionnaire: Questionnaire, counts: Counted, hidden: Collection[tuple[str, str]] = ()
) -> tuple[Driver, ...]:
    """Choices of the multi-choice questions, the most named first. They overlap, so none reveals another.

    `hidden` are (question, choice) that are not shown whatever their count; the choice `ANSWERED` hides a question.
    """
    drivers = [
        Driver(q.id, choice.id, None if (q.id, choice.id) in hidden else _shown(count(counts, q.id, choice.id)), of)
        for q in questionnaire.questions
        if q.kind is Kind.MULTI and (of := count(counts, q.id, ANSWERED)) >= SMALLEST_SHOWN
        if (q.id, ANSWERED) not in hidden
        for choice in q.choices
    ]
    return tuple(sorted(drivers, key=lambda driver: (driver.question, -(driver.count or 0))))


def _shown(number: int) -> int | None:
    return None if 0 < number < SMALLEST_SHOWN else number


def trend_of(months: Sequence[str], shares: Mapping[str, Share | None]) -> tuple[MonthShare, ...]:
    """Months in their order, each compared with the last one before it that is shown."""
    trend: list[MonthShare] = []
    last: Share | None = None
    for month in months:
        now = shares[month]
        change = change_between(last, now) if last and now else Change.UNCERTAIN
        trend.append(MonthShare(month, now, change))
        last = now or last
    return tuple(trend)


def named_shares(shares: Mapping[str, Share | None], names: Callable[[str], str] = str) -> tuple[NamedShare, ...]:
    """In the order of the shares."""
    return tuple(NamedShare(key, names(key), found) for key, found in shares.items())
