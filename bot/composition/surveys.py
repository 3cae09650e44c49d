"""Builds the surveys of an instance."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from bot.composition.clock import now
from bot.composition.errors import CommandError
from bot.composition.opened_storage import Kept, opened_storage
from bot.composition.places import HOME, texts
from bot.settings import Settings
from reminders.working_calendar import WEEKEND_DAYS, WorkingCalendar
from storage.unit_of_work import reminder_work, survey_work
from surveys.answering import SurveyRules
from surveys.case_work import tracking_code
from surveys.cataloguing import EXAMPLES
from surveys.periods import PeriodKind
from surveys.ports import AgencyDirectory
from surveys.questionnaire import load_questionnaires
from surveys.refusals import RefusedError
from surveys.use_cases import Surveys
from surveys.working_time import OfficeHours, WorkingDays

if TYPE_CHECKING:
    from reminders.book_keeping import Books

T = TypeVar("T")


def build_surveys(settings: Settings, kept: Kept, books: Books | None = None) -> Surveys:
    """`books` say when offices work, closures included; without them the public calendar does."""
    chosen, timezone = settings.reminders, ZoneInfo(settings.timezone)
    rules = SurveyRules(
        questionnaires=load_questionnaires(HOME / "surveys" / "questionnaires"),
        period=PeriodKind(settings.surveys.period),
        timezone=timezone,
        clock=now,
        new_id=lambda: secrets.token_hex(16),
        new_code=lambda: tracking_code(secrets.choice),
        person_key=kept.secret.asker_key,
    )
    weekend = [WEEKEND_DAYS[name] for name in chosen.weekend]
    days: WorkingDays = WorkingCalendar(closures={}, weekend=weekend) if books is None else books
    # An office that closes at 24 closes at the last minute of its day.
    closes = dt.time(chosen.to_hour) if chosen.to_hour < 24 else dt.time(23, 59)
    hours = OfficeHours(days, timezone, dt.time(chosen.from_hour), closes)
    repositories = kept.repositories

    async def directory() -> AgencyDirectory:
        from bot.composition.corpus import build_corpus

        known = books or build_corpus(settings)[1]  # half a second that only imports take
        async with reminder_work(kept.database) as work:
            return (await known.view(work)).directory

    return Surveys(
        lambda: survey_work(kept.database),
        repositories.surveys,
        repositories.first_answers,
        rules,
        hours,
        directory,
        escalates=chosen.escalate_after_days > 0,
    )


async def with_surveys(settings: Settings, act: Callable[[Kept, Surveys], Awaitable[T]]) -> T:
    """Does something with the surveys of the open database; CommandError with one line for what they refuse."""
    async with opened_storage(settings) as kept:
        surveys = build_surveys(settings, kept)
        await bring_examples(surveys)
        try:
            return await act(kept, surveys)
        except RefusedError as refusal:
            raise CommandError(texts().plain(refusal.message_key, **refusal.details)) from refusal


async def bring_examples(surveys: Surveys) -> None:
    """An empty catalogue gets the examples of the texts, so that there is something to rate."""
    if not await surveys.list_services():
        await surveys.import_services(EXAMPLES.read_bytes(), dry_run=False)
