"""The operators' desk: who waits, reports, invitations, the ledger, closures, switches, broadcasts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from bot.fluent_texts import Html
from bot.reminder_buttons import (
    ArchiveButton,
    AudienceButton,
    BroadcastAction,
    BroadcastButton,
    ClosureButton,
    InviteDaysButton,
    JoiningButton,
    LedgerButton,
    OfficeButton,
    OfficePage,
    ReopenButton,
    ReportButton,
    RevokeButton,
    SwitchButton,
    short_code,
)
from bot.rendering import escape, join, occurrence_words, shortened
from bot.screens.agencies import cancel_button, role_name
from bot.screens.frame import Desk, Row, Screen, button, keyboard, page_of, reading_row, shown_date, shown_day
from bot.states import OpenForm
from bot.survey_buttons import CaseList, HeldList
from knowledge.provisions import Status
from reminders.broadcasts import Audience, BroadcastDraft
from reminders.directory import Agency, Directory
from reminders.duty import ReportState
from reminders.ledger import MessageState
from reminders.operating import LedgerSeen
from reminders.people import Invitation, Membership, Role
from reminders.report_desk import ReportSeen

__all__ = [
    "Waiting",
    "audience_screen",
    "broadcast_goes_on",
    "broadcast_screen",
    "closures_screen",
    "decided_screen",
    "home_row",
    "invitations_screen",
    "invite_days_screen",
    "invited_as",
    "joiners_screen",
    "ledger_screen",
    "office_screen",
    "preview_screen",
    "report_of",
    "report_screen",
    "switches_screen",
]

FAILED_SHOWN: Final = 8
WAITING: Final = (MessageState.DUE, MessageState.SENDING, MessageState.RETRY_AT)
AUDIENCES_MAX: Final = 12
INVITE_DAYS: Final = (1, 7, 30)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for an operator."""

    joining: int
    reports: int
    undated_events: int
    cases: int
    late_cases: int
    held: int


def office_screen(desk: Desk, waiting: Waiting) -> Screen:
    """Everything an operator can look at."""
    t = desk.texts

    def to(key: str, page: OfficePage, **values: int) -> Row:
        return [button(t.plain(key, **values), OfficeButton(page=page))]

    rows: list[Row] = [
        to("button-office-joining", OfficePage.JOINING, count=waiting.joining),
        to("button-office-reports", OfficePage.REPORTS, count=waiting.reports),
        [button(t.plain("button-office-cases", count=waiting.cases), CaseList())],
        to("button-office-events", OfficePage.EVENTS),
        reading_row(
            *to("button-office-invite", OfficePage.INVITE),
            *to("button-office-invitations", OfficePage.INVITATIONS),
        ),
        to("button-office-ledger", OfficePage.LEDGER),
        reading_row(
            *to("button-office-closures", OfficePage.CLOSURES),
            *to("button-office-regulations", OfficePage.REGULATIONS),
        ),
        reading_row(
            *to("button-office-broadcast", OfficePage.BROADCAST),
            *to("button-office-agencies", OfficePage.AGENCIES),
        ),
    ]
    if waiting.held:
        rows.insert(3, [button(t.plain("button-held", count=waiting.held), HeldList())])
    lines = [t("office-title"), t("office-waiting", joining=waiting.joining, reports=waiting.reports)]
    late = waiting.late_cases
    if waiting.cases:
        lines.append(t("office-cases", count=waiting.cases, any="yes" if late else "no", late=late))
    if waiting.held:
        lines.append(t("office-held", count=waiting.held))
    if waiting.undated_events:
        lines.append(t("office-events-waiting", count=waiting.undated_events))
    return Screen(join(lines), keyboard(rows))


def home_row(desk: Desk) -> Row:
    return [button(desk.texts.plain("button-office"), OfficeButton(page=OfficePage.HOME))]


# -- joiners and reports ---------------------------------------------------------------------------------------------


def joiners_screen(desk: Desk, waiting: Sequence[Membership], directory: Directory, at: int, zone: ZoneInfo) -> Screen:
    """One who waits, and a way on to the next."""
    t = desk.texts
    if not waiting:
        return Screen(t("joining-none"), keyboard([home_row(desk)]))
    at = page_of(at, len(waiting))
    one = waiting[at]
    agency = directory.get(one.agency_id)
    role = role_name(t, one.role)
    lines = [
        t("joining-count", count=len(waiting)),
        t("joining-one", name=one.name or t("nameless"), role=role, agency=agency.name if agency else one.agency_id),
    ]
    if one.legal_basis:
        date = f"، {shown_date(desk, one.introduced_on)}" if one.introduced_on else ""
        lines.append(t("joining-basis", basis=one.legal_basis + date))
    lines.append(t("joining-since", date=shown_day(desk, one.requested_at, zone)))
    yes = button(t.plain("button-joining-approve"), JoiningButton(membership=one.id, approve=True))
    no = button(t.plain("button-joining-refuse"), JoiningButton(membership=one.id, approve=False))
    rows = [reading_row(yes, no), _next(desk, OfficePage.JOINING, at, len(waiting)), home_row(desk)]
    return Screen(join(lines), keyboard(rows))


def report_screen(desk: Desk, seen: ReportSeen | None, at: int, count: int, zone: ZoneInfo) -> Screen:
    """One report that waits for a decision."""
    t = desk.texts
    if seen is None:
        return Screen(t("reports-none"), keyboard([home_row(desk)]))
    report = seen.report
    date = shown_day(desk, report.reported_at, zone)
    action, agency = report_of(seen)
    lines = [t("report-one", action=action, agency=agency, date=date), *_when(desk, seen)]
    if report.note:
        lines.append(t("report-one-note", note=report.note))
    if report.evidence:
        lines.append(t("report-one-files", count=len(report.evidence)))
    yes = button(t.plain("button-report-confirm"), ReportButton(report=report.id, confirm=True))
    no = button(t.plain("button-report-return"), ReportButton(report=report.id, confirm=False))
    evidence = button(t.plain("button-evidence"), ArchiveButton(report=report.id))
    rows = [
        [evidence] if report.evidence else [],
        reading_row(yes, no),
        _next(desk, OfficePage.REPORTS, at, count),
        home_row(desk),
    ]
    return Screen(join(lines), keyboard(rows))


def _when(desk: Desk, seen: ReportSeen) -> list[Html]:
    """Which occurrence it is, and when it is due."""
    line = seen.line
    which = occurrence_words(desk.texts, seen.report.key.occurrence)
    when = Html("")
    if line is not None and line.due is not None:
        when = desk.texts("report-due", date=shown_date(desk, line.due))
    elif line is not None and line.lasts:
        when = desk.texts("duty-recurring")
    return [part for part in (which, when) if part]


def decided_screen(desk: Desk, seen: ReportSeen) -> Screen:
    """What became of a report; a confirmation can be taken back."""
    report, t = seen.report, desk.texts
    action, agency = report_of(seen)
    head = join([t("report-decided", action=action, agency=agency), *_when(desk, seen)])
    if report.state is not ReportState.CONFIRMED:
        return Screen(join([head, t("report-returned", reason=report.reason)]), keyboard([home_row(desk)]))
    again = button(t.plain("button-report-reopen"), ReopenButton(report=report.id))
    return Screen(join([head, t("report-confirmed")]), keyboard([[again], home_row(desk)]))


def report_of(seen: ReportSeen) -> tuple[str, str]:
    """The duty and the agency of a report, as people call them."""
    line, key = seen.line, seen.report.key
    return (line.action, line.agency_name) if line else (key.obligation_id, key.agency_id)


def _next(desk: Desk, page: OfficePage, at: int, count: int) -> Row:
    if count < 2:
        return []
    return [button(desk.texts.plain("button-next"), OfficeButton(page=page, at=(at + 1) % count))]


# -- invitations -----------------------------------------------------------------------------------------------------


def invitations_screen(desk: Desk, invitations: Sequence[Invitation], directory: Directory, zone: ZoneInfo) -> Screen:
    """Invitations that can still be used; a press takes one back."""
    t = desk.texts
    if not invitations:
        return Screen(t("invitations-none"), keyboard([_new_invitation(desk), home_row(desk)]))
    lines, rows = [t("invitations-title", count=len(invitations))], list[Row]()
    for number, one in enumerate(invitations[:10], 1):
        agency = directory.get(one.agency_id)
        who = invited_as(desk, one.role, agency)
        until = shown_day(desk, one.expires_at, zone)
        lines.append(t("invitation-row", number=number, who=who, date=until))
        label = t.plain("invitation-row", number=number, who=who, date=until)
        rows.append([button(label, RevokeButton(code=short_code(one.digest)))])
    return Screen(join(lines), keyboard([*rows, _new_invitation(desk), home_row(desk)]))


def invited_as(desk: Desk, role: Role, agency: Agency | None) -> str:
    """What the user of an invitation becomes."""
    name = role_name(desk.texts, role)
    return f"{name} {agency.name}" if agency else name


def invite_days_screen(desk: Desk, form: OpenForm) -> Screen:
    """For how many days?"""
    t = desk.texts
    days = [button(t.plain("invite-for-days", days=n), InviteDaysButton(days=n)) for n in INVITE_DAYS]
    return Screen(t("invite-days"), keyboard([reading_row(*days), [cancel_button(desk, form)]]))


def _new_invitation(desk: Desk) -> Row:
    return [button(desk.texts.plain("button-office-invite"), OfficeButton(page=OfficePage.INVITE))]


# -- ledger, closures, switches --------------------------------------------------------------------------------------


def ledger_screen(desk: Desk, seen: LedgerSeen) -> Screen:
    """A day of the ledger in a few lines."""
    t, states = desk.texts, seen.day.states
    lines = [
        t("ledger-title", date=shown_date(desk, JalaliDate(seen.day.day))),
        t(
            "ledger-states",
            delivered=states.get(MessageState.DELIVERED.value, 0),
            waiting=_waiting(states),
            failed=states.get(MessageState.FAILED.value, 0),
            blocked=states.get(MessageState.BLOCKED.value, 0),
            withdrawn=states.get(MessageState.WITHDRAWN.value, 0),
        ),
    ]
    if seen.day.on_time_share is not None:
        lines.append(t("ledger-on-time", share=t("percent", value=round(seen.day.on_time_share * 100))))
    if seen.day.maybe_twice:
        lines.append(t("ledger-twice", count=seen.day.maybe_twice))
    planned = seen.planned_through
    lines.append(
        t("ledger-planned", date=shown_date(desk, JalaliDate(planned))) if planned else t("ledger-not-planned")
    )
    if seen.failed:
        lines.append(t("ledger-failed", count=len(seen.failed)))
        lines += [
            t("ledger-failed-row", id=id, name=name or t("nameless"), reason=shortened(reason, 120))
            for id, name, reason in seen.failed[-FAILED_SHOWN:]
        ]
    one = dt.timedelta(days=1)
    turning = reading_row(
        button(t.plain("button-day-before"), LedgerButton(day=(seen.day.day - one).toordinal())),
        button(t.plain("button-day-after"), LedgerButton(day=(seen.day.day + one).toordinal())),
    )
    return Screen(join(lines), keyboard([turning, home_row(desk)]))


def closures_screen(desk: Desk, closures: Mapping[dt.date, str]) -> Screen:
    """Days without work that operators added, from today on."""
    t = desk.texts
    coming = [(day, title) for day, title in sorted(closures.items()) if day >= desk.today]
    lines = [t("closures-title")]
    lines += [t("closure-row", date=shown_date(desk, JalaliDate(day)), title=title) for day, title in coming]
    if not coming:
        lines.append(t("closures-none"))
    rows: list[Row] = [
        [
            button(
                t.plain("button-closure-remove", date=shown_date(desk, JalaliDate(day))),
                ClosureButton(day=day.isoformat()),
            )
        ]
        for day, _ in coming[:10]
    ]
    rows.append([button(t.plain("button-office-close"), OfficeButton(page=OfficePage.CLOSE))])
    return Screen(join(lines), keyboard([*rows, home_row(desk)]))


def switches_screen(desk: Desk, on: frozenset[str]) -> Screen:
    """Previous regulations, whose reminders are off unless an operator wants them."""
    t = desk.texts
    previous = [r for r in desk.corpus.regulations.values() if r.status is not Status.IN_FORCE]
    if not previous:
        return Screen(t("switch-none"), keyboard([home_row(desk)]))
    rows: list[Row] = [
        [
            button(
                t.plain("button-switch-off" if r.slug in on else "button-switch-on", title=r.short_title),
                SwitchButton(regulation=r.slug, on=r.slug not in on),
            )
        ]
        for r in previous
    ]
    return Screen(join([t("switches-title"), t("switches-note")]), keyboard([*rows, home_row(desk)]))


# -- broadcasts ------------------------------------------------------------------------------------------------------


def audience_screen(desk: Desk, directory: Directory, form: OpenForm) -> Screen:
    """Who a broadcast may be for."""
    t = desk.texts.plain
    groups = sorted(directory.classes.items(), key=lambda item: -len(directory.members(item[0])))
    rows: list[Row] = [[button(t("button-audience-everybody"), AudienceButton())]]
    rows += [
        [
            button(
                t("button-audience-class", name=name, count=len(directory.members(id))),
                AudienceButton(group=id),
            )
        ]
        for id, name in groups[:AUDIENCES_MAX]
        if directory.members(id)
    ]
    rows.append([cancel_button(desk, form)])
    return Screen(desk.texts("broadcast-audience"), keyboard(rows))


def preview_screen(desk: Desk, draft: BroadcastDraft, audience: Audience, directory: Directory) -> Screen:
    """The message as people will see it, and who they are."""
    t, broadcast_id = desk.texts, draft.id
    agencies = [agency.name for id in audience.agencies if (agency := directory.get(id))]
    names = [*agencies, *(directory.classes[id] for id in audience.classes)]
    to = "، ".join(names) or t.plain("button-audience-everybody")
    start = button(
        t.plain("button-broadcast-start"), BroadcastButton(broadcast=broadcast_id, action=BroadcastAction.START)
    )
    stop = button(t.plain("button-cancel"), BroadcastButton(broadcast=broadcast_id, action=BroadcastAction.STOP))
    shown = Html(f"<blockquote>{escape(draft.text)}</blockquote>")
    head = t("broadcast-preview", to=to, count=draft.people)
    return Screen(join([head, shown], "\n\n"), keyboard([reading_row(start, stop)]))


def broadcast_goes_on(states: Mapping[str, int]) -> bool:
    """Whether any of its messages waits."""
    return _waiting(states) > 0


def _waiting(states: Mapping[str, int]) -> int:
    return sum(states.get(s.value, 0) for s in WAITING)


def broadcast_screen(desk: Desk, broadcast_id: int, states: Mapping[str, int]) -> Screen:
    """How far a broadcast has come."""
    t = desk.texts
    waiting = _waiting(states)
    text = t(
        "broadcast-progress",
        delivered=states.get(MessageState.DELIVERED.value, 0),
        waiting=waiting,
        failed=states.get(MessageState.FAILED.value, 0) + states.get(MessageState.BLOCKED.value, 0),
        withdrawn=states.get(MessageState.WITHDRAWN.value, 0),
    )
    again = button(
        t.plain("button-broadcast-progress"), BroadcastButton(broadcast=broadcast_id, action=BroadcastAction.PROGRESS)
    )
    stop = button(
        t.plain("button-broadcast-stop"), BroadcastButton(broadcast=broadcast_id, action=BroadcastAction.STOP)
    )
    # While it goes on the message is kept up to date, so nothing leads away from it.
    return Screen(text, keyboard([reading_row(again, stop) if waiting else home_row(desk)]))
