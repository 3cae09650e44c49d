"""Rating a service, on both databases: one response each, honest counts, nothing lost, nothing leaked."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import func, select

from storage.database import Database
from storage.survey_models import OutboxRow, ResponseRow
from storage.unit_of_work import Repositories
from surveys.questionnaire import WRITTEN
from surveys.refusals import RefusedError
from surveys.responses import COUNTS
from tests.support.rating import BIRTH, EXAMPLE, SurveyDesk, respondent

MONTH = "1405-08"


@pytest.fixture
async def desk(database: Database) -> SurveyDesk:
    return await SurveyDesk(database).prepared()


async def tallies(desk: SurveyDesk, service_id: str = BIRTH.id) -> dict[tuple[str, str], int]:
    async with desk.work() as work:
        return {(r.question, r.value): r.count for r in await work.tallies.rows([service_id], [MONTH])}


async def events(database: Database) -> list[Any]:
    async with database.read() as connection:
        return list((await connection.execute(select(*OutboxRow.__table__.columns).order_by(OutboxRow.id))).all())


async def count(database: Database) -> int:
    async with database.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(ResponseRow))).scalar_one())


async def test_one_tap_is_a_whole_response(desk: SurveyDesk) -> None:
    page = await desk.open(respondent(1), "۱۰۰۰", channel="telegram")
    assert (page.service, page.response) == (BIRTH, None)
    assert page.question == page.questionnaire.first

    page = await desk.give(respondent(1), BIRTH.id, "overall", 5, channel="telegram")

    assert page.changed
    assert page.question is not None
    assert page.question.id == "settled"
    assert await tallies(desk) == {
        (COUNTS, "opened"): 1,
        (COUNTS, "answered"): 1,
        ("overall", "*"): 1,
        ("overall", "5"): 1,
    }
    (event,) = await events(desk.database)
    assert (event.kind, event.uid) == ("response.given", "id-1.1")
    assert event.payload["answers"] == {"overall": 5}
    assert "asker" not in str(event)


async def test_all_the_way_to_the_end_and_back_after_a_restart(desk: SurveyDesk) -> None:
    me = respondent(1)
    await desk.give(me, BIRTH.id, "overall", 2, channel="web")
    await desk.give(me, BIRTH.id, "settled", "partly", channel="web")
    page = await desk.give(me, BIRTH.id, "in_person", None, channel="web")
    assert page.question is not None
    assert page.question.id == "bad"

    later = SurveyDesk(desk.database)
    page = await later.open(me, BIRTH.id, channel="web")
    assert page.question is not None
    assert page.question.id == "bad"
    for choice in ("staff", "speed", "cost", "staff"):
        page = await later.give(me, BIRTH.id, "bad", choice, channel="web", toggle=True)
    assert page.response is not None
    assert page.response.answers["bad"] == ("speed", "cost")
    page = await later.give(me, BIRTH.id, "words", "به 09121234567 زنگ بزنید\0", channel="web")

    assert page.response is not None
    assert page.response.finished
    assert page.question is None
    async with desk.work() as work:
        stored = await work.responses.by_code(page.response.code)
    assert stored is not None
    assert stored.text == "به ███████████ زنگ بزنید\ufffd"
    assert stored.answers["words"] == WRITTEN
    assert (await tallies(desk))[("bad", "speed")] == 1
    assert ("bad", "staff") not in await tallies(desk)
    assert (await tallies(desk))[(COUNTS, "finished")] == 1
    assert (await tallies(desk))[("in_person", "-")] == 1


async def test_a_better_face_drops_what_hung_on_the_worse_one(desk: SurveyDesk) -> None:
    me = respondent(1)
    await desk.give(me, BIRTH.id, "overall", 1, channel="web")
    await desk.give(me, BIRTH.id, "bad", ("speed",), channel="web")
    page = await desk.give(me, BIRTH.id, "overall", 5, channel="web")

    assert page.response is not None
    assert page.response.answers == {"overall": 5}
    assert await tallies(desk) == {(COUNTS, "answered"): 1, ("overall", "*"): 1, ("overall", "5"): 1}
    with pytest.raises(RefusedError, match="survey-unknown-question"):
        await desk.give(me, BIRTH.id, "bad", ("speed",), channel="web")


async def test_the_same_tap_twice_is_one_event(desk: SurveyDesk) -> None:
    for _ in range(3):
        await desk.give(respondent(1), BIRTH.id, "overall", 4, channel="web")
    assert len(await events(desk.database)) == 1
    assert await count(desk.database) == 1


async def test_a_new_period_is_a_new_response(desk: SurveyDesk) -> None:
    await desk.give(respondent(1), BIRTH.id, "overall", 4, channel="web")
    desk.now += dt.timedelta(days=40)  # past the end of autumn
    page = await desk.open(respondent(1), BIRTH.id, channel="web")
    assert page.response is None
    await desk.give(respondent(1), BIRTH.id, "overall", 1, channel="web")
    assert await count(desk.database) == 2


async def test_opening_counts_a_person_once(desk: SurveyDesk) -> None:
    for number in (1, 1, 2):
        await desk.open(respondent(number), BIRTH.id, channel="web")
    assert (await tallies(desk))[(COUNTS, "opened")] == 2


async def test_examples_stay_here(desk: SurveyDesk) -> None:
    await desk.give(respondent(1), EXAMPLE.id, "overall", 4, channel="web")
    assert await events(desk.database) == []
    assert (await tallies(desk, EXAMPLE.id))[("overall", "4")] == 1


@pytest.mark.parametrize(
    ("service_id", "question", "value", "refusal"),
    [
        ("4711", "overall", 4, "service-unknown"),
        ("", "overall", 4, "service-unknown"),
        ("'; DROP TABLE", "overall", 4, "service-unknown"),
        ("1001", "overall", 4, "service-inactive"),
        ("1000", "overall", 6, "survey-unknown-value"),
        ("1000", "overall", "5", "survey-unknown-value"),
        ("1000", "overall", None, "survey-required"),
        ("1000", "gone", 4, "survey-face-first"),
        ("1000", "settled", "yes", "survey-face-first"),
    ],
)
async def test_what_is_wrong_stores_nothing(
    desk: SurveyDesk, service_id: str, question: str, value: Any, refusal: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        await desk.give(respondent(1), service_id, question, value, channel="web")
    assert refused.value.message_key == refusal
    assert await count(desk.database) == 0
    assert await tallies(desk) == {}


@pytest.mark.parametrize(
    ("words", "refusal"),
    [("x" * 100_000, "survey-text-too-long"), ("😀😀", "survey-text-without-words"), ("", "survey-text-without-words")],
)
async def test_words_that_are_none(desk: SurveyDesk, words: str, refusal: str) -> None:
    await desk.give(respondent(1), BIRTH.id, "overall", 4, channel="web")
    with pytest.raises(RefusedError) as refused:
        await desk.give(respondent(1), BIRTH.id, "words", words, channel="web")
    assert refused.value.message_key == refusal


async def test_200_people_tap_at_once(desk: SurveyDesk) -> None:
    """Everybody three times: opened, a face, another face, some of them at the very same moment."""

    async def person(number: int) -> None:
        me = respondent(number)
        await asyncio.gather(
            desk.open(me, BIRTH.id, channel="telegram"),
            desk.give(me, BIRTH.id, "overall", number % 5 + 1, channel="telegram"),
            desk.give(me, BIRTH.id, "overall", number % 5 + 1, channel="telegram"),
        )

    await asyncio.gather(*(person(number) for number in range(200)))

    counted = await tallies(desk)
    assert await count(desk.database) == 200
    assert (counted[(COUNTS, "opened")], counted[(COUNTS, "answered")]) == (200, 200)
    assert [counted[("overall", str(face))] for face in range(1, 6)] == [40] * 5
    stored = await events(desk.database)
    assert len({event.uid for event in stored}) == len(stored) == 200


async def test_one_person_tapping_all_faces_at_once_has_one_response(desk: SurveyDesk) -> None:
    await asyncio.gather(
        *(desk.give(respondent(1), BIRTH.id, "overall", face % 5 + 1, channel="web") for face in range(30))
    )
    counted = await tallies(desk)
    assert await count(desk.database) == 1
    assert sum(counted.get(("overall", str(face)), 0) for face in range(1, 6)) == 1
    revisions = Counter(event.revision for event in await events(desk.database))
    assert set(revisions.values()) == {1}


async def test_forgotten_words_are_gone_and_the_score_stays(desk: SurveyDesk, repositories: Repositories) -> None:
    person = await repositories.people.seen("telegram", 7_000_001, desk.now)
    me = respondent(1)
    await desk.give(me, BIRTH.id, "overall", 1, channel="telegram")
    await desk.give(me, BIRTH.id, "words", "نام من SECRETWORDS است", channel="telegram")

    await repositories.people.forget(person.id)

    stored = await events(desk.database)
    assert [event.kind for event in stored] == ["response.given", "response.changed", "response.erased"]
    assert "SECRETWORDS" not in str(stored)
    assert (await tallies(desk))[("overall", "1")] == 1
    page = await desk.give(me, BIRTH.id, "overall", 2, channel="telegram")
    assert page.response is not None
    assert page.response.text is None
    assert await count(desk.database) == 1
    assert len({event.uid for event in await events(desk.database)}) == 4
