"""`make eval`: answer quality over the question sets, by intent and style, with Wilson 95 % intervals.

The sets are files of `benchmarks/questions_data/` and of `knowledge/questions/`, from which the product learns. Those of
`_UNSEEN` are only reported on: they were written from the texts alone, without sight of the wordings or of the other
sets, misses are not listed from them, and once something is tuned on one, it goes to the tuning half, later to what is
learned from. `benchmarks.fit_confidence`, `fit_finding` and `fit_limits` never read the unseen ones.

The test half are the second set (240), the 310 questions in scope of the seventh (no references), the ninth (120 out of
scope, half of them in the law's own words), the 140 out of scope of the twelfth, the 264 of the eighteenth that name no
provision, and the twenty-sixth (180 references).

Asked unseen once, then looked at and for tuning: the own test half of before (455: 31 of 32 references, 32 of 35
dates), the first blind set (41 of 41 dates, 64 of 64 references), the third (51 of 53, 170 of 178), the fourth (107 of
110, 120 of 120), the fifth (71 of 74, 51 of 51), the sixth (78 of 79, 55 of 55), references and questions out of scope
of the seventh (77 of 80; 4 of 90 confident), of the eighth (105 of 110; 10 of 120) and of the tenth set (174 of 180; 6
of 140), references of the eleventh (341 of 350), of the twelfth (169 of 170), of the thirteenth (342 of 362 of three
sets; 156 of its 160 others right first) and of the sixteenth set (161 of 167; 138 of 140 others right first; 9 of 139
confident), of the seventeenth (126 of 127; 7 of 130 confident) and of the nineteenth (194 of 199; 155 of 160 dates; of
200 short questions 190 right first, 161 confident), references of the eighteenth (126 of 128), of the twentieth (179 of
180), of the twenty-first to twenty-third, whose writers were asked to vary how a place is named (192, 192 and 191 of
200), of the twenty-fourth (178 of 180) and of the twenty-fifth (176 of 180), `deadlines_more.jsonl` (164 of 170 dates),
`deadlines_third.jsonl` (125 of 132), `outside_traps.jsonl` (5 of 260 confident), `references_more.jsonl` (185 of 200
provisions, 24 of 35 that do not exist, 18 of 25 that are asked back) and `tuning_fourth.jsonl` (130 of 135 dates, 27 of
220 confident, 38 of 40 references).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scipy.stats import binomtest

from knowledge.answering import QuestionAnswerer
from knowledge.answers import Answer, Status
from knowledge.confidence import ConfidenceModel, load_confidence
from knowledge.corpus_files import load_corpus
from knowledge.finding import ProvisionFinder, open_finder
from knowledge.known_questions import DIRECTORY, KnownQuestion
from knowledge.limit_wordings import open_limit_wordings
from knowledge.provisions import Address, Corpus
from reminders.due_dates import DueDates
from reminders.jalali import iso
from reminders.obligations import load_register

HOME = Path(__file__).resolve().parents[1]
DATA = HOME / "benchmarks" / "questions_data"
TODAY = dt.date(2026, 11, 21)  # fixed, so that figures can be compared
PARTS = ("tune", "test")
#: Questions that the product learns from: that it answers them is no news, that it does not is.
LEARNED = "learned"
#: Files that nothing is tuned on; all others are for tuning.
_UNSEEN = {"blind_second", "blind_seventh", "blind_ninth", "blind_twelfth", "blind_eighteenth", "blind_twentysixth"}


@dataclass(frozen=True)
class Question:
    """One question with what is right: `gold` units (best first), `exact` provisions, `due` an ISO Jalali date."""

    id: str
    q: str
    style: str
    intent: str
    gold: tuple[str, ...]
    exact: tuple[str, ...]
    due: str | None
    in_scope: bool
    part: str


@dataclass(frozen=True)
class Outcome:
    """A question and its answer, at the level of units."""

    question: Question
    answer: Answer
    units: tuple[str, ...]

    @property
    def first(self) -> bool:
        if not self.question.gold:  # a reference to what does not exist
            return self.answer.status is Status.NO_SUCH_PROVISION
        if self.answer.status is Status.ASKED_BACK:
            return any(g in self.units for g in self.question.gold)
        return bool(self.units) and self.units[0] in self.question.gold

    @property
    def in_three(self) -> bool:
        if self.answer.status is Status.ASKED_BACK or not self.question.gold:
            return self.first
        return any(u in self.question.gold for u in self.units[:3])

    @property
    def exact(self) -> bool:
        """The very provision; where several are shown together, all that are meant."""
        if self.answer.main is None:
            return set(self.question.exact) <= set(map(str, self.answer.provisions))
        return str(self.answer.main) in self.question.exact

    @property
    def dated(self) -> bool:
        limit = self.answer.limit
        return limit is not None and limit.due is not None and iso(limit.due) == self.question.due


def read_questions(part: str | None = None) -> list[Question]:
    """All questions, or those of one part (`PARTS`, `LEARNED`)."""
    questions = []
    for path in (*sorted(DIRECTORY.glob("*.jsonl")), *sorted(DATA.glob("*.jsonl"))):
        for line in path.read_text("utf-8").splitlines():
            row: dict[str, Any] = json.loads(line)
            questions.append(
                Question(
                    row["id"],
                    row["q"],
                    row["style"],
                    row["intent"],
                    tuple(row.get("gold", ())),
                    tuple(row.get("exact", ())),
                    row.get("due"),
                    row["scope"] == "in",
                    LEARNED if path.parent == DIRECTORY else "test" if path.stem in _UNSEEN else "tune",
                )
            )
    return [q for q in questions if part is None or q.part == part]


def build(
    directory: Path, confidence: ConfidenceModel, known: Sequence[KnownQuestion] | None = None
) -> tuple[Corpus, ProvisionFinder, QuestionAnswerer]:
    """Corpus, finder and answerer over an index in `directory`; `known`: other questions to learn from."""
    root = HOME / "knowledge" / "regulations"
    corpus = load_corpus(root)
    finder = open_finder(corpus, directory, lambda done, total: None, known=known)
    dates = DueDates(load_register(root, corpus), corpus, dict)
    wordings = open_limit_wordings(dates.register.wordings(), dates.register.conflicting(), directory)
    return corpus, finder, QuestionAnswerer(corpus, finder, dates, wordings, confidence=confidence, length_max=300)


def outcomes(questions: Iterable[Question], corpus: Corpus, answerer: QuestionAnswerer) -> list[Outcome]:
    result = []
    for question in questions:
        answer = answerer.answer(question.q, today=TODAY)
        units = dict.fromkeys(str(unit_level(h.address, corpus)) for h in answer.hits)
        result.append(Outcome(question, answer, tuple(units)))
    return result


def unit_level(address: Address, corpus: Corpus) -> Address:
    return corpus.unit_of(address)


# -- printing --------------------------------------------------------------------------------------------------------


def share(hits: int, n: int) -> str:
    """«93.1 % (88.4–96.0) 135/145»: the share with its Wilson 95 % interval."""
    if not n:
        return "—"
    low, high = binomtest(hits, n).proportion_ci(method="wilson")
    return f"{100 * hits / n:5.1f} % ({100 * low:.1f}–{100 * high:.1f}) {hits}/{n}"


def report(done: Sequence[Outcome], out: Callable[[str], None]) -> None:
    inside = [o for o in done if o.question.in_scope]
    outside = [o for o in done if not o.question.in_scope]
    for name in ("style", "intent"):
        out(f"\nby {name}:")
        for value in sorted({str(getattr(o.question, name)) for o in inside}):
            rows = [o for o in inside if getattr(o.question, name) == value]
            out(
                f"  {value:12} first {share(sum(o.first for o in rows), len(rows)):32} in three {share(sum(o.in_three for o in rows), len(rows))}"
            )
    searched = [o for o in inside if o.question.intent != "lookup"]
    cited = [o for o in inside if o.question.intent == "lookup"]
    exact = [o for o in inside if o.question.exact]
    dated = [o for o in inside if o.question.due]
    confident = [o for o in searched if o.answer.confident]
    out("\nall:")
    out(f"  right first              {share(sum(o.first for o in searched), len(searched))}")
    out(f"  right in first three     {share(sum(o.in_three for o in searched), len(searched))}")
    out(f"  explicit references      {share(sum(o.first for o in cited), len(cited))}")
    out(f"  exact note or item       {share(sum(o.exact for o in exact), len(exact))}")
    out(f"  right date               {share(sum(o.dated for o in dated), len(dated))}")
    out(f"  out of scope, confident  {share(sum(o.answer.confident for o in outside), len(outside))}")
    out(f"  in scope, confident      {share(len(confident), len(searched))}")
    out(f"  confident and wrong      {share(sum(not o.first for o in confident), len(searched))}")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.questions")
    parser.add_argument("--part", choices=(LEARNED, *PARTS))
    parser.add_argument("--misses", action="store_true", help="list misses (not of the unseen part)")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as directory:
        corpus, _, answerer = build(Path(directory), load_confidence())
        for part in (args.part,) if args.part else (LEARNED, *PARTS):
            questions = read_questions(part)
            if not questions:  # no set is under work
                continue
            done = outcomes(questions, corpus, answerer)
            print(f"== {part}: {len(done)} questions ==")
            report(done, print)
            if args.misses and part != "test":
                for o in done:
                    miss = (
                        (not o.first or (o.question.due and not o.dated)) if o.question.in_scope else o.answer.confident
                    )
                    unsure = o.question.in_scope and not o.answer.confident
                    if miss or unsure:
                        print(
                            f"{'MISS' if miss else 'unsure'} {o.question.id} [{o.question.style}] {o.question.q} | gold {list(o.question.gold)} {o.question.due or ''}"
                            f" | {o.answer.status} {o.answer.confidence:.2f} {list(o.units[:4])} {o.answer.corrected or ''}"
                        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
