"""First answers that share transactions: each stored whole or not at all, once, whoever else is in the same one."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.survey_first_answers import SqlFirstAnswers
from storage.survey_models import OutboxRow, ResponseRow
from surveys.events import EventKind
from surveys.ports import FirstAnswer
from surveys.responses import COUNTS, Response, changed_tallies, event_of
from tests.support.rating import BIRTH, EXAMPLE, SurveyDesk, respondent, response_of

MONTH = "1405-08"


def first(response: Response, spread: int = 0) -> FirstAnswer:
    event = None if response.service_id == EXAMPLE.id else event_of(response, EventKind.RESPONSE_GIVEN)
    return FirstAnswer(response, event, changed_tallies(None, response), spread)


@pytest.fixture
async def desk(database: Database) -> SurveyDesk:
    return await SurveyDesk(database).prepared()


async def test_hundreds_at_once_by_two_processes_are_stored_once_each(desk: SurveyDesk) -> None:
    """Each process has its own queue of taps; both have the same people in hand, in opposite order."""
    processes = [SqlFirstAnswers(desk.database), SqlFirstAnswers(desk.database)]
    people = [respondent(number) for number in range(1, 61)]
    taps = []
    for at, process in enumerate(processes):
        for who in people if at == 0 else reversed(people):
            for service in (BIRTH, EXAMPLE):
                response = replace(response_of(who, service.id), uid=f"{at}-{who.person_id}-{service.id}")
                taps.append(process.give(first(replace(response, code=response.uid), spread=who.person_id)))
    stored = await asyncio.gather(*taps)

    assert sum(response is not None for response in stored) == 2 * len(people)
    assert len({response.id for response in stored if response}) == 2 * len(people)
    async with desk.database.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(ResponseRow))).scalar_one() == 120
        told = list((await connection.execute(select(OutboxRow.subject, OutboxRow.service_id))).all())
    assert {(r.uid, r.service_id) for r in stored if r and r.service_id == BIRTH.id} == {tuple(row) for row in told}
    assert len(told) == len(people), "of the examples nobody is told"
    async with desk.work() as work:
        rows = {(r.question, r.value): r.count for r in await work.tallies.rows([BIRTH.id], [MONTH])}
    assert (rows[COUNTS, "answered"], rows["overall", "*"], rows["overall", "2"]) == (60, 60, 60)


async def test_one_that_cannot_be_stored_takes_nobody_with_it(desk: SurveyDesk) -> None:
    """The same tracking code twice is a fault of chance; the other people of its transaction must not notice."""
    answers = SqlFirstAnswers(desk.database)
    responses = [response_of(respondent(number), BIRTH.id) for number in range(1, 21)]
    responses[13] = replace(responses[13], code=responses[4].code)
    outcomes = await asyncio.gather(*(answers.give(first(r)) for r in responses), return_exceptions=True)

    failed = [at for at, outcome in enumerate(outcomes) if isinstance(outcome, IntegrityError)]
    assert failed in ([4], [13])
    assert all(isinstance(outcome, Response) for at, outcome in enumerate(outcomes) if at not in failed)
    async with desk.work() as work:
        rows = {(r.question, r.value): r.count for r in await work.tallies.rows([BIRTH.id], [MONTH])}
    assert rows[COUNTS, "answered"] == 19


async def test_services_looked_up_at_once(desk: SurveyDesk) -> None:
    services = SqlFirstAnswers(desk.database).services
    found = await asyncio.gather(*(services.get(id) for id in ("1000", "EXAMPLE-1", "1000", "nothing", "1001")))
    assert [service and service.id for service in found] == ["1000", "EXAMPLE-1", "1000", None, "1001"]
