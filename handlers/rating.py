"""Rating a service: from its link or /rate over one tap to the tracking code; what comes after the outcome."""

from __future__ import annotations

import re
from dataclasses import replace as changed

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.ports import Person, Wakeups
from bot.rendering import cleaned
from bot.screens.agencies import form_screen
from bot.screens.frame import Desk, Screen
from bot.screens.surveys import (
    outcome_screen,
    services_screen,
    survey_screen,
    track_screen,
    value_at,
    waits_for_words,
    wished_screen,
    words_question,
    words_screen,
)
from bot.states import Rating
from bot.survey_buttons import (
    ExpertButton,
    OutcomeButton,
    ReviewAction,
    ReviewButton,
    ServiceButton,
    SurveyAction,
    SurveyButton,
    SurveyStep,
)
from handlers.addressed import in_private
from handlers.filling import begin_form, filled_in, finish_form, present_form
from handlers.showing import beneath, replace, replace_keyboard, reply, send
from knowledge.asking import RateAnswer
from surveys.answering import SurveyPage
from surveys.case_work import CaseView
from surveys.questionnaire import Kind
from surveys.refusals import RefusedError
from surveys.responses import Respondent
from surveys.services import the_one
from surveys.use_cases import Surveys

__all__ = ["open_link", "router"]

#: What may be a tracking code, however it was typed; anything else that is written instead is a question.
_CODE = re.compile(r"^\s*[0-9A-Za-z۰-۹٠-٩-]{6,20}\s*$")


def router() -> Router:
    router = Router(name="rating")
    router.message.filter(F.func(in_private))
    router.message.register(rate_command, Command("rate"))
    router.message.register(track, Command("track"))
    router.message.register(service_named, Rating.naming_service, F.text, ~F.text.startswith("/"))
    router.message.register(code_given, Rating.giving_code, F.text.regexp(_CODE))
    router.message.register(words_given, Rating.writing, F.text, ~F.text.startswith("/"))
    router.callback_query.register(open_service, ServiceButton.filter())
    router.callback_query.register(answer, SurveyButton.filter())
    router.callback_query.register(answer, ReviewButton.filter())
    router.callback_query.register(act, SurveyAction.filter())
    router.callback_query.register(review, ReviewAction.filter())
    router.callback_query.register(rate_outcome, OutcomeButton.filter())
    router.callback_query.register(send_to_expert, ExpertButton.filter())
    return router


def respondent(person: Person) -> Respondent:
    return Respondent(person.id, person.platform, person.platform_id)


async def _wait(state: FSMContext, page: SurveyPage) -> None:
    """What is written next belongs to the survey exactly while it asks for words."""
    if waits_for_words(page):
        await begin_form(state, Rating.writing, service=page.service.id, reviewing=page.reviewing)
    elif await state.get_state() == Rating.writing.state:
        await finish_form(state)


async def _case_of(surveys: Surveys, page: SurveyPage) -> CaseView | None:
    """The case of a response to which nothing more is asked; without own words it has none."""
    response = page.response
    return await surveys.track(response.code) if page.question is None and response and response.text else None


# -- opening ---------------------------------------------------------------------------------------------------------


async def open_link(
    bot: Bot, chat_id: int, service_id: str, desk: Desk, surveys: Surveys, person: Person, state: FSMContext
) -> None:
    """The survey of a deep link; RefusedError for an unknown or inactive service."""
    page = await surveys.open(respondent(person), service_id, channel=person.platform)
    await _wait(state, page)
    await send(bot, chat_id, survey_screen(desk, page, reopened=True, case=await _case_of(surveys, page)))


async def rate_command(
    message: Message,
    command: CommandObject,
    bot: Bot,
    desk: Desk,
    surveys: Surveys,
    person: Person,
    state: FSMContext,
) -> None:
    words = cleaned(command.args or "")
    form = await begin_form(state, Rating.naming_service)  # another name may follow
    if not words:
        await reply(bot, message, form_screen(desk, desk.texts("rate-wanted"), form))
        return
    await _find(message, words, bot, desk, surveys, person, state)


async def service_named(
    message: Message, bot: Bot, desk: Desk, surveys: Surveys, person: Person, state: FSMContext
) -> None:
    await _find(message, cleaned(message.text or ""), bot, desk, surveys, person, state)


async def _find(
    message: Message, words: str, bot: Bot, desk: Desk, surveys: Surveys, person: Person, state: FSMContext
) -> None:
    words = words[:100]
    found = await surveys.find_service(words)
    if (service := the_one(found)) is not None:
        await finish_form(state)
        await open_link(bot, message.chat.id, service.id, desk, surveys, person, state)
        return
    await reply(bot, message, services_screen(desk, words, found, await present_form(state)))


async def open_service(
    press: CallbackQuery,
    callback_data: ServiceButton,
    bot: Bot,
    desk: Desk,
    surveys: Surveys,
    person: Person,
    state: FSMContext,
) -> None:
    page = await surveys.open(respondent(person), callback_data.service, channel=person.platform)
    await finish_form(state)
    await _turn_to(page, press, bot, desk, surveys, state)


# -- answering -------------------------------------------------------------------------------------------------------


async def answer(
    press: CallbackQuery,
    callback_data: SurveyButton,
    bot: Bot,
    desk: Desk,
    surveys: Surveys,
    person: Person,
    state: FSMContext,
) -> None:
    who, service = respondent(person), callback_data.service
    reviewing = isinstance(callback_data, ReviewButton)
    first = callback_data.step == 0 and not reviewing  # the one tap that hundreds may do at once
    page = None if first else await surveys.open(who, service, channel=person.platform)
    questions = (page.questionnaire if page else surveys.rules.questionnaires.current()).questions
    if callback_data.step >= len(questions):
        raise RefusedError("survey-unknown-question")
    question = questions[callback_data.step]
    value = value_at(question, callback_data.value)
    if value is None:
        raise RefusedError("survey-unknown-value")
    multi = question.kind is Kind.MULTI
    page = await surveys.give(who, service, question.id, value, channel=person.platform, toggle=multi)
    if multi:  # more may be chosen; the next step comes when asked for
        page = changed(page, question=question, reviewing=reviewing)
    elif reviewing:
        page = page.reviewed(question.id)
    await _turn_to(page, press, bot, desk, surveys, state)


async def _turn_to(
    page: SurveyPage, press: CallbackQuery, bot: Bot, desk: Desk, surveys: Surveys, state: FSMContext
) -> None:
    """The page in place of the one that was pressed."""
    await _wait(state, page)
    await replace(bot, press, survey_screen(desk, page, case=await _case_of(surveys, page)))


async def words_given(
    message: Message,
    bot: Bot,
    desk: Desk,
    surveys: Surveys,
    person: Person,
    state: FSMContext,
    wakeups: Wakeups,
) -> None:
    form = await filled_in(state)
    who, service = respondent(person), str(form.get("service", ""))
    page = await surveys.open(who, service, channel=person.platform)
    question = words_question(page)
    if question is None:
        raise RefusedError("survey-unknown-question")
    page = await surveys.give(who, service, question.id, cleaned(message.text or ""), channel=person.platform)
    wakeups.send_soon()  # who has an open case of it in hand hears of other words
    if form.get("reviewing"):
        page = page.reviewed(question.id)
    await _wait(state, page)
    await reply(bot, message, survey_screen(desk, page, case=await _case_of(surveys, page)))


async def act(
    press: CallbackQuery,
    callback_data: SurveyAction,
    bot: Bot,
    desk: Desk,
    surveys: Surveys,
    person: Person,
    state: FSMContext,
    wakeups: Wakeups,
) -> None:
    who, service = respondent(person), callback_data.service
    match callback_data.action:
        case SurveyStep.SKIP:
            page = await _skipped(surveys, person, callback_data)
        case SurveyStep.FINISH:
            page = await surveys.finish(who, service)
        case SurveyStep.CHANGE:
            page = await surveys.open(who, service, channel=person.platform)
            if page.response is not None:
                page = page.reviewed()
        case SurveyStep.WORDS:
            page = await surveys.open(who, service, channel=person.platform)
            question = words_question(page)
            if page.response is None or question is None:
                raise RefusedError("survey-face-first" if page.response is None else "survey-unknown-question")
            form = await begin_form(state, Rating.writing, service=page.service.id, reviewing=False)
            await beneath(bot, press, words_screen(desk, page, question, form))
            return
        case SurveyStep.WISH | SurveyStep.NO_WISH:
            wants = callback_data.action is SurveyStep.WISH
            case = await surveys.wish_for_outcome(who, service, wants=wants)
            if await state.get_state() == Rating.writing.state:  # what is written next is no comment any more
                await finish_form(state)
            page = await surveys.open(who, service, channel=person.platform)
            wakeups.send_soon()
            if page.response is not None:
                await replace(bot, press, wished_screen(desk, page, case))
            return
    await _turn_to(page, press, bot, desk, surveys, state)


async def review(
    press: CallbackQuery,
    callback_data: ReviewAction,
    bot: Bot,
    desk: Desk,
    surveys: Surveys,
    person: Person,
    state: FSMContext,
    wakeups: Wakeups,
) -> None:
    """On to the next of the answers that are gone through once more."""
    who, service = respondent(person), callback_data.service
    page = await surveys.open(who, service, channel=person.platform)
    questions = page.questionnaire.questions
    if page.response is None or callback_data.step >= len(questions):
        raise RefusedError("survey-face-first")
    question = questions[callback_data.step]
    if callback_data.action is SurveyStep.SKIP:
        page = await surveys.give(who, service, question.id, None, channel=person.platform)
        wakeups.send_soon()  # who has an open case of it in hand hears of words that were taken back
    page = page.reviewed(question.id)
    await _turn_to(page, press, bot, desk, surveys, state)


async def _skipped(surveys: Surveys, person: Person, pressed: SurveyAction) -> SurveyPage:
    who = respondent(person)
    page = await surveys.open(who, pressed.service, channel=person.platform)
    questions = page.questionnaire.questions
    if page.response is None or pressed.step >= len(questions):
        raise RefusedError("survey-face-first")
    question = questions[pressed.step]
    if question.id in page.response.answers:  # «ادامه» after choices
        return page
    return await surveys.give(who, pressed.service, question.id, None, channel=person.platform)


# -- afterwards ------------------------------------------------------------------------------------------------------


async def track(
    message: Message, command: CommandObject, bot: Bot, desk: Desk, surveys: Surveys, state: FSMContext
) -> None:
    code = cleaned(command.args or "")
    if not code:
        form = await begin_form(state, Rating.giving_code)
        await reply(bot, message, form_screen(desk, desk.texts("track-wanted"), form))
        return
    await _track(message, code, bot, desk, surveys, state)


async def code_given(message: Message, bot: Bot, desk: Desk, surveys: Surveys, state: FSMContext) -> None:
    await _track(message, cleaned(message.text or ""), bot, desk, surveys, state)


async def _track(message: Message, code: str, bot: Bot, desk: Desk, surveys: Surveys, state: FSMContext) -> None:
    if await state.get_state() == Rating.giving_code.state:
        await finish_form(state)
    await reply(bot, message, track_screen(desk, await surveys.track(code)))


async def rate_outcome(
    press: CallbackQuery, callback_data: OutcomeButton, bot: Bot, desk: Desk, surveys: Surveys, person: Person
) -> None:
    case = await surveys.rate_outcome(respondent(person), callback_data.case, callback_data.face)
    if isinstance(press.message, Message):  # one face is all there is to say
        await replace_keyboard(press.message, InlineKeyboardMarkup(inline_keyboard=[]))
    await beneath(bot, press, outcome_screen(desk, callback_data.face, case.service_id))


async def send_to_expert(
    press: CallbackQuery,
    callback_data: ExpertButton,
    bot: Bot,
    desk: Desk,
    surveys: Surveys,
    rate: RateAnswer,
    person: Person,
    wakeups: Wakeups,
) -> None:
    text = await rate.text_of(callback_data.question, platform=person.platform, platform_id=person.platform_id)
    if text is None:
        await press.answer(desk.texts.plain("expert-forgotten"), show_alert=True)
        return
    case = await surveys.open_question_case(person.id, callback_data.question, text)
    wakeups.send_soon()
    await beneath(bot, press, Screen(desk.texts("expert-sent", code=case.code)))
