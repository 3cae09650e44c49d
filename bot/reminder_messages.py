"""Words and buttons of the messages that the bot sends by itself. Contents come from `reminders.composing`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from aiogram.filters.callback_data import CallbackData
from persiantools.jdatetime import JalaliDate

from bot.fluent_texts import Html, Texts
from bot.reminder_buttons import (
    ArchiveButton,
    DutyAction,
    DutyButton,
    JoiningButton,
    ReportButton,
    SortAction,
    SortButton,
    short_code,
)
from bot.rendering import (
    MESSAGE_MAX,
    beginning,
    date_words,
    join,
    occurrence_words,
    quoted,
    right_to_left,
    shortened,
    visible_length,
)
from bot.screens.surveys import outcome_rows
from bot.senders import Rendered
from bot.survey_buttons import CaseAction, CaseButton
from knowledge.labels import label, label_of_id
from knowledge.numerals import persian_digits
from knowledge.provisions import Address, Corpus
from reminders.composing import Content, DutyLine
from reminders.jalali import parse_iso
from reminders.ledger import MessageKind
from reminders.people import Role
from reminders.schedule import ESCALATION

__all__ = ["ReminderMessages"]

QUOTE_MAX: Final = 300
TEXT_MAX: Final = 3000
#: UTF-16 units of an answer, which is never cut unless it is all emoji; the words around it take the rest of a message.
ANSWER_ROOM: Final = 3500
#: Duties of one message that are written out; the list of all is one command away.
LINES_MAX: Final = 12
_PER_ROW: Final = 4
#: Of duties, in memory; each has some 500 characters.
WORDINGS_KEPT: Final = 1000
_ROLES: Final = {
    Role.REPRESENTATIVE: "role-representative",
    Role.DEPUTY: "role-deputy",
    Role.HEAD: "role-head",
    Role.OPERATOR: "role-operator",
}


class ReminderMessages:
    """Called with a content and the platform that it goes to."""

    def __init__(self, texts: Texts, corpus: Corpus) -> None:
        self._texts, self._corpus = texts, corpus
        # The same duty on the same day goes to the people of many agencies.
        self._above_agency = lru_cache(maxsize=WORDINGS_KEPT)(self._of_action)
        self._beneath_agency = lru_cache(maxsize=WORDINGS_KEPT)(self._of_law)
        self._occurrence = lru_cache(maxsize=WORDINGS_KEPT)(lambda number: occurrence_words(texts, number))
        self._details_of = lru_cache(maxsize=LINES_MAX)(lambda n: texts.plain("button-duty-details-of", number=n))

    def __call__(self, content: Content, platform: str) -> Rendered:
        facts = {**(content.facts or {}), "lasts": any(line.lasts for line in content.lines)}
        above = self._above(content.kind, facts)
        shown = min(len(content.lines), LINES_MAX)
        while visible_length(text := self._text(above, content.lines, shown)) > MESSAGE_MAX and shown > 1:
            shown -= 1
        buttons = (*self._duty_buttons(content, facts, shown), *self._decisions(content.kind, facts))
        return Rendered(text, buttons)

    def _text(self, above: Sequence[Html], lines: Sequence[DutyLine], shown: int) -> Html:
        return join([right_to_left(part) for part in (*above, *self._lines(lines, shown))], "\n\n")

    # -- the words around the duties --------------------------------------------------------------------------------

    def _above(self, kind: MessageKind, facts: dict[str, Any]) -> list[Html]:
        t = self._texts
        match kind:
            case MessageKind.DAILY:
                return [t("reminder-daily")]
            case MessageKind.EVENT:
                date = date_words(t, parse_iso(facts["date"])) if facts.get("date") else Html("")
                return [self._event(str(facts["change"]), str(facts["event"]), date)]
            case MessageKind.REPORTED:
                return self._reported(facts)
            case MessageKind.DECIDED:
                if facts["confirmed"]:
                    return [t("notice-confirmed", lasts="yes" if facts["lasts"] else "no")]
                return [t("notice-returned", reason=shortened(facts["reason"], TEXT_MAX))]
            case MessageKind.JOINING:
                return self._joining(facts)
            case MessageKind.JOINED:
                return self._joined(facts)
            case MessageKind.COLLEAGUE_AWAY:
                return [self._away(facts)]
            case MessageKind.COLLEAGUE_BLOCKED:
                return [t("notice-blocked", name=self._name(facts), agency=facts["agency"])]
            case MessageKind.HANDED_OVER:
                key = "notice-handed-on" if facts.get("gone") else "notice-handed-over"
                return [t(key, name=self._name(facts))]
            case MessageKind.BROADCAST:
                return [t("notice-broadcast", text=facts["text"])]
            case MessageKind.CASE_NEW:
                return [t("notice-case-new", code=facts["code"], what=_what_of(facts))]
            case MessageKind.CASE_OVERDUE:
                return [t("notice-case-overdue", code=facts["code"])]
            case MessageKind.CASE_ESCALATED:
                about = facts["service_title"]
                of = t("case-service", title=about) if about else t("case-question-kind")
                return [join([t("notice-case-escalated", code=facts["code"]), of])]
            case MessageKind.CASE_OUTCOME:
                return self._case_outcome(facts)

    def _away(self, facts: dict[str, Any]) -> Html:
        t, name, agency = self._texts, self._name(facts), facts["agency"]
        if facts["until"] is None:
            return t("notice-back", name=name, agency=agency, reminded="yes" if facts.get("reminded", True) else "no")
        date = date_words(t, JalaliDate(dt.date.fromisoformat(facts["until"])))
        takes = ("still" if facts.get("as_before") else "yes") if facts.get("takes_over", True) else "no"
        return t("notice-away", name=name, agency=agency, date=date, takes=takes)

    def _name(self, facts: dict[str, Any]) -> str:
        """Whoever joined before names were asked for may have none."""
        return str(facts["name"] or self._texts.plain("nameless"))

    def _case_outcome(self, facts: dict[str, Any]) -> list[Html]:
        t = self._texts
        about = facts["service_title"]
        head = t("notice-case-outcome", service=about) if about else t("notice-question-outcome")
        parts = [head]
        if question := facts.get("question"):  # asked days ago, perhaps, and among others
            parts.append(quoted(str(question), QUOTE_MAX))
        parts.append(t("notice-case-answer", answer=beginning(facts["answer"], ANSWER_ROOM)))
        return [*parts, t("outcome-question")] if facts.get("kind") == "survey" else parts

    def _event(self, change: str, event: str, date: Html) -> Html:
        t = self._texts
        if change == "withdrawn":
            return t("notice-event-withdrawn", event=event)
        if change == "corrected":
            return t("notice-event-corrected", event=event, date=date)
        return t("notice-event-recorded", event=event, date=date)

    def _reported(self, facts: dict[str, Any]) -> list[Html]:
        t = self._texts
        parts = [t("notice-reported", agency=facts["agency"])]
        if facts.get("note"):
            parts.append(t("notice-report-note", note=shortened(facts["note"], TEXT_MAX)))
        if facts.get("files"):
            parts.append(t("notice-report-files", count=int(facts["files"])))
        return parts

    def _joining(self, facts: dict[str, Any]) -> list[Html]:
        t = self._texts
        role = t(_ROLES[Role(facts["role"])])
        parts = [t("notice-joining", name=self._name(facts), role=role, agency=facts["agency"])]
        if facts.get("basis"):
            date = f"، {date_words(t, parse_iso(facts['introduced_on']))}" if facts.get("introduced_on") else ""
            parts.append(t("notice-joining-basis", basis=facts["basis"] + date))
        return parts

    def _joined(self, facts: dict[str, Any]) -> list[Html]:
        t = self._texts
        if not facts["approved"]:
            reason = shortened(facts.get("reason", ""), TEXT_MAX)
            return [t("notice-not-joined", agency=facts["agency"], reason=reason)]
        parts = [t("notice-joined", agency=facts["agency"])]
        if facts.get("role"):
            parts.append(t("role-does", role=facts["role"]))
        if facts.get("closed"):
            places = "؛ ".join(label_of_id(id, self._corpus) for id in facts["closed"])
            parts.append(t("agency-joined-closed", places=places))
        if facts.get("past"):
            parts.append(t("notice-past", count=int(facts["past"])))
        return parts

    # -- the duties -------------------------------------------------------------------------------------------------

    def _lines(self, lines: Sequence[DutyLine], shown: int) -> list[Html]:
        """The first so many, numbered as their buttons are, and how many are left."""
        found = [self._line(line) for line in lines[:shown]]
        if len(lines) > 1:
            found = [Html(f"{persian_digits(str(n))}. {line}") for n, line in enumerate(found, 1)]
        if len(lines) > shown:
            found.append(self._texts("reminder-more", count=len(lines) - shown))
        return found

    def _line(self, line: DutyLine) -> Html:
        above = self._above_agency(line.action, line.lead == ESCALATION)
        dates = line.due, line.days_left, line.was_due, line.waiting_for, line.lasts
        beneath = self._beneath_agency(line.quote, line.quote_address, *dates)
        agency = self._texts("reminder-agency", agency=line.agency_name)
        which = self._occurrence(line.key.occurrence)
        return Html("\n".join(part for part in (above, agency, which, beneath) if part))

    def _of_action(self, action: str, to_the_head: bool) -> Html:
        t = self._texts
        due = t("reminder-due", action=action)
        return Html("\n".join([t("reminder-head"), due])) if to_the_head else due

    def _of_law(
        self,
        quote: str,
        quote_address: Address,
        due: JalaliDate | None,
        days_left: int | None,
        was_due: JalaliDate | None,
        waiting_for: tuple[str, ...],
        lasts: bool,
    ) -> Html:
        t = self._texts
        if due is not None and days_left is not None:
            parts = [t("reminder-date", date=date_words(t, due), state=self._state(days_left))]
        elif lasts:
            parts = [t("duty-recurring")]
        elif waiting_for and was_due is None:
            parts = [t("duty-waiting", events="، ".join(waiting_for))]
        else:
            parts = [t("reminder-no-date")]
        if was_due is not None:
            parts.append(t("reminder-was", date=date_words(t, was_due)))
        source = label(quote_address, self._corpus)
        parts.append(t("reminder-source", label=source, quote=shortened(quote, QUOTE_MAX)))
        return Html("\n".join(parts))

    def _state(self, days_left: int) -> Html:
        if days_left == 0:
            return self._texts("reminder-today")
        if days_left < 0:
            return self._texts("reminder-passed", days=-days_left)
        return self._texts("reminder-left", days=days_left)

    # -- buttons ----------------------------------------------------------------------------------------------------

    def _duty_buttons(
        self, content: Content, facts: dict[str, Any], shown: int
    ) -> tuple[tuple[tuple[str, str], ...], ...]:
        t, lines = self._texts.plain, content.lines[:shown]
        if content.kind is MessageKind.REPORTED or not lines:
            return ()
        if len(content.lines) > 1:
            numbered = [
                (self._details_of(n), _packed(DutyButton(action=DutyAction.DETAILS, code=x.key.code)))
                for n, x in enumerate(lines, 1)
            ]
            return tuple(tuple(reversed(numbered[i : i + _PER_ROW])) for i in range(0, len(numbered), _PER_ROW))
        line = lines[0]

        def button(key: str, action: DutyAction) -> tuple[str, str]:
            return t(key), _packed(DutyButton(action=action, code=line.key.code))

        details = button("button-duty-details", DutyAction.DETAILS)
        calendar = (button("button-duty-calendar", DutyAction.CALENDAR),) if line.due is not None else ()
        if not line.wanted or facts.get("confirmed") or facts.get("gone"):
            return ((*calendar, details),)
        snooze = (button("button-duty-snooze", DutyAction.SNOOZE),) if line.due is not None else ()
        report = button("button-duty-report", DutyAction.REPORT)
        return tuple(row for row in ((report, details), (*calendar, *snooze)) if row)

    def _decisions(self, kind: MessageKind, facts: dict[str, Any]) -> tuple[tuple[tuple[str, str], ...], ...]:
        t = self._texts.plain
        if kind is MessageKind.REPORTED:
            id = int(facts["report"])
            yes = t("button-report-confirm"), _packed(ReportButton(report=id, confirm=True))
            no = t("button-report-return"), _packed(ReportButton(report=id, confirm=False))
            evidence = t("button-evidence"), _packed(ArchiveButton(report=id))
            return ((no, yes), (evidence,)) if facts.get("files") else ((no, yes),)
        if kind is MessageKind.JOINED and facts.get("past") and facts.get("agency_id"):
            sort = SortButton(action=SortAction.VIEW, agency=short_code(facts["agency_id"]))
            return (((t("button-sort-past"), _packed(sort)),),)
        if kind is MessageKind.JOINING:
            id = int(facts["membership"])
            yes = t("button-joining-approve"), _packed(JoiningButton(membership=id, approve=True))
            no = t("button-joining-refuse"), _packed(JoiningButton(membership=id, approve=False))
            return ((no, yes),)
        if kind is MessageKind.CASE_OUTCOME and facts.get("kind") == "survey":
            return tuple((one,) for one in outcome_rows(self._texts, int(facts["case_id"])))
        if kind in (MessageKind.CASE_NEW, MessageKind.CASE_OVERDUE, MessageKind.CASE_ESCALATED):
            opening = CaseButton(case=int(facts["case_id"]), action=CaseAction.SHOW)
            return (((t("button-case-open"), _packed(opening)),),)
        return ()


def _what_of(facts: dict[str, Any]) -> str:
    """Why staff hear of a case; of a new one, what it is. Messages written before this was told have neither."""
    change = facts.get("change", "new")
    return str(facts.get("kind", "survey") if change == "new" else change)


def _packed(data: CallbackData) -> str:
    return data.pack()
