"""Tables of the reminders: agencies and their people, anchor events, duties and their evidence, the reminder ledger.

Jalali dates that are compared with law are kept as "1406-02-15" (they sort as text), moments as UTC.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import CleanText, Name
from storage.models import Base

__all__ = [
    "AgencyRow",
    "BroadcastRow",
    "CalendarFeedRow",
    "ClosureRow",
    "DutyChangeRow",
    "DutyStateRow",
    "EventRow",
    "EvidenceRow",
    "InvitationRow",
    "MembershipRow",
    "MessageRow",
    "ReminderRow",
    "ReminderSettingRow",
    "ReportRow",
    "SnoozeRow",
]

_Key = BigInteger().with_variant(Integer, "sqlite")
_Jalali = String(10)
_Lead = String(20)
_LIVE = text("state IN ('pending', 'active')")
_WAITING = text("state IN ('due', 'retry_at')")
_LOOSE = text("message_id IS NULL AND state = 'planned'")


class AgencyRow(Base):
    """An agency that operators brought in by a file; bodies that the texts name need no row."""

    __tablename__ = "agencies"

    id: Mapped[str] = mapped_column(Name, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    aliases: Mapped[list[Any]] = mapped_column(JSON)
    parent: Mapped[str] = mapped_column(Name)
    classes: Mapped[list[Any]] = mapped_column(JSON)


class MembershipRow(Base):
    """Somebody's place in an agency (the operators' in the agency "")."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index("uq_memberships_live", "agency_id", "person_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index(None, "person_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(_Key, primary_key=True)
    agency_id: Mapped[str] = mapped_column(Name)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(Name)
    state: Mapped[str] = mapped_column(Name)
    name: Mapped[str] = mapped_column(CleanText)
    legal_basis: Mapped[str] = mapped_column(CleanText)
    introduced_on: Mapped[str | None] = mapped_column(_Jalali)
    requested_at: Mapped[dt.datetime]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None]
    reason: Mapped[str] = mapped_column(CleanText)
    away_until: Mapped[dt.date | None] = mapped_column(Date)


class InvitationRow(Base):
    """A link that makes its first user a member; only the digest of its secret is kept."""

    __tablename__ = "invitations"

    digest: Mapped[str] = mapped_column(Name, primary_key=True)
    agency_id: Mapped[str] = mapped_column(Name)
    role: Mapped[str] = mapped_column(Name)
    legal_basis: Mapped[str] = mapped_column(CleanText)
    introduced_on: Mapped[str | None] = mapped_column(_Jalali)
    made_by: Mapped[int | None]
    made_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]


class EventRow(Base):
    """One revision of an anchor event's date; the newest revision counts, no date means withdrawn."""

    __tablename__ = "anchor_events"
    __table_args__ = (UniqueConstraint("anchor_id", "agency_id", "revision"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(_Key, primary_key=True)
    anchor_id: Mapped[str] = mapped_column(Name)
    agency_id: Mapped[str] = mapped_column(Name)
    revision: Mapped[int] = mapped_column(Integer)
    date: Mapped[str | None] = mapped_column(_Jalali)
    note: Mapped[str] = mapped_column(CleanText)
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[int]


class DutyStateRow(Base):
    """Where one occurrence of an obligation stands in one agency; no row: nothing was said yet."""

    __tablename__ = "duty_states"
    __table_args__ = (Index(None, "obligation_id"), Index(None, "state"))

    agency_id: Mapped[str] = mapped_column(Name, primary_key=True)
    obligation_id: Mapped[str] = mapped_column(Name, primary_key=True)
    occurrence: Mapped[str] = mapped_column(Name, primary_key=True)
    state: Mapped[str] = mapped_column(Name)
    open_since: Mapped[dt.date | None] = mapped_column(Date)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[dt.datetime]
    changed_by: Mapped[int | None]


class DutyChangeRow(Base):
    """One word that was said of a duty; `duty_states` has the last one."""

    __tablename__ = "duty_changes"
    __table_args__ = (Index(None, "agency_id", "obligation_id", "occurrence"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(_Key, primary_key=True)
    agency_id: Mapped[str] = mapped_column(Name)
    obligation_id: Mapped[str] = mapped_column(Name)
    occurrence: Mapped[str] = mapped_column(Name)
    state: Mapped[str] = mapped_column(Name)
    changed_at: Mapped[dt.datetime]


class ReportRow(Base):
    """Somebody says that an obligation is met; an operator confirms or returns it."""

    __tablename__ = "reports"
    __table_args__ = (
        Index(None, "state"),
        Index(None, "agency_id", "obligation_id", "occurrence"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(_Key, primary_key=True)
    agency_id: Mapped[str] = mapped_column(Name)
    obligation_id: Mapped[str] = mapped_column(Name)
    occurrence: Mapped[str] = mapped_column(Name)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    note: Mapped[str] = mapped_column(CleanText)
    state: Mapped[str] = mapped_column(Name)
    reported_at: Mapped[dt.datetime]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None]
    reason: Mapped[str] = mapped_column(CleanText)


class EvidenceRow(Base):
    """A photo or file that proves a report, stored under its SHA-256."""

    __tablename__ = "evidence"
    __table_args__ = (Index(None, "report_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(_Key, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    kind: Mapped[str] = mapped_column(Name)
    file_name: Mapped[str] = mapped_column(CleanText)
    media_type: Mapped[str] = mapped_column(Name)
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(Name)
    kept_at: Mapped[dt.datetime]


class SnoozeRow(Base):
    """A person's wish not to hear of a duty until a day."""

    __tablename__ = "snoozes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    agency_id: Mapped[str] = mapped_column(Name, primary_key=True)
    obligation_id: Mapped[str] = mapped_column(Name, primary_key=True)
    occurrence: Mapped[str] = mapped_column(Name, primary_key=True)
    since: Mapped[dt.date] = mapped_column(Date)
    until: Mapped[dt.date] = mapped_column(Date)


class MessageRow(Base):
    """One message to one person, with its state; what a second run would make again has the same `key`."""

    __tablename__ = "outgoing_messages"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_outgoing_messages_waiting", "try_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index(None, "state", "lease_until"),
        Index(None, "send_at"),
        Index(None, "person_id"),
        Index(None, "broadcast_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(_Key, primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(Name)
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(Name)
    send_at: Mapped[dt.datetime]
    try_at: Mapped[dt.datetime]
    tries: Mapped[int] = mapped_column(Integer)
    lease_until: Mapped[dt.datetime | None]
    started_at: Mapped[dt.datetime | None]
    maybe_twice: Mapped[int] = mapped_column(Integer)
    delivered_at: Mapped[dt.datetime | None]
    platform_message_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    broadcast_id: Mapped[int | None]
    created_at: Mapped[dt.datetime]


class ReminderRow(Base):
    """One reminder: a person, an agency's obligation, its occurrence, its due date and how long before."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint(
            "person_id", "agency_id", "obligation_id", "occurrence", "due", "lead", name="uq_reminders_key"
        ),
        Index("ix_reminders_loose", "person_id", sqlite_where=_LOOSE, postgresql_where=_LOOSE),
        Index(None, "message_id"),
        Index(None, "obligation_id", "agency_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(_Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    agency_id: Mapped[str] = mapped_column(Name)
    obligation_id: Mapped[str] = mapped_column(Name)
    occurrence: Mapped[str] = mapped_column(Name)
    due: Mapped[str] = mapped_column(_Jalali)
    lead: Mapped[str] = mapped_column(_Lead)
    day: Mapped[dt.date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(Name)
    message_id: Mapped[int | None]
    planned_at: Mapped[dt.datetime]


class ClosureRow(Base):
    """A day on which offices are closed although no calendar says so."""

    __tablename__ = "closures"

    day: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    title: Mapped[str] = mapped_column(CleanText)


class BroadcastRow(Base):
    """One text of the operators to many."""

    __tablename__ = "broadcasts"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(_Key, primary_key=True)
    text: Mapped[str] = mapped_column(CleanText)
    audience: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(Name)
    made_by: Mapped[int]
    made_at: Mapped[dt.datetime]


class CalendarFeedRow(Base):
    """A secret address of a person's calendar; only its digest is kept."""

    __tablename__ = "calendar_feeds"
    __table_args__ = (Index(None, "person_id"),)

    digest: Mapped[str] = mapped_column(Name, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[dt.datetime]


class ReminderSettingRow(Base):
    """What this instance remembers about planning: how far it has planned, which regulations are on."""

    __tablename__ = "reminder_settings"

    name: Mapped[str] = mapped_column(Name, primary_key=True)
    value: Mapped[dict[str, Any]]
