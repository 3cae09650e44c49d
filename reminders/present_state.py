"""What may still be done about a duty: buttons live longer than the state in which they were offered."""

from __future__ import annotations

from typing import Final

from reminders.duty import DutyKey, DutyRecord, DutyState
from reminders.obligations import Obligation
from reminders.refusals import RefusedError
from reminders.register_view import RegisterView

__all__ = ["DutyChangedError", "require_dated", "require_open", "said"]


class DutyChangedError(RefusedError):
    """The duty stands otherwise than the button says: beside the sentence people want to see how it stands now."""

    def __init__(self, key: DutyKey, message_key: str, **details: str | int) -> None:
        super().__init__(message_key, **details)
        self.key: Final = key


#: The sentence for each state in which nothing is left to report, put off or hand over.
SETTLED: Final = {
    DutyState.REPORTED: "remind-duty-reported",
    DutyState.DONE: "remind-duty-done",
    DutyState.NOT_OURS: "remind-duty-not-ours",
}


def said(obligation: Obligation, record: DutyRecord | None) -> DutyState | None:
    """What was said of a duty and still holds: a confirmed report of one that lasts is history, the duty stays."""
    state = record.state if record is not None else None
    return None if state is DutyState.DONE and obligation.lasts else state


def require_open(key: DutyKey, record: DutyRecord | None, view: RegisterView) -> None:
    """DutyChangedError for a duty that is reported, done or not the agency's."""
    state = said(view.register.by_id[key.obligation_id], record)
    if state in SETTLED:
        raise DutyChangedError(key, SETTLED[state])


def require_dated(key: DutyKey, view: RegisterView) -> None:
    """DutyChangedError for a duty that waits for an event."""
    if waiting := view.waiting_for(view.register.by_id[key.obligation_id], key.agency_id):
        raise DutyChangedError(key, "remind-duty-waiting", event=waiting[0].title)
