"""Occurrences of obligations: a fixed date happens once, a periodic one again and again.

An occurrence's number stays the same when its date moves: "once", "1405-q3" for seasons, else the n-th since the start.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from persiantools.jdatetime import JalaliDate

from knowledge.limits import LimitKind
from reminders.due_dates import DueDates
from reminders.jalali import Unit, add, end_of_quarter, iso
from reminders.obligations import Obligation

__all__ = ["ONCE", "Occurrence", "next_open", "occurrence", "occurrences", "season_of"]

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
    due_iso: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "due_iso", iso(self.due))  # asked for once for each of thousands of people


def occurrences(obligation: Obligation, dates: DueDates, first: dt.date, last: dt.date) -> list[Occurrence]:
    """All whose day is within `first`…`last` (both included), oldest first; none while the start is unknown."""
    if obligation.kind is LimitKind.PERIODIC:
        return list(takewhile(lambda o: o.day <= last, _periods(obligation, dates, first)))
    once = _once(obligation, dates)
    return [once] if once is not None and first <= once.day <= last else []


def occurrence(obligation: Obligation, dates: DueDates, number: str) -> Occurrence | None:
    """The occurrence of this number; None when there is none (or not any more)."""
    if number == ONCE:
        return _once(obligation, dates) if obligation.kind is not LimitKind.PERIODIC else None
    start = dates.start(obligation)
    if obligation.kind is not LimitKind.PERIODIC or start is None or not obligation.amount or obligation.unit is None:
        return None
    due = _due_of(number, start, obligation.amount, obligation.unit)
    found = None if due is None else next(_periods(obligation, dates, due.to_gregorian()), None)
    return found if found is not None and found.number == number else None


def season_of(number: str) -> tuple[int, int] | None:
    """Jalali year and season (1 is spring) of an occurrence that is known by them; None for any other number."""
    year, q, season = number.partition("-q")
    return (int(year), int(season)) if q and year.isdecimal() and season in ("1", "2", "3", "4") else None


def next_open(obligation: Obligation, dates: DueDates, today: dt.date, done: frozenset[str]) -> Occurrence | None:
    """The first occurrence on or after `today` whose number is not `done`; of a fixed date the date itself."""
    if obligation.kind is not LimitKind.PERIODIC:
        once = _once(obligation, dates)
        return None if once is None or once.number in done else once
    return next((o for o in _periods(obligation, dates, today) if o.number not in done), None)


def _once(obligation: Obligation, dates: DueDates) -> Occurrence | None:
    due = dates.due(obligation)
    if due is None:
        return None
    start = dates.start(obligation)
    day = due.to_gregorian()
    period = (day - start.to_gregorian()).days if start is not None and start < due else None
    return Occurrence(obligation, ONCE, due, day, period)


#: Nobody plans further ahead (the Jalali year of 2100).
_YEAR_MAX: Final = 1478


def _periods(obligation: Obligation, dates: DueDates, first: dt.date) -> Iterator[Occurrence]:
    """From the first one on or after a day on, whatever number it has."""
    start = dates.start(obligation)
    if start is None or not obligation.amount or obligation.unit is None:
        return
    ends = _ends(start, obligation.amount, obligation.unit, first)
    _, due = next(ends)
    previous = due.to_gregorian()
    number, due = next(ends)
    while due.year <= _YEAR_MAX:
        day = due.to_gregorian()
        following, next_due = next(ends)
        if day >= first:
            yield Occurrence(obligation, number, due, day, (day - previous).days, next_due.to_gregorian())
        number, due, previous = following, next_due, day


#: A unit is at most and at least so many days long.
_LONGEST: Final = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 31, Unit.QUARTER: 93, Unit.YEAR: 366}
_SHORTEST: Final = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 29, Unit.QUARTER: 89, Unit.YEAR: 365}


def _ends(start: JalaliDate, amount: int, unit: Unit, first: dt.date) -> Iterator[tuple[str, JalaliDate]]:
    """Numbers and ends of periods: one or a few before `first` (the start itself is the 0th end), then all."""
    ahead = (first - start.to_gregorian()).days
    if _by_seasons(amount, unit):
        season = end_of_quarter(start if ahead <= 0 else JalaliDate(first))
        before: JalaliDate = JalaliDate(season.year, season.month - 2, 1) - dt.timedelta(days=1)
        yield "", max(start, before)
        while True:
            yield f"{season.year}-q{season.month // _MONTHS_OF_A_SEASON}", season
            season = end_of_quarter(season + dt.timedelta(days=1))
    n = max(0, ahead // (amount * _LONGEST[unit]) - 1)
    while True:
        yield str(n), add(start, amount * n, unit)
        n += 1


def _by_seasons(amount: int, unit: Unit) -> bool:
    return unit is Unit.QUARTER and amount == 1


def _due_of(number: str, start: JalaliDate, amount: int, unit: Unit) -> JalaliDate | None:
    """The date that a number stands for; None for a number of the other kind, or one that nobody will live to see."""
    if _by_seasons(amount, unit):
        found = season_of(number)
        if found is None or not start.year <= found[0] <= _YEAR_MAX:
            return None
        year, season = found
        return end_of_quarter(JalaliDate(year, season * _MONTHS_OF_A_SEASON, 1))
    if not number.isdecimal() or int(number) * amount * _SHORTEST[unit] > (_YEAR_MAX - start.year + 1) * 366:
        return None
    return add(start, amount * int(number), unit)
