"""Messages of chats that we keep ourselves: the port `bot.ports.ChatLog`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.ports import LoggedMessage
from storage.columns import is_key
from storage.database import Transactions
from storage.models import ChatMessageRow, ChatRow
from storage.statements import PerDialect

__all__ = ["SqlChatLog"]

_NEXT_ID = PerDialect(
    lambda insert: (
        insert(ChatRow)
        .values(chat_id=bindparam("in_chat"), last_message_id=1)
        .on_conflict_do_update(index_elements=["chat_id"], set_={"last_message_id": ChatRow.last_message_id + 1})
        .returning(ChatRow.last_message_id)
    )
)
_APPEND = insert(ChatMessageRow)
_COLUMNS = (
    ChatMessageRow.chat_id,
    ChatMessageRow.message_id,
    ChatMessageRow.from_bot,
    ChatMessageRow.body,
    ChatMessageRow.sent_at,
    ChatMessageRow.edited_at,
)
_THIS = (ChatMessageRow.chat_id == bindparam("in_chat"), ChatMessageRow.message_id == bindparam("of_id"))
_EDIT = (
    update(ChatMessageRow)
    .where(*_THIS)
    .values(body=bindparam("new_body"), edited_at=bindparam("at"))
    .returning(*_COLUMNS)
)
_DELETE = delete(ChatMessageRow).where(*_THIS)
_GET = select(*_COLUMNS).where(*_THIS)
_HISTORY = (
    select(*_COLUMNS)
    .where(ChatMessageRow.chat_id == bindparam("in_chat"))
    .order_by(ChatMessageRow.message_id.desc())
    .limit(bindparam("at_most"))
)
_HISTORY_BEFORE = _HISTORY.where(ChatMessageRow.message_id < bindparam("before_id"))
_FORGET_MESSAGES = delete(ChatMessageRow).where(ChatMessageRow.chat_id == bindparam("in_chat"))
_FORGET_CHAT = delete(ChatRow).where(ChatRow.chat_id == bindparam("in_chat"))


class SqlChatLog:
    """Message ids are never used twice in a chat, not even after a deletion, until the chat is forgotten."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def append(self, chat_id: int, from_bot: bool, body: Mapping[str, Any], at: dt.datetime) -> LoggedMessage:
        async with self._transactions.write() as connection:
            message_id: int = (await connection.execute(_NEXT_ID.on(connection), {"in_chat": chat_id})).scalar_one()
            values = {
                "chat_id": chat_id,
                "message_id": message_id,
                "from_bot": from_bot,
                "body": dict(body),
                "sent_at": at,
                "edited_at": None,
            }
            with self._transactions.closing(connection):
                await connection.execute(_APPEND, values)
        return LoggedMessage(chat_id, message_id, from_bot, body, at)

    async def edit(
        self, chat_id: int, message_id: int, body: Mapping[str, Any], at: dt.datetime
    ) -> LoggedMessage | None:
        if not is_key(message_id):
            return None
        values = {"in_chat": chat_id, "of_id": message_id, "new_body": dict(body), "at": at}
        async with self._transactions.write() as connection:
            row = (await connection.execute(_EDIT, values)).one_or_none()
        return _message(row) if row else None

    async def delete(self, chat_id: int, message_id: int) -> bool:
        if not is_key(message_id):
            return False
        async with self._transactions.write() as connection:
            return (await connection.execute(_DELETE, {"in_chat": chat_id, "of_id": message_id})).rowcount > 0

    async def get(self, chat_id: int, message_id: int) -> LoggedMessage | None:
        if not is_key(message_id):
            return None
        async with self._transactions.read() as connection:
            row = (await connection.execute(_GET, {"in_chat": chat_id, "of_id": message_id})).one_or_none()
        return _message(row) if row else None

    async def history(self, chat_id: int, *, limit: int, before: int | None = None) -> list[LoggedMessage]:
        values = {"in_chat": chat_id, "at_most": limit}
        async with self._transactions.read() as connection:
            if before is None or not is_key(before):
                rows = (await connection.execute(_HISTORY, values)).all()
            else:
                rows = (await connection.execute(_HISTORY_BEFORE, {**values, "before_id": before})).all()
        return [_message(row) for row in reversed(rows)]

    async def forget(self, chat_id: int) -> int:
        async with self._transactions.write() as connection:
            await connection.execute(_FORGET_CHAT, {"in_chat": chat_id})
            return (await connection.execute(_FORGET_MESSAGES, {"in_chat": chat_id})).rowcount


def _message(row: Row[*tuple[Any, ...]]) -> LoggedMessage:
    return LoggedMessage(*row)
