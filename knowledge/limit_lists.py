"""Lists of limits over all texts, as they stand on a day: those ahead, those that wait for an event, those that passed.

How people ask for them is `knowledge.limit_queries`' business.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from persiantools.jdatetime import JalaliDate

from knowledge.limits import Length, Limit, LimitBook, LimitKind, LimitState
from knowledge.provisions import Corpus, Status
from knowledge.time_windows import Window

__all__ = ["BEYOND", "LimitGroup", "LimitQuery", "Standing", "Wanted", "asked_limits", "listed_limits"]

#: Limits before or after a span in which there are none: the nearest ones, so that nobody leaves empty-handed.
BEYOND_MAX = 3


class Wanted(StrEnum):
    """Which limits a question is after, by how they stand."""

    EVERY = "every"
    AHEAD = "ahead"
    PASSED = "passed"
    WAITING = "waiting"
    RECURRING = "recurring"


@dataclass(frozen=True, slots=True)
class LimitQuery:
    """What a list holds: limits in a state, within a span of days (None: any), of texts (slugs; empty: all in force),
    of one body (its official name; None: all), that last or recur so long (None: any).
    """

    wanted: Wanted
    window: Window | None = None
    regulations: tuple[str, ...] = ()
    actor: str | None = None
    length: Length | None = None


class Standing(StrEnum):
    """Parts of a list, each under a title of its own."""

    AHEAD = "ahead"
    LATER = "later"  # after the span that was asked for, which holds none
    EARLIER = "earlier"  # before it, where none comes after it either
    WAITING = "waiting"
    RECURRING = "recurring"
    PASSED = "passed"


#: What is only offered, since nothing is as it was asked for.
BEYOND = frozenset({Standing.LATER, Standing.EARLIER})


@dataclass(frozen=True, slots=True)
class LimitGroup:
    """Limits that stand alike, those of nearest date first."""

    standing: Standing
    limits: tuple[Limit, ...]


def asked_limits(
    query: LimitQuery, book: LimitBook, corpus: Corpus, today: dt.date
) -> tuple[LimitQuery, list[LimitGroup]]:
    """The query and its limits; of the superseded texts where these have such limits and no text in force has any."""
    groups = listed_limits(query, book, corpus, today)
    if query.regulations or _has_any(groups):
        return query, groups
    previous = tuple(one.slug for one in corpus.regulations.values() if one.status is Status.PREVIOUS)
    of_previous = replace(query, regulations=previous)
    earlier = listed_limits(of_previous, book, corpus, today) if previous else []
    return (of_previous, earlier) if _has_any(earlier) else (query, groups)


def _has_any(groups: Iterable[LimitGroup]) -> bool:
    return any(group.standing not in BEYOND for group in groups)


def listed_limits(query: LimitQuery, book: LimitBook, corpus: Corpus, today: dt.date) -> list[LimitGroup]:
    """The limits of a query as they stand on a day: those ahead by nearness, then those that wait for an event, those
    that recur without a date, and those that passed, the latest first. Groups without limits are left out.
    """
    day = JalaliDate(today)
    limits = [limit for limit in book.every_limit(today) if _of_query(limit, query, corpus)]
    if query.window is not None:
        return _within(query, query.window, _as_of(limits, query, book, day), day)
    groups = {
        Standing.AHEAD: _by_date(limit for limit in limits if limit.state in _STANDS_AHEAD),
        Standing.WAITING: [limit for limit in limits if limit.state is LimitState.WAITING],
        Standing.RECURRING: [limit for limit in limits if limit.state is LimitState.RECURRING],
        Standing.PASSED: _by_date(limit for limit in limits if limit.state is LimitState.PASSED)[::-1],
    }
    match query.wanted:
        case Wanted.AHEAD:
            wanted = [Standing.AHEAD, Standing.WAITING]
        case Wanted.RECURRING:
            groups[Standing.AHEAD] = [one for one in groups[Standing.AHEAD] if one.kind is LimitKind.PERIODIC]
            wanted = [Standing.AHEAD, Standing.RECURRING]
        case Wanted.EVERY:
            wanted = list(groups)
        case _:
            wanted = [Standing(query.wanted.value)]
    return [LimitGroup(standing, tuple(groups[standing])) for standing in wanted if groups[standing]]


_STANDS_AHEAD = (LimitState.TODAY, LimitState.UPCOMING)


def _of_query(limit: Limit, query: LimitQuery, corpus: Corpus) -> bool:
    """Limits of a superseded text are listed only where it is named: nobody can keep them any more."""
    slug = limit.address.regulation
    in_force = corpus.regulations[slug].status is not Status.PREVIOUS
    named = slug in query.regulations if query.regulations else in_force
    of_actor = query.actor is None or query.actor in limit.responsible
    return named and of_actor and (query.length is None or query.length == limit.length)


def _as_of(limits: Sequence[Limit], query: LimitQuery, book: LimitBook, today: JalaliDate) -> list[Limit]:
    """Periodic limits with their first date in a span that begins later than today."""
    window = query.window
    if window is None or window.since <= today:
        return list(limits)
    days = (window.since - today).days
    then = {limit.obligation_id: limit for limit in book.every_limit(window.since.to_gregorian())}
    moved = []
    for limit in limits:
        later = then[limit.obligation_id]
        if limit.next_due is None or later.next_due is None or later.days_left is None:
            moved.append(limit)
        else:
            moved.append(replace(limit, next_due=later.next_due, days_left=later.days_left + days))
    return moved


def _within(query: LimitQuery, window: Window, limits: Sequence[Limit], today: JalaliDate) -> list[LimitGroup]:
    """What falls into the span, or else what comes next, or else what went before. Of a body also what has no date."""
    dated = _by_date(limits)
    if query.wanted is Wanted.RECURRING:
        dated = [limit for limit in dated if limit.kind is LimitKind.PERIODIC]
    ahead = [limit for limit in dated if _date(limit) >= today and query.wanted is not Wanted.PASSED]
    passed = [limit for limit in dated if _date(limit) < today and query.wanted in (Wanted.EVERY, Wanted.PASSED)]
    groups = {
        Standing.AHEAD: [limit for limit in ahead if window.holds(_date(limit))],
        Standing.PASSED: [limit for limit in passed if window.holds(_date(limit))],
    }
    if not any(groups.values()):
        groups[Standing.LATER] = [limit for limit in ahead if _date(limit) > window.until][:BEYOND_MAX]
    if query.actor is not None and query.wanted is not Wanted.PASSED and window.until >= today:
        groups[Standing.WAITING] = [limit for limit in limits if limit.state is LimitState.WAITING]
        groups[Standing.RECURRING] = [limit for limit in limits if limit.state is LimitState.RECURRING]
    if not any(groups.values()):
        groups[Standing.EARLIER] = passed[::-1][:BEYOND_MAX]
    return [LimitGroup(standing, tuple(some)) for standing, some in groups.items() if some]


def _by_date(limits: Iterable[Limit]) -> list[Limit]:
    return sorted(
        (limit for limit in limits if limit.due or limit.next_due),
        key=lambda limit: (_date(limit), limit.obligation_id),
    )


def _date(limit: Limit) -> JalaliDate:
    """The date of a limit that has one."""
    date = limit.due or limit.next_due
    if date is None:
        raise ValueError(f"{limit.obligation_id} has no date")
    return date
