"""Learns the weights of the finder's evidence: `python -m benchmarks.fit_finding --write`.

Every provision has everyday wordings; a fifth of them is taken out of the index and asked as questions. The weights make the
unit that each belongs to the likeliest (a softmax over the units found, small ridge). No question of benchmarks/questions_data is used,
so both of its halves stay untouched by this.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from benchmarks.questions import HOME
from knowledge.corpus_files import load_corpus
from knowledge.finding import ANSWERING, EVIDENCE, FILE, ProvisionFinder, open_finder
from knowledge.provisions import Address, Corpus

HELD_OUT = 0.2
RIDGE = 1.0
SEED = 7
#: The roadmap in force goes first on an equal match (design §3), whatever was learned.
PREVIOUS_MAX = -0.3

Array = npt.NDArray[np.float64]


@dataclasses.dataclass(frozen=True)
class Example:
    """Evidence of the units found for one wording, shape (units, kinds), and the row of the right one."""

    evidence: Array
    right: int


def thinned(corpus: Corpus, chance: random.Random) -> tuple[Corpus, list[tuple[str, Address]]]:
    """The corpus without the wordings held out, and these with their provisions."""
    held: list[tuple[str, Address]] = []
    regulations = []
    for regulation in corpus.regulations.values():
        provisions = []
        for p in regulation.provisions:
            if p.kind in ANSWERING and len(p.asked_as) >= 3:
                out = set(chance.sample(range(len(p.asked_as)), max(1, int(len(p.asked_as) * HELD_OUT))))
                held += [(p.asked_as[i], p.address) for i in sorted(out)]
                kept = tuple(q for i, q in enumerate(p.asked_as) if i not in out)
                p = dataclasses.replace(p, asked_as=kept)
            provisions.append(p)
        regulations.append(dataclasses.replace(regulation, provisions=tuple(provisions)))
    return Corpus(regulations, f"{corpus.version}-thinned"), held


def examples(corpus: Corpus, finder: ProvisionFinder, held: Sequence[tuple[str, Address]]) -> list[Example]:
    """One for each wording whose unit was found at all."""
    result = []
    for question, address in held:
        units = finder.find(question).units
        places = [i for i, unit in enumerate(units) if unit.address == corpus.unit_of(address)]
        if places:
            result.append(Example(np.asarray([unit.evidence for unit in units]), places[0]))
    return result


def fit(rows: Sequence[Example]) -> Array:
    """Weights of the raw evidence."""
    scale = np.vstack([row.evidence for row in rows]).std(0) + 1e-9
    scaled = [(row.evidence / scale, row.right) for row in rows]

    def loss(w: Array) -> tuple[float, Array]:
        value, gradient = RIDGE * float(w @ w), 2 * RIDGE * w
        for x, right in scaled:
            z = x @ w
            p = np.exp(z - z.max())
            p /= p.sum()
            value -= float(np.log(p[right] + 1e-12))
            gradient = gradient + x.T @ p - x[right]
        return value, gradient

    w = minimize(loss, np.zeros(len(EVIDENCE)), jac=True, method="L-BFGS-B").x
    return np.asarray(w / scale)


def shares(rows: Sequence[Example], w: Array) -> tuple[float, float]:
    """Right one first, among the first three."""
    scored = [(row.evidence @ w, row.right) for row in rows]
    ranks = [int((scores > scores[right]).sum()) for scores, right in scored]
    return float(np.mean([r == 0 for r in ranks])), float(np.mean([r < 3 for r in ranks]))


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.fit_finding")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args(arguments)
    corpus, held = thinned(load_corpus(HOME / "knowledge" / "regulations"), random.Random(SEED))
    with tempfile.TemporaryDirectory() as directory:
        rows = examples(corpus, open_finder(corpus, Path(directory), lambda done, total: None), held)
    random.Random(SEED).shuffle(rows)
    cut = len(rows) * 7 // 10
    print(f"{len(rows)} wordings; fitted on 70 %, the rest: first {shares(rows[cut:], fit(rows[:cut]))}")
    w = fit(rows)
    weights = dict(zip(EVIDENCE, w.tolist(), strict=True))
    weights["previous"] = min(weights["previous"], PREVIOUS_MAX)
    text = "# Learned by `python -m benchmarks.fit_finding --write`; see knowledge/finding.py.\n\n[weights]\n"
    text += "".join(f"{name} = {value:.4f}\n" for name, value in weights.items())
    print(text)
    if args.write:
        FILE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
