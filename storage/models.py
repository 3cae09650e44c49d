"""The tables. Rows stay inside `storage`; what leaves it are the dataclasses of the ports.

Conventions: times are `UtcDateTime`; JSON is plain `JSON`, since PostgreSQL's JSONB refuses "\\u0000", which people can
send; keys that leave the database are never given out twice (AUTOINCREMENT); statuses are names, not database enums.
A table with a column about a person is emptied in `storage.forgetting`, and a test walks all of them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, MetaData, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.columns import CleanText, Name, UtcDateTime

__all__ = ["Base", "ChatMessageRow", "ChatRow", "InboxRow", "PersonRow", "QuestionRow", "StateRow"]

#: SQLite's AUTOINCREMENT exists for INTEGER only.
_Key = BigInteger().with_variant(Integer, "sqlite")
_PENDING = text("outcome IS NULL")


class Base(DeclarativeBase):
    """Names every constraint, so that migrations can name them too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy reads it from the class
        dt.datetime: UtcDateTime,
        dict[str, Any]: JSON(none_as_null=True),
        int: BigInteger,
    }


class PersonRow(Base):
    """Somebody who has written to the bot."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("platform", "platform_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(_Key, primary_key=True)
    platform: Mapped[str] = mapped_column(Name)
    platform_id: Mapped[int]
    settings: Mapped[dict[str, Any]]
    blocked_at: Mapped[dt.datetime | None]
    first_seen_at: Mapped[dt.datetime]
    last_seen_at: Mapped[dt.datetime]


class StateRow(Base):
    """A conversation's state and data; there is no row for a conversation at rest."""

    __tablename__ = "conversation_states"
    __table_args__ = (Index(None, "platform", "platform_id"),)

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    platform: Mapped[str] = mapped_column(Name)
    platform_id: Mapped[int]
    state: Mapped[str | None] = mapped_column(Text)
    data: Mapped[dict[str, Any] | None]


class InboxRow(Base):
    """An update as the platform gave it; finished ones keep no payload and no sender."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("platform", "update_id"),
        Index("ix_inbox_pending", "platform", "id", sqlite_where=_PENDING, postgresql_where=_PENDING),
        Index(None, "finished_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(_Key, primary_key=True)
    platform: Mapped[str] = mapped_column(Name)
    update_id: Mapped[int]
    sender_id: Mapped[int | None]
    payload: Mapped[dict[str, Any] | None]
    attempts: Mapped[int] = mapped_column(Integer)
    outcome: Mapped[str | None] = mapped_column(Name)
    received_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]


class ChatRow(Base):
    """The last message id given out in a chat that we keep ourselves; ids of deleted messages stay used."""

    __tablename__ = "chats"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    last_message_id: Mapped[int]


class ChatMessageRow(Base):
    """One message of such a chat."""

    __tablename__ = "chat_messages"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    from_bot: Mapped[bool]
    body: Mapped[dict[str, Any]]
    sent_at: Mapped[dt.datetime]
    edited_at: Mapped[dt.datetime | None]


class QuestionRow(Base):
    """A question and how it ended, with what the asker thought of it; no name beyond a keyed hash."""

    __tablename__ = "questions"
    __table_args__ = (
        Index(None, "asker"),
        Index(None, "asked_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(_Key, primary_key=True)
    asker: Mapped[str | None] = mapped_column(Name)
    platform: Mapped[str] = mapped_column(Name)
    text: Mapped[str | None] = mapped_column(CleanText)
    intent: Mapped[str] = mapped_column(Name)
    status: Mapped[str] = mapped_column(Name)
    confidence: Mapped[float]
    first_hit: Mapped[str | None] = mapped_column(Name)
    latency_ms: Mapped[float]
    asked_at: Mapped[dt.datetime]
    clicked: Mapped[str | None] = mapped_column(Name)
    useful: Mapped[bool | None]
    rated_at: Mapped[dt.datetime | None]
