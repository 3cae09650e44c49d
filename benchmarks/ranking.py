"""Latency of the whole ranking, one thread: reading the question, spelling included, candidates, evidence, order.

The aims: p99 ≤ 2 ms over the regulations' units, ≤ 5 ms over 20 thousand passages, ≤ 10 ms over a million. `make bench` takes
the regulations, and perturbed copies of them as passages up to 20 thousand. Public passages and a million take minutes to
index: `python -m benchmarks.ranking --corpus C.jsonl --queries Q.jsonl --sizes 20000 1000000 --keep DIRECTORY`.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from knowledge.corpus_files import load_corpus
from knowledge.finding import UNIT_WEIGHTS, unit_documents
from knowledge.index import Document, FieldWeights, SearchIndex
from knowledge.provisions import Corpus

HOME = Path(__file__).resolve().parents[1]
TEXT = FieldWeights({"text": 1.0})
AIMS_MS = {0: 2.0, 20_000: 5.0, 1_000_000: 10.0}
"""Aim for p99 by number of passages; 0 stands for the regulations themselves."""
REPLACED = 0.15  # of the words of a copy
QUESTIONS = 1500
WARMING = 200
SLIPS_EVERY = 4  # one question in four is misspelt
SEED = 7


class Copies(Sequence[Document]):
    """``size`` passages: the given ones, then copies with some words replaced by words of others; made as they are read."""

    def __init__(self, passages: Sequence[str], size: int) -> None:
        self._passages, self._size = passages, size
        self._words = [word for passage in passages for word in passage.split()]

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Document]:
        chance = random.Random(SEED)
        for number in range(self._size):
            words = self._passages[number % len(self._passages)].split()
            if number >= len(self._passages):
                words = [chance.choice(self._words) if chance.random() < REPLACED else word for word in words]
            yield Document(str(number), {"text": [" ".join(words)]})

    def __getitem__(self, number: object) -> Document:  # type: ignore[override]
        raise TypeError("copies are read from first to last")


def with_slips(questions: Sequence[str]) -> list[str]:
    """Every fourth question with one letter of its longest word left out, as people type."""
    chance = random.Random(SEED)
    return [slipped(question, chance) if n % SLIPS_EVERY == 0 else question for n, question in enumerate(questions)]


def slipped(question: str, chance: random.Random) -> str:
    longest = max(question.split(), key=len, default="")
    if len(longest) < 4:
        return question
    place = chance.randrange(1, len(longest) - 1)
    return question.replace(longest, longest[:place] + longest[place + 1 :], 1)


def measured(index: SearchIndex, questions: Sequence[str]) -> tuple[float, float]:
    """p50 and p99 of one search, in milliseconds of CPU time of its thread, which other programs do not lengthen."""
    for question in questions[:WARMING]:
        index.search(question)
    gc.collect()
    gc.freeze()
    took = []
    for question in questions:
        begun = time.thread_time_ns()
        index.search(question)
        took.append((time.thread_time_ns() - begun) / 1e6)
    took.sort()
    return took[len(took) // 2], took[int(len(took) * 0.99)]


def opened(documents: Sequence[Document], directory: Path, weights: FieldWeights, version: str) -> SearchIndex:
    def show(done: int, total: int) -> None:
        if total > 100_000 and done % 50_000 == 0:
            print(f"  {done:,} of {total:,}", file=sys.stderr, flush=True)

    return SearchIndex.open_or_build(documents, directory, version=version, weights=weights, on_progress=show)


def reported(name: str, aim_ms: float, figures: tuple[float, float]) -> bool:
    print(f"{name:24} p50 {figures[0]:6.2f} ms   p99 {figures[1]:6.2f} ms   (aim {aim_ms:g})", flush=True)
    return figures[1] <= aim_ms


def of_regulations(corpus: Corpus, directory: Path) -> bool:
    questions = [question for provision in corpus for question in provision.asked_as][:QUESTIONS]
    documents = list(unit_documents(corpus))
    index = opened(documents, directory / "regulations", UNIT_WEIGHTS, corpus.version)
    return reported(f"{len(documents)} units", AIMS_MS[0], measured(index, with_slips(questions)))


def of_passages(passages: Sequence[str], questions: Sequence[str], size: int, directory: Path) -> bool:
    index = opened(Copies(passages, size), directory / str(size), TEXT, f"{len(passages)}-{size}")
    aim = min(aim for passages_max, aim in AIMS_MS.items() if size <= passages_max)
    return reported(f"{size:,} passages", aim, measured(index, with_slips(questions[:QUESTIONS])))


def lines(path: str, key: str) -> list[str]:
    with Path(path).open(encoding="utf-8") as file:
        return [json.loads(line)[key] for line in file if line.strip()]


def main(arguments: Sequence[str] = ()) -> bool:
    """Whether every aim is met."""
    parser = argparse.ArgumentParser(prog="benchmarks.ranking")
    parser.add_argument("--corpus", help="JSON lines with a text; without it, the regulations")
    parser.add_argument("--queries", help="JSON lines with a question; without it, the regulations' wordings")
    parser.add_argument("--sizes", type=int, nargs="*", default=[20_000])
    parser.add_argument("--keep", help="directory in which indexes stay for the next time")
    given = parser.parse_args(arguments)
    corpus = load_corpus(HOME / "knowledge" / "regulations")
    passages = lines(given.corpus, "text") if given.corpus else [p.wording for p in corpus if p.wording]
    wordings = [question for provision in corpus for question in provision.asked_as]
    questions = lines(given.queries, "question") if given.queries else wordings
    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(given.keep or temporary)
        met = [of_regulations(corpus, directory)]
        met += [of_passages(passages, questions, size, directory) for size in given.sizes]
    return all(met)


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:]) else 1)
