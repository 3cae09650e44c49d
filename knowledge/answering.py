"""From a question to an answer: references first, then what was shown, then definitions, bodies, tables and search.

Extractive: an answer only points at provisions. Pure: it neither stores nor sends nor reads a clock.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from knowledge.answers import Answer, Intent, Missing, Status
from knowledge.citations import CitationReader
from knowledge.cited_answers import PART_LEAD, CitedAnswers
from knowledge.confidence import ConfidenceModel
from knowledge.finding import Found, FoundUnit, ProvisionFinder
from knowledge.limit_lists import BEYOND, asked_limits
from knowledge.limit_preference import LimitPreference
from knowledge.limit_queries import LimitQueryReader
from knowledge.limit_wordings import LimitWordings
from knowledge.limits import LimitBook
from knowledge.named_answers import NamedAnswers
from knowledge.naming import ActorNames
from knowledge.personal_data import find_personal_data
from knowledge.provisions import Address, Corpus, Kind
from knowledge.quoting import HITS_MAX, Quoter, ranked, units_of, unsure
from knowledge.understanding import FollowUp, QuestionReading, plain, read_question, without_elapsed
from knowledge.written_words import WrittenWords

__all__ = ["MASKED", "PERHAPS_MAX", "QuestionAnswerer"]

#: What `mask_personal_data` leaves behind: a question with it was refused before it was stored.
MASKED = "█"
#: «شاید» offers where there is no confident answer.
PERHAPS_MAX = 3
#: Confidence from which on it is told how a question without a confident answer was read. Below, it is of another
#: matter and the reading mostly wrong («مادهٔ غذایی» as «قضایی»): of the tuning questions that were read otherwise, 1 of
#: 10 that the texts answer lies below, and 204 of 213 that they do not.
TOLD_FROM = 0.1
#: Kinds by which a follow-up may name what it wants («ماده بعدی»), in plain letters.
_ARTICLE, _NOTE = "ماده", "تبصره"
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
        self._cited = CitedAnswers(corpus, finder, limits, self._quoter, self._citations, confidence=confidence)
        self._named = NamedAnswers(corpus, self._quoter, self._citations, actors)
        self._limit_queries = LimitQueryReader(corpus, self._citations, actors)

    def answer(self, question: str, *, today: dt.date, shown: Address | None = None) -> Answer:
        """The answer to one question; `shown` is the provision on the table, to which a follow-up refers."""
        answer = self._answered(question, today, shown)
        if answer.corrected is None:
            return answer
        return replace(answer, corrected=self._written.put_in(answer.corrected, question))

    @cached_property
    def _written(self) -> WrittenWords:
        """Read when a question is first corrected."""
        return WrittenWords(self._corpus)

    def _answered(self, question: str, today: dt.date, shown: Address | None) -> Answer:
        """The same with a correction in the folded words of search."""
        if refused := self._refused(question):
            return refused
        reading = read_question(question)
        if followed := self._followed(question, reading, shown, today):
            return followed
        if listed := self._listed(question, today):
            return listed
        cited = self._cited.answer(question, reading, shown, today)
        if cited is not None and cited.status is not Status.ASKED_BACK:
            return cited
        matter = without_elapsed(question)
        found = self._found(question, matter)
        if cited is not None:
            return self._cited.once_corrected(question, cited, found, shown, today) or cited
        if found.corrected:
            if listed := self._listed(found.corrected, today):
                return replace(listed, question=question, corrected=found.told)
            reading = read_question(found.corrected)
            if matter != question:
                reading = replace(reading, intent=Intent.DEADLINE)
            if followed := self._followed(found.corrected, reading, shown, today):
                return replace(followed, question=question, corrected=found.told)
            cited = self._cited.answer(found.corrected, reading, shown, today)
            if cited is not None:
                return replace(cited, question=question, corrected=found.told)
        elif matter != question:
            reading = replace(read_question(matter), intent=Intent.DEADLINE)
        answer = self._named.answer(question, found, reading, today) or self._searched(question, found, reading, today)
        if answer.status is Status.NO_CONFIDENT_ANSWER and answer.confidence < TOLD_FROM:
            return answer
        return replace(answer, corrected=found.told)

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

    # -- what was shown ------------------------------------------------------------------------------------------

    def _followed(
        self, question: str, reading: QuestionReading, shown: Address | None, today: dt.date
    ) -> Answer | None:
        """The answer to a question that stands only beside what was shown; None for every other one."""
        if shown is None or reading.follow_up is None or self._corpus.get(shown) is None:
            return None
        return self._follow(question, reading.follow_up, shown, today)

    def _follow(self, question: str, follow_up: FollowUp, shown: Address, today: dt.date) -> Answer:
        unit = self._corpus.unit_of(shown)
        match follow_up:
            case FollowUp.NOTES:
                return self._notes(question, unit, today)
            case FollowUp.NEXT | FollowUp.PREVIOUS:
                return self._beside(question, shown, today, after=follow_up is FollowUp.NEXT)
            case FollowUp.DEADLINE:
                return self._quoter.exact(question, shown, Intent.DEADLINE, today)
            case FollowUp.RESPONSIBLE:
                return self._quoter.exact(question, shown, Intent.RESPONSIBLE, today)
            case FollowUp.WHOLE:
                return self._quoter.exact(question, unit, Intent.LOOKUP, today)

    def _notes(self, question: str, unit: Address, today: dt.date) -> Answer:
        """The notes of a unit, the first one quoted; or the unit, and that it has none."""
        notes = [p.address for p in self._corpus.unit_parts(unit) if p.kind is Kind.NOTE]
        if not notes:
            none = Missing(unit, _NOTE, "", None, None)
            return replace(self._quoter.exact(question, unit, Intent.LOOKUP, today), missing=none)
        first = self._quoter.exact(question, notes[0], Intent.LOOKUP, today)
        return replace(first, hits=ranked(notes), provisions=tuple(notes))

    def _beside(self, question: str, shown: Address, today: dt.date, *, after: bool) -> Answer:
        """The provision behind the one on the table, or before it; or that none stands there.

        Of a part it is the next part, else the next unit, unless the question names the kind: «ماده بعدی» of a note is
        an article, «تبصره بعدی» of an article are its notes.
        """
        corpus, text = self._corpus, plain(question)
        unit, edge = corpus.unit_of(shown), shown
        if _NOTE in text:
            around = (corpus[shown], *corpus.ancestors(shown))
            note = next((p.address for p in around if p.kind is Kind.NOTE), None)
            if note is None:
                return self._notes(question, unit, today)
            edge = note
        elif _ARTICLE in text:
            edge = unit
        there = corpus.neighbours(edge)[after]
        if there is None and _NOTE not in text:
            edge = unit
            there = corpus.neighbours(unit)[after] or (None if after else self._citations.before_first(unit))
        if there is not None:
            return self._quoter.exact(question, there, Intent.LOOKUP, today)
        missing = self._citations.beyond(edge, after=after)
        if missing is None:
            return self._quoter.exact(question, shown, Intent.LOOKUP, today)
        return Answer(question, Intent.LOOKUP, Status.NO_SUCH_PROVISION, confident=True, missing=missing)

    # -- limits of all texts -------------------------------------------------------------------------------------

    def _listed(self, question: str, today: dt.date) -> Answer | None:
        """«این ماه چه مهلتی داریم؟»: every limit of a kind, where nothing narrower is asked."""
        query = self._limit_queries.read(question, today)
        if query is None:
            return None
        query, groups = asked_limits(query, self.limits, self._corpus, today)
        limits = [limit for group in groups for limit in group.limits]
        asked_for = [limit for group in groups if group.standing not in BEYOND for limit in group.limits]
        return Answer(
            question,
            Intent.DEADLINE,
            Status.ANSWERED,
            confident=True,
            hits=ranked(list(dict.fromkeys(limit.address for limit in limits))[:HITS_MAX]),
            limits=tuple(limits),
            limit=asked_for[0] if asked_for else None,
            listing=query,
            actor=query.actor,
            responsible=(query.actor,) if query.actor else (),
            confidence=1.0,
        )

    # -- search --------------------------------------------------------------------------------------------------

    def _found(self, question: str, matter: str, favoured: Sequence[str] = ()) -> Found:
        """What fits the `matter`, in the words of the question: those of elapsed time still tell which limit it is."""
        found = self._finder.find(matter, favoured=favoured)
        return found if found.corrected or matter == question else replace(found, question=question)

    def _searched(self, question: str, found: Found, reading: QuestionReading, today: dt.date) -> Answer:
        regulations = self._citations.named_regulations(reading.plain)
        if regulations:
            asked = found.corrected or question
            found = self._found(asked, without_elapsed(asked), regulations)
        if not found.units:
            return unsure(question, found)
        # that the matter is found; which provision of it is asked for comes next
        confidence = self._confidence.of(found)
        found = self._preferring(found, reading.intent, today)
        if confidence < self._confidence.threshold:
            return self._unsure_when(question, found, reading, today, confidence)
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
