"""Answers about names: what a term means, what a body must do, the rows of a table, what a text is."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from knowledge.analysis import analyse, analyse_question
from knowledge.answers import Answer, Intent, Status
from knowledge.body_answers import BodyAnswers
from knowledge.citations import CitationReader
from knowledge.finding import Found
from knowledge.naming import ActorNames, TermNames, TitleWords
from knowledge.numerals import CARDINALS
from knowledge.provisions import Address, Corpus, Definition, Provision
from knowledge.quoting import HITS_MAX, Quoter, ranked
from knowledge.understanding import QuestionReading, is_filler, read_question, whole_words

__all__ = ["NamedAnswers"]


class NamedAnswers:
    """Answers for the names of one corpus. Pure."""

    def __init__(self, corpus: Corpus, quoter: Quoter, citations: CitationReader, actors: ActorNames) -> None:
        self._corpus, self._quoter, self._citations = corpus, quoter, citations
        self._terms, self._titles = TermNames(corpus), TitleWords(corpus)
        self._bodies = BodyAnswers(corpus, actors, self._titles)

    def answer(self, question: str, found: Found, reading: QuestionReading, today: dt.date) -> Answer | None:
        """What a name in a question means where nothing narrower is asked of it, or None."""
        regulations = self._citations.texts.named(reading.plain)
        families = [listed.family for listed in _words().lists if listed.word.search(reading.plain)]
        rest = self._citations.texts.without(reading.plain) if regulations else reading.plain
        if roles := self._bodies.roles(question, reading.plain, rest, regulations, families):
            return roles
        if not reading.asks_duties_of:
            defined = self._defined(question, reading, rest, regulations, today)
            if defined is not None:
                return defined
        if text := self._asked_text(rest, regulations):
            return self._quoter.exact(question, text, Intent.LOOKUP, today)
        if reading.asks_rows:
            rows = self._rows(question, reading, regulations)
            if rows is not None:
                return rows
        if reading.asks_duties_of:
            return self._bodies.duties(question, reading, regulations)
        return None

    def _where(self, text: str, term: str) -> Sequence[str]:
        """Texts by short names beside the term: «سامانه در چرخه», not those in it («چرخه هوشمندسازی»)."""
        return self._citations.texts.named_shortly(text.replace(term, " "))[0]

    def _asked_text(self, rest: str, regulations: Sequence[str]) -> Address | None:
        """The one text that a question names, where it asks for nothing but what it is, or its own number, date,
        issuer, force or size; for these a short name does, too. `rest`: the question without `regulations`.
        """
        named = regulations
        if not named:
            named, rest = self._citations.texts.named_shortly(rest)
        asked = _asks_of_text(rest) or (bool(regulations) and _asks_what_it_is(rest))
        return Address(named[0]) if len(named) == 1 and asked else None

    def _defined(
        self, question: str, reading: QuestionReading, rest: str, regulations: Sequence[str], today: dt.date
    ) -> Answer | None:
        """«… یعنی چه؟»: of what stands where a term stands, or of a term among words that say nothing of any matter."""
        term = reading.defined_term
        definitions = self._terms.find(term, regulations) if term else []  # «حکمرانی داده‌مبنا» names a text, too
        if term and regulations and not definitions:
            definitions = self._terms.find(read_question(rest).defined_term or term, regulations)
        if not definitions and reading.intent is Intent.DEFINITION:
            definitions, rest = self._terms.named_in(rest, regulations)
            if not all(is_filler(word, "definition") for word in analyse(rest).words):
                return None
        if term:
            where = self._where(reading.plain, term)
            definitions = sorted(definitions, key=lambda definition: definition.address.regulation not in where)
        return self._definition(question, definitions, today) if definitions else None

    def _definition(self, question: str, definitions: Sequence[Definition], today: dt.date) -> Answer:
        answer = self._quoter.exact(question, definitions[0].address, Intent.DEFINITION, today)
        hits = ranked([d.address for d in definitions])
        return replace(
            answer,
            definition=definitions[0],
            hits=hits,
            provisions=tuple(d.address for d in definitions),
            words=analyse_question(definitions[0].term).words,
        )

    def _rows(self, question: str, reading: QuestionReading, regulations: Sequence[str]) -> Answer | None:
        """A list of rows, steps, stages or chapters where that is all that was asked."""
        container, rows = self._enumerated(reading.plain, regulations)
        if not rows:
            return None
        return Answer(
            question,
            Intent.TABLE,
            Status.ANSWERED,
            confident=True,
            hits=ranked([container, *rows][:HITS_MAX]) if container else ranked(rows[:HITS_MAX]),
            main=container,
            provisions=tuple(rows),
            confidence=1.0,
        )

    def _enumerated(self, text: str, regulations: Sequence[str]) -> tuple[Address | None, list[Address]]:
        for listed in _words().lists:
            if not listed.word.search(text):
                continue
            slugs = regulations or (listed.of,)
            rest = [w for w in analyse(text).words if not is_filler(w, "list")]
            rest = [w for w in rest if not any(w in analyse(a).words for s in slugs for a in self._titles.of(s))]
            if rest:
                continue  # something particular is asked about one of them: search decides
            rows = [
                p.address
                for slug in slugs
                for p in self._provisions(slug)
                if re.fullmatch(rf"{listed.family}_[0-9]+", p.address.eid)
            ]
            if rows and all(n == len(rows) for n in _counts(text)):
                parent = self._corpus[rows[0]].parent
                return parent, rows
        return None, []

    def _provisions(self, slug: str) -> Sequence[Provision]:
        regulation = self._corpus.regulations.get(slug)
        return regulation.provisions if regulation else ()


@dataclass(frozen=True, slots=True)
class _List:
    """Rows by the word for them and the `family` of their eids; `of`: the slug of the text where none is named."""

    word: re.Pattern[str]
    family: str
    of: str


@dataclass(frozen=True, slots=True)
class _Words:
    what_it_is: re.Pattern[str]
    of_text: re.Pattern[str]
    around_text: re.Pattern[str]
    lists: Sequence[_List]


@lru_cache(maxsize=1)
def _words() -> _Words:
    """named_answers.toml."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return _Words(
        what_it_is=whole_words(data["what_it_is"]),
        of_text=re.compile("|".join(data["of_text"])),
        around_text=re.compile("|".join(data["around_text"])),
        lists=[_List(re.compile(row["word"]), row["family"], row["of"]) for row in data["lists"]],
    )


def _asks_of_text(rest: str) -> bool:
    """Whether nothing is asked but a regulation's own number, date, issuer, force or size."""
    words = _words()
    others = re.findall(r"[\u0621-\u06cc0-9]+", rest)
    others = [w for w in others if not words.around_text.fullmatch(w) and not words.of_text.fullmatch(w)]
    return bool(words.of_text.search(rest)) and not others


def _asks_what_it_is(rest: str) -> bool:
    """Whether nothing is asked but what a regulation is."""
    words = re.findall(r"[\u0621-\u06cc0-9]+", rest)
    asked = bool(_words().what_it_is.search(rest))
    return asked and all(is_filler(word, "definition") for word in words)


def _counts(text: str) -> list[int]:
    """Numbers of rows that a question names («شش‌گانه», «بیست پروژه»), years and the like apart."""
    values = (int(w) if w.isdigit() else CARDINALS.get(w, 0) for w in text.split())
    return [v for v in values if 2 < v < 100 and v != 93]
