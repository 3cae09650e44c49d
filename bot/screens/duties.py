"""An agency's duties: lists by standing, and one of them with everything that is known of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from bot.callback_data import ShowBeneath
from bot.fluent_texts import Html
from bot.reminder_buttons import (
    DutyAction,
    DutyButton,
    DutyTab,
    HandButton,
    ListedDutyButton,
    MarkAction,
    MarkButton,
    ReportableButton,
    SnoozeButton,
    SortAction,
    SortButton,
    short_code,
)
from bot.rendering import MESSAGE_MAX, join, occurrence_words, shortened, visible_length
from bot.screens.frame import Desk, Row, Screen, button, keyboard, page_of, paging, reading_row, shown_date, shown_day
from knowledge.labels import label
from knowledge.numerals import persian_digits
from knowledge.provisions import Address
from reminders.composing import DutyLine
from reminders.duties import DutyDetails, DutyList, DutyRow, DutyStanding
from reminders.duty import DutyState, ReportState
from reminders.people import Membership

__all__ = ["colleagues_screen", "details_screen", "duties_screen", "line_state", "reportable_screen", "snooze_screen"]

ROWS_PAGE: Final = 8
NUMBERS_PER_ROW: Final = 4
#: Characters of an agency on a button that also names a duty.
AGENCY_MAX: Final = 20
QUOTE_MAX, READING_MAX, HISTORY_MAX = 900, 500, 6
SNOOZE_DAYS: Final = (1, 3, 7, 14)
TABS: Final = (
    DutyStanding.OVERDUE,
    DutyStanding.UPCOMING,
    DutyStanding.REPORTED,
    DutyStanding.UNSORTED,
    DutyStanding.WAITING,
    DutyStanding.RECURRING,
    DutyStanding.DONE,
    DutyStanding.NOT_OURS,
)
#: Not where a duty stands: what was handed to the person who looks, unless it is settled.
MINE: Final = "mine"
_SETTLED: Final = (DutyStanding.DONE, DutyStanding.NOT_OURS)
#: What can still be reported as done.
REPORTABLE: Final = (DutyStanding.OVERDUE, DutyStanding.UPCOMING, DutyStanding.UNSORTED, DutyStanding.RECURRING)


@dataclass(frozen=True, slots=True)
class _Shown:
    """Rows of one standing and one regulation ("": all), a page of them; `me` looks at them."""

    lists: Sequence[DutyList]
    me: int
    standing: str
    regulation: str
    rows: Sequence[DutyRow]

    def to(self, standing: str, *, regulation: str | None = None, page: int = 0) -> DutyTab:
        return DutyTab(standing=standing, regulation=self.regulation if regulation is None else regulation, page=page)


def duties_screen(desk: Desk, lists: Sequence[DutyList], tab: DutyTab, me: int) -> Screen:
    """A page of duties; without a standing those most in need of attention. `me`: the person who looks."""
    every = [row for one in lists for row in one.rows]
    kept = [r for r in every if not tab.regulation or r.line.quote_address.regulation == tab.regulation]
    mine = [r for r in kept if r.assignee == me and r.standing not in _SETTLED]
    counts = {MINE: len(mine), **{s: sum(r.standing == s for r in kept) for s in TABS}}
    known = (MINE, *TABS)
    standing = tab.standing if tab.standing in known else next((s for s in TABS if counts[s]), DutyStanding.UPCOMING)
    rows_of = mine if standing == MINE else [r for r in kept if r.standing == standing]
    shown = _Shown(lists, me, standing, tab.regulation, rows_of)
    pages = max(1, -(-len(shown.rows) // ROWS_PAGE))
    page = page_of(tab.page, pages)
    on_page = shown.rows[page * ROWS_PAGE : (page + 1) * ROWS_PAGE]
    rows = [
        *_numbers(on_page, shown.to(standing, page=page)),
        paging(desk.texts, page, pages, [shown.to(standing, page=n) for n in range(pages)]),
        *_markings(desk, shown),
        *_tabs(desk, shown, counts),
        *_regulations(desk, shown, every),
    ]
    return Screen(join(list(_above(desk, shown, on_page)), "\n\n"), keyboard(rows))


def _above(desk: Desk, shown: _Shown, on_page: Sequence[DutyRow]) -> Iterator[Html]:
    t = desk.texts
    yield (
        t("agency-duties-title", agency=shown.lists[0].agency_name)
        if len(shown.lists) == 1
        else t("agency-duties-title-all")
    )
    if not on_page:
        yield t("duties-none")
        return
    yield t("duties-tab", standing=t("duty-standing", standing=shown.standing), count=len(shown.rows))
    if shown.standing == DutyStanding.UNSORTED:
        yield t("duties-unsorted-note")
    for number, row in enumerate(on_page, 1):
        lines = [t("duty-row", number=number, action=shortened(row.line.action, 160)), row_state(desk, row)]
        if len(shown.lists) > 1:
            lines.append(t("duty-row-agency", agency=row.line.agency_name))
        if name := _followed_up_by(shown, row):
            lines.append(t("duty-assignee", name=name))
        yield join(lines)


def _followed_up_by(shown: _Shown, row: DutyRow) -> str:
    """The colleague whom a duty was handed to; empty for who looks, and for who is not there any more."""
    if row.assignee is None or row.assignee == shown.me:
        return ""
    return next((one.names[row.assignee] for one in shown.lists if row.assignee in one.names), "")


def row_state(desk: Desk, row: DutyRow) -> Html:
    """When a duty is due, what it waits for, or when one that lasts was last reported."""
    if row.line.due is not None and row.line.days_left is not None:
        return desk.texts("duty-row-date", date=shown_date(desk, row.line.due), state=line_state(desk, row.line))
    if row.line.waiting_for:
        return desk.texts("duty-row-waiting", events="، ".join(row.line.waiting_for))
    if row.confirmed is not None:
        return desk.texts("duty-row-confirmed", date=shown_date(desk, JalaliDate(row.confirmed)))
    return desk.texts("duty-row-no-date")


def line_state(desk: Desk, line: DutyLine) -> Html:
    """«۱۲ روز مانده»"""
    days = line.days_left or 0
    if days == 0:
        return desk.texts("state-today")
    return desk.texts("state-left", days=days) if days > 0 else desk.texts("state-passed", days=-days)


def _numbers(on_page: Sequence[DutyRow], here: DutyTab) -> list[Row]:
    buttons = [
        button(persian_digits(str(n)), ListedDutyButton.of(row.line.key.code, here)) for n, row in enumerate(on_page, 1)
    ]
    return [reading_row(*buttons[i : i + NUMBERS_PER_ROW]) for i in range(0, len(buttons), NUMBERS_PER_ROW)]


def _markings(desk: Desk, shown: _Shown) -> list[Row]:
    if shown.standing != DutyStanding.UNSORTED or not shown.rows:
        return []
    t = desk.texts.plain
    id = shown.rows[0].line.key.agency_id
    agency = short_code(id)
    one_by_one = button(t("button-sort-past"), SortButton(action=SortAction.VIEW, agency=agency))
    left = sum(row.line.key.agency_id == id for row in shown.rows)
    if shown.regulation or left < 2:  # one word for all would be said of more than is shown
        return [[one_by_one]]
    return [
        [one_by_one],
        [button(t("button-sort-rest", count=left), SortButton(action=SortAction.REST, agency=agency))],
    ]


def _tabs(desk: Desk, shown: _Shown, counts: dict[str, int]) -> list[Row]:
    buttons = [
        button(
            desk.texts.plain("button-tab", name=desk.texts.plain("duty-standing", standing=s), count=counts[s]),
            shown.to(s),
        )
        for s in (MINE, *TABS)
        if counts[s] and s != shown.standing
    ]
    return [reading_row(*buttons[i : i + 2]) for i in range(0, len(buttons), 2)]


def _regulations(desk: Desk, shown: _Shown, every: Sequence[DutyRow]) -> list[Row]:
    slugs = list(dict.fromkeys(row.line.quote_address.regulation for row in every))
    if len(slugs) < 2:
        return []
    rows: list[Row] = []
    for slug in slugs:
        name = desk.corpus.regulations[slug].short_title
        chosen = slug == shown.regulation
        shown_name = desk.texts.plain("button-chosen", name=name) if chosen else name
        rows.append([button(shown_name, shown.to("", regulation="" if chosen else slug))])
    return rows


# -- one duty --------------------------------------------------------------------------------------------------------


def details_screen(
    desk: Desk,
    details: DutyDetails,
    *,
    timezone: ZoneInfo,
    assignee: Membership | None = None,
    back: DutyTab | None = None,
) -> Screen:
    """Everything that is known of a duty, and what can be done about it.

    `back`: the list that it was opened from; else the one in which it stands.
    """
    parts = [
        join(list(_heading(desk, details))),
        _quote(desk, details),
        join(list(_reading(desk, details))),
        join(list(_who(desk, details, assignee))),
        join(list(_history(desk, details, timezone))),
    ]
    text = join(parts, "\n\n")
    while visible_length(text) > MESSAGE_MAX and len(parts) > 2:
        parts.pop()
        text = join(parts, "\n\n")
    return Screen(text, keyboard(_actions(desk, details, back or DutyTab(standing=details.row.standing))))


def _heading(desk: Desk, details: DutyDetails) -> Iterator[Html]:
    t, row = desk.texts, details.row
    yield t("duty-title", action=row.line.action)
    yield t("duty-agency", agency=row.line.agency_name)
    if which := occurrence_words(t, row.line.key.occurrence):
        yield which
    if row.line.due is not None:
        yield t("duty-due", date=shown_date(desk, row.line.due), state=line_state(desk, row.line))
    elif row.line.waiting_for:
        yield t("duty-waiting", events="، ".join(row.line.waiting_for))
    else:
        yield t("duty-recurring")
        if row.confirmed is not None:
            yield t("duty-confirmed", date=shown_date(desk, JalaliDate(row.confirmed)))
    yield t("duty-where", standing=t("duty-standing", standing=row.standing))


def _quote(desk: Desk, details: DutyDetails) -> Html:
    line = details.row.line
    source = label(line.quote_address, desk.corpus)
    words = desk.texts("reminder-source", label=source, quote=shortened(line.quote, QUOTE_MAX))
    return Html(f"<blockquote>{words}</blockquote>")


def _reading(desk: Desk, details: DutyDetails) -> Iterator[Html]:
    t, obligation = desk.texts, details.obligation
    if obligation.reading:
        yield t("duty-reading", reading=shortened(obligation.reading, READING_MAX))
    for other in obligation.alternatives:
        yield t("duty-alternative", reading=shortened(other, READING_MAX))
    if places := list(_conflicts(desk, obligation.conflicts)):
        yield t("duty-conflict", places="؛ ".join(places))


def _conflicts(desk: Desk, conflicts: Sequence[str]) -> Iterator[str]:
    """Ids of obligations are `<slug>.<eid>` with a counter behind."""
    for obligation in conflicts:
        slug, _, rest = obligation.partition(".")
        address = Address(slug, rest.partition(".")[0])
        if desk.corpus.get(address) is not None:
            yield label(address, desk.corpus)


def _who(desk: Desk, details: DutyDetails, assignee: Membership | None) -> Iterator[Html]:
    t, obligation = desk.texts, details.obligation
    slug = obligation.address.regulation
    for key, actors in (("duty-responsible", obligation.responsible), ("duty-partners", obligation.partners)):
        if actors:
            yield t(key, names="، ".join(desk.corpus.actor_name(slug, actor) for actor in actors))
    if assignee is not None:
        yield t("duty-assignee", name=assignee.name or t("nameless"))


def _history(desk: Desk, details: DutyDetails, timezone: ZoneInfo) -> Iterator[Html]:
    t = desk.texts
    told: list[tuple[dt.datetime, list[Html]]] = []
    for report in details.reports:
        date = shown_day(desk, report.reported_at, timezone)
        lines = [t("duty-history-report", date=date, state=report.state.value, **_of(details, report.person_id))]
        if report.state is ReportState.RETURNED and report.reason:
            lines.append(t("duty-history-reason", reason=shortened(report.reason, READING_MAX)))
        told.append((report.reported_at, lines))
    for one in details.introductions:
        at = one.decided_at or one.requested_at
        date = shown_date(desk, one.introduced_on) if one.introduced_on else shown_day(desk, at, timezone)
        told.append((at, [t("duty-history-introduction", date=date, basis=shortened(one.legal_basis, READING_MAX))]))
    for reminder, state, delivered in details.reminders:
        at = delivered or dt.datetime.combine(reminder.day, dt.time(8), timezone)
        state_name = state.value if state else "due"
        who, date = _of(details, reminder.person_id), shown_day(desk, at, timezone)
        told.append((at, [t("duty-history-reminder", date=date, state=state_name, **who)]))
    for change, at in details.changes:
        if change not in _TOLD_BY_REPORTS and not (change is DutyState.DONE and details.obligation.lasts):
            told.append((at, [t("duty-history-change", date=shown_day(desk, at, timezone), state=change.value)]))
    if told:
        yield t("duty-history")
        if len(told) > HISTORY_MAX:
            yield t("duty-history-earlier", count=len(told) - HISTORY_MAX)
        for _, lines in sorted(told, key=lambda one: one[0])[-HISTORY_MAX:]:
            yield from lines


def _of(details: DutyDetails, person_id: int | None) -> dict[str, str]:
    name = details.names.get(person_id, "") if person_id is not None else ""
    return {"known": "yes" if name else "no", "name": name}


#: A report says so itself, with its reason.
_TOLD_BY_REPORTS: Final = (DutyState.REPORTED, DutyState.RETURNED)


def _actions(desk: Desk, details: DutyDetails, back: DutyTab) -> list[Row]:
    t, row = desk.texts.plain, details.row
    code = row.line.key.code

    def act(key: str, action: DutyAction) -> Row:
        return [button(t(key), DutyButton(action=action, code=code))]

    def mark(key: str, action: MarkAction) -> Row:
        return [button(t(key), MarkButton(action=action, code=code))]

    rows: list[Row] = []
    if row.standing == DutyStanding.UNSORTED:
        rows.append(reading_row(*mark("button-mark-done", MarkAction.DONE), *mark("button-mark-open", MarkAction.OPEN)))
        rows.append(mark("button-mark-not-ours", MarkAction.NOT_OURS))
    elif details.reopens:
        rows.append(mark("button-mark-open", MarkAction.OPEN))
    elif row.standing not in (DutyStanding.DONE, DutyStanding.REPORTED):
        if row.standing in REPORTABLE:
            snooze = act("button-duty-snooze", DutyAction.SNOOZE) if row.line.due is not None else []
            rows.append(reading_row(*act("button-duty-report", DutyAction.REPORT), *snooze))
        rows.append(act("button-duty-hand", DutyAction.HAND_OVER))
        rows.append(mark("button-mark-not-ours", MarkAction.NOT_OURS))
    if row.line.due is not None:
        rows.append(act("button-duty-calendar", DutyAction.CALENDAR))
    rows.append([button(t("button-duty-wording"), ShowBeneath.of(row.line.quote_address))])
    rows.append([button(t("button-duties-back"), back)])
    return rows


# -- choices ---------------------------------------------------------------------------------------------------------


def _back(desk: Desk, code: str, to: DutyTab | None) -> Row:
    """To the duty, which goes on to the list that it was opened from."""
    data = DutyButton(action=DutyAction.OPEN, code=code) if to is None else ListedDutyButton.of(code, to)
    return [button(desk.texts.plain("button-duty-details"), data)]


def snooze_screen(desk: Desk, code: str, to: DutyTab | None = None) -> Screen:
    """In how many days to remind again."""
    days = [button(desk.texts.plain("button-days", days=n), SnoozeButton(code=code, days=n)) for n in SNOOZE_DAYS]
    rows = [reading_row(*days[:2]), reading_row(*days[2:]), _back(desk, code, to)]
    return Screen(desk.texts("duty-snooze"), keyboard(rows))


def colleagues_screen(
    desk: Desk, code: str, colleagues: Sequence[Membership], me: Membership | None, to: DutyTab | None = None
) -> Screen:
    """To whom to hand a duty; `me`: who asks, where they may keep it for themselves."""
    back = _back(desk, code, to)
    if not colleagues:
        return Screen(desk.texts("duty-hand-nobody"), keyboard([back]))
    rows: list[Row] = [
        [button(_colleague(desk, m, n), HandButton(code=code, person=m.person_id))] for n, m in enumerate(colleagues, 1)
    ]
    if me is not None:
        rows.append([button(desk.texts.plain("button-hand-me"), HandButton(code=code, person=me.person_id))])
    rows.append([button(desk.texts.plain("button-hand-all"), HandButton(code=code, person=0))])
    return Screen(desk.texts("duty-hand"), keyboard([*rows, back]))


def _colleague(desk: Desk, one: Membership, n: int) -> str:
    t = desk.texts.plain
    name = one.name or t("colleague-nameless", n=n)
    if one.away_until is None or not one.is_away(desk.today):
        return name
    return t("colleague-away", name=name, date=shown_date(desk, JalaliDate(one.away_until)))


def reportable_screen(desk: Desk, lists: Sequence[DutyList], page: int = 0) -> Screen:
    """Which duty was done: those whose report is still wanted, the most pressing first, a page of them."""
    rows = [row for one in lists for row in one.rows if row.standing in REPORTABLE]
    if not rows:
        return Screen(desk.texts("report-nothing"))
    count = -(-len(rows) // ROWS_PAGE)
    page = page_of(page, count)
    buttons: list[Row] = [
        [
            button(
                _reportable(desk, row.line, named=len(lists) > 1),
                DutyButton(action=DutyAction.REPORT, code=row.line.key.code),
            )
        ]
        for row in rows[page * ROWS_PAGE : (page + 1) * ROWS_PAGE]
    ]
    turning = paging(desk.texts, page, count, [ReportableButton(page=n) for n in range(count)])
    return Screen(desk.texts("report-choose"), keyboard([*buttons, turning]))


def _reportable(desk: Desk, line: DutyLine, *, named: bool) -> str:
    """With its date, and where there are several its agency, in front: what is cut off is the end."""
    action = line.action
    if named:
        action = desk.texts.plain("button-report-agency", agency=shortened(line.agency_name, AGENCY_MAX), action=action)
    if line.due is None:
        return action
    return desk.texts.plain("button-report-duty", date=shown_date(desk, line.due), action=action)
