"""Addresses as people say them: «تبصره ۱ ماده ۲۱ نقشه راه»."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.numerals import persian_digits
from knowledge.provisions import Address, Corpus, Kind, Provision

__all__ = ["bare_heading", "label", "local_label"]

_ORDINAL = ["", "اول", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم"]


def local_label(provision: Provision, corpus: Corpus) -> str:
    """The provision's own name without its surroundings: «ماده ۲۱»، «تبصره ۱»، «تبصره»، «بند الف»، «ردیف ۵ جدول
    زمان‌بندی».
    """
    place = provision.address.eid.rpartition("_")[2]
    number = persian_digits(provision.number or "")
    match provision.kind:
        case Kind.REGULATION:
            return corpus.regulation_of(provision.address).short_title
        case Kind.ARTICLE:
            return f"ماده {persian_digits(place)}"
        case Kind.NOTE:
            only = (
                len([c for c in corpus.children(provision.parent) if c.kind is Kind.NOTE]) == 1
                if provision.parent
                else True
            )
            return "تبصره" if only and not provision.number else f"تبصره {number or persian_digits(place)}"
        case Kind.LIST_ITEM | Kind.STAGE_ITEM:
            return f"بند {number or persian_digits(place)}"
        case Kind.TABLE_ROW:
            name = "پروژه" if provision.address.eid.startswith("project") else "ردیف"
            return f"{name} {persian_digits(place)}"
        case Kind.CHAPTER:
            return f"فصل {_ordinal(place)}"
        case Kind.RESOLUTION:
            return f"مصوبه {_ordinal(place)}"
        case Kind.STAGE | Kind.PHASE:
            return f"مرحله {_ordinal(place)}"
        case Kind.STEP:
            return f"گام {_ordinal(place)}"
        case Kind.STAGE_ACTOR:
            return f"بخش {persian_digits(place)}"
        case Kind.PART:
            return f"بخش {_ordinal(place)}"
        case Kind.PREFACE:
            return "دیباچه"
        case Kind.LETTER:
            return "نامه ابلاغ"
        case _:
            return provision.heading


def label_of_id(id: str, corpus: Corpus) -> str:
    """Of an obligation's id, `<slug>.<eid>` with a counter behind where one provision has several."""
    slug, _, rest = id.partition(".")
    return label(Address(slug, rest.partition(".")[0]), corpus)


def label(address: Address, corpus: Corpus, *, with_regulation: bool = True) -> str:
    """The full Persian address: «تبصره ۱ ماده ۲۱ نقشه راه»."""
    chain = [corpus[address], *corpus.ancestors(address)]
    named = [
        p
        for p in chain
        if p.kind not in (Kind.CHAPTER, Kind.HEADING, Kind.PART, Kind.REGULATION, Kind.STEP) or p is chain[0]
    ]
    if chain[0].kind in (Kind.HEADING, Kind.CHAPTER, Kind.PART, Kind.STEP, Kind.REGULATION):
        named = chain[:1]
    if chain[0].kind in (Kind.PHASE, Kind.TABLE_ROW):
        named = chain[:1]
    words = " ".join(local_label(p, corpus) for p in named)
    if _under_heading(chain):
        words += "".join(f" «{local_label(p, corpus)}»" for p in chain if p.kind is Kind.HEADING)
    if with_regulation and chain[0].kind is not Kind.REGULATION:
        between = "،" if chain[0].kind is Kind.HEADING else ""  # a name of its own, not «ماده ۲۱»
        words += f"{between} {corpus.regulation_of(address).short_title}"
    return words


def bare_heading(provision: Provision, corpus: Corpus) -> str:
    """The heading without the label that editors put before some («گام اول: …»، «دیباچه: …»)."""
    before, colon, heading = provision.heading.partition(": ")
    name = local_label(provision, corpus)
    labelled = before == name or before.startswith(f"{name.partition(' ')[0]} ")
    return heading if colon and labelled else provision.heading


def _under_heading(chain: Sequence[Provision]) -> bool:
    """An item whose number means nothing without the heading above it."""
    return chain[0].kind is Kind.LIST_ITEM and not any(
        p.kind in (Kind.ARTICLE, Kind.NOTE, Kind.STAGE, Kind.PHASE, Kind.STEP, Kind.PREFACE, Kind.LETTER) for p in chain
    )


def _ordinal(place: str) -> str:
    return _ORDINAL[int(place)] if place.isdigit() and int(place) < len(_ORDINAL) else persian_digits(place)
