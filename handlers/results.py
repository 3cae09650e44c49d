"""/report: services with their results in words and as a picture, for operators and the people of an agency; files."""

from __future__ import annotations

import asyncio

from aiogram import Bot, F, Router
from aiogram.enums import ParseMode
from aiogram.filters import Command, CommandObject
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.fluent_texts import Html, Texts
from bot.ports import Person
from bot.progress import ProgressBoard
from bot.rendering import cleaned
from bot.screens.frame import Desk, Screen
from bot.screens.results import (
    found_reports_screen,
    held_screen,
    means_all,
    picture_words,
    report_screen,
    report_title,
    reported_screen,
)
from bot.survey_buttons import ExportButton, HeldButton, HeldList, ReportButton, ReportList
from handlers.addressed import in_private
from handlers.showing import beneath, replace, reply, send, typing, update
from surveys.export import ExportFormat, TooManyRowsError
from surveys.exporting import ExportSource, MakeExport
from surveys.report import Report
from surveys.services import the_one
from surveys.use_cases import Surveys

__all__ = ["router"]

#: Bytes that a chat takes: bots may send 50 MB; a terminal keeps files in its messages.
CHAT_BYTES_MAX = {"terminal": 1 << 20}
TELEGRAM_BYTES_MAX = 45 * 1024 * 1024


def router() -> Router:
    router = Router(name="results")
    router.message.filter(F.func(in_private))
    router.message.register(show_report, Command("report"))
    router.message.register(show_held, Command("held"))
    router.callback_query.register(report_chosen, ReportButton.filter())
    router.callback_query.register(reports_paged, ReportList.filter())
    router.callback_query.register(export, ExportButton.filter())
    router.callback_query.register(held_opened, HeldList.filter())
    router.callback_query.register(decide_held, HeldButton.filter())
    return router


async def show_report(
    message: Message, command: CommandObject, bot: Bot, desk: Desk, surveys: Surveys, person: Person
) -> None:
    words = cleaned(command.args or "")[:100]
    if not words:
        await reply(bot, message, await _reported(desk, surveys, person, 0))
        return
    rights = await surveys.find_rights(person.id)
    if rights.operator and means_all(desk, words):
        await _show(bot, message.chat.id, None, desk, surveys, person)
        return
    found = await surveys.find_reported(words, by=person.id)
    service = the_one(found)
    if service is None:
        await reply(bot, message, found_reports_screen(desk, words, found))
        return
    await _show(bot, message.chat.id, service.id, desk, surveys, person)


async def report_chosen(
    press: CallbackQuery, callback_data: ReportButton, bot: Bot, desk: Desk, surveys: Surveys, person: Person
) -> None:
    if press.message is not None:
        await _show(bot, press.message.chat.id, callback_data.service or None, desk, surveys, person)


async def reports_paged(
    press: CallbackQuery, callback_data: ReportList, bot: Bot, desk: Desk, surveys: Surveys, person: Person
) -> None:
    await replace(bot, press, await _reported(desk, surveys, person, callback_data.page))


async def _reported(desk: Desk, surveys: Surveys, person: Person, page: int) -> Screen:
    rights = await surveys.find_rights(person.id)
    return reported_screen(desk, await surveys.list_reported(by=person.id), page, operator=rights.operator)


async def _show(bot: Bot, chat_id: int, service_id: str | None, desk: Desk, surveys: Surveys, person: Person) -> None:
    rights = await surveys.find_rights(person.id)
    async with typing(bot, chat_id):
        report = await surveys.make_report(service_id, by=person.id)
        current = surveys.rules.questionnaires.current()
        screen = report_screen(desk, report, current, may_export=rights.operator)
        if report.n is not None:
            # matplotlib takes seconds to come: never on the loop that answers others.
            png = await asyncio.to_thread(_picture, desk.texts, report)
            photo = BufferedInputFile(png, "report.png")
            await bot.send_photo(chat_id, photo, caption=report_title(desk.texts, report), parse_mode=ParseMode.HTML)
        await send(bot, chat_id, screen)


def _picture(texts: Texts, report: Report) -> bytes:
    from surveys.pictures import report_picture

    return report_picture(report, picture_words(texts, report))


async def export(
    press: CallbackQuery,
    callback_data: ExportButton,
    bot: Bot,
    desk: Desk,
    surveys: Surveys,
    person: Person,
    make_export: MakeExport,
    progress_board: ProgressBoard,
) -> None:
    (await surveys.find_rights(person.id)).must_be_operator()
    source = await surveys.open_export(callback_data.service or None, by=person.id)
    if press.message is None:
        return
    telling = await bot.send_message(press.message.chat.id, desk.texts("export-begun"), parse_mode=ParseMode.HTML)
    work = _exported(
        bot, telling, desk, person, ExportFormat(callback_data.format), source, make_export, progress_board
    )
    progress_board.run(-person.id, work)  # it may take longer than any answer


async def _exported(
    bot: Bot,
    telling: Message,
    desk: Desk,
    person: Person,
    format: ExportFormat,
    source: ExportSource,
    make_export: MakeExport,
    progress_board: ProgressBoard,
) -> None:
    """Writes the files, says how far it got in the message that announced them, and sends them."""
    chat_id, written = telling.chat.id, 0

    def on_progress(rows: int) -> None:
        nonlocal written
        written = rows

    async def tell(text: Html) -> None:
        await update(bot, chat_id, telling.message_id, Screen(text))

    try:
        exported = await progress_board.shown(
            make_export(format, source, on_progress), lambda: tell(desk.texts("export-progress", rows=written))
        )
    except TooManyRowsError:
        await tell(desk.texts("export-too-many"))
        return
    except BaseException:  # the process ends, or another export took over: nobody waits for this one in vain
        await tell(desk.texts("export-failed"))
        raise
    if max(len(content) for _, content in exported.files) > CHAT_BYTES_MAX.get(person.platform, TELEGRAM_BYTES_MAX):
        await tell(desk.texts("export-too-large", rows=exported.rows))
        return
    await tell(desk.texts("export-done", rows=exported.rows))
    for at, (name, content) in enumerate(exported.files):
        caption = desk.texts.plain("export-dictionary") if at else None
        await bot.send_document(chat_id, BufferedInputFile(content, name), caption=caption)


async def _held(desk: Desk, surveys: Surveys, person: Person) -> Screen:
    held = await surveys.list_held(by=person.id)
    titles = {service.id: service.title for service in await surveys.list_services()} if held else {}
    return held_screen(desk, held, titles)


async def show_held(message: Message, bot: Bot, desk: Desk, surveys: Surveys, person: Person) -> None:
    await reply(bot, message, await _held(desk, surveys, person))


async def held_opened(press: CallbackQuery, bot: Bot, desk: Desk, surveys: Surveys, person: Person) -> None:
    await beneath(bot, press, await _held(desk, surveys, person))


async def decide_held(
    press: CallbackQuery, callback_data: HeldButton, bot: Bot, desk: Desk, surveys: Surveys, person: Person
) -> None:
    held = await surveys.list_held(by=person.id)
    pressed = callback_data
    ids = [one.id for one in held if one.service_id == pressed.service and one.id <= pressed.last]
    await surveys.decide_held(ids, count=pressed.count, by=person.id)
    if ids:
        await press.answer(desk.texts.plain("held-decided"))
    await replace(bot, press, await _held(desk, surveys, person))
