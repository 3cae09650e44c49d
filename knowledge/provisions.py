"""What a regulation is made of: addresses, provisions, definitions, actors, and the corpus that holds them.

Entities only. Reading them from files is `knowledge.corpus_files`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

__all__ = [
    "Actor",
    "Address",
    "Corpus",
    "Definition",
    "Kind",
    "Provision",
    "Regulation",
    "Source",
    "Status",
]

EID = re.compile(r"[a-z]+(_[0-9]+)?(__[a-z]+_[0-9]+)*\Z")


class Kind(StrEnum):
    """Kinds of provisions (design §2)."""

    REGULATION = "regulation"
    CHAPTER = "chapter"
    HEADING = "heading"
    ARTICLE = "article"
    NOTE = "note"
    LIST_ITEM = "list_item"
    RESOLUTION = "resolution"
    TABLE_ROW = "table_row"
    STAGE = "stage"
    STAGE_ACTOR = "stage_actor"
    STAGE_ITEM = "stage_item"
    STEP = "step"
    PHASE = "phase"
    PREFACE = "preface"
    PART = "part"
    LETTER = "letter"


#: Kinds that only hold others together: shown when asked for, never an answer to a question about a topic.
CONTAINERS = frozenset({Kind.REGULATION, Kind.CHAPTER, Kind.HEADING, Kind.RESOLUTION, Kind.PART})
#: Kinds that are quoted as one unit: a note or list item belongs to the unit that it stands in.
UNITS = frozenset(
    {Kind.ARTICLE, Kind.TABLE_ROW, Kind.STAGE, Kind.STEP, Kind.PHASE, Kind.PREFACE, Kind.LETTER, *CONTAINERS}
)
#: Kinds whose words go on a sentence of what they stand in.
ITEMS = frozenset({Kind.LIST_ITEM, Kind.STAGE_ITEM, Kind.STAGE_ACTOR})


class Status(StrEnum):
    """Whether a regulation is in force."""

    IN_FORCE = "in_force"
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where a provision stands: `roadmap-1404/art_21__note_1`. The regulation itself has the empty eid."""

    regulation: str
    eid: str = ""

    def __str__(self) -> str:
        return f"{self.regulation}/{self.eid}" if self.eid else self.regulation

    def covers(self, other: Address) -> bool:
        """Whether the other is this provision, or one inside it."""
        inside = not self.eid or f"{other.eid}__".startswith(f"{self.eid}__")
        return inside and self.regulation == other.regulation

    @classmethod
    def parse(cls, text: str) -> Address:
        """The address that `str` printed; ValueError for anything else."""
        regulation, _, eid = text.partition("/")
        if not re.fullmatch(r"[a-z0-9-]+", regulation) or (eid and not EID.match(eid)):
            raise ValueError(f"not an address: {text!r}")
        return cls(regulation, eid)


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision: the words of the law and, apart from them, what helps people find it.

    `text` holds its own words without those of its notes and list items; `tail` the words that follow its list items.
    `heading` is the printed title where there is one, else the editors' own; `asked_as` is never shown as law.
    `restates` are provisions of the same text that order the same (a stage repeats an article).
    """

    address: Address
    kind: Kind
    number: str | None
    parent: Address | None
    title: str
    text: str
    tail: str = ""
    editor_note: str = ""
    heading: str = ""
    asked_as: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    restates: tuple[Address, ...] = ()

    @property
    def wording(self) -> str:
        """All words of the law that this provision itself prints, paragraphs separated by newlines."""
        return "\n".join(part for part in (self.title, self.text, self.tail) if part)


@dataclass(frozen=True, slots=True)
class Definition:
    """A term that a regulation uses in a meaning of its own, and the provision that says which."""

    term: str
    aliases: tuple[str, ...]
    address: Address


@dataclass(frozen=True, slots=True)
class Actor:
    """A body as one regulation names it. `name` is the official full name, `aliases` what this text and people say."""

    id: str
    name: str
    aliases: tuple[str, ...]
    is_class: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number or date of a regulation was read."""

    fact: str
    read_in: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class Regulation:
    """One regulation with its provisions in reading order (the regulation itself first).

    `aliases` mean it anywhere, `cited_as` only beside a reference («ماده ۵ چرخه»).
    """

    slug: str
    title: str
    short_title: str
    aliases: tuple[str, ...]
    issuer: str
    number: str | None
    approved: str | None
    promulgated: str | None
    status: Status
    status_note: str
    unknown: tuple[str, ...]
    sources: tuple[Source, ...]
    provisions: tuple[Provision, ...]
    definitions: tuple[Definition, ...]
    actors: Mapping[str, Actor] = field(default_factory=dict)
    cited_as: tuple[str, ...] = ()

    @property
    def address(self) -> Address:
        return Address(self.slug)

    def numbered(self, kind: Kind, within: Address | None = None) -> list[Provision]:
        """Provisions of a kind that carry a number, in reading order; `within` keeps those below that address."""
        prefix = f"{within.eid}__" if within else ""
        return [p for p in self.provisions if p.kind is kind and p.number and p.address.eid.startswith(prefix)]


class Corpus:
    """All regulations. Look-ups answer None for what does not exist; nothing here raises on a wrong address."""

    def __init__(self, regulations: Sequence[Regulation], version: str) -> None:
        self.regulations: Mapping[str, Regulation] = {r.slug: r for r in regulations}
        self.version = version
        self._by_address = {p.address: p for r in regulations for p in r.provisions}
        self._children: dict[Address, list[Provision]] = {}
        for p in self._by_address.values():
            if p.parent is not None:
                self._children.setdefault(p.parent, []).append(p)

    def __iter__(self) -> Iterator[Provision]:
        return iter(self._by_address.values())

    def __len__(self) -> int:
        return len(self._by_address)

    def taught(self, wordings: Mapping[str, Sequence[str]]) -> Corpus:
        """With more everyday wordings by full address ("roadmap-1404/art_21"); what names no provision is left out."""
        known = {p.address: tuple(wordings[str(p.address)]) for p in self if wordings.get(str(p.address))}
        if not known:
            return self
        regulations = [
            replace(
                regulation,
                provisions=tuple(
                    replace(p, asked_as=(*p.asked_as, *known[p.address])) if p.address in known else p
                    for p in regulation.provisions
                ),
            )
            for regulation in self.regulations.values()
        ]
        digest = hashlib.sha256(repr(sorted((str(a), w) for a, w in known.items())).encode()).hexdigest()
        return Corpus(regulations, f"{self.version}-{digest[:12]}")

    def get(self, address: Address) -> Provision | None:
        return self._by_address.get(address)

    def __getitem__(self, address: Address) -> Provision:
        return self._by_address[address]

    def regulation_of(self, address: Address) -> Regulation:
        return self.regulations[address.regulation]

    def children(self, address: Address) -> Sequence[Provision]:
        """Direct children in reading order."""
        return self._children.get(address, ())

    def descendants(self, address: Address) -> Iterator[Provision]:
        """Everything below, depth first, in reading order."""
        for child in self.children(address):
            yield child
            yield from self.descendants(child.address)

    def ancestors(self, address: Address) -> Iterator[Provision]:
        """From the parent up to the regulation itself."""
        here = self.get(address)
        while here is not None and here.parent is not None:
            here = self.get(here.parent)
            if here is not None:
                yield here

    def unit_of(self, address: Address) -> Address:
        """The article, row, stage, step or other unit that an address belongs to (itself if it is one)."""
        here = self.get(address)
        if here is None or here.kind in UNITS:
            return address
        return next((a.address for a in self.ancestors(address) if a.kind in UNITS), address)

    def unit_parts(self, unit: Address) -> Iterator[Provision]:
        """A unit and what belongs to it: its notes, list items and stage actions, in reading order.

        Units inside it (the phases of an article, the articles of a chapter) are not part of it.
        """
        here = self.get(unit)
        if here is None:
            return
        yield here
        for child in self.children(unit):
            if child.kind not in UNITS:
                yield from self.unit_parts(child.address)

    @cached_property
    def _counterparts(self) -> Mapping[Address, tuple[Address, ...]]:
        found: dict[Address, list[Address]] = {}
        for p in self:
            for other in p.restates:
                found.setdefault(p.address, []).append(other)
                found.setdefault(other, []).append(p.address)
        return {address: tuple(others) for address, others in found.items()}

    def counterparts(self, address: Address) -> Sequence[Address]:
        """Provisions that order the same as this one, whichever of them repeats the other."""
        return self._counterparts.get(address, ())

    @cached_property
    def _families(self) -> Mapping[Address, tuple[Sequence[Address], int]]:
        rows: dict[tuple[str, Kind, str], list[Address]] = {}
        for p in self:
            if p.address.eid:
                rows.setdefault((p.address.regulation, p.kind, p.address.eid.rpartition("__")[0]), []).append(p.address)
        return {address: (row, place) for row in rows.values() for place, address in enumerate(row)}

    def family(self, address: Address) -> Sequence[Address]:
        """Provisions of the same kind in the same place, this one too, in reading order (articles across chapters)."""
        return self._families.get(address, ((), 0))[0]

    def neighbours(self, address: Address) -> tuple[Address | None, Address | None]:
        """The previous and next provision of the same family."""
        row, place = self._families.get(address, ((), 0))
        return (row[place - 1] if place else None, row[place + 1] if place + 1 < len(row) else None)

    def actor_name(self, regulation: str, actor_id: str) -> str:
        """The official full name of a body that this regulation charges."""
        return self.regulations[regulation].actors[actor_id].name
