"""Figures for Prometheus: questions by how they ended and how long they took, messages, open pages, the inbox.

Counts and durations only; no text, no person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from knowledge.asking import AskedQuestion, QuestionLog
from knowledge.provisions import Address

__all__ = ["MeteredQuestionLog", "Metrics"]

_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Metrics:
    """The figures of this process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.questions = Counter(
            "rahyar_questions",
            "Questions by how they ended",
            ("platform", "intent", "status"),
            registry=self.registry,
        )
        self.question_seconds = Histogram(
            "rahyar_question_seconds",
            "From a question's text to its answer, storing excluded",
            registry=self.registry,
            buckets=_BUCKETS_S,
        )
        self.chat_inputs = Counter(
            "rahyar_web_inputs", "Messages and presses of the web chat", ("kind",), registry=self.registry
        )
        self.open_streams = Gauge("rahyar_web_streams", "Chat pages that listen now", registry=self.registry)
        self.inbox = Gauge("rahyar_inbox", "Updates by outcome", ("platform", "outcome"), registry=self.registry)

    def set_inbox(self, platform: str, counts: Mapping[str, int]) -> None:
        """Replaces the figures of one platform's inbox."""
        self.inbox.labels(platform, "pending").set(0)
        for outcome, count in counts.items():
            self.inbox.labels(platform, outcome).set(count)

    def exposition(self) -> bytes:
        """Everything in the Prometheus text format."""
        return generate_latest(self.registry)


class MeteredQuestionLog:
    """A `QuestionLog` that counts what passes through it to `log`."""

    def __init__(self, log: QuestionLog, metrics: Metrics) -> None:
        self._log, self._metrics = log, metrics

    async def add(self, question: AskedQuestion) -> int:
        self._metrics.questions.labels(question.platform, question.intent.value, question.status.value).inc()
        self._metrics.question_seconds.observe(question.latency_ms / 1e3)
        return await self._log.add(question)

    async def text_of(self, question_id: int, asker: str) -> str | None:
        return await self._log.text_of(question_id, asker)

    async def clicked(self, question_id: int, asker: str, address: Address) -> bool:
        return await self._log.clicked(question_id, asker, address)

    async def rated(self, question_id: int, asker: str, useful: bool, at: dt.datetime) -> bool:
        return await self._log.rated(question_id, asker, useful, at)
