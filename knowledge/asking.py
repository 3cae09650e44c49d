"""Use cases around one question: answer it, keep what is needed to get better, note what the person thought of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from knowledge.answers import Answer, Intent, Status
from knowledge.on_table import NOTHING, OnTable
from knowledge.provisions import Address

__all__ = ["Answerer", "AskQuestion", "Asked", "AskedQuestion", "QuestionLog", "RateAnswer"]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """What is stored of a question: pseudonymous, its text for 90 days, none at all of a refused one."""

    asker: str  # keyed hash of (platform, platform id)
    platform: str
    text: str | None
    intent: Intent
    status: Status
    confidence: float
    first_hit: Address | None
    latency_ms: float
    asked_at: dt.datetime


class QuestionLog(Protocol):
    """Questions with status, latency and clicked candidate."""

    async def add(self, question: AskedQuestion) -> int:
        """Stores it and returns its id."""
        ...

    async def text_of(self, question_id: int, asker: str) -> str | None:
        """What somebody asked; None when the question is not theirs, or its text was deleted."""
        ...

    async def clicked(self, question_id: int, asker: str, address: Address) -> bool:
        """Notes which candidate the asker opened; False when the question is not theirs or gone."""
        ...

    async def rated(self, question_id: int, asker: str, useful: bool, at: dt.datetime) -> bool:
        """Notes «مفید بود؟», the latest answer counts; False when the question is not theirs or gone."""
        ...


class Answerer(Protocol):
    """Answers without keeping anything (`knowledge.answering`)."""

    def answer(self, question: str, *, today: dt.date, table: OnTable = NOTHING) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's answer and the id under which it was stored (None: storing failed, the answer stands)."""

    question_id: int | None
    answer: Answer


class AskQuestion:
    """Answers a question and stores how it ended."""

    def __init__(
        self,
        answerer: Answerer,
        log: QuestionLog,
        *,
        clock: Callable[[], dt.datetime],
        stopwatch: Callable[[], float],
        asker_key: Callable[[str, int], str],
        timezone: dt.tzinfo,
    ) -> None:
        self._answerer, self._log = answerer, log
        self._clock, self._stopwatch, self._asker_key, self._timezone = clock, stopwatch, asker_key, timezone

    async def __call__(self, text: str, *, platform: str, platform_id: int, table: OnTable) -> Asked:
        started = self._stopwatch()
        now = self._clock()
        answer = self._answerer.answer(text, today=now.astimezone(self._timezone).date(), table=table)
        keeps_text = answer.status not in (Status.REFUSED_PERSONAL_DATA, Status.TOO_LONG)
        question_id = await self._log.add(
            AskedQuestion(
                asker=self._asker_key(platform, platform_id),
                platform=platform,
                text=text if keeps_text else None,
                intent=answer.intent,
                status=answer.status,
                confidence=answer.confidence,
                first_hit=answer.hits[0].address if answer.hits else None,
                latency_ms=(self._stopwatch() - started) * 1e3,
                asked_at=now,
            )
        )
        return Asked(question_id, answer)


class RateAnswer:
    """Notes what the asker thought of an answer, or which candidate they opened; finds what they had asked."""

    def __init__(
        self, log: QuestionLog, *, clock: Callable[[], dt.datetime], asker_key: Callable[[str, int], str]
    ) -> None:
        self._log, self._clock, self._asker_key = log, clock, asker_key

    async def useful(self, question_id: int, useful: bool, *, platform: str, platform_id: int) -> bool:
        return await self._log.rated(question_id, self._asker_key(platform, platform_id), useful, self._clock())

    async def text_of(self, question_id: int, *, platform: str, platform_id: int) -> str | None:
        return await self._log.text_of(question_id, self._asker_key(platform, platform_id))

    async def clicked(self, question_id: int, address: Address, *, platform: str, platform_id: int) -> bool:
        return await self._log.clicked(question_id, self._asker_key(platform, platform_id), address)
