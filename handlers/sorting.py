"""What was past before an agency joined: done, not ours, or still open; one at a time or all the rest at once."""

from __future__ import annotations

from typing import Final

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery

from bot.fluent_texts import Html
from bot.ports import Person, Wakeups
from bot.reminder_buttons import SortAction, SortButton, short_code
from bot.screens.frame import Desk
from bot.screens.sorting import rest_screen, sort_screen
from handlers.showing import replace
from reminders.duties import DutyList, DutyStanding
from reminders.duty import DutyState
from reminders.refusals import RefusedError
from reminders.use_cases import Reminders

__all__ = ["router"]

ONE: Final = {
    SortAction.DONE: (DutyState.DONE, "sort-said-done"),
    SortAction.NOT_OURS: (DutyState.NOT_OURS, "sort-said-not-ours"),
    SortAction.OPEN: (DutyState.OPEN, "sort-said-open"),
}
REST: Final = {
    SortAction.REST_DONE: DutyState.DONE,
    SortAction.REST_NOT_OURS: DutyState.NOT_OURS,
    SortAction.REST_OPEN: DutyState.OPEN,
}


def router() -> Router:
    router = Router(name="sorting")
    router.callback_query.register(show, SortButton.filter(F.action == SortAction.VIEW))
    router.callback_query.register(mark_one, SortButton.filter(F.action.in_(ONE)))
    router.callback_query.register(ask_for_rest, SortButton.filter(F.action == SortAction.REST))
    router.callback_query.register(mark_rest, SortButton.filter(F.action.in_(REST)))
    return router


async def show(
    press: CallbackQuery, callback_data: SortButton, bot: Bot, desk: Desk, reminders: Reminders, person: Person
) -> None:
    await _show(press, callback_data, bot, desk, reminders, person)


async def mark_one(
    press: CallbackQuery,
    callback_data: SortButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    wakeups: Wakeups,
    person: Person,
) -> None:
    state, said = ONE[callback_data.action]
    key = await reminders.find_duty(person.id, callback_data.duty)
    await reminders.mark_duty(person.id, key, state)
    wakeups.plan_soon()
    await _show(press, callback_data, bot, desk, reminders, person, said=desk.texts(said))


async def ask_for_rest(
    press: CallbackQuery, callback_data: SortButton, bot: Bot, desk: Desk, reminders: Reminders, person: Person
) -> None:
    duties = await _of(reminders, person, callback_data.agency)
    left = sum(row.standing == DutyStanding.UNSORTED for row in duties.rows)
    await replace(bot, press, rest_screen(desk, callback_data.agency, left))


async def mark_rest(
    press: CallbackQuery,
    callback_data: SortButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    wakeups: Wakeups,
    person: Person,
) -> None:
    duties = await _of(reminders, person, callback_data.agency)
    count = await reminders.mark_duty.the_rest(person.id, duties.agency_id, REST[callback_data.action])
    wakeups.plan_soon()
    await _show(press, callback_data, bot, desk, reminders, person, said=desk.texts("sort-said-rest", count=count))


async def _show(
    press: CallbackQuery,
    callback_data: SortButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    *,
    said: Html | None = None,
) -> None:
    duties = await _of(reminders, person, callback_data.agency)
    await replace(bot, press, sort_screen(desk, duties, callback_data.agency, callback_data.place, said=said))


async def _of(reminders: Reminders, person: Person, code: str) -> DutyList:
    for duties in await reminders.list_duties(person.id):
        if short_code(duties.agency_id) == code:
            return duties
    raise RefusedError("remind-not-your-agency")
