"""What the surveys ask of storage, inside one transaction that the use case owns; repositories never commit."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from surveys.case import Case, CaseFilter, CaseStep, Colleague, KeptAnswer, KeptKind
from surveys.events import Event
from surveys.responses import Response, Standing
from surveys.services import Service
from surveys.staff_rights import StaffRights
from surveys.tallies import TallyRow

__all__ = [
    "AgencyDirectory",
    "Cases",
    "Events",
    "FirstAnswer",
    "FirstAnswers",
    "Notices",
    "OpenDirectory",
    "OpenSurveyWork",
    "Responses",
    "Services",
    "Staff",
    "SurveyWork",
    "Tallies",
]


class KnownAgency(Protocol):
    """An agency of the directory."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class FoundAgency(Protocol):
    """One whose name resembles the words."""

    @property
    def agency(self) -> KnownAgency: ...


class AgencyDirectory(Protocol):
    """The agencies that have people here."""

    def get(self, agency_id: str) -> KnownAgency | None: ...

    def named(self, name: str) -> Sequence[KnownAgency]:
        """All that bear this very name or alias; several where texts call two bodies alike."""
        ...

    def find(self, words: str, limit: int = 8) -> Sequence[FoundAgency]:
        """By name with typos, the best first."""
        ...


OpenDirectory = Callable[[], Awaitable[AgencyDirectory]]
"""The directory as it stands now."""


class FindsServices(Protocol):
    """One service at a time."""

    async def get(self, service_id: str) -> Service | None: ...


class KnowsServices(Protocol):
    """Whatever looks services up: a transaction, or what shares lookups between people."""

    @property
    def services(self) -> FindsServices: ...


class Services(FindsServices, Protocol):
    """The catalogue."""

    async def all(self) -> list[Service]:
        """Inactive ones too, by id."""
        ...

    async def put(self, services: Sequence[Service]) -> None:
        """Stores or replaces by id."""
        ...


class Responses(Protocol):
    """Responses and who opened a survey."""

    async def opened(self, once: str, service_id: str, period_ends: dt.date) -> bool:
        """True the first time this person opens this service's survey in this period."""
        ...

    async def find(self, once: str, *, lock: bool = False) -> Response | None:
        """Locked, others wait until this transaction has ended."""
        ...

    async def by_code(self, code: str) -> Response | None: ...
    async def get(self, response_id: int, *, lock: bool = False) -> Response | None: ...

    async def save(self, response: Response) -> None: ...

    async def busy(
        self, since: dt.datetime, until: dt.datetime, window: dt.timedelta, at_least: int
    ) -> list[tuple[str, dt.datetime, int]]:
        """(service, start of the window, responses) of windows counted from the Unix epoch with `at_least` or more."""
        ...

    async def counted_since(self, since: dt.datetime) -> Mapping[str, int]:
        """Responses of each service since then, by service id."""
        ...

    async def counted_in(self, service_id: str, first: dt.datetime, last: dt.datetime) -> list[Response]:
        """Locked responses of `first` ≤ time < `last` that count."""
        ...

    async def tireless(self, since: dt.datetime, more_than: int) -> list[Response]:
        """Locked counted responses since then of people who gave more than so many."""
        ...

    async def standing(self, standing: Standing, limit: int) -> list[Response]: ...

    def stream(
        self, service_ids: Collection[str] | None, months: Sequence[str] | None
    ) -> AsyncIterator[list[Response]]:
        """All responses in batches, by id; memory does not grow with their number."""
        ...


class Tallies(Protocol):
    """Counts by service, Jalali month, channel, question and value."""

    async def add(
        self, service_id: str, month: str, channel: str, changes: Mapping[tuple[str, str], int], *, spread: int
    ) -> None:
        """`spread` is any number that differs between people: it lets PostgreSQL count without one queue."""
        ...

    async def rows(self, service_ids: Collection[str], months: Sequence[str]) -> list[TallyRow]:
        """Summed over channels, by service, month, question and value."""
        ...

    async def by_channel(self, service_ids: Collection[str], months: Sequence[str]) -> list[TallyRow]:
        """Summed over services and months, by channel."""
        ...

    async def by_service(
        self, months: Sequence[str], *, question: str | None = None, part: Literal["month", "channel"] | None = None
    ) -> list[TallyRow]:
        """Of every service, all questions or one, summed over months and channels but for `part`."""
        ...


class Events(Protocol):
    """The outbox."""

    async def add(self, event: Event) -> None: ...


class Cases(Protocol):
    """Cases with their history and what was kept of their answers."""

    async def add(self, case: Case) -> Case:
        """With its id."""
        ...

    async def get(self, case_id: int, *, lock: bool = False) -> Case | None: ...
    async def of_response(self, response_id: int, *, lock: bool = False) -> Case | None: ...
    async def of_question(self, question_id: int) -> Case | None: ...
    async def by_code(self, code: str) -> Case | None: ...
    async def save(self, case: Case) -> None: ...
    async def add_step(self, step: CaseStep) -> None: ...
    async def steps(self, case_id: int) -> list[CaseStep]: ...
    async def search(self, wanted: CaseFilter) -> list[Case]:
        """By due time, then by id."""
        ...

    async def delivered_outcomes(self, limit: int) -> list[int]:
        """Ids of answered cases whose message has reached the person and which nobody marked as told yet."""
        ...

    async def overdue(self, now: dt.datetime, limit: int) -> list[Case]:
        """Locked cases that are not closed and whose `remind_at` has passed."""
        ...

    async def keep(self, kept: KeptAnswer) -> KeptAnswer: ...
    async def kept(self, state: str) -> list[KeptAnswer]:
        """In the order in which they were proposed."""
        ...

    async def kept_of(self, case_id: int) -> set[tuple[KeptKind, str, str]]:
        """(kind, address, text) of what was proposed of a case and was not refused."""
        ...

    async def decide_kept(self, kept_id: int, state: str) -> bool: ...


class Staff(Protocol):
    """Who is told of cases."""

    async def present(self, agency_id: str, day: dt.date) -> list[int]:
        """Person ids of an agency's representatives, of "" of the operators, who are not away on the day.

        All of them when all are away; empty when nobody joined.
        """
        ...

    async def heads(self, agency_id: str) -> list[int]:
        """Person ids of an agency's heads who can be reached."""
        ...

    async def named(self, agency_id: str) -> list[Colleague]:
        """The people of `present` with their names and by these, away or not."""
        ...

    async def rights(self, person_id: int) -> StaffRights:
        """What this person may do now; nothing for a stranger."""
        ...


class Notices(Protocol):
    """Messages to be sent by the delivery worker, written with the change that caused them."""

    async def put(self, key: str, person_id: int, kind: str, payload: Mapping[str, Any], at: dt.datetime) -> None:
        """The same key is never stored twice."""
        ...

    async def unlink(self, key: str) -> None:
        """Nothing tells any more what this message was about; sent or not, it is over."""
        ...


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """A response that is new, the event that tells of it (None: nobody is told) and what it adds to the counts.

    `spread` as `Tallies.add` has it.
    """

    response: Response
    event: Event | None
    counts: Mapping[tuple[str, str], int]
    spread: int


class FirstAnswers(KnowsServices, Protocol):
    """First answers, each stored whole or not at all; no part of a transaction of the caller's.

    Those of the same moment may share one, so that hundreds at once are served.
    """

    async def give(self, first: FirstAnswer) -> Response | None:
        """The stored response with its id; None when its `once` is there already."""
        ...


class SurveyWork(Protocol):
    """Everything in one transaction."""

    @property
    def services(self) -> Services: ...
    @property
    def responses(self) -> Responses: ...
    @property
    def tallies(self) -> Tallies: ...
    @property
    def events(self) -> Events: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def staff(self) -> Staff: ...
    @property
    def notices(self) -> Notices: ...


OpenSurveyWork = Callable[[], AbstractAsyncContextManager[SurveyWork]]
"""Opens a transaction: commits when the block ends, changes nothing when it raises."""
