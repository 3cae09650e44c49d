"""The directory of agencies: bodies that the texts name, the classes they belong to, and what operators brought in.

Says whom an obligation binds. A class binds its members; a body inside an agency (its head, its data unit) binds the
agency itself, whose representatives are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from rapidfuzz import fuzz, process

from knowledge.corpus_files import read_toml
from knowledge.provisions import Corpus
from reminders.obligations import Obligation

__all__ = ["CLASSES", "Agency", "Directory", "FoundAgency", "Structure", "load_structure", "plain_name"]

#: The reviewed file with classes, their members and bodies inside agencies.
CLASSES: Final = Path(__file__).parent / "agencies.toml"
#: rapidfuzz's score (0 to 100) from which a name is worth showing; below it strangers come along.
SCORE_MIN: Final = 62.0


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that can have representatives. `classes` are the ids of classes that it belongs to itself."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str = ""
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundAgency:
    """A find with its score, 100 for the very name."""

    agency: Agency
    score: float


@dataclass(frozen=True)
class Structure:
    """What `agencies.toml` says: members and parents of classes, bodies inside agencies (with their host, a class or
    one agency), bodies that no representative stands for, obligations that an introduction meets (with the class that
    those bind which no register holds), further agencies.
    """

    class_parents: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inside: Mapping[str, str] = field(default_factory=dict)
    no_agencies: frozenset[str] = frozenset()
    closed_by_introduction: tuple[str, ...] = ()
    introduced_without_limit: Mapping[str, str] = field(default_factory=dict)
    agencies: tuple[Agency, ...] = ()


def load_structure(path: Path = CLASSES) -> Structure:
    """The structure of a file as `docs/agencies.md` describes it; CorpusError when it is no TOML."""
    data = read_toml(path)
    classes: Mapping[str, Any] = data["class"]
    return Structure(
        class_parents={id: row["within"] for id, row in classes.items() if row.get("within")},
        members={id: tuple(row.get("members", ())) for id, row in classes.items()},
        inside={body: row["hosts"] for row in data["inside"] for body in row["bodies"]},
        no_agencies=frozenset(data["no_agencies"]["bodies"]),
        closed_by_introduction=tuple(data["introduction"]["closes"]),
        introduced_without_limit=dict(data["introduction"]["without_limit"]),
        agencies=tuple(_written(row) for row in data["agency"]),
    )


def _written(row: Mapping[str, Any]) -> Agency:
    return Agency(row["id"], row.get("name", ""), tuple(row.get("aliases", ())), row.get("parent", ""))


class Directory:
    """All agencies, by id and by name."""

    def __init__(self, corpus: Corpus, structure: Structure, imported: Iterable[Agency] = ()) -> None:
        """`imported` agencies go before those of the same id that the texts or the structure name."""
        self._structure = structure
        self._class_names = _class_names(corpus, structure)
        agencies = {a.id: a for a in _named_in(corpus, structure, self._class_names)}
        for agency in (*structure.agencies, *imported):
            agencies[agency.id] = _merged(agencies.get(agency.id), agency)
        self.agencies: Mapping[str, Agency] = {id: self._with_classes(a) for id, a in agencies.items()}
        self._members = self._members_by_class()
        self._names = {key: agency.id for agency in self.agencies.values() for key in _names(agency) if len(key) > 1}
        self._bearers: dict[str, list[Agency]] = {}
        for agency in self.agencies.values():
            for key in _names(agency):
                self._bearers.setdefault(key, []).append(agency)

    def __len__(self) -> int:
        return len(self.agencies)

    def get(self, agency_id: str) -> Agency | None:
        return self.agencies.get(agency_id)

    @property
    def closed_by_introduction(self) -> tuple[str, ...]:
        """Ids of obligations that introducing a representative meets."""
        return self._structure.closed_by_introduction

    def introduced_without_limit(self, obligation_id: str) -> frozenset[str]:
        """Ids of the agencies that an introduction without a limit binds; empty for an obligation of the register."""
        return self.members(self._structure.introduced_without_limit.get(obligation_id, ""))

    @property
    def classes(self) -> Mapping[str, str]:
        """Names of classes by id."""
        return self._class_names

    def members(self, class_id: str) -> frozenset[str]:
        """Ids of the agencies in a class, those of its subclasses included."""
        return self._members.get(class_id, frozenset())

    def bound_by(self, obligation: Obligation) -> frozenset[str]:
        """Ids of all agencies that must see to an obligation."""
        return frozenset().union(*(self._bound(actor) for actor in obligation.responsible))

    def _bound(self, actor: str) -> frozenset[str]:
        host = self._structure.inside.get(actor, "")
        hosts = self.members(host) or (frozenset({host}) & self.agencies.keys())
        if actor in self._class_names:
            return hosts | self.members(actor)
        return hosts | (frozenset({actor}) & self.agencies.keys())

    def named(self, name: str) -> list[Agency]:
        """All agencies of this very name, alias or abbreviation; several where texts call two bodies alike."""
        return self._bearers.get(plain_name(name), [])

    def find(self, words: str, limit: int = 8) -> list[FoundAgency]:
        """Agencies by name, alias or abbreviation, typos included, the best first; empty for what resembles none."""
        wanted = plain_name(words)
        if not wanted:
            return []
        best: dict[str, float] = {}
        for name, score, _ in process.extract(wanted, self._names.keys(), scorer=_score, limit=limit * 6):
            id = self._names[name]
            if score >= SCORE_MIN:
                best[id] = max(best.get(id, 0.0), score)
        ranked = sorted(best, key=lambda id: (-best[id], len(self.agencies[id].name), id))
        return [FoundAgency(self.agencies[id], best[id]) for id in ranked[:limit]]

    def _with_classes(self, agency: Agency) -> Agency:
        own = [id for id, members in self._structure.members.items() if agency.id in members]
        return Agency(
            agency.id, agency.name, agency.aliases, agency.parent, tuple(dict.fromkeys((*agency.classes, *own)))
        )

    def _members_by_class(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for agency in self.agencies.values():
            for class_id in agency.classes:
                here: str | None = class_id
                while here:
                    found.setdefault(here, set()).add(agency.id)
                    here = self._structure.class_parents.get(here)
        return {id: frozenset(members) for id, members in found.items()}


def plain_name(text: str) -> str:
    """A name as it is compared: Arabic letters as Persian ones, without half-spaces, marks and needless spaces."""
    text = text.translate(_LETTERS)
    return " ".join(re.sub(r"[\W_]+", " ", text).split()).lower()


_LETTERS: Final = str.maketrans("يكةأإآؤئ\u200c", "یکهاااوی ")


def _score(wanted: str, name: str, **_: Any) -> float:
    """Whole names, and names that hold all the words wanted; a short alias inside a long question counts less."""
    whole = fuzz.ratio(wanted, name)
    words = fuzz.token_sort_ratio(wanted, name)
    part = fuzz.token_set_ratio(wanted, name) * (0.92 if len(wanted) >= _WORD_LENGTH_MIN else 0.6)
    inside = fuzz.partial_ratio(wanted, name) * (0.85 if len(name) >= len(wanted) >= _PART_LENGTH_MIN else 0.5)
    return max(whole, words * 0.98, part, inside)


_WORD_LENGTH_MIN: Final = 4
#: Shorter parts stand inside too many words («سلام» in «اسلامی»).
_PART_LENGTH_MIN: Final = 6


def _names(agency: Agency) -> set[str]:
    return {plain_name(name) for name in (agency.name, *agency.aliases)}


def _class_names(corpus: Corpus, structure: Structure) -> dict[str, str]:
    """A body that any text calls a class is one, unless it stands inside an agency."""
    named = {a.id: a.name for r in corpus.regulations.values() for a in r.actors.values() if a.is_class}
    return {id: name for id, name in named.items() if id not in structure.inside} | {
        id: named.get(id, id) for id in structure.members
    }


def _named_in(corpus: Corpus, structure: Structure, classes: Mapping[str, str]) -> list[Agency]:
    found: dict[str, Agency] = {}
    for regulation in corpus.regulations.values():
        for actor in regulation.actors.values():
            inside_a_class = structure.inside.get(actor.id) in structure.members
            if actor.id in classes or inside_a_class or actor.id in structure.no_agencies:
                continue
            aliases = tuple(a for a in actor.aliases if plain_name(a) not in _TOO_COMMON)
            found[actor.id] = _merged(found.get(actor.id), Agency(actor.id, actor.name, aliases))
    return list(found.values())


def _merged(known: Agency | None, new: Agency) -> Agency:
    if known is None:
        return new
    aliases: Sequence[str] = tuple(dict.fromkeys((*known.aliases, *new.aliases)))
    classes = tuple(dict.fromkeys((*known.classes, *new.classes)))
    return Agency(new.id, new.name or known.name, tuple(aliases), new.parent or known.parent, classes)


#: What one text calls a body for short; alone it names nobody.
_TOO_COMMON: Final = frozenset(
    [
        *["سازمان", "وزارت", "شورا", "کمیسیون", "کمیته", "دبیرخانه", "معاونت", "کارگروه", "وزارتخانه", "استخدامی"],
        "این وزارت",
    ]
)
