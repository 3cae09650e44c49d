"""Questions that were asked of the regulations, with the units that answer them, or none where no text does.

The models of wordings learn from them beside the regulations' own wordings: what people type differs from what editors
think of. Files of `questions/`, one JSON object a line: `q`, `gold` (addresses of units, best first), `intent`, `scope`
(«in» or «out»); what else stands there is for `benchmarks.questions`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["DIRECTORY", "KnownQuestion", "load_known_questions"]

DIRECTORY = Path(__file__).with_name("questions")


@dataclass(frozen=True)
class KnownQuestion:
    """A question and the addresses of the units that answer it, best first; none where no text does."""

    text: str
    units: tuple[str, ...]


def load_known_questions(directory: Path = DIRECTORY) -> Sequence[KnownQuestion]:
    """All that are asked by their matter: a reference is told by its form. ValueError, KeyError: a broken line."""
    return tuple(_read(directory))


def _read(directory: Path) -> Iterator[KnownQuestion]:
    for path in sorted(directory.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            inside = row["scope"] == "in"
            if not inside or (row["intent"] != "lookup" and row["gold"]):
                yield KnownQuestion(row["q"], tuple(row["gold"]) if inside else ())
