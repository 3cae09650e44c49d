"""Learns which unit, and which of its limits, answers a question for a time: `python -m benchmarks.fit_limits --write`.

From the tuning questions alone. Units: those that the answerer reads as asking for a time and looks up by search; to be
preferred is a right one that sets the right date where there is one. Limits: those of a right unit that sets several,
right by its date, or by its provision where there is none. A softmax with a small ridge, two-fold figures beside it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from benchmarks.fit_finding import SEED
from benchmarks.questions import TODAY, Question, build, read_questions
from knowledge.confidence import load_confidence
from knowledge.finding import Found
from knowledge.limit_preference import FEATURES, LimitPreference
from knowledge.provisions import Address
from knowledge.wanted_limits import FEATURES as LIMIT_FEATURES
from knowledge.wanted_limits import FILE, WantedLimit
from reminders.jalali import iso

RIDGE = 5.0
Array = npt.NDArray[np.float64]
Example = tuple[Array, list[int]]


class Recorder(LimitPreference):
    """Keeps what it was asked to order, where it was asked at all."""

    last: Found | None = None

    def ordered(self, found: Found, today: dt.date) -> Found:
        self.last = found
        return super().ordered(found, today)

    def found(self, ask: Callable[[], object]) -> Found | None:
        """What was ordered while `ask` ran."""
        self.last = None
        ask()
        return self.last


def unit_examples(questions: Sequence[Question]) -> list[Example]:
    """Features of the units found for each question, and the places of the right ones."""
    rows: list[Example] = []
    with tempfile.TemporaryDirectory() as directory:
        corpus, _, answerer = build(Path(directory), load_confidence())
        recorder = Recorder(corpus, answerer.limits, answerer.wordings, [1.0, *(0.0,) * (len(FEATURES) - 1)])
        answerer.preference = recorder
        for question in questions:
            found = recorder.found(partial(answerer.answer, question.q, today=TODAY))
            if found is None:
                continue
            features = np.asarray(recorder.features(found, TODAY))
            right = []
            for place, unit in enumerate(found.units[: len(features)]):
                parts = [p.address for p in corpus.unit_parts(unit.address)]
                days = {iso(m.due) for m in answerer.limits.limits_of(parts, TODAY) if m.due}
                if str(unit.address) in question.gold and (question.due is None or question.due in days):
                    right.append(place)
            if right:
                rows.append((features, right))
    return rows


def limit_examples(questions: Sequence[Question]) -> list[Example]:
    """Features of the limits of each question's right unit, and the places of the right ones."""
    rows: list[Example] = []
    with tempfile.TemporaryDirectory() as directory:
        corpus, finder, answerer = build(Path(directory), load_confidence())
        for question in questions:
            found = finder.find(question.q)
            parts_found = {str(unit.address): unit.part for unit in found.units}
            for gold in question.gold:
                parts = [p.address for p in corpus.unit_parts(Address.parse(gold))]
                limits = [m for m in answerer.limits.limits_of(parts, TODAY) if m.address in parts]
                if question.due:
                    right = [i for i, m in enumerate(limits) if m.due and iso(m.due) == question.due]
                else:
                    right = [i for i, m in enumerate(limits) if str(m.address) in question.exact and not m.due]
                if gold in parts_found and right and len(right) < len(limits):
                    wanted = WantedLimit.read(found.question)
                    features = wanted.features(limits, found.part_scores, answerer.wordings.margins, parts_found[gold])
                    rows.append((np.asarray(features), right))
    return rows


def fit(rows: Sequence[Example]) -> Array:
    scale = np.vstack([x for x, _ in rows]).std(0) + 1e-9

    def loss(w: Array) -> tuple[float, Array]:
        value, gradient = RIDGE * float(w @ w), 2 * RIDGE * w
        for x, right in rows:
            z = (x / scale) @ w
            p = np.exp(z - z.max())
            p /= p.sum()
            good = p[right].sum()
            value -= float(np.log(good + 1e-12))
            q = np.zeros_like(p)
            q[right] = p[right] / good
            gradient = gradient + (x / scale).T @ (p - q)
        return value, gradient

    w = minimize(loss, np.zeros(rows[0][0].shape[1]), jac=True, method="L-BFGS-B").x
    return np.asarray(w / scale)


def share(rows: Sequence[Example], w: Array) -> float:
    return float(np.mean([int(np.argmax(x @ w)) in right for x, right in rows]))


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.fit_limits")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args(arguments)
    questions = [q for q in read_questions() if q.part != "test" and q.in_scope]
    timed = [q for q in questions if q.intent == "deadline"]
    text = "# Learned by `python -m benchmarks.fit_limits --write`; see limit_preference.py and wanted_limits.py.\n"
    for name, features, rows in (
        ("unit", FEATURES, unit_examples(questions)),
        ("limit", LIMIT_FEATURES, limit_examples(timed)),
    ):
        random.Random(SEED).shuffle(rows)
        halves = rows[::2], rows[1::2]
        crossed = np.mean([share(b, fit(a)) for a, b in (halves, halves[::-1])])
        w = fit(rows)
        print(f"{name}: {len(rows)} questions, crossed {crossed:.3f}, fitted {share(rows, w):.3f}")
        text += f"\n[{name}]\n" + "".join(f"{k} = {v:.4f}\n" for k, v in zip(features, w, strict=True))
    print(text)
    if args.write:
        FILE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
