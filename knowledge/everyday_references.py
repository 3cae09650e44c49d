"""«پروژه پایانی درس»، «مرحله ۵ کندی کراش»: words of a reference in an everyday sense, told by what stands beside them.

A reference without the name of a text is doubted where at least half of the words beside it are strange to the texts
and provisions that it may mean, an everyday word among them. Doubt takes the confidence away, never the reference: it
is still offered.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from rapidfuzz.distance import OSA

from knowledge.analysis import analyse, analyse_question, stem
from knowledge.citations import Citation
from knowledge.numerals import NUMBER_WORD, number_words
from knowledge.provisions import Address, Corpus, Kind, Status
from knowledge.understanding import asks_own_affair, is_filler, plain

__all__ = ["ReferenceDoubt"]

_FILE = Path(__file__).with_suffix(".toml")
#: Kinds whose names are words of law: beside them it also takes a question that sounds like another matter.
_LEGAL = frozenset({Kind.ARTICLE, Kind.NOTE, Kind.LIST_ITEM})
_LEGAL_LABELS = frozenset({"ماده", "تبصره", "بند", "جزء"})
#: Of the words beside a reference, the share that must be strange to it.
STRANGE_SHARE = 0.5
#: Margin of `Found.outside` from which on a question sounds like another matter.
OUTSIDE_MIN = 0.2
#: From this length on a word may be a slip of a name («چزخه»).
SLIP_LENGTH_MIN = 4


class ReferenceDoubt:
    """Judges references against one corpus. `is_everyday` tells words that every Persian speaker knows."""

    def __init__(self, corpus: Corpus, is_everyday: Callable[[str], bool]) -> None:
        self._corpus, self._is_everyday = corpus, is_everyday
        self._names = _names(corpus)
        in_force = (r for r in corpus.regulations.values() if r.status is Status.IN_FORCE)
        self._issuers = [frozenset(analyse(r.issuer).words) for r in in_force]

    def of(self, citation: Citation, question: str, matter: Sequence[str], outside: float) -> bool:
        """Whether the reference is hardly one. `matter`: the words beside it that tell something."""
        if not matter or citation.regulations or citation.external:
            return False
        kinds = {self._corpus[target].kind for target in citation.targets}
        label = citation.missing.kind_label if citation.missing else None
        if outside < OUTSIDE_MIN and (kinds & _LEGAL or label in _LEGAL_LABELS):
            return False
        known = self._words_of(citation.targets)
        strange = [word for word in matter if not self._may_belong(word, known)]
        everyday = any(_words("elsewhere").fullmatch(word) or self._is_everyday(word) for word in strange)
        everyday = everyday or asks_own_affair(question)
        return everyday and len(strange) >= STRANGE_SHARE * len(matter)

    def names_another(self, question: str, targets: Sequence[Address]) -> bool:
        """«ماده ۱۲ آیین‌نامه معاملات شهرداری»: a document of a matter that none of those meant deals with, or of a body
        that issued none.
        """
        text = plain(question)
        beside = _beside_reference().search(text)
        of = beside or _words("documents").search(text)
        words = analyse_question(of["matter"] or of["matter_"] if beside else of["matter"]).words if of else ()
        if beside and targets:
            if not words or self._asks(words[0]):
                return False  # «ماده ۱۵ بخشنامه درباره …»
            words = tuple(word for word in words if not self._asks(word) and number_words(word) is None)
            if not words:
                return False
            if _words("bodies").fullmatch(words[0]):
                return not any(set(words) <= issuer for issuer in self._issuers)
            return not any(self._fits(words, target) for target in targets)
        if targets:
            known = frozenset().union(*(self._stems(self._corpus.unit_of(target)) for target in targets))
            strange = [word for word in words if not self._may_belong(word, known)]
            return bool(strange) and len(strange) >= STRANGE_SHARE * len(words)
        known = frozenset().union(*map(self._law_words, self._corpus.regulations))
        return any(not self._may_belong(word, known) for word in words)

    def _asks(self, word: str) -> bool:
        return is_filler(word, "reference") or is_filler(word, "limit") or bool(_words("asking").fullmatch(word))

    def _fits(self, words: Sequence[str], target: Address) -> bool:
        """Whether a document of this matter may be the text of a provision."""
        known = self._stems(self._corpus.unit_of(target)) | self._title_stems(target.regulation)
        if sum(stem(word) not in known for word in words) >= STRANGE_SHARE * len(words):
            return False
        if all(stem(word) in self._title_stems(target.regulation) for word in words):
            return True
        pairs = self._law_pairs(target.regulation)  # «اضافه» and «کار» stand in many, «اضافه کار» in none
        return len(words) == 1 or any((stem(a), stem(b)) in pairs for a, b in pairwise(words))

    @lru_cache(maxsize=16)  # noqa: B019
    def _law_pairs(self, slug: str) -> frozenset[tuple[str, str]]:
        """Stems that stand side by side in the titles, wording and headings of a text."""
        regulation = self._corpus.regulations[slug]
        texts = [text for p in regulation.provisions for text in (p.wording, p.heading)]
        texts += [regulation.title, regulation.short_title, *regulation.aliases]
        return frozenset(pair for text in texts for pair in pairwise(map(stem, analyse(text).words)))

    @lru_cache(maxsize=16)  # noqa: B019
    def _title_stems(self, slug: str) -> frozenset[str]:
        regulation = self._corpus.regulations[slug]
        return _stems_of((regulation.title, regulation.short_title, *regulation.aliases))

    def _may_belong(self, word: str, known: frozenset[str]) -> bool:
        if _words("elsewhere").fullmatch(word):
            return False
        if stem(word) in known or is_filler(word, "duties") or _words("asking").fullmatch(word):
            return True
        if word.isdigit() or number_words(word) is not None:
            return True
        slips = len(word) >= SLIP_LENGTH_MIN
        return slips and any(OSA.distance(word, name, score_cutoff=1) <= 1 for name in self._names)

    def _words_of(self, targets: Sequence[Address]) -> frozenset[str]:
        texts = {target.regulation for target in targets}
        own = (self._stems(self._corpus.unit_of(target)) for target in targets)
        return frozenset().union(*own, *map(self._law_words, texts))

    @lru_cache(maxsize=16)  # noqa: B019  # one of these lives as long as its corpus
    def _law_words(self, slug: str) -> frozenset[str]:
        """Of the wording and the headings of a whole text."""
        provisions = self._corpus.regulations[slug].provisions
        return _stems_of(text for p in provisions for text in (p.wording, p.heading))

    @lru_cache(maxsize=512)  # noqa: B019
    def _stems(self, unit: Address) -> frozenset[str]:
        """Of all that a unit, its parts and what it stands in say of themselves, everyday wordings included."""
        above = (p for p in self._corpus.ancestors(unit) if p.kind is not Kind.REGULATION)
        inside = [self._corpus[unit], *self._corpus.descendants(unit), *above]
        return _stems_of(text for p in inside for text in (p.wording, p.heading, *p.asked_as))


def _stems_of(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(word) for text in texts for word in analyse(text).words)


def _names(corpus: Corpus) -> tuple[str, ...]:
    """Words of the names of texts and bodies."""
    names = []
    for regulation in corpus.regulations.values():
        names += [regulation.title, regulation.short_title, *regulation.aliases, *regulation.cited_as]
        names += [name for actor in regulation.actors.values() for name in (actor.name, *actor.aliases)]
    words = {word for name in names for word in (*analyse(name).words, *analyse(name).compounds)}
    return tuple(sorted(word for word in words if len(word) >= SLIP_LENGTH_MIN))


#: A document, too, right beside a reference; elsewhere mostly «این مصوبه».
_RESOLUTION = "مصوبه"


@lru_cache(maxsize=1)
def _beside_reference() -> re.Pattern[str]:
    """A document right behind the number of a reference, or right before its kind."""
    documents = _words("documents").pattern.replace("(?:", f"(?:{_RESOLUTION}|", 1)
    before = documents.replace("(?P<matter>", "(?P<matter_>")
    return re.compile(
        rf"(?:[0-9]\)?|(?<![\u0621-\u06cc]){NUMBER_WORD}) (?:(?:از|در) )?(?:{documents})"
        rf"|(?:{before}) ?،? ?(?:ماده|تبصره|بند) ?\(?[0-9]"
    )


@lru_cache(maxsize=4)
def _words(kind: str) -> re.Pattern[str]:
    """The list of this name of everyday_references.toml."""
    return re.compile("|".join(tomllib.loads(_FILE.read_text("utf-8"))[kind]))
