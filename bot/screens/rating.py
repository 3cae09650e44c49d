"""«مفید بود؟» on a keyboard: which of the two buttons is chosen now."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.callback_data import Listed, ListKind, Rate
from bot.fluent_texts import Texts
from bot.screens.frame import button
from bot.survey_buttons import ExpertButton

__all__ = ["expert_button", "offers_others", "rated_keyboard", "rating_buttons"]


def rating_buttons(texts: Texts, question: int) -> tuple[InlineKeyboardButton, InlineKeyboardButton]:
    """Useful, and not."""
    useful, not_useful = Rate(question=question, useful=True), Rate(question=question, useful=False)
    return (
        InlineKeyboardButton(text=texts.plain("button-useful"), callback_data=useful.pack()),
        InlineKeyboardButton(text=texts.plain("button-not-useful"), callback_data=not_useful.pack()),
    )


def expert_button(texts: Texts, question: int) -> InlineKeyboardButton:
    """Sends the question on."""
    return button(texts.plain("button-expert"), ExpertButton(question=question))


def offers_others(shown: InlineKeyboardMarkup) -> bool:
    """Whether the keyboard that is shown leads to other candidates (and not just to pages of a list)."""
    leads = f"{Listed.__prefix__}{Listed.__separator__}"
    buttons = (one.callback_data or "" for row in shown.inline_keyboard for one in row)
    return any(data.startswith(leads) and Listed.unpack(data).kind is ListKind.CANDIDATES for data in buttons)


def rated_keyboard(texts: Texts, shown: InlineKeyboardMarkup, chosen: Rate) -> InlineKeyboardMarkup:
    """The keyboard that is shown, with the choice marked on it and everything else as it was.

    Who found the answer of no use may send the question to an expert from there.
    """
    names = {one.callback_data: one for one in rating_buttons(texts, chosen.question)}
    key = "button-useful-chosen" if chosen.useful else "button-not-useful-chosen"
    data = chosen.pack()
    names[data] = InlineKeyboardButton(text=texts.plain(key), callback_data=data)
    rows = [[names.get(one.callback_data, one) for one in row] for row in shown.inline_keyboard]
    expert = expert_button(texts, chosen.question)
    rows = [row for row in rows if all(one.callback_data != expert.callback_data for one in row)]
    if not chosen.useful:
        rows.append([expert])
    return InlineKeyboardMarkup(inline_keyboard=rows)
