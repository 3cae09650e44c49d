"""Services by their unique id, and finding one by id or by a name with typos.

Article 7 of the roadmap of 1404 forbids ids beside the official ones; the examples that come with Rahyar therefore read
EXAMPLE-n, can be rated, and never leave this instance as results.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

__all__ = ["EXAMPLE_PREFIX", "FoundService", "Service", "ServiceFinder", "plain_id", "plain_title", "the_one"]

EXAMPLE_PREFIX: Final = "EXAMPLE-"
#: rapidfuzz's score (0 to 100) from which a title is worth showing.
SCORE_MIN: Final = 62.0
EXACT: Final = 100.0
#: What a unique service id may look like: the official ones are digits, some with groups.
ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
_DIGITS: Final = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_LETTERS: Final = str.maketrans("يكةأإآؤئ\u200c", "یکهاااوی ")


@dataclass(frozen=True, slots=True)
class Service:
    """One public service. `agency_id` is the directory's id where it is known, else ""."""

    id: str
    title: str
    agency: str
    agency_id: str = ""
    parent: str = ""
    active: bool = True
    channels: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def is_example(self) -> bool:
        """Whether its results stay here."""
        return self.id.startswith(EXAMPLE_PREFIX)


@dataclass(frozen=True, slots=True)
class FoundService:
    """A service and how well it fits, 0 to 100."""

    service: Service
    score: float


def the_one(found: Sequence[FoundService]) -> Service | None:
    """The service that is certainly meant: the only one of its id or of exactly these words."""
    exact = [one.service for one in found if one.score >= EXACT]
    return exact[0] if len(exact) == 1 else None


def plain_id(text: str) -> str:
    """An id as it is stored: ASCII digits, no spaces around, EXAMPLE in capitals; "" for what can be no id."""
    id = text.translate(_DIGITS).strip()
    if id.upper().startswith(EXAMPLE_PREFIX):
        id = id.upper()
    return id if ID.fullmatch(id) else ""


def plain_title(text: str) -> str:
    """A title as it is compared: one kind of letters, no marks, single spaces."""
    text = text.translate(_LETTERS).translate(_DIGITS)
    return " ".join(re.sub(r"[\W_]+", " ", text).split()).lower()


class ServiceFinder:
    """Services by id and by title, alias or agency. Made anew when the catalogue changes."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._by_id = {s.id: s for s in services}
        self._names: list[tuple[str, str]] = [
            (plain_title(name), s.id) for s in self._by_id.values() for name in _names(s)
        ]

    def __len__(self) -> int:
        return len(self._by_id)

    def of_id(self, words: str) -> list[FoundService]:
        """The service of this very id."""
        exact = self._by_id.get(plain_id(words))
        return [] if exact is None else [FoundService(exact, EXACT)]

    def find(self, words: str, limit: int = 8) -> list[FoundService]:
        """The service of this very id, else those whose names resemble the words, the best first."""
        if exact := self.of_id(words):
            return exact
        wanted = plain_title(words)[:200]
        if not wanted:
            return []
        best: dict[str, float] = {}
        choices = [name for name, _ in self._names]
        for _, score, at in process.extract(wanted, choices, scorer=_score, limit=limit * 4, score_cutoff=SCORE_MIN):
            id = self._names[at][1]
            best[id] = max(best.get(id, 0.0), score)
        ranked = sorted(best, key=lambda id: (-best[id], len(self._by_id[id].title), id))
        return [FoundService(self._by_id[id], best[id]) for id in ranked[:limit]]


def _names(service: Service) -> set[str]:
    return {service.title, *service.aliases, f"{service.title} {service.agency}"} - {""}


def _score(wanted: str, name: str, **_: object) -> float:
    """Whole names first; words in any order; a few words of a long title count a little less."""
    return max(
        fuzz.ratio(wanted, name),
        fuzz.token_sort_ratio(wanted, name) * 0.98,
        fuzz.token_set_ratio(wanted, name) * (0.95 if len(wanted) >= 4 else 0.5),
        fuzz.partial_ratio(wanted, name) * (0.85 if 5 <= len(wanted) <= len(name) else 0.4),
    )
