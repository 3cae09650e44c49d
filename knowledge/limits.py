"""Limits of provisions as answers show them. Where the dates come from is `reminders`' business."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from persiantools.jdatetime import JalaliDate

from knowledge.provisions import CONTAINERS, ITEMS, Address, Corpus, Provision

__all__ = [
    "UNIT_WORDS",
    "Length",
    "Limit",
    "LimitBook",
    "LimitKind",
    "LimitState",
    "binding",
    "conflicting",
    "length",
    "limits_around",
]


#: Persian words for the units of design §7.
UNIT_WORDS = {"روز": "day", "هفته": "week", "ماه": "month", "سال": "year"}
#: So many days or months (the second is "day" or "month").
Length = tuple[int, str]
_IN_DAYS_OR_MONTHS = {"week": (7, "day"), "quarter": (3, "month"), "year": (12, "month")}


def length(amount: int, unit: str) -> Length:
    """So much of a unit of design §7 in days or months, so that a season is three months."""
    times, base = _IN_DAYS_OR_MONTHS.get(unit, (1, unit))
    return amount * times, base


class LimitKind(StrEnum):
    """Time rules (design §4)."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    EVENT = "event"
    PERIODIC = "periodic"
    CONTINUOUS = "continuous"


class LimitState(StrEnum):
    """How a limit stands on a given day."""

    PASSED = "passed"
    TODAY = "today"
    UPCOMING = "upcoming"
    WAITING = "waiting"  # an anchor event has no date yet
    RECURRING = "recurring"  # periodic without a computable next date, or continuous


@dataclass(frozen=True, slots=True)
class Limit:
    """One obligation's limit on a given day.

    `due` is the fixed date (None for periodic, continuous and waiting ones), `next_due` the next occurrence of a
    periodic one; `days_left` counts from today to whichever there is (negative when passed); `waiting_for` are titles
    of the events without a date; `counted_from` those of all its events, `counted_dates` their dates in the same order;
    `quote` are the words of the law that set the limit; `amount` of `unit` (design §7) is how long it lasts, or its
    period.
    """

    obligation_id: str
    address: Address
    action: str
    quote: str
    kind: LimitKind
    state: LimitState
    due: JalaliDate | None
    next_due: JalaliDate | None
    days_left: int | None
    waiting_for: tuple[str, ...]
    counted_from: tuple[str, ...]
    reading: str
    alternatives: tuple[str, ...]
    conflicts: tuple[str, ...]
    responsible: tuple[str, ...]
    partners: tuple[str, ...]
    counted_dates: tuple[JalaliDate | None, ...] = ()
    amount: int | None = None
    unit: str | None = None

    @property
    def length(self) -> Length | None:
        """How long it lasts, or after how long it recurs; None where the law names no length."""
        return length(self.amount, self.unit) if self.amount and self.unit else None

    @property
    def recurs(self) -> bool:
        """Whether it has no last day."""
        return self.kind in (LimitKind.PERIODIC, LimitKind.CONTINUOUS)


class LimitBook(Protocol):
    """What answers ask of the register of obligations."""

    def limits_of(self, addresses: Iterable[Address], today: dt.date) -> Sequence[Limit]:
        """Limits that stand in any of these provisions, in the order of the register."""
        ...

    def every_limit(self, today: dt.date) -> Sequence[Limit]:
        """Limits of all provisions, in the order of the register."""
        ...


def limits_around(address: Address, book: LimitBook, corpus: Corpus, today: dt.date) -> Sequence[Limit]:
    """Limits of a provision, of what is in it and of the rest of its unit, in the order of the register.

    Where none is set there, those of the provisions that order the same (the window of the stage that repeats it), or
    of the article around it.
    """
    below = [address, *(part.address for part in corpus.descendants(address))]
    unit = [part.address for part in corpus.unit_parts(corpus.unit_of(address))]
    if limits := book.limits_of(dict.fromkeys((*below, *unit)), today):
        return limits
    repeated = dict.fromkeys(other for part in unit for other in corpus.counterparts(part))
    if repeated and (limits := book.limits_of(repeated, today)):
        return limits
    return book.limits_of([above.address for above in _orders_above(address, corpus)], today)


def _orders_above(address: Address, corpus: Corpus) -> list[Provision]:
    """The article that a row of its table stands in: «پروژه ۲» is due when the article says of all of them."""
    unit = corpus.unit_of(address)
    return [above for above in corpus.ancestors(unit) if above.kind not in CONTAINERS]


def binding(address: Address, limits: Sequence[Limit], corpus: Corpus, *, asked: bool) -> list[Limit]:
    """Those of the limits around one provision that bind it: its own, those of what orders the same, and for a list
    item those of what it is a part of.

    Where a limit was `asked` for and the provision has none, the unit's others answer. The order is kept.
    """
    own = {address, *(part.address for part in corpus.descendants(address)), *corpus.counterparts(address)}
    if corpus[address].kind in ITEMS:
        own |= {above.address for above in corpus.ancestors(address)}
    bound = [limit for limit in limits if limit.address in own]
    return bound if bound or not asked else list(limits)


def conflicting(limit: Limit, book: LimitBook, today: dt.date) -> list[Limit]:
    """Limits that other provisions set for the same duty, as they stand on that day.

    Ids of obligations are `<slug>.<eid>`, with a counter behind where a provision sets several.
    """
    places = (obligation.partition(".") for obligation in limit.conflicts)
    addresses = dict.fromkeys(Address(slug, rest.partition(".")[0]) for slug, _, rest in places)
    if not addresses:
        return []
    return [other for other in book.limits_of(addresses, today) if other.obligation_id in limit.conflicts]
