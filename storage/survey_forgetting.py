"""What /forget does to surveys: words and links go, bare scores stay, and the Organization's store hears of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.survey_cases import case_of, case_values
from storage.survey_models import CaseRow, OutboxRow, ResponseRow
from storage.survey_outbox import event_values
from storage.survey_responses import response_values, responses_of_asker
from surveys.case import CaseState, case_event
from surveys.events import EventKind
from surveys.responses import event_of
from surveys.services import EXAMPLE_PREFIX

__all__ = ["forget_surveys"]


async def forget_surveys(connection: AsyncConnection, *, person_id: int, respondent: str) -> Mapping[str, int]:
    """Rows emptied by table name, in the caller's transaction. `once` stays: one response a period, also afterwards."""
    responses = await _forget_responses(connection, respondent)
    cases = await _forget_cases(connection, person_id, responses)
    return {ResponseRow.__tablename__: len(responses), CaseRow.__tablename__: cases}


async def _forget_responses(connection: AsyncConnection, respondent: str) -> list[int]:
    """Their ids."""
    responses = await responses_of_asker(connection, respondent)
    for response in responses:
        erased = response.changed(asker=None, text=None)
        change = update(ResponseRow).where(ResponseRow.id == response.id).values(**response_values(erased))
        await connection.execute(change)
        await _erase_events(connection, response.uid)
        if not response.service_id.startswith(EXAMPLE_PREFIX):
            await connection.execute(insert(OutboxRow), event_values(event_of(erased, EventKind.RESPONSE_ERASED)))
    return [response.id for response in responses]


async def _forget_cases(connection: AsyncConnection, person_id: int, responses: Sequence[int]) -> int:
    """Also those whose link back was cut when they were closed: their words came with a response."""
    await connection.execute(update(CaseRow).where(CaseRow.holder_id == person_id).values(holder_id=None))
    own = or_(CaseRow.person_id == person_id, CaseRow.response_id.in_(responses))
    mine = select(*CaseRow.__table__.columns).where(own).order_by(CaseRow.id)
    cases = [case_of(row) for row in (await connection.execute(mine.with_for_update())).all()]
    for case in cases:
        closed = replace(
            case, state=CaseState.CLOSED, person_id=None, text=None, answer=None, revision=case.revision + 1
        )
        await connection.execute(update(CaseRow).where(CaseRow.id == case.id).values(**case_values(closed)))
        await _erase_events(connection, case.uid)
        if case.service_id and not case.service_id.startswith(EXAMPLE_PREFIX):
            event = case_event(closed, EventKind.CASE_ERASED, case.received_at.date())
            await connection.execute(insert(OutboxRow), event_values(event))
    return len(cases)


async def _erase_events(connection: AsyncConnection, subject: str) -> None:
    await connection.execute(update(OutboxRow).where(OutboxRow.subject == subject).values(text=None))
