"""Conversations, message by message, through the answerer and what a chat remembers: `python -m benchmarks.follow_ups`.

They stand in `benchmarks/follow_ups_data/`, written from the texts alone by people who had not seen the program. Those of
`_UNSEEN` are only reported on. A follow-up counts when its provision is in the answer (of a list: all of them; of a
limit: or what sets the limit that is shown), one that no text answers when it gets no confident answer; exact notes and
items are reported apart.

Asked before they were looked at: the first and second set 58 of 108 and 56 of 109 follow-ups, before anything but a
provision was on the table; then, each with what the ones before it had taught, the second 89 of
109, the third 88 of 110, the fourth 72 of 100, the sixth 86 of 119, the eighth 72 of 103, the eleventh 70 of 103 and the
twelfth 84 of 108 (where a limit is asked for, the row that sets it has counted since).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.questions import PARTS, TODAY, build, share
from bot.remembered import Memory, RememberedAnswer
from bot.screens.answers import on_the_table, with_namesakes
from knowledge.answering import QuestionAnswerer
from knowledge.answers import Answer, Status
from knowledge.confidence import load_confidence
from knowledge.provisions import Address, Corpus

DATA = Path(__file__).with_name("follow_ups_data")
#: Files that nothing is tuned on; all others are for tuning.
_UNSEEN = {"fifth", "seventh", "ninth", "thirteenth"}


@dataclass(frozen=True)
class Turn:
    """One message: `gold` units of which one must be in the answer (all of them where a list is `asked` for), none where
    no text answers; `exact`: notes or items.
    """

    question: str
    gold: frozenset[str]
    exact: frozenset[str]
    asked: str
    style: str
    first: bool


@dataclass(frozen=True)
class Outcome:
    """A message and whether its answer was right, and exactly so."""

    turn: Turn
    answer: Answer
    right: bool
    exact: bool


def read_conversations(part: str) -> Iterator[list[Turn]]:
    """The conversations of one part (`PARTS`)."""
    for path in sorted(DATA.glob("*.jsonl")):
        if (path.stem in _UNSEEN) == (part == "test"):
            for line in path.read_text("utf-8").splitlines():
                row = json.loads(line)
                yield [
                    Turn(
                        t["q"], frozenset(t["gold"]), frozenset(t.get("exact", ())), t["ask"], row["style"], place == 0
                    )
                    for place, t in enumerate(row["turns"])
                ]


def talk(turns: Sequence[Turn], corpus: Corpus, answerer: QuestionAnswerer) -> Iterator[Outcome]:
    """Each message asked after the one before was answered, as a chat does."""
    memory = Memory()
    for number, turn in enumerate(turns, 1):
        answer = with_namesakes(corpus, answerer.answer(turn.question, today=TODAY, table=memory.on_table()))
        remembered = RememberedAnswer.of(answer, number)
        memory = memory.with_answer(remembered, on_the_table(corpus, remembered))
        exact = bool(turn.exact & set(map(str, _named(answer))))
        yield Outcome(turn, answer, _is_right(answer, turn, corpus), exact)


def _named(answer: Answer) -> list[Address]:
    addresses = [at for at in (answer.main, *answer.provisions) if at is not None]
    return addresses + [limit.address for limit in answer.limits] if answer.listing else addresses


def _is_right(answer: Answer, turn: Turn, corpus: Corpus) -> bool:
    if not turn.gold:
        return not answer.confident
    if answer.status not in (Status.ANSWERED, Status.ASKED_BACK):
        return False
    addresses = _named(answer)
    if turn.asked == "limit" and answer.limit is not None:
        addresses.append(answer.limit.address)  # the row of a timetable that sets it
    named = {str(at) for address in addresses for at in (address, corpus.unit_of(address))}
    return turn.gold <= named if turn.asked == "list" else bool(turn.gold & named)


def report(done: Sequence[Outcome]) -> None:
    """Shares with Wilson intervals, by style and over all."""
    follow = [o for o in done if not o.turn.first and o.turn.gold]
    for style in sorted({o.turn.style for o in follow}):
        rows = [o for o in follow if o.turn.style == style]
        print(f"  {style:12} {share(sum(o.right for o in rows), len(rows))}")
    begun = [o for o in done if o.turn.first and o.turn.gold]
    untold = [o for o in done if not o.turn.gold]
    exact = [o for o in follow if o.turn.exact]
    print(f"  first messages           {share(sum(o.right for o in begun), len(begun))}")
    print(f"  follow-ups               {share(sum(o.right for o in follow), len(follow))}")
    print(f"  exact note or item       {share(sum(o.exact for o in exact), len(exact))}")
    print(f"  not answered by a text   {share(sum(o.right for o in untold), len(untold))}")


def main(arguments: Sequence[str] = ()) -> bool:
    """Always True: these are shares without an aim of their own."""
    parser = argparse.ArgumentParser(prog="benchmarks.follow_ups")
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--misses", action="store_true", help="list misses (of the tuning part only)")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as directory:
        corpus, _, answerer = build(Path(directory), load_confidence())
        for part in (args.part,) if args.part else PARTS:
            done = [o for turns in read_conversations(part) for o in talk(turns, corpus, answerer)]
            print(f"== {part}: {len(done)} messages of conversations ==")
            report(done)
            if args.misses and part == "tune":
                for o in done:
                    if not o.right:
                        print(f"MISS {o.turn.question} | {sorted(o.turn.gold)} | {o.answer.status} {o.answer.main}")
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
