"""Services, survey responses and their counts, cases, the outbox and its deliveries"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "forward_deliveries",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("target", sa.String(length=100), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("service_id", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=100), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("try_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_forward_deliveries")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("forward_deliveries") as batch_op:
        batch_op.create_index("ix_forward_deliveries_state", ["target", "state"], unique=False)
        batch_op.create_index(
            "ix_forward_deliveries_waiting",
            ["target", "position"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            "ix_forward_deliveries_retrying",
            ["target", "try_at"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting' AND tries > 0"),
            postgresql_where=sa.text("state = 'waiting' AND tries > 0"),
        )
        batch_op.create_index("uq_forward_deliveries_event", ["event_id", "target"], unique=True)

    op.create_table(
        "forward_targets",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("holder", sa.String(length=100), nullable=False),
        sa.Column("lease_until", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("stopped", sa.Text(), nullable=False),
        sa.Column("slowed_until", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_forward_targets")),
    )
    op.create_table(
        "outbox_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uid", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("service_id", sa.String(length=100), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("text", storage.columns.CleanText(), nullable=True),
        sa.Column("positioned", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_events")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("outbox_events") as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_events_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_events_subject"), ["subject"], unique=False)
        batch_op.create_index(
            "ix_outbox_events_unsent",
            ["id"],
            unique=False,
            sqlite_where=sa.text("positioned = false"),
            postgresql_where=sa.text("positioned = false"),
        )
        batch_op.create_index("uq_outbox_events_uid", ["uid"], unique=True)

    op.create_table(
        "services",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("title", storage.columns.CleanText(), nullable=False),
        sa.Column("agency", storage.columns.CleanText(), nullable=False),
        sa.Column("agency_id", sa.String(length=100), nullable=False),
        sa.Column("parent", sa.String(length=100), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
    )
    op.create_table(
        "survey_openings",
        sa.Column("once", sa.String(length=100), nullable=False),
        sa.Column("service_id", sa.String(length=100), nullable=False),
        sa.Column("period_ends", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("once", name=op.f("pk_survey_openings")),
    )
    with op.batch_alter_table("survey_openings") as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_openings_period_ends"), ["period_ends"], unique=False)

    op.create_table(
        "survey_responses",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uid", sa.String(length=100), nullable=False),
        sa.Column("code", sa.String(length=100), nullable=False),
        sa.Column("service_id", sa.String(length=100), nullable=False),
        sa.Column("channel", sa.String(length=100), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("period_ends", sa.Date(), nullable=False),
        sa.Column("once", sa.String(length=100), nullable=True),
        sa.Column("asker", sa.String(length=100), nullable=True),
        sa.Column("questionnaire", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("text", storage.columns.CleanText(), nullable=True),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("standing", sa.String(length=100), nullable=False),
        sa.Column("again", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("month", sa.String(length=10), nullable=False),
        sa.Column("answered_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_responses")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("survey_responses") as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_responses_asker"), ["asker"], unique=False)
        batch_op.create_index(
            "ix_survey_responses_held",
            ["id"],
            unique=False,
            sqlite_where=sa.text("standing = 'held'"),
            postgresql_where=sa.text("standing = 'held'"),
        )
        batch_op.create_index("ix_survey_responses_month", ["month", "service_id"], unique=False)
        batch_op.create_index("ix_survey_responses_period_ends", ["period_ends"], unique=False)
        batch_op.create_index(
            "ix_survey_responses_timed",
            ["answered_at", "service_id"],
            unique=False,
            sqlite_where=sa.text("answered_at IS NOT NULL"),
            postgresql_where=sa.text("answered_at IS NOT NULL"),
        )
        batch_op.create_index("uq_survey_responses_code", ["code"], unique=True)
        batch_op.create_index("uq_survey_responses_once", ["once"], unique=True)

    op.create_table(
        "survey_tallies",
        sa.Column("service_id", sa.String(length=100), nullable=False),
        sa.Column("month", sa.String(length=10), nullable=False),
        sa.Column("question", sa.String(length=100), nullable=False),
        sa.Column("value", sa.String(length=100), nullable=False),
        sa.Column("channel", sa.String(length=100), nullable=False),
        sa.Column("shard", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "service_id", "month", "question", "value", "channel", "shard", name=op.f("pk_survey_tallies")
        ),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uid", sa.String(length=100), nullable=False),
        sa.Column("code", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=100), nullable=False),
        sa.Column("service_id", sa.String(length=100), nullable=False),
        sa.Column("agency_id", sa.String(length=100), nullable=False),
        sa.Column("response_id", sa.BigInteger(), nullable=True),
        sa.Column("question_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text", storage.columns.CleanText(), nullable=True),
        sa.Column("answer", storage.columns.CleanText(), nullable=True),
        sa.Column("received_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("remind_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_cases_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("cases") as batch_op:
        batch_op.create_index(
            "ix_cases_open",
            ["agency_id", "due_at"],
            unique=False,
            sqlite_where=sa.text("state <> 'closed'"),
            postgresql_where=sa.text("state <> 'closed'"),
        )
        batch_op.create_index(batch_op.f("ix_cases_person_id"), ["person_id"], unique=False)
        batch_op.create_index("uq_cases_code", ["code"], unique=True)
        batch_op.create_index("uq_cases_question_id", ["question_id"], unique=True)
        batch_op.create_index("uq_cases_response_id", ["response_id"], unique=True)

    op.create_table(
        "case_steps",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=100), nullable=False),
        sa.Column("at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.Column("note", storage.columns.CleanText(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_steps_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_steps")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("case_steps") as batch_op:
        batch_op.create_index(batch_op.f("ix_case_steps_case_id"), ["case_id"], unique=False)

    op.create_table(
        "kept_answers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("address", sa.String(length=100), nullable=False),
        sa.Column("text", storage.columns.CleanText(), nullable=False),
        sa.Column("state", sa.String(length=100), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_kept_answers_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_answers")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("kept_answers") as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_answers_state"), ["state"], unique=False)
