"""Fits the confidence model on all question sets but the unseen ones: `python -m benchmarks.fit_confidence`.

Each question is asked of a finder that has not learned from it: one that has is surer than it will be of new ones.

A plain logistic regression (scipy) with a small ridge; prints what to write into knowledge/confidence.toml with
--write. Cross-validated figures are printed beside the fitted ones, so that a lucky threshold shows.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from benchmarks.fit_finding import SEED, thinned
from benchmarks.frames import matters
from benchmarks.questions import HOME, TODAY, build, read_questions, unit_level
from knowledge.answers import Answer
from knowledge.confidence import FEATURES, FILE, ConfidenceModel, features
from knowledge.corpus_files import load_corpus
from knowledge.finding import Found, open_finder
from knowledge.known_questions import KnownQuestion, load_known_questions
from knowledge.outside import load_inside_aspects, load_outside
from knowledge.provisions import Address

HALVES = 2
RIDGE = 0.3
HELD_WEIGHT = 0.2  # of all wordings held out of one scope, where all questions in scope weigh 1
FRAMED_WEIGHT = 0.5  # the same of matters in many ways of asking
FRAMED_EACH = 2  # matters of each scope for each way of asking
UNSURE_MAX = 0.10  # of the questions in scope
USED_OF_IT = 0.85

_GAP = re.compile("(?<![a-z])x(?![a-z])")

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
#: Features, whether the first unit answers, whether any does.
Row = tuple[tuple[float, ...], bool, bool]


class Recorder(ConfidenceModel):
    """Keeps what search found, where search is asked at all; sure of everything, so that all is answered."""

    last: Found | None = None

    def __init__(self) -> None:
        super().__init__(weights=[0.0] * len(FEATURES), bias=0.0, threshold=0.0)

    def found(self, ask: Callable[[], Answer]) -> tuple[Found | None, Answer]:
        """What search found while `ask` ran, and the answer."""
        self.last = None
        answer = ask()
        return self.last, answer

    def of(self, found: Found) -> float:
        self.last = found
        return super().of(found)


def held_out_wordings() -> list[Row]:
    """Features, rightness and scope of wordings asked of a finder that does not know them.

    Everyday wordings of provisions, and whole subjects of other matters; short and long alike.
    """
    chance = random.Random(SEED)
    corpus, held = thinned(load_corpus(HOME / "knowledge" / "regulations"), chance)
    outside = dict(load_outside())
    strange = [outside.pop(subject) for subject in chance.sample(sorted(outside), len(outside) // 5)]
    result = []
    with tempfile.TemporaryDirectory() as directory:
        finder = open_finder(corpus, Path(directory), lambda done, total: None, outside)
        for question, address in held:
            if (found := finder.find(question)).units:
                result.append((features(found), found.units[0].address == corpus.unit_of(address), True))
        for question in (question for subject in strange for question in subject):
            if (found := finder.find(question)).units:
                result.append((features(found), False, False))
    return result


def searched_questions(half: int) -> list[Row]:
    """The same of the questions of one half that search decides; the finder has learned from the other half only."""
    recorder, rows = Recorder(), []
    with tempfile.TemporaryDirectory() as directory:
        corpus, _, answerer = build(Path(directory), recorder, known_but(half))
        for question in (q for q in read_questions() if q.part != "test" and half_of(q.q) == half):
            found, answer = recorder.found(partial(answerer.answer, question.q, today=TODAY))
            if found is not None and found.units:  # else a reference, a definition, a list: search did not decide
                first = str(unit_level(answer.hits[0].address, corpus))
                rows.append((features(found), question.in_scope and first in question.gold, question.in_scope))
    return rows


def known_but(half: int) -> Sequence[KnownQuestion]:
    """What is learned from, without the questions of one half."""
    return [known for known in load_known_questions() if half_of(known.text) != half]


def half_of(text: str) -> int:
    return zlib.crc32(text.encode()) % HALVES


def framed_matters() -> list[Row]:
    """The same of matters of the regulations and of others (headings, names of subjects) within ways of asking, so that
    what stands around a matter does not tell whether it is one of the regulations.
    """
    chance = random.Random(SEED)
    corpus = load_corpus(HOME / "knowledge" / "regulations")
    inside, outside = list(matters(corpus, most=None)), sorted(load_outside())
    result = []
    with tempfile.TemporaryDirectory() as directory:
        finder = open_finder(corpus, Path(directory), lambda done, total: None)
        for frame in load_inside_aspects():
            asked: list[tuple[Address | None, str]] = [*chance.sample(inside, FRAMED_EACH)]
            asked += [(None, subject) for subject in chance.sample(outside, FRAMED_EACH)]
            for address, matter in asked:
                if (found := finder.find(_GAP.sub(matter, frame))).units:
                    result.append((features(found), found.units[0].address == address, address is not None))
    return result


def fit(x: Array, y: Array, weight: Array) -> Array:
    """Weights and bias (last) of the logistic model on standardised features, given back for raw ones."""
    mean, scale = x.mean(0), x.std(0) + 1e-9
    z = np.column_stack([(x - mean) / scale, np.ones(len(x))])

    def loss(w: Array) -> tuple[float, Array]:
        p = 1 / (1 + np.exp(-np.clip(z @ w, -50, 50)))
        value = (
            -(weight * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum() + RIDGE * (w[:-1] ** 2).sum()
        )
        gradient = z.T @ (weight * (p - y))
        gradient[:-1] += 2 * RIDGE * w[:-1]
        return float(value), gradient

    w = minimize(loss, np.zeros(z.shape[1]), jac=True, method="L-BFGS-B").x
    raw = w[:-1] / scale
    return np.append(raw, w[-1] - (raw * mean).sum())


def probability(x: Array, w: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(x @ w[:-1] + w[-1], -50, 50))))


def shares(p: Array, right: Flags, inside: Flags, threshold: float) -> tuple[float, float, float]:
    """Out of scope confident, in scope confident, in scope confident and wrong."""
    sure = p >= threshold
    return float(sure[~inside].mean()), float(sure[inside].mean()), float((sure & ~right)[inside].mean())


def best_threshold(p: Array, right: Flags, inside: Flags) -> float:
    """As strict as most of the allowed unsureness lets it be: a confident wrong answer costs more than a «شاید»."""
    grid = np.linspace(0.2, 0.9, 71)
    return float(max(t for t in grid if 1 - shares(p, right, inside, t)[1] <= UNSURE_MAX * USED_OF_IT))


def _evenly(rows: Sequence[Row], each: float) -> Array:
    """Weights of rows, so that those of each scope weigh as much together."""
    scopes = np.asarray([scope for _, _, scope in rows])
    return np.asarray(np.where(scopes, each / scopes.sum(), each / (~scopes).sum()))


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.fit_confidence")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args(arguments)
    asked = [row for half in range(HALVES) for row in searched_questions(half)]
    held, framed = held_out_wordings(), framed_matters()
    own = len(asked)
    x, right, inside = (np.asarray(column) for column in zip(*asked, strict=True))
    weight = np.where(inside, 1.0, inside.sum() / max(1, (~inside).sum()))
    more = [*held, *framed]
    more_x, more_right = np.asarray([row for row, _, _ in more]), np.asarray([r for _, r, _ in more])
    more_inside = np.asarray([scope for _, _, scope in more])
    more_weight = np.concatenate(
        [_evenly(some, share * inside.sum()) for some, share in ((held, HELD_WEIGHT), (framed, FRAMED_WEIGHT))]
    )

    def fitted(train: Flags) -> Array:
        """On these questions and on the wordings."""
        return fit(
            np.vstack([x[train], more_x]),
            np.concatenate([right[train], more_right]).astype(float),
            np.concatenate([weight[train], more_weight]),
        )

    folds = np.arange(own) % 5
    crossed = np.zeros(own)
    for k in range(5):
        crossed[folds == k] = probability(x[folds == k], fitted(folds != k))
    w = fitted(folds >= 0)
    threshold = best_threshold(crossed, right, inside)
    for t in np.arange(0.35, 0.8, 0.05):
        print(f"  at {t:.2f}: out {{:.3f}} in {{:.3f}} wrong {{:.3f}}".format(*shares(crossed, right, inside, t)))
    for name, p in (("fitted", probability(x, w)), ("crossed", crossed)):
        outside, confident, wrong = shares(p, right, inside, threshold)
        print(f"{name}: n={len(x)} threshold={threshold:.2f} out {outside:.3f} in {confident:.3f} wrong {wrong:.3f}")
    lines = [f"{n} = {v:.4f}" for n, v in zip(FEATURES, w[:-1], strict=True)]
    text = (
        "# Fitted by `python -m benchmarks.fit_confidence --write` on the tuning half; see knowledge/confidence.py.\n"
    )
    text += f"threshold = {threshold:.2f}\nbias = {w[-1]:.4f}\n\n[weights]\n" + "\n".join(lines) + "\n"
    print(text)
    more_p = probability(more_x, w)
    for name, part in (("held out", slice(0, len(held))), ("framed", slice(len(held), None))):
        outside, confident, wrong = shares(more_p[part], more_right[part], more_inside[part], threshold)
        print(f"{name}: out {outside:.3f} in {confident:.3f} wrong {wrong:.3f}")
    if args.write:
        FILE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
