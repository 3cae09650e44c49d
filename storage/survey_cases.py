"""Cases, their history, and what was kept of their answers: the port `surveys.ports.Cases`."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, func, insert, literal, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from reminders.ledger import MessageState
from storage.columns import is_key
from storage.database import Transactions
from storage.reminder_models import MessageRow
from storage.survey_models import CaseRow, CaseStepRow, KeptAnswerRow, ServiceRow
from surveys.case import Case, CaseFilter, CaseKind, CaseState, CaseStep, KeptAnswer, KeptKind
from surveys.case_moves import outcome_key
from surveys.case_work import plain_code
from surveys.services import plain_id

__all__ = ["SqlCases", "case_of"]

_C, _K = CaseRow, KeptAnswerRow
_COLUMNS = tuple(_C.__table__.columns)
#: No id: questions have "".
NO_SERVICE = "-"


class SqlCases:
    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def add(self, case: Case) -> Case:
        async with self._transactions.write() as connection:
            id = (await connection.execute(insert(_C).returning(_C.id), case_values(case))).scalar_one()
        return replace(case, id=id)

    async def get(self, case_id: int, *, lock: bool = False) -> Case | None:
        return await self._one(select(*_COLUMNS).where(_C.id == case_id), lock=lock) if is_key(case_id) else None

    async def of_response(self, response_id: int, *, lock: bool = False) -> Case | None:
        return await self._one(select(*_COLUMNS).where(_C.response_id == response_id), lock=lock)

    async def of_question(self, question_id: int) -> Case | None:
        if not is_key(question_id):
            return None
        return await self._one(select(*_COLUMNS).where(_C.question_id == question_id))

    async def by_code(self, code: str) -> Case | None:
        return await self._one(select(*_COLUMNS).where(_C.code == code))

    async def save(self, case: Case) -> None:
        async with self._transactions.write() as connection:
            await connection.execute(update(_C).where(_C.id == case.id).values(**case_values(case)))

    async def add_step(self, step: CaseStep) -> None:
        values = {
            "case_id": step.case_id,
            "state": step.state.value,
            "at": step.at,
            "by": step.by,
            "note": step.note,
        }
        async with self._transactions.write() as connection:
            await connection.execute(insert(CaseStepRow), values)

    async def steps(self, case_id: int) -> list[CaseStep]:
        wanted = select(CaseStepRow.state, CaseStepRow.at, CaseStepRow.by, CaseStepRow.note)
        wanted = wanted.where(CaseStepRow.case_id == case_id).order_by(CaseStepRow.id)
        async with self._transactions.read() as connection:
            return [CaseStep(case_id, CaseState(r.state), r.at, r.by, r.note) for r in await connection.execute(wanted)]

    async def search(self, wanted: CaseFilter) -> list[Case]:
        order = (_C.due_at.desc(), _C.id.desc()) if wanted.newest_first else (_C.due_at, _C.id)
        statement = select(*_COLUMNS).order_by(*order).limit(wanted.limit).offset(wanted.offset)
        if wanted.agencies is not None:
            statement = statement.where(_C.agency_id.in_(sorted(wanted.agencies)))
        if wanted.service_id is not None:
            statement = statement.where(_C.service_id == wanted.service_id)
        if wanted.states:
            statement = statement.where(_C.state.in_([state.value for state in wanted.states]))
        if wanted.overdue_at is not None:
            statement = statement.where(_C.due_at < wanted.overdue_at)
        for word in _one_spelling(wanted.words).split()[:8]:
            services = select(ServiceRow.id).where(_holds(ServiceRow.title, word) | _holds(ServiceRow.agency, word))
            statement = statement.where(
                _holds(_C.text, word)
                | _holds(_C.answer, word)
                | (_C.code == plain_code(word))
                | (_C.service_id == (plain_id(word) or NO_SERVICE))
                | _C.service_id.in_(services)
            )
        async with self._transactions.read() as connection:
            return [case_of(row) for row in await connection.execute(statement)]

    async def delivered_outcomes(self, limit: int) -> list[int]:
        told = (MessageRow.key == outcome_key_of(_C.uid), MessageRow.state == MessageState.DELIVERED.value)
        statement = select(_C.id).join(MessageRow, and_(*told)).where(_C.state == CaseState.ANSWERED.value)
        async with self._transactions.read() as connection:
            return list((await connection.execute(statement.order_by(_C.id).limit(limit))).scalars())

    async def overdue(self, now: dt.datetime, limit: int) -> list[Case]:
        waiting = [state.value for state in CaseState if state is not CaseState.CLOSED]
        statement = (
            select(*_COLUMNS)
            .where(_C.state.in_(waiting), _C.remind_at <= now)
            .order_by(_C.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        async with self._transactions.write() as connection:
            return [case_of(row) for row in (await connection.execute(statement)).all()]

    async def keep(self, kept: KeptAnswer) -> KeptAnswer:
        values = {
            "case_id": kept.case_id,
            "kind": kept.kind.value,
            "address": kept.address,
            "text": kept.text,
            "state": kept.state,
            "made_by": kept.made_by,
            "made_at": kept.made_at,
        }
        async with self._transactions.write() as connection:
            id = (await connection.execute(insert(_K).returning(_K.id), values)).scalar_one()
        return replace(kept, id=id)

    async def kept(self, state: str) -> list[KeptAnswer]:
        wanted = select(*_K.__table__.columns).where(_K.state == state).order_by(_K.id)
        async with self._transactions.read() as connection:
            rows = (await connection.execute(wanted)).all()
        return [
            KeptAnswer(r.id, r.case_id, KeptKind(r.kind), r.address, r.text, r.state, r.made_by, r.made_at)
            for r in rows
        ]

    async def kept_of(self, case_id: int) -> set[tuple[KeptKind, str, str]]:
        wanted = select(_K.kind, _K.address, _K.text).where(_K.case_id == case_id, _K.state != "refused")
        async with self._transactions.read() as connection:
            return {(KeptKind(r.kind), r.address, r.text) for r in await connection.execute(wanted)}

    async def decide_kept(self, kept_id: int, state: str) -> bool:
        if not is_key(kept_id):
            return False
        change = update(_K).where(_K.id == kept_id, _K.state == "proposed").values(state=state)
        async with self._transactions.write() as connection:
            return (await connection.execute(change)).rowcount > 0

    async def _one(self, statement: Select[Any], *, lock: bool = False) -> Case | None:
        transaction = self._transactions.write() if lock else self._transactions.read()
        async with transaction as connection:
            row = (await connection.execute(statement.with_for_update() if lock else statement)).one_or_none()
        return None if row is None else case_of(row)


#: What people type for the same letter or gap, and what is searched for.
_SPELLINGS: Final = (("ي", "ی"), ("ك", "ک"), ("\u200c", " "))
_DIGITS: Final = ("0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩")


def _one_spelling(words: str) -> str:
    for typed, searched in _SPELLINGS:
        words = words.replace(typed, searched)
    return words


def _holds(column: InstrumentedAttribute[Any], word: str) -> ColumnElement[bool]:
    """Whether a column holds a word in `_one_spelling`, however it was typed there; digits are of any set."""
    spelt: ColumnElement[Any] = column.expression
    for typed, searched in _SPELLINGS:
        spelt = func.replace(spelt, typed, searched)
    any_digits = str.maketrans("".join(_DIGITS), _DIGITS[0] * len(_DIGITS))
    latin = word.translate(any_digits)
    ways = {latin.translate(str.maketrans(_DIGITS[0], digits)) for digits in _DIGITS}
    return or_(*(spelt.icontains(way, autoescape=True) for way in sorted(ways)))


def outcome_key_of(uid: ColumnElement[str] | InstrumentedAttribute[str]) -> ColumnElement[str]:
    """The key of the message that tells an outcome, as `surveys.case_moves.outcome_key` writes it."""
    before, after = outcome_key("\0").split("\0")
    return literal(before) + uid + literal(after)


def case_values(case: Case) -> dict[str, Any]:
    """The row of a case, without its id."""
    values = {name: getattr(case, name) for name in Case.__slots__ if name != "id"}
    return values | {"kind": case.kind.value, "state": case.state.value}


def case_of(row: Row[*tuple[Any, ...]]) -> Case:
    """The case of a row with all columns."""
    values = dict(row._mapping)
    return Case(**values | {"kind": CaseKind(values["kind"]), "state": CaseState(values["state"])})
