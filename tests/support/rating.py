"""A survey desk for tests: use cases over a real database, a clock that stands, ids that count."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from zoneinfo import ZoneInfo

from reminders.directory import Directory
from storage.database import Database
from storage.survey_first_answers import SqlFirstAnswers
from storage.survey_work import SurveyWork
from storage.unit_of_work import survey_work
from surveys.answering import FinishSurvey, GiveAnswer, OpenSurvey, SurveyRules
from surveys.case import Case, CaseKind, CaseState
from surveys.case_work import CaseRules
from surveys.periods import PeriodKind
from surveys.questionnaire import WRITTEN, load_questionnaires
from surveys.responses import Respondent, Response, Standing, asker_of, once_of
from surveys.services import Service
from surveys.use_cases import Surveys
from surveys.working_time import OfficeHours
from tests.support.corpus import real_directory
from tests.support.memory import plain_asker_key

__all__ = ["BIRTH", "EXAMPLE", "NOW", "TEHRAN", "SurveyDesk", "case_of", "open_directory", "respondent", "response_of"]

TEHRAN = ZoneInfo("Asia/Tehran")
NOW = dt.datetime(2026, 11, 21, 6, 30, tzinfo=dt.UTC)  # Saturday 10:00 in Tehran, 30 Aban 1405
QUESTIONNAIRES = Path(__file__).parents[2] / "surveys" / "questionnaires"
BIRTH = Service("1000", "درخواست صدور شناسنامه", "سازمان ثبت احوال کشور", "civil-registration")
CLOSED = Service("1001", "خدمت برچیده", "سازمان ثبت احوال کشور", active=False)
EXAMPLE = Service("EXAMPLE-1", "درخواست صدور شناسنامه", "سازمان ثبت احوال کشور", "civil-registration")


async def open_directory() -> Directory:
    """The agencies as a catalogue's import sees them."""
    return real_directory()


class IranianWeek:
    """Thursday and Friday off, no holidays."""

    def is_working(self, day: dt.date) -> bool:
        return day.weekday() not in (3, 4)


def respondent(number: int, platform: str = "telegram") -> Respondent:
    return Respondent(number, platform, 7_000_000 + number)


def response_of(who: Respondent, service_id: str, *, text: str | None = None) -> Response:
    """A finished response, not stored yet."""
    day = NOW.astimezone(TEHRAN).date()
    once = once_of(plain_asker_key, who, service_id, "1405-Q3")
    return Response(
        id=0,
        uid=f"uid-{who.platform}-{who.person_id}-{service_id}",
        code=f"CODE{who.platform}{who.person_id}-{service_id}",
        service_id=service_id,
        channel=who.platform,
        period="1405-Q3",
        period_ends=dt.date(2026, 12, 21),
        once=once,
        asker=asker_of(plain_asker_key, who.platform, who.platform_id),
        questionnaire="default",
        version=1,
        answers={"overall": 2, "words": WRITTEN if text else None},
        text=text,
        finished=True,
        standing=Standing.COUNTED,
        again=None,
        day=day,
        month="1405-08",
        answered_at=NOW,
    )


def case_of(response: Response, person_id: int) -> Case:
    """A fresh case of it, not stored yet."""
    return Case(
        id=0,
        uid=f"case-{response.uid}",
        code=response.code,
        kind=CaseKind.SURVEY,
        state=CaseState.RECEIVED,
        service_id=response.service_id,
        agency_id="civil-registration",
        response_id=response.id,
        question_id=None,
        person_id=person_id,
        text=response.text,
        answer=None,
        received_at=NOW,
        due_at=NOW,
        remind_at=NOW,
    )


class SurveyDesk:
    """`now` may be moved."""

    def __init__(self, database: Database, *, ids: str = "id", clock: Callable[[], dt.datetime] | None = None) -> None:
        self.database, self.now = database, NOW
        self._ids = itertools.count(1)
        self.rules = SurveyRules(
            questionnaires=load_questionnaires(QUESTIONNAIRES),
            period=PeriodKind.QUARTER,
            timezone=TEHRAN,
            clock=clock or (lambda: self.now),
            new_id=lambda: f"{ids}-{next(self._ids)}",
            new_code=lambda: f"CODE{ids.upper()}{next(self._ids)}",
            person_key=plain_asker_key,
        )
        self.case_rules = CaseRules(self.rules, OfficeHours(IranianWeek(), TEHRAN))
        hours, first_answers = OfficeHours(IranianWeek(), TEHRAN), SqlFirstAnswers(database)
        self.surveys = Surveys(self.work, SurveyWork(database), first_answers, self.rules, hours, open_directory)
        self.open = OpenSurvey(self.work, self.rules)
        self.give = GiveAnswer(self.work, first_answers, self.rules)
        self.finish = FinishSurvey(self.work, self.rules)

    def work(self) -> AbstractAsyncContextManager[SurveyWork]:
        return survey_work(self.database)

    async def prepared(self) -> SurveyDesk:
        """With three services in the catalogue."""
        async with self.work() as work:
            await work.services.put([BIRTH, CLOSED, EXAMPLE])
        return self
