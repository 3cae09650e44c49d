"""References inside the wording of the law: «ماده (6)», «تبصره ماده ۷ قانون …», «مواد (3) و (4)».

References to the five texts get a target; those to other laws are named as external and never linked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from knowledge.numerals import ascii_digits
from knowledge.provisions import Address, Provision

__all__ = ["CrossReference", "cross_references"]

_NUMBER = r"\(?\s*([0-9۰-۹]{1,3})\s*\)?"
_REFERENCE = re.compile(
    rf"(?:تبصره\s*(?:{_NUMBER}\s*)?)?(?:ماده|مواد|ماده‌ی|مادۀ)\s*{_NUMBER}(?:\s*(?:و|تا|،)\s*{_NUMBER})*"
)
# What follows a reference to another text. «نقشه راه» is the only one of ours that the others name in this way.
_EXTERNAL = re.compile(
    r"^\s*«?\s*(قانون|آ[یئ]ین[\u200c ]نامه|دستورالعمل|اساسنامه|تصویب‌نامه|مصوبه|بخشنامه|سیاست|ضوابط|مقررات)"
)
_LAW_FOLLOWS = re.compile(r"[^.؛]{0,60}?قانون")
_OWN = re.compile(r"^\s*\)?\s*(?:این|همین|حاضر|یادشده|مذکور|فوق|آن)")
_ROADMAP = re.compile(r"^\s*(?:سند\s+)?نقشه\s+راه")


@dataclass(frozen=True, slots=True)
class CrossReference:
    """One reference: the span of `words` in the provision's wording, and its target (None: another law)."""

    start: int
    end: int
    words: str
    target: Address | None


class _Regulations(Protocol):
    def get(self, address: Address) -> Provision | None: ...


def cross_references(provision: Provision, corpus: _Regulations) -> Iterator[CrossReference]:
    """References in `provision.text` in reading order; several numbers after one «مواد» give one each.

    A number that the own text does not have is taken as internal all the same, so that the loader can report it.
    """
    text = provision.text
    for found in _REFERENCE.finditer(text):
        after = text[found.end() :]
        slug = _regulation(provision, after)
        first = True
        for number in re.finditer(r"[0-9۰-۹]{1,3}", found.group()):
            if "ماد" not in found.group()[: number.start()] and "موا" not in found.group()[: number.start()]:
                continue  # the note's own number: the article's carries the link
            start = found.start() if first else found.start() + number.start()
            first = False
            target = None if slug is None else _target(provision, slug, ascii_digits(number.group()), corpus)
            if target is not None and corpus.get(target) is None and _LAW_FOLLOWS.match(after):
                target = None  # «ماده (۱۰۴) و بند (پ) ماده ۱۰۷ قانون برنامه»: the law is named after the last one
            yield CrossReference(start, found.start() + number.end(), found.group().strip(), target)


def _regulation(provision: Provision, after: str) -> str | None:
    """The slug that a reference points into, or None for another law, by the words that follow it."""
    if _ROADMAP.match(after):
        return "roadmap-1404"
    if _OWN.match(after) or not _EXTERNAL.match(after):
        return provision.address.regulation
    return None


def _target(provision: Provision, slug: str, number: str, corpus: _Regulations) -> Address:
    resolution = re.match(r"res_[0-9]+", provision.address.eid)
    family = f"{resolution.group()}__art" if resolution and slug == provision.address.regulation else "art"
    return Address(slug, f"{family}_{int(number)}")
