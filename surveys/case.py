"""A case: a comment that wants an answer, or a question that went to an expert, until its outcome was told.

received → acknowledged → with the agency → answered → outcome told → asked again → closed. Steps may be left out
towards the answer, never backwards; the link to the person is cut when the case closes. A new wish of theirs makes it
anew and opens the case again: received once more or, where the answer was never told, answered.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from surveys.events import Event, EventKind
from surveys.refusals import RefusedError

__all__ = [
    "ESCALATED",
    "FOLLOWING",
    "Case",
    "CaseFilter",
    "CaseKind",
    "CaseState",
    "CaseStep",
    "Colleague",
    "KeptAnswer",
    "KeptKind",
    "case_event",
    "repeats",
]


class CaseKind(StrEnum):
    """Where a case comes from."""

    SURVEY = "survey"
    QUESTION = "question"


class CaseState(StrEnum):
    """Where it stands."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    WITH_AGENCY = "with_agency"
    ANSWERED = "answered"
    OUTCOME_TOLD = "outcome_told"
    ASKED_AGAIN = "asked_again"
    CLOSED = "closed"

    @property
    def waits_for_answer(self) -> bool:
        return self in (CaseState.RECEIVED, CaseState.ACKNOWLEDGED, CaseState.WITH_AGENCY)


_S = CaseState
#: What may follow what. Everything may be closed: the person withdrew, or was forgotten. What was told or closed may be
#: opened again by the person's wish.
FOLLOWING: Final = {
    _S.RECEIVED: frozenset({_S.ACKNOWLEDGED, _S.WITH_AGENCY, _S.ANSWERED, _S.CLOSED}),
    _S.ACKNOWLEDGED: frozenset({_S.WITH_AGENCY, _S.ANSWERED, _S.CLOSED}),
    _S.WITH_AGENCY: frozenset({_S.WITH_AGENCY, _S.ANSWERED, _S.CLOSED}),
    _S.ANSWERED: frozenset({_S.OUTCOME_TOLD, _S.CLOSED}),
    _S.OUTCOME_TOLD: frozenset({_S.ASKED_AGAIN, _S.RECEIVED, _S.CLOSED}),
    _S.ASKED_AGAIN: frozenset({_S.RECEIVED, _S.CLOSED}),
    _S.CLOSED: frozenset({_S.RECEIVED, _S.ANSWERED}),
}


@dataclass(frozen=True, slots=True)
class Case:
    """`agency_id` holds it ("" : the operators, until handed over); `text` is the comment, personal data masked.

    `person_id` is the only link to whoever wrote it. `holder_id` is the one of the agency's people who has it in hand,
    None while all of them do. `due_at`: the answer; `remind_at`: when its holders hear of it
    (again). `id` is 0 before it is stored.
    """

    id: int
    uid: str
    code: str
    kind: CaseKind
    state: CaseState
    service_id: str
    agency_id: str
    response_id: int | None
    question_id: int | None
    person_id: int | None
    text: str | None
    answer: str | None
    received_at: dt.datetime
    due_at: dt.datetime
    remind_at: dt.datetime
    reminded: int = 0
    answered_by: int | None = None
    answered_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None
    revision: int = 1
    holder_id: int | None = None

    def must_allow(self, state: CaseState) -> None:
        """RefusedError when this state cannot follow the present one."""
        if state not in FOLLOWING[self.state]:
            raise RefusedError("case-not-now")


#: The note of the step with which heads were told.
ESCALATED: Final = "escalated"


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One line of a case's history. `by` is a staff person's id; None: the system or the citizen.

    `note` says what else happened: "assigned", "edited" by its author, "wished again", "withdrawn", handed to
    "operators", "escalated" to the heads of its agency.
    """

    case_id: int
    state: CaseState
    at: dt.datetime
    by: int | None = None
    note: str = ""

    @property
    def begins(self) -> bool:
        """Whether with it the case came to those who sit on it: it was opened, opened again, or handed over."""
        return self.state in (CaseState.RECEIVED, CaseState.WITH_AGENCY) and self.note in (
            "",
            "wished again",
            "operators",
        )


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may have a case in hand, by the name under which they joined."""

    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a list of cases should hold; `agencies` None is every agency's, "" among them stands for the operators.

    The most pressing come first, with `newest_first` those that came last: what is done presses nobody.
    """

    agencies: frozenset[str] | None = None
    service_id: str | None = None
    states: tuple[CaseState, ...] = ()
    words: str = ""
    overdue_at: dt.datetime | None = None
    newest_first: bool = False
    limit: int = 10
    offset: int = 0


class KeptKind(StrEnum):
    """As what an expert's answer is proposed to the corpus."""

    ASKED_AS = "asked_as"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A wording or note proposed for a provision ("roadmap-1404/art_21"); `state`: proposed | accepted | refused."""

    id: int
    case_id: int
    kind: KeptKind
    address: str
    text: str
    state: str
    made_by: int
    made_at: dt.datetime


def repeats(kept: str, words: str) -> bool:
    """Whether what was kept of a case says only what the person wrote, or holds all of it; spaces do not count."""
    one, other = " ".join(kept.split()), " ".join(words.split())
    return bool(one and other) and (one in other or other in one)


def case_event(case: Case, kind: EventKind, day: dt.date) -> Event:
    """What the Organization's store hears of a case: words and answer, no person."""
    return Event(
        uid=f"{case.uid}.{case.revision}",
        kind=kind,
        service_id=case.service_id,
        subject=case.uid,
        revision=case.revision,
        day=day,
        payload={
            "case_id": case.uid,
            "service_id": case.service_id,
            "agency_id": case.agency_id,
            "revision": case.revision,
            "kind": case.kind.value,
            "state": case.state.value,
            "answer": case.answer,
            "received": case.received_at.date().isoformat(),
        },
        text=case.text,
    )
