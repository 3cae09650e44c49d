"""The real answerer for tests; its index is built once a process, in a directory of its own."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bot.links import Links
from bot.ports import Wakeups
from bot.progress import ProgressBoard
from knowledge.answering import QuestionAnswerer
from knowledge.asking import AskQuestion, QuestionLog, RateAnswer
from knowledge.confidence import ConfidenceModel, load_confidence
from knowledge.finding import Found, ProvisionFinder, open_finder
from knowledge.limit_wordings import LimitWordings, open_limit_wordings
from reminders.duties import DutyList
from reminders.places import Place
from reminders.refusals import RefusedError
from reminders.use_cases import Reminders
from storage.exports.made import ExportMaker
from surveys.answering import SurveyPage
from surveys.case import Case, CaseFilter
from surveys.refusals import RefusedError as ServiceRefusedError
from surveys.responses import Respondent, Response
from surveys.services import FoundService
from surveys.use_cases import Surveys
from tests.support.corpus import NOON, TEHRAN, real_corpus, real_dates
from tests.support.memory import plain_asker_key

__all__ = ["QUESTION_LENGTH_MAX", "NoSurveys", "give_index", "real_answerer", "real_dependencies", "steady_answerer"]

QUESTION_LENGTH_MAX = 300


class VoidLinks:
    """Invitations, all of them void."""

    async def open(self, person_id: int, token: str) -> None:
        raise RefusedError("remind-invitation-invalid")


class Strangers:
    """The reminders as somebody meets them who acts for no agency and knows no secret."""

    accept_invitation = VoidLinks()

    async def list_places(self, person_id: int) -> Sequence[Place]:
        return ()

    async def list_duties(self, person_id: int) -> Sequence[DutyList]:
        return ()

    async def is_last_operator(self, person_id: int) -> bool:
        return False

    async def read_event_sentence(self, person_id: int, text: str) -> None:
        return None


class NoSurveys:
    """Surveys of a town without services."""

    async def open(self, who: Respondent, service_id: str, *, channel: str) -> SurveyPage:
        raise ServiceRefusedError("service-unknown", id=service_id)

    async def find_cases(self, wanted: CaseFilter, *, by: int) -> Sequence[Case]:
        return ()

    async def list_held(self, *, by: int) -> Sequence[Response]:
        return ()

    async def find_service(self, words: str, limit: int = 8) -> Sequence[FoundService]:
        return ()


async def keeps_no_files(chat_id: int) -> None:
    """There are none to be forgotten."""


async def for_ever(seconds: float) -> None:
    """A sleep that nobody wakes from."""
    await asyncio.Event().wait()


class Silence:
    """Wakes nobody."""

    def plan_soon(self) -> None:
        pass

    def send_soon(self) -> None:
        pass


class CoverageOnly(ConfidenceModel):
    """As sure as the words of the question are found: conversations are tested apart from the fitted model."""

    def of(self, found: Found) -> float:
        return found.units[0].coverage if found.units else 0.0


@cache
def real_finder() -> ProvisionFinder:
    return open_finder(real_corpus(), _home() / "index", lambda done, total: None)


@cache
def real_limit_wordings() -> LimitWordings:
    register = real_dates().register
    return open_limit_wordings(register.wordings(), register.conflicting(), _home() / "index")


def give_index(data_dir: Path) -> None:
    """Lays the index where an instance over `data_dir` looks for it: what takes longest of a first start is done once."""
    real_finder()
    real_limit_wordings()
    shutil.copytree(_home() / "index", data_dir / "index")


@cache
def real_answerer() -> QuestionAnswerer:
    """The answerer as the product has it."""
    return _answerer(load_confidence())


@cache
def steady_answerer() -> QuestionAnswerer:
    """The same with a confidence that no fitting changes."""
    return _answerer(CoverageOnly((), 0.0, 0.6))


def _answerer(confidence: ConfidenceModel) -> QuestionAnswerer:
    return QuestionAnswerer(
        real_corpus(),
        real_finder(),
        real_dates(),
        real_limit_wordings(),
        confidence=confidence,
        length_max=QUESTION_LENGTH_MAX,
    )


def _home() -> Path:
    return Path(_home_of_this_process().name)


@cache
def _home_of_this_process() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="rahyar-tests-")


def real_dependencies(
    log: QuestionLog,
    *,
    clock: Callable[[], dt.datetime] = lambda: NOON,
    asker_key: Callable[[str, int], str] = plain_asker_key,
    links: Links | None = None,
    answerer: QuestionAnswerer | None = None,
    reminders: Reminders | None = None,
    wakeups: Wakeups | None = None,
    progress_board: ProgressBoard | None = None,
    surveys: Surveys | None = None,
) -> Mapping[str, Any]:
    """What handlers get by name, beside `people`, `texts` and `clock`, which the dispatcher gets by itself."""
    ticks = itertools.count()
    answerer = answerer or steady_answerer()
    return {
        "corpus": real_corpus(),
        "limits": real_dates(),
        "answerer": answerer,
        "ask": AskQuestion(
            answerer, log, clock=clock, stopwatch=lambda: next(ticks) / 1e3, asker_key=asker_key, timezone=TEHRAN
        ),
        "reminders": reminders or Strangers(),
        "wakeups": wakeups or Silence(),
        "progress_board": progress_board or ProgressBoard(sleep=for_ever),
        "surveys": surveys or NoSurveys(),
        "forget_files": keeps_no_files,
        "make_export": ExportMaker(_home()),
        "rate": RateAnswer(log, clock=clock, asker_key=asker_key),
        "links": links or Links(public_url="https://rahyar.example", bot_username="rahyar_bot"),
        "timezone": TEHRAN,
        "question_length_max": QUESTION_LENGTH_MAX,
        "question_text_days": 90,
    }
