"""/events: operators record, correct and withdraw dates of anchor events; a plain sentence that reports one will do."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot, F, Router
from aiogram.filters import Command, Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from persiantools.jdatetime import JalaliDate

from bot.ports import Person, Wakeups
from bot.reminder_buttons import EventAction, EventButton, EventChooseButton, EventRecordButton, short_code
from bot.rendering import cleaned
from bot.screens.agencies import form_screen
from bot.screens.events import event_screen, events_screen, preview_event_screen, recorded_screen, which_event_screen
from bot.screens.frame import Desk
from bot.states import Recording
from handlers.addressed import in_private
from handlers.filling import ask_for, begin_form, filled_in, finish_form, present_form
from handlers.showing import replace, reply
from reminders.event_sentences import EventSentence
from reminders.events import EventChangedError, EventSeen
from reminders.jalali import iso, parse_iso
from reminders.jalali_input import parse_date
from reminders.refusals import RefusedError
from reminders.use_cases import Reminders

__all__ = ["router"]


class ReportsEvent(Filter):
    """Gives handlers `sentence`: what an operator's plain sentence reports."""

    async def __call__(self, message: Message, person: Person, reminders: Reminders) -> bool | dict[str, Any]:
        if message.text is None or message.text.startswith("/"):
            return False
        sentence = await reminders.read_event_sentence(person.id, cleaned(message.text))
        return {"sentence": sentence} if sentence is not None else False


def router() -> Router:
    router = Router(name="events")
    router.message.filter(F.func(in_private))
    router.message.register(show_events, Command("events"))
    router.message.register(date_given, Recording.giving_date, F.text, ~F.text.startswith("/"))
    router.message.register(event_reported, ReportsEvent())
    router.callback_query.register(show_event, EventButton.filter(F.action == EventAction.SHOW))
    router.callback_query.register(event_chosen, EventChooseButton.filter())
    router.callback_query.register(ask_date, EventButton.filter(F.action == EventAction.DATE))
    router.callback_query.register(withdraw, EventButton.filter(F.action == EventAction.WITHDRAW))
    router.callback_query.register(confirm, EventRecordButton.filter(), Recording.confirming)
    return router


async def _event(reminders: Reminders, person: Person, code: str) -> EventSeen:
    events = await reminders.list_events(person.id)
    found = next((seen for seen in events if short_code(seen.anchor.id) == code), None)
    if found is None:
        raise RefusedError("remind-event-unknown")
    return found


async def show_events(message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person) -> None:
    await reply(bot, message, events_screen(desk, await reminders.list_events(person.id)))


async def show_event(
    press: CallbackQuery,
    callback_data: EventButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    timezone: ZoneInfo,
) -> None:
    await replace(bot, press, event_screen(desk, await _event(reminders, person, callback_data.event), timezone))


async def ask_date(
    press: CallbackQuery,
    callback_data: EventButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
) -> None:
    seen = await _event(reminders, person, callback_data.event)
    form = await begin_form(state, Recording.giving_date, anchor=seen.anchor.id)
    await replace(bot, press, form_screen(desk, desk.texts("event-date-wanted", title=seen.anchor.title), form))


async def date_given(
    message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext
) -> None:
    anchor = str((await filled_in(state)).get("anchor", ""))
    date = parse_date(cleaned(message.text or ""), JalaliDate(desk.today))
    preview = await reminders.preview_event(person.id, anchor, date)
    form = await ask_for(state, Recording.confirming, date=iso(date))
    await reply(bot, message, preview_event_screen(desk, preview, form))


async def event_reported(
    message: Message,
    sentence: EventSentence,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
) -> None:
    date = sentence.date(JalaliDate(desk.today))
    if len(sentence.anchors) > 1:
        form = await begin_form(state, Recording.confirming)
        await reply(bot, message, which_event_screen(desk, sentence.anchors, date, form))
        return
    (anchor,) = sentence.anchors
    preview = await reminders.preview_event(person.id, anchor.id, date)
    form = await begin_form(state, Recording.confirming, anchor=anchor.id, date=iso(date))
    await reply(bot, message, preview_event_screen(desk, preview, form, asked=True))


async def event_chosen(
    press: CallbackQuery,
    callback_data: EventChooseButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
) -> None:
    """One of several that a sentence may have meant."""
    seen = await _event(reminders, person, callback_data.event)
    date = parse_iso(callback_data.date)
    preview = await reminders.preview_event(person.id, seen.anchor.id, date)
    form = await begin_form(state, Recording.confirming, anchor=seen.anchor.id, date=iso(date))
    await replace(bot, press, preview_event_screen(desk, preview, form, asked=True))


async def withdraw(
    press: CallbackQuery,
    callback_data: EventButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
) -> None:
    seen = await _event(reminders, person, callback_data.event)
    preview = await reminders.preview_event(person.id, seen.anchor.id, None)
    form = await begin_form(state, Recording.confirming, anchor=seen.anchor.id, date="")
    await replace(bot, press, preview_event_screen(desk, preview, form))


async def confirm(
    press: CallbackQuery,
    callback_data: EventRecordButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
    wakeups: Wakeups,
) -> None:
    form = await filled_in(state)
    anchor_id, date = str(form.get("anchor", "")), str(form.get("date", ""))
    if (short_code(anchor_id), date) != (callback_data.event, callback_data.date):
        raise RefusedError("form-old")  # it would record what a later preview shows
    day, seen = (parse_iso(one) if one else None for one in (date, callback_data.seen))
    try:
        recorded = await reminders.record_event(person.id, anchor_id, day, seen=seen)
    except EventChangedError as changed:
        preview = await reminders.preview_event(person.id, anchor_id, day)
        await replace(bot, press, preview_event_screen(desk, preview, await present_form(state)))
        raise changed from None
    await finish_form(state)
    wakeups.plan_soon()
    await replace(bot, press, recorded_screen(desk, recorded))
