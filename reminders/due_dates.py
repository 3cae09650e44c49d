"""Due dates of obligations on a given day: absolute, relative, event-anchored, periodic, continuous (design §4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from persiantools.jdatetime import JalaliDate

from knowledge.limits import Limit, LimitKind, LimitState
from knowledge.provisions import Address, Corpus
from reminders.jalali import Unit, add, end_of_quarter
from reminders.obligations import Obligation, Register

__all__ = ["DueDates", "next_occurrence"]

Recorded = Callable[[], Mapping[str, JalaliDate | None]]


def next_occurrence(start: JalaliDate, amount: int, unit: Unit, today: JalaliDate) -> JalaliDate:
    """The first end of a period on or after `today`.

    Quarters are Jalali seasons, whatever the start; other units are counted from `start` (the n-th occurrence is n
    amounts after it, so clamping never accumulates).
    """
    if unit is Unit.QUARTER and amount == 1:
        return end_of_quarter(max(start, today))
    n = 1
    while (due := add(start, amount * n, unit)) < today:
        n += 1
    return due


class DueDates:
    """The register read on a given day; implements `knowledge.limits.LimitBook`.

    `recorded` gives the anchor dates that operators have recorded, by anchor id; they go before the register's own
    (None: a date withdrawn).
    """

    def __init__(self, register: Register, corpus: Corpus, recorded: Recorded) -> None:
        self.register = register
        self._corpus = corpus
        self._recorded = recorded

    def anchor_date(self, anchor_id: str) -> JalaliDate | None:
        recorded = self._recorded()
        return recorded[anchor_id] if anchor_id in recorded else self.register.anchors[anchor_id].date

    def start(self, obligation: Obligation) -> JalaliDate | None:
        """The date from which the limit counts: the latest anchor; None while any is unknown or there is none."""
        dates = [self.anchor_date(a) for a in obligation.anchors]
        known = [d for d in dates if d is not None]
        return max(known) if known and len(known) == len(dates) else None

    def due(self, obligation: Obligation) -> JalaliDate | None:
        """The one date that the words fix; None for periodic, continuous and waiting obligations."""
        if obligation.kind is LimitKind.ABSOLUTE:
            return obligation.due
        start = self.start(obligation)
        if obligation.kind in (LimitKind.PERIODIC, LimitKind.CONTINUOUS) or start is None:
            return None
        if obligation.amount is None or obligation.unit is None:
            return start  # the event itself is the end of the limit («ظرف مهلت مقرر در …»)
        return add(start, obligation.amount, obligation.unit)

    def next_due(self, obligation: Obligation, today: JalaliDate) -> JalaliDate | None:
        """The next occurrence of a periodic obligation on or after `today`; None for all others."""
        if obligation.kind is not LimitKind.PERIODIC or not obligation.amount or obligation.unit is None:
            return None
        start = self.start(obligation)
        return None if start is None else next_occurrence(start, obligation.amount, obligation.unit, today)

    def limit(self, obligation: Obligation, today: dt.date) -> Limit:
        """The obligation's limit as it stands on a (Gregorian) day in Tehran."""
        jalali = JalaliDate(today)
        due, upcoming = self.due(obligation), self.next_due(obligation, jalali)
        when = due or upcoming
        days_left = None if when is None else (when.to_gregorian() - today).days
        name = self._corpus.actor_name
        slug = obligation.address.regulation
        waiting = tuple(self.register.anchors[a].title for a in obligation.anchors if self.anchor_date(a) is None)
        return Limit(
            obligation_id=obligation.id,
            address=obligation.address,
            action=obligation.action,
            quote=obligation.quote,
            kind=obligation.kind,
            state=_state(obligation.kind, days_left, bool(waiting)),
            due=due,
            next_due=upcoming,
            days_left=days_left,
            waiting_for=waiting,
            counted_from=tuple(self.register.anchors[a].title for a in obligation.anchors),
            reading=obligation.reading,
            alternatives=obligation.alternatives,
            conflicts=obligation.conflicts,
            responsible=tuple(name(slug, a) for a in obligation.responsible),
            partners=tuple(name(slug, a) for a in obligation.partners),
            counted_dates=tuple(self.anchor_date(a) for a in obligation.anchors),
            amount=obligation.amount,
            unit=obligation.unit,
        )

    def limits_of(self, addresses: Iterable[Address], today: dt.date) -> Sequence[Limit]:
        found = {o.id for a in addresses for o in self.register.standing_in(a)}
        return [self.limit(o, today) for o in self.register if o.id in found] if found else []

    def every_limit(self, today: dt.date) -> Sequence[Limit]:
        return [self.limit(o, today) for o in self.register]


def _state(kind: LimitKind, days_left: int | None, waiting: bool) -> LimitState:
    if days_left is None:
        waits = waiting and kind in (LimitKind.RELATIVE, LimitKind.EVENT)
        return LimitState.WAITING if waits else LimitState.RECURRING
    if days_left < 0:
        return LimitState.PASSED
    return LimitState.TODAY if days_left == 0 else LimitState.UPCOMING
