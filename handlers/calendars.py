"""/calendar and /timeline: a person's due dates as a file, as a secret address, and as a picture of the year."""

from __future__ import annotations

import asyncio

from aiogram import Bot, F, Router
from aiogram.enums import ParseMode
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardButton, Message
from persiantools.jdatetime import JalaliDate

from bot.fluent_texts import Html, Texts
from bot.ports import Person
from bot.reminder_buttons import CalendarAction, CalendarButton
from bot.rendering import join
from bot.screens.frame import Desk, Screen, button, keyboard, reading_row
from handlers.addressed import in_private
from handlers.duties import lists_of
from handlers.showing import reply, send, typing
from reminders.use_cases import Reminders
from reminders.year import AgencyYear

__all__ = ["router"]


def router() -> Router:
    router = Router(name="calendars")
    router.message.filter(F.func(in_private))
    router.message.register(offer_calendar, Command("calendar"))
    router.message.register(show_timeline, Command("timeline"))
    router.callback_query.register(calendar_pressed, CalendarButton.filter())
    return router


async def offer_calendar(message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person) -> None:
    await lists_of(reminders, person)

    def act(key: str, action: CalendarAction) -> InlineKeyboardButton:
        return button(desk.texts.plain(key), CalendarButton(action=action))

    rows = [
        reading_row(
            act("button-calendar-file", CalendarAction.FILE), act("button-calendar-picture", CalendarAction.PICTURE)
        ),
        reading_row(
            act("button-calendar-address", CalendarAction.ADDRESS), act("button-calendar-revoke", CalendarAction.REVOKE)
        ),
    ]
    await reply(bot, message, Screen(desk.texts("calendar-title"), keyboard(rows)))


async def show_timeline(message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person) -> None:
    await _send_pictures(bot, message.chat.id, desk, await reminders.show_year(person.id))


async def calendar_pressed(
    press: CallbackQuery, callback_data: CalendarButton, bot: Bot, desk: Desk, reminders: Reminders, person: Person
) -> None:
    await lists_of(reminders, person)
    if press.message is None:
        return
    chat_id = press.message.chat.id
    match callback_data.action:
        case CalendarAction.FILE:
            file = BufferedInputFile(await reminders.make_calendar(person.id), "rahyar.ics")
            await bot.send_document(chat_id, file, caption=desk.texts.plain("calendar-caption"))
        case CalendarAction.ADDRESS:
            if desk.links.calendar("x") is None:
                await send(bot, chat_id, Screen(desk.texts("calendar-no-web")))
                return
            url = desk.links.calendar(await reminders.open_feed(person.id)) or ""
            await send(bot, chat_id, Screen(desk.texts("calendar-address", url=url)))
        case CalendarAction.REVOKE:
            revoked = await reminders.open_feed.revoke(person.id)
            await send(
                bot, chat_id, Screen(desk.texts("calendar-revoked" if revoked else "calendar-nothing-to-revoke"))
            )
        case CalendarAction.PICTURE:
            await _send_pictures(bot, chat_id, desk, await reminders.show_year(person.id))


async def _send_pictures(bot: Bot, chat_id: int, desk: Desk, years: list[AgencyYear]) -> None:
    """A few pictures an agency, with their figures in words for who cannot see them."""
    async with typing(bot, chat_id):
        for year in years:
            # matplotlib takes seconds to come and a tenth to draw: never on the loop that answers others.
            pngs = await asyncio.to_thread(_pictures, desk.texts, year, JalaliDate(desk.today))
            for number, png in enumerate(pngs, 1):
                caption = _caption(desk.texts, year, number, len(pngs))
                photo = BufferedInputFile(png, "timeline.png")
                await bot.send_photo(chat_id, photo, caption=caption, parse_mode=ParseMode.HTML)


def _caption(texts: Texts, year: AgencyYear, number: int, count: int) -> Html:
    from reminders.timeline import PICTURES_MAX, ROWS

    lines = [texts("timeline-caption", agency=year.agency_name, count=sum(len(row.dates) for row in year.rows))]
    if count > 1:
        lines.append(texts("timeline-part", number=number, count=count))
    if number == count and (left := len(year.rows) - PICTURES_MAX * ROWS) > 0:
        lines.append(texts("timeline-more", count=left))
    return join(lines)


def _pictures(texts: Texts, year: AgencyYear, today: JalaliDate) -> list[bytes]:
    from reminders.timeline import COLORS, TimelineWords, timeline_pngs

    words = TimelineWords(
        title=texts.plain("timeline-title", agency=year.agency_name),
        today=texts.plain("timeline-today"),
        nothing=texts.plain("timeline-nothing"),
        standings={standing: texts.plain("duty-standing", standing=standing) for standing in COLORS},
    )
    return timeline_pngs(year, today, words)
