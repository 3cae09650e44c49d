"""Anchor events: all of them, one with what hangs on it, and what recording a date would move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from bot.fluent_texts import Html
from bot.reminder_buttons import (
    EventAction,
    EventButton,
    EventChooseButton,
    EventRecordButton,
    OfficeButton,
    OfficePage,
    short_code,
)
from bot.rendering import join, shortened
from bot.screens.agencies import cancel_button
from bot.screens.frame import Desk, Row, Screen, button, keyboard, reading_row, shown_date, shown_day
from bot.screens.office import home_row
from bot.states import OpenForm
from knowledge.numerals import persian_digits
from reminders.anchor_events import EventRevision
from reminders.events import EventPreview, EventRecorded, EventSeen, HangingDuty
from reminders.jalali import iso
from reminders.obligations import Anchor

__all__ = ["event_screen", "events_screen", "preview_event_screen", "recorded_screen", "which_event_screen"]

NUMBERS_PER_ROW: Final = 5
HANGING_SHOWN: Final = 12
HISTORY_SHOWN: Final = 5
ACTION_MAX: Final = 140


def events_screen(desk: Desk, events: Sequence[EventSeen]) -> Screen:
    """Every event with its date: those that duties wait for first, those on which nothing hangs at the end."""
    t = desk.texts
    ordered = sorted(events, key=lambda seen: (not seen.hanging, seen.date is not None))
    titles = _titles(desk, [seen.anchor for seen in ordered])
    lines: list[Html] = []
    for n, seen in enumerate(ordered, 1):
        if not seen.hanging and (n == 1 or ordered[n - 2].hanging):
            lines.append(t("events-idle"))
        lines.append(t("event-row", number=n, title=titles[n - 1], date=_date(desk, seen.date)))
    buttons = [
        button(persian_digits(str(n)), EventButton(event=short_code(seen.anchor.id), action=EventAction.SHOW))
        for n, seen in enumerate(ordered, 1)
    ]
    rows = [reading_row(*buttons[i : i + NUMBERS_PER_ROW]) for i in range(0, len(buttons), NUMBERS_PER_ROW)]
    text = join([t("events-title"), t("events-note"), join(lines)], "\n\n")
    return Screen(text, keyboard([*rows, home_row(desk)]))


def which_event_screen(desk: Desk, anchors: Sequence[Anchor], date: JalaliDate, form: OpenForm) -> Screen:
    """Which of several events happened on that day?"""
    rows: list[Row] = [
        [button(title, EventChooseButton(event=short_code(anchor.id), date=iso(date)))]
        for anchor, title in zip(anchors, _titles(desk, anchors), strict=True)
    ]
    rows.append([cancel_button(desk, form)])
    return Screen(desk.texts("event-which", date=shown_date(desk, date)), keyboard(rows))


def _titles(desk: Desk, anchors: Sequence[Anchor]) -> list[str]:
    """Of events that two texts call the same, each says of which text it is."""
    often = Counter(anchor.title for anchor in anchors)
    return [a.title if often[a.title] == 1 else f"{a.title} ({_regulation(desk, a)})" for a in anchors]


def _regulation(desk: Desk, anchor: Anchor) -> str:
    """Ids of events are `<slug>.<name>`."""
    return desk.corpus.regulations[anchor.id.partition(".")[0]].short_title


def event_screen(desk: Desk, seen: EventSeen, timezone: ZoneInfo) -> Screen:
    """One event: its date, how it is known, what hangs on it, every recording."""
    t, code = desk.texts, short_code(seen.anchor.id)
    lines = [
        t("event-title", title=seen.anchor.title),
        t("event-regulation", regulation=_regulation(desk, seen.anchor)),
        t("event-date", date=_date(desk, seen.date)),
    ]
    if seen.anchor.note:
        lines.append(t("event-note", note=shortened(seen.anchor.note, 500)))
    history = [_recording(desk, revision, timezone) for revision in seen.history[-HISTORY_SHOWN:]]
    if history:
        history.insert(0, t("event-history", count=len(seen.history)))
    hanging = [t("event-duty", action=_action(d), date=_date(desk, d.due)) for d in seen.hanging[:HANGING_SHOWN]]
    hanging.insert(0, t("event-hanging" if seen.hanging else "event-hanging-none"))
    if len(seen.hanging) > HANGING_SHOWN:
        hanging.append(t("event-more", count=len(seen.hanging) - HANGING_SHOWN))
    date_key = "button-event-correct" if seen.date else "button-event-date"
    rows: list[Row] = [[button(t.plain(date_key), EventButton(event=code, action=EventAction.DATE))]]
    if seen.date:
        rows.append([button(t.plain("button-event-withdraw"), EventButton(event=code, action=EventAction.WITHDRAW))])
    rows.append([button(t.plain("button-office-events"), OfficeButton(page=OfficePage.EVENTS))])
    return Screen(join([join(lines), join(hanging), join(history)], "\n\n"), keyboard(rows))


def preview_event_screen(desk: Desk, preview: EventPreview, form: OpenForm, *, asked: bool = False) -> Screen:
    """What recording (or withdrawing) would move; `asked`: read from a plain sentence."""
    t = desk.texts
    if preview.date is None:
        head = t("event-preview-withdraw", title=preview.anchor.title)
    else:
        head = t("event-preview", title=preview.anchor.title, date=_date(desk, preview.date))
    lines = [t("event-asked")] if asked else []
    lines.append(head)
    if preview.former is not None and preview.date is not None:
        lines.append(t("event-preview-former", date=_date(desk, preview.former)))
    lines += [
        t("event-duty-moved", action=_action(d), was=_date(desk, d.was), date=_date(desk, d.due))
        for d in preview.duties[:HANGING_SHOWN]
    ]
    if len(preview.duties) > HANGING_SHOWN:
        lines.append(t("event-more", count=len(preview.duties) - HANGING_SHOWN))
    if preview.duties:
        lines.append(t("event-preview-concerned", duties=len(preview.duties), people=preview.people))
    else:
        lines.append(t("event-preview-none"))
    date, seen = (iso(one) if one else "" for one in (preview.date, preview.former))
    record = EventRecordButton(event=short_code(preview.anchor.id), date=date, seen=seen)
    yes = button(t.plain("button-event-confirm" if preview.date else "button-event-confirm-withdraw"), record)
    return Screen(
        join(lines, "\n\n" if len(lines) < 3 else "\n"), keyboard([reading_row(yes, cancel_button(desk, form))])
    )


def recorded_screen(desk: Desk, recorded: EventRecorded) -> Screen:
    """What a recording changed."""
    t = desk.texts
    lines = [t("event-title", title=recorded.anchor.title), t("event-date", date=_date(desk, recorded.date))]
    key = "event-recorded" if recorded.date else "event-taken-back"
    lines.append(t(key, moved=len(recorded.duties), told=recorded.told))
    if recorded.withdrawn:
        lines.append(t("event-reminders-withdrawn", count=recorded.withdrawn))
    lines += [
        t("event-duty-moved", action=_action(d), was=_date(desk, d.was), date=_date(desk, d.due))
        for d in recorded.duties[:HANGING_SHOWN]
    ]
    if len(recorded.duties) > HANGING_SHOWN:
        lines.append(t("event-more", count=len(recorded.duties) - HANGING_SHOWN))
    events = button(t.plain("button-office-events"), OfficeButton(page=OfficePage.EVENTS))
    return Screen(join(lines), keyboard([[events], home_row(desk)]))


def _recording(desk: Desk, revision: EventRevision, timezone: ZoneInfo) -> Html:
    on = shown_day(desk, revision.recorded_at, timezone)
    if revision.date is None:
        return desk.texts("event-history-withdrawn", on=on)
    return desk.texts("event-history-row", on=on, date=_date(desk, revision.date))


def _action(duty: HangingDuty) -> str:
    return shortened(duty.action, ACTION_MAX)


def _date(desk: Desk, date: JalaliDate | None) -> Html:
    return desk.texts("event-unknown-date") if date is None else shown_date(desk, date)
