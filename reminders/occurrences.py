"""Occurrences of obligations: a fixed date happens once, a periodic one again and again.

An occurrence's number stays the same when its date moves: "once", "1405-q3" for seasons, else the n-th since the start.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from persiantools.jdatetime import JalaliDate

from knowledge.limits import LimitKind
from reminders.due_dates import DueDates
from reminders.jalali import Unit, add, add_months, end_of_quarter, iso
from reminders.obligations import Obligation

__all__ = ["ONCE", "Occurrence", "next_open", "occurrence", "occurrences"]

ONCE: Final = "once"
_MONTHS_OF_A_SEASON: Final = 3


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date that must be kept. `next_day` is the day of the following occurrence, None when there is none."""

    obligation: Obligation
    number: str
    due: JalaliDate
    day: dt.date
    period_days: int | None
    next_day: dt.date | None = None

    @property
    def due_iso(self) -> str:
        return iso(self.due)


def occurrences(obligation: Obligation, dates: DueDates, first: dt.date, last: dt.date) -> list[Occurrence]:
    """All whose day is within `first`…`last` (both included), oldest first; none while the start is unknown."""
    if obligation.kind is LimitKind.PERIODIC:
        return [o for o in _periods(obligation, dates, last) if o.day >= first]
    once = _once(obligation, dates)
    return [once] if once is not None and first <= once.day <= last else []


def occurrence(obligation: Obligation, dates: DueDates, number: str) -> Occurrence | None:
    """The occurrence of this number; None when there is none (or not any more)."""
    if number == ONCE:
        return _once(obligation, dates) if obligation.kind is not LimitKind.PERIODIC else None
    if obligation.kind is not LimitKind.PERIODIC:
        return None
    for found in _periods(obligation, dates, dt.date.max):
        if found.number == number:
            return found
        if found.day.year > _YEAR_MAX:
            break
    return None


_YEAR_MAX: Final = 2100


def next_open(obligation: Obligation, dates: DueDates, today: dt.date, done: frozenset[str]) -> Occurrence | None:
    """The first occurrence on or after `today` whose number is not `done`; of a fixed date the date itself."""
    if obligation.kind is not LimitKind.PERIODIC:
        once = _once(obligation, dates)
        return None if once is None or once.number in done else once
    for found in _periods(obligation, dates, dt.date.max):
        if found.day >= today and found.number not in done:
            return found
        if found.day.year > _YEAR_MAX:
            break
    return None


def _once(obligation: Obligation, dates: DueDates) -> Occurrence | None:
    due = dates.due(obligation)
    if due is None:
        return None
    start = dates.start(obligation)
    day = due.to_gregorian()
    period = (day - start.to_gregorian()).days if start is not None and start < due else None
    return Occurrence(obligation, ONCE, due, day, period)


def _periods(obligation: Obligation, dates: DueDates, last: dt.date) -> Iterator[Occurrence]:
    start = dates.start(obligation)
    if start is None or not obligation.amount or obligation.unit is None:
        return
    days = _ends(start, obligation.amount, obligation.unit)
    number, due = next(days)
    previous = start.to_gregorian()
    while (day := due.to_gregorian()) <= last:
        following, next_due = next(days)
        next_day = next_due.to_gregorian()
        yield Occurrence(obligation, number, due, day, (day - previous).days, next_day)
        number, due, previous = following, next_due, day


def _ends(start: JalaliDate, amount: int, unit: Unit) -> Iterator[tuple[str, JalaliDate]]:
    if unit is Unit.QUARTER and amount == 1:
        season = end_of_quarter(start)
        while True:
            yield f"{season.year}-q{season.month // _MONTHS_OF_A_SEASON}", season
            season = end_of_quarter(add_months(JalaliDate(season.year, season.month, 1), _MONTHS_OF_A_SEASON))
    n = 1
    while True:
        yield str(n), add(start, amount * n, unit)
        n += 1
