"""Bursts are held until somebody decides; times and hashes go in time; reports hide what is small."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.survey_models import OpeningRow, OutboxRow, ResponseRow
from storage.survey_retention import delete_expired_surveys
from surveys.bursts import DecideHeld, FlagBursts, ListHeld
from surveys.refusals import RefusedError
from surveys.reports import MakeReport
from surveys.services import Service
from surveys.statistics import Change, share
from tests.support.rating import BIRTH, TEHRAN, SurveyDesk, respondent


@pytest.fixture
async def desk(database: Database) -> SurveyDesk:
    return await SurveyDesk(database).prepared()


async def _rate(desk: SurveyDesk, people: range, face: int, service: Service = BIRTH) -> None:
    for number in people:
        await desk.give(respondent(number), service.id, "overall", face, channel="telegram")


def _report(desk: SurveyDesk) -> MakeReport:
    return MakeReport(desk.work, desk.rules.questionnaires, clock=lambda: desk.now, timezone=TEHRAN)


async def test_a_burst_is_held_until_an_operator_decides(desk: SurveyDesk) -> None:
    await _rate(desk, range(20), 2)
    desk.now += dt.timedelta(hours=3)
    await _rate(desk, range(100, 160), 5)
    flag = FlagBursts(desk.work, desk.rules)

    assert await flag() == 60
    assert await flag() == 0
    report = await _report(desk)(BIRTH.id)
    assert report.funnel is not None
    assert (report.n, report.funnel.held, report.funnel.answered) == (20, 60, 80)

    held = [response.id for response in await ListHeld(desk.work)(100)]
    assert await DecideHeld(desk.work)(held[:40], count=True) == 40
    assert await DecideHeld(desk.work)(held[40:], count=False) == 20
    with pytest.raises(RefusedError):
        await DecideHeld(desk.work)(held[:1], count=False)
    assert await flag() == 0
    report = await _report(desk)(BIRTH.id)
    assert report.funnel is not None
    assert (report.n, report.funnel.held, report.funnel.excluded) == (60, 0, 20)


async def test_somebody_who_rates_everything_is_held(desk: SurveyDesk) -> None:
    services = [Service(str(5000 + n), "خدمت", "دستگاه") for n in range(25)]
    async with desk.work() as work:
        await work.services.put(services)
    for service in services:
        await _rate(desk, range(1, 2), 5, service)
    assert await FlagBursts(desk.work, desk.rules)() == 25


async def test_times_and_hashes_go_in_time(desk: SurveyDesk) -> None:
    await desk.open(respondent(1), BIRTH.id, channel="web")
    await _rate(desk, range(1, 4), 4)
    desk.now += dt.timedelta(hours=49)
    assert (await delete_expired_surveys(desk.database, desk.now, TEHRAN))["survey_responses"] == 3
    desk.now += dt.timedelta(days=31)
    counts = await delete_expired_surveys(desk.database, desk.now, TEHRAN)
    assert counts == {"survey_responses": 3, "survey_openings": 1, "outbox_events": 0}
    async with desk.database.read() as connection:
        rows = (await connection.execute(select(ResponseRow.answered_at, ResponseRow.once, ResponseRow.answers))).all()
        assert [tuple(row) for row in rows] == [(None, None, {"overall": 4})] * 3
        assert (await connection.execute(select(OpeningRow.once))).all() == []
        assert len((await connection.execute(select(OutboxRow.id))).all()) == 3


async def test_a_report_shows_what_it_may(desk: SurveyDesk) -> None:
    await _rate(desk, range(9), 5)
    report = await _report(desk)("۱۰۰۰")
    assert (report.n, report.top_two, set(report.faces.values())) == (None, None, {None})

    await _rate(desk, range(9, 40), 5)
    await _rate(desk, range(40, 60), 3)
    await _rate(desk, range(60, 63), 1)
    for number in range(30):
        await desk.give(respondent(number), BIRTH.id, "settled", "yes" if number < 24 else "no", channel="telegram")
        await desk.give(respondent(number), BIRTH.id, "good", ("speed",), channel="telegram")
    report = await _report(desk)(BIRTH.id)
    assert report.n == 63
    assert report.top_two == share(40, 63)
    assert report.settled == share(24, 30)
    assert report.faces == {1: None, 2: 0, 3: None, 4: 0, 5: 40}
    assert next((d.choice, d.count, d.of) for d in report.drivers) == ("speed", 30, 30)
    assert report.trend[-1].share == share(40, 63)
    assert {month.change for month in report.trend} == {Change.UNCERTAIN}

    everything = await _report(desk)()
    assert everything.n == 63
    assert [(one.key, one.share) for one in everything.services] == [(BIRTH.id, share(40, 63))]
    with pytest.raises(RefusedError, match="service-unknown"):
        await _report(desk)("4711")


async def test_few_answers_are_in_the_sums_only_together(desk: SurveyDesk) -> None:
    services = [Service(str(6000 + n), f"خدمت {n}", "سازمان") for n in range(4)]
    async with desk.work() as work:
        await work.services.put(services)
    for service, people in zip(services, (4, 0, 15, 30), strict=True):
        await _rate(desk, range(people), 4, service)
    report = await _report(desk)()
    assert (report.n, report.left_out) == (45, 1)  # beside 15 and 30, a sum of 49 would tell of the four
    assert {one.key: one.share and one.share.n for one in report.services} == {"6003": 30, "6002": 15}
    assert [one.share and one.share.n for one in report.agencies] == [45]

    await _rate(desk, range(8), 2, services[1])
    report = await _report(desk)()
    assert (report.n, report.left_out) == (57, 0)
    assert [one.share and one.share.n for one in report.agencies] == [57]


async def test_what_reveals_how_many_answered_is_hidden_with_it(desk: SurveyDesk) -> None:
    """Counts of people included: whoever hears that nine answered knows n."""
    await _rate(desk, range(9), 5)
    assert (await _report(desk)(BIRTH.id)).funnel is None
