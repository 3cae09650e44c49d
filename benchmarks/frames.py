"""Ways of asking, put around matters: `python -m benchmarks.frames`.

A frame is a question with a gap («مهلت {} چقدره», «درباره {} توضیح بده»). Each is asked of the same matters, the headings
of provisions; what is right is the provision that bears the heading. So a way of asking that makes the program doubt
any matter shows at once, which sets of single questions hide. The frames of `benchmarks/frames_data/` were written by
people who had not seen the program; those of `_UNSEEN` are only reported on.
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
from knowledge.answering import QuestionAnswerer
from knowledge.confidence import load_confidence
from knowledge.provisions import Address, Corpus, Kind

DATA = Path(__file__).with_name("frames_data")
#: Files that nothing is tuned on; all others are for tuning.
_UNSEEN = {"second"}
MATTERS = 24
_BEARING = frozenset({Kind.ARTICLE, Kind.TABLE_ROW})
#: Headings of many texts, which are no matter by themselves.
_GENERAL = ("تعاریف", "اهداف", "مسئولیت", "تعریف")


@dataclass(frozen=True)
class Frame:
    """One way of asking."""

    id: str
    text: str
    intent: str


@dataclass(frozen=True)
class Tally:
    """How often a frame's questions were answered by the right provision first, and with confidence."""

    frame: Frame
    first: int
    confident: int
    asked: int


def read_frames(part: str) -> Iterator[Frame]:
    for path in sorted(DATA.glob("*.jsonl")):
        if (path.stem in _UNSEEN) == (part == "test"):
            for line in path.read_text("utf-8").splitlines():
                row = json.loads(line)
                yield Frame(row["id"], row["frame"], row["intent"])


def matters(corpus: Corpus, most: int | None = MATTERS) -> Sequence[tuple[Address, str]]:
    """`most` headings with their provisions, taken evenly from all texts; None: all of them."""
    bearing = [
        (p.address, p.heading)
        for p in corpus
        if p.kind in _BEARING and p.heading and not p.heading.startswith(_GENERAL)
    ]
    return bearing[:: max(1, len(bearing) // most)][:most] if most else bearing


def tallied(frame: Frame, asked: Sequence[tuple[Address, str]], corpus: Corpus, answerer: QuestionAnswerer) -> Tally:
    first = confident = 0
    for address, heading in asked:
        answer = answerer.answer(frame.text.replace("{}", heading), today=TODAY)
        first += bool(answer.hits) and corpus.unit_of(answer.hits[0].address) == address
        confident += answer.confident
    return Tally(frame, first, confident, len(asked))


def main(arguments: Sequence[str] = ()) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.frames")
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--misses", action="store_true", help="list the worst frames (of the tuning part only)")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as directory:
        corpus, _, answerer = build(Path(directory), load_confidence())
        asked = matters(corpus)
        for part in (given.part,) if given.part else PARTS:
            done = [tallied(frame, asked, corpus, answerer) for frame in read_frames(part)]
            print(f"== {part}: {len(done)} frames around {len(asked)} matters ==")
            for intent in (*sorted({one.frame.intent for one in done}), "all"):
                some = [one for one in done if intent in (one.frame.intent, "all")]
                n = sum(one.asked for one in some)
                print(
                    f"  {intent:12} first {share(sum(one.first for one in some), n):32} confident {share(sum(one.confident for one in some), n)}"
                )
            if given.misses and part == "tune":
                for one in sorted(done, key=lambda tally: tally.confident):
                    print(
                        f"  {one.frame.id} first {one.first} confident {one.confident} of {one.asked}  {one.frame.text}"
                    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
