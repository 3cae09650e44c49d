"""Questions about how a text is built: «فصل ششم با کدام ماده شروع می‌شود؟», «ماده ۹ در کدام فصل است؟»."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.provisions import CONTAINERS, Address, Corpus, Kind
from knowledge.understanding import Structure, asks_structure

__all__ = ["asked_by_place"]

_HOLDERS = (*CONTAINERS, Kind.STEP)
_FAMILIES = {"فصل": "chp", "بخش": "part", "گام": "step", "مصوبه": "res", "مرحله": "step"}


def asked_by_place(question: str, cited: Sequence[Address], corpus: Corpus) -> Address | None:
    """The provision that a plain question asks for by where it stands to the cited ones; None where it asks no such."""
    asked = asks_structure(question)
    if asked is None or not cited:
        return None
    if asked.structure is Structure.HOLDER:
        texts = dict.fromkeys(address.regulation for address in cited)
        of_texts = ([address for address in cited if address.regulation == slug] for slug in texts)
        holders = [_holder(own, _FAMILIES.get(asked.kind, ""), corpus) for own in of_texts]
        # «ماده ۲۱» is of several texts, but only one of them has chapters
        found = [holder for holder in holders if holder is not None]
        return found[0] if len(found) == 1 else None
    if len(cited) > 1 or corpus[cited[0]].kind not in _HOLDERS:
        return None
    articles = [p.address for p in corpus.descendants(cited[0]) if p.kind is Kind.ARTICLE]
    if not articles or (asked.structure is Structure.ONLY and len(articles) > 1):
        return None
    return articles[-1 if asked.structure is Structure.LAST else 0]


def _holder(cited: Sequence[Address], family: str, corpus: Corpus) -> Address | None:
    """What holds all of them and is called so, the nearest first."""
    above = [[p.address for p in corpus.ancestors(address)] for address in cited]
    return next(
        (
            address
            for address in above[0]
            if address.eid.rpartition("__")[2].startswith(f"{family}_") and all(address in others for others in above)
        ),
        None,
    )
