"""People by (platform, id): the port `bot.ports.People`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.ports import Person
from storage.database import Transactions
from storage.forgetting import KnownAs, forget
from storage.models import PersonRow
from storage.statements import PerDialect
from surveys.responses import asker_of

__all__ = ["SqlPeople"]

_SEEN = (
    update(PersonRow)
    .where(PersonRow.platform == bindparam("on_platform"), PersonRow.platform_id == bindparam("as_id"))
    .values(last_seen_at=bindparam("at"), blocked_at=None)
    .returning(PersonRow.id, PersonRow.settings)
)
_FIRST_SEEN = PerDialect(
    lambda insert: (
        insert(PersonRow)
        .values(
            platform=bindparam("on_platform"),
            platform_id=bindparam("as_id"),
            settings={},
            first_seen_at=bindparam("at"),
            last_seen_at=bindparam("at"),
        )
        .on_conflict_do_update(
            index_elements=["platform", "platform_id"], set_={"last_seen_at": bindparam("at"), "blocked_at": None}
        )
        .returning(PersonRow.id, PersonRow.settings)
    )
)
_SAVE_SETTINGS = (
    update(PersonRow).where(PersonRow.id == bindparam("person_id")).values(settings=bindparam("new_settings"))
)
_MARK_BLOCKED = (
    update(PersonRow)
    .where(PersonRow.platform == bindparam("on_platform"), PersonRow.platform_id == bindparam("as_id"))
    .values(blocked_at=bindparam("at"))
)
_KNOWN_AS = select(PersonRow.platform, PersonRow.platform_id).where(PersonRow.id == bindparam("person_id"))


class SqlPeople:
    """`asker_key` is the keyed hash under which the person's questions are stored (`storage.secrets`)."""

    def __init__(self, transactions: Transactions, *, asker_key: Callable[[str, int], str]) -> None:
        self._transactions, self._asker_key = transactions, asker_key

    async def seen(self, platform: str, platform_id: int, at: dt.datetime) -> Person:
        values = {"on_platform": platform, "as_id": platform_id, "at": at}
        async with self._transactions.write() as connection:
            row = (await connection.execute(_SEEN, values)).one_or_none()
            if row is None:
                row = (await connection.execute(_FIRST_SEEN.on(connection), values)).one()
        return Person(row.id, platform, platform_id, row.settings)

    async def save_settings(self, person_id: int, settings: Mapping[str, Any]) -> None:
        async with self._transactions.write() as connection:
            await connection.execute(_SAVE_SETTINGS, {"person_id": person_id, "new_settings": dict(settings)})

    async def mark_blocked(self, platform: str, platform_id: int, at: dt.datetime) -> None:
        async with self._transactions.write() as connection:
            await connection.execute(_MARK_BLOCKED, {"on_platform": platform, "as_id": platform_id, "at": at})

    async def forget(self, person_id: int) -> Mapping[str, int]:
        async with self._transactions.write() as connection:
            row = (await connection.execute(_KNOWN_AS, {"person_id": person_id})).one_or_none()
            if row is None:
                return {}
            asker = self._asker_key(row.platform, row.platform_id)
            respondent = asker_of(self._asker_key, row.platform, row.platform_id)
            return await forget(connection, KnownAs(person_id, row.platform, row.platform_id, asker, respondent))
