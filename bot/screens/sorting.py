"""After joining: what was past before, one duty at a time, each with three words to choose from."""

from __future__ import annotations

from bot.fluent_texts import Html
from bot.reminder_buttons import DutyTab, SortAction, SortButton
from bot.rendering import Block, escape, pages
from bot.screens.frame import Desk, Screen, button, keyboard, page_of, reading_row, shown_date
from knowledge.labels import label
from reminders.duties import DutyList, DutyStanding

__all__ = ["rest_screen", "sort_screen"]


def sort_screen(desk: Desk, duties: DutyList, agency_code: str, place: int, *, said: Html | None = None) -> Screen:
    """The duty at `place` among those that nobody has said anything of; `said` is what became of the last one."""
    t = desk.texts
    left = [row for row in duties.rows if row.standing == DutyStanding.UNSORTED]
    if not left:
        lines = [Block(one) for one in ([said] if said else [])]
        text = pages([*lines, Block(t("sort-finished"), apart=bool(said))])[0]
        return Screen(text, keyboard([[button(t.plain("button-duties-back"), DutyTab())]]))
    place = page_of(place, len(left))
    line = left[place].line
    blocks = [
        *([Block(said)] if said else []),
        Block(t("sort-head", place=place + 1, count=len(left), agency=duties.agency_name), apart=bool(said)),
        Block(t("duty-title", action=line.action), apart=True),
        *([Block(t("sort-date", date=shown_date(desk, line.due)))] if line.due else []),
        Block(text=line.quote, quoted=True),
        Block(escape(label(line.quote_address, desk.corpus))),
    ]
    code = line.key.code

    def to(action: SortAction) -> SortButton:
        return SortButton(action=action, agency=agency_code, place=place, duty=code)

    def at(other: int) -> SortButton:
        return SortButton(action=SortAction.VIEW, agency=agency_code, place=other)

    rest = SortButton(action=SortAction.REST, agency=agency_code)
    rows = [
        [button(t.plain("button-mark-done"), to(SortAction.DONE))],
        reading_row(
            button(t.plain("button-mark-not-ours"), to(SortAction.NOT_OURS)),
            button(t.plain("button-mark-open"), to(SortAction.OPEN)),
        ),
        reading_row(
            button(t.plain("button-sort-before"), at(place - 1)) if place else None,
            button(t.plain("button-sort-after"), at(place + 1)) if place + 1 < len(left) else None,
        ),
        [button(t.plain("button-sort-rest", count=len(left)), rest)] if len(left) > 1 else [],
    ]
    return Screen(pages(blocks)[0], keyboard(rows))


def rest_screen(desk: Desk, agency_code: str, count: int) -> Screen:
    """One word for all that are left."""
    t = desk.texts
    rows = [
        [button(t.plain(key), SortButton(action=action, agency=agency_code))]
        for key, action in (
            ("button-rest-done", SortAction.REST_DONE),
            ("button-rest-not-ours", SortAction.REST_NOT_OURS),
            ("button-rest-open", SortAction.REST_OPEN),
            ("button-rest-no", SortAction.VIEW),
        )
    ]
    return Screen(t("sort-rest", count=count), keyboard(rows))
