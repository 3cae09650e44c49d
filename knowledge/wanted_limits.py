"""Which of several limits of one provision a question means: by how long it lasts, whether it recurs, and its words."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from knowledge.analysis import analyse, stem
from knowledge.limits import UNIT_WORDS, Limit
from knowledge.numerals import CARDINALS, NUMBER_STEM, ascii_digits, number_words
from knowledge.provisions import Address
from knowledge.reference_steps import as_usual
from knowledge.understanding import asks_how_often, asks_which_length, is_filler, plain

__all__ = ["WantedLimit", "items", "spans"]

LETTERS: Final = ("الف", "ب", "پ", "ت", "ث", "ج", "چ", "ح", "خ", "د", "ه")
#: «سه ماهه», «30 روز», «یکماه»; not «از 3 ماه پیش تا سال 1404», where a year follows its word.
_SPAN: Final = re.compile(
    rf"(?<![\u0621-\u06cc0-9])(?P<number>[0-9]{{1,3}}|{NUMBER_STEM})[\s\u200c]*(?P<length>{'|'.join(UNIT_WORDS)})"
    r"(?![\u0621-\u06cc]{3,})"
)
#: «بندهای «الف» و «ب»»: the items that a limit is set for.
_ITEMS: Final = re.compile(
    rf"(?<![\u0621-\u06cc])بند(?:های)?((?:[\s\u200c«»()]+(?:و[\s«(]+)?(?:{'|'.join(LETTERS)})(?![\u0621-\u06cc]))+)"
)
_CLAUSE: Final = re.compile(r"[؛;،,]")
FILE: Final = Path(__file__).with_name("limit_preference.toml")
FEATURES: Final = ("span", "item", "recurs", "day", "dated", "words", "part", "best", "likeness", "last", "first")
_CLAUSE_WORDS_MIN: Final = 3  # a shorter last clause only asks: «…، تا کی؟»
_UNLIKE: Final = -1.0  # the margin of a limit that no wording tells of
#: Texts of limits come again with every question for a time.
_REMEMBERED: Final = 2_048


@lru_cache(maxsize=_REMEMBERED)
def spans(text: str) -> frozenset[tuple[int, str]]:
    """Lengths of time that a text names: «سه ماهه اول» and «۳ ماه» are both (3, "month")."""
    found = _SPAN.finditer(plain(ascii_digits(text)))
    return frozenset((number, UNIT_WORDS[m["length"]]) for m in found if (number := _cardinal(m["number"])))


def _cardinal(words: str) -> int | None:
    """None for «اول», which tells one year from others, not how long."""
    last = re.split(r"[\s\u200c]", words)[-1]
    return number_words(words) if last.isdigit() or last in CARDINALS else None


@lru_cache(maxsize=_REMEMBERED)
def items(text: str) -> frozenset[str]:
    """Letters of list items that a text names: «بندهای «الف» و «ب»»."""
    return frozenset(
        letter
        for m in _ITEMS.finditer(as_usual(plain(text)))
        for letter in re.findall(r"[\u0621-\u06cc]+", m[1])
        if letter != "و"
    )


#: Margins by id of obligation for a text.
Likeness = Callable[[str], Mapping[str, float]]


@dataclass(frozen=True)
class WantedLimit:
    """What a question says of the limit that it asks for; `last` is its last clause where that says something."""

    question: str
    last: str
    stems: frozenset[str]
    spans: frozenset[tuple[int, str]]
    items: frozenset[str]
    recurring: bool

    @classmethod
    def read(cls, question: str) -> WantedLimit:
        """`question` as it was typed or corrected; what its last clause names goes before what stands ahead of it."""
        last = _CLAUSE.split(question.strip("؛;،, "))[-1]
        return cls(
            question,
            last if len(analyse(last).words) >= _CLAUSE_WORDS_MIN else question,
            frozenset(stem(w) for w in analyse(question).words if not _tells_nothing(w)),
            spans(last) or spans(question),
            items(last) or items(question),
            asks_how_often(question),
        )

    def features(
        self, limits: Sequence[Limit], part_scores: Mapping[Address, float], likeness: Likeness, best: Address
    ) -> list[tuple[float, ...]]:
        """One row a limit, in the order of `FEATURES`: whether it has the length, the items or the recurrence that the
        question names, or a last day, or a known one, where no recurrence is asked for; rarity of the words they share
        among these limits; how well its provision fits (relative to the best), whether that is `best`; how much the
        question, and its last clause alone, sounds like it; whether it stands first.
        """
        margins = likeness(self.question)
        last = likeness(self.last) if self.last != self.question else margins
        words = [_words(limit) for limit in limits]
        shared = Counter(word for own in words for word in own)
        rarity = {word: math.log((len(limits) + 1) / n) for word, n in shared.items()}
        scores = [part_scores.get(limit.address, 0.0) for limit in limits]
        most = max(scores, default=0.0) or 1.0
        return [
            (
                float(bool(self.spans & spans(limit.quote))),
                float(bool(self.items & items(f"{limit.action} {limit.quote}"))),
                float(self.recurring and limit.recurs),
                float(not self.recurring and not limit.recurs),
                float(not self.recurring and limit.due is not None),
                sum(rarity[word] for word in self.stems & own),
                score / most,
                float(limit.address == best),
                margins.get(limit.obligation_id, _UNLIKE),
                last.get(limit.obligation_id, _UNLIKE),
                float(place == 0),
            )
            for place, (limit, own, score) in enumerate(zip(limits, words, scores, strict=True))
        ]

    def likeliest(
        self,
        limits: Sequence[Limit],
        part_scores: Mapping[Address, float],
        likeness: Likeness,
        best: Address,
    ) -> list[Limit]:
        """Limits of one unit, likeliest first. `part_scores` of provisions are those of the question; `best`: the
        provision that fits it best.
        """
        rows = self.features(limits, part_scores, likeness, best)
        merits = [sum(w * x for w, x in zip(_weights(), row, strict=True)) for row in rows]
        told = self.spans if not asks_which_length(self.question) else frozenset()
        said = [bool(told & spans(limit.quote)) for limit in limits]  # a length that is told goes before all words
        return [limits[i] for i in sorted(range(len(limits)), key=lambda i: (not said[i], -merits[i]))]


@lru_cache(maxsize=1)
def _weights() -> Sequence[float]:
    """As `benchmarks.fit_limits` learned them."""
    weights = tomllib.loads(FILE.read_text("utf-8"))["limit"]
    return [weights[name] for name in FEATURES]


def _tells_nothing(word: str) -> bool:
    """Words of a reference or of the question itself, which the texts of limits hold by chance («ماده ۵»)."""
    return word.isdigit() or is_filler(word, "reference") or is_filler(word, "limit")


def _words(limit: Limit) -> frozenset[str]:
    return _stems(" ".join((limit.action, limit.quote, *limit.responsible)))


@lru_cache(maxsize=_REMEMBERED)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in analyse(text).words)
