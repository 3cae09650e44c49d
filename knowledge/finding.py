"""Which unit of the law (article, row, stage, step…) fits a question, and which note or list item within it.

Two small indexes over the same corpus: whole units, so that words spread over an article and its notes add up, and
single provisions, so that the exact note is known and a good single wording counts. Scores are of one question only.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.analysis import analyse_question
from knowledge.everyday_words import EverydayWords
from knowledge.index import Document, FieldWeights, Hit, SearchIndex
from knowledge.provisions import Address, Corpus, Kind, Provision, Status

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
_POOL = 60


FILE = Path(__file__).with_name("finding.toml")
_SIDES = ("unit", "part")
#: The kinds of evidence on one unit, in the order of `FoundUnit.evidence`: score, coverage and likeness of wording of
#: the whole unit and of its best part, coverage within each field, and what the unit is.
EVIDENCE = (
    *(f"{side}_{name}" for side in _SIDES for name in ("score", "coverage", "wording", *UNIT_WEIGHTS.names, "missed")),
    "second_part_score",
    "part_is_unit",
    "front",
    "previous",
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
    evidence: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Units, best first; the question, its spelling repaired; how it was read; `part_scores` for choosing among notes
    of one unit.

    `unknown`: words that the corpus has in no form; `repaired`: typed words that were read as others; `foreign`:
    those of both that are everyday Persian, so that the question is hardly about these texts.
    """

    question: str
    units: tuple[FoundUnit, ...]
    part_scores: Mapping[Address, float]
    corrected: str | None
    words: tuple[str, ...]
    unknown: tuple[str, ...]
    repaired: tuple[str, ...]
    foreign: tuple[str, ...]


class ProvisionFinder:
    """Ranks the corpus for a question. Pure reading; safe from several threads."""

    def __init__(
        self,
        corpus: Corpus,
        units: SearchIndex,
        parts: SearchIndex,
        lexicon: EverydayWords,
        weights: Sequence[float],
    ) -> None:
        """`weights` of the evidence, in the order of `EVIDENCE`."""
        self._corpus, self._units, self._parts, self._lexicon = corpus, units, parts, lexicon
        self._weights = weights
        self._addresses = {str(p.address): p.address for p in corpus}
        self._unit_of = {str(p.address): corpus.unit_of(p.address) for p in corpus}

    def find(self, question: str, *, regulations: Sequence[str] = (), kinds: Iterable[Kind] = ()) -> Found:
        """Units that fit, best first. `regulations` and `kinds` (of units) keep only those; empty keeps all."""
        wanted = set(kinds)
        wide = 4 if regulations or wanted else 1
        whole = self._units.search(question, limit=_POOL * wide)
        single = self._parts.search(whole.corrected or question, limit=2 * _POOL * wide)
        units = {self._addresses[hit.id]: hit for hit in whole.hits}
        parts: dict[Address, list[Hit]] = {}
        for hit in single.hits:
            parts.setdefault(self._unit_of[hit.id], []).append(hit)
        found = [
            self._found(unit, units.get(unit), parts.get(unit, ()))
            for unit in dict.fromkeys((*units, *parts))
            if (not regulations or unit.regulation in regulations) and (not wanted or self._corpus[unit].kind in wanted)
        ]
        found.sort(key=lambda u: -u.score)
        read = {*whole.words, *whole.unknown}
        repaired = tuple(w for w in analyse_question(question).words if w not in read)
        return Found(
            question=whole.corrected or question,
            units=tuple(found),
            part_scores={self._addresses[hit.id]: hit.score for hit in single.hits},
            corrected=whole.corrected,
            words=whole.words,
            unknown=whole.unknown,
            repaired=repaired,
            foreign=tuple(w for w in (*whole.unknown, *repaired) if w in self._lexicon),
        )

    def _found(self, unit: Address, whole: Hit | None, parts: Sequence[Hit]) -> FoundUnit:
        best = parts[0] if parts else None
        part = self._addresses[best.id] if best else unit
        provision = self._corpus[unit]
        evidence = (
            *_side(whole, whole.wording if whole else 0.0),
            *_side(best, max((hit.wording for hit in parts), default=0.0)),
            parts[1].score if len(parts) > 1 else 0.0,
            float(best is not None and part == unit),
            float(provision.kind in _FRONT),
            float(self._corpus.regulation_of(unit).status is Status.PREVIOUS),
        )
        return FoundUnit(
            address=unit,
            score=sum(w * e for w, e in zip(self._weights, evidence, strict=True)),
            part=part,
            coverage=max(hit.coverage if hit else 0.0 for hit in (whole, best)),
            wording=max(hit.wording if hit else 0.0 for hit in (whole, best)),
            evidence=evidence,
        )


def _side(hit: Hit | None, wording: float) -> tuple[float, ...]:
    if hit is None:
        return (*(0.0,) * (3 + len(UNIT_WEIGHTS.names)), 1.0)
    return (hit.score, hit.coverage, wording, *(hit.field_coverage[name] for name in UNIT_WEIGHTS.names), 0.0)


def load_weights() -> Sequence[float]:
    """Weights of the evidence, as `benchmarks.fit_finding` learned them."""
    weights = tomllib.loads(FILE.read_text("utf-8"))["weights"]
    return [weights[name] for name in EVIDENCE]


def open_finder(corpus: Corpus, directory: Path, on_progress: Callable[[int, int], None]) -> ProvisionFinder:
    """The finder over the stored indexes below `directory`, building them when the corpus has changed."""
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
    return ProvisionFinder(corpus, units, parts, EverydayWords.open_or_build(directory), load_weights())


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
