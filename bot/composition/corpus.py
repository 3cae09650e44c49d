"""Reads corpus and register."""

from __future__ import annotations

from bot.composition.errors import CommandError
from bot.composition.places import REGULATIONS
from bot.settings import Settings
from knowledge.corpus_files import CorpusError, load_corpus
from knowledge.provisions import Corpus
from reminders.book_keeping import Books
from reminders.directory import load_structure
from reminders.due_dates import DueDates
from reminders.obligations import load_register
from reminders.working_calendar import WEEKEND_DAYS


def build_corpus(settings: Settings) -> tuple[Corpus, Books, DueDates]:
    weekend = [WEEKEND_DAYS[name] for name in settings.reminders.weekend]
    try:
        corpus = load_corpus(REGULATIONS)
        register = load_register(REGULATIONS, corpus)
        books = Books(register, corpus, load_structure(), weekend=weekend)
    except CorpusError as error:
        raise CommandError("\n".join(error.problems)) from error
    return corpus, books, DueDates(register, corpus, books.book)
