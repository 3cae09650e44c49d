"""The search index: built once from documents, kept on disk, opened in milliseconds, asked in Persian.

A stored index belongs to one corpus version, one analysis version and one list of fields; anything else builds a new
one beside it and swaps a pointer file, so a reader never meets half an index. tantivy proposes candidates, ``Ranking``
orders them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import tantivy

from knowledge.analysis import ANALYSIS_VERSION, STOP_WORDS, Analysis, analyse, analyse_question, stem
from knowledge.forward import Forward, ForwardBuilder, Longs, count_frequencies
from knowledge.ranking import SLOTS_MAX, Asked, FieldWeights, Ranking
from knowledge.vocabulary import Vocabulary, VocabularyBuilder

__all__ = ["Document", "FieldWeights", "Hit", "SearchIndex", "SearchResult"]

CANDIDATES: Final = 100
"""Documents that tantivy proposes for the second look."""
_LAYOUT: Final = "1"
_POINTER: Final = "current"
_WRITER_HEAP_BYTES: Final = 256_000_000
_PROGRESS_STEP: Final = 200

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Document:
    """What is found: an id and its texts by field."""

    id: str
    fields: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Hit:
    """One document found.

    ``coverage``: IDF-weighted share of the question's words found in it, 0 to 1; ``field_coverage`` the same by field.
    ``wording``: likeness to the best single text among the fields of alternatives (``FieldWeights.best_of``), 0 to 1.
    ``score`` compares hits of one question only.
    """

    id: str
    score: float
    coverage: float
    wording: float = 0.0
    field_coverage: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class SearchResult:
    """Hits, best first (ties in document order), and how the question was understood.

    ``corrected``: the question after spelling and Latin-letter words were read, None where nothing changed. ``words``:
    the folded words searched for. ``unknown``: those that no document has in any form.
    """

    hits: tuple[Hit, ...]
    corrected: str | None
    words: tuple[str, ...]
    unknown: tuple[str, ...]


class SearchIndex:
    """One opened index. Reading is safe from several threads."""

    def __init__(self, directory: Path, weights: FieldWeights) -> None:
        """Open the finished index in ``directory``; OSError, ValueError or EOFError where damaged."""
        self._ids = tuple((directory / "ids.txt").read_text(encoding="utf-8").split("\n")[1:])
        self._vocabulary = Vocabulary.load(directory, len(self._ids))
        stop_stems = frozenset(self._vocabulary.stem_number.get(stem(word), 0) for word in STOP_WORDS)
        self._ranking = Ranking(Forward.load(directory), self._vocabulary, weights, stop_stems)
        self._engine = tantivy.Index.open(str(directory / "engine"))
        _register_tokenizer(self._engine)
        self._searcher = self._engine.searcher()
        self._schema = self._engine.schema

    @classmethod
    def open_or_build(
        cls,
        documents: Sequence[Document] | Callable[[], Sequence[Document]],
        directory: Path,
        *,
        version: str,
        weights: FieldWeights,
        on_progress: Progress,
    ) -> SearchIndex:
        """The stored index of ``version``, or a new one that replaces what ``directory`` holds.

        ``documents`` may be a function, called only when building. ``on_progress(done, total)`` is called while
        building, never when opening. A damaged stored index is built anew. OSError: no space, no permission.
        """
        key = _key(version, weights)
        stored = _stored(directory, key)
        if stored is not None:
            try:
                return cls(stored, weights)
            except (OSError, ValueError, EOFError):
                pass  # damaged, or replaced by another process between the look and the opening
        read = documents() if callable(documents) else documents
        return cls(_build(read, directory, key, weights.names, on_progress), weights)

    def search(self, question: str, *, limit: int = 10) -> SearchResult:
        """The ``limit`` best documents for ``question``; none where no word of it is known."""
        analysis = analyse_question(question)
        asked = self._asked(analysis)
        unknown = tuple(dict.fromkeys(word for word in analysis.words if not self._vocabulary.knows(word)))
        hits = self._hits(asked, limit) if len(asked.stems) else ()
        return SearchResult(hits, None, analysis.words, unknown)

    def _hits(self, asked: Asked, limit: int) -> tuple[Hit, ...]:
        documents = self._candidates(asked, max(CANDIDATES, limit))
        if not len(documents):
            return ()
        scores = self._ranking.score(asked, documents)
        names = self._ranking.weights.names
        best = np.lexsort((documents, -scores.score))[:limit]
        return tuple(
            Hit(
                id=self._ids[documents[row]],
                score=float(scores.score[row]),
                coverage=float(scores.coverage[row]),
                wording=float(scores.wording[row]),
                field_coverage=dict(zip(names, scores.by_field[row].tolist(), strict=True)),
            )
            for row in best
        )

    def _asked(self, analysis: Analysis) -> Asked:
        vocabulary = self._vocabulary
        slots: dict[int, int] = {}
        surfaces: list[int] = []
        sequence: list[int] = []
        for word in (*analysis.words, *analysis.compounds)[:SLOTS_MAX]:
            number = vocabulary.stem_number.get(stem(word), 0)
            sequence.append(slots.setdefault(number, len(slots)) if number else -1)
            if number and len(surfaces) < len(slots):
                surfaces.append(vocabulary.surface_number.get(word, 0))
        essential = {slot for slot in sequence[: len(analysis.words)] if slot >= 0}
        words = sequence[: len(analysis.words)]
        pairs = dict.fromkeys((a, b) for a, b in pairwise(words) if a >= 0 and b >= 0)
        unseen = {stem(word) for word in analysis.words} - {vocabulary.stems[number] for number in slots}
        return Asked(
            stems=np.fromiter(slots, np.int32, len(slots)),
            surfaces=np.asarray(surfaces, np.int32),
            pairs=np.asarray(list(pairs), np.int32).reshape(-1, 2),
            essential=np.asarray([slot in essential for slot in range(len(slots))], np.bool_),
            unseen=len(unseen),
        )

    def _candidates(self, asked: Asked, count: int) -> Longs:
        query = self._query([self._vocabulary.stems[number] for number in asked.stems.tolist()])
        found = self._searcher.search(query, count, count=False)
        numbers = self._searcher.fast_field_values("number", [address for _, address in found.hits])
        return np.asarray(numbers, np.int64)

    def _query(self, stems: Sequence[str]) -> tantivy.Query:
        weights = self._ranking.weights
        clauses: list[tuple[tantivy.Occur, tantivy.Query]] = []
        for number, name in enumerate(weights.names):
            for word in stems:
                clause = tantivy.Query.term_query(self._schema, f"f{number}", word, "freq")
                if weights.weights[name] != 1:  # a boost of 1 would only switch the engine's pruning off
                    clause = tantivy.Query.boost_query(clause, weights.weights[name])
                clauses.append((tantivy.Occur.Should, clause))
        return tantivy.Query.boolean_query(clauses)


def _key(version: str, weights: FieldWeights) -> str:
    parts = json.dumps([_LAYOUT, ANALYSIS_VERSION, version, weights.names], ensure_ascii=False)
    return hashlib.sha256(parts.encode()).hexdigest()[:16]


def _stored(directory: Path, key: str) -> Path | None:
    pointer = directory / _POINTER
    if not pointer.is_file():
        return None
    name = pointer.read_text(encoding="utf-8").strip()
    found = directory / name
    return found if name.startswith(f"{key}-") and found.is_dir() else None


def _build(
    documents: Sequence[Document], directory: Path, key: str, names: tuple[str, ...], progress: Progress
) -> Path:
    """Write a new index beside the old one, point to it, then remove the old ones."""
    directory.mkdir(parents=True, exist_ok=True)
    target = Path(tempfile.mkdtemp(prefix=f"{key}-", dir=directory))
    try:
        _write(documents, target, names, progress)
        pointer = target / _POINTER
        pointer.write_text(target.name, encoding="utf-8")
        pointer.replace(directory / _POINTER)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    for other in directory.iterdir():
        if other.is_dir() and other != target:
            shutil.rmtree(other, ignore_errors=True)
    return target


def _write(documents: Sequence[Document], target: Path, names: tuple[str, ...], progress: Progress) -> None:
    vocabulary = VocabularyBuilder()
    engine = _new_engine(target / "engine", len(names))
    writer = engine.writer(_WRITER_HEAP_BYTES, 1)  # one thread: the same documents give the same index
    total = len(documents)
    with ForwardBuilder(target, len(names)) as forward:
        for number, document in enumerate(documents):
            if number % _PROGRESS_STEP == 0:
                progress(number, total)
            writer.add_document(_entry(number, document, names, vocabulary, forward))
        forward.finish()
    writer.commit()
    writer.wait_merging_threads()
    vocabulary.save(target)
    count_frequencies(target, np.asarray(vocabulary.stem_of, np.int32), len(vocabulary.stems))
    (target / "ids.txt").write_text("\n".join(["", *(document.id for document in documents)]), encoding="utf-8")
    progress(total, total)


def _entry(
    number: int, document: Document, names: Sequence[str], vocabulary: VocabularyBuilder, forward: ForwardBuilder
) -> tantivy.Document:
    """The engine's form of one document; its words go to ``vocabulary`` and ``forward`` on the way."""
    entry = tantivy.Document()
    entry.add_unsigned("number", number)  # the keyword form would store a signed value and panic the writer
    texts: list[tuple[int, list[int], list[int]]] = []
    for field_number, name in enumerate(names):
        for text in document.fields.get(name, ()):
            analysis = analyse(text)
            words = [vocabulary.number(word) for word in analysis.words]
            compounds = [vocabulary.number(word) for word in analysis.compounds]
            texts.append((field_number, words, compounds))
            entry.add_text(f"f{field_number}", " ".join(map(stem, (*analysis.words, *analysis.compounds))))
    forward.add(texts)
    return entry


def _new_engine(directory: Path, fields: int) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", fast=True)
    for number in range(fields):
        builder.add_text_field(f"f{number}", tokenizer_name="words", index_option="freq")
    directory.mkdir()
    engine = tantivy.Index(builder.build(), str(directory))
    _register_tokenizer(engine)
    return engine


def _register_tokenizer(engine: tantivy.Index) -> None:
    """Needed after creating and again after every opening: tantivy stores the tokenizer's name only."""
    engine.register_tokenizer("words", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
