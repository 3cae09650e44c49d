"""Builds corpus, register and answering."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.composition.corpus import build_corpus
from bot.composition.errors import CommandError
from bot.composition.places import data_dir, texts
from bot.settings import Settings
from knowledge.answering import QuestionAnswerer
from knowledge.confidence import load_confidence
from knowledge.finding import open_finder
from knowledge.index import Progress
from knowledge.limit_wordings import open_limit_wordings
from knowledge.provisions import Corpus
from reminders.book_keeping import Books
from reminders.due_dates import DueDates


@dataclass(frozen=True)
class Knowledge:
    """Corpus, register and answering, ready to use. `dates` counts from what `books` last read in the database."""

    corpus: Corpus
    books: Books
    dates: DueDates
    answerer: QuestionAnswerer


def build_knowledge(
    settings: Settings, on_progress: Progress, taught: Mapping[str, Sequence[str]] | None = None
) -> Knowledge:
    """`taught`: wordings that operators accepted, by address; None: they are not asked for."""
    corpus, books, dates = build_corpus(settings)
    corpus = corpus.taught(taught or {})
    directory = index_directory(data_dir(settings), taught)
    try:
        finder = open_finder(corpus, directory, on_progress)
        wordings = open_limit_wordings(dates.register.wordings(), dates.register.conflicting(), directory)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandError(texts().plain("cli-index-failed", path=str(directory), reason=reason)) from error
    answerer = QuestionAnswerer(
        corpus,
        finder,
        dates,
        wordings,
        confidence=load_confidence(),
        length_max=settings.conversation.question_length_max,
    )
    return Knowledge(corpus, books, dates, answerer)


def index_directory(data: Path, taught: Mapping[str, Sequence[str]] | None) -> Path:
    """Where the index is kept: that of accepted wordings stands beside that of the corpus alone.

    Where no wording is left, theirs is deleted: the last one may have gone because its author was forgotten.
    """
    of_taught = data / "index-taught"
    if taught is not None and not taught:
        shutil.rmtree(of_taught, ignore_errors=True)
    return of_taught if taught else data / "index"
