"""People by (platform, id): the port `bot.ports.People`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Executable, bindparam, select, update

from bot.ports import Person
from storage.database import Transactions
from storage.forgetting import KnownAs, forget
from storage.gathering import Gathered
from storage.models import PersonRow
from storage.statements import Keyed, PerDialect
from surveys.responses import asker_of

__all__ = ["SqlPeople"]

_SEEN = Keyed(
    PersonRow.platform_id,
    lambda them: (
        update(PersonRow)
        .where(PersonRow.platform == bindparam("on_platform"), them)
        .values(last_seen_at=bindparam("at"), blocked_at=None)
        .returning(PersonRow.id, PersonRow.platform_id, PersonRow.settings)
    ),
)


def _first_seen(insert: Callable[..., Any]) -> Executable:
    statement = insert(PersonRow)
    again = {"last_seen_at": statement.excluded.last_seen_at, "blocked_at": None}
    return cast(
        Executable,
        statement.on_conflict_do_update(index_elements=["platform", "platform_id"], set_=again).returning(
            PersonRow.id, PersonRow.platform_id, PersonRow.settings
        ),
    )


_FIRST_SEEN = PerDialect(_first_seen)
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
        self._see = Gathered(self._seen)

    async def seen(self, platform: str, platform_id: int, at: dt.datetime) -> Person:
        return await self._see((platform, platform_id, at))

    async def _seen(self, calls: Sequence[tuple[str, int, dt.datetime]]) -> Sequence[Person]:
        """People who write at the same time; whoever was never here before is added."""
        at = max(at for _, _, at in calls)
        found: dict[tuple[str, int], Person] = {}
        async with self._transactions.once() as connection:  # each of its statements stands alone
            for platform in sorted({platform for platform, _, _ in calls}):
                ids = {id for on, id, _ in calls if on == platform}
                statement, which = _SEEN.of(ids)
                rows = list(await connection.execute(statement, {**which, "on_platform": platform, "at": at}))
                if new := sorted(ids - {row.platform_id for row in rows}):
                    rows += await connection.execute(
                        _FIRST_SEEN.on(connection),
                        [
                            {
                                "platform": platform,
                                "platform_id": id,
                                "settings": {},
                                "blocked_at": None,
                                "first_seen_at": at,
                                "last_seen_at": at,
                            }
                            for id in new
                        ],
                    )
                for row in rows:
                    found[platform, row.platform_id] = Person(row.id, platform, row.platform_id, row.settings)
        return [found[platform, id] for platform, id, _ in calls]

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
