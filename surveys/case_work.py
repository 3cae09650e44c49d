"""Use cases around a case: open it, hand it over, answer it, tell the outcome, ask again, close it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from knowledge.message_length import message_length
from knowledge.personal_data import mask_personal_data
from surveys.answering import SurveyRules, rated_service, save_response
from surveys.case import ESCALATED, Case, CaseFilter, CaseKind, CaseState, CaseStep, Colleague, KeptAnswer, KeptKind
from surveys.case_moves import (
    UNTOLD_FOR,
    Change,
    announce,
    close,
    colleagues_of,
    may_be_wished,
    move,
    outcome_key,
    tell_heads,
    tell_holders,
    tell_outcome,
)
from surveys.events import EventKind
from surveys.ports import OpenSurveyWork, SurveyWork
from surveys.questionnaire import FACES
from surveys.refusals import RefusedError
from surveys.responses import Respondent, Response, asker_of
from surveys.services import Service
from surveys.staff_rights import StaffRights
from surveys.working_time import OfficeHours, after_working_days

__all__ = [
    "AcceptedWordings",
    "AcknowledgeCase",
    "AnswerCase",
    "AssignCase",
    "CaseRules",
    "CaseView",
    "DecideKeptAnswer",
    "FindCases",
    "FindRights",
    "HandOverCase",
    "KeepAnswer",
    "ListColleagues",
    "ListKeptAnswers",
    "MarkOutcomeTold",
    "OpenQuestionCase",
    "RateOutcome",
    "RemindHolders",
    "ShowCase",
    "ShowWaiting",
    "TrackCase",
    "WishForOutcome",
    "answer_words",
    "plain_code",
    "tracking_code",
]

#: UTF-16 units, so that the message of the outcome holds it whole beside the service's name and the question.
ANSWER_LENGTH_MAX: Final = 3000
WORKING_DAYS_TO_ANSWER: Final = 1
#: Of an agency, beyond the due time, before its heads hear of it.
WORKING_DAYS_TO_ESCALATE: Final = 1


@dataclass(frozen=True, slots=True)
class CaseRules:
    """What every use case here needs. `escalates`: heads of agencies hear of what is overdue."""

    survey: SurveyRules
    hours: OfficeHours
    escalates: bool = True

    def now(self) -> dt.datetime:
        return self.survey.now()

    def today(self) -> dt.date:
        return self.survey.today()

    def due(self) -> dt.datetime:
        """When what is asked now should be answered."""
        return after_working_days(self.now(), WORKING_DAYS_TO_ANSWER, self.hours)

    def escalates_by(self, late_from: dt.datetime) -> bool:
        """Whether those who sit on a case since then have been late for so long that their heads hear of it."""
        return self.escalates and after_working_days(late_from, WORKING_DAYS_TO_ESCALATE, self.hours) <= self.now()


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as staff see it: never whose it is. `service_title` is "" for a question, `holder` while all have it."""

    case: Case
    service_title: str
    steps: tuple[CaseStep, ...]
    holder: str = ""


class _CaseUse:
    def __init__(self, work: OpenSurveyWork, rules: CaseRules) -> None:
        self._work, self._rules = work, rules


class WishForOutcome(_CaseUse):
    """The person wants to hear what becomes of their comment (or no longer does): the only link back to them.

    After a case has closed, the wish opens it again, unless the person was told the outcome of just these words.
    """

    async def __call__(self, who: Respondent, service_id: str, *, wants: bool = True) -> Case | None:
        """The open case; None when the wish was taken back. RefusedError without own words, or with told ones."""
        rules = self._rules.survey
        async with self._work() as work:
            service = await rated_service(work, service_id)
            response = await work.responses.find(rules.once(who, service.id), lock=True)
            if response is None or response.text is None:
                raise RefusedError("case-needs-words")
            case = await work.cases.of_response(response.id, lock=True)
            if not wants:
                if case is not None and case.state is not CaseState.CLOSED:
                    await close(work, case, self._rules, note="withdrawn")
                return None
            if case is None:
                return await self._first(work, who, service, response)
            if case.state.waits_for_answer or case.state is CaseState.ANSWERED:
                return case
            if not may_be_wished(case, response.text, await work.cases.steps(case.id)):
                raise RefusedError("case-told-already", code=case.code)
            return await self._again(work, who, case, response.text)

    async def _first(self, work: SurveyWork, who: Respondent, service: Service, response: Response) -> Case:
        words = response.text or ""
        case = _new_case(self._rules, CaseKind.SURVEY, who.person_id, words, code=response.code, service_id=service.id)
        case = await work.cases.add(replace(case, agency_id=service.agency_id, response_id=response.id))
        await _opened(work, case, self._rules)
        return case

    async def _again(self, work: SurveyWork, who: Respondent, case: Case, words: str) -> Case:
        """With whoever had it; an answer to these words that was given while nobody wished to hear it is told now."""
        opened = {"person_id": who.person_id, "closed_at": None}
        if case.text == words and case.answer is not None:
            case = await move(work, case, CaseState.ANSWERED, self._rules, note="wished again", changes=opened)
            await tell_outcome(work, case, self._rules.now())
            return case
        await work.notices.unlink(outcome_key(case.uid))
        anew = {"text": words, "answer": None, "answered_by": None, "answered_at": None, "reminded": 0}
        times = {"due_at": self._rules.due(), "remind_at": self._rules.due()}
        changes = opened | anew | times
        case = await move(work, case, CaseState.RECEIVED, self._rules, note="wished again", changes=changes)
        await tell_holders(work, case, "case_new", self._rules, Change.AGAIN)
        return case


class OpenQuestionCase(_CaseUse):
    """A question that found no confident answer goes to the operators' experts; once per question."""

    async def __call__(self, person_id: int, question_id: int, text: str) -> Case:
        async with self._work() as work:
            case = await work.cases.of_question(question_id)
            if case is not None:
                return case
            words = mask_personal_data(text.strip())
            if not words:
                raise RefusedError("case-needs-words")
            code = self._rules.survey.new_code()
            case = _new_case(self._rules, CaseKind.QUESTION, person_id, words, code=code, service_id="")
            case = await work.cases.add(replace(case, question_id=question_id))
            await _opened(work, case, self._rules)
        return case


class AcknowledgeCase(_CaseUse):
    """Somebody has seen it and will see to it."""

    async def __call__(self, case_id: int, *, by: int) -> Case:
        async with self._work() as work:
            case = await _waiting_case(work, case_id, by)
            if case.state is not CaseState.RECEIVED:
                raise RefusedError("case-seen-already")
            return await move(work, case, CaseState.ACKNOWLEDGED, self._rules, by=by)


class HandOverCase(_CaseUse):
    """Gives the case to an agency ("" : back to the operators), whose people are told; the due time stays."""

    async def __call__(self, case_id: int, agency_id: str, *, by: int) -> Case:
        async with self._work() as work:
            case = await _waiting_case(work, case_id, by)
            if agency_id == case.agency_id and case.state is CaseState.WITH_AGENCY:
                raise RefusedError("case-already-there")
            moved = await move(
                work,
                case,
                CaseState.WITH_AGENCY,
                self._rules,
                by=by,
                note="" if agency_id else "operators",
                changes={"agency_id": agency_id, "holder_id": None},
            )
            change = Change.HANDED if agency_id else Change.RETURNED
            await tell_holders(work, moved, "case_new", self._rules, change)
        return moved


class ListColleagues(_CaseUse):
    """Who may have a case in hand and has not: the people of its agency, or the operators, whoever asks the last.

    Empty when there is nobody but whoever asks.
    """

    async def __call__(self, case_id: int, *, by: int) -> list[Colleague]:
        async with self._work() as work:
            case = await _waiting_case(work, case_id, by, lock=False)
            people = [one for one in await colleagues_of(work, case) if one.person_id != case.holder_id]
        others = [one for one in people if one.person_id != by]
        alone = not others and case.holder_id is None
        return [] if alone else [*others, *(one for one in people if one.person_id == by)]


class AssignCase(_CaseUse):
    """Puts the case into one person's hands: they alone hear of it until it is handed over. The others still see it."""

    async def __call__(self, case_id: int, person_id: int, *, by: int) -> Colleague:
        """RefusedError for somebody who is not of its agency, and for a case that is answered."""
        async with self._work() as work:
            case = await _waiting_case(work, case_id, by)
            found = [one for one in await colleagues_of(work, case) if one.person_id == person_id]
            if not found:
                raise RefusedError("case-unknown")
            assigned = replace(case, holder_id=person_id, revision=case.revision + 1)
            await work.cases.save(assigned)
            await work.cases.add_step(CaseStep(case.id, case.state, self._rules.now(), by, "assigned"))
            if person_id != by:
                await tell_holders(work, assigned, "case_new", self._rules, Change.ASSIGNED)
        return found[0]


class AnswerCase(_CaseUse):
    """The answer is kept and on its way to the person, through the channel they came by."""

    async def __call__(self, case_id: int, text: str, *, by: int) -> Case:
        """RefusedError for an empty or endless text, and for a case that was answered already."""
        words, now = answer_words(text), self._rules.now()
        async with self._work() as work:
            case = await _waiting_case(work, case_id, by)
            changes = {"answer": words, "answered_by": by, "answered_at": now}
            answered = await move(work, case, CaseState.ANSWERED, self._rules, by=by, changes=changes)
            if answered.person_id is None:
                return await close(work, answered, self._rules, note="nobody to tell")
            await tell_outcome(work, answered, now)
        return answered


class MarkOutcomeTold(_CaseUse):
    """The person has the answer before them (delivered, or shown); they are asked again how satisfied they are.

    True afterwards or before; False for a case without an answer.
    """

    async def __call__(self, case_id: int) -> bool:
        async with self._work() as work:
            return await self._mark(work, case_id)

    async def delivered(self, limit: int = 200) -> int:
        """Marks every case whose message was delivered since; how many. Called every few minutes."""
        async with self._work() as work:
            ids = await work.cases.delivered_outcomes(limit)
            for id in ids:
                await self._mark(work, id)
        return len(ids)

    async def _mark(self, work: SurveyWork, case_id: int) -> bool:
        case = await work.cases.get(case_id, lock=True)
        if case is None or case.answer is None:
            return False
        await _told(work, case, self._rules)
        return True


class RateOutcome(_CaseUse):
    """The second face: how satisfied the person is now. The case closes, and with it the link to the person."""

    async def __call__(self, who: Respondent, case_id: int, face: int) -> Case:
        """RefusedError for somebody else's case, one without an answer, a closed one, or no face."""
        if face not in FACES:
            raise RefusedError("survey-unknown-value")
        async with self._work() as work:
            response = await self._response(work, case_id)
            case = await work.cases.get(case_id, lock=True)
            if case is None or (case.person_id != who.person_id and not self._theirs(response, who)):
                raise RefusedError("case-unknown")
            if case.person_id is None or case.answer is None:
                raise RefusedError("outcome-over", code=case.code)
            service = await work.services.get(case.service_id)
            if response is not None and service is not None and response.again != face:
                await save_response(work, service, response, response.changed(again=face))
            case = await _told(work, case, self._rules)  # the message may not count as delivered yet
            return await close(work, case, self._rules, note=f"face {face}")

    async def _response(self, work: SurveyWork, case_id: int) -> Response | None:
        """That of the case, locked before it as everybody locks them; None for a question."""
        case = await work.cases.get(case_id)
        if case is None or case.response_id is None:
            return None
        return await work.responses.get(case.response_id, lock=True)

    def _theirs(self, response: Response | None, who: Respondent) -> bool:
        """Whether the link of the case was cut (or waits for another answer) and it was theirs."""
        mine = asker_of(self._rules.survey.person_key, who.platform, who.platform_id)
        return response is not None and response.asker == mine


class TrackCase(_CaseUse):
    """What became of a tracking code; None for an unknown one. Anybody with the code may ask: it names nobody."""

    async def __call__(self, code: str) -> CaseView | None:
        async with self._work() as work:
            case = await work.cases.by_code(plain_code(code))
            return None if case is None else await _view(work, case)


class ShowCase(_CaseUse):
    """A case with its history, for those who may hold it; RefusedError for anybody else, as for an unknown id."""

    async def __call__(self, case_id: int, *, by: int) -> CaseView:
        async with self._work() as work:
            return await _view(work, await _held_case(work, case_id, by, lock=False))


class ShowWaiting(_CaseUse):
    """A case that still waits for its answer, for those who may give it."""

    async def __call__(self, case_id: int, *, by: int) -> Case:
        """RefusedError says who was first, as far as this person may know, or that nobody waits any more."""
        async with self._work() as work:
            return await _waiting_case(work, case_id, by, lock=False)


class FindCases(_CaseUse):
    """Cases by agency, service, state and words, the most pressing first; representatives see their agencies' alone."""

    async def __call__(self, wanted: CaseFilter, *, by: int) -> list[Case]:
        """RefusedError for people who act for nobody."""
        async with self._work() as work:
            rights = await work.staff.rights(by)
            rights.must_be_staff()
            if not rights.operator:
                mine = rights.agencies if wanted.agencies is None else rights.agencies & wanted.agencies
                wanted = replace(wanted, agencies=mine)
            return await work.cases.search(wanted)


class RemindHolders(_CaseUse):
    """Tells those who sit on overdue cases, once a working day each, and the heads of their agency once, a working day
    after the due time; closes what nobody rated or nobody could be told.

    How many cases were seen to. Called every few minutes.
    """

    async def __call__(self, limit: int = 200) -> int:
        async with self._work() as work:
            cases = await work.cases.overdue(self._rules.now(), limit)
            for case in cases:
                if case.state.waits_for_answer:
                    await self._remind(work, case)
                elif case.state is CaseState.ANSWERED:
                    await self._give_up(work, case)
                else:
                    await close(work, case, self._rules, note="not rated again")
        return len(cases)

    async def _remind(self, work: SurveyWork, case: Case) -> None:
        reminded = replace(case, remind_at=self._rules.due(), reminded=case.reminded + 1)
        await work.cases.save(reminded)
        await tell_holders(work, reminded, "case_overdue", self._rules)
        late_from, escalated = _lateness(case, await work.cases.steps(case.id))
        if not escalated and self._rules.escalates_by(late_from) and await tell_heads(work, reminded, self._rules):
            await work.cases.add_step(CaseStep(case.id, case.state, self._rules.now(), note=ESCALATED))

    async def _give_up(self, work: SurveyWork, case: Case) -> None:
        """What was answered before such cases had a time of their own gets it first."""
        until = (case.answered_at or case.remind_at) + UNTOLD_FOR
        if until > self._rules.now():
            await work.cases.save(replace(case, remind_at=until))
        else:
            await close(work, case, self._rules, note="not told")


class KeepAnswer(_CaseUse):
    """Proposes an expert's answer as a wording (`asked_as`) or note of a provision, for review."""

    async def __call__(self, case_id: int, kind: KeptKind, address: str, text: str, *, by: int) -> KeptAnswer:
        """RefusedError for what was proposed of this case before and not refused since."""
        words = answer_words(text)
        async with self._work() as work:
            await _held_case(work, case_id, by)
            if (kind, address, words) in await work.cases.kept_of(case_id):
                raise RefusedError("case-kept-already")
            kept = KeptAnswer(0, case_id, kind, address, words, "proposed", by, self._rules.now())
            return await work.cases.keep(kept)


class DecideKeptAnswer(_CaseUse):
    """An operator accepts or refuses a proposal; RefusedError when it was decided already."""

    async def __call__(self, kept_id: int, *, accept: bool, by: int) -> None:
        async with self._work() as work:
            (await work.staff.rights(by)).must_be_operator()
            if not await work.cases.decide_kept(kept_id, "accepted" if accept else "refused"):
                raise RefusedError("case-unknown")


class ListKeptAnswers(_CaseUse):
    """Proposals that wait for an operator, the oldest first."""

    async def __call__(self, *, by: int) -> list[KeptAnswer]:
        async with self._work() as work:
            (await work.staff.rights(by)).must_be_operator()
            return await work.cases.kept("proposed")


class AcceptedWordings(_CaseUse):
    """Wordings that operators accepted, by the provision that answers them: what the search index learns."""

    async def __call__(self) -> dict[str, list[str]]:
        """{"roadmap-1404/art_21": ["…", …], …}"""
        async with self._work() as work:
            kept = await work.cases.kept("accepted")
        wordings: dict[str, list[str]] = {}
        for one in kept:
            if one.kind is KeptKind.ASKED_AS:
                wordings.setdefault(one.address, []).append(one.text)
        return wordings


class FindRights(_CaseUse):
    """What a person may see and do as staff."""

    async def __call__(self, person_id: int) -> StaffRights:
        async with self._work() as work:
            return await work.staff.rights(person_id)


def answer_words(text: str) -> str:
    """An answer as its reader will see it, personal data masked; RefusedError for an empty and for an endless one."""
    words = mask_personal_data(text.strip())
    if not words:
        raise RefusedError("case-answer-empty")
    if (length := message_length(words)) > ANSWER_LENGTH_MAX:
        raise RefusedError("case-answer-too-long", max=ANSWER_LENGTH_MAX, length=length)
    return words


def plain_code(code: str) -> str:
    """A tracking code as it is stored, however it was typed."""
    digits = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
    return "".join(c for c in code.translate(digits).upper() if c.isalnum())[:40]


def tracking_code(choose: Callable[[str], str], length: int = 8) -> str:
    """A code that people can read out: no letter or digit that looks like another (Crockford's base 32)."""
    return "".join(choose("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(length))


def _new_case(rules: CaseRules, kind: CaseKind, person_id: int, text: str, *, code: str, service_id: str) -> Case:
    now, due = rules.now(), rules.due()
    return Case(
        id=0,
        uid=rules.survey.new_id(),
        code=code,
        kind=kind,
        state=CaseState.RECEIVED,
        service_id=service_id,
        agency_id="",
        response_id=None,
        question_id=None,
        person_id=person_id,
        text=text,
        answer=None,
        received_at=now,
        due_at=due,
        remind_at=due,
    )


async def _told(work: SurveyWork, case: Case, rules: CaseRules) -> Case:
    """The person has the answer before them; of a survey, they are asked again."""
    if case.state is not CaseState.ANSWERED:
        return case
    case = await move(work, case, CaseState.OUTCOME_TOLD, rules)
    return await move(work, case, CaseState.ASKED_AGAIN, rules) if case.kind is CaseKind.SURVEY else case


def _lateness(case: Case, steps: Sequence[CaseStep]) -> tuple[dt.datetime, bool]:
    """Since when whoever sits on a case now is late with it, and whether their heads were told.

    An agency that got it late begins anew; so does a case that is opened again, which has a new due time.
    """
    late_from, escalated = case.due_at, False
    for step in steps:
        if step.note == ESCALATED:
            escalated = True
        elif step.begins:
            late_from, escalated = max(case.due_at, step.at), False
    return late_from, escalated


async def _opened(work: SurveyWork, case: Case, rules: CaseRules) -> None:
    await work.cases.add_step(CaseStep(case.id, case.state, case.received_at))
    await announce(work, case, EventKind.CASE_OPENED, rules)
    await tell_holders(work, case, "case_new", rules)


async def _held_case(work: SurveyWork, case_id: int, by: int, *, lock: bool = True) -> Case:
    """RefusedError for a case that does not exist or is not this person's to see: a forged button learns nothing."""
    case = await work.cases.get(case_id, lock=lock)
    if case is None or not (await work.staff.rights(by)).may_hold(case):
        raise RefusedError("case-unknown")
    return case


async def _waiting_case(work: SurveyWork, case_id: int, by: int, *, lock: bool = True) -> Case:
    """The same, while nobody has answered it; else RefusedError says who did, as far as this person may know."""
    case = await _held_case(work, case_id, by, lock=lock)
    if case.state.waits_for_answer:
        return case
    if case.answer is None:
        raise RefusedError("case-nobody-waits")
    if case.answered_by == by:
        raise RefusedError("case-decided", who="you", name="")
    names = {one.person_id: one.name for one in await colleagues_of(work, case)}
    if name := names.get(case.answered_by or 0):
        raise RefusedError("case-decided", who="colleague", name=name)
    operator = (await work.staff.rights(case.answered_by or 0)).operator
    raise RefusedError("case-decided", who="operator" if operator else "somebody", name="")


async def _view(work: SurveyWork, case: Case) -> CaseView:
    service = await work.services.get(case.service_id) if case.service_id else None
    names = {one.person_id: one.name for one in await colleagues_of(work, case)} if case.holder_id else {}
    holder = names.get(case.holder_id or 0, "")
    return CaseView(case, service.title if service else "", tuple(await work.cases.steps(case.id)), holder)
