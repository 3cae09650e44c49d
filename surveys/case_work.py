"""Use cases around a case: open it, hand it over, answer it, tell the outcome, ask again, close it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from knowledge.personal_data import mask_personal_data
from surveys.answering import SurveyRules, rated_service, save_response
from surveys.case import Case, CaseFilter, CaseKind, CaseState, CaseStep, Colleague, KeptAnswer, KeptKind, case_event
from surveys.events import EventKind
from surveys.ports import OpenSurveyWork, SurveyWork
from surveys.questionnaire import FACES
from surveys.refusals import RefusedError
from surveys.responses import Respondent
from surveys.services import EXAMPLE_PREFIX
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
    "TrackCase",
    "WishForOutcome",
    "outcome_key",
    "plain_code",
    "tracking_code",
]

ANSWER_LENGTH_MAX: Final = 3000
WORKING_DAYS_TO_ANSWER: Final = 1
#: Told an outcome, a person has so long to say how satisfied they are now; then the case closes by itself.
ASKED_AGAIN_FOR: Final = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CaseRules:
    """What every use case here needs."""

    survey: SurveyRules
    hours: OfficeHours

    def now(self) -> dt.datetime:
        return self.survey.clock()


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
    """The person wants to hear what becomes of their comment (or no longer does): the only link back to them."""

    async def __call__(self, who: Respondent, service_id: str, *, wants: bool = True) -> Case | None:
        """The open case; None when the wish was taken back. RefusedError without a comment in own words."""
        rules = self._rules.survey
        async with self._work() as work:
            service = await rated_service(work, service_id)
            response = await work.responses.find(rules.once(who, service.id), lock=True)
            if response is None or response.text is None:
                raise RefusedError("case-needs-words")
            case = await work.cases.of_response(response.id, lock=True)
            if not wants:
                if case is not None and case.state is not CaseState.CLOSED:
                    await _close(work, case, self._rules, note="withdrawn")
                return None
            if case is not None and case.state is CaseState.CLOSED:
                raise RefusedError("case-closed-already")  # nobody would answer it any more
            if case is not None:
                return case
            case = _new_case(
                self._rules, CaseKind.SURVEY, who.person_id, response.text, code=response.code, service_id=service.id
            )
            case = await work.cases.add(replace(case, agency_id=service.agency_id, response_id=response.id))
            await _opened(work, case, self._rules)
        return case


class OpenQuestionCase(_CaseUse):
    """A question that found no confident answer goes to the operators' experts; once per question."""

    async def __call__(self, person_id: int, question_id: int, text: str) -> Case:
        async with self._work() as work:
            case = await work.cases.of_question(question_id)
            if case is not None:
                return case
            words = mask_personal_data(text.strip())[:ANSWER_LENGTH_MAX]
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
            case = await _held_case(work, case_id, by)
            return await _move(work, case, CaseState.ACKNOWLEDGED, self._rules, by=by)


class HandOverCase(_CaseUse):
    """Gives the case to an agency ("" : back to the operators), whose people are told; the due time stays."""

    async def __call__(self, case_id: int, agency_id: str, *, by: int, note: str = "") -> Case:
        async with self._work() as work:
            case = await _held_case(work, case_id, by)
            if agency_id == case.agency_id and case.state is CaseState.WITH_AGENCY:
                raise RefusedError("case-already-there")
            moved = await _move(
                work,
                case,
                CaseState.WITH_AGENCY,
                self._rules,
                by=by,
                note=note,
                changes={"agency_id": agency_id, "holder_id": None},
            )
            await _tell_holders(work, moved, "case_new", self._rules.now())
        return moved


class ListColleagues(_CaseUse):
    """Who else may have a case in hand: the people of its agency, or the operators."""

    async def __call__(self, case_id: int, *, by: int) -> list[Colleague]:
        async with self._work() as work:
            case = await _held_case(work, case_id, by, lock=False)
            return [one for one in await _colleagues(work, case) if one.person_id != by]


class AssignCase(_CaseUse):
    """Puts the case into one person's hands: they alone hear of it until it is handed over. The others still see it."""

    async def __call__(self, case_id: int, person_id: int, *, by: int) -> Colleague:
        """RefusedError for somebody who is not of its agency, and for a case that is answered."""
        async with self._work() as work:
            case = await _held_case(work, case_id, by)
            if not case.state.waits_for_answer:
                raise RefusedError("case-not-now")
            found = [one for one in await _colleagues(work, case) if one.person_id == person_id]
            if not found:
                raise RefusedError("case-unknown")
            assigned = replace(case, holder_id=person_id, revision=case.revision + 1)
            await work.cases.save(assigned)
            await work.cases.add_step(CaseStep(case.id, case.state, self._rules.now(), by, "assigned"))
            await _tell_holders(work, assigned, "case_new", self._rules.now())
        return found[0]


class AnswerCase(_CaseUse):
    """The answer is kept and on its way to the person, through the channel they came by."""

    async def __call__(self, case_id: int, text: str, *, by: int) -> Case:
        """RefusedError for an empty or endless text, and for a case that was answered already."""
        words = mask_personal_data(text.strip())
        if not words:
            raise RefusedError("case-answer-empty")
        if len(words) > ANSWER_LENGTH_MAX:
            raise RefusedError("case-answer-too-long", length=ANSWER_LENGTH_MAX)
        now = self._rules.now()
        async with self._work() as work:
            case = await _held_case(work, case_id, by)
            changes = {"answer": words, "answered_by": by, "answered_at": now}
            answered = await _move(work, case, CaseState.ANSWERED, self._rules, by=by, changes=changes)
            if answered.person_id is None:
                return await _close(work, answered, self._rules, note="nobody to tell")
            payload = await _outcome_payload(work, answered)
            await work.notices.put(outcome_key(case.uid), answered.person_id, "case_outcome", payload, now)
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
        if case.state is CaseState.ANSWERED:
            case = await _move(work, case, CaseState.OUTCOME_TOLD, self._rules)
            if case.kind is CaseKind.SURVEY:
                await _move(work, case, CaseState.ASKED_AGAIN, self._rules)
        return True


class RateOutcome(_CaseUse):
    """The second face: how satisfied the person is now. The case closes, and with it the link to the person."""

    async def __call__(self, who: Respondent, case_id: int, face: int) -> Case:
        """RefusedError for somebody else's case, one without an answer, or no face."""
        if face not in FACES:
            raise RefusedError("survey-unknown-value")
        async with self._work() as work:
            case = await work.cases.get(case_id, lock=True)
            if case is None or case.person_id != who.person_id or case.answer is None:
                raise RefusedError("case-unknown")
            if case.response_id is not None:
                before = await work.responses.get(case.response_id, lock=True)
                service = await work.services.get(case.service_id)
                if before is not None and service is not None and before.again != face:
                    await save_response(work, service, before, before.changed(again=face))
            return await _close(work, case, self._rules, note=f"face {face}")


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
    """Tells those who sit on overdue cases, once a working day each; closes what nobody rated for a week.

    How many cases were seen to. Called every few minutes.
    """

    async def __call__(self, limit: int = 200) -> int:
        now = self._rules.now()
        async with self._work() as work:
            cases = await work.cases.overdue(now, limit)
            for case in cases:
                if not case.state.waits_for_answer:
                    await _close(work, case, self._rules, note="not rated again")
                    continue
                next_at = after_working_days(now, WORKING_DAYS_TO_ANSWER, self._rules.hours)
                reminded = replace(case, remind_at=next_at, reminded=case.reminded + 1)
                await work.cases.save(reminded)
                await _tell_holders(work, reminded, "case_overdue", now)
        return len(cases)


class KeepAnswer(_CaseUse):
    """Proposes an expert's answer as a wording (`asked_as`) or note of a provision, for review."""

    async def __call__(self, case_id: int, kind: KeptKind, address: str, text: str, *, by: int) -> KeptAnswer:
        words = mask_personal_data(text.strip())
        if not words or len(words) > ANSWER_LENGTH_MAX:
            raise RefusedError("case-answer-empty")
        async with self._work() as work:
            await _held_case(work, case_id, by, lock=False)
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


def plain_code(code: str) -> str:
    """A tracking code as it is stored, however it was typed."""
    digits = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
    return "".join(c for c in code.translate(digits).upper() if c.isalnum())[:40]


def tracking_code(choose: Callable[[str], str], length: int = 8) -> str:
    """A code that people can read out: no letter or digit that looks like another (Crockford's base 32)."""
    return "".join(choose("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(length))


def _new_case(rules: CaseRules, kind: CaseKind, person_id: int, text: str, *, code: str, service_id: str) -> Case:
    now = rules.now()
    due = after_working_days(now, WORKING_DAYS_TO_ANSWER, rules.hours)
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


async def _opened(work: SurveyWork, case: Case, rules: CaseRules) -> None:
    await work.cases.add_step(CaseStep(case.id, case.state, case.received_at))
    await _announce(work, case, EventKind.CASE_OPENED, rules)
    await _tell_holders(work, case, "case_new", rules.now())


async def _held_case(work: SurveyWork, case_id: int, by: int, *, lock: bool = True) -> Case:
    """RefusedError for a case that does not exist or is not this person's to see: a forged button learns nothing."""
    case = await work.cases.get(case_id, lock=lock)
    if case is None or not (await work.staff.rights(by)).may_hold(case):
        raise RefusedError("case-unknown")
    return case


async def _move(
    work: SurveyWork,
    case: Case,
    state: CaseState,
    rules: CaseRules,
    *,
    by: int | None = None,
    note: str = "",
    changes: dict[str, Any] | None = None,
) -> Case:
    case.must_allow(state)
    now = rules.now()
    moved = replace(case, state=state, revision=case.revision + 1, **(changes or {}))
    if state is CaseState.ASKED_AGAIN or (state is CaseState.OUTCOME_TOLD and case.kind is CaseKind.QUESTION):
        moved = replace(moved, remind_at=now + ASKED_AGAIN_FOR)
    await work.cases.save(moved)
    await work.cases.add_step(CaseStep(case.id, state, now, by, note))
    kind = EventKind.CASE_CLOSED if state is CaseState.CLOSED else EventKind.CASE_CHANGED
    await _announce(work, moved, kind, rules)
    return moved


async def _close(work: SurveyWork, case: Case, rules: CaseRules, *, note: str) -> Case:
    await work.notices.unlink(outcome_key(case.uid))
    changes = {"person_id": None, "closed_at": rules.now()}
    return await _move(work, case, CaseState.CLOSED, rules, note=note, changes=changes)


async def _announce(work: SurveyWork, case: Case, kind: EventKind, rules: CaseRules) -> None:
    """Questions of "Ask" are no service's results and stay here, as those of the examples do."""
    if case.service_id and not case.service_id.startswith(EXAMPLE_PREFIX):
        await work.events.add(case_event(case, kind, rules.survey.today()))


async def _colleagues(work: SurveyWork, case: Case) -> list[Colleague]:
    """The agency's people, else the operators."""
    people = await work.staff.named(case.agency_id) if case.agency_id else []
    return people or await work.staff.named("")


async def _tell_holders(work: SurveyWork, case: Case, kind: str, at: dt.datetime) -> None:
    """Who has it in hand while they act for the agency, else all of the agency's people, else the operators."""
    people = await work.staff.of_agency(case.agency_id) if case.agency_id else []
    people = people or await work.staff.operators()
    people = [case.holder_id] if case.holder_id in people else people
    payload = {"case_id": case.id, "code": case.code, "service_id": case.service_id, "due_at": case.due_at.isoformat()}
    for person_id in people:
        key = f"case:{case.uid}:{kind}:{case.revision}:{case.reminded}:{person_id}"
        await work.notices.put(key, person_id, kind, payload, at)


def outcome_key(uid: str) -> str:
    """Under which the message that tells an outcome stands in the ledger."""
    return f"case:{uid}:outcome"


async def _outcome_payload(work: SurveyWork, case: Case) -> dict[str, Any]:
    service = await work.services.get(case.service_id) if case.service_id else None
    return {
        "case_id": case.id,
        "code": case.code,
        "kind": case.kind.value,
        "service_title": service.title if service else "",
        "agency": service.agency if service else "",
        "answer": case.answer,
    }


async def _view(work: SurveyWork, case: Case) -> CaseView:
    service = await work.services.get(case.service_id) if case.service_id else None
    names = {one.person_id: one.name for one in await _colleagues(work, case)} if case.holder_id else {}
    holder = names.get(case.holder_id or 0, "")
    return CaseView(case, service.title if service else "", tuple(await work.cases.steps(case.id)), holder)
