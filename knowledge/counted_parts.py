"""«سومین اقدام مرحله ۱», «نفر پنجم اعضا»: a part that is told by its place among what a provision lists."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from knowledge.numerals import CARDINALS, NUMBER_STEM, ORDINAL_WORD, ascii_digits, nth, number_words
from knowledge.provisions import ITEMS, Address, Corpus, Kind, Provision
from knowledge.understanding import plain

__all__ = ["counted_part"]

_FILE: Final = Path(__file__).with_suffix(".toml")
_MEMBERS: Final = re.compile("عضو|اعضا|ترکیب|رئیس|دبیر")
_ENDS: Final = r"(?![\u0621-\u06cc])"


def counted_part(question: str, holder: Address, corpus: Corpus, *, rest: str | None = None) -> Address | None:
    """The list item or stage action of ``holder`` that a question counts to; None where it counts to none of these.

    ``rest``: what a reference leaves of the question; a number without a noun («دومی») is looked for there alone.
    """
    parts = [p for p in corpus.children(holder) if p.kind in ITEMS]
    if len(parts) < 2:
        return None
    counted = _counted(plain(ascii_digits(question)))
    if counted is not None and not counted.noun and rest is not None:
        counted = _counted(plain(ascii_digits(rest)))
    if counted is None or not _may_be(counted.noun, corpus[holder], parts):
        return None
    part = nth(parts, counted.number)
    return None if part is None else part.address


def _may_be(noun: str, holder: Provision, parts: Sequence[Provision]) -> bool:
    """Whether what a provision lists may be called so; no noun fits anything."""
    of_bodies = parts[0].kind is Kind.STAGE_ACTOR
    if noun in _words("bodies"):
        return of_bodies
    if noun in _words("people"):
        return not of_bodies and _lists_members(holder, parts)
    return noun not in _words("headings") or holder.kind is Kind.HEADING


def _lists_members(holder: Provision, parts: Sequence[Provision]) -> bool:
    """Whether what is listed are people: its own words or those of its parts say so."""
    return any(_MEMBERS.search(f"{p.heading} {p.text}") for p in (holder, *parts))


@dataclass(frozen=True, slots=True)
class _Counted:
    noun: str
    number: int


@lru_cache(maxsize=64)
def _counted(question: str) -> _Counted | None:
    """What a plain question with ASCII digits counts, and to which place; counted from the end it is negative."""
    for found in _pattern().finditer(question):
        noun = found["counted"] or found["before"] or ""
        digits = found["n"]
        if digits and (digits in CARDINALS or (digits.isdigit() and noun in _words("no_digits"))):
            continue  # «زیرمجموعه یک وزارتخانه»
        number = number_words(found["nth"] or digits or found["alone"])
        if number:
            return _Counted(noun, number)
    return None


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = [word for kind in ("anything", "people", "bodies", "headings") for word in _words(kind)]
    nouns = "|".join(sorted(words, key=len, reverse=True))
    numbered = "".join(rf"(?<!{word}\s)" for word in _words("numbered"))
    begins, its = r"(?<![\u0621-\u06cc\u200c])", r"(?:[\s\u200c]?(?:شو?|م|ها|های|ی|ای|ا))?"
    return re.compile(
        rf"{begins}(?P<nth>{ORDINAL_WORD})(?:ین)?\s+(?P<counted>{nouns}){its}{_ENDS}"
        rf"|{begins}(?<!در\s)(?P<before>{nouns}){its}\s+(?:شماره\s+)?(?P<n>[0-9]{{1,2}}(?![0-9/.])|{NUMBER_STEM})(?<!ین){its}{_ENDS}"
        rf"|{begins}{numbered}(?P<alone>{ORDINAL_WORD})(?<=ی)(?:ش|شون|شان)?{_ENDS}"
    )


@lru_cache(maxsize=8)
def _words(kind: str) -> Sequence[str]:
    return tuple(map(plain, tomllib.loads(_FILE.read_text("utf-8"))[kind]))
