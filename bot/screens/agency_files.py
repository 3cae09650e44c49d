"""Bringing agencies in by a file: what is wanted, what became of it."""

from __future__ import annotations

from typing import Final

from bot.rendering import join
from bot.screens.agencies import form_screen
from bot.screens.frame import Desk, Screen, keyboard
from bot.screens.office import home_row
from bot.states import OpenForm
from knowledge.numerals import persian_digits
from reminders.agency_import import FILE_BYTES_MAX, ImportedAgencies

__all__ = ["import_screen", "imported_screen"]

#: Problems of a file that are written out; who mends these finds the rest at the next try.
PROBLEMS_SHOWN: Final = 20


def import_screen(desk: Desk, known: int, form: OpenForm) -> Screen:
    """How the file must look; `known` counts the agencies that there are."""
    lines = [
        desk.texts("import-wanted", count=known, max=FILE_BYTES_MAX // 1_000_000),
        desk.texts("import-columns"),
    ]
    return form_screen(desk, join(lines, "\n\n"), form)


def imported_screen(desk: Desk, imported: ImportedAgencies, form: OpenForm) -> Screen:
    """The counts, or every problem by row."""
    t = desk.texts
    if imported.stored:
        counts = t("import-done", added=imported.added, changed=imported.changed, unchanged=imported.unchanged)
        return Screen(counts, keyboard([home_row(desk)]))
    lines = [t("import-problems", count=len(imported.problems))]
    for problem in imported.problems[:PROBLEMS_SHOWN]:
        value = persian_digits(problem.value) if problem.value.isdigit() else problem.value
        sentence = t(problem.message_key, value=value, near="، ".join(problem.near))
        lines.append(t("import-row", row=problem.row, problem=sentence) if problem.row else sentence)
    if len(imported.problems) > PROBLEMS_SHOWN:
        lines.append(t("import-more", count=len(imported.problems) - PROBLEMS_SHOWN))
    return form_screen(desk, join(lines), form)
