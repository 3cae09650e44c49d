"""What people of `periodic_law` should be reminded of, computed apart from the planner: day by day, from periods alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import holidays
from persiantools.jdatetime import JalaliDate

from reminders.jalali import Unit, add, end_of_quarter, iso
from reminders.obligations import Register

__all__ = ["Expected", "expected_reminders"]

FRIDAY = 4
Expected = Counter[tuple[str, dt.date, str, dt.date]]


def due_dates(start: JalaliDate, amount: int, unit: Unit, last: dt.date) -> list[dt.date]:
    """By repeated addition of the period, or by season; two beyond the last day."""
    if unit is Unit.QUARTER and amount == 1:
        span = range(0, (last - start.to_gregorian()).days + 200, 20)
        seasons = {iso(end_of_quarter(start + dt.timedelta(days=n))) for n in span}
        return sorted(JalaliDate(*map(int, text.split("-"))).to_gregorian() for text in seasons)
    dues = [add(start, amount, unit).to_gregorian()]
    while len(dues) < 3 or dues[-3] <= last:
        dues.append(add(start, amount * (len(dues) + 1), unit).to_gregorian())
    return dues


def expected_reminders(
    register: Register,
    periods: Sequence[tuple[int, Unit]],
    *,
    first: dt.date,
    last: dt.date,
    joined: dt.date,
    done_at_once: bool = False,
) -> Expected:
    """(obligation, due, lead, day) of each person who joined on a day, on the days `first`…`last`.

    `done_at_once`: whatever falls due on these days is reported on its day, so that only older ones are overdue.
    """
    off = set(holidays.country_holidays("IR", years=range(first.year - 1, last.year + 2)))

    def moved(day: dt.date) -> dt.date:
        while day.weekday() == FRIDAY or day in off:
            day -= dt.timedelta(days=1)
        return day

    found: Expected = Counter()
    for number, (amount, unit) in enumerate(periods):
        name, start = f"test.{number}", register.anchors[f"a{number}"].date
        assert start is not None
        dues = due_dates(start, amount, unit, last + dt.timedelta(days=60))
        previous = start.to_gregorian()
        for due, following in zip(dues, [*dues[1:], dt.date.max], strict=True):
            period, previous = (due - previous).days, due
            if due < joined:
                continue
            for lead in (30, 7, 1, 0):
                day = moved(due - dt.timedelta(days=lead))
                if lead <= period and first <= day <= last:
                    found[name, due, str(lead), day] += 1
            late = due + dt.timedelta(days=7)
            while not (done_at_once and due >= first) and late < following and moved(late) <= last:
                if moved(late) >= first and moved(late) > due:
                    found[name, due, str((due - late).days), moved(late)] += 1
                late += dt.timedelta(days=7)
    return found
