"""Which unit of the law (article, row, stage, step…) fits a question, and which note or list item within it.

Two small indexes over the same corpus: whole units, so that words spread over an article and its notes add up, and
single provisions, so that the exact note is known and a good single wording counts. Scores are of one question only.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.analysis import analyse_question
from knowledge.asked_aspect import AskedAspect, open_asked_aspect
from knowledge.everyday_words import EverydayWords
from knowledge.index import Document, FieldWeights, Hit, SearchIndex, SearchResult
from knowledge.known_questions import KnownQuestion, load_known_questions
from knowledge.outside import load_inside_aspects, load_outside, load_outside_aspects
from knowledge.provisions import Address, Corpus, Kind, Provision, Status
from knowledge.reading import corrected_question
from knowledge.wording_model import OUTSIDE, WordingModel

__all__ = ["EVIDENCE", "Found", "FoundUnit", "ProvisionFinder", "open_finder"]

UNIT_WEIGHTS = FieldWeights(
    {"heading": 1.6, "text": 1.0, "asked_as": 1.2, "actors": 0.5, "context": 0.3}, best_of=frozenset({"asked_as"})
)
PART_WEIGHTS = FieldWeights(
    {"heading": 1.6, "text": 1.0, "asked_as": 1.2, "actors": 0.5, "context": 0.4}, best_of=frozenset({"asked_as"})
)
#: Kinds that answer a question about a topic. Chapters, resolutions and headings are shown only when asked for by name.
ANSWERING = frozenset(
    {
        Kind.ARTICLE, Kind.NOTE, Kind.LIST_ITEM, Kind.TABLE_ROW, Kind.STAGE, Kind.STAGE_ACTOR, Kind.STAGE_ITEM,
        Kind.STEP, Kind.PHASE, Kind.PREFACE, Kind.LETTER, Kind.HEADING,
    }
)  # fmt: skip
_FRONT = frozenset({Kind.PREFACE, Kind.LETTER, Kind.HEADING})
_POOL = 30
#: Ahead of others in score, where a unit e times as likely is 1 ahead: «حکمرانی داده‌مبنا» names a text, but may be
#: just the matter, too.
FAVOUR = 2.0
_MISSED = (*(0.0,) * (3 + len(UNIT_WEIGHTS.names)), 1.0)  # the evidence of a side that found nothing
_UNLIKE = -1.0  # the margin of a unit that has no wordings


FILE = Path(__file__).with_name("finding.toml")
_SIDES = ("unit", "part")
#: The kinds of evidence on one unit, in the order of `FoundUnit.evidence`: score, coverage and likeness of wording of
#: the whole unit and of its best part, coverage within each field, what the unit is, and the wording model's margin.
EVIDENCE = (
    *(f"{side}_{name}" for side in _SIDES for name in ("score", "coverage", "wording", *UNIT_WEIGHTS.names, "missed")),
    "second_part_score",
    "part_is_unit",
    "front",
    "previous",
    "likeness",
)


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """One unit with its best part. `score` is the weighed sum of its evidence: e^score compares units of one question.

    `coverage` and `wording` (0 to 1) are the better of unit and part.
    """

    address: Address
    score: float
    part: Address
    coverage: float
    wording: float
    evidence: npt.NDArray[np.float64] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Found:
    """Units, best first; the question, its spelling repaired; how it was read; `part_scores` for choosing among notes
    of one unit.

    `unknown`: words that the corpus has in no form; `repaired`: typed words that were read as others; `foreign`:
    those of both that are everyday Persian, so that the question is hardly about these texts. `told`: `corrected` as
    people are told of it, without everyday words that only search read as others («میوه»). `outside`: how much it
    sounds like something that no regulation answers (a margin: above 0 it does, -1 not at all); `aspect`: the same of
    what it asks of the first unit, whatever that unit is about; `bare`: nothing, it only names it in words of the law.
    `alike`: units that order the same as the first one does (the stage that repeats an article).
    """

    question: str
    units: tuple[FoundUnit, ...]
    part_scores: Mapping[Address, float]
    corrected: str | None
    told: str | None
    words: tuple[str, ...]
    unknown: tuple[str, ...]
    repaired: tuple[str, ...]
    foreign: tuple[str, ...]
    outside: float
    aspect: float = -1.0
    bare: bool = False
    alike: frozenset[Address] = frozenset()


class ProvisionFinder:
    """Ranks the corpus for a question. Pure reading; safe from several threads."""

    def __init__(
        self,
        corpus: Corpus,
        units: SearchIndex,
        parts: SearchIndex,
        lexicon: EverydayWords,
        model: WordingModel,
        aspect: AskedAspect,
        weights: Sequence[float],
    ) -> None:
        """`weights` of the evidence, in the order of `EVIDENCE`."""
        self._corpus, self._units, self._parts, self._lexicon = corpus, units, parts, lexicon
        self._model, self._aspect, self._weights = model, aspect, np.asarray(weights)
        self._addresses = {str(p.address): p.address for p in corpus}
        self._unit_of = {str(p.address): str(corpus.unit_of(p.address)) for p in corpus}
        self._traits = {str(p.address): _traits(corpus, p) for p in corpus}

    def find(
        self,
        question: str,
        *,
        regulations: Sequence[str] = (),
        kinds: Iterable[Kind] = (),
        favoured: Sequence[str] = (),
    ) -> Found:
        """Units that fit, best first. `regulations` and `kinds` (of units) keep only those; empty keeps all.

        `favoured` regulations go ahead of the others unless these fit far better.
        """
        wanted = set(kinds)
        wide = 4 if regulations or wanted or favoured else 1
        whole = self._units.search(question, limit=_POOL * wide)
        asked = whole.corrected or question
        single = self._parts.search(asked, limit=2 * _POOL * wide)
        units = {hit.id: hit for hit in whole.hits}
        parts: dict[str, list[Hit]] = {}
        for hit in single.hits:
            parts.setdefault(self._unit_of[hit.id], []).append(hit)
        among = [
            unit
            for unit in dict.fromkeys((*units, *parts))
            if (not regulations or self._addresses[unit].regulation in regulations)
            and (not wanted or self._corpus[self._addresses[unit]].kind in wanted)
        ]
        margins = self._model.by_label(asked)
        evidence = np.array(
            [self._evidence(u, units.get(u), parts.get(u, ()), margins.get(u, _UNLIKE)) for u in among]
        ).reshape(-1, len(EVIDENCE))
        scores = evidence @ self._weights
        if favoured:
            scores += [FAVOUR * (self._addresses[unit].regulation in favoured) for unit in among]
        found = [
            self._found(among[i], units.get(among[i]), parts.get(among[i], ()), float(scores[i]), evidence[i])
            for i in np.argsort(-scores, kind="stable").tolist()
        ]
        aspect, bare = self._aspect.of(asked, found[0].address) if found else (_UNLIKE, False)
        read = {*whole.words, *whole.unknown}
        repaired = tuple(w for w in analyse_question(question).words if w not in read)
        return Found(
            question=asked,
            units=tuple(found),
            part_scores={self._addresses[hit.id]: hit.score for hit in single.hits},
            corrected=whole.corrected,
            told=whole.corrected and self._told(question, whole.meant),
            words=whole.words,
            unknown=whole.unknown,
            repaired=repaired,
            foreign=tuple(w for w in (*whole.unknown, *repaired) if w in self._lexicon),
            outside=margins.get(OUTSIDE, _UNLIKE),
            aspect=aspect,
            bare=bare,
            alike=self._alike(found),
        )

    def _alike(self, units: Sequence[FoundUnit]) -> frozenset[Address]:
        """Units that order the same as the first, where the question is about just that (a stage repeats many)."""
        if not units:
            return frozenset()
        first, others = units[0], units[1:]
        counterparts = self._corpus.counterparts
        of_first = counterparts(first.part)
        return frozenset(
            other.address
            for other in others
            if _among(other.part, of_first) or _among(first.part, counterparts(other.part))
        )

    def asked_aspect(self, question: str, unit: Address) -> float:
        """How much what a question asks of a unit sounds like what no text tells (`Found.aspect`)."""
        return self._aspect.of(question, unit)[0]

    def is_word(self, word: str) -> bool:
        """Whether the folded word stands in a list of everyday Persian as it is."""
        return word in self._lexicon

    def is_everyday(self, word: str) -> bool:
        """Whether every Persian speaker knows the word, whatever the regulations say."""
        return self._lexicon.has_form_of(word)

    def _told(self, question: str, meant: Mapping[str, str]) -> str | None:
        slips = {typed: word for typed, word in meant.items() if not self._lexicon.has_form_of(typed)}
        return corrected_question(question, slips)

    def _evidence(self, unit: str, whole: Hit | None, parts: Sequence[Hit], likeness: float) -> tuple[float, ...]:
        best = parts[0] if parts else None
        front, previous = self._traits[unit]
        return (
            *_side(whole, whole.wording if whole else 0.0),
            *_side(best, max([hit.wording for hit in parts], default=0.0)),
            parts[1].score if len(parts) > 1 else 0.0,
            float(best is not None and best.id == unit),
            front,
            previous,
            likeness,
        )

    def _found(
        self, unit: str, whole: Hit | None, parts: Sequence[Hit], score: float, evidence: npt.NDArray[np.float64]
    ) -> FoundUnit:
        seen = [hit for hit in (whole, *parts[:1]) if hit]
        return FoundUnit(
            address=self._addresses[unit],
            score=score,
            part=self._addresses[parts[0].id if parts else unit],
            coverage=max([hit.coverage for hit in seen]),
            wording=max([hit.wording for hit in seen]),
            evidence=evidence,
        )


def _among(part: Address, counterparts: Sequence[Address]) -> bool:
    """Whether a provision is one of those, inside one of them, or holds one."""
    return any(other.covers(part) or part.covers(other) for other in counterparts)


def _side(hit: Hit | None, wording: float) -> tuple[float, ...]:
    return (hit.score, hit.coverage, wording, *hit.field_coverage, 0.0) if hit else _MISSED


def _traits(corpus: Corpus, provision: Provision) -> tuple[float, float]:
    """Whether it stands in front of the articles, and whether its regulation is superseded (0 or 1)."""
    previous = corpus.regulation_of(provision.address).status is Status.PREVIOUS
    return float(provision.kind in _FRONT), float(previous)


def load_weights() -> Sequence[float]:
    """Weights of the evidence, as `benchmarks.fit_finding` learned them."""
    weights = tomllib.loads(FILE.read_text("utf-8"))["weights"]
    return [weights[name] for name in EVIDENCE]


def open_finder(
    corpus: Corpus,
    directory: Path,
    on_progress: Callable[[int, int], None],
    outside: Mapping[str, Sequence[str]] | None = None,
    known: Sequence[KnownQuestion] | None = None,
) -> ProvisionFinder:
    """The finder over the stored indexes below `directory`, building them when the corpus has changed.

    `outside`: other wordings by subject than those of outside.toml; `known`: other questions than those of questions/.
    """
    strange = load_outside() if outside is None else outside
    asked = load_known_questions() if known is None else known
    told, untold = load_inside_aspects(), load_outside_aspects()
    digest = hashlib.sha256(repr((sorted(strange.items()), told, untold, asked)).encode()).hexdigest()
    units = SearchIndex.open_or_build(
        lambda: list(unit_documents(corpus)),
        directory / "units",
        version=corpus.version,
        weights=UNIT_WEIGHTS,
        on_progress=on_progress,
    )
    parts = SearchIndex.open_or_build(
        lambda: list(part_documents(corpus)),
        directory / "parts",
        version=corpus.version,
        weights=PART_WEIGHTS,
        on_progress=on_progress,
    )
    questions = [*(KnownQuestion(text, ()) for texts in strange.values() for text in texts), *asked]
    read = cache(lambda: [_as_read(question, units.search(question.text), corpus) for question in questions])
    version = f"{corpus.version}-{digest}"
    model = WordingModel.open_or_learn(
        lambda: [*known_wordings(corpus), *((text, str(unit or OUTSIDE)) for text, _, unit in read())],
        directory,
        version=version,
    )
    aspect = open_asked_aspect(
        corpus,
        lambda: [(text, found, unit is not None) for text, found, unit in read() if found is not None],
        told,
        untold,
        directory,
        version=version,
    )
    return ProvisionFinder(corpus, units, parts, EverydayWords.open_or_build(directory), model, aspect, load_weights())


def _as_read(
    question: KnownQuestion, result: SearchResult, corpus: Corpus
) -> tuple[str, Address | None, Address | None]:
    """A question as search reads it, the unit that it is asked of, as far as one is found, and the one that answers it:
    the likeliest of several.
    """
    hits = [hit.id for hit in result.hits]
    right = [unit for unit in question.units if corpus.get(Address.parse(unit)) is not None]
    unit = next(map(Address.parse, [*(hit for hit in hits if hit in right), *right]), None)
    return result.corrected or question.text, unit or next(map(Address.parse, hits), None), unit


def known_wordings(corpus: Corpus) -> Iterable[tuple[str, str]]:
    """Texts with the unit that they belong to: everyday wordings, headings, and the provisions' own words."""
    for p in corpus:
        if p.kind in ANSWERING:
            unit = str(corpus.unit_of(p.address))
            yield from ((text, unit) for text in (*p.asked_as, p.heading, p.wording) if text)


def unit_documents(corpus: Corpus) -> Iterable[Document]:
    """One document a unit: its own words and those of its notes, list items and stage actions."""
    for unit in corpus:
        if unit.kind in ANSWERING and corpus.unit_of(unit.address) == unit.address:
            parts = list(corpus.unit_parts(unit.address))
            yield _document(corpus, unit, parts)


def part_documents(corpus: Corpus) -> Iterable[Document]:
    """One document a provision, with its own words only."""
    for provision in corpus:
        if provision.kind in ANSWERING:
            yield _document(corpus, provision, [provision])


def _document(corpus: Corpus, head: Provision, parts: Sequence[Provision]) -> Document:
    regulation = corpus.regulation_of(head.address)
    actor_ids = dict.fromkeys(a for p in parts for a in (*p.responsible, *p.partners))
    actors = [regulation.actors[a] for a in actor_ids if a in regulation.actors]
    above = [p for p in corpus.ancestors(head.address) if p.kind is not Kind.REGULATION]
    return Document(
        str(head.address),
        {
            "heading": [p.heading for p in parts if p.heading],
            "text": [p.wording for p in parts],
            "asked_as": [question for p in parts for question in p.asked_as],
            "actors": [name for actor in actors for name in (actor.name, *actor.aliases)],
            "context": [p.heading for p in above] + [regulation.short_title],
        },
    )
