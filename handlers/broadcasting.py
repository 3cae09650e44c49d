"""Broadcasts by operators: audience, text, preview, start, progress, stop. `handlers.office` opens the first screen."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.ports import Person, Wakeups
from bot.progress import ProgressBoard
from bot.reminder_buttons import AgencyButton, AudienceButton, BroadcastAction, BroadcastButton
from bot.rendering import cleaned
from bot.screens.agencies import form_screen
from bot.screens.frame import Desk, Screen
from bot.screens.office import audience_screen, broadcast_goes_on, broadcast_screen, preview_screen
from bot.states import Broadcasting
from handlers.addressed import in_private
from handlers.agencies import agency_named
from handlers.filling import ask_for, begin_form, filled_in, finish_form
from handlers.showing import replace, reply, update
from reminders.broadcasts import Audience
from reminders.people import require_operator
from reminders.refusals import RefusedError
from reminders.use_cases import Reminders

__all__ = ["router"]


def router() -> Router:
    router = Router(name="broadcasting")
    router.message.filter(F.func(in_private))
    router.message.register(offer_audiences, Command("broadcast"))
    router.message.register(text_given, Broadcasting.writing, F.text, ~F.text.startswith("/"))
    router.message.register(agency_named, Broadcasting.choosing_audience, F.text, ~F.text.startswith("/"))
    router.callback_query.register(agency_chosen, AgencyButton.filter(), Broadcasting.choosing_audience)
    router.callback_query.register(audience_chosen, AudienceButton.filter(), Broadcasting.choosing_audience)
    router.callback_query.register(run, BroadcastButton.filter())
    return router


async def offer_audiences(
    message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext
) -> None:
    require_operator([place.membership for place in await reminders.list_places(person.id)])
    form = await begin_form(state, Broadcasting.choosing_audience)
    await reply(bot, message, audience_screen(desk, await reminders.find_agencies.directory(), form))


async def audience_chosen(
    press: CallbackQuery, callback_data: AudienceButton, bot: Bot, desk: Desk, state: FSMContext
) -> None:
    form = await ask_for(state, Broadcasting.writing, group=callback_data.group, agency="")
    await replace(bot, press, form_screen(desk, desk.texts("broadcast-text"), form))


async def agency_chosen(
    press: CallbackQuery, callback_data: AgencyButton, bot: Bot, desk: Desk, reminders: Reminders, state: FSMContext
) -> None:
    if (await reminders.find_agencies.directory()).get(callback_data.agency) is None:
        raise RefusedError("remind-agency-unknown")
    form = await ask_for(state, Broadcasting.writing, group="", agency=callback_data.agency)
    await replace(bot, press, form_screen(desk, desk.texts("broadcast-text"), form))


async def text_given(
    message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext
) -> None:
    form = await filled_in(state)
    group, agency = str(form.get("group", "")), str(form.get("agency", ""))
    audience = Audience(agencies=(agency,) if agency else (), classes=(group,) if group else ())
    draft = await reminders.broadcasts.draft(person.id, cleaned(message.text or ""), audience)
    await finish_form(state)
    await reply(bot, message, preview_screen(desk, draft, audience, await reminders.find_agencies.directory()))


async def run(
    press: CallbackQuery,
    callback_data: BroadcastButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    wakeups: Wakeups,
    progress_board: ProgressBoard,
) -> None:
    broadcast = callback_data.broadcast
    match callback_data.action:
        case BroadcastAction.START:
            await reminders.broadcasts.start(person.id, broadcast)
            wakeups.send_soon()
        case BroadcastAction.STOP:
            progress_board.end(broadcast)
            stopped = await reminders.broadcasts.stop(person.id, broadcast)
            await replace(bot, press, Screen(desk.texts("broadcast-stopped", count=stopped)))
            return
        case BroadcastAction.PROGRESS:
            pass
    progress = await reminders.broadcasts.progress(person.id, broadcast)
    await replace(bot, press, broadcast_screen(desk, broadcast, progress))
    if isinstance(press.message, Message) and broadcast_goes_on(progress):
        _watch(progress_board, bot, press.message, desk, reminders, person, broadcast)


def _watch(
    board: ProgressBoard,
    bot: Bot,
    message: Message,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    broadcast: int,
) -> None:
    """The message says how far the broadcast has come, until it is finished or stopped."""

    async def look() -> bool:
        progress = await reminders.broadcasts.progress(person.id, broadcast)
        await update(bot, message.chat.id, message.message_id, broadcast_screen(desk, broadcast, progress))
        return broadcast_goes_on(progress)

    board.watch(broadcast, look)
