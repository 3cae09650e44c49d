"""How a case gets from one state to the next, and who hears of it, inside the transaction of whoever moves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final, Protocol

from surveys.case import Case, CaseKind, CaseState, CaseStep, Colleague, case_event
from surveys.events import EventKind
from surveys.ports import SurveyWork
from surveys.responses import Response
from surveys.services import EXAMPLE_PREFIX

__all__ = [
    "ASKED_AGAIN_FOR",
    "UNTOLD_FOR",
    "Change",
    "Times",
    "announce",
    "close",
    "colleagues_of",
    "may_be_wished",
    "move",
    "outcome_key",
    "tell_heads",
    "tell_holders",
    "tell_outcome",
    "words_changed",
]

#: An outcome that cannot be told (its reader has blocked the bot) is given up after so long, and with it the link.
UNTOLD_FOR: Final = dt.timedelta(days=30)
#: Told an outcome, a person has so long to say how satisfied they are now; then the case closes by itself.
ASKED_AGAIN_FOR: Final = dt.timedelta(days=7)


class Times(Protocol):
    """The moment, aware, and the day in Tehran."""

    def now(self) -> dt.datetime: ...
    def today(self) -> dt.date: ...


class Change(StrEnum):
    """Why those who act hear of a case; NOBODY: it was handed to an agency for which nobody acts yet."""

    NEW = "new"
    AGAIN = "again"
    EDITED = "edited"
    HANDED = "handed"
    NOBODY = "nobody"
    RETURNED = "returned"
    ASSIGNED = "assigned"


async def move(
    work: SurveyWork,
    case: Case,
    state: CaseState,
    times: Times,
    *,
    by: int | None = None,
    note: str = "",
    changes: Mapping[str, Any] | None = None,
) -> Case:
    """The case in its next state, stored with a step of its history and an event; RefusedError where none leads."""
    case.must_allow(state)
    now = times.now()
    moved = replace(case, state=state, revision=case.revision + 1, **(changes or {}))
    if state is CaseState.ANSWERED:
        moved = replace(moved, remind_at=now + UNTOLD_FOR)
    elif state is CaseState.ASKED_AGAIN or (state is CaseState.OUTCOME_TOLD and case.kind is CaseKind.QUESTION):
        moved = replace(moved, remind_at=now + ASKED_AGAIN_FOR)
    await work.cases.save(moved)
    await work.cases.add_step(CaseStep(case.id, state, now, by, note))
    await announce(work, moved, _EVENTS.get(state, EventKind.CASE_CHANGED), times)
    return moved


_EVENTS: Final = {CaseState.CLOSED: EventKind.CASE_CLOSED, CaseState.RECEIVED: EventKind.CASE_OPENED}


async def close(
    work: SurveyWork, case: Case, times: Times, *, note: str, changes: Mapping[str, Any] | None = None
) -> Case:
    """Nothing leads to the person any more, and what was still to be told them is not."""
    await work.notices.unlink(outcome_key(case.uid))
    closed = {"person_id": None, "closed_at": times.now(), **(changes or {})}
    return await move(work, case, CaseState.CLOSED, times, note=note, changes=closed)


async def announce(work: SurveyWork, case: Case, kind: EventKind, times: Times) -> None:
    """Questions of "Ask" are no service's results and stay here, as those of the examples do."""
    if case.service_id and not case.service_id.startswith(EXAMPLE_PREFIX):
        await work.events.add(case_event(case, kind, times.today()))


# -- the person's words ----------------------------------------------------------------------------------------------


def may_be_wished(case: Case | None, words: str | None, steps: Sequence[CaseStep]) -> bool:
    """Whether a wish to hear the outcome of these words opens a case: no other is open, nor was theirs told already."""
    if case is None:
        return True
    if case.state.waits_for_answer or case.state is CaseState.ANSWERED:
        return False
    return case.text != words or not _told(steps)


def _told(steps: Sequence[CaseStep]) -> bool:
    """Since the case was opened last."""
    for step in reversed(steps):
        if step.state in (CaseState.OUTCOME_TOLD, CaseState.RECEIVED):
            return step.state is CaseState.OUTCOME_TOLD
    return False


async def words_changed(work: SurveyWork, response: Response, times: Times) -> None:
    """The case of a response, while it waits for its answer, has the words that the response has now.

    Without any there is nothing to answer: it closes.
    """
    case = await work.cases.of_response(response.id, lock=True)
    if case is None or not case.state.waits_for_answer or case.text == response.text:
        return
    if response.text is None:
        await close(work, case, times, note="withdrawn", changes={"text": None})
        return
    edited = replace(case, text=response.text, revision=case.revision + 1)
    await work.cases.save(edited)
    await work.cases.add_step(CaseStep(case.id, case.state, times.now(), note="edited"))
    await announce(work, edited, EventKind.CASE_CHANGED, times)
    await tell_holders(work, edited, "case_new", times, Change.EDITED)


# -- who hears of it -------------------------------------------------------------------------------------------------


async def colleagues_of(work: SurveyWork, case: Case) -> list[Colleague]:
    """The agency's people, else the operators."""
    people = await work.staff.named(case.agency_id) if case.agency_id else []
    return people or await work.staff.named("")


async def tell_holders(work: SurveyWork, case: Case, kind: str, times: Times, change: Change = Change.NEW) -> None:
    """Who has it in hand while they act for the agency and are there, else all of its people, else the operators."""
    people = await work.staff.present(case.agency_id, times.today())
    if not people:
        people = await work.staff.present("", times.today())
        change = Change.NOBODY if change is Change.HANDED else change
    people = [case.holder_id] if case.holder_id in people else people
    payload = {
        "case_id": case.id,
        "code": case.code,
        "service_id": case.service_id,
        "kind": case.kind.value,
        "change": change.value,
        "due_at": case.due_at.isoformat(),
    }
    for person_id in people:
        key = f"case:{case.uid}:{kind}:{case.revision}:{case.reminded}:{person_id}"
        await work.notices.put(key, person_id, kind, payload, times.now())


async def tell_heads(work: SurveyWork, case: Case, times: Times) -> int:
    """How many heads of its agency hear that a case is overdue; operators have none."""
    heads = await work.staff.heads(case.agency_id) if case.agency_id else []
    service = await work.services.get(case.service_id) if heads and case.service_id else None
    payload = {"case_id": case.id, "code": case.code, "service_title": service.title if service else ""}
    for person_id in heads:
        key = f"case:{case.uid}:case_escalated:{case.revision}:{case.reminded}:{person_id}"
        await work.notices.put(key, person_id, "case_escalated", payload, times.now())
    return len(heads)


async def tell_outcome(work: SurveyWork, case: Case, at: dt.datetime) -> None:
    """The answer goes to the person, whom the case must still know."""
    assert case.person_id is not None, "nobody to tell"
    service = await work.services.get(case.service_id) if case.service_id else None
    payload = {
        "case_id": case.id,
        "code": case.code,
        "kind": case.kind.value,
        "service_title": service.title if service else "",
        "agency": service.agency if service else "",
        "question": case.text if case.kind is CaseKind.QUESTION else None,
        "answer": case.answer,
    }
    await work.notices.put(outcome_key(case.uid), case.person_id, "case_outcome", payload, at)


def outcome_key(uid: str) -> str:
    """Under which the message that tells an outcome stands in the ledger."""
    return f"case:{uid}:outcome"
