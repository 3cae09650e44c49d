"""From a question to an answer: references first, then what was shown, then definitions, bodies, tables and search.

Extractive: an answer only points at provisions. Pure: it neither stores nor sends nor reads a clock.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.analysis import analyse, analyse_question
from knowledge.answers import Answer, Candidate, Intent, Missing, Status
from knowledge.charging import charged_by
from knowledge.citations import Citation, CitationReader
from knowledge.confidence import ConfidenceModel
from knowledge.everyday_references import ReferenceDoubt
from knowledge.finding import Found, FoundUnit, ProvisionFinder
from knowledge.limit_lists import BEYOND, listed_limits
from knowledge.limit_queries import LimitQueryReader
from knowledge.limits import Limit, LimitBook, binding
from knowledge.naming import ActorNames, TermNames
from knowledge.numerals import CARDINALS
from knowledge.personal_data import find_personal_data
from knowledge.provisions import CONTAINERS, Address, Corpus, Kind, Provision
from knowledge.structure_queries import asked_by_place
from knowledge.understanding import FollowUp, QuestionReading, asks_how_often, is_filler, plain, read_question
from knowledge.wanted_limits import WantedLimit

__all__ = ["MASKED", "PERHAPS_MAX", "QuestionAnswerer"]

#: What `mask_personal_data` leaves behind: a question with it was refused before it was stored.
MASKED = "█"
HITS_MAX = 10
#: «شاید» offers where there is no confident answer.
PERHAPS_MAX = 3
PREFERRED_AMONG = 5  # units of a ranking that a question's intent may rearrange
PREFERENCE = 2.0  # in the finder's score, where a unit e times as likely is 1 ahead
#: A stage repeats what articles order, with the end of its window instead of the article's own limit.
STAGE_PREFERENCE = 1.0
#: Where nothing that fits better sets a limit, the stage's window is the only one there is.
STAGE_ALONE = 1.0
ELSEWHERE_PREFERENCE = 1.0
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
_NUMBERED_ROWS = frozenset({Kind.TABLE_ROW, Kind.STEP, Kind.STAGE, Kind.PHASE})
_WHOLE = frozenset({Kind.REGULATION, Kind.CHAPTER, Kind.RESOLUTION, Kind.PART})
_ENUMERATED = frozenset({Kind.TABLE_ROW, Kind.STEP, Kind.STAGE, Kind.PHASE, Kind.CHAPTER, Kind.RESOLUTION})


class QuestionAnswerer:
    """Answers questions over one corpus. Thread-safe, no state between questions."""

    def __init__(
        self,
        corpus: Corpus,
        finder: ProvisionFinder,
        limits: LimitBook,
        *,
        confidence: ConfidenceModel,
        length_max: int,
    ) -> None:
        """`length_max`: characters of a question that is still read."""
        self._corpus, self._finder, self._limits = corpus, finder, limits
        self._confidence, self._length_max = confidence, length_max
        self._citations = CitationReader(corpus, finder.is_everyday)
        self._actors, self._terms = ActorNames(corpus), TermNames(corpus)
        self._doubt = ReferenceDoubt(corpus, finder.is_everyday)
        self._limit_queries = LimitQueryReader(corpus, self._citations, self._actors)

    def answer(self, question: str, *, today: dt.date, shown: Address | None = None) -> Answer:
        """The answer to one question; `shown` is the provision on the table, to which a follow-up refers."""
        if refused := self._refused(question):
            return refused
        reading = read_question(question)
        if shown is not None and reading.follow_up is not None and (self._corpus.get(shown) is not None):
            followed = self._follow(question, reading.follow_up, shown, today)
            if followed is not None:
                return followed
        if listed := self._listed(question, today):
            return listed
        cited = self._cited(question, reading, shown, today)
        if cited is not None and cited.status is not Status.ASKED_BACK:
            return cited
        found = self._finder.find(question, regulations=())
        if cited is not None:
            return self._cited_once_corrected(question, found, shown, today) or cited
        if found.corrected:
            if listed := self._listed(found.corrected, today):
                return replace(listed, question=question, corrected=found.told)
            reading = read_question(found.corrected)
            cited = self._cited(found.corrected, reading, shown, today)
            if cited is not None:
                return replace(cited, question=question, corrected=found.told)
        answer = self._named(question, found, reading, today) or self._searched(question, found, reading, today)
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

    def _follow(self, question: str, follow_up: FollowUp, shown: Address, today: dt.date) -> Answer | None:
        corpus = self._corpus
        unit = corpus.unit_of(shown)
        match follow_up:
            case FollowUp.NOTES:
                notes = [p.address for p in corpus.unit_parts(unit) if p.kind is Kind.NOTE]
                if not notes:
                    none = Missing(unit, "تبصره", "", None, None)
                    return replace(self._exact(question, unit, Intent.LOOKUP, today), missing=none)
                first = self._exact(question, notes[0], Intent.LOOKUP, today)
                return replace(first, hits=_ranked(notes), provisions=tuple(notes))
            case FollowUp.NEXT | FollowUp.PREVIOUS:
                side = 1 if follow_up is FollowUp.NEXT else 0
                here = unit if "ماده" in plain(question) else shown
                neighbour = corpus.neighbours(here)[side] or corpus.neighbours(unit)[side]
                return self._exact(question, neighbour or shown, Intent.LOOKUP, today)
            case FollowUp.DEADLINE:
                return self._exact(question, shown, Intent.DEADLINE, today)
            case FollowUp.RESPONSIBLE:
                return self._exact(question, shown, Intent.RESPONSIBLE, today)
            case FollowUp.WHOLE:
                return self._exact(question, unit, Intent.LOOKUP, today)

    # -- limits of all texts -------------------------------------------------------------------------------------

    def _listed(self, question: str, today: dt.date) -> Answer | None:
        """«این ماه چه مهلتی داریم؟»: every limit of a kind, where nothing narrower is asked."""
        query = self._limit_queries.read(question, today)
        if query is None:
            return None
        groups = listed_limits(query, self._limits, self._corpus, today)
        limits = [limit for group in groups for limit in group.limits]
        asked_for = [limit for group in groups if group.standing not in BEYOND for limit in group.limits]
        return Answer(
            question,
            Intent.DEADLINE,
            Status.ANSWERED,
            confident=True,
            hits=_ranked(list(dict.fromkeys(limit.address for limit in limits))[:HITS_MAX]),
            limits=tuple(limits),
            limit=asked_for[0] if asked_for else None,
            listing=query,
            actor=query.actor,
            responsible=(query.actor,) if query.actor else (),
            confidence=1.0,
        )

    # -- references ----------------------------------------------------------------------------------------------

    def _cited(self, question: str, reading: QuestionReading, shown: Address | None, today: dt.date) -> Answer | None:
        citation = self._citations.read(plain(question), shown=shown and self._unit(shown))
        if citation is None:
            return None
        if citation.external:
            return self._unsure(question, self._finder.find(question))
        if not citation.regulations and (matter := self._matter(citation.rest)):
            beside = self._finder.find(citation.rest)
            if self._doubted(citation, question, matter, beside):
                return self._unsure_of(question, citation.targets)
            if len(matter) >= 2 and self._is_by_the_way(citation, beside):
                return None
        intent = reading.intent if reading.intent in (Intent.DEADLINE, Intent.RESPONSIBLE) else Intent.LOOKUP
        if citation.missing is not None and not citation.targets:
            said = len(self._matter(citation.rest))
            if said >= 2 and (there := self._likeliest(citation.elsewhere, self._finder.find(question))):
                return self._exact_within(question, there, question, intent, today)
            if said >= 3 and (not citation.regulations or citation.missing.kind_label in _LOOSE_LABELS):
                return None  # «خدمات برخط مطابق کدام بند ماده ۱۰۷ است»: the number is of another law, the words decide
            return Answer(question, intent, Status.NO_SUCH_PROVISION, confident=True, missing=citation.missing)
        if (by_place := asked_by_place(reading.plain, citation.targets, self._corpus)) is not None:
            return self._exact(question, by_place, intent, today)
        targets = citation.targets if citation.several else self._narrowed(citation, shown, intent, today)
        if citation.several:
            return Answer(
                question,
                intent,
                Status.ANSWERED,
                confident=True,
                hits=_ranked(targets[:HITS_MAX]),
                provisions=tuple(targets),
                confidence=1.0,
            )
        if len(targets) == 1:
            target = self._corpus[targets[0]]
            if target.kind is Kind.REGULATION and (reading.asks_rows or reading.asks_duties_of):
                return None
            return self._exact_within(question, targets[0], citation.rest, intent, today)
        return Answer(
            question,
            intent,
            Status.ASKED_BACK,
            confident=True,
            hits=_ranked(targets),
            provisions=tuple(targets),
            confidence=1.0,
        )

    def _doubted(self, citation: Citation, question: str, matter: Sequence[str], beside: Found) -> bool:
        """Whether a reference that names no text is hardly one; `beside`: what the words around it find."""
        if beside.units and beside.units[0].address in {self._unit(target) for target in citation.targets}:
            return False  # number and words agree («پروژه ۱۹، همان نئوبانک»)
        return self._doubt.of(citation, question, matter, self._finder.find(question).outside)

    def _is_by_the_way(self, citation: Citation, beside: Found) -> bool:
        """«آخرین گام از شش گام، سنجش داده»: a row, step or stage without its text, while the words find another one."""
        kinds = {self._corpus[target].kind for target in citation.targets}
        if not kinds or not kinds <= _NUMBERED_ROWS:
            return False
        best = {unit.address for unit in beside.units[:NARROWED_AMONG]}
        return self._confidence.of(beside) >= RATHER_SURE and not best & {self._unit(t) for t in citation.targets}

    def _unsure_of(self, question: str, targets: Sequence[Address]) -> Answer:
        """No confident answer; what the reference would mean is offered first."""
        unsure = self._unsure(question, self._finder.find(question))
        others = [hit.address for hit in unsure.hits if hit.address not in targets]
        return replace(unsure, hits=_ranked([*targets, *others][:HITS_MAX]))

    def _cited_once_corrected(
        self, question: str, found: Found, shown: Address | None, today: dt.date
    ) -> Answer | None:
        """The one provision that an ambiguous reference means once its spelling is repaired («ماده ۲۱ نفشه راه»)."""
        if not found.corrected:
            return None
        cited = self._cited(found.corrected, read_question(found.corrected), shown, today)
        if cited is None or cited.status is not Status.ANSWERED:
            return None
        return replace(cited, question=question, corrected=found.told)

    def _matter(self, rest: str) -> list[str]:
        """Words beside a reference that say something of the matter."""
        words = analyse_question(rest).words
        return [w for w in words if not (is_filler(w, "reference") or is_filler(w, "list") or self._is_title_word(w))]

    def _narrowed(self, citation: Citation, shown: Address | None, intent: Intent, today: dt.date) -> Sequence[Address]:
        """One target where the rest of the question, or what is on the table, tells which; else all of them."""
        targets = citation.targets
        if len(targets) < 2:
            return targets
        matter = len(self._matter(citation.rest))
        if matter >= 2 and (likeliest := self._by_words(citation)):
            return [likeliest]
        if shown is not None and not citation.regulations:
            same = [t for t in targets if t.regulation == shown.regulation]
            if len(same) == 1:
                return same
        if matter >= 2 and intent is Intent.DEADLINE and len(limited := self._limited(targets, today)) == 1:
            return limited
        likeliest = self._by_words(citation) if matter == 1 else None
        return [likeliest] if likeliest else targets

    def _limited(self, targets: Sequence[Address], today: dt.date) -> Sequence[Address]:
        """Those that have a last day."""
        parts = {t: [p.address for p in self._corpus.unit_parts(self._unit(t))] for t in targets}
        return [t for t in targets if any(not one.recurs for one in self._limits.limits_of(parts[t], today))]

    def _by_words(self, citation: Citation) -> Address | None:
        """Which of the targets the words beside the reference mean."""
        slugs = tuple({t.regulation for t in citation.targets})
        return self._likeliest(citation.targets, self._finder.find(citation.rest, regulations=slugs))

    def _likeliest(self, targets: Sequence[Address], found: Found) -> Address | None:
        """The one of several that the words of the question find, or None where they tell too little."""
        scores = {u.address: u.score for u in found.units}
        ranked = sorted(targets, key=lambda t: -scores.get(self._unit(t), -math.inf))
        if not ranked or self._unit(ranked[0]) not in {u.address for u in found.units[:NARROWED_AMONG]}:
            return None
        best, second = (*(scores.get(self._unit(t), -math.inf) for t in ranked[:2]), -math.inf)[:2]
        return ranked[0] if best - second >= NARROWED_LEAD else None

    def _exact_within(self, question: str, cited: Address, rest: str, intent: Intent, today: dt.date) -> Answer:
        """The provision that is cited, or the note or item in it that the other words of the question are about."""
        whole = self._corpus[cited].kind in _WHOLE
        inside = [] if whole else [p.address for p in self._corpus.descendants(cited)]
        words = tuple(self._matter(rest))
        if not inside or len(words) < 2:
            return replace(self._exact(question, cited, intent, today), words=words)
        found = self._finder.find(rest, regulations=(cited.regulation,))
        scores = {a: found.part_scores.get(a, 0.0) for a in (cited, *inside)}
        marks = self._marks(question, scores, today) if intent is Intent.DEADLINE else {}
        best = max(marks or scores, key=lambda a: (marks.get(a, 0), scores[a]))
        near = scores[best] < PART_LEAD * scores[cited] or not scores[best]
        if near and (cited in marks or not marks) and marks.get(best) == marks.get(cited):
            best = cited
        return replace(self._exact(question, best, intent, today, found), words=words)

    def _unit(self, address: Address) -> Address:
        return self._corpus.unit_of(address)

    # -- definitions, bodies, tables -----------------------------------------------------------------------------

    def _named(self, question: str, found: Found, reading: QuestionReading, today: dt.date) -> Answer | None:
        regulations = self._citations.named_regulations(reading.plain)
        term = reading.defined_term
        if regulations and term:
            term = read_question(self._citations.without_regulations(reading.plain)).defined_term or term
        if term and not reading.asks_duties_of:
            defined = self._definition(question, term, regulations, today)
            if defined is not None:
                return defined
        if len(regulations) == 1 and _asks_of_text(self._citations.without_regulations(reading.plain)):
            return self._exact(question, Address(regulations[0]), Intent.LOOKUP, today)
        if reading.asks_rows:
            rows = self._rows(question, reading, regulations)
            if rows is not None:
                return rows
        if reading.asks_duties_of:
            return self._duties(question, reading, regulations, today)
        return None

    def _definition(self, question: str, term: str, regulations: Sequence[str], today: dt.date) -> Answer | None:
        definitions = self._terms.find(term, regulations)
        if not definitions:
            return None
        answer = self._exact(question, definitions[0].address, Intent.DEFINITION, today)
        hits = _ranked([d.address for d in definitions])
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
            hits=_ranked([container, *rows][:HITS_MAX]) if container else _ranked(rows[:HITS_MAX]),
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
            rest = [w for w in rest if not any(w in analyse(a).words for s in slugs for a in self._titles(s))]
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

    def _titles(self, slug: str) -> Iterable[str]:
        regulation = self._corpus.regulations.get(slug)
        return (regulation.title, regulation.short_title, *regulation.aliases) if regulation else ()

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
            words = [w for w in words if not self._is_title_word(w)]
        if words:
            return None
        charged = [
            p.address
            for p in self._corpus
            if actor_id in p.responsible and (not regulations or p.address.regulation in regulations)
        ]
        if not charged:
            return None
        units = list(dict.fromkeys(self._unit(a) for a in charged))
        return Answer(
            question,
            Intent.RESPONSIBLE,
            Status.ANSWERED,
            confident=True,
            hits=_ranked(units[:HITS_MAX]),
            provisions=tuple(charged),
            actor=name,
            responsible=(name,),
            confidence=1.0,
        )

    def _is_title_word(self, word: str) -> bool:
        return any(word in analyse(title).words for slug in self._corpus.regulations for title in self._titles(slug))

    # -- search --------------------------------------------------------------------------------------------------

    def _searched(self, question: str, found: Found, reading: QuestionReading, today: dt.date) -> Answer:
        regulations = self._citations.named_regulations(reading.plain)
        if regulations:
            found = self._finder.find(found.corrected or question, favoured=regulations)
        if not found.units:
            return self._unsure(question, found)
        confidence = self._confidence.of(
            found
        )  # that the matter is found; which provision of it is asked for comes next
        found = self._preferring(found, reading.intent, today)
        if confidence < self._confidence.threshold:
            return self._unsure_when(question, found, reading, today, confidence)
        best = found.units[0]
        return replace(
            self._exact(question, self._quoted(best, found, reading, today), reading.intent, today, found),
            hits=_units(found),
            words=found.words,
            confidence=confidence,
        )

    def _preferring(self, found: Found, intent: Intent, today: dt.date) -> Found:
        """A question for a limit or a body goes first to units that set one or charge one, on a near match."""
        if intent not in (Intent.DEADLINE, Intent.RESPONSIBLE):
            return found
        head, tail = found.units[:PREFERRED_AMONG], found.units[PREFERRED_AMONG:]
        by_stages, often = bool(_BY_STAGES.search(plain(found.question))), asks_how_often(found.question)

        def merit(unit: FoundUnit, *, alone: bool) -> float:
            parts = list(self._corpus.unit_parts(unit.address))
            if intent is Intent.RESPONSIBLE:
                return PREFERENCE * any(p.responsible for p in parts)
            limits = self._limits.limits_of([p.address for p in parts], today)
            limited = {limit.address for limit in limits}
            if self._corpus[unit.address].kind is Kind.STAGE:
                return bool(limited) * (STAGE_PREFERENCE + PREFERENCE * by_stages + STAGE_ALONE * alone)
            if limited & {unit.part, unit.address}:
                return PREFERENCE
            # of something else in the same article; one that recurs is hardly meant by «تا چه روزی»
            return ELSEWHERE_PREFERENCE * any(often or not limit.recurs for limit in limits)

        merits: list[float] = []
        for unit in head:  # behind articles that say the same without a limit, the stage is alone in setting one
            merits.append(merit(unit, alone=bool(merits) and not any(merits) and not by_stages))
        order = sorted(range(len(head)), key=lambda i: -(head[i].score + merits[i]))
        return replace(found, units=(*(head[i] for i in order), *tail))

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
        marks = self._marks(found.question, parts, today)
        if not marks or marks.get(best.part) == max(marks.values()):
            return best.part
        return max(marks, key=lambda a: (marks[a], found.part_scores.get(a, 0.0), -parts.index(a)))

    def _marks(self, question: str, parts: Iterable[Address], today: dt.date) -> dict[Address, int]:
        """Those of some provisions that set a limit, with how well it bears the marks that the question gives."""
        wanted, marks = WantedLimit.read(question), dict[Address, int]()
        among = set(parts)
        for limit in self._limits.limits_of(among, today):
            if limit.address in among:
                marks[limit.address] = max(marks.get(limit.address, 0), wanted.marks(limit))
        return marks

    def _unsure_when(
        self, question: str, found: Found, reading: QuestionReading, today: dt.date, confidence: float
    ) -> Answer:
        """No confident answer; who asked for a limit is told those of the likeliest provisions beside them."""
        answer = replace(self._unsure(question, found), confidence=confidence)
        if reading.intent is not Intent.DEADLINE:
            return answer
        quoted = [self._quoted(unit, found, reading, today) for unit in found.units[:PERHAPS_MAX]]
        limits = [self._ordered_limits(address, question, found, today) for address in quoted]
        return replace(
            answer,
            limits=tuple(dict.fromkeys(limit for some in limits for limit in some)),
            limit=limits[0][0] if limits[0] else None,
        )

    def _unsure(self, question: str, found: Found) -> Answer:
        return Answer(
            question,
            Intent.NONE,
            Status.NO_CONFIDENT_ANSWER,
            hits=_units(found),
            words=found.words,
        )

    # -- one provision -------------------------------------------------------------------------------------------

    def _exact(
        self, question: str, address: Address, intent: Intent, today: dt.date, found: Found | None = None
    ) -> Answer:
        """An answer that quotes this provision, with what its unit says of limits and bodies."""
        corpus = self._corpus
        limits = self._ordered_limits(address, question, found, today)
        mine = binding(address, limits, corpus, asked=intent is Intent.DEADLINE)
        charged = charged_by(address, corpus)
        return Answer(
            question,
            intent,
            Status.ANSWERED,
            confident=True,
            hits=_ranked([address]),
            main=address,
            limits=tuple(limits),
            limit=mine[0] if mine and corpus[address].kind not in CONTAINERS else None,
            responsible=charged.responsible,
            partners=charged.partners,
            others=charged.others,
            confidence=1.0,
        )

    def _ordered_limits(self, address: Address, question: str, found: Found | None, today: dt.date) -> Sequence[Limit]:
        """Limits of the provision and what is in it first, then of the rest of its unit; within these the likeliest
        first.
        """
        corpus = self._corpus
        below = [address, *(p.address for p in corpus.descendants(address))]
        unit = [p.address for p in corpus.unit_parts(self._unit(address))]
        limits = self._limits.limits_of(dict.fromkeys((*below, *unit)), today)
        likeliest = WantedLimit.read(question).likeliest(limits, found.part_scores if found else {})
        own = [m for m in likeliest if m.address in below]
        rest = [m for m in likeliest if m.address not in below]
        return [*sorted(own, key=lambda m: m.address != address), *rest]


def _counts(text: str) -> list[int]:
    """Numbers of rows that a question names («شش‌گانه», «بیست پروژه»), years and the like apart."""
    values = (int(w) if w.isdigit() else CARDINALS.get(w, 0) for w in text.split())
    return [v for v in values if 2 < v < 100 and v != 93]


def _ranked(addresses: Sequence[Address]) -> tuple[Candidate, ...]:
    return tuple(Candidate(a, 1.0 - i / 100) for i, a in enumerate(addresses))


def _units(found: Found) -> tuple[Candidate, ...]:
    return tuple(Candidate(u.part, u.score) for u in found.units[:HITS_MAX])


#: «نقشه راه کی ابلاغ شد»، «مرجع تصویب …»، «چند ماده دارد»: what is asked of a text itself, and the words around it.
_OF_TEXT = re.compile(
    r"ابلاغ\w*|تصویب\w*|مصوب|شماره\w*|لازم ?الاجرا\w*|معتبر\w*|اعتبار\w*|صادر|صدور|منسوخ|چند (?:ماده|فصل|تبصره)"
)
_AROUND_TEXT = re.compile(
    r"تاریخ\w*|مرجع|کی|کیه|چه|چی|چیه|چیست|کیست|کسی|کسانی|نهادی|از|تا|در|را|رو|چند|ماده|فصل|تبصره|دارد|داره|شد|شده|است|هست|"
    r"بود|کرد|کرده|هنوز|این|اون|زمان\w*|وقت|سال|روز|مال|و|کجا|کدام|کدوم|لازم|الاجرا\w*|موقع"
)


def _asks_of_text(rest: str) -> bool:
    """Whether nothing is asked but a regulation's own number, date, issuer, force or size."""
    words = re.findall(r"[\u0621-\u06cc0-9]+", rest)
    others = [w for w in words if not _AROUND_TEXT.fullmatch(w) and not _OF_TEXT.fullmatch(w)]
    return bool(_OF_TEXT.search(rest)) and not others


#: The stages at the end of the roadmap, without a number.
_BY_STAGES = re.compile(r"(?<![\u0621-\u06cc])(?:فاز|مرحله|مراحل)(?: ?(?:ای|بندی|ها|های))?(?![\u0621-\u06cc])")
_LISTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (r"پروژه", "project", ("pilot-projects-1402",)),
    (r"گام", "step", ("smart-cycle-1404",)),
    (r"جدول|ردیف|زمان ?بندی", "timetable", ("eservices-1393",)),
    (r"مراحل|مرحله", "stage", ("roadmap-1404",)),
    (r"مراحل|مرحله", "phase", ("data-governance-1404",)),
    (r"فصل|فصول", "chp", ("roadmap-1404",)),
    (r"مصوبه|مصوبات", "res", ("pilot-projects-1402",)),
)
