"""Who acts for an agency, in which role, and what each may do. The operators are the people of the agency ""."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from persiantools.jdatetime import JalaliDate

from reminders.refusals import FinalRefusedError

__all__ = [
    "OPERATORS",
    "Invitation",
    "MemberState",
    "Membership",
    "Recipient",
    "ReminderWishes",
    "Role",
    "acts_for_any",
    "is_operator",
    "may_act_for",
    "recipients",
    "require_member",
    "require_operator",
]

OPERATORS: Final = ""


class Role(StrEnum):
    """What somebody is in an agency. The head gets escalations only."""

    REPRESENTATIVE = "representative"
    DEPUTY = "deputy"
    HEAD = "head"
    OPERATOR = "operator"


class MemberState(StrEnum):
    """From asking to leaving."""

    PENDING = "pending"
    ACTIVE = "active"
    REFUSED = "refused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Membership:
    """One person's place in one agency. `introduced_on` and `legal_basis` are the letter's, as the person gave them."""

    id: int
    agency_id: str
    person_id: int
    role: Role
    state: MemberState
    name: str
    legal_basis: str
    introduced_on: JalaliDate | None
    requested_at: dt.datetime
    decided_at: dt.datetime | None = None
    away_until: dt.date | None = None

    @property
    def is_operator(self) -> bool:
        """Whether its person is an operator now."""
        return self.state is MemberState.ACTIVE and self.role is Role.OPERATOR

    @property
    def acts_for_agency(self) -> bool:
        """Whether its person may act for its agency now; operators act for none."""
        return self.state is MemberState.ACTIVE and self.agency_id != OPERATORS

    def is_away(self, day: dt.date) -> bool:
        return self.away_until is not None and day <= self.away_until


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link gives its first user. `digest` stands for the secret in the link, which is not kept."""

    digest: str
    agency_id: str
    role: Role
    legal_basis: str
    introduced_on: JalaliDate | None
    made_by: int | None
    made_at: dt.datetime
    expires_at: dt.datetime
    used_at: dt.datetime | None = None
    revoked_at: dt.datetime | None = None

    def is_usable(self, at: dt.datetime) -> bool:
        return self.used_at is None and self.revoked_at is None and at < self.expires_at


@dataclass(frozen=True, slots=True)
class ReminderWishes:
    """A person's own settings. `leads` None: the instance's. Hours of the day in Tehran, `from_hour` < `to_hour`."""

    leads: tuple[int, ...] | None = None
    from_hour: int | None = None
    to_hour: int | None = None
    any_day: bool = False
    since: dt.date | None = None

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> ReminderWishes:
        """From the person's settings; what cannot be understood counts as not said."""
        kept = settings.get("reminders")
        if not isinstance(kept, Mapping):
            return cls()
        leads, hours, since = kept.get("leads"), kept.get("hours"), kept.get("since")
        fine = isinstance(hours, Sequence) and len(hours) == 2 and all(isinstance(h, int) for h in hours)
        return cls(
            leads=tuple(sorted({int(n) for n in leads}, reverse=True)) if isinstance(leads, list) else None,
            from_hour=hours[0] if fine and hours else None,
            to_hour=hours[1] if fine and hours else None,
            any_day=kept.get("any_day") is True,
            since=dt.date.fromisoformat(since) if isinstance(since, str) else None,
        )

    def as_settings(self) -> dict[str, Any]:
        """What `of` reads back."""
        return {
            "leads": list(self.leads) if self.leads is not None else None,
            "hours": [self.from_hour, self.to_hour] if self.from_hour is not None else None,
            "any_day": self.any_day,
            "since": self.since.isoformat() if self.since else None,
        }


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member together with what sending needs to know of the person."""

    membership: Membership
    wishes: ReminderWishes
    blocked: bool


def recipients(members: Iterable[Recipient], day: dt.date, assignee: int | None = None) -> list[Recipient]:
    """Who is reminded on a day: the assignee, else the representatives; for who is away or blocked, the deputies.

    Never nobody while somebody of the agency can be reached: then whoever is there; heads last.
    """
    here = [m for m in members if not m.blocked]
    present = [m for m in here if not m.membership.is_away(day)]
    chosen = [m for m in present if m.membership.person_id == assignee] if assignee is not None else []
    if chosen:
        return chosen
    for role in (Role.REPRESENTATIVE, Role.DEPUTY):
        if found := [m for m in present if m.membership.role is role]:
            return found
    return [m for m in here if m.membership.role is not Role.HEAD] or here


def may_act_for(memberships: Iterable[Membership], agency_id: str) -> bool:
    """Whether these memberships of one person let them act for the agency now."""
    return any(m.acts_for_agency and m.agency_id == agency_id for m in memberships)


def acts_for_any(memberships: Iterable[Membership]) -> bool:
    """Whether these memberships of one person let them act for some agency now."""
    return any(m.acts_for_agency for m in memberships)


def is_operator(memberships: Iterable[Membership]) -> bool:
    """Whether these memberships of one person make them an operator now."""
    return any(m.is_operator for m in memberships)


def require_member(memberships: Iterable[Membership], agency_id: str) -> None:
    """RefusedError unless the person acts for the agency now."""
    if not may_act_for(memberships, agency_id):
        raise FinalRefusedError("remind-not-your-agency")


def require_operator(memberships: Iterable[Membership]) -> None:
    """RefusedError unless the person is an operator now."""
    if not is_operator(memberships):
        raise FinalRefusedError("remind-operators-only")
