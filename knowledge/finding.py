"""Which unit of the law (article, row, stage, step…) fits a question, and which note or list item within it.

Two small indexes over the same corpus: whole units, so that words spread over an article and its notes add up, and
single provisions, so that the exact note is known and a good single wording counts. Scores are of one question only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.analysis import analyse_question
from knowledge.everyday_words import EverydayWords
from knowledge.index import Document, FieldWeights, SearchIndex
from knowledge.provisions import Address, Corpus, Kind, Provision, Status

__all__ = ["Found", "FoundUnit", "ProvisionFinder", "open_finder"]

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
PART_SHARE = 0.6  # how much the best single provision counts beside the whole unit
PREVIOUS_FACTOR = 0.93  # the previous roadmap ranks below the one in force on an equal match (design §3)
FRONT_FACTOR = 0.85  # prefaces, letters and headings explain; articles decide
_FRONT = frozenset({Kind.PREFACE, Kind.LETTER, Kind.HEADING})
_POOL = 60


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """One unit with its best part. `coverage` and `wording` (0 to 1) are the better of unit and part."""

    address: Address
    score: float
    part: Address
    coverage: float
    wording: float


@dataclass(frozen=True, slots=True)
class Found:
    """Units, best first; how the question was read; `part_scores` for choosing among notes of one unit.

    `unknown`: words that the corpus has in no form; `repaired`: typed words that were read as others; `foreign`:
    those of both that are everyday Persian, so that the question is hardly about these texts.
    """

    units: tuple[FoundUnit, ...]
    part_scores: Mapping[Address, float]
    corrected: str | None
    words: tuple[str, ...]
    unknown: tuple[str, ...]
    repaired: tuple[str, ...]
    foreign: tuple[str, ...]


class ProvisionFinder:
    """Ranks the corpus for a question. Pure reading; safe from several threads."""

    def __init__(self, corpus: Corpus, units: SearchIndex, parts: SearchIndex, lexicon: EverydayWords) -> None:
        self._corpus, self._units, self._parts, self._lexicon = corpus, units, parts, lexicon
        self._addresses = {str(p.address): p.address for p in corpus}

    def find(self, question: str, *, regulations: Sequence[str] = (), kinds: Iterable[Kind] = ()) -> Found:
        """Units that fit, best first. `regulations` and `kinds` (of units) keep only those; empty keeps all."""
        whole = self._units.search(question, limit=_POOL * (4 if regulations or kinds else 1))
        asked = whole.corrected or question
        single = self._parts.search(asked, limit=_POOL * 2)
        parts = {self._addresses[hit.id]: hit for hit in single.hits}
        best: dict[Address, tuple[Address, float]] = {}
        for address, hit in parts.items():
            unit = self._corpus.unit_of(address)
            if unit not in best:
                best[unit] = (address, hit.score)
        units = []
        by_unit = {self._addresses[hit.id]: hit for hit in whole.hits}
        wanted = set(kinds)
        for unit in dict.fromkeys((*by_unit, *best)):
            provision = self._corpus[unit]
            if (regulations and unit.regulation not in regulations) or (wanted and provision.kind not in wanted):
                continue
            whole_hit, (part, part_score) = by_unit.get(unit), best.get(unit, (unit, 0.0))
            part_hit = parts.get(part)
            score = ((whole_hit.score if whole_hit else 0.0) + PART_SHARE * part_score) * self._prior(provision)
            units.append(
                FoundUnit(
                    unit,
                    score,
                    part,
                    max(whole_hit.coverage if whole_hit else 0.0, part_hit.coverage if part_hit else 0.0),
                    max(whole_hit.wording if whole_hit else 0.0, part_hit.wording if part_hit else 0.0),
                )
            )
        units.sort(key=lambda u: -u.score)
        read = {*whole.words, *whole.unknown}
        repaired = tuple(w for w in analyse_question(question).words if w not in read)
        return Found(
            units=tuple(units),
            part_scores={a: h.score for a, h in parts.items()},
            corrected=whole.corrected,
            words=whole.words,
            unknown=whole.unknown,
            repaired=repaired,
            foreign=tuple(w for w in (*whole.unknown, *repaired) if w in self._lexicon),
        )

    def _prior(self, provision: Provision) -> float:
        factor = FRONT_FACTOR if provision.kind in _FRONT else 1.0
        previous = self._corpus.regulation_of(provision.address).status is Status.PREVIOUS
        return factor * (PREVIOUS_FACTOR if previous else 1.0)


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
    return ProvisionFinder(corpus, units, parts, EverydayWords.open_or_build(directory))


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
