"""/obligations: an agency's duties, one with everything that is known of it, and what is said of it by buttons."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from persiantools.jdatetime import JalaliDate

from bot.introduction import introduce_to
from bot.ports import Person, Wakeups
from bot.reminder_buttons import (
    DutyAction,
    DutyButton,
    DutyTab,
    HandButton,
    ListedDutyButton,
    MarkAction,
    MarkButton,
    SnoozeButton,
)
from bot.screens.duties import colleagues_screen, duties_screen, snooze_screen
from bot.screens.frame import Desk, Screen, shown_date
from bot.states import Naming
from handlers.addressed import in_private
from handlers.naming import asks_for_name
from handlers.present_duty import PresentDuty, list_behind, present_duty
from handlers.showing import beneath, replace, reply
from reminders.duties import DutyList
from reminders.duty import DutyState
from reminders.people import MemberState, Role
from reminders.refusals import RefusedError
from reminders.use_cases import Reminders

__all__ = ["router"]

_STATES = {MarkAction.DONE: DutyState.DONE, MarkAction.NOT_OURS: DutyState.NOT_OURS, MarkAction.OPEN: DutyState.OPEN}


def router() -> Router:
    router = Router(name="duties")
    router.message.filter(F.func(in_private))
    router.callback_query.middleware(PresentDuty())
    router.message.register(show_duties, Command("obligations"))
    router.callback_query.register(turn, DutyTab.filter())
    router.callback_query.register(show_details, DutyButton.filter(F.action == DutyAction.DETAILS))
    router.callback_query.register(open_duty, DutyButton.filter(F.action == DutyAction.OPEN))
    router.callback_query.register(open_listed, ListedDutyButton.filter())
    router.callback_query.register(offer_days, DutyButton.filter(F.action == DutyAction.SNOOZE))
    router.callback_query.register(offer_colleagues, DutyButton.filter(F.action == DutyAction.HAND_OVER))
    router.callback_query.register(send_calendar, DutyButton.filter(F.action == DutyAction.CALENDAR))
    router.callback_query.register(mark, MarkButton.filter())
    router.callback_query.register(snooze, SnoozeButton.filter())
    router.callback_query.register(hand_over, HandButton.filter())
    return router


async def lists_of(reminders: Reminders, person: Person) -> list[DutyList]:
    """The person's agencies with their duties; RefusedError for who acts for none, or not yet."""
    lists = await reminders.list_duties(person.id)
    if not lists:
        for place in await reminders.list_places(person.id):
            if place.membership.state is MemberState.PENDING:
                raise RefusedError("remind-still-pending", agency=place.agency_name)
        raise RefusedError("remind-not-a-member")
    return lists


async def show_duties(
    message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext
) -> None:
    if await asks_for_name(bot, message, desk, reminders, person, state, Naming.before_duties):
        return
    lists = await lists_of(reminders, person)
    memberships = [place.membership for place in await reminders.list_places(person.id)]
    await introduce_to(bot, message.chat.id, desk.texts, memberships)
    await reply(bot, message, duties_screen(desk, lists, DutyTab(), person.id))


async def turn(
    press: CallbackQuery, callback_data: DutyTab, bot: Bot, desk: Desk, reminders: Reminders, person: Person
) -> None:
    await replace(bot, press, duties_screen(desk, await lists_of(reminders, person), callback_data, person.id))


async def show_details(
    press: CallbackQuery,
    callback_data: DutyButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    timezone: ZoneInfo,
) -> None:
    """Beneath the reminder, whose other duties are still wanted."""
    key = await reminders.find_duty(person.id, callback_data.code)
    await beneath(bot, press, await present_duty(desk, reminders, person, key, timezone))


async def open_duty(
    press: CallbackQuery,
    callback_data: DutyButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    timezone: ZoneInfo,
) -> None:
    key = await reminders.find_duty(person.id, callback_data.code)
    await replace(bot, press, await present_duty(desk, reminders, person, key, timezone))


async def open_listed(
    press: CallbackQuery,
    callback_data: ListedDutyButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    timezone: ZoneInfo,
) -> None:
    key = await reminders.find_duty(person.id, callback_data.code)
    await replace(bot, press, await present_duty(desk, reminders, person, key, timezone, back=callback_data.tab))


async def mark(
    press: CallbackQuery,
    callback_data: MarkButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    timezone: ZoneInfo,
    wakeups: Wakeups,
) -> None:
    state = _STATES[callback_data.action]
    key = await reminders.find_duty(person.id, callback_data.code)
    await reminders.mark_duty(person.id, key, state)
    wakeups.plan_soon()
    await press.answer(desk.texts.plain("duty-marked"))
    back = list_behind(press)
    await replace(bot, press, await present_duty(desk, reminders, person, key, timezone, back=back))


async def offer_days(
    press: CallbackQuery, callback_data: DutyButton, bot: Bot, desk: Desk, reminders: Reminders, person: Person
) -> None:
    await reminders.snooze.may(person.id, await reminders.find_duty(person.id, callback_data.code))
    await beneath(bot, press, snooze_screen(desk, callback_data.code, list_behind(press)))


async def snooze(
    press: CallbackQuery, callback_data: SnoozeButton, bot: Bot, desk: Desk, reminders: Reminders, person: Person
) -> None:
    key = await reminders.find_duty(person.id, callback_data.code)
    until = await reminders.snooze(person.id, key, callback_data.days)
    await replace(bot, press, Screen(desk.texts("duty-snoozed", date=shown_date(desk, JalaliDate(until)))))


async def offer_colleagues(
    press: CallbackQuery, callback_data: DutyButton, bot: Bot, desk: Desk, reminders: Reminders, person: Person
) -> None:
    key = await reminders.find_duty(person.id, callback_data.code)
    await reminders.hand_over.may(person.id, key)
    colleagues = await reminders.list_colleagues(person.id, key.agency_id)
    mine = [place.membership for place in await reminders.list_places(person.id)]
    me = next((m for m in mine if m.agency_id == key.agency_id and m.role is not Role.HEAD), None)
    await beneath(bot, press, colleagues_screen(desk, callback_data.code, colleagues, me, list_behind(press)))


async def hand_over(
    press: CallbackQuery,
    callback_data: HandButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    wakeups: Wakeups,
) -> None:
    key = await reminders.find_duty(person.id, callback_data.code)
    await reminders.hand_over(person.id, key, callback_data.person or None)
    wakeups.plan_soon()
    said = {0: "duty-handed-back", person.id: "duty-handed-me"}.get(callback_data.person, "duty-handed")
    await replace(bot, press, Screen(desk.texts(said)))


async def send_calendar(
    press: CallbackQuery, callback_data: DutyButton, bot: Bot, desk: Desk, reminders: Reminders, person: Person
) -> None:
    key = await reminders.find_duty(person.id, callback_data.code)
    content = await reminders.make_calendar(person.id, key)
    if press.message is not None:
        file = BufferedInputFile(content, "rahyar.ics")
        await bot.send_document(press.message.chat.id, file, caption=desk.texts.plain("calendar-caption"))
