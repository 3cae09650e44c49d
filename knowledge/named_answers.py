"""Answers about names: what a term means, what a body must do, the rows of a table, what a text is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.analysis import analyse, analyse_question
from knowledge.answers import Answer, Intent, Status
from knowledge.citations import CitationReader
from knowledge.finding import Found
from knowledge.naming import ActorNames, TermNames, TitleWords
from knowledge.numerals import CARDINALS
from knowledge.provisions import Address, Corpus, Definition, Provision
from knowledge.quoting import HITS_MAX, Quoter, ranked
from knowledge.understanding import QuestionReading, is_filler, read_question

__all__ = ["NamedAnswers"]


class NamedAnswers:
    """Answers for the names of one corpus. Pure."""

    def __init__(self, corpus: Corpus, quoter: Quoter, citations: CitationReader, actors: ActorNames) -> None:
        self._corpus, self._quoter, self._citations, self._actors = corpus, quoter, citations, actors
        self._terms, self._titles = TermNames(corpus), TitleWords(corpus)

    def answer(self, question: str, found: Found, reading: QuestionReading, today: dt.date) -> Answer | None:
        """What a name in a question means where nothing narrower is asked of it, or None."""
        regulations = self._citations.named_regulations(reading.plain)
        if not reading.asks_duties_of:
            defined = self._defined(question, reading, regulations, today)
            if defined is not None:
                return defined
        if len(regulations) == 1 and _asks_of_text(self._citations.without_regulations(reading.plain)):
            return self._quoter.exact(question, Address(regulations[0]), Intent.LOOKUP, today)
        if reading.asks_rows:
            rows = self._rows(question, reading, regulations)
            if rows is not None:
                return rows
        if reading.asks_duties_of:
            return self._duties(question, reading, regulations, today)
        return None

    def _defined(
        self, question: str, reading: QuestionReading, regulations: Sequence[str], today: dt.date
    ) -> Answer | None:
        """«… یعنی چه؟»: of what stands where a term stands, or of a term among words that say nothing of any matter."""
        rest = self._citations.without_regulations(reading.plain) if regulations else reading.plain
        term = reading.defined_term
        definitions = self._terms.find(term, regulations) if term else []  # «حکمرانی داده‌مبنا» names a text, too
        if term and regulations and not definitions:
            definitions = self._terms.find(read_question(rest).defined_term or term, regulations)
        if not definitions and reading.intent is Intent.DEFINITION:
            definitions, rest = self._terms.named_in(rest, regulations)
            if not all(is_filler(word, "definition") for word in analyse(rest).words):
                return None
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
        for pattern, family, default in _LISTS:
            if not re.search(pattern, text):
                continue
            slugs = regulations or default
            rest = [w for w in analyse(text).words if not is_filler(w, "list")]
            rest = [w for w in rest if not any(w in analyse(a).words for s in slugs for a in self._titles.of(s))]
            if rest:
                continue  # something particular is asked about one of them: search decides
            rows = [
                p.address
                for slug in slugs
                for p in self._provisions(slug)
                if re.fullmatch(rf"{family}_[0-9]+", p.address.eid)
            ]
            if rows and all(n == len(rows) for n in _counts(text)):
                parent = self._corpus[rows[0]].parent
                return parent, rows
        return None, []

    def _provisions(self, slug: str) -> Sequence[Provision]:
        regulation = self._corpus.regulations.get(slug)
        return regulation.provisions if regulation else ()

    def _duties(
        self, question: str, reading: QuestionReading, regulations: Sequence[str], today: dt.date
    ) -> Answer | None:
        """«وزارت ارتباطات چه وظایفی دارد؟»: everything that charges this body, where nothing narrower is asked."""
        named = self._actors.find(reading.plain)
        if named is None:
            return None
        actor_id, name, rest = named
        words = [w for w in analyse(rest).words if not is_filler(w, "duties")]
        if regulations:  # words of the title of a text that is named; else they are the matter («برنامه عملیاتی»)
            words = [w for w in words if not self._titles.has(w)]
        if words:
            return None
        charged = [
            p.address
            for p in self._corpus
            if actor_id in p.responsible and (not regulations or p.address.regulation in regulations)
        ]
        if not charged:
            return None
        units = list(dict.fromkeys(self._corpus.unit_of(a) for a in charged))
        return Answer(
            question,
            Intent.RESPONSIBLE,
            Status.ANSWERED,
            confident=True,
            hits=ranked(units[:HITS_MAX]),
            provisions=tuple(charged),
            actor=name,
            responsible=(name,),
            confidence=1.0,
        )


#: «نقشه راه کی ابلاغ شد»، «مرجع تصویب …»، «چند ماده دارد»: what is asked of a text itself, and the words around it.
_OF_TEXT = re.compile(
    r"ابلاغ\w*|تصویب\w*|مصوب|شماره\w*|لازم ?الاجرا\w*|معتبر\w*|اعتبار\w*|صادر|صدور|منسوخ|چند (?:ماده|فصل|تبصره)"
)
_WHAT_IT_IS = re.compile(r"(?<![\u0621-\u06cc])(?:چیست|چیه|یعنی|چی هست)(?![\u0621-\u06cc])")
_AROUND_TEXT = re.compile(
    r"تاریخ\w*|مرجع|کی|کیه|چه|چی|چیه|چیست|کیست|کسی|کسانی|نهادی|از|تا|در|را|رو|چند|ماده|فصل|تبصره|دارد|داره|شد|شده|است|هست|"
    r"بود|کرد|کرده|هنوز|این|اون|زمان\w*|وقت|سال|روز|مال|و|کجا|کدام|کدوم|لازم|الاجرا\w*|موقع"
)


def _asks_of_text(rest: str) -> bool:
    """Whether nothing is asked but what a regulation is, or its own number, date, issuer, force or size."""
    words = re.findall(r"[\u0621-\u06cc0-9]+", rest)
    if words and all(is_filler(word, "definition") for word in words):
        return bool(_WHAT_IT_IS.search(rest))
    others = [w for w in words if not _AROUND_TEXT.fullmatch(w) and not _OF_TEXT.fullmatch(w)]
    return bool(_OF_TEXT.search(rest)) and not others


_LISTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (r"پروژه", "project", ("pilot-projects-1402",)),
    (r"گام", "step", ("smart-cycle-1404",)),
    (r"جدول|ردیف|زمان ?بندی", "timetable", ("eservices-1393",)),
    (r"مراحل|مرحله", "stage", ("roadmap-1404",)),
    (r"مراحل|مرحله", "phase", ("data-governance-1404",)),
    (r"فصل|فصول", "chp", ("roadmap-1404",)),
    (r"مصوبه|مصوبات", "res", ("pilot-projects-1402",)),
)


def _counts(text: str) -> list[int]:
    """Numbers of rows that a question names («شش‌گانه», «بیست پروژه»), years and the like apart."""
    values = (int(w) if w.isdigit() else CARDINALS.get(w, 0) for w in text.split())
    return [v for v in values if 2 < v < 100 and v != 93]
