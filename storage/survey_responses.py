"""Responses and openings: the port `surveys.ports.Responses`."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import is_key
from storage.database import Transactions
from storage.statements import PerDialect
from storage.survey_models import OpeningRow, ResponseRow
from surveys.responses import Response, Standing

__all__ = ["SqlResponses", "add_responses", "response_of", "response_values", "responses_of_asker"]

_R = ResponseRow
_COLUMNS = tuple(_R.__table__.columns)
#: Rows a batch of a stream.
BATCH: Final = 2000

_OPENED = PerDialect(
    lambda insert: insert(OpeningRow).on_conflict_do_nothing(index_elements=["once"]).returning(OpeningRow.once)
)
_ADD = PerDialect(lambda insert: insert(_R).on_conflict_do_nothing(index_elements=["once"]).returning(_R.id, _R.uid))
_FIND = select(*_COLUMNS).where(_R.once == bindparam("of_once"))
_GET = select(*_COLUMNS).where(_R.id == bindparam("of_id"))
_BY_CODE = select(*_COLUMNS).where(_R.code == bindparam("of_code"))
_CHANGING = ("asker", "answered_at", "answers", "text", "finished", "standing", "again", "revision")
_SAVE = (
    update(_R)
    .where(_R.id == bindparam("of_id"))
    .values({name: bindparam(f"new_{name}", type_=_R.__table__.c[name].type) for name in _CHANGING})
)
_STANDING = select(*_COLUMNS).where(_R.standing == bindparam("of_standing")).order_by(_R.id).limit(bindparam("most"))


class SqlResponses:
    """`find(lock=True)` makes everybody else wait who means the same response."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def opened(self, once: str, service_id: str, period_ends: dt.date) -> bool:
        values = {"once": once, "service_id": service_id, "period_ends": period_ends}
        async with self._transactions.write() as connection:
            return (await connection.execute(_OPENED.on(connection), values)).one_or_none() is not None

    async def find(self, once: str, *, lock: bool = False) -> Response | None:
        return await self._one(_FIND, {"of_once": once}, lock=lock)

    async def by_code(self, code: str) -> Response | None:
        return await self._one(_BY_CODE, {"of_code": code}, lock=False)

    async def get(self, response_id: int, *, lock: bool = False) -> Response | None:
        return await self._one(_GET, {"of_id": response_id}, lock=lock) if is_key(response_id) else None

    async def save(self, response: Response) -> None:
        values = response_values(response)
        async with self._transactions.write() as connection:
            await connection.execute(
                _SAVE, {"of_id": response.id, **{f"new_{name}": values[name] for name in _CHANGING}}
            )

    async def busy(
        self, since: dt.datetime, until: dt.datetime, window: dt.timedelta, at_least: int
    ) -> list[tuple[str, dt.datetime, int]]:
        seconds = int(window.total_seconds())
        async with self._transactions.read() as connection:
            second = (
                func.unixepoch(_R.answered_at)
                if connection.dialect.name == "sqlite"
                else func.floor(func.extract("epoch", _R.answered_at))
            )
            start = (func.floor(second / float(seconds))).label("start")
            statement = (
                select(_R.service_id, start, func.count().label("responses"))
                .where(_R.answered_at >= since, _R.answered_at < until, _R.standing == Standing.COUNTED.value)
                .group_by(_R.service_id, start)
                .having(func.count() >= at_least)
                .order_by(_R.service_id, start)
            )
            rows = (await connection.execute(statement)).all()
        return [(r.service_id, dt.datetime.fromtimestamp(int(r.start) * seconds, dt.UTC), r.responses) for r in rows]

    async def counted_since(self, since: dt.datetime) -> Mapping[str, int]:
        statement = (
            select(_R.service_id, func.count().label("responses"))
            .where(_R.answered_at >= since, _R.standing == Standing.COUNTED.value)
            .group_by(_R.service_id)
        )
        async with self._transactions.read() as connection:
            return {row.service_id: row.responses for row in await connection.execute(statement)}

    async def counted_in(self, service_id: str, first: dt.datetime, last: dt.datetime) -> list[Response]:
        return await self._locked(
            select(*_COLUMNS).where(_R.service_id == service_id, _R.answered_at >= first, _R.answered_at < last)
        )

    async def tireless(self, since: dt.datetime, more_than: int) -> list[Response]:
        people = (
            select(_R.asker)
            .where(_R.answered_at >= since, _R.asker.is_not(None), _R.standing == Standing.COUNTED.value)
            .group_by(_R.asker)
            .having(func.count() > more_than)
        )
        return await self._locked(select(*_COLUMNS).where(_R.asker.in_(people), _R.answered_at >= since))

    async def standing(self, standing: Standing, limit: int) -> list[Response]:
        async with self._transactions.read() as connection:
            rows = await connection.execute(_STANDING, {"of_standing": standing.value, "most": limit})
            return [response_of(row) for row in rows]

    async def stream(
        self, service_ids: Collection[str] | None, months: Sequence[str] | None
    ) -> AsyncIterator[list[Response]]:
        wanted = select(*_COLUMNS).where(_R.id > bindparam("after")).order_by(_R.id).limit(BATCH)
        if service_ids is not None:
            wanted = wanted.where(_R.service_id.in_(service_ids))
        if months is not None:
            wanted = wanted.where(_R.month.in_(months))
        after = 0
        while True:
            async with self._transactions.read() as connection:
                rows = (await connection.execute(wanted, {"after": after})).all()
            if not rows:
                return
            yield [response_of(row) for row in rows]
            after = rows[-1].id

    async def _one(self, statement: Select[Any], values: Mapping[str, Any], *, lock: bool) -> Response | None:
        transaction = self._transactions.write() if lock else self._transactions.read()
        async with transaction as connection:
            row = (await connection.execute(_locking(statement) if lock else statement, values)).one_or_none()
        return None if row is None else response_of(row)

    async def _locked(self, statement: Select[Any]) -> list[Response]:
        statement = statement.where(_R.standing == Standing.COUNTED.value).order_by(_R.id)
        async with self._transactions.write() as connection:
            return [response_of(row) for row in (await connection.execute(_locking(statement))).all()]


_FIND_LOCKED, _GET_LOCKED = _FIND.with_for_update(), _GET.with_for_update()


def _locking(statement: Select[Any]) -> Select[Any]:
    if statement is _FIND:
        return _FIND_LOCKED
    return _GET_LOCKED if statement is _GET else statement.with_for_update()


async def responses_of_asker(connection: AsyncConnection, asker: str) -> list[Response]:
    """Everything one person gave, locked."""
    statement = select(*_COLUMNS).where(_R.asker == asker).order_by(_R.id).with_for_update()
    return [response_of(row) for row in (await connection.execute(statement)).all()]


async def add_responses(connection: AsyncConnection, responses: Sequence[Response]) -> dict[str, int]:
    """Ids of those that were added, by uid; one whose `once` is there already, or twice among these, is left out."""
    rows = await connection.execute(_ADD.on(connection), [response_values(response) for response in responses])
    return {row.uid: row.id for row in rows}


def response_values(response: Response) -> dict[str, Any]:
    """The row of a response, without its id."""
    return {
        "uid": response.uid,
        "code": response.code,
        "service_id": response.service_id,
        "channel": response.channel,
        "period": response.period,
        "period_ends": response.period_ends,
        "once": response.once,
        "asker": response.asker,
        "questionnaire": response.questionnaire,
        "version": response.version,
        "answers": {q: list(v) if isinstance(v, tuple) else v for q, v in response.answers.items()},
        "text": response.text,
        "finished": response.finished,
        "standing": response.standing.value,
        "again": response.again,
        "day": response.day,
        "month": response.month,
        "answered_at": response.answered_at,
        "revision": response.revision,
    }


def response_of(row: Row[*tuple[Any, ...]]) -> Response:
    """The response of a row with all columns."""
    values = dict(row._mapping)
    values["answers"] = {q: tuple(v) if isinstance(v, list) else v for q, v in values["answers"].items()}
    values["standing"] = Standing(values["standing"])
    return Response(**values)
