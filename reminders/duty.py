"""Where an obligation's occurrence stands in an agency, what was reported, and with which evidence."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["SILENT", "DutyKey", "DutyRecord", "DutyState", "Evidence", "EvidenceKind", "Report", "ReportState"]


class DutyState(StrEnum):
    """`OPEN` is said expressly (of what was past before joining); nothing said is no record.

    `DONE` of a duty that lasts says that its last report was confirmed: see `reminders.present_state.said`.
    """

    OPEN = "open"
    REPORTED = "reported"
    DONE = "done"
    NOT_OURS = "not_ours"
    RETURNED = "returned"


#: States in which no reminder is sent.
SILENT = frozenset({DutyState.REPORTED, DutyState.DONE, DutyState.NOT_OURS})


@dataclass(frozen=True, slots=True, order=True)
class DutyKey:
    """One occurrence of an obligation in one agency."""

    agency_id: str
    obligation_id: str
    occurrence: str

    @property
    def code(self) -> str:
        """12 hex digits that stand for the duty where there is no room (callback data); `FindDuty` reads them back."""
        whole = f"{self.agency_id}|{self.obligation_id}|{self.occurrence}"
        return hashlib.blake2s(whole.encode(), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class DutyRecord:
    """What was said of a duty. `assignee`: the person it was handed to; `open_since`: when it was called still open."""

    key: DutyKey
    state: DutyState | None
    open_since: dt.date | None
    assignee: int | None
    changed_at: dt.datetime


class EvidenceKind(StrEnum):
    """What a report is proved with; a text stands in the report itself."""

    PHOTO = "photo"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stored photo or file; `sha256` is the hex digest of its bytes and names the kept file."""

    kind: EvidenceKind
    file_name: str
    media_type: str
    size: int
    sha256: str


class ReportState(StrEnum):
    """An operator decides."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Report:
    """One report that a duty is done. `person_id` is None once the person was forgotten."""

    id: int
    key: DutyKey
    person_id: int | None
    note: str
    state: ReportState
    reported_at: dt.datetime
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()
