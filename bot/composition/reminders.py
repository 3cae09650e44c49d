"""Builds the reminders of an instance."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.composition.clock import now
from bot.composition.corpus import build_corpus
from bot.composition.errors import CommandError
from bot.composition.opened_storage import Kept, opened_storage
from bot.composition.places import evidence_dir, texts
from bot.settings import Settings
from reminders.book_keeping import Books
from reminders.calendar_feed import CalendarWords
from reminders.office_hours import OfficeHours
from reminders.refusals import RefusedError
from reminders.schedule import Cadence
from reminders.use_cases import Reminders
from storage.evidence_files import EvidenceFolder
from storage.unit_of_work import reminder_work

T = TypeVar("T")


def build_reminders(settings: Settings, books: Books, kept: Kept) -> Reminders:
    chosen, t = settings.reminders, texts().plain
    return Reminders(
        lambda: reminder_work(kept.database),
        books,
        OfficeHours(ZoneInfo(settings.timezone), chosen.from_hour, chosen.to_hour),
        EvidenceFolder(evidence_dir(settings)),
        cadence=Cadence(chosen.leads, chosen.escalate_after_days or None),
        calendar_words=CalendarWords(t("calendar-name"), t("calendar-due"), t("calendar-quote"), t("calendar-reading")),
        clock=now,
        new_token=lambda: secrets.token_urlsafe(24),
    )


async def with_reminders(settings: Settings, act: Callable[[Reminders], Awaitable[T]]) -> T:
    """Does something with the reminders of the open database; CommandError with one line for what they refuse."""
    _, books, _ = build_corpus(settings)
    async with opened_storage(settings) as kept:
        try:
            return await act(build_reminders(settings, books, kept))
        except RefusedError as refusal:
            raise CommandError(texts().plain(refusal.message_key, **refusal.details)) from refusal
