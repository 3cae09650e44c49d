"""The catalogue of services: the port `surveys.ports.Services`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Transactions
from storage.statements import PerDialect
from storage.survey_models import ServiceRow
from surveys.services import Service

__all__ = ["SqlServices", "get_services"]

_S = ServiceRow
_COLUMNS = (_S.id, _S.title, _S.agency, _S.agency_id, _S.parent, _S.active, _S.channels, _S.aliases)
_GET = select(*_COLUMNS).where(_S.id == bindparam("of_id"))
_GET_THESE = select(*_COLUMNS).where(_S.id.in_(bindparam("of_ids", expanding=True)))
_ALL = select(*_COLUMNS).order_by(_S.id)
_CHANGED = ("title", "agency", "agency_id", "parent", "active", "channels", "aliases")


def _put(insert: Any) -> Any:
    statement = insert(_S)
    return statement.on_conflict_do_update(
        index_elements=["id"], set_={name: getattr(statement.excluded, name) for name in _CHANGED}
    )


_PUT = PerDialect(_put)


class SqlServices:
    """Services leave only by being inactive: responses refer to them."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def get(self, service_id: str) -> Service | None:
        async with self._transactions.read() as connection:
            row = (await connection.execute(_GET, {"of_id": service_id})).one_or_none()
        return None if row is None else _service(row)

    async def all(self) -> list[Service]:
        async with self._transactions.read() as connection:
            return [_service(row) for row in await connection.execute(_ALL)]

    async def put(self, services: Sequence[Service]) -> None:
        if not services:
            return
        rows = [
            {
                "id": s.id,
                "title": s.title,
                "agency": s.agency,
                "agency_id": s.agency_id,
                "parent": s.parent,
                "active": s.active,
                "channels": list(s.channels),
                "aliases": list(s.aliases),
            }
            for s in sorted(services, key=lambda s: s.id)
        ]
        async with self._transactions.write() as connection:
            await connection.execute(_PUT.on(connection), rows)


async def get_services(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, Service]:
    """Those that there are, by id."""
    return {row.id: _service(row) for row in await connection.execute(_GET_THESE, {"of_ids": ids})}


def _service(row: Row[*tuple[Any, ...]]) -> Service:
    return Service(
        row.id, row.title, row.agency, row.agency_id, row.parent, row.active, tuple(row.channels), tuple(row.aliases)
    )
