"""The real corpus and register for tests, read once a process, and the moment at which they are looked at."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from knowledge.corpus_files import load_corpus
from knowledge.provisions import Corpus
from reminders.directory import Directory, load_structure
from reminders.due_dates import DueDates
from reminders.obligations import load_register

__all__ = ["NOON", "TEHRAN", "real_corpus", "real_dates", "real_directory"]

REGULATIONS = Path(__file__).parents[2] / "knowledge" / "regulations"
TEHRAN = ZoneInfo("Asia/Tehran")
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
def real_directory() -> Directory:
    """The agencies of the texts and the structure; nobody imported any."""
    return Directory(real_corpus(), load_structure())
