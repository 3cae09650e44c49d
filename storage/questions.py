"""Questions and what their askers thought of the answers: the port `knowledge.asking.QuestionLog`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from knowledge.asking import AskedQuestion
from knowledge.provisions import Address
from storage.columns import is_key
from storage.database import Transactions
from storage.models import QuestionRow

__all__ = ["SqlQuestionLog"]

_ADD = insert(QuestionRow).returning(QuestionRow.id)
_THEIRS = (QuestionRow.id == bindparam("of_id"), QuestionRow.asker == bindparam("by"))
_TEXT = select(QuestionRow.text).where(*_THEIRS)
_CLICKED = update(QuestionRow).where(*_THEIRS).values(clicked=bindparam("address"))
_RATED = update(QuestionRow).where(*_THEIRS).values(useful=bindparam("verdict"), rated_at=bindparam("at"))


class SqlQuestionLog:
    """Texts stay until `storage.retention` takes them."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def add(self, question: AskedQuestion) -> int:
        async with self._transactions.once() as connection:
            return (await connection.execute(_ADD, _values(question))).scalar_one()

    async def text_of(self, question_id: int, asker: str) -> str | None:
        if not is_key(question_id):
            return None
        async with self._transactions.read() as connection:
            return (await connection.execute(_TEXT, {"of_id": question_id, "by": asker})).scalar_one_or_none()

    async def clicked(self, question_id: int, asker: str, address: Address) -> bool:
        if not is_key(question_id):
            return False
        values = {"of_id": question_id, "by": asker, "address": str(address)}
        async with self._transactions.once() as connection:
            return (await connection.execute(_CLICKED, values)).rowcount > 0

    async def rated(self, question_id: int, asker: str, useful: bool, at: dt.datetime) -> bool:
        if not is_key(question_id):
            return False
        values = {"of_id": question_id, "by": asker, "verdict": useful, "at": at}
        async with self._transactions.once() as connection:
            return (await connection.execute(_RATED, values)).rowcount > 0


def _values(question: AskedQuestion) -> dict[str, Any]:
    return {
        "asker": question.asker,
        "platform": question.platform,
        "text": question.text,
        "intent": question.intent.value,
        "status": question.status.value,
        "confidence": question.confidence,
        "first_hit": None if question.first_hit is None else str(question.first_hit),
        "latency_ms": question.latency_ms,
        "asked_at": question.asked_at,
    }
