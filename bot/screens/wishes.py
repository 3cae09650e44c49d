"""A person's own wishes for reminders, as rows of ready-made choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.fluent_texts import Html
from bot.reminder_buttons import WishButton
from bot.rendering import join
from bot.screens.frame import Desk, Row, Screen, button, keyboard, reading_row
from knowledge.numerals import persian_digits
from reminders.people import ReminderWishes

__all__ = ["SHOW", "TYPE", "WISHES", "wished", "wishes_screen"]

#: Opens the screen.
SHOW: Final = "show"
#: Asks for numbers of one's own.
TYPE: Final = "type"
#: Rows of choices by the names that buttons and texts use.
WISHES: Final = (
    ("leads-usual", "leads-30-7-1-0"),
    ("leads-7-1-0", "leads-1-0"),
    ("hours-usual", "hours-8-20", "hours-0-24"),
    ("days-work", "days-any"),
)
_LEADS: Final[Mapping[str, tuple[int, ...] | None]] = {
    "leads-usual": None,
    "leads-30-7-1-0": (30, 7, 1, 0),
    "leads-7-1-0": (7, 1, 0),
    "leads-1-0": (1, 0),
}
_HOURS: Final[Mapping[str, tuple[int | None, int | None]]] = {
    "hours-usual": (None, None),
    "hours-8-20": (8, 20),
    "hours-0-24": (0, 24),
}


def wished(present: ReminderWishes, wish: str) -> ReminderWishes:
    """The wishes with one choice made; ValueError for a choice that does not exist."""
    if wish in _LEADS:
        return replace(present, leads=_LEADS[wish])
    if wish in _HOURS:
        begins, ends = _HOURS[wish]
        return replace(present, from_hour=begins, to_hour=ends)
    if wish in ("days-work", "days-any"):
        return replace(present, any_day=wish == "days-any")
    raise ValueError(f"no such wish: {wish!r}")


def wishes_screen(desk: Desk, present: ReminderWishes) -> Screen:
    """Every choice, the chosen ones marked."""
    t = desk.texts.plain
    rows: list[Row] = []
    for row in WISHES:
        names = [(wish, t("wish", wish=wish)) for wish in row]
        rows.append(
            reading_row(
                *(
                    button(
                        t("button-chosen", name=name) if wished(present, wish) == present else name,
                        WishButton(wish=wish),
                    )
                    for wish, name in names
                )
            )
        )
    rows.append([button(t("button-wishes-type"), WishButton(wish=TYPE))])
    return Screen(join([desk.texts("wishes-title"), *_present(desk, present)]), keyboard(rows))


def _present(desk: Desk, present: ReminderWishes) -> list[Html]:
    """In words, since what somebody typed is on no button."""
    t = desk.texts
    before = [persian_digits(str(lead)) for lead in present.leads or () if lead]
    if present.leads is None:
        days = t("wishes-days-usual")
    elif before:
        days = t("wishes-days", days="، ".join(before), day="yes" if 0 in present.leads else "no")
    else:
        days = t("wishes-day-only")
    if present.from_hour is None or present.to_hour is None:
        return [days, t("wishes-hours-usual")]
    return [days, t("wishes-hours", begins=present.from_hour, ends=present.to_hour)]
