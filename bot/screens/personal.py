"""What a person can choose and what is kept about them: settings, privacy, being forgotten."""

from __future__ import annotations

from collections.abc import Mapping

from bot.callback_data import Forget, ForgetStep, SetChoice
from bot.preferences import CHOICES
from bot.reminder_buttons import NameButton, WishButton
from bot.rendering import join
from bot.screens.frame import Desk, Row, Screen, button, keyboard, reading_row
from bot.screens.wishes import SHOW

__all__ = ["forget_screen", "forgotten_screen", "last_operator_screen", "privacy_screen", "settings_screen"]


def settings_screen(desk: Desk, *, name: str | None) -> Screen:
    """Every setting as a row of its values, the chosen one marked. `name` None: of who has no place in an agency."""
    chosen = desk.preferences.as_settings()
    rows: list[Row] = []
    for setting, values in CHOICES.items():
        names = [(value, desk.texts.plain("settings-value", value=f"{setting}-{value}")) for value in values]
        buttons = [
            button(
                desk.texts.plain("button-chosen", name=name) if chosen[setting] == value else name,
                SetChoice(setting=setting, value=value),
            )
            for value, name in names
        ]
        rows.append(reading_row(*buttons))
    rows.append([button(desk.texts.plain("button-wishes"), WishButton(wish=SHOW))])
    lines = [desk.texts("settings")]
    if name is not None:
        lines.append(desk.texts("name-present", name=name or desk.texts.plain("name-none")))
        rows.append([button(desk.texts.plain("button-name"), NameButton())])
    return Screen(join(lines, "\n\n"), keyboard(rows))


def privacy_screen(desk: Desk, *, question_text_days: int) -> Screen:
    """What is kept and how long."""
    on_web = "yes" if desk.platform in ("web", "terminal") else "no"
    text = desk.texts("privacy", days=question_text_days, chat=on_web)
    return Screen(text, keyboard([[button(desk.texts.plain("button-forget"), Forget(step=ForgetStep.ASK))]]))


def forget_screen(desk: Desk) -> Screen:
    """Asks once more before everything goes."""
    yes = button(desk.texts.plain("button-forget-yes"), Forget(step=ForgetStep.YES))
    no = button(desk.texts.plain("button-forget-no"), Forget(step=ForgetStep.NO))
    return Screen(desk.texts("forget"), keyboard([[yes], [no]]))


def last_operator_screen(desk: Desk) -> Screen:
    """Asks the last operator once more, and says how another one comes in."""
    yes = button(desk.texts.plain("button-forget-as-last"), Forget(step=ForgetStep.YES_AS_LAST))
    no = button(desk.texts.plain("button-forget-no"), Forget(step=ForgetStep.NO))
    return Screen(desk.texts("forget-last-operator"), keyboard([[yes], [no]]))


def forgotten_screen(desk: Desk, deleted: Mapping[str, int]) -> Screen:
    """All is gone; where nothing was kept, that is said instead. `deleted` holds rows by table name."""
    return Screen(desk.texts("forgotten" if any(deleted.values()) else "forgotten-nothing"))
