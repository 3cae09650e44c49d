"""Fits the model of what is asked of the unit on the table: `python -m benchmarks.fit_belonging [--write]`.

On the tuning conversations, and as a control on the tuning questions of which search is unsure, each beside a unit that
has nothing to do with it.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.fit_confidence import Array, fit, half_of, known_but, probability
from benchmarks.fit_finding import SEED
from benchmarks.follow_ups import read_conversations, talk
from benchmarks.questions import LEARNED, TODAY, build, read_questions
from knowledge.answering import QuestionAnswerer
from knowledge.belonging import FEATURES, FILE, BelongingModel, Beside, features, load_belonging
from knowledge.confidence import load_confidence
from knowledge.on_table import OnTable
from knowledge.provisions import Corpus, Kind

CONTROL_WEIGHT = 0.5  # of all single questions, where all follow-ups weigh 1
THRESHOLD = 0.6  # an answer of another matter costs more than a «شاید»
FOLDS = 10
HALF = 0  # of the known questions, of which this finder has learned only the others

Row = tuple[tuple[float, ...], bool]


class _Recorder(BelongingModel):
    """Decides as the model in force does, and keeps what it was asked."""

    def __init__(self, model: BelongingModel) -> None:
        super().__init__(model.weights, model.bias, model.threshold)
        self.last: Beside | None = None

    def taken(self) -> Beside | None:
        """What it was asked since the last time, None where it was not."""
        last, self.last = self.last, None
        return last

    def of(self, beside: Beside) -> float:
        self.last = beside
        return super().of(beside)


def of_conversations(corpus: Corpus, answerer: QuestionAnswerer, recorder: _Recorder) -> Iterator[Row]:
    """Follow-ups of which search is unsure, and whether they are asked of the unit on the table."""
    for turns in read_conversations("tune"):
        for outcome in talk(turns, corpus, answerer):
            if (beside := recorder.taken()) is not None and not outcome.turn.first:
                yield features(beside), str(beside.unit) in outcome.turn.gold


def of_single_questions(corpus: Corpus, answerer: QuestionAnswerer, recorder: _Recorder) -> Iterator[Row]:
    """Questions beside a unit that is not theirs."""
    chance = random.Random(SEED)
    units = sorted({str(corpus.unit_of(p.address)) for p in corpus if p.kind in (Kind.ARTICLE, Kind.TABLE_ROW)})
    by_name = {str(p.address): p.address for p in corpus}
    for question in (q for q in read_questions(LEARNED) if half_of(q.q) == HALF):
        unit = chance.choice(units)
        recorder.taken()
        answerer.answer(question.q, today=TODAY, table=OnTable(by_name[unit], (by_name[unit],)))
        if (beside := recorder.taken()) is not None and unit not in question.gold:
            yield features(beside), False


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.fit_belonging")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args(arguments)
    recorder = _Recorder(load_belonging())
    with tempfile.TemporaryDirectory() as directory:
        corpus, _, answerer = build(Path(directory), load_confidence(), known_but(HALF))
        answerer.follow_ups.belonging = recorder
        talked = list(of_conversations(corpus, answerer, recorder))
        single = list(of_single_questions(corpus, answerer, recorder))
    x, y = np.asarray([row for row, _ in talked]), np.asarray([of_it for _, of_it in talked], float)
    more, none = np.asarray([row for row, _ in single]), np.zeros(len(single))
    each = np.full(len(single), CONTROL_WEIGHT * len(x) / len(single))

    def fitted(train: Array) -> Array:
        chosen = train.astype(bool)
        weight = np.concatenate([np.ones(chosen.sum()), each])
        return fit(np.vstack([x[chosen], more]), np.concatenate([y[chosen], none]), weight)

    folds = np.arange(len(x)) % FOLDS
    crossed = np.zeros(len(x))
    for k in range(FOLDS):
        crossed[folds == k] = probability(x[folds == k], fitted(folds != k))
    w = fitted(np.ones(len(x)))
    control = probability(more, w)
    for t in (0.4, 0.5, 0.6, 0.7):
        print(
            f"  at {t:.1f}, crossed: of it {int((crossed[y > 0] >= t).sum())}/{int(y.sum())}, not of it"
            f" {int((crossed[y == 0] >= t).sum())}/{int((y == 0).sum())}; single {int((control >= t).sum())}/{len(single)}"
        )
    lines = [f"{name} = {value:.4f}" for name, value in zip(FEATURES, w[:-1], strict=True)]
    text = "# Fitted by `python -m benchmarks.fit_belonging --write`; see knowledge/belonging.py.\n"
    text += f"threshold = {THRESHOLD:.2f}\nbias = {w[-1]:.4f}\n\n[weights]\n" + "\n".join(lines) + "\n"
    print(text)
    if args.write:
        FILE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
