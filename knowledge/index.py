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
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import tantivy

from knowledge.analysis import ANALYSIS_VERSION, STOP_WORDS, analyse
from knowledge.asked import Asked, ask
from knowledge.common_words import save_common_words
from knowledge.forward import Forward, ForwardBuilder, count_frequencies
from knowledge.latin_letters import save_consonants
from knowledge.matches import Matcher
from knowledge.packed import Floats, Ints, Longs, Strings
from knowledge.ranking import FieldWeights, Ranking, Scores
from knowledge.reading import Reader, Reading, Role, Slot, corrected_question
from knowledge.spelling import save_sounds
from knowledge.vocabulary import VIEWS, Vocabulary, VocabularyBuilder

__all__ = ["Document", "FieldWeights", "Hit", "SearchIndex", "SearchResult"]

CANDIDATES: Final = 100
"""Documents that tantivy proposes for the second look,"""
TOKENS: Final = 24_000
"""or fewer, where they are so long that together they have more words than this."""
LEAST: Final = 0.3
"""Share of the first score of the likeliest document below which none was ever the answer."""
_LAYOUT: Final = "5"
_POINTER: Final = "current"
_WRITER_HEAP_BYTES: Final = 256_000_000
_PROGRESS_STEP: Final = 200
_REMEMBERED: Final = 20_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Document:
    """What is found: an id and its texts by field."""

    id: str
    fields: Mapping[str, Sequence[str]]


class Hit(NamedTuple):
    """One document found.

    ``coverage``: IDF-weighted share of the question's words found in it, 0 to 1; ``field_coverage`` the same by field,
    in the order of ``FieldWeights.names``.
    ``wording``: likeness to the best single text among the fields of alternatives (``FieldWeights.best_of``), 0 to 1.
    ``score`` compares hits of one question only.
    """

    id: str
    score: float
    coverage: float
    wording: float = 0.0
    field_coverage: Sequence[float] = ()


@dataclass(frozen=True)
class SearchResult:
    """Hits, best first (ties in document order), and how the question was understood.

    ``corrected``: the question after spelling and Latin-letter words were read, None where nothing changed. ``words``:
    the folded words searched for. ``unknown``: those that no document has in any form. ``meant``: what repaired words
    were read as, by the folded typed word.
    """

    hits: tuple[Hit, ...]
    corrected: str | None
    words: tuple[str, ...]
    unknown: tuple[str, ...]
    meant: Mapping[str, str] = field(default_factory=dict)


class SearchIndex:
    """One opened index. Reading is safe from several threads."""

    def __init__(self, directory: Path, weights: FieldWeights) -> None:
        """Open the finished index in ``directory``; OSError, ValueError or EOFError where damaged."""
        self._ids = Strings.load(directory, "id")
        self._vocabulary = Vocabulary.load(directory, len(self._ids))
        stop_stems = frozenset(self._vocabulary.numbers(word).stem for word in STOP_WORDS)
        matcher = Matcher(Forward.load(directory), self._vocabulary)
        self._ranking = Ranking(matcher, weights, skipped_stems=stop_stems)
        self._reader = Reader.load(directory, self._vocabulary)
        self._engine = tantivy.Index.open(str(directory / "engine"))
        _register_tokenizer(self._engine)
        self._searcher = self._engine.searcher()
        self._schema = self._engine.schema
        self._clauses = lru_cache(maxsize=_REMEMBERED)(self._new_clauses)  # people ask with the same words

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
        """The ``limit`` best documents for ``question``; none where no word of it is known.

        Fewer where all others are far behind (``LEAST``).
        """
        reading = self._reader.read(question)
        asked = ask(reading, self._vocabulary)
        documents = self._candidates(asked, max(CANDIDATES, limit))
        if not len(documents):
            corrected = corrected_question(question, reading.settled)
            return SearchResult((), corrected, reading.words, reading.unknown, reading.settled)
        scores = self._ranking.score(asked, documents)
        order = np.lexsort((documents, -scores.score))[:limit]
        meant = self._meant(reading, asked, scores.gain[order[0]])
        content = (slot for slot in reading.slots if slot.role is Role.CONTENT)
        words = tuple(meant.get(slot.typed, slot.options[0].word) for slot in content)
        hits = self._hits(asked, documents, scores, order)
        return SearchResult(hits, corrected_question(question, meant), words, reading.unknown, meant)

    def _hits(self, asked: Asked, documents: Longs, scores: Scores, order: Longs) -> tuple[Hit, ...]:
        columns = zip(
            documents[order].tolist(),
            scores.score[order].tolist(),
            scores.coverage[order].tolist(),
            scores.wording[order].tolist(),
            self._ranking.by_field(asked, scores, order),
            strict=True,
        )
        return tuple([Hit(self._ids[document], *evidence) for document, *evidence in columns])

    def _meant(self, reading: Reading, asked: Asked, gain: Floats) -> dict[str, str]:
        """What repaired words were meant, judged by the best document: typed → understood."""
        meant = dict(reading.settled)
        best = _best_rows(asked, gain)
        for group, slot in enumerate(reading.slots):
            if slot.role is Role.CONTENT and slot.repaired:
                word = self._chosen(slot, best.get(group))
                meant[slot.typed] = f"{meant[slot.typed]} {word}" if slot.typed in meant else word
        return meant

    def _chosen(self, slot: Slot, stem: int | None) -> str:
        """The reading with that stem, the likeliest one without it."""
        chosen = (option.word for option in slot.options if self._vocabulary.numbers(option.word).stem == stem)
        return next(chosen, slot.options[0].word)

    def _candidates(self, asked: Asked, count: int) -> Longs:
        """The likeliest ``count`` documents, ascending, or as many as have ``TOKENS`` words together."""
        stems = asked.stem[~asked.stop]
        if not len(stems):
            return np.zeros(0, np.int64)
        query, few = self._query(stems), min(count, self._usual)
        documents, words = self._proposed(query, few)
        if few < count and len(documents) == few and words[-1] < TOKENS:
            documents, words = self._proposed(query, count)
        return np.sort(documents[: max(1, int(words.searchsorted(TOKENS)))])

    @cached_property
    def _usual(self) -> int:
        """How many documents are enough, unless those found are much shorter than others."""
        average = len(self._ranking.matcher.forward.tokens) / max(len(self._ids), 1)
        return int(1.5 * TOKENS / max(average, 1.0)) + 1

    def _proposed(self, query: tantivy.Query, count: int) -> tuple[Longs, Longs]:
        """Documents, the likeliest first, and how many words they have together up to each."""
        hits = self._searcher.search(query, count, count=False).hits
        least = hits[0][0] * LEAST if hits else 0.0
        numbers = self._searcher.fast_field_values("number", [address for score, address in hits if score >= least])
        documents = np.asarray(numbers, np.int64)
        start = self._ranking.matcher.forward.document_start
        return documents, np.cumsum(start.take(documents + 1) - start.take(documents))

    def _query(self, stems: Ints) -> tantivy.Query:
        return tantivy.Query.boolean_query([clause for term in stems.tolist() for clause in self._clauses(term)])

    def _new_clauses(self, term: int) -> Sequence[tuple[tantivy.Occur, tantivy.Query]]:
        """One clause for each field in which some document has the term: the others would only cost time."""
        clauses = []
        for number, weight in enumerate(self._ranking.fields.weights.values()):
            if self._searcher.doc_freq(f"f{number}", str(term)):
                clause = tantivy.Query.term_query(self._schema, f"f{number}", str(term), "freq")
                # a boost of 1 would only switch the engine's pruning off
                boosted = clause if weight == 1 else tantivy.Query.boost_query(clause, weight)
                clauses.append((tantivy.Occur.Should, boosted))
        return clauses


def _best_rows(asked: Asked, gain: Floats) -> Mapping[int, int]:
    """The stem that added most, by group; groups of which nothing was found are left out."""
    best: dict[int, tuple[float, int]] = {}
    for group, stem, added in zip(asked.group.tolist(), asked.stem.tolist(), gain.tolist(), strict=True):
        if added > best.get(group, (0.0, 0))[0]:
            best[group] = added, stem
    return {group: stem for group, (_, stem) in best.items()}


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
    words = [(word, number) for word, number in vocabulary.surfaces.items() if number]
    save_sounds(target, words)
    save_consonants(target, words)
    save_common_words(target)
    views = {name: np.load(target / f"{name}_of.npy") for name in VIEWS}
    count_frequencies(target, views)
    Strings.save(target, "id", (document.id for document in documents))
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
            stems = (vocabulary.stem_of[number] for number in (*words, *compounds))
            entry.add_text(f"f{field_number}", " ".join(map(str, stems)))
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
