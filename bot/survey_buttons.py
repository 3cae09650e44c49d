"""Callback data of surveys, cases and results. Whoever handles a press checks the rights again: codes can be forged."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.case_marks import CASE, COLLEAGUE, KEPT, SEND_ANSWER

__all__ = [
    "CaseAction",
    "CaseButton",
    "CaseList",
    "CaseScope",
    "ColleagueButton",
    "ExpertButton",
    "ExportButton",
    "HeldButton",
    "KeptButton",
    "OutcomeButton",
    "ReportButton",
    "ReportList",
    "ReviewAction",
    "ReviewButton",
    "ServiceButton",
    "SurveyAction",
    "SurveyButton",
    "SurveyStep",
]

_Id = Annotated[int, Field(ge=1, le=2**53)]
_ServiceId = Annotated[str, Field(max_length=40, pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$")]


class ServiceButton(CallbackData, prefix="se"):
    """Opens the survey of a service."""

    service: _ServiceId


class SurveyButton(CallbackData, prefix="sv"):
    """Answers a step: `step` is the question's place in its questionnaire, `value` the place of the choice from 1."""

    service: _ServiceId
    step: Annotated[int, Field(ge=0, le=9)]
    value: Annotated[int, Field(ge=1, le=20)]


class ReviewButton(SurveyButton, prefix="sc"):
    """The same while the person goes through their answers once more."""


class SurveyStep(StrEnum):
    """What else can be done in a survey; `SKIP` takes an answer back that is gone through once more."""

    SKIP = "s"
    FINISH = "f"
    CHANGE = "c"
    WORDS = "t"
    WISH = "w"
    NO_WISH = "n"
    KEEP = "k"


class SurveyAction(CallbackData, prefix="sa"):
    """Leaves a step out, finishes, reviews all answers, changes the own words, or asks to hear of the outcome."""

    service: _ServiceId
    action: SurveyStep
    step: Annotated[int, Field(ge=0, le=9)] = 0


class ReviewAction(SurveyAction, prefix="sd"):
    """Keeps an answer that is gone through once more, or takes it back."""


class ExpertButton(CallbackData, prefix="xp"):
    """Sends a question that found no confident answer to an expert."""

    question: _Id


class OutcomeButton(CallbackData, prefix="oc"):
    """How satisfied somebody is after the outcome."""

    case: _Id
    face: Annotated[int, Field(ge=1, le=5)]


class CaseAction(StrEnum):
    """What staff do with a case."""

    SHOW = "s"
    SEEN = "k"
    ANSWER = "a"
    HAND_OVER = "h"
    BACK = "b"
    KEEP = "p"
    ASSIGN = "g"
    WHOLE = "w"


class CaseButton(CallbackData, prefix=CASE):
    """One case."""

    case: _Id
    action: CaseAction


class CaseSendButton(CallbackData, prefix=SEND_ANSWER):
    """Sends the answer to a case; `shown` is the `short_code` of the answer that the preview shows."""

    case: _Id
    shown: Annotated[str, Field(pattern=r"^[0-9a-f]{0,12}$")]


class ColleagueButton(CallbackData, prefix=COLLEAGUE):
    """Puts a case into a colleague's hands."""

    case: _Id
    person: _Id


class CaseScope(StrEnum):
    """Which cases a list holds."""

    OPEN = "o"
    OVERDUE = "l"
    ANSWERED = "a"
    CLOSED = "c"
    FOUND = "f"


class CaseList(CallbackData, prefix="cl2"):
    """A page of cases; FOUND ones are those of the words that were asked for last."""

    page: Annotated[int, Field(ge=0, le=999)] = 0
    scope: CaseScope = CaseScope.OPEN


class KeptButton(CallbackData, prefix=KEPT):
    """An operator accepts or refuses a wording that was kept of an answer."""

    kept: _Id
    accept: bool


class HeldList(CallbackData, prefix="hl"):
    """What is held until an operator decides."""


class HeldButton(CallbackData, prefix="he2"):
    """Lets the held responses of a service count, or excludes them: those up to `last`, which were shown."""

    service: _ServiceId
    count: bool
    last: Annotated[int, Field(ge=1, le=10**15)]


_OneOrAll = Annotated[str, Field(max_length=40, pattern=r"^([0-9A-Za-z][0-9A-Za-z._-]{0,39})?$")]


class ReportButton(CallbackData, prefix="rp"):
    """The results of a service, or of all."""

    service: _OneOrAll = ""


class ReportList(CallbackData, prefix="rl"):
    """A page of the services whose results one may see."""

    page: Annotated[int, Field(ge=0, le=9999)] = 0


class ExportButton(CallbackData, prefix="ex"):
    """All responses as a file, or those of one service."""

    format: Annotated[str, Field(pattern=r"^(xlsx|csv|parquet)$")]
    service: _OneOrAll = ""
