"""Answers to references: the provision meant, all that it may mean, or what does not exist."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.analysis import analyse, analyse_question, stem
from knowledge.answers import Answer, Candidate, Intent, Missing, Status
from knowledge.citations import Citation, CitationReader
from knowledge.confidence import ConfidenceModel
from knowledge.counted_parts import counted_part
from knowledge.everyday_references import ReferenceDoubt
from knowledge.finding import Found, ProvisionFinder
from knowledge.latin_references import has_latin
from knowledge.limits import LimitBook
from knowledge.naming import ActorNames, TitleWords
from knowledge.numerals import ascii_digits
from knowledge.provisions import Address, Corpus, Kind
from knowledge.quoting import HITS_MAX, Quoter, ranked, unsure
from knowledge.structure_queries import asked_by_place
from knowledge.understanding import QuestionReading, is_filler, names_document, plain, read_question

__all__ = ["PART_LEAD", "CitedAnswers"]

#: «ماده ۸» of several texts is the one that the other words find: among so many of the best units, and so far ahead in
#: score, where a unit e times as likely is 1 ahead.
NARROWED_AMONG = 3
NARROWED_LEAD = 1.5
#: By how much the words of a question must fit a note better than its article, where the article is what is cited.
PART_LEAD = 1.1
#: Kinds of items: where one is missing, but much is said of the matter, the number was hardly exact.
_LOOSE_LABELS = frozenset({"بند", "جزء", "بخش"})
#: Confidence from which on words are taken for the matter, whatever number stands beside them.
RATHER_SURE = 0.5
_ADDRESS = re.compile("[a-z][a-z0-9-]*/[a-z]+(?:_[0-9]+)?(?:__[a-z]+_[0-9]+)*")
_LATIN_RUN = re.compile("[a-z]+(?: [a-z]+)*")
#: «به این اداره کل اعلام نمایید»
_ASKER = re.compile(
    r"(?<![\u0621-\u06cc])(?:به|برای)\s+این\s+(?:اداره(?:\s+کل)?|معاونت|دفتر|سازمان|شرکت|دستگاه|وزارتخانه|واحد|مرکز"
    r"|استانداری|شهرداری)(?![\u0621-\u06cc])"
    r"|(?<![\u0621-\u06cc])اعلام\s+(?:ب?فرما[\u0621-\u06cc]+|نما[\u0621-\u06cc]+|کن[\u0621-\u06cc]+|گردد)(?![\u0621-\u06cc])"
)
#: «موضوعش چیست»: what a whole is about, not something in it.
_ITS_NAME = re.compile(
    r"(?<![\u0621-\u06cc])(?:موضوع|عنوان|نام|اسم)(?:[\s\u200c]?ا?ش|\s+(?:ان|اون))(?![\u0621-\u06cc])"
)
_NUMBERED_ROWS = frozenset({Kind.TABLE_ROW, Kind.STEP, Kind.STAGE, Kind.PHASE})
_WHOLE = frozenset({Kind.REGULATION, Kind.CHAPTER, Kind.RESOLUTION, Kind.PART})


class CitedAnswers:
    """Answers references over one corpus. Pure."""

    def __init__(
        self,
        corpus: Corpus,
        finder: ProvisionFinder,
        book: LimitBook,
        quoter: Quoter,
        citations: CitationReader,
        actors: ActorNames,
        *,
        confidence: ConfidenceModel,
    ) -> None:
        self._corpus, self._finder, self._book, self._quoter = corpus, finder, book, quoter
        self._citations, self._actors, self._confidence = citations, actors, confidence
        self._doubt, self._titles = ReferenceDoubt(corpus, finder.is_everyday), TitleWords(corpus)

    def answer(self, question: str, reading: QuestionReading, shown: Address | None, today: dt.date) -> Answer | None:
        """What the reference in a question means; None where it holds none, or only by the way.

        `shown` is the provision on the table.
        """
        if (address := self._address_in(question)) is not None:
            return self._quoter.exact(question, address, reading.intent, today)
        asked = self._in_persian(question)
        if asked == question:
            return self._answer(question, reading, shown, today)
        answer = self._answer(asked, read_question(asked), shown, today)
        return answer and replace(answer, question=question)

    def _address_in(self, question: str) -> Address | None:
        """A provision by its address, as exports and links write it («roadmap-1404/art_21»)."""
        for written in _ADDRESS.findall(ascii_digits(question)):
            if self._corpus.get(address := Address.parse(written)) is not None:
                return address
        return None

    def _in_persian(self, question: str) -> str:
        """A question in Latin letters in Persian, where it holds a reference; else as it is."""
        if not has_latin(question.lower()):
            return question
        partly = self._citations.in_persian(plain(question))
        citation = self._citations.read(partly)
        if citation is None:
            return question
        persian = _LATIN_RUN.sub(lambda run: self._finder.find(run.group()).corrected or run.group(), partly)
        foreign = has_latin(persian) and not citation.regulations  # «article 17 GDPR»
        return question if foreign else persian

    def _answer(self, question: str, reading: QuestionReading, shown: Address | None, today: dt.date) -> Answer | None:
        citation = self._citations.read(plain(question), shown=shown and self._corpus.unit_of(shown))
        if citation is None:
            return None
        citation = replace(citation, rest=self._without_issuers(citation))
        if citation.external:
            return unsure(question, self._finder.find(question))
        matter = self._matter(citation.rest)
        if reading.intent is Intent.RESPONSIBLE:
            matter = [word for word in matter if not is_filler(word, "roles")]
        if matter and not citation.regulations:
            beside = self._finder.find(citation.rest)
            if self._doubted(citation, question, matter, beside):
                return self._unsure_of(question, citation.targets)
            if len(matter) >= 2 and self._is_by_the_way(citation, beside):
                return None
        intent = reading.intent if reading.intent in (Intent.DEADLINE, Intent.RESPONSIBLE) else Intent.LOOKUP
        if citation.missing is not None and not citation.targets:
            return self._of_missing(question, citation, citation.missing, len(matter), intent, today)
        if (by_place := asked_by_place(reading.plain, citation.targets, self._corpus)) is not None:
            return self._quoter.exact(question, by_place, intent, today)
        if citation.several:
            hits = ranked(citation.targets[:HITS_MAX])
            together = _together(question, intent, Status.ANSWERED, hits, citation.targets)
            return replace(together, missing=citation.missing)
        targets = self._narrowed(citation, len(matter), shown, intent, today)
        if len(targets) > 1:
            asked_back = _together(question, intent, Status.ASKED_BACK, ranked(targets), targets)
            return replace(asked_back, missing=citation.missing)
        target = self._corpus[targets[0]]
        if target.kind is Kind.REGULATION and reading.asks_rows and not names_document(question):
            return None  # «پروژه‌های پیشران» are the rows, «سند پروژه‌های پیشران» is the text
        exact = self.within(question, targets[0], citation.rest, intent, today)
        return replace(exact, missing=citation.missing)

    def _without_issuers(self, citation: Citation) -> str:
        """What a reference leaves of a question, less who asks and the bodies that issued the texts that it names."""
        rest = _ASKER.sub(" ", citation.rest)
        for slug in citation.regulations:
            rest = rest.replace(plain(self._corpus.regulations[slug].issuer), " ")
        return rest

    def _of_missing(
        self, question: str, citation: Citation, missing: Missing, said: int, intent: Intent, today: dt.date
    ) -> Answer | None:
        """That what is cited does not exist; the one elsewhere that the words mean; None where the words decide.

        `said`: how many words beside the reference tell something.
        """
        if there := self._elsewhere(question, citation, said):
            return self.within(question, there, question, intent, today)
        if said >= 2 and missing.first is None and not missing.within.eid:
            return None  # «پروژه ۵» where the text has none: hardly what is asked, if more is said
        if said >= 3 and (not citation.regulations or missing.kind_label in _LOOSE_LABELS):
            return None  # «خدمات برخط مطابق کدام بند ماده ۱۰۷ است»: the number is of another law, the words decide
        return Answer(question, intent, Status.NO_SUCH_PROVISION, confident=True, missing=missing)

    def _elsewhere(self, question: str, citation: Citation, said: int) -> Address | None:
        """The one of this number in another text that the words mean, or whose heading bears the very document that was
        taken for the text («ماده ۲۴ سند حکمرانی داده‌مبنا»).
        """
        if not citation.elsewhere:
            return None
        if said >= 2:
            return self._likeliest(citation.elsewhere, self._finder.find(question))
        words = analyse_question(question).words
        named = {stem(word) for word in words if self._titles.has(word) or names_document(word)}
        bearing = [t for t in citation.elsewhere if named <= set(map(stem, analyse(self._corpus[t].heading).words))]
        return bearing[0] if any(map(names_document, words)) and len(named) > 1 and len(bearing) == 1 else None

    def of_lacking(self, question: str, intent: Intent) -> Answer | None:
        """That what is cited does not exist, for a question to which its other words found no answer either."""
        asked = self._in_persian(question)
        citation = self._citations.read(plain(asked))
        if citation is None or citation.external or citation.targets or citation.missing is None:
            return None
        if not citation.regulations and self._doubt.names_another(asked, ()):
            return None
        return Answer(question, intent, Status.NO_SUCH_PROVISION, confident=True, missing=citation.missing)

    def once_corrected(
        self, question: str, asked_back: Answer, found: Found, shown: Address | None, today: dt.date
    ) -> Answer | None:
        """The one of the provisions that are asked back which is meant once the spelling is repaired («ماده ۲۱ نفشه
        راه»).
        """
        if not found.corrected:
            return None
        cited = self.answer(found.corrected, read_question(found.corrected), shown, today)
        if cited is None or cited.status is not Status.ANSWERED or cited.main is None:
            return None
        within = {cited.main, *(p.address for p in self._corpus.ancestors(cited.main))}
        if not within & set(asked_back.provisions):
            return None  # the repair has made another number of it
        return replace(cited, question=question, corrected=found.told)

    def _doubted(self, citation: Citation, question: str, matter: Sequence[str], beside: Found) -> bool:
        """Whether a reference that names no text is hardly one; `beside`: what the words around it find."""
        meant = {self._corpus.unit_of(target) for target in citation.targets}
        agree = bool(beside.units) and beside.units[0].address in meant  # «پروژه ۱۹، همان نئوبانک»
        if agree and self._confidence.of(beside) >= RATHER_SURE:
            return False
        if self._doubt.names_another(question, citation.targets):
            return True
        if agree:
            return False
        return self._doubt.of(citation, question, matter, self._finder.find(question).outside)

    def _is_by_the_way(self, citation: Citation, beside: Found) -> bool:
        """«آخرین گام از شش گام، سنجش داده»: a row, step or stage without its text, while the words find another one."""
        kinds = {self._corpus[target].kind for target in citation.targets}
        if not kinds or not kinds <= _NUMBERED_ROWS:
            return False
        best = {unit.address for unit in beside.units[:NARROWED_AMONG]}
        return self._confidence.of(beside) >= RATHER_SURE and not best & {
            self._corpus.unit_of(t) for t in citation.targets
        }

    def _unsure_of(self, question: str, targets: Sequence[Address]) -> Answer:
        """No confident answer; what the reference would mean is offered first."""
        answer = unsure(question, self._finder.find(question))
        others = [hit.address for hit in answer.hits if hit.address not in targets]
        return replace(answer, hits=ranked([*targets, *others][:HITS_MAX]))

    def _matter(self, rest: str) -> list[str]:
        """Words beside a reference that say something of the matter."""
        words = analyse_question(rest).words
        return [w for w in words if not (is_filler(w, "reference") or is_filler(w, "list") or self._titles.has(w))]

    def _narrowed(
        self, citation: Citation, matter: int, shown: Address | None, intent: Intent, today: dt.date
    ) -> Sequence[Address]:
        """One target where the rest of the question, or what is on the table, tells which; else all of them.

        `matter`: how many words of the rest tell something.
        """
        targets = citation.targets
        if len(targets) < 2:
            return targets
        if matter >= 2 and (likeliest := self._by_words(citation)):
            return [likeliest]
        if shown is not None and not citation.regulations:
            same = [t for t in targets if t.regulation == shown.regulation]
            if len(same) == 1:
                return same
        if matter >= 2 and intent is Intent.DEADLINE and len(limited := self._limited(targets, today)) == 1:
            return limited
        likeliest = self._by_words(citation, exactly=True) if matter == 1 else None
        return [likeliest] if likeliest else targets

    def _limited(self, targets: Sequence[Address], today: dt.date) -> Sequence[Address]:
        """Those that have a last day."""
        parts = {t: [p.address for p in self._corpus.unit_parts(self._corpus.unit_of(t))] for t in targets}
        return [t for t in targets if any(not one.recurs for one in self._book.limits_of(parts[t], today))]

    def _by_words(self, citation: Citation, *, exactly: bool = False) -> Address | None:
        """Which of the targets the words beside the reference mean; `exactly` as they were typed."""
        slugs = tuple({t.regulation for t in citation.targets})
        found = self._finder.find(citation.rest, regulations=slugs)
        return (
            None
            if exactly and (found.corrected or found.unknown or found.foreign)
            else self._likeliest(citation.targets, found)
        )

    def _likeliest(self, targets: Sequence[Address], found: Found) -> Address | None:
        """The one of several that the words of the question find, or None where they tell too little."""
        scores = {u.address: u.score for u in found.units}
        by_score = sorted(targets, key=lambda t: -scores.get(self._corpus.unit_of(t), -math.inf))
        if not by_score or self._corpus.unit_of(by_score[0]) not in {u.address for u in found.units[:NARROWED_AMONG]}:
            return None
        best, second = (*(scores.get(self._corpus.unit_of(t), -math.inf) for t in by_score[:2]), -math.inf)[:2]
        return by_score[0] if best - second >= NARROWED_LEAD else None

    def within(self, question: str, cited: Address, rest: str, intent: Intent, today: dt.date) -> Answer:
        """The provision that is cited, or the note or item in it that the other words of the question are about."""
        stage = self._corpus[cited].kind is Kind.STAGE
        part = (
            self._share_of_stage(cited, question, rest)
            if stage
            else counted_part(question, cited, self._corpus, rest=rest)
        )
        if part is not None:
            return self._quoter.exact(question, part, intent, today)
        whole = self._corpus[cited].kind in _WHOLE
        inside = [] if whole else [p.address for p in self._corpus.descendants(cited)]
        words = tuple(self._matter(rest))
        if intent is Intent.DEADLINE and all(is_filler(word, "limit") for word in words):
            words = ()
            cited = self._quoter.lasting(question, (cited, *inside), today) or cited
        own = set(analyse(self._corpus[cited].heading).words)
        named = whole and _ITS_NAME.search(plain(question))
        if whole and not named and len(set(words) - own) >= 2 and (unit := self._unit_within(cited, rest)):
            return self.within(question, unit, rest, intent, today)
        bare = stage and not self._telling_of_stage(cited, words)
        if not inside or len(words) < 2 or bare or own.issuperset(words):
            return replace(self._quoter.exact(question, cited, intent, today), words=words)
        found = self._finder.find(rest, regulations=(cited.regulation,))
        if found.corrected and len(words := tuple(self._matter(found.corrected))) < 2:
            return replace(self._quoter.exact(question, cited, intent, today), words=words)
        scores = {a: found.part_scores.get(a, 0.0) for a in (cited, *inside)}
        best = max(scores, key=lambda a: scores[a])
        if scores[best] < PART_LEAD * scores[cited] or not scores[best]:
            best = cited
        if intent is Intent.DEADLINE:
            best = self._quoter.limited(question, scores, best, found, today) or best
        best = counted_part(question, best, self._corpus, rest=rest) or best
        return replace(self._quoter.exact(question, best, intent, today, found), words=words)

    def _telling_of_stage(self, stage: Address, words: Sequence[str]) -> Sequence[str]:
        """Words that say more than its name and that what is done in it is asked for."""
        names = {stem(w) for p in self._corpus.ancestors(stage) for w in analyse(p.heading or "").words}
        telling = (
            word for word in words if word.isalpha() and not (is_filler(word, "duties") or is_filler(word, "limit"))
        )
        return [word for word in telling if stem(word) not in names]

    def _share_of_stage(self, stage: Address, question: str, rest: str) -> Address | None:
        """«مرحله سوم، وزارت ارتباطات»: what a body that is named does in a stage, or one of these («اقدام سوم»), or the
        third of all; None where more is said than that.
        """
        named = self._actors.find(plain(rest))
        shares = [p.address for p in self._corpus.children(stage) if named and named[0] in p.responsible]
        if named is None or not shares:
            return counted_part(question, stage, self._corpus, rest=rest)
        counted = [part for share in shares if (part := counted_part(question, share, self._corpus, rest=rest))]
        if len(counted) == 1:
            return counted[0]
        telling = self._telling_of_stage(stage, self._matter(named[2]))
        return shares[0] if len(shares) == 1 and len(telling) < 2 else None

    def _unit_within(self, cited: Address, rest: str) -> Address | None:
        """The unit of a resolution or chapter that the other words of the question are about, None where none is."""
        found = self._finder.find(rest, regulations=(cited.regulation,))
        inside = [u for u in found.units if any(p.address == cited for p in self._corpus.ancestors(u.address))]
        found = replace(found, units=tuple(inside))
        return inside[0].address if self._confidence.of(found) >= RATHER_SURE else None


def _together(
    question: str, intent: Intent, status: Status, hits: tuple[Candidate, ...], targets: Sequence[Address]
) -> Answer:
    """An answer that names several provisions: all that are meant, or all that may be."""
    return Answer(question, intent, status, confident=True, hits=hits, provisions=tuple(targets), confidence=1.0)
