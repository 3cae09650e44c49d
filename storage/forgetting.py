"""Deletes everything kept about one person. Every table with a column about a person has its line here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Delete, Update, delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models import ChatMessageRow, ChatRow, InboxRow, PersonRow, QuestionRow, StateRow
from storage.reminder_models import (
    CalendarFeedRow,
    DutyStateRow,
    MembershipRow,
    MessageRow,
    ReminderRow,
    ReportRow,
    SnoozeRow,
)
from storage.survey_forgetting import forget_surveys

__all__ = ["FORGOTTEN", "KnownAs", "forget"]

#: Platforms whose chats are kept by them; there a chat id of ours would be somebody else's.
_KEEP_THEIR_CHATS: Final = frozenset({"telegram", "bale"})
#: The outcome of an update whose sender was forgotten before it was handled.
FORGOTTEN: Final = "forgotten"


@dataclass(frozen=True, slots=True)
class KnownAs:
    """All the names under which one person stands in the tables."""

    person_id: int
    platform: str
    platform_id: int
    asker: str
    respondent: str


def _statements(who: KnownAs) -> Iterator[tuple[str, Delete | Update]]:
    yield (
        StateRow.__tablename__,
        delete(StateRow).where(StateRow.platform == who.platform, StateRow.platform_id == who.platform_id),
    )
    if who.platform not in _KEEP_THEIR_CHATS:
        # The chat first: whoever appends to it meanwhile waits, and begins a new one.
        yield ChatRow.__tablename__, delete(ChatRow).where(ChatRow.chat_id == who.platform_id)
        yield ChatMessageRow.__tablename__, delete(ChatMessageRow).where(ChatMessageRow.chat_id == who.platform_id)
    yield (
        InboxRow.__tablename__,
        update(InboxRow)
        .where(InboxRow.outcome.is_(None), InboxRow.platform == who.platform, InboxRow.sender_id == who.platform_id)
        .values(payload=None, sender_id=None, outcome=FORGOTTEN, finished_at=InboxRow.received_at),
    )
    yield (
        QuestionRow.__tablename__,
        update(QuestionRow)
        .where(QuestionRow.asker == who.asker)
        .values(text=None, asker=None, clicked=None, useful=None, rated_at=None),
    )
    for row in (MembershipRow, SnoozeRow, MessageRow, ReminderRow, CalendarFeedRow):
        yield row.__tablename__, delete(row).where(row.person_id == who.person_id)
    for kept in (DutyStateRow, ReportRow):  # what an agency did stays its own
        yield kept.__tablename__, update(kept).where(kept.person_id == who.person_id).values(person_id=None)
    yield PersonRow.__tablename__, delete(PersonRow).where(PersonRow.id == who.person_id)


async def forget(connection: AsyncConnection, who: KnownAs) -> dict[str, int]:
    """Rows deleted or emptied by table name, in the caller's transaction. Questions and inbox rows stay, emptied."""
    surveys = await forget_surveys(connection, person_id=who.person_id, respondent=who.respondent, asker=who.asker)
    rest = {table: (await connection.execute(statement)).rowcount for table, statement in _statements(who)}
    return {**surveys, **rest}
