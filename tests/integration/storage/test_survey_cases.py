"""Cases from comment to outcome, on both databases: the person hears, the agency never learns whose it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from reminders.ledger import MessageState
from reminders.people import OPERATORS, MemberState, Role
from storage.database import Database
from storage.reminder_models import MembershipRow, MessageRow
from storage.survey_models import CaseRow, OutboxRow
from storage.unit_of_work import Repositories
from surveys.case import CaseFilter, CaseState, KeptKind
from surveys.case_work import (
    AcceptedWordings,
    AcknowledgeCase,
    AnswerCase,
    AssignCase,
    DecideKeptAnswer,
    FindCases,
    FindRights,
    HandOverCase,
    KeepAnswer,
    ListKeptAnswers,
    MarkOutcomeTold,
    OpenQuestionCase,
    RateOutcome,
    RemindHolders,
    ShowCase,
    TrackCase,
    WishForOutcome,
)
from surveys.ports import SurveyWork
from surveys.refusals import RefusedError
from surveys.responses import AGAIN, Respondent
from surveys.staff_rights import StaffRights
from tests.support.rating import BIRTH, SurveyDesk

COMMENT = "کارمند باجه سه راهنمایی نکرد؛ شماره من 09121234567"
REPRESENTATIVE_ID, OPERATOR_ID = 7_100_000, 7_200_000


class CaseDesk:
    """A citizen with a comment, a representative of the agency, and every use case."""

    def __init__(self, desk: SurveyDesk, citizen: Respondent, representative: int) -> None:
        self.desk, self.citizen, self.representative = desk, citizen, representative
        uses = (desk.work, desk.case_rules)
        self.wish, self.acknowledge, self.hand_over = WishForOutcome(*uses), AcknowledgeCase(*uses), HandOverCase(*uses)
        self.answer, self.told, self.rate = AnswerCase(*uses), MarkOutcomeTold(*uses), RateOutcome(*uses)
        self.track, self.show, self.find = TrackCase(*uses), ShowCase(*uses), FindCases(*uses)
        self.remind, self.keep, self.decide = RemindHolders(*uses), KeepAnswer(*uses), DecideKeptAnswer(*uses)
        self.question = OpenQuestionCase(*uses)
        self.list_kept, self.wordings, self.rights = ListKeptAnswers(*uses), AcceptedWordings(*uses), FindRights(*uses)

    async def comment(self) -> int:
        await self.desk.give(self.citizen, BIRTH.id, "overall", 1, channel="telegram")
        await self.desk.give(self.citizen, BIRTH.id, "words", COMMENT, channel="telegram")
        case = await self.wish(self.citizen, BIRTH.id)
        assert case is not None
        return case.id

    async def operator(self, repositories: Repositories) -> int:
        """Somebody of the operators; our id."""
        id = (await repositories.people.seen("telegram", OPERATOR_ID, self.desk.now)).id
        members = repositories.reminders.members
        asked = await members.ask(
            OPERATORS, id, Role.OPERATOR, name="", legal_basis="", introduced_on=None, at=self.desk.now
        )
        assert asked is not None
        await members.decide(asked.id, MemberState.ACTIVE, by=None, at=self.desk.now)
        return id

    async def rows(self, table: Any) -> list[Any]:
        async with self.desk.database.read() as connection:
            return list((await connection.execute(select(*table.__table__.columns).order_by("id"))).all())


@pytest.fixture
async def cases(database: Database, repositories: Repositories) -> CaseDesk:
    desk = await SurveyDesk(database).prepared()
    citizen = await repositories.people.seen("telegram", 7_000_001, desk.now)
    staff = await repositories.people.seen("telegram", REPRESENTATIVE_ID, desk.now)
    asked = await repositories.reminders.members.ask(
        BIRTH.agency_id, staff.id, Role.REPRESENTATIVE, name="", legal_basis="", introduced_on=None, at=desk.now
    )
    assert asked is not None
    await repositories.reminders.members.decide(asked.id, MemberState.ACTIVE, by=None, at=desk.now)
    return CaseDesk(desk, Respondent(citizen.id, "telegram", 7_000_001), staff.id)


async def test_from_comment_to_the_second_face(cases: CaseDesk) -> None:
    id = await cases.comment()
    view = await cases.show(id, by=cases.representative)
    assert view.service_title == BIRTH.title
    assert view.case.text == COMMENT.replace("09121234567", "███████████")
    assert view.case.due_at == dt.datetime(2026, 11, 22, 6, 30, tzinfo=dt.UTC)  # Sunday 10:00

    await cases.acknowledge(id, by=cases.representative)
    answered = await cases.answer(id, "باجه سه آموزش دید.", by=cases.representative)
    assert answered.state is CaseState.ANSWERED
    messages = await cases.rows(MessageRow)
    assert [(m.kind, m.person_id) for m in messages] == [
        ("case_new", cases.representative),
        ("case_outcome", cases.citizen.person_id),
    ]
    assert messages[1].payload["answer"] == "باجه سه آموزش دید."
    assert str(cases.citizen.platform_id) not in str(messages[0])

    assert await cases.told(id)
    assert await cases.told(id)
    closed = await cases.rate(cases.citizen, id, 4)

    assert (closed.state, closed.person_id) == (CaseState.CLOSED, None)
    assert [step.state.value for step in (await cases.show(id, by=cases.representative)).steps] == [
        "received", "acknowledged", "answered", "outcome_told", "asked_again", "closed",
    ]  # fmt: skip
    (unlinked,) = [m for m in await cases.rows(MessageRow) if m.person_id == cases.citizen.person_id]
    assert (unlinked.payload, unlinked.key) == ({}, f"unlinked:{unlinked.id}")
    async with cases.desk.work() as work:
        counted = {(r.question, r.value): r.count for r in await work.tallies.rows([BIRTH.id], ["1405-08"])}
    assert counted[(AGAIN, "4")] == 1
    events = await cases.rows(OutboxRow)
    assert [e.kind for e in events if e.kind.startswith("case")][0::5] == ["case.opened", "case.closed"]
    assert len({e.uid for e in events}) == len(events)


async def test_without_words_there_is_no_case(cases: CaseDesk) -> None:
    await cases.desk.give(cases.citizen, BIRTH.id, "overall", 1, channel="telegram")
    with pytest.raises(RefusedError, match="case-needs-words"):
        await cases.wish(cases.citizen, BIRTH.id)


async def test_a_wish_twice_is_one_case_and_may_be_taken_back(cases: CaseDesk) -> None:
    id = await cases.comment()
    again = await cases.wish(cases.citizen, BIRTH.id)
    assert again is not None
    assert again.id == id
    assert await cases.wish(cases.citizen, BIRTH.id, wants=False) is None
    assert (await cases.show(id, by=cases.representative)).case.person_id is None
    with pytest.raises(RefusedError, match="case-nobody-waits"):
        await cases.answer(id, "دیر شد", by=cases.representative)


async def closed(cases: CaseDesk) -> int:
    """A case that was answered, told and rated: nothing leads to the person any more."""
    id = await cases.comment()
    await cases.answer(id, "باجه سه آموزش دید.", by=cases.representative)
    await cases.told(id)
    assert (await cases.rate(cases.citizen, id, 4)).person_id is None
    return id


async def test_the_outcome_of_the_same_words_is_told_once(cases: CaseDesk) -> None:
    id = await closed(cases)
    with pytest.raises(RefusedError, match="case-told-already"):
        await cases.wish(cases.citizen, BIRTH.id)
    assert (await cases.show(id, by=cases.representative)).case.state is CaseState.CLOSED


async def test_other_words_and_a_wish_open_the_case_again(cases: CaseDesk) -> None:
    id = await closed(cases)
    cases.desk.now += dt.timedelta(days=2)
    await cases.desk.give(cases.citizen, BIRTH.id, "words", "باجه سه باز هم راهنمایی نکرد", channel="telegram")
    shut = (await cases.show(id, by=cases.representative)).case
    assert (shut.state, shut.person_id) == (CaseState.CLOSED, None), "the person has not wished anything yet"

    again = await cases.wish(cases.citizen, BIRTH.id)

    assert again is not None
    assert (again.id, again.state, again.person_id) == (id, CaseState.RECEIVED, cases.citizen.person_id)
    assert (again.text, again.answer, again.reminded) == ("باجه سه باز هم راهنمایی نکرد", None, 0)
    assert again.due_at == dt.datetime(2026, 11, 24, 6, 30, tzinfo=dt.UTC)
    messages = await cases.rows(MessageRow)
    assert [m.payload["change"] for m in messages if m.kind == "case_new"] == ["new", "again"]
    await cases.answer(id, "رئیس شعبه عوض شد.", by=cases.representative)
    assert [m.payload for m in await cases.rows(MessageRow) if m.kind == "case_outcome"][-1]["answer"].startswith(
        "رئیس"
    )
    await cases.told(id)
    assert (await cases.rate(cases.citizen, id, 5)).state is CaseState.CLOSED
    opened = [e for e in await cases.rows(OutboxRow) if e.kind == "case.opened"]
    assert [e.text for e in opened] == [COMMENT.replace("09121234567", "███████████"), "باجه سه باز هم راهنمایی نکرد"]


async def test_who_asks_again_before_the_second_face_is_heard_too(cases: CaseDesk) -> None:
    id = await cases.comment()
    await cases.answer(id, "باجه سه آموزش دید.", by=cases.representative)
    await cases.told(id)
    await cases.desk.give(cases.citizen, BIRTH.id, "words", "پاسخ شما به پرسش من نبود", channel="telegram")
    again = await cases.wish(cases.citizen, BIRTH.id)
    assert again is not None
    assert again.state is CaseState.RECEIVED
    with pytest.raises(RefusedError, match="outcome-over"):
        await cases.rate(cases.citizen, id, 5)


async def test_a_wish_taken_back_may_be_made_again(cases: CaseDesk) -> None:
    id = await cases.comment()
    await cases.wish(cases.citizen, BIRTH.id, wants=False)
    again = await cases.wish(cases.citizen, BIRTH.id)
    assert again is not None
    assert (again.id, again.state) == (id, CaseState.RECEIVED)


async def test_an_answer_that_nobody_heard_is_told_when_it_is_wished(cases: CaseDesk) -> None:
    id = await cases.comment()
    await cases.answer(id, "باجه سه آموزش دید.", by=cases.representative)
    await cases.wish(cases.citizen, BIRTH.id, wants=False)
    again = await cases.wish(cases.citizen, BIRTH.id)
    assert again is not None
    assert (again.state, again.answer) == (CaseState.ANSWERED, "باجه سه آموزش دید.")
    waiting = [m for m in await cases.rows(MessageRow) if m.kind == "case_outcome" and m.state == "due"]
    assert [m.payload["answer"] for m in waiting] == ["باجه سه آموزش دید."]
    assert (await cases.rate(cases.citizen, id, 4)).state is CaseState.CLOSED
    with pytest.raises(RefusedError, match="case-told-already"):
        await cases.wish(cases.citizen, BIRTH.id)


async def test_who_was_forgotten_and_rates_again_is_heard_again(cases: CaseDesk, repositories: Repositories) -> None:
    id = await closed(cases)
    await repositories.people.forget(cases.citizen.person_id)
    person = await repositories.people.seen("telegram", cases.citizen.platform_id, cases.desk.now)
    citizen = Respondent(person.id, "telegram", cases.citizen.platform_id)
    await cases.desk.give(citizen, BIRTH.id, "words", "باز آمدم", channel="telegram")
    again = await cases.wish(citizen, BIRTH.id)
    assert again is not None
    assert (again.id, again.state, again.person_id, again.text) == (id, CaseState.RECEIVED, person.id, "باز آمدم")


async def test_those_who_act_read_the_words_of_now(cases: CaseDesk) -> None:
    id = await cases.comment()
    await cases.desk.give(cases.citizen, BIRTH.id, "words", "منظورم باجه چهار بود", channel="telegram")
    view = await cases.show(id, by=cases.representative)
    assert (view.case.text, view.case.state) == ("منظورم باجه چهار بود", CaseState.RECEIVED)
    told = [m.payload["change"] for m in await cases.rows(MessageRow) if m.kind == "case_new"]
    assert told == ["new", "edited"]
    assert [e.text for e in await cases.rows(OutboxRow) if e.subject == view.case.uid][-1] == "منظورم باجه چهار بود"

    await cases.desk.give(cases.citizen, BIRTH.id, "words", None, channel="telegram")
    empty = (await cases.show(id, by=cases.representative)).case
    assert (empty.state, empty.text, empty.person_id) == (CaseState.CLOSED, None, None)


async def test_an_answer_says_who_was_first(cases: CaseDesk, repositories: Repositories) -> None:
    operator = await cases.operator(repositories)
    id = await cases.comment()
    await cases.acknowledge(id, by=operator)
    with pytest.raises(RefusedError, match="case-seen-already"):
        await cases.acknowledge(id, by=cases.representative)
    await cases.answer(id, "باجه سه آموزش دید.", by=operator)
    refused = {cases.representative: "operator", operator: "you"}
    for by, who in refused.items():
        with pytest.raises(RefusedError, match="case-decided") as refusal:
            await cases.answer(id, "من هم", by=by)
        assert refusal.value.details["who"] == who
        with pytest.raises(RefusedError, match="case-decided"):
            await cases.hand_over(id, OPERATORS, by=by)


async def test_only_the_person_rates_the_outcome_and_only_once_answered(cases: CaseDesk) -> None:
    id = await cases.comment()
    somebody_else = Respondent(cases.representative, "telegram", REPRESENTATIVE_ID)
    for who, refusal in ((cases.citizen, "outcome-over"), (somebody_else, "case-unknown")):
        with pytest.raises(RefusedError, match=refusal):
            await cases.rate(who, id, 5)


async def test_those_who_sit_on_it_are_reminded_once_a_working_day(cases: CaseDesk) -> None:
    await cases.comment()
    assert await cases.remind() == 0
    cases.desk.now += dt.timedelta(days=1, minutes=1)
    assert await cases.remind() == 1
    assert await cases.remind() == 0
    cases.desk.now += dt.timedelta(days=1, minutes=1)
    assert await cases.remind() == 1
    kinds = [m.kind for m in await cases.rows(MessageRow)]
    assert kinds == ["case_new", "case_overdue", "case_overdue"]


async def _head(cases: CaseDesk, repositories: Repositories, number: int, agency: str = BIRTH.agency_id) -> int:
    """The head of an agency; our id."""
    id = (await repositories.people.seen("telegram", number, cases.desk.now)).id
    members = repositories.reminders.members
    asked = await members.ask(agency, id, Role.HEAD, name="", legal_basis="", introduced_on=None, at=cases.desk.now)
    assert asked is not None
    await members.decide(asked.id, MemberState.ACTIVE, by=None, at=cases.desk.now)
    return id


async def _escalated(cases: CaseDesk) -> list[int]:
    return [m.person_id for m in await cases.rows(MessageRow) if m.kind == "case_escalated"]


async def test_heads_hear_once_of_what_is_a_working_day_late(cases: CaseDesk, repositories: Repositories) -> None:
    head = await _head(cases, repositories, 7_400_000)
    await _head(cases, repositories, 7_400_001)
    await repositories.people.mark_blocked("telegram", 7_400_001, cases.desk.now)
    await _head(cases, repositories, 7_400_002, "ict-ministry")
    id = await cases.comment()
    told = []
    for _ in range(5):  # due on Sunday, from then on at each reminder of a working day
        cases.desk.now += dt.timedelta(days=1, minutes=1)
        await cases.remind()
        told.append(await _escalated(cases))
    assert told[:2] == [[], [head]]
    assert told[-1] == [head]
    steps = (await cases.show(id, by=cases.representative)).steps
    assert [step.note for step in steps].count("escalated") == 1


async def test_whoever_gets_it_late_has_a_working_day_of_their_own(cases: CaseDesk, repositories: Repositories) -> None:
    first, second = (
        await _head(cases, repositories, 7_400_000),
        await _head(cases, repositories, 7_400_002, "ict-ministry"),
    )
    id = await cases.comment()
    operator = await cases.operator(repositories)
    cases.desk.now += dt.timedelta(days=1, hours=1)  # Sunday 11:00
    await cases.remind()
    cases.desk.now += dt.timedelta(hours=23)  # Monday 10:00
    await cases.hand_over(id, "ict-ministry", by=operator)
    cases.desk.now += dt.timedelta(hours=2)
    assert await cases.remind() == 1
    assert await _escalated(cases) == []
    cases.desk.now += dt.timedelta(days=1)
    await cases.remind()
    assert await _escalated(cases) == [second]
    await cases.hand_over(id, BIRTH.agency_id, by=operator)
    cases.desk.now += dt.timedelta(days=4)
    await cases.remind()
    assert await _escalated(cases) == [second, first]


async def test_what_is_opened_again_is_late_anew(cases: CaseDesk, repositories: Repositories) -> None:
    head = await _head(cases, repositories, 7_400_000)
    id = await cases.comment()
    for _ in range(2):
        cases.desk.now += dt.timedelta(days=1, minutes=1)
        await cases.remind()
    await cases.answer(id, "انجام شد.", by=cases.representative)
    await cases.told(id)
    await cases.desk.give(cases.citizen, BIRTH.id, "words", "باز هم نشد", channel="telegram")
    await cases.wish(cases.citizen, BIRTH.id)
    await cases.remind()
    assert await _escalated(cases) == [head]
    for _ in range(2):
        cases.desk.now += dt.timedelta(days=5)
        await cases.remind()
    assert await _escalated(cases) == [head, head]


async def test_heads_hear_of_nothing_where_they_never_do(cases: CaseDesk, repositories: Repositories) -> None:
    await _head(cases, repositories, 7_400_000)
    await cases.comment()
    never = RemindHolders(cases.desk.work, replace(cases.desk.case_rules, escalates=False))
    for _ in range(2):
        cases.desk.now += dt.timedelta(days=5)
        assert await never() == 1
    assert await _escalated(cases) == []


async def test_what_dies_while_heads_are_told_tells_them_once(cases: CaseDesk, repositories: Repositories) -> None:
    head, other = await _head(cases, repositories, 7_400_000), await _head(cases, repositories, 7_400_001)
    await cases.comment()
    cases.desk.now += dt.timedelta(days=5)

    @asynccontextmanager
    async def dying() -> AsyncIterator[SurveyWork]:
        async with cases.desk.work() as work:
            yield work
            raise RuntimeError("killed before the commit")

    with pytest.raises(RuntimeError, match="killed"):
        await RemindHolders(dying, cases.desk.case_rules)()
    assert await _escalated(cases) == []
    for _ in range(3):
        await cases.remind()
    assert await _escalated(cases) == [head, other]


async def test_told_and_never_rated_it_closes_by_itself(cases: CaseDesk) -> None:
    id = await cases.comment()
    await cases.answer(id, "انجام شد.", by=cases.representative)
    await cases.told(id)
    cases.desk.now += dt.timedelta(days=8)
    assert await cases.remind() == 1
    assert (await cases.show(id, by=cases.representative)).case.state is CaseState.CLOSED


async def test_an_outcome_that_cannot_be_told_is_given_up_in_the_end(cases: CaseDesk) -> None:
    id = await cases.comment()
    cases.desk.now += dt.timedelta(days=5)  # late
    await cases.answer(id, "انجام شد.", by=cases.representative)
    for days, state in ((0, CaseState.ANSWERED), (29, CaseState.ANSWERED), (2, CaseState.CLOSED)):
        cases.desk.now += dt.timedelta(days=days)
        await cases.remind()
        assert (await cases.show(id, by=cases.representative)).case.state is state
    assert (await cases.show(id, by=cases.representative)).case.person_id is None


async def test_an_answer_from_before_that_had_a_time_is_not_given_up_at_once(cases: CaseDesk) -> None:
    id = await cases.comment()
    due = (await cases.show(id, by=cases.representative)).case.due_at
    cases.desk.now += dt.timedelta(days=5)
    await cases.answer(id, "انجام شد.", by=cases.representative)
    async with cases.desk.database.write() as connection:
        await connection.execute(update(CaseRow).values(remind_at=due))
    await cases.remind()
    assert (await cases.show(id, by=cases.representative)).case.state is CaseState.ANSWERED


async def test_who_is_away_has_nothing_in_hand(cases: CaseDesk, repositories: Repositories) -> None:
    here = (await repositories.people.seen("telegram", 7_300_000, cases.desk.now)).id
    members = repositories.reminders.members
    asked = await members.ask(
        BIRTH.agency_id, here, Role.DEPUTY, name="", legal_basis="", introduced_on=None, at=cases.desk.now
    )
    assert asked is not None
    await members.decide(asked.id, MemberState.ACTIVE, by=None, at=cases.desk.now)
    id = await cases.comment()
    await AssignCase(cases.desk.work, cases.desk.case_rules)(id, cases.representative, by=here)
    day = cases.desk.now.date()
    told: list[set[int]] = []
    for away in ((cases.representative, day + dt.timedelta(days=20)), (here, day + dt.timedelta(days=30))):
        async with cases.desk.database.write() as connection:
            gone = update(MembershipRow).where(MembershipRow.person_id == away[0]).values(away_until=away[1])
            await connection.execute(gone)
        before = len(await cases.rows(MessageRow))
        cases.desk.now += dt.timedelta(days=4)
        await cases.remind()
        told.append({m.person_id for m in (await cases.rows(MessageRow))[before:]})
    assert told == [{here}, {cases.representative}], "while both are away, it is in hand as before"


@pytest.mark.parametrize("words", ["كارمند", "کارمند", "باجه ۳", "باجه ٣", "می‌شود", "مي شود", "باجه 3"])
async def test_cases_are_found_however_letters_and_digits_were_typed(cases: CaseDesk, words: str) -> None:
    await cases.desk.give(cases.citizen, BIRTH.id, "overall", 1, channel="telegram")
    await cases.desk.give(cases.citizen, BIRTH.id, "words", "كارمند باجه ۳ نیست و معطل می‌شود", channel="telegram")
    await cases.wish(cases.citizen, BIRTH.id)
    assert len(await cases.find(CaseFilter(words=words), by=cases.representative)) == 1
    assert await cases.find(CaseFilter(words=f"{words} ۹"), by=cases.representative) == []


async def test_the_same_wording_is_proposed_once(cases: CaseDesk, repositories: Repositories) -> None:
    operator = await cases.operator(repositories)
    case = await cases.question(cases.citizen.person_id, 17, "اگر سامانه قطع شد چه کنیم؟")
    proposal = (case.id, KeptKind.ASKED_AS, "roadmap-1404/art_9", "قطعی سامانه")
    kept = await cases.keep(*proposal, by=operator)
    with pytest.raises(RefusedError, match="case-kept-already"):
        await cases.keep(*proposal, by=operator)
    await cases.decide(kept.id, accept=False, by=operator)
    assert (await cases.keep(*proposal, by=operator)).id != kept.id


async def test_what_was_delivered_is_marked_as_told_once(cases: CaseDesk) -> None:
    id = await cases.comment()
    await cases.answer(id, "انجام شد.", by=cases.representative)
    assert await cases.told.delivered() == 0
    async with cases.desk.database.write() as connection:
        delivered = update(MessageRow).where(MessageRow.kind == "case_outcome")
        await connection.execute(delivered.values(state=MessageState.DELIVERED.value))
    assert await cases.told.delivered() == 1
    assert await cases.told.delivered() == 0
    assert (await cases.show(id, by=cases.representative)).case.state is CaseState.ASKED_AGAIN


async def test_strangers_and_other_agencies_see_nothing(cases: CaseDesk, repositories: Repositories) -> None:
    id = await cases.comment()
    assert await cases.rights(cases.citizen.person_id) == StaffRights()
    assert await cases.rights(cases.representative) == StaffRights(agencies=frozenset({BIRTH.agency_id}))
    assert (await cases.rights(await cases.operator(repositories))).operator
    citizen = cases.citizen.person_id
    with pytest.raises(RefusedError, match="staff-only"):
        await cases.find(CaseFilter(), by=citizen)
    for forbidden in (
        cases.show(id, by=citizen),
        cases.acknowledge(id, by=citizen),
        cases.answer(id, "سلام", by=citizen),
        cases.hand_over(id, "", by=citizen),
        cases.keep(id, KeptKind.NOTE, "roadmap-1404/art_9", "سلام", by=citizen),
    ):
        with pytest.raises(RefusedError, match="case-unknown"):
            await forbidden


async def test_handing_over_tells_the_new_holders_and_search_finds_it(
    cases: CaseDesk, repositories: Repositories
) -> None:
    id = await cases.comment()
    await cases.hand_over(id, "police", by=cases.representative)
    with pytest.raises(RefusedError, match="case-unknown"):  # no longer theirs
        await cases.hand_over(id, "police", by=cases.representative)
    operator = await cases.operator(repositories)
    with pytest.raises(RefusedError, match="case-already-there"):
        await cases.hand_over(id, "police", by=operator)

    assert [c.id for c in await cases.find(CaseFilter(agencies=frozenset({"police"})), by=operator)] == [id]
    assert await cases.find(CaseFilter(), by=cases.representative) == []
    assert [c.id for c in await cases.find(CaseFilter(words="باجه راهنمایی"), by=operator)] == [id]
    assert await cases.find(CaseFilter(words="100%_"), by=operator) == []
    code = (await cases.show(id, by=operator)).case.code
    found = await cases.track(f" {code.lower()} ")
    assert found is not None
    assert found.case.id == id
    assert await cases.track("NOTACODE") is None


async def test_an_experts_answer_is_kept_for_the_next_person(cases: CaseDesk, repositories: Repositories) -> None:
    operator = await cases.operator(repositories)
    case = await cases.question(cases.citizen.person_id, 17, "اگر سامانه قطع شد چه کنیم؟")
    assert (await cases.question(cases.citizen.person_id, 17, "دوباره")).id == case.id
    with pytest.raises(RefusedError, match="case-unknown"):  # questions are the operators' until handed over
        await cases.answer(case.id, "ماده ۹ را ببینید.", by=cases.representative)
    await cases.answer(case.id, "ماده ۹ را ببینید.", by=operator)
    kept = await cases.keep(case.id, KeptKind.ASKED_AS, "roadmap-1404/art_9", "قطعی سامانه", by=operator)
    with pytest.raises(RefusedError, match="staff-operators-only"):
        await cases.decide(kept.id, accept=True, by=cases.representative)
    assert [k.id for k in await cases.list_kept(by=operator)] == [kept.id]
    assert await cases.wordings() == {}
    await cases.decide(kept.id, accept=True, by=operator)
    with pytest.raises(RefusedError, match="case-unknown"):
        await cases.decide(kept.id, accept=True, by=operator)
    assert await cases.wordings() == {"roadmap-1404/art_9": ["قطعی سامانه"]}
    assert await cases.list_kept(by=operator) == []
    assert await cases.rows(OutboxRow) == []


async def test_forgetting_cuts_the_link_and_the_words(cases: CaseDesk, repositories: Repositories) -> None:
    id = await cases.comment()
    await repositories.people.forget(cases.citizen.person_id)
    (row,) = await cases.rows(CaseRow)
    assert (row.person_id, row.text, row.state) == (None, None, "closed")
    assert "باجه" not in str(await cases.rows(OutboxRow))
    assert (await cases.rows(OutboxRow))[-1].kind == "case.erased"
    with pytest.raises(RefusedError, match="case-nobody-waits"):
        await cases.answer(id, "سلام", by=cases.representative)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("  ", "case-answer-empty"), ("x" * 3001, "case-answer-too-long"), ("😀" * 1501, "case-answer-too-long")],
)
async def test_answers_that_are_none(cases: CaseDesk, text: str, refusal: str) -> None:
    id = await cases.comment()
    with pytest.raises(RefusedError, match=refusal):
        await cases.answer(id, text, by=cases.representative)
    for unknown in (0, 10**30):
        with pytest.raises(RefusedError, match="case-unknown"):
            await cases.show(unknown, by=cases.representative)
