"""What a person is called: asking for it, and having it changed."""

from __future__ import annotations

from bot.fluent_texts import Html
from bot.rendering import join
from bot.screens.agencies import form_screen
from bot.screens.frame import Desk, Screen

__all__ = ["name_wanted_screen", "named"]


def name_wanted_screen(desk: Desk, present: str = "") -> Screen:
    """Asks for the name that colleagues and operators will see."""
    t = desk.texts
    return form_screen(desk, join([t("name-present", name=present) if present else Html(""), t("name-wanted")]))


def named(desk: Desk, name: str, screen: Screen) -> Screen:
    """The screen that was asked for, once the name is known."""
    return Screen(join([desk.texts("name-saved", name=name), screen.text], "\n\n"), screen.keyboard)
