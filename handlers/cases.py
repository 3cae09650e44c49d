"""/cases: staff see to comments and questions; rights are asked for anew at every press."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from bot.ports import Person, Wakeups
from bot.reminder_buttons import AgencyButton, short_code
from bot.rendering import cleaned
from bot.screens.agencies import form_screen
from bot.screens.cases import (
    CASES_MAX,
    answer_preview_screen,
    case_done_screen,
    case_screen,
    cases_screen,
    colleagues_screen,
    given_back_screen,
    kept_screen,
    whole_screens,
)
from bot.screens.frame import Desk, Screen
from bot.states import CaseWork, OpenForm
from bot.survey_buttons import (
    CaseAction,
    CaseButton,
    CaseList,
    CaseScope,
    CaseSendButton,
    ColleagueButton,
    KeptButton,
)
from handlers.addressed import in_private
from handlers.agencies import agency_named
from handlers.filling import ask_for, begin_form, filled_in, finish_form, note_down, present_form
from handlers.showing import beneath, replace, reply
from knowledge.answering import QuestionAnswerer
from knowledge.answers import Intent
from knowledge.labels import label
from reminders.people import OPERATORS
from reminders.use_cases import Reminders
from surveys.case import Case, CaseFilter, CaseState, KeptKind
from surveys.case_work import answer_words
from surveys.refusals import RefusedError
from surveys.use_cases import Surveys

__all__ = ["router"]

OPEN = tuple(state for state in CaseState if state.waits_for_answer)
STATES = {
    CaseScope.OPEN: OPEN,
    CaseScope.OVERDUE: OPEN,
    CaseScope.ANSWERED: (CaseState.ANSWERED, CaseState.OUTCOME_TOLD, CaseState.ASKED_AGAIN),
    CaseScope.CLOSED: (CaseState.CLOSED,),
}


def router() -> Router:
    router = Router(name="cases")
    router.message.filter(F.func(in_private))
    router.message.register(list_cases, Command("cases"))
    router.message.register(show_kept, Command("kept"))
    router.message.register(answer_given, CaseWork.answering, F.text, ~F.text.startswith("/"))
    router.message.register(agency_wanted, CaseWork.handing_over, F.text, ~F.text.startswith("/"))
    router.message.register(reference_given, CaseWork.keeping, F.text, ~F.text.startswith("/"))
    router.callback_query.register(turn, CaseList.filter())
    router.callback_query.register(send_answer, CaseSendButton.filter())
    router.callback_query.register(pressed, CaseButton.filter())
    router.callback_query.register(assign, ColleagueButton.filter())
    router.callback_query.register(hand_over, AgencyButton.filter(), CaseWork.handing_over)
    router.callback_query.register(decide_kept, KeptButton.filter())
    return router


async def _listed(
    listed: CaseList, words: str, desk: Desk, surveys: Surveys, person: Person, now: dt.datetime, timezone: ZoneInfo
) -> Screen:
    """Cases that the person may hold; those that were found may be in any state."""
    wanted = CaseFilter(
        states=() if listed.scope is CaseScope.FOUND else STATES[listed.scope],
        words=words if listed.scope is CaseScope.FOUND else "",
        overdue_at=now if listed.scope is CaseScope.OVERDUE else None,
        newest_first=listed.scope in (CaseScope.ANSWERED, CaseScope.CLOSED),
        limit=CASES_MAX + 1,
    )
    cases = await surveys.find_cases(wanted, by=person.id)
    return cases_screen(desk, cases, listed, words=words, now=now, timezone=timezone)


async def list_cases(
    message: Message,
    command: CommandObject,
    bot: Bot,
    desk: Desk,
    surveys: Surveys,
    person: Person,
    state: FSMContext,
    clock: Callable[[], dt.datetime],
    timezone: ZoneInfo,
) -> None:
    words = cleaned(command.args or "")[:100]
    listed = CaseList(scope=CaseScope.FOUND if words else CaseScope.OPEN)
    screen = await _listed(listed, words, desk, surveys, person, clock(), timezone)
    if words:
        await note_down(state, case_words=words)
    await reply(bot, message, screen)


async def turn(
    press: CallbackQuery,
    callback_data: CaseList,
    bot: Bot,
    desk: Desk,
    surveys: Surveys,
    person: Person,
    state: FSMContext,
    clock: Callable[[], dt.datetime],
    timezone: ZoneInfo,
) -> None:
    words, listed = str((await filled_in(state)).get("case_words", "")), callback_data
    if listed.scope is CaseScope.FOUND and not words:  # forgotten since: the open ones, rather than somebody else's
        listed = CaseList()
    await replace(bot, press, await _listed(listed, words, desk, surveys, person, clock(), timezone))


async def pressed(
    press: CallbackQuery,
    callback_data: CaseButton,
    bot: Bot,
    desk: Desk,
    surveys: Surveys,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
    clock: Callable[[], dt.datetime],
    timezone: ZoneInfo,
    wakeups: Wakeups,
) -> None:
    id = callback_data.case
    view = await surveys.show_case(id, by=person.id)
    match callback_data.action:
        case CaseAction.SHOW:
            await replace(bot, press, await _shown(desk, surveys, reminders, person, id, clock(), timezone))
        case CaseAction.WHOLE:
            for screen in whole_screens(desk, view.case):
                await beneath(bot, press, screen)
        case CaseAction.SEEN:
            await surveys.acknowledge(id, by=person.id)
            await press.answer(desk.texts.plain("case-seen"))
            await replace(bot, press, await _shown(desk, surveys, reminders, person, id, clock(), timezone))
        case CaseAction.ANSWER:
            await surveys.show_waiting(id, by=person.id)
            form = await _begin(state, CaseWork.answering, id)
            await beneath(bot, press, form_screen(desk, desk.texts("case-answer-wanted"), form))
        case CaseAction.HAND_OVER:
            (await surveys.find_rights(person.id)).must_be_operator()
            await surveys.show_waiting(id, by=person.id)
            form = await _begin(state, CaseWork.handing_over, id)
            await beneath(bot, press, form_screen(desk, desk.texts("case-hand-wanted"), form))
        case CaseAction.BACK:
            await surveys.hand_over(id, OPERATORS, by=person.id)
            wakeups.send_soon()
            await replace(bot, press, case_done_screen(desk, desk.texts("case-returned")))
        case CaseAction.ASSIGN:
            colleagues = await surveys.list_colleagues(id, by=person.id)
            await beneath(bot, press, colleagues_screen(desk, id, colleagues, person.id))
        case CaseAction.KEEP:
            (await surveys.find_rights(person.id)).must_be_operator()
            form = await _begin(state, CaseWork.keeping, id)
            await beneath(bot, press, form_screen(desk, desk.texts("case-keep-wanted"), form))


async def _begin(state: FSMContext, step: State, case: int) -> OpenForm:
    """The words of the last search stay: their list is still to be seen."""
    kept = {name: value for name, value in (await filled_in(state)).items() if name == "case_words"}
    return await begin_form(state, step, case=case, **kept)


async def _shown(
    desk: Desk,
    surveys: Surveys,
    reminders: Reminders,
    person: Person,
    id: int,
    now: dt.datetime,
    timezone: ZoneInfo,
) -> Screen:
    """Operators, who see the cases of all, read whose it is."""
    view, rights = await surveys.show_case(id, by=person.id), await surveys.find_rights(person.id)
    agency = (await reminders.find_agencies.directory()).get(view.case.agency_id) if rights.operator else None
    name = agency.name if agency else ""
    return case_screen(desk, view, operator=rights.operator, agency=name, now=now, timezone=timezone)


# -- what is being filled in -----------------------------------------------------------------------------------------


async def _waits(
    message: Message, bot: Bot, desk: Desk, surveys: Surveys, person: Person, state: FSMContext
) -> Case | None:
    """The case of the form. None when it waits for nobody any more: that was said, and what was written given back."""
    try:
        return await surveys.show_waiting(int((await filled_in(state)).get("case", 0)), by=person.id)
    except RefusedError as refusal:
        await _ended(message, refusal, bot, desk, state)
        return None


async def _ended(message: Message, refusal: RefusedError, bot: Bot, desk: Desk, state: FSMContext) -> None:
    await finish_form(state)
    reason = desk.texts(_ELSEWHERE.get(refusal.message_key, refusal.message_key), **refusal.details)
    await reply(bot, message, given_back_screen(desk, reason, cleaned(message.text or "")))


#: Who filled in a form of a case had it before them: to them it is no unknown one, but somebody else's now.
_ELSEWHERE = {"case-unknown": "case-elsewhere"}


async def answer_given(
    message: Message, bot: Bot, desk: Desk, surveys: Surveys, person: Person, state: FSMContext
) -> None:
    case = await _waits(message, bot, desk, surveys, person, state)
    if case is None:
        return
    words = answer_words(cleaned(message.text or ""))
    form = await ask_for(state, CaseWork.answering, answer=words)
    await reply(bot, message, answer_preview_screen(desk, case.id, words, form))


async def agency_wanted(
    message: Message, bot: Bot, desk: Desk, surveys: Surveys, reminders: Reminders, person: Person, state: FSMContext
) -> None:
    if await _waits(message, bot, desk, surveys, person, state) is not None:
        await agency_named(message, bot, desk, reminders, state)


async def send_answer(
    press: CallbackQuery,
    callback_data: CaseSendButton,
    bot: Bot,
    desk: Desk,
    surveys: Surveys,
    person: Person,
    state: FSMContext,
    wakeups: Wakeups,
) -> None:
    id, form = callback_data.case, await filled_in(state)
    mine = form.get("case") == id
    await _ending_with(surveys.show_waiting(id, by=person.id), state, of_form=mine)
    text = str(form.get("answer", "")) if mine else ""
    if short_code(text) != callback_data.shown:
        raise RefusedError("form-old")  # the person would read what a later preview shows
    await _ending_with(surveys.answer_case(id, text, by=person.id), state, of_form=mine)
    await finish_form(state)
    wakeups.send_soon()
    await replace(bot, press, case_done_screen(desk, desk.texts("case-answered")))


async def _ending_with(use: Awaitable[object], state: FSMContext, *, of_form: bool) -> None:
    """What is refused ends the form that it belongs to; what was written stands in the preview."""
    try:
        await use
    except RefusedError:
        if of_form:
            await finish_form(state)
        raise


async def hand_over(
    press: CallbackQuery,
    callback_data: AgencyButton,
    bot: Bot,
    desk: Desk,
    surveys: Surveys,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
    wakeups: Wakeups,
) -> None:
    (await surveys.find_rights(person.id)).must_be_operator()
    agency = (await reminders.find_agencies.directory()).get(callback_data.agency)
    if agency is None:
        raise RefusedError("case-unknown")
    id = int((await filled_in(state)).get("case", 0))
    await _ending_with(surveys.hand_over(id, callback_data.agency, by=person.id), state, of_form=True)
    await finish_form(state)
    wakeups.send_soon()
    await replace(bot, press, case_done_screen(desk, desk.texts("case-handed", agency=agency.name)))


async def assign(
    press: CallbackQuery,
    callback_data: ColleagueButton,
    bot: Bot,
    desk: Desk,
    surveys: Surveys,
    person: Person,
    wakeups: Wakeups,
) -> None:
    colleague = await surveys.assign_case(callback_data.case, callback_data.person, by=person.id)
    wakeups.send_soon()
    to_me = callback_data.person == person.id
    text = desk.texts("case-assigned-to-me") if to_me else desk.texts("case-assigned", name=colleague.name)
    await replace(bot, press, case_done_screen(desk, text))


async def reference_given(
    message: Message,
    bot: Bot,
    desk: Desk,
    surveys: Surveys,
    answerer: QuestionAnswerer,
    person: Person,
    state: FSMContext,
) -> None:
    try:
        view = await surveys.show_case(int((await filled_in(state)).get("case", 0)), by=person.id)
        (await surveys.find_rights(person.id)).must_be_operator()
        if not view.case.text:
            raise RefusedError("case-words-gone")
    except RefusedError as refusal:
        await _ended(message, refusal, bot, desk, state)
        return
    answer = answerer.answer(cleaned(message.text or "")[:200], today=desk.today)
    if answer.intent is not Intent.LOOKUP or answer.main is None:
        await reply(bot, message, form_screen(desk, desk.texts("case-keep-unclear"), await present_form(state)))
        return
    keeping = surveys.keep_answer(view.case.id, KeptKind.ASKED_AS, str(answer.main), view.case.text[:300], by=person.id)
    await _ending_with(keeping, state, of_form=True)
    await finish_form(state)
    await reply(bot, message, Screen(desk.texts("case-kept", label=label(answer.main, desk.corpus))))


async def show_kept(message: Message, bot: Bot, desk: Desk, surveys: Surveys, person: Person) -> None:
    await reply(bot, message, kept_screen(desk, await surveys.list_kept(by=person.id)))


async def decide_kept(
    press: CallbackQuery, callback_data: KeptButton, bot: Bot, desk: Desk, surveys: Surveys, person: Person
) -> None:
    await surveys.decide_kept(callback_data.kept, accept=callback_data.accept, by=person.id)
    await press.answer(desk.texts.plain("case-kept-decided"), show_alert=True)
    await replace(bot, press, kept_screen(desk, await surveys.list_kept(by=person.id)))
