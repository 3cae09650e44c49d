"""What every screen is made of: its text, its buttons, and what it draws on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from persiantools.jdatetime import JalaliDate

from bot.callback_data import Nothing
from bot.fluent_texts import Html, Texts
from bot.links import Links
from bot.preferences import DateStyle, Preferences
from bot.rendering import date_digits, date_words, shortened
from knowledge.limits import LimitBook
from knowledge.provisions import Corpus

__all__ = [
    "LIST_PAGE",
    "Desk",
    "Screen",
    "button",
    "copying",
    "keyboard",
    "link",
    "page_of",
    "paging",
    "reading_row",
    "shown_date",
    "shown_day",
]

#: Buttons of a list on one page.
LIST_PAGE = 10
#: Characters of a button; phones show about forty.
BUTTON_MAX = 60

Row = list[InlineKeyboardButton]


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: text in Telegram HTML and its buttons."""

    text: Html
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What screens draw on: texts, law, limits on this day in Tehran, links, and the person's platform and choices."""

    texts: Texts
    corpus: Corpus
    limits: LimitBook
    links: Links
    platform: str
    today: dt.date
    preferences: Preferences


def shown_date(desk: Desk, date: JalaliDate) -> Html:
    """A date as this person likes to read it."""
    return date_digits(date) if desk.preferences.dates is DateStyle.DIGITS else date_words(desk.texts, date)


def shown_day(desk: Desk, moment: dt.datetime, timezone: ZoneInfo) -> Html:
    """The day of a moment, as this person likes to read it."""
    return shown_date(desk, JalaliDate(moment.astimezone(timezone).date()))


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=shortened(text, BUTTON_MAX), callback_data=data.pack())


def link(text: str, url: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, url=url)


def copying(text: str, copied: str) -> InlineKeyboardButton:
    """A button that hands on a text: the web page shares or copies it, Telegram copies it."""
    return InlineKeyboardButton(text=text, copy_text=CopyTextButton(text=copied))


def reading_row(*buttons: InlineKeyboardButton | None) -> Row:
    """A row in the order in which it is read: Telegram lays rows out from the left, Persian is read from the right."""
    return [one for one in reversed(buttons) if one is not None]


def keyboard(rows: Sequence[Row]) -> InlineKeyboardMarkup | None:
    """The rows that hold a button."""
    filled = [row for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=filled) if filled else None


def page_of(page: int, count: int) -> int:
    """The page itself, or the last one that exists when an old button asks for more."""
    return max(0, min(page, count - 1))


def paging(texts: Texts, page: int, count: int, to: Sequence[CallbackData]) -> Row:
    """Previous page, where we are, next page; empty for a single page. `to` has the data of every page."""
    if count < 2:
        return []
    before = button(texts.plain("button-page-before"), to[page - 1]) if page else None
    after = button(texts.plain("button-page-after"), to[page + 1]) if page + 1 < count else None
    here = button(texts.plain("button-page", page=page + 1, count=count), Nothing())
    return reading_row(before, here, after)
