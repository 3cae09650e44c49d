"""What the reminders ask of storage, inside one transaction that the use case owns; repositories never commit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from persiantools.jdatetime import JalaliDate

from reminders.anchor_events import EventRevision
from reminders.directory import Agency
from reminders.duty import DutyKey, DutyRecord, DutyState, Evidence, Report, ReportState
from reminders.ledger import Handed, LedgerDay, Message, MessageState, NewMessage, PlannedReminder, Reminder
from reminders.people import Invitation, Membership, MemberState, Recipient, ReminderWishes, Role

__all__ = ["Agencies", "Duties", "Events", "EvidenceFiles", "Ledger", "Members", "OpenWork", "Settings", "Work"]


class Agencies(Protocol):
    """Agencies that operators brought in."""

    async def imported(self) -> list[Agency]: ...
    async def put(self, agencies: Sequence[Agency]) -> None:
        """Stores or replaces by id."""
        ...


class Members(Protocol):
    """Memberships and invitations."""

    async def of_person(self, person_id: int) -> list[Membership]:
        """Pending and active ones."""
        ...

    async def of_agency(self, agency_id: str) -> list[Recipient]:
        """Active ones, by id."""
        ...

    async def all_active(self) -> list[Recipient]:
        """Of every agency, operators left out."""
        ...

    async def joined(self) -> Mapping[str, dt.datetime]:
        """When each agency got its first approved member, by agency id."""
        ...

    async def get(self, membership_id: int) -> Membership | None: ...

    async def ask(
        self,
        agency_id: str,
        person_id: int,
        role: Role,
        *,
        name: str,
        legal_basis: str,
        introduced_on: JalaliDate | None,
        at: dt.datetime,
    ) -> Membership | None:
        """A pending membership; None when the person already has one there, pending or active."""
        ...

    async def decide(
        self, membership_id: int, state: MemberState, *, by: int | None, at: dt.datetime, reason: str = ""
    ) -> bool:
        """From pending to active or refused, from active to ended; False when it was neither (any more)."""
        ...

    async def pending(self) -> list[Membership]: ...
    async def introductions(self, agency_id: str) -> list[Membership]:
        """Of representatives with a legal basis, active and ended ones, by id."""
        ...

    async def set_away(self, person_id: int, until: dt.date | None) -> int:
        """Memberships changed."""
        ...

    async def rename(self, person_id: int, name: str) -> int:
        """Pending and active memberships changed."""
        ...

    async def names(self, person_ids: Collection[int]) -> Mapping[int, str]:
        """What people with a pending or active membership are called; the nameless are left out."""
        ...

    async def invite(self, invitation: Invitation) -> None: ...
    async def invitation(self, digest: str) -> Invitation | None: ...
    async def invitations(self, at: dt.datetime) -> list[Invitation]:
        """Those that can still be used."""
        ...

    async def use_invitation(self, digest: str, at: dt.datetime) -> bool:
        """True for the one who used it first, in time."""
        ...

    async def revoke_invitation(self, digest: str, at: dt.datetime) -> bool: ...
    async def wishes(self, person_id: int) -> ReminderWishes: ...
    async def save_wishes(self, person_id: int, wishes: ReminderWishes) -> None: ...


class Events(Protocol):
    """Recorded dates of anchor events, and closures."""

    async def revisions(self) -> list[EventRevision]: ...
    async def add(self, revision: EventRevision) -> bool:
        """False when this revision number is taken: somebody else was faster."""
        ...

    async def closures(self) -> Mapping[dt.date, str]: ...
    async def close(self, day: dt.date, title: str) -> None: ...
    async def reopen(self, day: dt.date) -> bool: ...


class Duties(Protocol):
    """States of duties, reports with their evidence, snoozes."""

    async def of_agencies(self, agency_ids: Collection[str]) -> list[DutyRecord]: ...
    async def of_obligations(self, obligation_ids: Collection[str]) -> list[DutyRecord]: ...
    async def of_occurrences(self, wanted: Collection[tuple[str, str]]) -> list[DutyRecord]:
        """Of every agency: these occurrences, given as (obligation, number)."""
        ...

    async def of_keys(self, keys: Collection[DutyKey]) -> list[DutyRecord]:
        """What was said of these duties."""
        ...

    async def still_open(self) -> list[DutyRecord]:
        """All in the state `OPEN`."""
        ...

    async def get(self, key: DutyKey) -> DutyRecord | None: ...
    async def held(self, key: DutyKey, at: dt.datetime) -> DutyRecord:
        """What was said of a duty, which nobody else says anything of until the transaction ends."""
        ...

    async def mark(
        self,
        key: DutyKey,
        state: DutyState | None,
        *,
        by: int | None,
        at: dt.datetime,
        open_since: dt.date | None = None,
    ) -> None:
        """Sets the state (None: nothing said), keeping the assignee; the change is kept for the history."""
        ...

    async def changes(self, key: DutyKey) -> list[tuple[DutyState, dt.datetime]]:
        """Every state that was said of a duty, oldest first."""
        ...

    async def assign(self, key: DutyKey, person_id: int | None, *, by: int, at: dt.datetime) -> None: ...
    async def report(
        self, key: DutyKey, person_id: int, note: str, evidence: Sequence[Evidence], at: dt.datetime
    ) -> int:
        """The new report's id."""
        ...

    async def get_report(self, report_id: int) -> Report | None: ...
    async def reports(self, *, state: ReportState | None = None, key: DutyKey | None = None) -> list[Report]:
        """Oldest first."""
        ...

    async def confirmed(self, agency_ids: Collection[str]) -> Mapping[DutyKey, dt.datetime]:
        """When the last confirmed report of each duty came; duties without one are left out."""
        ...

    async def decide_report(
        self,
        report_id: int,
        state: ReportState,
        *,
        by: int,
        reason: str,
        at: dt.datetime,
        was: ReportState = ReportState.PENDING,
    ) -> bool:
        """False when it is not (any more) in the state in which it `was` to be."""
        ...

    async def snooze(self, person_id: int, key: DutyKey, since: dt.date, until: dt.date) -> None: ...
    async def snoozes(self, after: dt.date) -> Mapping[tuple[int, DutyKey], tuple[dt.date, dt.date]]:
        """Snoozes that end after a day: (person, duty) → (since, until)."""
        ...


class Ledger(Protocol):
    """Reminders and messages."""

    async def plan(self, reminders: Sequence[PlannedReminder], at: dt.datetime) -> int:
        """Stores those whose key is new; how many."""
        ...

    async def loose(self, limit: int) -> list[int]:
        """People with planned reminders that no message carries yet, at most `limit` of them."""
        ...

    async def gather(self, daily: Sequence[NewMessage], at: dt.datetime) -> list[int]:
        """Puts each person's loose reminders into their daily message, made if its key is new.

        Returns people whose message of that key was sent already: their reminders stay loose.
        """
        ...

    async def unfold(self, before: dt.datetime) -> int:
        """Takes the reminders out of daily messages that failed before a moment, so that they are gathered again."""
        ...

    async def withdraw(
        self, agency_id: str | None, obligation_ids: Collection[str], keep: Mapping[str, Collection[str]]
    ) -> int:
        """Takes back unsent reminders of these obligations whose due date is not among `keep[obligation]`.

        `agency_id` None: in every agency. How many.
        """
        ...

    async def add(self, messages: Sequence[NewMessage], at: dt.datetime) -> int:
        """Stores those whose key is new; how many."""
        ...

    async def claim(
        self, now: dt.datetime, limit: int, lease_until: dt.datetime, platforms: Collection[str]
    ) -> list[Message]:
        """Due messages to people of these platforms who can be reached, the longest waiting first.

        They are ours until the lease ends.
        """
        ...

    async def release(self, ids: Sequence[int], try_at: dt.datetime) -> None:
        """Gives claimed messages back untried: they may be claimed again from `try_at`."""
        ...

    async def start(self, message_ids: Collection[int], at: dt.datetime) -> Collection[int]:
        """The sending of these begins: from here a crash may mean a duplicate. Those that are still ours."""
        ...

    async def delivered(self, handed: Sequence[Handed]) -> None: ...
    async def put_off(
        self, message_id: int, state: MessageState, try_at: dt.datetime, tries: int, reason: str, maybe_twice: bool
    ) -> None:
        """After a try that failed: `RETRY_AT`, `FAILED` or `WITHDRAWN`."""
        ...

    async def blocked(self, message_id: int, person_id: int, at: dt.datetime) -> None:
        """The person cannot be reached: this and all their waiting messages are `BLOCKED`, and so are they."""
        ...

    async def sweep(self, now: dt.datetime) -> tuple[int, int]:
        """Returns messages whose lease ended to `DUE`; how many, and how many of them may have been sent."""
        ...

    async def next_due(self) -> dt.datetime | None:
        """When the next message may be tried; None when none waits."""
        ...

    async def day(self, first: dt.datetime, last: dt.datetime, day: dt.date) -> LedgerDay:
        """Messages whose time lies in `first` ≤ time < `last`."""
        ...

    async def failed(self, since: dt.datetime) -> list[tuple[int, int, str]]:
        """(message, person, reason) of failed messages."""
        ...

    async def history(self, key: DutyKey) -> list[tuple[Reminder, MessageState | None, dt.datetime | None]]:
        """Every reminder of a duty with its message's state and time of delivery."""
        ...

    async def add_broadcast(self, text: str, audience: Mapping[str, Any], by: int, at: dt.datetime) -> int: ...
    async def broadcast(self, broadcast_id: int) -> tuple[str, Mapping[str, Any], str] | None:
        """Text, audience, state (draft, sending, stopped)."""
        ...

    async def set_broadcast(self, broadcast_id: int, state: str, from_state: str) -> bool: ...
    async def broadcast_progress(self, broadcast_id: int) -> Mapping[str, int]:
        """Its messages by state."""
        ...

    async def stop_broadcast(self, broadcast_id: int) -> int:
        """Withdraws what was not sent yet; how many."""
        ...

    async def everybody(self) -> list[int]:
        """Ids of all people who can be reached."""
        ...


class Settings(Protocol):
    """What the instance remembers, and people's calendar feeds."""

    async def get(self, name: str) -> Mapping[str, Any] | None: ...
    async def put(self, name: str, value: Mapping[str, Any]) -> None: ...
    async def add_feed(self, digest: str, person_id: int, at: dt.datetime) -> None: ...
    async def revoke_feeds(self, person_id: int) -> int: ...
    async def feed_owner(self, digest: str) -> int | None: ...


class EvidenceFiles(Protocol):
    """Bytes of evidence, kept under their SHA-256."""

    async def keep(self, content: bytes) -> str:
        """The hex digest, after the bytes are safely on the disk."""
        ...

    async def read(self, sha256: str) -> bytes | None: ...

    async def holds(self, sha256: str) -> bool:
        """Whether the bytes are (still) kept: what was in no report for long is not."""
        ...


class Work(Protocol):
    """Everything in one transaction."""

    @property
    def agencies(self) -> Agencies: ...
    @property
    def members(self) -> Members: ...
    @property
    def events(self) -> Events: ...
    @property
    def duties(self) -> Duties: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def settings(self) -> Settings: ...


OpenWork = Callable[[], AbstractAsyncContextManager[Work]]
"""Opens a transaction: commits when the block ends, changes nothing when it raises."""
