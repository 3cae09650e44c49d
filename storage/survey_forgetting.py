"""What /forget does to surveys: words and links go, bare scores stay, and the Organization's store hears of it.

What was decided about copies that others made of somebody's words stands in docs/decisions/0006-forgetting.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from sqlalchemy import Text, cast, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.case_marks import case_marks, kept_mark
from storage.models import ChatMessageRow, PersonRow, QuestionRow
from storage.reminder_models import MembershipRow
from storage.survey_cases import case_of, case_values
from storage.survey_models import CaseRow, KeptAnswerRow, OutboxRow, ResponseRow
from storage.survey_outbox import erase_events, event_values
from storage.survey_responses import response_values, responses_of_asker
from surveys.case import Case, CaseState, case_event, repeats
from surveys.events import EventKind
from surveys.responses import event_of
from surveys.services import EXAMPLE_PREFIX

__all__ = ["forget_surveys"]


async def forget_surveys(
    connection: AsyncConnection, *, person_id: int, respondent: str, asker: str
) -> Mapping[str, int]:
    """Rows emptied by table name, in the caller's transaction. `once` stays: one response a period, also afterwards.

    `respondent` and `asker` are the hashes that stand in the person's responses and questions; questions must still
    have theirs.
    """
    responses = await _forget_responses(connection, respondent)
    await connection.execute(update(CaseRow).where(CaseRow.holder_id == person_id).values(holder_id=None))
    cases = await _cases_of(connection, person_id, responses, asker)
    if cases:
        await _forget_copies(connection, cases)
    for case in cases:
        await _forget_case(connection, case)
    return {ResponseRow.__tablename__: len(responses), CaseRow.__tablename__: len(cases)}


async def _forget_responses(connection: AsyncConnection, respondent: str) -> list[int]:
    """Their ids."""
    responses = await responses_of_asker(connection, respondent)
    for response in responses:
        erased = response.changed(asker=None, text=None)
        change = update(ResponseRow).where(ResponseRow.id == response.id).values(**response_values(erased))
        await connection.execute(change)
        await erase_events(connection, response.uid)
        if not response.service_id.startswith(EXAMPLE_PREFIX):
            await connection.execute(insert(OutboxRow), event_values(event_of(erased, EventKind.RESPONSE_ERASED)))
    return [response.id for response in responses]


async def _cases_of(connection: AsyncConnection, person_id: int, responses: Sequence[int], asker: str) -> list[Case]:
    """Locked; also those whose link was cut when they were closed: their words came with a response or question."""
    questions = select(QuestionRow.id).where(QuestionRow.asker == asker)
    own = or_(CaseRow.person_id == person_id, CaseRow.response_id.in_(responses), CaseRow.question_id.in_(questions))
    mine = select(*CaseRow.__table__.columns).where(own).order_by(CaseRow.id)
    return [case_of(row) for row in (await connection.execute(mine.with_for_update())).all()]


async def _forget_case(connection: AsyncConnection, case: Case) -> None:
    """The answer goes too: it may quote whom it answers, and was meant for them alone."""
    closed = replace(case, state=CaseState.CLOSED, person_id=None, text=None, answer=None, revision=case.revision + 1)
    await connection.execute(update(CaseRow).where(CaseRow.id == case.id).values(**case_values(closed)))
    await erase_events(connection, case.uid)
    if case.service_id and not case.service_id.startswith(EXAMPLE_PREFIX):
        event = case_event(closed, EventKind.CASE_ERASED, case.received_at.date())
        await connection.execute(insert(OutboxRow), event_values(event))


async def _forget_copies(connection: AsyncConnection, cases: Sequence[Case]) -> None:
    """Wordings kept of the cases that repeat the person's words, and what staff were shown in chats that we keep.

    Wordings that an expert put into words of their own stay.
    """
    words = {case.id: case.text or "" for case in cases}
    of_cases = select(KeptAnswerRow.id, KeptAnswerRow.case_id, KeptAnswerRow.text)
    kept = (await connection.execute(of_cases.where(KeptAnswerRow.case_id.in_(words)))).all()
    repeating = [row.id for row in kept if repeats(row.text, words[row.case_id])]
    await connection.execute(delete(KeptAnswerRow).where(KeptAnswerRow.id.in_(repeating)))
    marks = [*chain.from_iterable(map(case_marks, words)), *map(kept_mark, repeating)]
    staff = select(PersonRow.platform_id).join(MembershipRow, MembershipRow.person_id == PersonRow.id)
    body = cast(ChatMessageRow.body, Text)
    shown = or_(*(body.contains(mark, autoescape=True) for mark in marks))
    await connection.execute(
        delete(ChatMessageRow).where(ChatMessageRow.chat_id.in_(staff), ChatMessageRow.from_bot.is_(True), shown)
    )
