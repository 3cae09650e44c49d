"""From a question to an answer: references first, then what was shown, then definitions, bodies, tables and search.

Extractive: an answer only points at provisions. Pure: it neither stores nor sends nor reads a clock.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from knowledge.answers import PERHAPS_MAX, Answer, Intent, Status
from knowledge.citations import CitationReader
from knowledge.cited_answers import PART_LEAD, CitedAnswers
from knowledge.confidence import ConfidenceModel
from knowledge.counted_parts import counted_part
from knowledge.finding import Found, FoundUnit, ProvisionFinder
from knowledge.follow_up_answers import FollowUpAnswers
from knowledge.follow_ups import without_correction
from knowledge.limit_answers import LimitAnswers
from knowledge.limit_preference import LimitPreference
from knowledge.limit_queries import LimitQueryReader
from knowledge.limit_wordings import LimitWordings
from knowledge.limits import LimitBook
from knowledge.named_answers import NamedAnswers
from knowledge.naming import ActorNames
from knowledge.on_table import NOTHING, OnTable
from knowledge.personal_data import find_personal_data
from knowledge.provisions import Address, Corpus
from knowledge.quoting import Quoter, units_of, unsure
from knowledge.understanding import QuestionReading, read_question, without_elapsed
from knowledge.written_words import WrittenWords

__all__ = ["MASKED", "QuestionAnswerer"]

#: What `mask_personal_data` leaves behind: a question with it was refused before it was stored.
MASKED = "█"
#: Confidence from which on it is told how a question without a confident answer was read. Below, it is of another
#: matter and the reading mostly wrong («مادهٔ غذایی» as «قضایی»): of the tuning questions that were read otherwise, 4 of
#: 35 that the texts answer lie below, and 454 of 476 that they do not.
TOLD_FROM = 0.2
PREFERRED_AMONG = 5  # units of a ranking that a question's intent may rearrange
PREFERENCE = 2.0  # in the finder's score, where a unit e times as likely is 1 ahead


class QuestionAnswerer:
    """Answers questions over one corpus. Thread-safe, no state between questions."""

    def __init__(
        self,
        corpus: Corpus,
        finder: ProvisionFinder,
        limits: LimitBook,
        wordings: LimitWordings,
        *,
        confidence: ConfidenceModel,
        length_max: int,
    ) -> None:
        """`length_max`: characters of a question that is still read."""
        self._corpus, self._finder, self.limits, self.wordings = corpus, finder, limits, wordings
        self.preference = LimitPreference(corpus, limits, wordings)
        self._confidence, self._length_max = confidence, length_max
        self._citations, actors = CitationReader(corpus, finder.is_everyday), ActorNames(corpus)
        self._quoter = Quoter(corpus, limits, wordings)
        self._cited = CitedAnswers(corpus, finder, limits, self._quoter, self._citations, actors, confidence=confidence)
        self._named = NamedAnswers(corpus, self._quoter, self._citations, actors)
        self._limit_queries = LimitQueryReader(corpus, self._citations, actors)
        self._limit_answers = LimitAnswers(corpus, limits)
        self.follow_ups = FollowUpAnswers(
            corpus,
            finder,
            self._quoter,
            self._citations,
            actors,
            self._limit_queries,
            self._limit_answers,
            confidence=confidence,
        )

    def answer(self, question: str, *, today: dt.date, table: OnTable = NOTHING) -> Answer:
        """The answer to one question; a follow-up refers to what is on the table."""
        answer = self._answered(question, today, table)
        if answer.corrected is None:
            return answer
        return replace(answer, corrected=self._written.put_in(answer.corrected, question))

    @cached_property
    def _written(self) -> WrittenWords:
        """Read when a question is first corrected."""
        return WrittenWords(self._corpus)

    def _answered(self, question: str, today: dt.date, table: OnTable) -> Answer:
        """The same with a correction in the folded words of search."""
        if refused := self._refused(question):
            return refused
        if table == NOTHING:
            return self._answered_alone(question, today, table)
        asked = without_correction(question)
        answer = self.follow_ups.answer(asked, table, today)
        if answer is None and (other := self.follow_ups.instead(asked, table, today)):
            if isinstance(other, str):
                other = replace(self._answered_alone(other, today, NOTHING), corrected=None)
            answer = other
        return replace(answer or self._answered_alone(asked, today, table), question=question)

    def _answered_alone(self, question: str, today: dt.date, table: OnTable) -> Answer:
        """The answer to a question that is more than a follow-up; what is on the table may tell what it leaves open."""
        if listed := self._listed(question, today):
            return listed
        reading = read_question(question)
        cited = self._cited.answer(question, reading, table.shown, today)
        if cited is not None and cited.status is not Status.ASKED_BACK:
            return cited
        matter = without_elapsed(question)
        found = self._found(question, matter)
        if cited is not None:
            return self._cited.once_corrected(question, cited, found, table.shown, today) or cited
        if found.corrected:
            if listed := self._listed(found.corrected, today):
                return replace(listed, question=question, corrected=found.told)
            reading = read_question(found.corrected)
            if matter != question:
                reading = replace(reading, intent=Intent.DEADLINE)
            followed = self.follow_ups.answer(found.corrected, table, today)
            followed = followed or self.follow_ups.leaning(found.corrected, reading, table, today)
            if followed := followed or self._cited.answer(found.corrected, reading, table.shown, today):
                return replace(followed, question=question, corrected=found.told)
        elif leaning := self.follow_ups.leaning(question, reading, table, today):
            return leaning
        elif matter != question:
            reading = replace(read_question(matter), intent=Intent.DEADLINE)
        answer = self._named.answer(question, found, reading, today)
        answer = answer or self._searched(question, found, reading, table, today)
        if answer.status is Status.NO_CONFIDENT_ANSWER:
            if lacking := self._cited.of_lacking(found.corrected or question, Intent.LOOKUP):
                return replace(lacking, question=question)
            if answer.confidence < TOLD_FROM:
                return answer
        return replace(answer, corrected=found.told)

    def _listed(self, question: str, today: dt.date) -> Answer | None:
        """«این ماه چه مهلتی داریم؟»: every limit of a kind, where nothing narrower is asked."""
        query = self._limit_queries.read(question, today)
        return None if query is None else self._limit_answers.of(question, query, today)

    # -- before anything is looked up ----------------------------------------------------------------------------

    def _refused(self, question: str) -> Answer | None:
        status = None
        if MASKED in question or find_personal_data(question):
            status = Status.REFUSED_PERSONAL_DATA
        elif len(question) > self._length_max:
            status = Status.TOO_LONG
        elif not re.search(r"\w", question):
            status = Status.EMPTY
        return None if status is None else Answer(question, Intent.NONE, status)

    # -- search --------------------------------------------------------------------------------------------------

    def _found(self, question: str, matter: str, favoured: Sequence[str] = ()) -> Found:
        """What fits the `matter`, in the words of the question: those of elapsed time still tell which limit it is."""
        found = self._finder.find(matter, favoured=favoured)
        return found if found.corrected or matter == question else replace(found, question=question)

    def _searched(
        self, question: str, found: Found, reading: QuestionReading, table: OnTable, today: dt.date
    ) -> Answer:
        regulations = self._citations.texts.named(reading.plain)
        if regulations:
            asked = found.corrected or question
            found = self._found(asked, without_elapsed(asked), regulations)
        if not found.units:
            return unsure(question, found)
        # that the matter is found; which provision of it is asked for comes next
        confidence = self._confidence.of(found)
        found = self._preferring(found, reading.intent, today)
        if confidence < self._confidence.threshold:
            within = self.follow_ups.within(question, found, confidence, reading, table, today)
            return within or self._unsure_when(question, found, reading, today, confidence)
        best = found.units[0]
        return replace(
            self._quoter.exact(question, self._quoted(best, found, reading, today), reading.intent, today, found),
            hits=units_of(found),
            words=found.words,
            confidence=confidence,
        )

    def _preferring(self, found: Found, intent: Intent, today: dt.date) -> Found:
        """A question for a limit or a body goes first to units that set one or charge one, on a near match."""
        if intent is Intent.DEADLINE:
            return self.preference.ordered(found, today)
        if intent is not Intent.RESPONSIBLE:
            return found
        head, tail = found.units[:PREFERRED_AMONG], found.units[PREFERRED_AMONG:]

        def merit(unit: FoundUnit) -> float:
            return unit.score + PREFERENCE * any(p.responsible for p in self._corpus.unit_parts(unit.address))

        return replace(found, units=(*sorted(head, key=merit, reverse=True), *tail))

    def _quoted(self, best: FoundUnit, found: Found, reading: QuestionReading, today: dt.date) -> Address:
        """The unit, or its note or list item where that alone answers.

        For a deadline it is the part that sets one, the likeliest part first.
        """
        if reading.intent is not Intent.DEADLINE:
            if counted := counted_part(found.question, best.address, self._corpus):
                return counted
            own = found.part_scores.get(best.address, 0.0)
            charged = reading.intent is Intent.RESPONSIBLE and self._corpus[best.address].responsible
            near = charged and found.part_scores.get(best.part, 0.0) < PART_LEAD * own
            return best.address if near else best.part
        parts = [p.address for p in self._corpus.unit_parts(best.address)]
        return self._quoter.limited(found.question, parts, best.part, found, today) or best.part

    def _unsure_when(
        self, question: str, found: Found, reading: QuestionReading, today: dt.date, confidence: float
    ) -> Answer:
        """No confident answer; who asked for a limit is told those of the likeliest provisions beside them."""
        answer = replace(unsure(question, found), confidence=confidence)
        if reading.intent is not Intent.DEADLINE:
            return answer
        quoted = [self._quoted(unit, found, reading, today) for unit in found.units[:PERHAPS_MAX]]
        limits = [self._quoter.limits(address, question, found, today) for address in quoted]
        return replace(
            answer,
            limits=tuple(dict.fromkeys(limit for some in limits for limit in some)),
            limit=limits[0][0] if limits[0] else None,
        )
