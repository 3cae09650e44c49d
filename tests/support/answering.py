"""The real corpus, register and answerer for tests; the index is built once a process, in a directory of its own."""

from __future__ import annotations

import datetime as dt
import itertools
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.links import Links
from knowledge.answering import QuestionAnswerer
from knowledge.asking import AskQuestion, QuestionLog, RateAnswer
from knowledge.confidence import load_confidence
from knowledge.corpus_files import load_corpus
from knowledge.finding import open_finder
from knowledge.provisions import Corpus
from reminders.due_dates import DueDates
from reminders.obligations import load_register
from tests.support.memory import plain_asker_key

__all__ = ["NOON", "QUESTION_LENGTH_MAX", "TEHRAN", "real_answerer", "real_corpus", "real_dates", "real_dependencies"]

REGULATIONS = Path(__file__).parents[2] / "knowledge" / "regulations"
TEHRAN = ZoneInfo("Asia/Tehran")
QUESTION_LENGTH_MAX = 300
#: 1404-08-30 in Tehran: three months after the limit of article 21 of the roadmap.
NOON = dt.datetime(2025, 11, 21, 8, 30, tzinfo=dt.UTC)


@cache
def real_corpus() -> Corpus:
    return load_corpus(REGULATIONS)


@cache
def real_dates() -> DueDates:
    corpus = real_corpus()
    return DueDates(load_register(REGULATIONS, corpus), corpus, dict)


@cache
def real_answerer() -> QuestionAnswerer:
    index = Path(_index_home().name)
    finder = open_finder(real_corpus(), index, lambda done, total: None)
    return QuestionAnswerer(
        real_corpus(), finder, real_dates(), confidence=load_confidence(), length_max=QUESTION_LENGTH_MAX
    )


@cache
def _index_home() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="rahyar-index-")


def real_dependencies(
    log: QuestionLog,
    *,
    clock: Callable[[], dt.datetime] = lambda: NOON,
    asker_key: Callable[[str, int], str] = plain_asker_key,
    links: Links | None = None,
) -> Mapping[str, Any]:
    """What handlers get by name, beside `people`, `texts` and `clock`, which the dispatcher gets by itself."""
    ticks = itertools.count()
    answerer = real_answerer()
    return {
        "corpus": real_corpus(),
        "limits": real_dates(),
        "answerer": answerer,
        "ask": AskQuestion(
            answerer, log, clock=clock, stopwatch=lambda: next(ticks) / 1e3, asker_key=asker_key, timezone=TEHRAN
        ),
        "rate": RateAnswer(log, clock=clock, asker_key=asker_key),
        "links": links or Links(public_url="https://rahyar.example", bot_username="rahyar_bot"),
        "timezone": TEHRAN,
        "question_length_max": QUESTION_LENGTH_MAX,
        "question_text_days": 90,
    }
