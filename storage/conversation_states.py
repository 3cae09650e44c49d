"""Conversation state: the port `bot.ports.StateStore`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from bot.ports import KeptState
from storage.database import Transactions
from storage.gathering import Gathered
from storage.models import StateRow
from storage.statements import Keyed, PerDialect

__all__ = ["SqlStateStore"]


def _set(column: str) -> PerDialect:
    return PerDialect(
        lambda insert: (
            insert(StateRow)
            .values(
                {
                    "key": bindparam("of_key"),
                    "platform": bindparam("on_platform"),
                    "platform_id": bindparam("as_id"),
                    column: bindparam("new_value", type_=StateRow.__table__.c[column].type),
                }
            )
            .on_conflict_do_update(
                index_elements=["key"],
                set_={column: bindparam("new_value", type_=StateRow.__table__.c[column].type)},
            )
        )
    )


_SET_STATE, _SET_DATA = _set("state"), _set("data")
_GET = Keyed(StateRow.key, lambda them: select(StateRow.key, StateRow.state, StateRow.data).where(them))
#: Emptied: the row goes with its last content.
_DROP_STATE = delete(StateRow).where(StateRow.key == bindparam("of_key"), StateRow.data.is_(None))
_CLEAR_STATE = update(StateRow).where(StateRow.key == bindparam("of_key")).values(state=None)
_DROP_DATA = delete(StateRow).where(StateRow.key == bindparam("of_key"), StateRow.state.is_(None))
_CLEAR_DATA = update(StateRow).where(StateRow.key == bindparam("of_key")).values(data=None)
_FORGET = delete(StateRow).where(
    StateRow.platform == bindparam("on_platform"), StateRow.platform_id == bindparam("as_id")
)


class SqlStateStore:
    """A conversation without state and data has no row. Conversations asked for at the same time are read together."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._get = Gathered(self._rows)

    async def get(self, key: str) -> KeptState:
        return await self._get(key)

    async def set_state(self, key: str, state: str | None) -> None:
        async with self._transactions.once() as connection:  # each statement stands alone
            if state is not None:
                await connection.execute(_SET_STATE.on(connection), {**_owner(key), "new_value": state})
            elif (await connection.execute(_DROP_STATE, {"of_key": key})).rowcount == 0:
                await connection.execute(_CLEAR_STATE, {"of_key": key})

    async def set_data(self, key: str, data: Mapping[str, Any]) -> None:
        async with self._transactions.once() as connection:
            if data:
                await connection.execute(_SET_DATA.on(connection), {**_owner(key), "new_value": dict(data)})
            elif (await connection.execute(_DROP_DATA, {"of_key": key})).rowcount == 0:
                await connection.execute(_CLEAR_DATA, {"of_key": key})

    async def _rows(self, keys: Sequence[str]) -> Sequence[KeptState]:
        async with self._transactions.read() as connection:
            rows = await connection.execute(*_GET.of(set(keys)))
            found = {row.key: KeptState(row.state, row.data or {}) for row in rows}
        return [found.get(key) or KeptState(None, {}) for key in keys]

    async def forget_person(self, platform: str, platform_id: int) -> int:
        async with self._transactions.write() as connection:
            return (await connection.execute(_FORGET, {"on_platform": platform, "as_id": platform_id})).rowcount


def _owner(key: str) -> dict[str, Any]:
    """`platform:bot_id:chat_id:person_platform_id[:…]`, as `bot.ports.StateStore` has it."""
    parts = key.split(":")
    try:
        return {"of_key": key, "on_platform": parts[0], "as_id": int(parts[3])}
    except (IndexError, ValueError):
        raise ValueError(f"a state key that names no person: {key!r}") from None
