"""Use cases of a person who rates a service. Each is one transaction; what was given is safe when it returns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from surveys.case_moves import words_changed
from surveys.events import EventKind
from surveys.periods import PeriodKind, month_of, period_end, period_of
from surveys.ports import FirstAnswer, FirstAnswers, KnowsServices, OpenSurveyWork, SurveyWork
from surveys.questionnaire import WRITTEN, Kind, Question, Questionnaire, Questionnaires, Value
from surveys.refusals import RefusedError
from surveys.responses import (
    COUNTS,
    PersonKey,
    Respondent,
    Response,
    Standing,
    asker_of,
    changed_tallies,
    event_of,
    once_of,
)
from surveys.services import Service, plain_id

__all__ = [
    "FinishSurvey",
    "GiveAnswer",
    "OfferSurvey",
    "OpenSurvey",
    "SurveyPage",
    "SurveyRules",
    "rated_service",
    "save_response",
]


@dataclass(frozen=True, slots=True)
class SurveyRules:
    """What every use case here needs. `new_code` makes tracking codes, `new_id` the ids other systems see."""

    questionnaires: Questionnaires
    period: PeriodKind
    timezone: dt.tzinfo
    clock: Callable[[], dt.datetime]
    new_id: Callable[[], str]
    new_code: Callable[[], str]
    person_key: PersonKey

    def now(self) -> dt.datetime:
        return self.clock()

    def today(self) -> dt.date:
        return self.clock().astimezone(self.timezone).date()

    def once(self, who: Respondent, service_id: str) -> str:
        return once_of(self.person_key, who, service_id, period_of(self.today(), self.period))


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """Where a person stands: `question` is the next step, None when all is said; `response` None before the first tap.

    `changed` is False when a tap said what was said before. `reviewing`: the person goes through all questions once
    more, those that they answered included; whatever they say counts at once, and what they pass stays as it was.
    """

    service: Service
    questionnaire: Questionnaire
    response: Response | None
    question: Question | None
    changed: bool = False
    reviewing: bool = False

    def reviewed(self, behind: str | None = None) -> SurveyPage:
        """The first question once more, or the one that follows `behind`; where there is none, the end."""
        assert self.response is not None, "there is something to review"
        answers, questionnaire = self.response.answers, self.questionnaire
        question = questionnaire.first if behind is None else questionnaire.after(behind, answers)
        return replace(self, question=question, reviewing=question is not None)


class OpenSurvey:
    """Opens a service's survey, or goes on where the person left it. Counts a person once a period as `opened`."""

    def __init__(self, work: OpenSurveyWork, rules: SurveyRules) -> None:
        self._work, self._rules = work, rules

    async def __call__(self, who: Respondent, service_id: str, *, channel: str) -> SurveyPage:
        """RefusedError for an unknown or inactive service."""
        rules = self._rules
        async with self._work() as work:
            service = await rated_service(work, service_id)
            once, today = rules.once(who, service.id), rules.today()
            response = await work.responses.find(once)
            if await work.responses.opened(once, service.id, period_end(today, rules.period)):
                opened = {(COUNTS, "opened"): 1}
                await work.tallies.add(service.id, month_of(today), channel, opened, spread=_spread(once))
        return _page(rules.questionnaires, service, response)


class OfferSurvey:
    """Shows a survey to somebody of whom nothing is known yet, and counts that as `offered`.

    Whoever comes to a page for the first time may be a person, a preview or a robot; as `opened` they count when they
    come back or answer with what they were given to be known by.
    """

    def __init__(self, work: OpenSurveyWork, rules: SurveyRules) -> None:
        self._work, self._rules = work, rules

    async def __call__(self, service_id: str, *, channel: str, spread: int) -> SurveyPage:
        """RefusedError for an unknown or inactive service. `spread` as `Tallies.add` has it."""
        async with self._work() as work:
            service = await rated_service(work, service_id)
            month = month_of(self._rules.today())
            await work.tallies.add(service.id, month, channel, {(COUNTS, "offered"): 1}, spread=spread)
        return _page(self._rules.questionnaires, service, None)


class GiveAnswer:
    """Stores one answer: the first face makes the response, everything later changes it within its period."""

    def __init__(self, work: OpenSurveyWork, first_answers: FirstAnswers, rules: SurveyRules) -> None:
        self._work, self._first_answers, self._rules = work, first_answers, rules

    async def __call__(
        self,
        who: Respondent,
        service_id: str,
        question_id: str,
        value: Value,
        *,
        channel: str,
        toggle: bool = False,
    ) -> SurveyPage:
        """`value` None skips; `toggle` adds or takes one choice of a multi-choice question.

        Safe against the same tap twice and 200 at once. RefusedError for an unknown or inactive service, a question or
        value that the questionnaire does not have, and an answer before the first face.
        """
        service = await rated_service(self._first_answers, service_id)
        once = self._rules.once(who, service.id)
        current = self._rules.questionnaires.current()
        if question_id == current.first.id:
            first = self._first(who, service, once, current, value, channel)
            stored = await self._first_answers.give(_first_answer(service, first))
            if stored is not None:
                return _page(self._rules.questionnaires, service, stored, changed=True)
        async with self._work() as work:
            before = await work.responses.find(once, lock=True)
            if before is None:
                raise RefusedError("survey-face-first")
            after = self._after(before, question_id, value, toggle=toggle)
            after = after if before.asker else _rejoined(after, self._asker(who))
            if before.text is not None and after.text != before.text:
                await words_changed(work, after, self._rules)
            if after is not before:
                await save_response(work, service, before, after)
        return _page(self._rules.questionnaires, service, after, changed=after is not before)

    def _first(
        self, who: Respondent, service: Service, once: str, current: Questionnaire, value: Value, channel: str
    ) -> Response:
        now, today = self._rules.clock(), self._rules.today()
        answers = {current.first.id: current.first.understood(value)}
        return Response(
            id=0,
            uid=self._rules.new_id(),
            code=self._rules.new_code(),
            service_id=service.id,
            channel=channel,
            period=period_of(today, self._rules.period),
            period_ends=period_end(today, self._rules.period),
            once=once,
            asker=self._asker(who),
            questionnaire=current.id,
            version=current.version,
            answers=answers,
            text=None,
            finished=current.next(answers) is None,
            standing=Standing.COUNTED,
            again=None,
            day=today,
            month=month_of(today),
            answered_at=now,
        )

    def _asker(self, who: Respondent) -> str:
        return asker_of(self._rules.person_key, who.platform, who.platform_id)

    def _after(self, before: Response, question_id: str, value: Value, *, toggle: bool) -> Response:
        """`before` itself when nothing changes."""
        questionnaire = self._rules.questionnaires.get(before.questionnaire, before.version)
        question = questionnaire.question(question_id)
        if not question.asked_after(before.answers):
            raise RefusedError("survey-unknown-question")
        if toggle:
            value = _toggled(question, before.answers.get(question_id), value)
        value, text = question.understood(value), before.text
        if question.kind is Kind.TEXT:
            text, value = (None, None) if value is None else (str(value), WRITTEN)
        answers = questionnaire.kept({**before.answers, question_id: value})
        finished = before.finished or questionnaire.next(answers) is None
        if (answers, text, finished) == (dict(before.answers), before.text, before.finished):
            return before
        return before.changed(answers=answers, text=text, finished=finished)


class FinishSurvey:
    """The person is done, whatever was left out; their tracking code is `response.code`."""

    def __init__(self, work: OpenSurveyWork, rules: SurveyRules) -> None:
        self._work, self._rules = work, rules

    async def __call__(self, who: Respondent, service_id: str) -> SurveyPage:
        async with self._work() as work:
            service = await rated_service(work, service_id)
            before = await work.responses.find(self._rules.once(who, service.id), lock=True)
            if before is None:
                raise RefusedError("survey-face-first")
            after = before if before.finished else before.changed(finished=True)
            if after is not before:
                await save_response(work, service, before, after)
        page = _page(self._rules.questionnaires, service, after, changed=after is not before)
        return SurveyPage(page.service, page.questionnaire, after, None, page.changed)


async def known_service(work: KnowsServices, service_id: str) -> Service:
    """The service of an id as people write it, active or not; RefusedError when there is none."""
    id = plain_id(service_id)
    service = await work.services.get(id) if id else None
    if service is None:
        raise RefusedError("service-unknown", id=service_id[:40])
    return service


async def rated_service(work: KnowsServices, service_id: str) -> Service:
    """The same; RefusedError for an inactive one, too."""
    service = await known_service(work, service_id)
    if not service.active:
        raise RefusedError("service-inactive", title=service.title)
    return service


async def save_response(work: SurveyWork, service: Service, before: Response, after: Response) -> None:
    """A changed response with its event and its counts, these last: others wait for them while this commits."""
    await work.responses.save(after)
    if not service.is_example:
        await work.events.add(event_of(after, EventKind.RESPONSE_CHANGED))
    changes = changed_tallies(before, after)
    if changes:
        await work.tallies.add(after.service_id, after.month, after.channel, changes, spread=_spread(after.uid))


def _first_answer(service: Service, first: Response) -> FirstAnswer:
    event = None if service.is_example else event_of(first, EventKind.RESPONSE_GIVEN)
    return FirstAnswer(first, event, changed_tallies(None, first), _spread(first.uid))


def _spread(key: str) -> int:
    return sum(key.encode()[-8:])


def _rejoined(after: Response, asker: str) -> Response:
    """Somebody who was forgotten and rates again within the period: the response is theirs again."""
    return after.changed(asker=asker)


def _toggled(question: Question, before: Value, choice: Value) -> Value:
    if question.kind is not Kind.MULTI or not isinstance(choice, str):
        raise RefusedError("survey-unknown-value")
    chosen = set(before) if isinstance(before, tuple) else set()
    question.understood((choice,))
    return tuple(chosen ^ {choice})


def _page(
    questionnaires: Questionnaires, service: Service, response: Response | None, *, changed: bool = False
) -> SurveyPage:
    if response is None:
        current = questionnaires.current()
        return SurveyPage(service, current, None, current.first, changed)
    questionnaire = questionnaires.get(response.questionnaire, response.version)
    return SurveyPage(service, questionnaire, response, questionnaire.next(response.answers), changed)
