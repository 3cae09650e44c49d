"""What a person is called: asking for it, and having it changed."""

from __future__ import annotations

from bot.fluent_texts import Html
from bot.rendering import join
from bot.screens.agencies import form_screen
from bot.screens.frame import Desk, Screen
from bot.states import OpenForm

__all__ = ["name_wanted_screen", "named"]


def name_wanted_screen(desk: Desk, form: OpenForm, present: str = "") -> Screen:
    """Asks for the name that colleagues and operators will see."""
    t = desk.texts
    lines = [t("name-present", name=present) if present else Html(""), t("name-wanted")]
    return form_screen(desk, join(lines), form)


def named(desk: Desk, name: str, screen: Screen) -> Screen:
    """The screen that was asked for, once the name is known."""
    return Screen(join([desk.texts("name-saved", name=name), screen.text], "\n\n"), screen.keyboard)
