"""People, conversation states, inbox, chats, questions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import CleanText, UtcDateTime

revision = "0001"
down_revision = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NAME = sa.String(100)
_JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("platform", _NAME, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("settings", _JSON, nullable=False),
        sa.Column("blocked_at", UtcDateTime(), nullable=True),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("platform", "platform_id", name=op.f("uq_people_platform_platform_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "conversation_states",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("platform", _NAME, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("data", _JSON, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_conversation_states")),
    )
    op.create_index(
        op.f("ix_conversation_states_platform_platform_id"), "conversation_states", ["platform", "platform_id"]
    )
    op.create_table(
        "inbox",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("platform", _NAME, nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("sender_id", sa.BigInteger(), nullable=True),
        sa.Column("payload", _JSON, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("outcome", _NAME, nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("platform", "update_id", name=op.f("uq_inbox_platform_update_id")),
        sqlite_autoincrement=True,
    )
    pending = sa.text("outcome IS NULL")
    op.create_index("ix_inbox_pending", "inbox", ["platform", "id"], sqlite_where=pending, postgresql_where=pending)
    op.create_index(op.f("ix_inbox_finished_at"), "inbox", ["finished_at"])
    op.create_table(
        "chats",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last_message_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_chats")),
    )
    op.create_table(
        "chat_messages",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("from_bot", sa.Boolean(), nullable=False),
        sa.Column("body", _JSON, nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_chat_messages")),
    )
    op.create_table(
        "questions",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("asker", _NAME, nullable=True),
        sa.Column("platform", _NAME, nullable=False),
        sa.Column("text", CleanText(), nullable=True),
        sa.Column("intent", _NAME, nullable=False),
        sa.Column("status", _NAME, nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("first_hit", _NAME, nullable=True),
        sa.Column("latency_ms", sa.Double(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("clicked", _NAME, nullable=True),
        sa.Column("useful", sa.Boolean(), nullable=True),
        sa.Column("rated_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_questions_asker"), "questions", ["asker"])
    op.create_index(op.f("ix_questions_asked_at"), "questions", ["asked_at"])
