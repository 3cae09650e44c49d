"""Dates of anchor events as operators recorded them: every revision, and what counts now.

An event holds for everybody, or for one agency (its own «اعلام نظر سازمان»); an agency's own goes
before the common one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from persiantools.jdatetime import JalaliDate

__all__ = ["EVERYBODY", "AnchorBook", "EventRevision"]

#: The agency id of an event that holds for all agencies.
EVERYBODY: Final = ""


@dataclass(frozen=True, slots=True)
class EventRevision:
    """One recording, correction (revision > 1) or withdrawal (`date` None) of an event's date."""

    anchor_id: str
    agency_id: str
    revision: int
    date: JalaliDate | None
    note: str
    recorded_at: dt.datetime
    recorded_by: int


class AnchorBook:
    """What is on record. `dates` is what `DueDates` asks for; the book can be replaced while others hold it."""

    def __init__(self, revisions: Iterable[EventRevision] = ()) -> None:
        self._history: dict[tuple[str, str], list[EventRevision]] = {}
        self._dates: dict[str, dict[str, JalaliDate | None]] = {}
        self._with_own_dates: frozenset[str] = frozenset()
        self.replace(revisions)

    def replace(self, revisions: Iterable[EventRevision]) -> None:
        """Forgets what it held and takes these, in any order."""
        history: dict[tuple[str, str], list[EventRevision]] = {}
        for revision in sorted(revisions, key=lambda r: r.revision):
            history.setdefault((revision.anchor_id, revision.agency_id), []).append(revision)
        self._history, self._dates = history, {}
        self._with_own_dates = frozenset(agency for _, agency in history if agency != EVERYBODY)

    def __call__(self) -> Mapping[str, JalaliDate | None]:
        return self.dates(EVERYBODY)

    def dates(self, agency_id: str) -> Mapping[str, JalaliDate | None]:
        """Recorded dates by anchor id as they hold for this agency."""
        if agency_id not in self._dates:
            found = {a: rows[-1].date for (a, agency), rows in self._history.items() if agency == EVERYBODY}
            if agency_id != EVERYBODY:
                found |= {a: rows[-1].date for (a, agency), rows in self._history.items() if agency == agency_id}
            self._dates[agency_id] = found
        return self._dates[agency_id]

    @property
    def with_own_dates(self) -> frozenset[str]:
        """Agencies for which an event of their own was recorded."""
        return self._with_own_dates

    def history(self, anchor_id: str, agency_id: str = EVERYBODY) -> Sequence[EventRevision]:
        """Every revision, oldest first; empty when nothing was recorded."""
        return tuple(self._history.get((anchor_id, agency_id), ()))

    def with_date(self, revision: EventRevision) -> AnchorBook:
        """A book that also holds this revision."""
        return AnchorBook([*(r for rows in self._history.values() for r in rows), revision])

    def revisions_of(self, anchors: Iterable[str], agency_id: str) -> list[EventRevision]:
        """All revisions that an obligation's date in this agency ever hung on, oldest first."""
        scopes = (EVERYBODY,) if agency_id == EVERYBODY else (EVERYBODY, agency_id)
        found = [r for a in anchors for scope in scopes for r in self._history.get((a, scope), ())]
        return sorted(found, key=lambda r: (r.recorded_at, r.revision))

    def as_of(self, moment: dt.datetime, agency_id: str) -> Mapping[str, JalaliDate | None]:
        """What was on record just before a moment: the dates that held until then."""
        earlier = AnchorBook(r for rows in self._history.values() for r in rows if r.recorded_at < moment)
        return earlier.dates(agency_id)
