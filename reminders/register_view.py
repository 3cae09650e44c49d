"""The register as it binds one agency: which obligations, with which dates, from which day on.

Agencies without events of their own share one view of the dates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from knowledge.provisions import Corpus, Status
from reminders.anchor_events import EVERYBODY, AnchorBook
from reminders.directory import Directory
from reminders.due_dates import DueDates
from reminders.obligations import Anchor, Obligation, Register
from reminders.occurrences import Occurrence, occurrence, occurrences

__all__ = ["RegisterView"]


class RegisterView:
    """What binds whom, under the anchor dates of `book`; made anew when these change."""

    def __init__(
        self, register: Register, corpus: Corpus, directory: Directory, book: AnchorBook, switched_on: Collection[str]
    ) -> None:
        """`switched_on`: previous regulations for which an operator wants reminders all the same."""
        self.register, self.corpus, self.directory, self.book = register, corpus, directory, book
        self.obligations: Sequence[Obligation] = [o for o in register if self._is_on(o, switched_on)]
        self._dates: dict[str, DueDates] = {}
        self._bound = {o.id: directory.bound_by(o) for o in self.obligations}
        self._occurrences = lru_cache(maxsize=4096)(self._found)
        self._occurrence = lru_cache(maxsize=4096)(self._numbered)

    def _is_on(self, obligation: Obligation, switched_on: Collection[str]) -> bool:
        slug = obligation.address.regulation
        return self.corpus.regulations[slug].status is Status.IN_FORCE or slug in switched_on

    def under(self, book: AnchorBook) -> RegisterView:
        """The same register and directory as they would be with other dates on record."""
        switched_on = {o.address.regulation for o in self.obligations}
        return RegisterView(self.register, self.corpus, self.directory, book, switched_on)

    def dates(self, agency_id: str) -> DueDates:
        """Due dates as they hold for the agency."""
        scope = self.scope(agency_id)
        if scope not in self._dates:
            book = self.book
            self._dates[scope] = DueDates(self.register, self.corpus, lambda: book.dates(scope))
        return self._dates[scope]

    def scope(self, agency_id: str) -> str:
        """The agency where it has events of its own, else everybody."""
        return agency_id if agency_id in self.book.with_own_dates else EVERYBODY

    def bound(self, obligation: Obligation) -> frozenset[str]:
        """Agencies that this obligation binds."""
        return self._bound.get(obligation.id, frozenset())

    def of_agency(self, agency_id: str) -> list[Obligation]:
        """What binds the agency, in the order of the register."""
        return [o for o in self.obligations if agency_id in self._bound[o.id]]

    def occurrences(self, obligation: Obligation, scope: str, first: dt.date, last: dt.date) -> Sequence[Occurrence]:
        """Occurrences within `first`…`last` under the dates of a scope."""
        return self._occurrences(obligation.id, scope, first, last)

    def _found(self, obligation_id: str, scope: str, first: dt.date, last: dt.date) -> Sequence[Occurrence]:
        return occurrences(self.register.by_id[obligation_id], self.dates(scope), first, last)

    def occurrence(self, obligation_id: str, agency_id: str, number: str) -> Occurrence | None:
        """An occurrence by its number as it stands now for an agency; None for what does not exist."""
        return self._occurrence(obligation_id, self.scope(agency_id), number)

    def _numbered(self, obligation_id: str, scope: str, number: str) -> Occurrence | None:
        obligation = self.register.by_id.get(obligation_id)
        return None if obligation is None else occurrence(obligation, self.dates(scope), number)

    def waiting_for(self, obligation: Obligation, agency_id: str) -> tuple[Anchor, ...]:
        """Events that have no date yet, of those that the obligation's limit counts from; what lasts waits for none."""
        if obligation.lasts:
            return ()
        dates = self.dates(agency_id)
        return tuple(self.register.anchors[a] for a in obligation.anchors if dates.anchor_date(a) is None)

    def known_since(self, obligation: Obligation, agency_id: str) -> dt.datetime | None:
        """When the present date was recorded; None when the texts themselves give it."""
        revisions = self.book.revisions_of(obligation.anchors, self.scope(agency_id))
        return max((r.recorded_at for r in revisions), default=None)

    def hanging_on(self, anchor_ids: Iterable[str]) -> list[Obligation]:
        """Obligations whose date depends on any of these events."""
        wanted = set(anchor_ids)
        return [o for o in self.obligations if wanted & set(o.anchors)]
