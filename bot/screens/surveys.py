"""Rating a service: five faces, then what the questionnaire goes on to ask, thanks and the tracking code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from aiogram.types import InlineKeyboardButton

from bot.fluent_texts import Html, Texts
from bot.rendering import WORDS_SHOWN, beginning, escape, join, quoted, shortened
from bot.screens.agencies import form_screen
from bot.screens.frame import Desk, Row, Screen, button, keyboard, reading_row
from bot.states import OpenForm
from bot.survey_buttons import (
    OutcomeButton,
    ReviewAction,
    ReviewButton,
    ServiceButton,
    SurveyAction,
    SurveyButton,
    SurveyStep,
)
from surveys.answering import SurveyPage
from surveys.case import Case, CaseState
from surveys.case_moves import may_be_wished
from surveys.case_work import CaseView
from surveys.questionnaire import FACES, Kind, Question
from surveys.responses import Response
from surveys.services import FoundService, Service

__all__ = [
    "face_name",
    "mood_of",
    "outcome_rows",
    "outcome_screen",
    "services_screen",
    "state_name",
    "survey_screen",
    "titles_apart",
    "track_screen",
    "value_at",
    "waits_for_words",
    "wished_screen",
    "words_question",
    "words_screen",
]

TWO_A_ROW: Final = 2
#: UTF-16 units of an answer, and of own words, on a screen.
ANSWER_ROOM: Final = 3500
WORDS_ROOM: Final = 2500


def face_name(texts: Texts, face: int) -> str:
    """«🙂 راضی»"""
    return texts.plain("survey-face", face=f"f{face}")


def state_name(texts: Texts, case: Case) -> str:
    """«نزد دستگاه»"""
    at_operators = case.state is CaseState.WITH_AGENCY and not case.agency_id
    return texts.plain("case-state", state="with_operators" if at_operators else case.state.value)


def outcome_screen(desk: Desk, face: int, service_id: str) -> Screen:
    """Thanks for the second face; whoever is still not content may say why, and so open the case again."""
    t = desk.texts
    thanks = t("outcome-thanks", face=face_name(t, face), mood=_mood(face))
    if _mood(face) != "low" or not service_id:
        return Screen(thanks)
    words = SurveyAction(service=service_id, action=SurveyStep.WORDS)
    rows: list[Row] = [[button(t.plain("button-outcome-words"), words)]]
    return Screen(join([thanks, t("outcome-still-open")], "\n\n"), keyboard(rows))


def _mood(face: int) -> str:
    """Nobody who is angry reads thanks alone."""
    return "low" if face in FACES[:2] else "other"


def mood_of(page: SurveyPage) -> str:
    """How thanks are said to whoever gave this face: "low" or "other"."""
    return _mood(_face(page))


def _face(page: SurveyPage) -> int:
    face = page.response.answers.get(page.questionnaire.first.id) if page.response else None
    return face if isinstance(face, int) else FACES[-1]


def value_at(question: Question, place: int) -> int | str | None:
    """The value of the choice in a place counted from 1; None for a place that the question does not have."""
    if not 1 <= place <= len(question.choices):
        return None
    return place if question.kind is Kind.FACES else question.choices[place - 1].id


def waits_for_words(page: SurveyPage) -> bool:
    """Whether what the person writes next is their answer."""
    return page.question is not None and page.response is not None and page.question.kind is Kind.TEXT


def survey_screen(desk: Desk, page: SurveyPage, *, reopened: bool = False, case: CaseView | None = None) -> Screen:
    """Where the person stands in the survey; `reopened`: they came back to it.

    `case` is that of the response, once there is nothing more to ask.
    """
    head = [desk.texts("survey-title", title=page.service.title, agency=page.service.agency)]
    if page.response is None:
        if page.questionnaire.mark:
            head.append(Html(f"<i>{escape(page.questionnaire.mark)}</i>"))
        if page.service.is_example:
            head.append(desk.texts("survey-example-note"))
        first = page.questionnaire.first
        return Screen(join([*head, escape(first.text)], "\n\n"), keyboard(_choices(desk, page, first)))
    if page.reviewing:
        head.append(desk.texts("survey-review"))
    else:
        name = face_name(desk.texts, _face(page))
        again = desk.texts("survey-again", face=name)
        head.append(again if reopened else desk.texts("survey-thanks", face=name, mood=mood_of(page)))
    if page.question is None:
        return _finished(desk, page, head, case)
    return _asked(desk, page, page.question, page.response, head)


def _asked(desk: Desk, page: SurveyPage, question: Question, response: Response, parts: list[Html]) -> Screen:
    if len(response.answers) == 1 and not page.reviewing:
        parts.append(desk.texts("survey-more"))
    parts.append(Html(f"<b>{escape(question.text)}</b>"))
    if question.kind is Kind.TEXT:
        if page.reviewing and response.text:
            parts += [desk.texts("survey-words-now"), quoted(response.text, WORDS_ROOM)]
        parts.append(desk.texts("survey-words-hint"))
    onward = _onward_reviewing(desk, page, question, response) if page.reviewing else _onward(desk, page, question)
    return Screen(join(parts, "\n\n"), keyboard([*_choices(desk, page, question), *onward]))


def _choices(desk: Desk, page: SurveyPage, question: Question) -> list[Row]:
    step = page.questionnaire.questions.index(question)
    given = page.response.answers.get(question.id) if page.response else None
    chosen = {str(one) for one in given} if isinstance(given, tuple) else {str(given)}
    kind = ReviewButton if page.reviewing else SurveyButton

    def row_button(place: int, id: str, text: str) -> InlineKeyboardButton:
        label = desk.texts.plain("button-chosen", name=text) if id in chosen else text
        return button(label, kind(service=page.service.id, step=step, value=place))

    if question.kind is Kind.FACES:
        return [[row_button(face, str(face), face_name(desk.texts, face))] for face in reversed(FACES)]
    buttons = [row_button(place, choice.id, choice.text) for place, choice in enumerate(question.choices, 1)]
    if question.kind is Kind.YES_PARTLY_NO:
        return [reading_row(*buttons)]
    if question.kind is Kind.MULTI:
        return [reading_row(*buttons[i : i + TWO_A_ROW]) for i in range(0, len(buttons), TWO_A_ROW)]
    return [[one] for one in buttons]


def _onward(desk: Desk, page: SurveyPage, question: Question) -> list[Row]:
    step = page.questionnaire.questions.index(question)
    key = "button-survey-next" if question.kind is Kind.MULTI else "button-survey-skip"
    skip = SurveyAction(service=page.service.id, action=SurveyStep.SKIP, step=step)
    return [reading_row(button(desk.texts.plain(key), skip), _finish(desk, page.service))]


def _onward_reviewing(desk: Desk, page: SurveyPage, question: Question, response: Response) -> list[Row]:
    """To the next question as it is; where something was said that need not be, it can be taken back."""
    step = page.questionnaire.questions.index(question)

    def act(key: str, action: SurveyStep) -> InlineKeyboardButton:
        return button(desk.texts.plain(key), ReviewAction(service=page.service.id, action=action, step=step))

    said = response.answers.get(question.id) is not None
    keep = act("button-survey-keep" if said else "button-survey-skip", SurveyStep.KEEP)
    back = act("button-survey-take-back", SurveyStep.SKIP) if said and not question.required else None
    return [reading_row(keep, back), [_finish(desk, page.service)]]


def _finish(desk: Desk, service: Service) -> InlineKeyboardButton:
    return button(desk.texts.plain("button-survey-finish"), SurveyAction(service=service.id, action=SurveyStep.FINISH))


def _finished(desk: Desk, page: SurveyPage, parts: list[Html], case: CaseView | None) -> Screen:
    assert page.response is not None, "a survey is finished by answering"
    t, service, response = desk.texts, page.service, page.response
    parts.append(t("survey-done", code=response.code))
    rows: list[Row] = []
    if response.text is not None:
        said, row = _wish(desk, service, response, case)
        parts.append(said)
        rows.append(row)
    return Screen(join(parts, "\n\n"), keyboard([*rows, _changes(desk, page)]))


def _changes(desk: Desk, page: SurveyPage) -> Row:
    """What may still be said otherwise."""
    t, id = desk.texts.plain, page.service.id
    changes = [button(t("button-survey-change"), SurveyAction(service=id, action=SurveyStep.CHANGE))]
    if words_question(page) is not None:
        key = "button-survey-words-edit" if page.response and page.response.text else "button-survey-words-add"
        changes.append(button(t(key), SurveyAction(service=id, action=SurveyStep.WORDS)))
    return reading_row(*changes)


def _wish(desk: Desk, service: Service, response: Response, case: CaseView | None) -> tuple[Html, Row]:
    """Whether the person may wish to hear the outcome of their words, has wished it, or was told it."""
    t = desk.texts
    no = SurveyAction(service=service.id, action=SurveyStep.NO_WISH)
    if case is None or may_be_wished(case.case, response.text, case.steps):
        yes = button(t.plain("button-survey-wish"), SurveyAction(service=service.id, action=SurveyStep.WISH))
        return t("survey-wish"), reading_row(yes, button(t.plain("button-survey-no-wish"), no))
    if case.case.state.waits_for_answer or case.case.state is CaseState.ANSWERED:
        return t("survey-wished", code=case.case.code), [button(t.plain("button-survey-wish-back"), no)]
    return t("survey-told", code=case.case.code), []


def words_question(page: SurveyPage) -> Question | None:
    """Where the person may write something of their own, now that they said what they said."""
    answers = page.response.answers if page.response else {}
    return next((q for q in page.questionnaire.questions if q.kind is Kind.TEXT and q.asked_after(answers)), None)


def words_screen(desk: Desk, page: SurveyPage, question: Question, form: OpenForm) -> Screen:
    """Asks for words of one's own, or for others than those that stand here."""
    parts = [Html(f"<b>{escape(question.text)}</b>")]
    if page.response is not None and page.response.text:
        parts.append(quoted(page.response.text, WORDS_ROOM))
    parts.append(desk.texts("survey-words-hint"))
    return form_screen(desk, join(parts, "\n\n"), form)


def wished_screen(desk: Desk, page: SurveyPage, case: Case | None) -> Screen:
    """What becomes of the wish to hear the outcome, and the way back from it."""
    assert page.response is not None, "a wish is about what was said"
    response, service, changes = page.response, page.service, _changes(desk, page)
    parts = [
        desk.texts("survey-title", title=service.title, agency=service.agency),
        desk.texts("survey-done", code=response.code),
        desk.texts("survey-unwished") if case is None else desk.texts("survey-wished", code=case.code),
    ]
    other = SurveyStep.WISH if case is None else SurveyStep.NO_WISH
    label = desk.texts.plain("button-survey-wish" if case is None else "button-survey-wish-back")
    return Screen(
        join(parts, "\n\n"), keyboard([[button(label, SurveyAction(service=service.id, action=other))], changes])
    )


def services_screen(desk: Desk, words: str, found: Sequence[FoundService], form: OpenForm) -> Screen:
    """Services that the words may mean."""
    if not found:
        return form_screen(desk, desk.texts("rate-not-found", words=shortened(words, WORDS_SHOWN)), form)
    services = [one.service for one in found]
    rows: list[Row] = [
        [button(f"{title} — {service.agency}", ServiceButton(service=service.id))]
        for service, title in zip(services, titles_apart(desk.texts, services), strict=True)
    ]
    return Screen(desk.texts("rate-found"), keyboard(rows))


def titles_apart(texts: Texts, services: Sequence[Service]) -> list[str]:
    """Titles that can be told apart where they stand in one list: examples say so, namesakes have their id."""
    names = Counter((one.title, one.agency) for one in services if not one.is_example)

    def title(one: Service) -> str:
        if one.is_example:
            return texts.plain("service-example", title=one.title)
        return f"{one.title} ({one.id})" if names[one.title, one.agency] > 1 else one.title

    return [title(one) for one in services]


def track_screen(desk: Desk, view: CaseView | None) -> Screen:
    """Where a case stands, for whoever has its code."""
    if view is None:
        return Screen(desk.texts("track-unknown"))
    lines = [desk.texts("track-state", code=view.case.code, state=state_name(desk.texts, view.case))]
    about_service = bool(view.service_title)
    lines.append(
        desk.texts("case-service", title=view.service_title) if about_service else desk.texts("case-question-kind")
    )
    if view.case.answer:
        lines.append(desk.texts("track-answer", answer=beginning(view.case.answer, ANSWER_ROOM)))
    return Screen(join(lines))


def outcome_rows(texts: Texts, case_id: int) -> list[tuple[str, str]]:
    """Faces beneath an outcome: labels and data, the best first."""
    return [(face_name(texts, face), OutcomeButton(case=case_id, face=face).pack()) for face in reversed(FACES)]
