"""Who is charged by a provision: who must act, who acts with them, who else its words name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.provisions import CONTAINERS, UNITS, Actor, Address, Corpus, Provision

__all__ = ["Charged", "charged_by"]

#: Words that say that others act along with who must («با همکاری سازمان برنامه»), not merely that work be coordinated.
_WITH = re.compile(r"با\s+(?:راهبری\s+و\s+)?(?:همکاری|هماهنگی|مشارکت|کمک)|مشارکت\s+نمایندگان|همکاری\s+و\s+مشارکت")
#: The column of a table that names them («دستگاه/های همکار:», «همکاران:»).
_COLUMN = re.compile(r"همکار(?:ان)?\s*:")
#: Where the list of those who act along ends: the verb, or the end of the sentence.
_END = re.compile(r"[.؛:\n]|مکلف|موظف|نسبت\s+به|پس\s+از|ضمن|تهیه|تدوین|و\s+(?:به\s+)?تصویب|با\s+تصویب")
_REACH = 200  # characters behind such words in which names are looked for


@dataclass(frozen=True, slots=True)
class Charged:
    """Official names, in the order of the corpus. `others` are named there too: who receives, approves, supervises."""

    responsible: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@lru_cache(maxsize=1_024)
def charged_by(address: Address, corpus: Corpus) -> Charged:
    """Those of the provision, else of the nearest one above that charges anybody.

    A step or phase that charges nobody itself, and nothing above it, charges whom its articles charge: only who must
    act, for with whom differs from one to the next.
    """
    for provision in (corpus[address], *corpus.ancestors(address)):
        if provision.responsible:
            return _of(provision, corpus)
    below = [] if corpus[address].kind in CONTAINERS else [p for p in corpus.descendants(address) if p.kind in UNITS]
    names = [corpus.actor_name(address.regulation, actor) for p in below for actor in p.responsible]
    return Charged(tuple(dict.fromkeys(names)))


def _of(provision: Provision, corpus: Corpus) -> Charged:
    slug = provision.address.regulation
    actors = corpus.regulations[slug].actors
    along = set(_along(provision, corpus, actors))
    return Charged(
        tuple(corpus.actor_name(slug, actor) for actor in provision.responsible),
        tuple(corpus.actor_name(slug, actor) for actor in provision.partners if actor in along),
        tuple(corpus.actor_name(slug, actor) for actor in provision.partners if actor not in along),
    )


def _along(provision: Provision, corpus: Corpus, actors: Mapping[str, Actor]) -> Iterator[str]:
    """Ids of partners that the words name as acting along; «دستگاه‌ها» are also meant by «دستگاه‌های ذی‌ربط»."""
    inside = [part.wording for part in corpus.unit_parts(provision.address)]
    if any(_COLUMN.search(text) for text in inside):
        yield from provision.partners
        return
    above = corpus[provision.parent] if provision.parent else None
    around = [above.wording] if above and above.kind not in CONTAINERS else []
    clauses = [clause for text in (*inside, *around) for clause in _clauses(text)]
    for clause in clauses:
        yield from _named(clause, actors.values())
    if any(_WITH.search(text) for text in inside):
        yield from (actor for actor in provision.partners if actors[actor].name.startswith("دستگاه"))


def _clauses(text: str) -> Iterator[str]:
    for said in _WITH.finditer(text):
        behind = text[said.end() : said.end() + _REACH]
        end = _END.search(behind)
        yield behind[: end.start()] if end else behind


def _named(clause: str, actors: Iterable[Actor]) -> Iterator[str]:
    """Bodies in a clause, each word read once: «سازمان برنامه» does not name «سازمان»."""
    names = sorted(((name, a.id) for a in actors for name in (a.name, *a.aliases)), key=lambda one: -len(one[0]))
    for name, actor in names:
        if name not in clause:  # most are not: no pattern is made for them
            continue
        found = re.search(rf"(?<![\u0621-\u06cc\u200c]){re.escape(name)}(?![\u0621-\u06cc\u200c])", clause)
        if found:
            clause = clause[: found.start()] + "\n" + clause[found.end() :]
            yield actor
