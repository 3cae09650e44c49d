"""Answers to questions that lean on what is on the table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from knowledge.analysis import analyse, stem
from knowledge.answers import Answer, Intent, Missing, Status
from knowledge.belonging import Beside, load_belonging
from knowledge.citations import CitationReader
from knowledge.cited_answers import PART_LEAD
from knowledge.confidence import ConfidenceModel
from knowledge.everyday_speech import everyday_speech
from knowledge.finding import Found, ProvisionFinder
from knowledge.follow_ups import (
    FollowUp,
    FollowUpReader,
    asks_alike,
    asks_instead,
    asks_limits,
    follow_up,
    picked,
    picked_first,
)
from knowledge.labels import label
from knowledge.limit_answers import LimitAnswers
from knowledge.limit_lists import LimitQuery, Wanted
from knowledge.limit_queries import LimitQueryReader
from knowledge.naming import ActorNames, TermNames, TitleWords
from knowledge.numerals import nth
from knowledge.on_table import OnTable
from knowledge.provisions import CONTAINERS, ITEMS, Address, Corpus, Kind
from knowledge.quoting import Quoter, ranked, unsure
from knowledge.understanding import QuestionReading, plain, read_question

__all__ = ["FollowUpAnswers"]

_NOTE = "تبصره"
#: Kinds by which a follow-up may name what it wants («گام بعدی»), in plain letters.
_KINDS = {
    _NOTE: (Kind.NOTE,),
    "ماده": (Kind.ARTICLE,),
    "بند": (Kind.LIST_ITEM,),
    "گام": (Kind.STEP,),
    "مرحله": (Kind.STAGE, Kind.PHASE),
    "پروژه": (Kind.TABLE_ROW,),
    "ردیف": (Kind.TABLE_ROW,),
    "فصل": (Kind.CHAPTER,),
}
_DUTIES = ("وظایف",)
#: Kinds of which one is told by its place among its like.
_COUNTED = frozenset({Kind.STEP, Kind.STAGE, Kind.PHASE, Kind.NOTE, Kind.RESOLUTION, *ITEMS})
#: … even where they list something themselves.
_COUNTED_FIRST = frozenset({Kind.STEP, Kind.STAGE, Kind.PHASE})
#: From this margin on (`Found.aspect`) what is asked of the provision on the table sounds like what no text tells.
UNTOLD = -0.35
#: … of «شهرستانی چی؟», from this one on.
ALIKE_UNTOLD = 0.2
#: … where nothing else is said, from this one on.
STRANGE = 0.7
#: From this confidence on the best unit of a text that is named is where the same is found that was asked of another.
SAME_SURE = 0.25
#: … and in a conversation, where one of its matters is asked for.
NAMED_SURE = 0.5
#: From this confidence on the best unit of the text on the table is what a question is about.
NEAR_SURE = 0.4


class FollowUpAnswers:
    """Answers follow-ups over one corpus. Pure."""

    def __init__(
        self,
        corpus: Corpus,
        finder: ProvisionFinder,
        quoter: Quoter,
        citations: CitationReader,
        actors: ActorNames,
        limit_queries: LimitQueryReader,
        limit_answers: LimitAnswers,
        *,
        confidence: ConfidenceModel,
    ) -> None:
        self._corpus, self._finder, self._quoter, self._confidence = corpus, finder, quoter, confidence
        self._citations, self._actors = citations, actors
        self._limit_queries, self._limit_answers = limit_queries, limit_answers
        self._titles, self._terms = TitleWords(corpus), TermNames(corpus)
        self._reader = FollowUpReader(corpus, finder.is_word)
        self.belonging = load_belonging()

    # -- what is nothing but a follow-up -------------------------------------------------------------------------

    def answer(self, question: str, table: OnTable, today: dt.date) -> Answer | None:
        """The answer to a question that stands only beside what was shown; None for every other one."""
        if (place := picked(question, len(table.listed))) is not None:
            intent = table.asked if table.asked in (Intent.DEADLINE, Intent.RESPONSIBLE) else Intent.LOOKUP
            return self._quoter.exact(question, table.listed[place], intent, today)
        if (counted := picked_first(question)) and (chosen := self._counted(counted[0], table)):
            return self._of_counted(question, chosen, counted[1], today)
        kind = follow_up(question)
        if table.status is Status.ASKED_BACK and kind in (FollowUp.DEADLINE, FollowUp.RESPONSIBLE):
            return self._asked_back(question, Intent(kind.value), table.listed)
        if table.shown is not None and kind is not None:
            return self._follow(question, kind, table.shown, today)
        if query := self._changed(question, table, today):
            return self._limit_answers.of(question, query, today)
        return None

    def _counted(self, number: int, table: OnTable) -> Address | None:
        """The one of those that were listed, of what is listed in the provision on the table, or of its like beside it
        («دومی» behind the first stage).
        """
        family: Sequence[Address] = table.listed
        if len(family) < 2 and table.shown is not None:
            shown = self._corpus[table.shown]
            items = [p.address for p in self._corpus.children(shown.address) if p.kind in (Kind.RESOLUTION, *ITEMS)]
            counted = self._corpus.family(shown.address) if shown.kind in _COUNTED else ()
            family = counted if shown.kind in _COUNTED_FIRST else items or counted
        return nth(family, number)

    def _of_counted(self, question: str, chosen: Address, rest: str, today: dt.date) -> Answer | None:
        kind = follow_up(rest) if rest else FollowUp.WHOLE
        if kind is FollowUp.WHOLE:
            return self._quoter.exact(question, chosen, Intent.LOOKUP, today)
        return None if kind is None else replace(self._follow(rest, kind, chosen, today), question=question)

    def _asked_back(self, question: str, intent: Intent, listed: Sequence[Address]) -> Answer:
        return Answer(
            question,
            intent,
            Status.ASKED_BACK,
            confident=True,
            hits=ranked(listed),
            provisions=tuple(listed),
            confidence=1.0,
        )

    def _follow(self, question: str, kind: FollowUp, shown: Address, today: dt.date) -> Answer:
        unit = self._corpus.unit_of(shown)
        match kind:
            case FollowUp.NOTES:
                return self._notes(question, shown, today)
            case FollowUp.NEXT | FollowUp.PREVIOUS:
                return self._beside(question, shown, Intent.LOOKUP, today, after=kind is FollowUp.NEXT)
            case FollowUp.DEADLINE if not shown.eid:
                query = LimitQuery(Wanted.EVERY, regulations=(shown.regulation,))
                return self._limit_answers.of(question, query, today)
            case FollowUp.DEADLINE:
                return self._quoter.exact(question, shown, Intent.DEADLINE, today)
            case FollowUp.RESPONSIBLE:
                return self._quoter.exact(question, shown, Intent.RESPONSIBLE, today)
            case FollowUp.WHOLE:
                return self._quoter.exact(question, unit, Intent.LOOKUP, today)

    def _notes(self, question: str, shown: Address, today: dt.date) -> Answer:
        """The notes of an item where it has its own, else of its unit, the first one quoted; or that it has none."""
        unit = self._corpus.unit_of(shown)
        own = [p.address for p in self._corpus.descendants(shown) if p.kind is Kind.NOTE]
        notes = own or [p.address for p in self._corpus.unit_parts(unit) if p.kind is Kind.NOTE]
        if not notes:
            none = Missing(unit, _NOTE, "", None, None)
            return replace(self._quoter.exact(question, unit, Intent.LOOKUP, today), missing=none)
        first = self._quoter.exact(question, notes[0], Intent.LOOKUP, today)
        return replace(first, hits=ranked(notes), provisions=tuple(notes))

    def _beside(self, question: str, shown: Address, intent: Intent, today: dt.date, *, after: bool) -> Answer:
        """The provision behind the one on the table, or before it; or that none stands there.

        Of a part it is the next part, else the next unit, unless the question names the kind: «گام بعدی» of an article
        is the next step, «تبصره بعدی» of an article are its notes.
        """
        corpus, text = self._corpus, plain(question)
        unit, edge = corpus.unit_of(shown), shown
        if (word := next((word for word in _KINDS if word in text), None)) is not None:
            around = (corpus[shown], *corpus.ancestors(shown))
            named = next((p.address for p in around if p.kind in _KINDS[word]), None)
            if named is None and word == _NOTE:
                return self._notes(question, unit, today)
            edge = named or unit
        there = corpus.neighbours(edge)[after]
        if there is None and _NOTE not in text:
            edge = unit
            there = corpus.neighbours(unit)[after] or (None if after else self._citations.targets.before_first(unit))
        if there is not None:
            return self._quoter.exact(question, there, intent, today)
        missing = self._citations.targets.beyond(edge, after=after)
        if missing is None:
            return self._quoter.exact(question, shown, Intent.LOOKUP, today)
        return Answer(question, Intent.LOOKUP, Status.NO_SUCH_PROVISION, confident=True, missing=missing)

    def _changed(self, question: str, table: OnTable, today: dt.date) -> LimitQuery | None:
        """Other limits than those listed before («ماه بعد چی؟»), or those of the body whose duties were listed."""
        if table.listing is not None and self._limit_queries.read(question, today) is None:
            return self._limit_queries.changed(question, table.listing, today)
        if table.actor is None:
            return None
        when = table.shown is None and read_question(question).intent is Intent.DEADLINE
        if asks_limits(question) or (when and not self._reader.leaning(question).matter):
            return LimitQuery(Wanted.EVERY, actor=table.actor)
        return None

    # -- the same of something else ------------------------------------------------------------------------------

    def instead(self, question: str, table: OnTable, today: dt.date) -> str | Answer | None:
        """«تو حکمرانی داده چی؟», «وزارت کشور چی؟»: the same as before of another text or body, or which of several
        texts is meant; as an answer or as a question that stands by itself. None for every other question.
        """
        text = plain(question)
        choosing = table.status is Status.ASKED_BACK
        if table.asked is Intent.DEFINITION and not choosing and (term := self._another_term(text, table)):
            return term
        regulations, rest = self._texts(text)
        if len(regulations) == 1 and asks_instead(question, self._untitled(rest, regulations[0]), marked=not choosing):
            chosen = [at for at in table.listed if at.regulation == regulations[0]] if choosing else []
            if len(chosen) == 1:
                return self._quoter.exact(question, chosen[0], table.asked, today)
            return self._of_text(question, regulations[0], table, today)
        if table.actor is not None and table.listing is None and (named := self._actors.find(text)):
            return f"وظایف {named[1]}" if asks_instead(question, named[2]) else None
        return None

    def _another_term(self, text: str, table: OnTable) -> str | None:
        """«دستگاه اصلی»، «مرکز تبادل اطلاعات چی» behind a definition: a question for the definition of that term."""
        named, rest = self._texts(text)
        definitions, beside = self._terms.named_in(rest, named)
        if not definitions or not asks_instead(text, beside, marked=False):
            return None
        defining = {definition.address.regulation for definition in definitions}
        nearest = (*named, table.shown.regulation) if table.shown else named
        here = [slug for slug in nearest if slug in defining]
        where = f" در {self._corpus.regulations[here[0]].short_title}" if here else ""
        return f"تعریف {definitions[0].term}{where}"

    def _texts(self, text: str) -> tuple[Sequence[str], str]:
        """The texts that a plain question names, and what it says beside them."""
        if regulations := self._citations.texts.named(text):
            return regulations, self._citations.texts.without(text)
        return self._citations.texts.named_shortly(text)

    def _untitled(self, rest: str, slug: str) -> str:
        """What a question says beside the name of a text, without the other words of its title."""
        title = self._citations.texts.of_title(slug)
        return " ".join(word for word in rest.split() if word.strip("؟?،.!") not in title)

    def _of_text(self, question: str, slug: str, table: OnTable, today: dt.date) -> str | Answer | None:
        """The question that was asked last, of another text, or its answer."""
        title = self._corpus.regulations[slug].short_title
        if table.actor is not None:
            return f"وظایف {table.actor} در {title}"
        matter = " ".join(word for word in table.words if not self._titles.has(word))
        if table.shown is not None and (table.asked is Intent.LOOKUP or not matter):
            return f"{label(table.shown, self._corpus, with_regulation=False)} {title}" if table.shown.eid else None
        if not matter:
            return None
        found = self._finder.find(matter, regulations=(slug,))
        if not found.units or self._confidence.of(found) < SAME_SURE:
            return replace(unsure(question, found), words=table.words)
        part = self._part_within(found.units[0].address, found, table.asked, today)
        return replace(self._quoter.exact(question, part, table.asked, today, found), words=table.words)

    # -- what leans on it ----------------------------------------------------------------------------------------

    def leaning(self, question: str, reading: QuestionReading, table: OnTable, today: dt.date) -> Answer | None:
        """What a question that says nothing of any other matter asks of what is on the table: «چقدر وقت داره؟»."""
        shown = self._quotable(table)
        if shown is None:
            return None
        named, rest = self._texts(reading.plain)
        leaning = self._reader.leaning(rest if tuple(named) == (shown.regulation,) else question)
        if leaning.matter or self._finder.asked_aspect(question, self._corpus.unit_of(shown)) > STRANGE:
            return None
        asked, intent = leaning.asked, leaning.intent
        if asked in (FollowUp.NEXT, FollowUp.PREVIOUS):
            wanted = intent if intent in (Intent.DEADLINE, Intent.RESPONSIBLE) else Intent.LOOKUP
            return self._beside(question, shown, wanted, today, after=asked is FollowUp.NEXT)
        if intent is Intent.DEADLINE or (intent is Intent.RESPONSIBLE and not reading.asks_duties_of):
            return self._quoter.exact(question, self._part_named(asked, shown), intent, today)
        if leaning.points and reading.asks_duties_of and self._says(self._corpus.unit_of(shown), _DUTIES):
            return self._quoter.exact(question, self._corpus.unit_of(shown), intent, today)  # «وظایف آن چیست؟»
        return None if asked is None else self._follow(question, asked, shown, today)

    def _part_named(self, asked: FollowUp | None, shown: Address) -> Address:
        """«تبصره آن را کدام دستگاه …»، «خود ماده چه مهلتی …»: the note of what is shown, or the whole of it."""
        if asked is FollowUp.WHOLE:
            return self._corpus.unit_of(shown)
        notes = [p.address for p in self._corpus.descendants(shown) if p.kind is Kind.NOTE]
        return notes[0] if asked is FollowUp.NOTES and notes else shown

    def within(
        self,
        question: str,
        found: Found,
        confidence: float,
        reading: QuestionReading,
        table: OnTable,
        today: dt.date,
    ) -> Answer | None:
        """What a question asks of the unit on the table, or of its text, that no search is sure of by itself.

        `found`: what fits the question by itself, and with which `confidence`.
        """
        shown = self._quotable(table)
        if shown is None:
            return None
        unit, (named, _) = self._corpus.unit_of(shown), self._texts(reading.plain)
        leaning, best = self._reader.leaning(found.question), found.units[0].address
        near, alike = confidence >= NEAR_SURE, asks_alike(found.question)
        if named and unit.regulation not in named:  # «همین آموزش تو نقشه راه قبلی چی بود؟»
            sure = near and leaning.points and found.aspect <= UNTOLD
            told = best.regulation in named and (sure or (confidence >= NAMED_SURE and found.aspect <= ALIKE_UNTOLD))
            return self._quoter.exact(question, found.units[0].part, reading.intent, today, found) if told else None
        beside = Beside(
            found,
            unit,
            confidence,
            aspect=self._finder.asked_aspect(found.question, unit),
            points=leaning.points,
            matter=len(leaning.matter),
            said=self._says(unit, (*leaning.matter, *leaning.nouns)),
            alike=alike,
        )
        wanted: Address | None = None
        if self.belonging.is_asked_of_it(beside):
            wanted = unit
        elif best.regulation == unit.regulation and found.aspect <= (ALIKE_UNTOLD if alike else UNTOLD):
            wanted = best if alike or near else None
        if wanted is None:
            return None
        part = self._part_within(shown if wanted == unit else wanted, found, reading.intent, today)
        return self._quoter.exact(question, part, reading.intent, today, found)

    def _says(self, unit: Address, words: Sequence[str]) -> bool:
        """Whether a unit says all these words, if there are any."""
        if not words:
            return False
        parts = self._corpus.unit_parts(unit)
        own = {stem(word) for part in parts for word in analyse(f"{part.heading} {part.wording}").words}
        written = (everyday_speech().spelled.get(word, word) for word in words)  # «دبیرخونه»
        return all(stem(word) in own for word in analyse(" ".join(written)).words)

    def _part_within(self, shown: Address, found: Found, intent: Intent, today: dt.date) -> Address:
        """The part of a unit that the question is about, else what is shown of it."""
        unit = self._corpus.unit_of(shown)
        scores = {p.address: found.part_scores.get(p.address, 0.0) for p in self._corpus.unit_parts(unit)}
        best = max(scores, key=lambda at: scores[at])
        if scores[best] < PART_LEAD * scores.get(shown, 0.0) or not scores[best]:
            best = shown
        if intent is Intent.DEADLINE:
            return self._quoter.limited(found.question, scores, best, found, today) or best
        return best

    def _quotable(self, table: OnTable) -> Address | None:
        """What is on the table, where that is a provision that orders something; the likeliest of what was offered."""
        offered = table.listed[:1] if table.status is Status.NO_CONFIDENT_ANSWER else ()
        at = table.shown or next(iter(offered), None)
        shown = at and self._corpus.get(at)
        return shown.address if shown and shown.kind not in CONTAINERS else None
