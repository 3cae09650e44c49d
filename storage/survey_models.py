"""Tables of the surveys: services, responses and their counts, cases, the outbox and what became of its events.

Days are plain dates, Jalali months and periods text that sorts ("1405-08"). Nothing here but `cases.person_id` leads to
a person, and that is cut when the case closes; `asker` and `once` are keyed hashes (`surveys.responses`).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import CleanText, Name
from storage.models import Base

__all__ = [
    "CaseRow",
    "CaseStepRow",
    "DeliveryRow",
    "KeptAnswerRow",
    "OpeningRow",
    "OutboxRow",
    "ResponseRow",
    "ServiceRow",
    "TallyCountRow",
    "TargetRow",
]

_Key = BigInteger().with_variant(Integer, "sqlite")
_Month = String(10)
_TIMED = text("answered_at IS NOT NULL")
_UNSENT = text("positioned = false")
_WAITING = text("state = 'waiting'")
_RETRYING = text("state = 'waiting' AND tries > 0")
_OPEN = text("state <> 'closed'")
_HELD = text("standing = 'held'")


class ServiceRow(Base):
    """A public service by its unique id."""

    __tablename__ = "services"

    id: Mapped[str] = mapped_column(Name, primary_key=True)
    title: Mapped[str] = mapped_column(CleanText)
    agency: Mapped[str] = mapped_column(CleanText)
    agency_id: Mapped[str] = mapped_column(Name)
    parent: Mapped[str] = mapped_column(Name)
    active: Mapped[bool]
    channels: Mapped[list[Any]] = mapped_column(JSON)
    aliases: Mapped[list[Any]] = mapped_column(JSON)


class OpeningRow(Base):
    """Somebody opened a service's survey in a period; deleted when the period has ended."""

    __tablename__ = "survey_openings"
    __table_args__ = (Index(None, "period_ends"),)

    once: Mapped[str] = mapped_column(Name, primary_key=True)
    service_id: Mapped[str] = mapped_column(Name)
    period_ends: Mapped[dt.date] = mapped_column(Date)


class ResponseRow(Base):
    """One person's response to one service in one period; `once` keeps it the only one until then."""

    __tablename__ = "survey_responses"
    __table_args__ = (
        Index("uq_survey_responses_once", "once", unique=True),
        Index("uq_survey_responses_code", "code", unique=True),
        Index(None, "asker"),
        Index("ix_survey_responses_month", "month", "service_id"),
        Index("ix_survey_responses_timed", "answered_at", "service_id", sqlite_where=_TIMED, postgresql_where=_TIMED),
        Index("ix_survey_responses_held", "id", sqlite_where=_HELD, postgresql_where=_HELD),
        Index("ix_survey_responses_period_ends", "period_ends"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(_Key, primary_key=True)
    uid: Mapped[str] = mapped_column(Name)
    code: Mapped[str] = mapped_column(Name)
    service_id: Mapped[str] = mapped_column(Name)
    channel: Mapped[str] = mapped_column(Name)
    period: Mapped[str] = mapped_column(_Month)
    period_ends: Mapped[dt.date] = mapped_column(Date)
    once: Mapped[str | None] = mapped_column(Name)
    asker: Mapped[str | None] = mapped_column(Name)
    questionnaire: Mapped[str] = mapped_column(Name)
    version: Mapped[int] = mapped_column(Integer)
    answers: Mapped[dict[str, Any]]
    text: Mapped[str | None] = mapped_column(CleanText)
    finished: Mapped[bool]
    standing: Mapped[str] = mapped_column(Name)
    again: Mapped[int | None] = mapped_column(Integer)
    day: Mapped[dt.date] = mapped_column(Date)
    month: Mapped[str] = mapped_column(_Month)
    answered_at: Mapped[dt.datetime | None]
    revision: Mapped[int] = mapped_column(Integer)


class TallyCountRow(Base):
    """How often a value was given; the sum over `shard` counts (many writers would wait for one row)."""

    __tablename__ = "survey_tallies"

    service_id: Mapped[str] = mapped_column(Name, primary_key=True)
    month: Mapped[str] = mapped_column(_Month, primary_key=True)
    question: Mapped[str] = mapped_column(Name, primary_key=True)
    value: Mapped[str] = mapped_column(Name, primary_key=True)
    channel: Mapped[str] = mapped_column(Name, primary_key=True)
    shard: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    count: Mapped[int]


class CaseRow(Base):
    """A comment or question on its way to an outcome."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("uq_cases_code", "code", unique=True),
        Index("uq_cases_response_id", "response_id", unique=True),
        Index("uq_cases_question_id", "question_id", unique=True),
        Index(None, "person_id"),
        Index("ix_cases_open", "agency_id", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(_Key, primary_key=True)
    uid: Mapped[str] = mapped_column(Name)
    code: Mapped[str] = mapped_column(Name)
    kind: Mapped[str] = mapped_column(Name)
    state: Mapped[str] = mapped_column(Name)
    service_id: Mapped[str] = mapped_column(Name)
    agency_id: Mapped[str] = mapped_column(Name)
    response_id: Mapped[int | None]
    question_id: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str | None] = mapped_column(CleanText)
    answer: Mapped[str | None] = mapped_column(CleanText)
    received_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    remind_at: Mapped[dt.datetime]
    reminded: Mapped[int] = mapped_column(Integer)
    answered_by: Mapped[int | None]
    answered_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    revision: Mapped[int] = mapped_column(Integer)
    holder_id: Mapped[int | None]


class CaseStepRow(Base):
    """One line of a case's history."""

    __tablename__ = "case_steps"
    __table_args__ = (Index(None, "case_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(_Key, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    state: Mapped[str] = mapped_column(Name)
    at: Mapped[dt.datetime]
    by: Mapped[int | None]
    note: Mapped[str] = mapped_column(CleanText)


class KeptAnswerRow(Base):
    """An expert's wording or note proposed for a provision."""

    __tablename__ = "kept_answers"
    __table_args__ = (Index(None, "state"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(_Key, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str] = mapped_column(Name)
    address: Mapped[str] = mapped_column(Name)
    text: Mapped[str] = mapped_column(CleanText)
    state: Mapped[str] = mapped_column(Name)
    made_by: Mapped[int]
    made_at: Mapped[dt.datetime]


class OutboxRow(Base):
    """An event that must leave. `positioned`: every target has its delivery row; `text` is erased on its own."""

    __tablename__ = "outbox_events"
    __table_args__ = (
        Index("uq_outbox_events_uid", "uid", unique=True),
        Index("ix_outbox_events_unsent", "id", sqlite_where=_UNSENT, postgresql_where=_UNSENT),
        Index(None, "subject"),
        Index(None, "day"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(_Key, primary_key=True)
    uid: Mapped[str] = mapped_column(Name)
    kind: Mapped[str] = mapped_column(Name)
    service_id: Mapped[str] = mapped_column(Name)
    subject: Mapped[str] = mapped_column(Name)
    revision: Mapped[int] = mapped_column(Integer)
    day: Mapped[dt.date] = mapped_column(Date)
    payload: Mapped[dict[str, Any]]
    text: Mapped[str | None] = mapped_column(CleanText)
    positioned: Mapped[bool]


class TargetRow(Base):
    """Somewhere events go. One process at a time holds the lease, so that the order of a service is kept."""

    __tablename__ = "forward_targets"

    name: Mapped[str] = mapped_column(Name, primary_key=True)
    holder: Mapped[str] = mapped_column(Name)
    lease_until: Mapped[dt.datetime]
    stopped: Mapped[str] = mapped_column(Text)
    slowed_until: Mapped[dt.datetime | None]
    delivered_at: Mapped[dt.datetime | None]


class DeliveryRow(Base):
    """One event on its way to one target; `position` orders the events of a service there."""

    __tablename__ = "forward_deliveries"
    __table_args__ = (
        Index("uq_forward_deliveries_event", "event_id", "target", unique=True),
        Index(
            "ix_forward_deliveries_waiting",
            "target",
            "position",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index(
            "ix_forward_deliveries_retrying",
            "target",
            "try_at",
            sqlite_where=_RETRYING,
            postgresql_where=_RETRYING,
        ),
        Index("ix_forward_deliveries_state", "target", "state"),
        {"sqlite_autoincrement": True},
    )

    position: Mapped[int] = mapped_column(_Key, primary_key=True)
    target: Mapped[str] = mapped_column(Name)
    event_id: Mapped[int]
    service_id: Mapped[str] = mapped_column(Name)
    state: Mapped[str] = mapped_column(Name)
    tries: Mapped[int] = mapped_column(Integer)
    try_at: Mapped[dt.datetime]
    reason: Mapped[str] = mapped_column(Text)
