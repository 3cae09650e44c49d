"""Names that questions use for bodies and terms, typos included (rapidfuzz)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from knowledge.analysis import analyse
from knowledge.provisions import Corpus, Definition
from knowledge.understanding import plain

__all__ = ["ActorNames", "TermNames", "TitleWords"]

TERM_LIKENESS_MIN = 88  # rapidfuzz ratio, 0 to 100
WORD_LIKENESS_MIN = 70  # the same of each word of a term
ACTOR_LIKENESS_MIN = 90
_PLURAL = re.compile(r" ه(ا|ای)(?!\w)")


class TermNames:
    """Defined terms of all regulations."""

    def __init__(self, corpus: Corpus) -> None:
        self._terms: dict[str, list[Definition]] = {}
        for regulation in corpus.regulations.values():
            for definition in regulation.definitions:
                for name in {plain(name): None for name in (definition.term, *definition.aliases)}:
                    self._terms.setdefault(name, []).append(definition)

    def find(self, term: str, regulations: Sequence[str] = ()) -> list[Definition]:
        """Definitions of the term, those of the named regulations only if there are any, in order of the corpus.

        A long term may be named by its beginning («دفاتر پیشخوان دولت»).
        """
        name = plain(term)
        found = self._terms.get(name) or self._beginning_with(name)
        if found is None and len(name) > 4:
            match = process.extractOne(name, self._terms.keys(), scorer=fuzz.ratio, score_cutoff=TERM_LIKENESS_MIN)
            found = self._terms[match[0]] if match and _is_slip(name, match[0]) else None
        found = found or []
        named = [d for d in found if d.address.regulation in regulations]
        return named or ([] if regulations and found and not named else list(found))

    def named_in(self, text: str, regulations: Sequence[str] = ()) -> tuple[list[Definition], str]:
        """Definitions of the longest term within a plain text, and the text without it; none where it has none."""
        names = [name for name in self._terms if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
        longest = max(names, key=len, default=None)
        if longest is None:
            return [], text
        return self.find(longest, regulations), re.sub(rf"(?<!\w){re.escape(longest)}(?!\w)", " ", text)

    def _beginning_with(self, name: str) -> list[Definition] | None:
        """What the only term that goes on after ``name``, of two words or more, means."""
        longer = [term for term in self._terms if term.startswith(f"{name} ")] if " " in name else []
        return self._terms[longer[0]] if len(longer) == 1 else None


def _is_slip(typed: str, term: str) -> bool:
    """Whether no word differs wholly: neither «رئیس شورای …» of «شورای …» nor «سازنده پیام» of «سامانه پیام»."""
    words, meant = typed.split(), term.split()
    if len(words) == len(meant):
        return all(fuzz.ratio(a, b) >= WORD_LIKENESS_MIN for a, b in zip(words, meant, strict=True))
    return not set(meant) <= set(words)


class ActorNames:
    """Bodies of all regulations by official name and by what people call them."""

    def __init__(self, corpus: Corpus) -> None:
        names: dict[str, tuple[str, str]] = {}
        for regulation in corpus.regulations.values():
            for actor in regulation.actors.values():
                for name in (plain(name) for name in (actor.name, *actor.aliases)):
                    for form in (name, *_as_spoken(name)):
                        names.setdefault(form, (actor.id, actor.name))
        self._names = names
        self._by_word: dict[str, list[str]] = {}
        for name in names:
            for word in dict.fromkeys(name.split()):
                self._by_word.setdefault(word, []).append(name)
        alternatives = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True) if len(n) > 2)
        self._pattern = re.compile(rf"(?<![\u0621-\u06cc])(?:{alternatives})(?![\u0621-\u06cc])") if names else None

    def find(self, text: str) -> tuple[str, str, str] | None:
        """(actor id, official name, the text without the name) of the longest name in a plain text, or None."""
        matches = list(self._pattern.finditer(text)) if self._pattern else []
        if matches:
            best = max(matches, key=lambda m: len(m.group()))
            actor_id, name = self._names[best.group()]
            return actor_id, name, f"{text[: best.start()]} {text[best.end() :]}"
        return self._misspelled(text)

    def _misspelled(self, text: str) -> tuple[str, str, str] | None:
        """A name of which one word is right: comparing all names with all runs of words took milliseconds."""
        words = text.split()
        for size in range(min(6, len(words)), 1, -1):
            for i in range(len(words) - size + 1):
                run = words[i : i + size]
                names = list(dict.fromkeys(name for word in run for name in self._by_word.get(word, ())))
                match = process.extractOne(" ".join(run), names, scorer=fuzz.ratio, score_cutoff=ACTOR_LIKENESS_MIN)
                if match:
                    actor_id, name = self._names[match[0]]
                    return actor_id, name, " ".join([*words[:i], *words[i + size :]])
        return None


def _as_spoken(name: str) -> list[str]:
    """Plurals of a plain name as they are typed in haste: «شهرداریا»، «شهرداریها»، «فرماندارا»، «دستگاهای»."""
    if not _PLURAL.search(name):
        return [name.removesuffix("ن")] if name.endswith("داران") else []
    return [_PLURAL.sub(r"\1", name), _PLURAL.sub(r"ه\1", name)]


class TitleWords:
    """Words of the titles of texts, which say nothing of a matter beside a reference to them."""

    def __init__(self, corpus: Corpus) -> None:
        self._of = {r.slug: (r.title, r.short_title, *r.aliases) for r in corpus.regulations.values()}
        names = [t for r in corpus.regulations.values() for t in (*self._of[r.slug], *r.cited_as)]
        self._words = frozenset(word for name in names for word in analyse(name).words)

    def of(self, slug: str) -> Sequence[str]:
        """Titles and nicknames of one text; none of an unknown one."""
        return self._of.get(slug, ())

    def has(self, word: str) -> bool:
        """Whether an analysed word stands in any of them."""
        return word in self._words
