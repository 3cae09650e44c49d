"""Cases as staff see them: a list, one with its history and what can be done, and wordings kept of answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from bot.fluent_texts import Html
from bot.reminder_buttons import short_code
from bot.rendering import (
    MESSAGE_MAX,
    WORDS_SHOWN,
    beginning,
    escape,
    join,
    pieces,
    quoted,
    shortened,
    visible_length,
)
from bot.screens.agencies import cancel_button
from bot.screens.frame import Desk, Row, Screen, button, keyboard, page_of, paging, reading_row, shown_day
from bot.screens.surveys import state_name
from bot.states import OpenForm
from bot.survey_buttons import CaseAction, CaseButton, CaseList, CaseScope, CaseSendButton, ColleagueButton, KeptButton
from knowledge.labels import label
from knowledge.message_length import message_length
from knowledge.numerals import persian_digits
from knowledge.provisions import Address
from surveys.case import Case, CaseKind, CaseState, CaseStep, Colleague, KeptAnswer
from surveys.case_work import CaseView

__all__ = [
    "CASES_MAX",
    "CASES_PAGE",
    "answer_preview_screen",
    "case_done_screen",
    "case_screen",
    "cases_screen",
    "colleagues_screen",
    "given_back_screen",
    "kept_screen",
    "whole_screens",
]

CASES_PAGE: Final = 8
#: Of a list; a narrower search finds the others.
CASES_MAX: Final = 200
#: UTF-16 units of a comment or question beside its case; comments are shorter, and so are most questions.
WORDS_MAX: Final = 1500
#: What our own words around a quote take at most.
MARGIN: Final = 300
HISTORY_SHOWN: Final = 8
COLLEAGUES_MAX: Final = 40


def cases_screen(
    desk: Desk, cases: Sequence[Case], listed: CaseList, *, words: str = "", now: dt.datetime, timezone: ZoneInfo
) -> Screen:
    """The cases of a list in their order, `CASES_MAX` at most; `words` are those of a search."""
    t, scope = desk.texts, listed.scope
    if not cases:
        return Screen(
            t("cases-none", scope=scope.name.lower(), words=shortened(words, WORDS_SHOWN)),
            keyboard(_scopes(desk, scope)),
        )
    more = "yes" if len(cases) > CASES_MAX else "no"
    cases = cases[:CASES_MAX]
    count = -(-len(cases) // CASES_PAGE)
    page = page_of(listed.page, count)
    shown = cases[page * CASES_PAGE : (page + 1) * CASES_PAGE]
    parts = [
        t("cases-title", scope=scope.name.lower(), words=shortened(words, WORDS_SHOWN), count=len(cases), more=more)
    ]
    for number, case in enumerate(shown, 1):
        waits = case.state.waits_for_answer
        head = t(
            "case-row",
            number=number,
            kind=case.kind.value,
            code=case.code,
            state=state_name(t, case),
            date=shown_day(desk, case.due_at if waits else case.received_at, timezone),
            when=("late" if case.due_at < now else "due") if waits else "over",
        )
        parts.append(join([head, escape(shortened(case.text or "", 140))]))
    buttons = [
        button(persian_digits(str(n)), CaseButton(case=case.id, action=CaseAction.SHOW))
        for n, case in enumerate(shown, 1)
    ]
    rows = [reading_row(*buttons[i : i + 4]) for i in range(0, len(buttons), 4)]
    rows.append(paging(t, page, count, [CaseList(page=n, scope=scope) for n in range(count)]))
    rows += _scopes(desk, scope)
    return Screen(join(parts, "\n\n"), keyboard(rows))


def _scopes(desk: Desk, chosen: CaseScope) -> list[Row]:
    """The other lists that there are."""
    t = desk.texts.plain
    names = {
        CaseScope.OPEN: t("button-cases-open"),
        CaseScope.OVERDUE: t("button-cases-overdue"),
        CaseScope.ANSWERED: t("button-cases-answered"),
        CaseScope.CLOSED: t("button-cases-closed"),
    }
    buttons = [
        button(t("button-chosen", name=name) if scope is chosen else name, CaseList(scope=scope))
        for scope, name in names.items()
    ]
    return [reading_row(*buttons[:2]), reading_row(*buttons[2:])]


def case_screen(
    desk: Desk, view: CaseView, *, operator: bool, agency: str = "", now: dt.datetime, timezone: ZoneInfo
) -> Screen:
    """One case: never whose it is. `agency` is the name of the one that holds it, for those who act for many."""
    t, case = desk.texts, view.case
    lines = [t("case-title", code=case.code, state=state_name(t, case))]
    lines.append(t("case-service", title=view.service_title) if view.service_title else t("case-question-kind"))
    if agency:
        lines.append(t("case-agency", agency=agency))
    if case.state.waits_for_answer:
        due = case.due_at.astimezone(timezone)
        time = persian_digits(f"{due.hour}:{due.minute:02d}" if due.minute else str(due.hour))
        late = "yes" if case.due_at < now else "no"
        lines.append(t("case-due", date=shown_day(desk, case.due_at, timezone), time=time, late=late))
    if view.holder:
        lines.append(t("case-holder", name=view.holder))
    parts = [join(lines), quoted(case.text, WORDS_MAX) if case.text else t("case-erased")]
    if view.steps:
        parts.append(t("case-history", steps="، ".join(_step(desk, s, timezone) for s in view.steps[-HISTORY_SHOWN:])))
    if case.kind is CaseKind.SURVEY:
        parts.append(t("case-anonymous"))
    cut = message_length(case.text or "") > WORDS_MAX
    if case.answer:
        room = MESSAGE_MAX - MARGIN - visible_length(join(parts, "\n\n"))
        cut = cut or message_length(case.answer) > room
        parts.insert(2, t("case-answer-shown", answer=beginning(case.answer, room)))
    return Screen(join(parts, "\n\n"), keyboard(_actions(desk, case, operator=operator, cut=cut)))


def whole_screens(desk: Desk, case: Case) -> list[Screen]:
    """All that was written in a case, in as many messages as it takes; each leads back to it."""
    back = keyboard([[_act(desk, case, "button-case-open", CaseAction.SHOW)]])
    written = [
        (desk.texts("case-words-whole", code=case.code), case.text or ""),
        (desk.texts("case-answer-whole", code=case.code), case.answer or ""),
    ]
    return [
        Screen(join([head, Html(f"<blockquote>{escape(piece)}</blockquote>")]), back)
        for head, words in written
        for piece in pieces(words, MESSAGE_MAX - MARGIN)
    ]


def _step(desk: Desk, step: CaseStep, timezone: ZoneInfo) -> str:
    what = desk.texts.plain("case-state", state=_NOTED.get(step.note, step.state.value))
    return desk.texts.plain("case-step", state=what, date=shown_day(desk, step.at, timezone))


#: Steps that are told by their note: their state is where the case stood anyway.
_NOTED: Final = {
    "assigned": "assigned",
    "edited": "edited",
    "escalated": "escalated",
    "wished again": "again",
    "withdrawn": "withdrawn",
    "operators": "with_operators",
}


def case_done_screen(desk: Desk, text: Html) -> Screen:
    """What was done with a case, and the way back to the others."""
    return Screen(text, keyboard([[button(desk.texts.plain("button-cases"), CaseList())]]))


def _act(desk: Desk, case: Case, key: str, action: CaseAction) -> InlineKeyboardButton:
    return button(desk.texts.plain(key), CaseButton(case=case.id, action=action))


def _actions(desk: Desk, case: Case, *, operator: bool, cut: bool) -> list[Row]:
    """What can be done with it; `cut`: not all that was written stands on the screen."""

    def act(key: str, action: CaseAction) -> Row:
        return [_act(desk, case, key, action)]

    rows: list[Row] = [act("button-case-whole", CaseAction.WHOLE)] if cut else []
    if case.state.waits_for_answer:
        rows.append(act("button-case-answer", CaseAction.ANSWER))
        if case.state is CaseState.RECEIVED:
            rows.append(act("button-case-seen", CaseAction.SEEN))
        rows.append(act("button-case-assign", CaseAction.ASSIGN))
        if operator:
            rows.append(act("button-case-hand", CaseAction.HAND_OVER))
        elif case.agency_id:
            rows.append(act("button-case-back", CaseAction.BACK))
    if operator and case.kind is CaseKind.QUESTION and case.text:
        rows.append(act("button-case-keep", CaseAction.KEEP))
    rows.append([button(desk.texts.plain("button-cases"), CaseList())])
    return rows


def colleagues_screen(desk: Desk, case_id: int, colleagues: Sequence[Colleague], me: int) -> Screen:
    """Whom a case may be given to, whoever asks among them."""
    back: Row = [button(desk.texts.plain("button-case-open"), CaseButton(case=case_id, action=CaseAction.SHOW))]
    if not colleagues:
        return Screen(desk.texts("case-no-colleagues"), keyboard([back]))
    mine = desk.texts.plain("button-case-mine")
    rows: list[Row] = [
        [
            button(
                mine if one.person_id == me else one.name or desk.texts.plain("colleague-nameless", n=n),
                ColleagueButton(case=case_id, person=one.person_id),
            )
        ]
        for n, one in enumerate(colleagues[:COLLEAGUES_MAX], 1)
    ]
    return Screen(desk.texts("case-assign-wanted"), keyboard([*rows, back]))


def answer_preview_screen(desk: Desk, case_id: int, text: str, form: OpenForm) -> Screen:
    """The answer as its reader will see it."""
    send = button(desk.texts.plain("button-case-send"), CaseSendButton(case=case_id, shown=short_code(text)))
    again = button(desk.texts.plain("button-case-rewrite"), CaseButton(case=case_id, action=CaseAction.ANSWER))
    rows = [reading_row(send, again), [cancel_button(desk, form)]]
    return Screen(join([desk.texts("case-answer-preview"), quoted(text, MESSAGE_MAX - MARGIN)], "\n\n"), keyboard(rows))


def given_back_screen(desk: Desk, reason: Html, written: str) -> Screen:
    """Why a form ended by itself, and what was written into it, so that nothing is lost."""
    if not written:
        return Screen(reason)
    parts = [reason, desk.texts("case-given-back"), quoted(written, MESSAGE_MAX - MARGIN - visible_length(reason))]
    return Screen(join(parts, "\n\n"))


def kept_screen(desk: Desk, kept: Sequence[KeptAnswer]) -> Screen:
    """The oldest wording that waits for an operator's word."""
    if not kept:
        return Screen(desk.texts("kept-none"))
    one = kept[0]
    address = Address.parse(one.address)
    name = label(address, desk.corpus) if desk.corpus.get(address) is not None else one.address
    lines = [desk.texts("kept-title", count=len(kept)), desk.texts("kept-one", text=one.text, label=name)]
    yes = button(desk.texts.plain("button-kept-accept"), KeptButton(kept=one.id, accept=True))
    no = button(desk.texts.plain("button-kept-refuse"), KeptButton(kept=one.id, accept=False))
    return Screen(join(lines, "\n\n"), keyboard([reading_row(yes, no)]))
