"""/s/<service id>: the survey of a service as a page that works without scripts, one question a page.

The same use cases as in the chat, channel "web"; the person is the number in the cookie, so the outcome is told in the
web chat and here. Every change is a form that is sent to the same address and answered by a redirect.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import parse_qs, quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.fluent_texts import Texts
from bot.ports import People
from bot.screens.surveys import mood_of, state_name
from surveys.answering import SurveyPage
from surveys.case import CaseState
from surveys.case_moves import may_be_wished
from surveys.case_work import CaseView
from surveys.questionnaire import FACES, Kind, Question, Value
from surveys.refusals import RefusedError
from surveys.responses import Respondent
from surveys.use_cases import Surveys
from web.identity import Identity
from web.limits import RateLimits
from web.pages import Pages
from web.problems import Problem

__all__ = ["survey_router"]

PLATFORM: Final = "web"
#: Which refusals mean that there is nothing to rate at this address.
_GONE: Final = {"service-unknown": 404, "service-inactive": 410}
_AGAIN: Final = (CaseState.ANSWERED, CaseState.OUTCOME_TOLD, CaseState.ASKED_AGAIN)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A form: its button, the values of its fields, and whether all answers are gone through once more."""

    action: str
    question: str
    values: tuple[str, ...]
    reviewing: bool

    @classmethod
    async def of(cls, request: Request) -> _Sent:
        fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=40)
        action, question = (fields.get(name, [usual])[0] for name, usual in (("action", "answer"), ("question", "")))
        return cls(action, question, tuple(fields.get("value", ())), "reviewing" in fields)


def survey_router(
    *,
    pages: Pages,
    texts: Texts,
    surveys: Surveys,
    people: People,
    identity: Identity,
    limits: RateLimits,
    same_origin_form: Callable[[Request], None],
    send_soon: Callable[[], None],
) -> APIRouter:
    """Both routes. A visitor without our cookie gets one with the page; a form without it is refused kindly.

    `send_soon` rings for the messages that a wish leaves to the agency's people.
    """
    router = APIRouter(include_in_schema=False)
    desk = _Desk(pages, texts, surveys)

    @router.get("/s/{service_id}")
    async def show(request: Request, service_id: str, change: str = "", wish: str = "") -> Response:
        known = identity.person_of(request)
        await limits.check(request, known)
        response = Response()
        number = identity.give(response, known)
        try:
            if known is None:  # a person, a preview or a robot: not one who opened it before the cookie came back
                page = await surveys.offer(service_id, channel=PLATFORM, spread=number)
            else:  # counted under the number in the cookie alone
                page = await surveys.open(Respondent(0, PLATFORM, known), service_id, channel=PLATFORM)
        except RefusedError as refusal:
            return desk.gone(request, refusal)
        shown = await desk.shown(request, page, change=change, declined=wish == "no")
        shown.headers["cache-control"] = "no-store"  # it comes with a cookie
        shown.headers.append("set-cookie", response.headers["set-cookie"])
        return shown

    @router.post("/s/{service_id}")
    async def take(request: Request, service_id: str) -> Response:
        same_origin_form(request)
        number = identity.person_of(request)
        if number is None:
            raise Problem(401, "no_cookie", "web-survey-no-cookie")
        await limits.check(request, number)
        person = await people.seen(PLATFORM, number, surveys.rules.clock())
        sent = await _Sent.of(request)
        try:
            where = await _apply(surveys, Respondent(person.id, PLATFORM, number), service_id, sent)
        except RefusedError as refusal:
            if refusal.message_key in _GONE:
                return desk.gone(request, refusal)
            page = await surveys.open(Respondent(person.id, PLATFORM, number), service_id, channel=PLATFORM)
            return await desk.shown(request, page, refusal=refusal, sent=sent)
        if sent.action == "wish":  # nothing else leaves a message
            send_soon()
        return RedirectResponse(f"/s/{quote(service_id, safe='')}{where}", status_code=303)

    return router


async def _apply(surveys: Surveys, who: Respondent, service_id: str, sent: _Sent) -> str:
    """Does what the form says; the query of the page that follows. RefusedError for what the survey does not have."""
    match sent.action:
        case "finish":
            await _keep_filled_in(surveys, who, service_id, sent)
            await surveys.finish(who, service_id)
            return ""
        case "wish":
            await surveys.wish_for_outcome(who, service_id)
            return ""
        case "no-wish":
            await surveys.wish_for_outcome(who, service_id, wants=False)
            return "?wish=no"
        case "again":
            await _rate_outcome(surveys, who, service_id, sent)
            return ""
    page = await surveys.open(who, service_id, channel=PLATFORM)
    question = page.questionnaire.question(sent.question)
    if sent.action != "keep":
        value = None if sent.action == "skip" else _value(question, sent.values)
        page = await surveys.give(who, service_id, question.id, value, channel=PLATFORM)
    if not sent.reviewing or page.response is None:
        return ""
    following = page.reviewed(question.id).question
    return f"?change={following.id}" if following else ""


async def _keep_filled_in(surveys: Surveys, who: Respondent, service_id: str, sent: _Sent) -> None:
    """Whoever has written or ticked something and then ends the survey has said it."""
    if sent.question and sent.values:
        page = await surveys.open(who, service_id, channel=PLATFORM)
        question = page.questionnaire.question(sent.question)
        if (value := _value(question, sent.values)) is not None:
            await surveys.give(who, service_id, question.id, value, channel=PLATFORM)


async def _rate_outcome(surveys: Surveys, who: Respondent, service_id: str, sent: _Sent) -> None:
    page = await surveys.open(who, service_id, channel=PLATFORM)
    view = await surveys.track(page.response.code) if page.response else None
    if view is None:
        raise RefusedError("case-unknown")
    await surveys.rate_outcome(who, view.case.id, _face(sent.values))


def _face(values: tuple[str, ...]) -> int:
    if len(values) != 1 or values[0] not in {str(face) for face in FACES}:
        raise RefusedError("survey-unknown-value")
    return int(values[0])


def _value(question: Question, values: tuple[str, ...]) -> Value:
    """What a form's fields mean to this question; nothing chosen is a skipped question."""
    if question.kind is Kind.FACES:
        return _face(values)
    if question.kind is Kind.MULTI:
        return values or None
    if question.kind is Kind.TEXT:
        text = values[0].replace("\r\n", "\n") if values else ""
        return text if text.strip() else None
    return values[0] if values else None


def _asked(page: SurveyPage, question: Question) -> bool:
    return question.asked_after(page.response.answers if page.response else {})


def _asked_anew(page: SurveyPage, id: str) -> Question:
    first = page.questionnaire.first
    return next((q for q in page.questionnaire.questions if q.id == id and _asked(page, q)), first)


def _may_wish(page: SurveyPage, case: CaseView | None) -> bool:
    words = page.response.text if page.response else None
    return bool(words) and may_be_wished(case.case if case else None, words, case.steps if case else ())


class _Desk:
    """Turns where a person stands into a page."""

    def __init__(self, pages: Pages, texts: Texts, surveys: Surveys) -> None:
        self._pages, self._texts, self._surveys = pages, texts, surveys

    def gone(self, request: Request, refusal: RefusedError) -> HTMLResponse:
        unknown = refusal.message_key == "service-unknown"
        t = self._texts.plain
        sentence = t("web-survey-unknown") if unknown else t("service-inactive", title=refusal.details["title"])
        return self._pages.page(request, "survey_gone.html", {"sentence": sentence}, status=_GONE[refusal.message_key])

    async def shown(
        self,
        request: Request,
        page: SurveyPage,
        *,
        change: str = "",
        declined: bool = False,
        refusal: RefusedError | None = None,
        sent: _Sent | None = None,
    ) -> HTMLResponse:
        """The next question; thanks when there is none or the person is done; with `refusal` what was wrong, too.

        `change` is the question at which somebody is who goes through all answers once more; one that is not asked of
        them means the first.
        """
        if refusal is not None and sent is not None:
            asked = next((q for q in page.questionnaire.questions if q.id == sent.question), page.question)
            page = replace(page, question=asked, reviewing=sent.reviewing and page.response is not None)
        elif change and page.response is not None:
            page = replace(page, question=_asked_anew(page, change), reviewing=True)
        staying = page.reviewing or refusal is not None
        done = page.response is not None and not staying and (page.question is None or page.response.finished)
        case = await self._told(page.response.code) if done and page.response else None
        words = next((q for q in page.questionnaire.questions if q.kind is Kind.TEXT and _asked(page, q)), None)
        values: Mapping[str, Any] = {
            "page": page,
            "question": None if done else page.question,
            "faces": {face: self._texts.plain("survey-face", face=f"f{face}").partition(" ")[2] for face in FACES},
            "given": self._given(page),
            "said": bool(page.response and page.question and page.response.answers.get(page.question.id) is not None),
            "number": self._number(page),
            "case": case,
            "rates_again": case is not None and case.case.state in _AGAIN and bool(case.case.answer),
            "waits": case is not None and case.case.state.waits_for_answer,
            "mood": mood_of(page),
            "asks_wish": done and not declined and _may_wish(page, case),
            "words": None if words is None else words.id,
            "state": self._state(case),
            "problem": self._texts.plain(refusal.message_key, **refusal.details) if refusal else "",
            "written": self._written(page, sent),
        }
        return self._pages.page(request, "survey.html", values, status=422 if refusal else 200)

    async def _told(self, code: str) -> CaseView | None:
        """The case of the visitor's own response; its answer is told as soon as it stands here before them."""
        view = await self._surveys.track(code)
        if view is None or view.case.state is not CaseState.ANSWERED:
            return view
        await self._surveys.mark_told(view.case.id)
        return await self._surveys.track(code)

    def _given(self, page: SurveyPage) -> set[str]:
        value = page.response.answers.get(page.question.id) if page.response and page.question else None
        return {str(one) for one in value} if isinstance(value, tuple) else {str(value)}

    def _number(self, page: SurveyPage) -> tuple[int, int]:
        """The place of the question among those that this person is asked, and how many these are."""
        answers = page.response.answers if page.response else {}
        asked = [q for q in page.questionnaire.questions if q.asked_after(answers)]
        return (asked.index(page.question) + 1 if page.question in asked else 0), len(asked)

    def _state(self, case: CaseView | None) -> str:
        return state_name(self._texts, case.case) if case else ""

    def _written(self, page: SurveyPage, sent: _Sent | None) -> str:
        if sent is not None and sent.values:
            return sent.values[0]
        return (page.response.text or "") if page.response else ""
