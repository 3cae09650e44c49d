"""Operators bring agencies in by a file; `handlers.office` has the way here."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.ports import Person, Wakeups
from bot.screens.agencies import form_screen
from bot.screens.agency_files import imported_screen
from bot.screens.frame import Desk
from bot.states import Importing
from handlers.addressed import in_private
from handlers.fetching import fetched
from handlers.filling import finish_form, present_form
from handlers.showing import reply, typing
from reminders.agency_import import check_file_size
from reminders.use_cases import Reminders

__all__ = ["router"]


def router() -> Router:
    router = Router(name="agency_files")
    router.message.filter(F.func(in_private))
    router.message.register(file_given, Importing.giving_file, F.document)
    router.message.register(something_else, Importing.giving_file, ~F.text.startswith("/"))
    return router


async def file_given(
    message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext, wakeups: Wakeups
) -> None:
    """All of it or nothing: a file with problems is waited for again."""
    document, form = message.document, await present_form(state)
    assert document is not None, "the filter lets documents through"
    check_file_size(document.file_size or 0)
    async with typing(bot, message.chat.id):
        content = await fetched(bot, document.file_id)
        if content is None:
            text = desk.texts("report-fetch-failed", name=document.file_name or "")
            await reply(bot, message, form_screen(desk, text, form))
            return
        imported = await reminders.import_agencies(person.id, content, dry_run=False)
    if imported.stored:
        await finish_form(state)
        wakeups.plan_soon()
    await reply(bot, message, imported_screen(desk, imported, form))


async def something_else(message: Message, bot: Bot, desk: Desk, state: FSMContext) -> None:
    await reply(bot, message, form_screen(desk, desk.texts("import-kind"), await present_form(state)))
