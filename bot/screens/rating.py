"""«مفید بود؟» on a keyboard: which of the two buttons is chosen now."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.callback_data import Listed, Rate
from bot.fluent_texts import Texts

__all__ = ["offers_others", "rated_keyboard", "rating_buttons"]


def rating_buttons(texts: Texts, question: int) -> tuple[InlineKeyboardButton, InlineKeyboardButton]:
    """Useful, and not."""
    useful, not_useful = Rate(question=question, useful=True), Rate(question=question, useful=False)
    return (
        InlineKeyboardButton(text=texts.plain("button-useful"), callback_data=useful.pack()),
        InlineKeyboardButton(text=texts.plain("button-not-useful"), callback_data=not_useful.pack()),
    )


def offers_others(shown: InlineKeyboardMarkup) -> bool:
    """Whether the keyboard that is shown leads to other candidates."""
    leads = f"{Listed.__prefix__}{Listed.__separator__}"
    return any((one.callback_data or "").startswith(leads) for row in shown.inline_keyboard for one in row)


def rated_keyboard(texts: Texts, shown: InlineKeyboardMarkup, chosen: Rate) -> InlineKeyboardMarkup:
    """The keyboard that is shown, with the choice marked on it and everything else as it was."""
    names = {button.callback_data: button for button in rating_buttons(texts, chosen.question)}
    key = "button-useful-chosen" if chosen.useful else "button-not-useful-chosen"
    data = chosen.pack()
    names[data] = InlineKeyboardButton(text=texts.plain(key), callback_data=data)
    rows = [[names.get(button.callback_data, button) for button in row] for row in shown.inline_keyboard]
    return InlineKeyboardMarkup(inline_keyboard=rows)
