"""A regulation cut into passages, one a provision: from the corpus, or from any plain text with hazm's normaliser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hazm import Normalizer

from knowledge.numerals import CARDINALS, ascii_digits
from knowledge.provisions import Provision, Regulation

__all__ = ["Passage", "passages_of_file", "passages_of_regulation", "written_number"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One provision's own words, with the address that proposals carry and the words of what it stands in, the
    nearest first: who must act is often said there.
    """

    eid: str
    text: str
    context: tuple[str, ...] = ()


def passages_of_regulation(regulation: Regulation) -> list[Passage]:
    """The provisions of the corpus that have words of their own."""
    by_eid = {p.address.eid: p for p in regulation.provisions}

    def context(eid: str) -> Iterator[str]:
        while (parent := by_eid[eid].parent) is not None and parent.eid in by_eid:
            eid = parent.eid
            if _may_oblige(by_eid[eid]):
                yield by_eid[eid].wording

    return [
        Passage(p.address.eid, p.wording, tuple(context(p.address.eid)))
        for p in regulation.provisions
        if _may_oblige(p)
    ]


def passages_of_file(text: str) -> list[Passage]:
    """Any regulation's plain text, cut at «ماده» and «تبصره»."""
    normal = _normalizer().normalize(text)
    passages: list[Passage] = []
    article, eid, lines, above = 0, "preface", list[str](), ""

    def close() -> None:
        nonlocal above
        words = "\n".join(lines).strip()
        if words:
            passages.append(Passage(eid, words, (above,) if "__note_" in eid else ()))
        if "__note_" not in eid:
            above = words

    notes = 0
    for line in normal.splitlines():
        if match := _ARTICLE.match(line):
            close()
            article, notes = written_number(match[1]) or article + 1, 0
            eid, lines = f"art_{article}", [line[match.end() :]]
        elif match := _NOTE.match(line):
            close()
            notes = written_number(match[1] or "") or notes + 1
            eid, lines = f"art_{article}__note_{notes}", [line[match.end() :]]
        else:
            lines.append(line)
    close()
    return passages


def written_number(text: str) -> int | None:
    """A number in digits or words; None for what is no number."""
    plain = ascii_digits(text).strip("() \u200c")
    if plain.isdecimal():
        return int(plain)
    total = 0
    for word in re.split(r"\s+و\s+|\s+|\u200c", plain):
        if word and word not in CARDINALS:
            return None
        total += CARDINALS.get(word, 0)
    return total or None


_ARTICLE: Final = re.compile(r"\s*ماده\s*\(?([۰-۹0-9]+|[آ-ی ]{2,12}?)\)?\s*[-–:ـ.]\s*")
_NOTE: Final = re.compile(r"\s*تبصره\s*\(?([۰-۹0-9]*)\)?\s*[-–:ـ.]\s*")


@lru_cache(maxsize=1)
def _normalizer() -> Normalizer:
    return Normalizer(persian_numbers=True)


def _may_oblige(provision: Provision) -> bool:
    eid = provision.address.eid
    return bool(provision.wording) and eid != "" and not eid.startswith(("preface", "letter", "hdg", "chp"))
