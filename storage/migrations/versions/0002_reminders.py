"""Agencies and their people, anchor events, duties and evidence, the reminder ledger"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import CleanText, UtcDateTime

revision = "0002"
down_revision = "0001"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NAME = sa.String(100)
_JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.create_table(
        "agencies",
        sa.Column("id", _NAME, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("parent", _NAME, nullable=False),
        sa.Column("classes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agencies")),
    )
    op.create_table(
        "anchor_events",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("anchor_id", _NAME, nullable=False),
        sa.Column("agency_id", _NAME, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("date", sa.String(length=10), nullable=True),
        sa.Column("note", CleanText(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor_events")),
        sa.UniqueConstraint(
            "anchor_id", "agency_id", "revision", name=op.f("uq_anchor_events_anchor_id_agency_id_revision")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "broadcasts",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("text", CleanText(), nullable=False),
        sa.Column("audience", _JSON, nullable=False),
        sa.Column("state", _NAME, nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "closures",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("title", CleanText(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_closures")),
    )
    op.create_table(
        "invitations",
        sa.Column("digest", _NAME, nullable=False),
        sa.Column("agency_id", _NAME, nullable=False),
        sa.Column("role", _NAME, nullable=False),
        sa.Column("legal_basis", CleanText(), nullable=False),
        sa.Column("introduced_on", sa.String(length=10), nullable=True),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_invitations")),
    )
    op.create_table(
        "reminder_settings",
        sa.Column("name", _NAME, nullable=False),
        sa.Column("value", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_reminder_settings")),
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("digest", _NAME, nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_calendar_feeds_person_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_calendar_feeds")),
    )
    op.create_index(op.f("ix_calendar_feeds_person_id"), "calendar_feeds", ["person_id"])

    op.create_table(
        "duty_states",
        sa.Column("agency_id", _NAME, nullable=False),
        sa.Column("obligation_id", _NAME, nullable=False),
        sa.Column("occurrence", _NAME, nullable=False),
        sa.Column("state", _NAME, nullable=False),
        sa.Column("open_since", sa.Date(), nullable=True),
        sa.Column("person_id", _KEY, nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_duty_states_person_id")),
        sa.PrimaryKeyConstraint("agency_id", "obligation_id", "occurrence", name=op.f("pk_duty_states")),
    )
    op.create_index(op.f("ix_duty_states_obligation_id"), "duty_states", ["obligation_id"])
    op.create_index(op.f("ix_duty_states_state"), "duty_states", ["state"])

    op.create_table(
        "memberships",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("agency_id", _NAME, nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("role", _NAME, nullable=False),
        sa.Column("state", _NAME, nullable=False),
        sa.Column("name", CleanText(), nullable=False),
        sa.Column("legal_basis", CleanText(), nullable=False),
        sa.Column("introduced_on", sa.String(length=10), nullable=True),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("reason", CleanText(), nullable=False),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_memberships_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_memberships_person_id"), "memberships", ["person_id"])
    op.create_index(
        "uq_memberships_live",
        "memberships",
        ["agency_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('pending', 'active')"),
        postgresql_where=sa.text("state IN ('pending', 'active')"),
    )

    op.create_table(
        "outgoing_messages",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("kind", _NAME, nullable=False),
        sa.Column("payload", _JSON, nullable=False),
        sa.Column("state", _NAME, nullable=False),
        sa.Column("send_at", UtcDateTime(), nullable=False),
        sa.Column("try_at", UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("maybe_twice", sa.Integer(), nullable=False),
        sa.Column("delivered_at", UtcDateTime(), nullable=True),
        sa.Column("platform_message_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("broadcast_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_outgoing_messages_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_messages")),
        sa.UniqueConstraint("key", name=op.f("uq_outgoing_messages_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_outgoing_messages_broadcast_id"), "outgoing_messages", ["broadcast_id"])
    op.create_index(op.f("ix_outgoing_messages_person_id"), "outgoing_messages", ["person_id"])
    op.create_index(op.f("ix_outgoing_messages_send_at"), "outgoing_messages", ["send_at"])
    op.create_index(op.f("ix_outgoing_messages_state_lease_until"), "outgoing_messages", ["state", "lease_until"])
    op.create_index(
        "ix_outgoing_messages_waiting",
        "outgoing_messages",
        ["try_at"],
        sqlite_where=sa.text("state IN ('due', 'retry_at')"),
        postgresql_where=sa.text("state IN ('due', 'retry_at')"),
    )

    op.create_table(
        "reminders",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("agency_id", _NAME, nullable=False),
        sa.Column("obligation_id", _NAME, nullable=False),
        sa.Column("occurrence", _NAME, nullable=False),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("lead", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", _NAME, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("planned_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reminders_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint(
            "person_id", "agency_id", "obligation_id", "occurrence", "due", "lead", name="uq_reminders_key"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_reminders_loose",
        "reminders",
        ["person_id"],
        sqlite_where=sa.text("message_id IS NULL AND state = 'planned'"),
        postgresql_where=sa.text("message_id IS NULL AND state = 'planned'"),
    )
    op.create_index(op.f("ix_reminders_message_id"), "reminders", ["message_id"])
    op.create_index(op.f("ix_reminders_obligation_id_agency_id"), "reminders", ["obligation_id", "agency_id"])

    op.create_table(
        "reports",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("agency_id", _NAME, nullable=False),
        sa.Column("obligation_id", _NAME, nullable=False),
        sa.Column("occurrence", _NAME, nullable=False),
        sa.Column("person_id", _KEY, nullable=True),
        sa.Column("note", CleanText(), nullable=False),
        sa.Column("state", _NAME, nullable=False),
        sa.Column("reported_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("reason", CleanText(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reports_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_reports_agency_id_obligation_id_occurrence"), "reports", ["agency_id", "obligation_id", "occurrence"]
    )
    op.create_index(op.f("ix_reports_state"), "reports", ["state"])

    op.create_table(
        "snoozes",
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("agency_id", _NAME, nullable=False),
        sa.Column("obligation_id", _NAME, nullable=False),
        sa.Column("occurrence", _NAME, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_snoozes_person_id")),
        sa.PrimaryKeyConstraint("person_id", "agency_id", "obligation_id", "occurrence", name=op.f("pk_snoozes")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("report_id", _KEY, nullable=False),
        sa.Column("kind", _NAME, nullable=False),
        sa.Column("file_name", CleanText(), nullable=False),
        sa.Column("media_type", _NAME, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", _NAME, nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_evidence_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_evidence_report_id"), "evidence", ["report_id"])
