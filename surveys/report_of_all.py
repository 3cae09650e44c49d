"""The report of all services, whose sums reveal nothing that the report of one service hides.

Services with fewer than ten answers are added to their agency only together; what is left of all agencies, only
together to all; what still stands alone is left out of every sum and counted as left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from knowledge.persian_order import persian_order
from surveys.questionnaire import FACES, Kind, Questionnaire
from surveys.report import NamedShare, Report
from surveys.report_figures import (
    FACE_GROUPS,
    Counted,
    content_and_others,
    count,
    drivers_of,
    faces_hidden,
    funnel_of,
    named_shares,
    settled_counts,
    share_of,
    summed,
    trend_of,
)
from surveys.responses import AGAIN, ANSWERED
from surveys.services import Service
from surveys.statistics import Share
from surveys.suppression import SMALLEST_SHOWN, hidden_in_row, hidden_sums, is_small, may_stand_together
from surveys.tallies import TallyRow

__all__ = ["report_of_all"]

SERVICES_LISTED: Final = 20


def report_of_all(
    questionnaire: Questionnaire,
    catalogue: Iterable[Service],
    months: Sequence[str],
    sums: Iterable[TallyRow],
    by_month: Iterable[TallyRow],
    by_channel: Iterable[TallyRow],
) -> Report:
    """Rows are of every service: all counts, and those of the first question by month and by channel."""
    known, first = {service.id: service for service in catalogue}, questionnaire.first.id
    of_service = summed(sums, lambda row: row.service_id)
    n = {id: sum(content_and_others(counts, first)) for id, counts in of_service.items()}
    parts = _parts(n, {id: _agency_key(known[id]) if id in known else "" for id in n})
    counts = _added(of_service[id] for id in parts.counted)
    faces = {face: count(counts, first, face) for face in FACES}
    enough = sum(faces.values()) >= SMALLEST_SHOWN
    lines = _Lines(parts, of_service, first)
    hidden_faces = lines.hidden_faces() if enough else frozenset(FACES)
    by_channel = list(by_channel)
    channels = sorted({row.channel for row in by_channel})
    return Report(
        service=None,
        months=tuple(months),
        funnel=funnel_of(counts) if enough else None,
        n=sum(faces.values()) if enough else None,
        top_two=share_of(content_and_others(counts, first)),
        faces={face: None if face in hidden_faces else faces[face] for face in FACES},
        settled=_together(parts, of_service, settled_counts),
        again_top_two=_together(parts, of_service, lambda counted: content_and_others(counted, AGAIN)),
        drivers=drivers_of(questionnaire, counts, _drivers_hidden(questionnaire, parts, of_service)) if enough else (),
        trend=trend_of(months, lines.shares(months, by_month, lambda row: row.month)),
        channels=named_shares(lines.shares(channels, by_channel, lambda row: row.channel)),
        services=_services(parts, of_service, known, first),
        agencies=_agencies(parts, of_service, known, first),
        left_out=len(parts.left_out),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the sums are made of: services shown by themselves, those of an agency or of several together, nobody's."""

    shown: tuple[str, ...]
    of_agency: Mapping[str, tuple[str, ...]]
    others: tuple[str, ...]
    silent: tuple[str, ...]
    left_out: tuple[str, ...]
    agency: Mapping[str, str]

    @property
    def groups(self) -> list[tuple[str, ...]]:
        """Small services that are added together."""
        return [*self.of_agency.values(), *([self.others] if self.others else [])]

    @property
    def counted(self) -> list[str]:
        """Services that are in the sums."""
        return [*self.shown, *(id for group in self.groups for id in group), *self.silent]


def _parts(n: Mapping[str, int], agency: Mapping[str, str]) -> _Parts:
    small: dict[str, list[str]] = {}
    for id in sorted(n):
        if is_small(n[id]):
            small.setdefault(agency[id], []).append(id)
    of_agency = {name: tuple(ids) for name, ids in small.items() if may_stand_together([n[id] for id in ids])}
    left = tuple(id for name, ids in small.items() if name not in of_agency for id in ids)
    together = may_stand_together([n[id] for id in left])
    return _Parts(
        shown=tuple(id for id in sorted(n) if n[id] >= SMALLEST_SHOWN),
        of_agency=of_agency,
        others=left if together else (),
        silent=tuple(id for id in n if not n[id]),
        left_out=() if together else left,
        agency=agency,
    )


def _added(many: Iterable[Counted]) -> Counted:
    total: Counter[tuple[str, str]] = Counter()
    for counts in many:
        total.update(counts)
    return total


class _Lines:
    """The tables behind the sums: a line for each shown service and for each group of small ones."""

    def __init__(self, parts: _Parts, of_service: Mapping[str, Counted], first: str) -> None:
        self._members = [*((id,) for id in parts.shown), *parts.groups]
        self._shown, self._of_service, self._first = len(parts.shown), of_service, first

    def shares(
        self, keys: Sequence[str], rows: Iterable[TallyRow], key: Callable[[TallyRow], str]
    ) -> dict[str, Share | None]:
        """The share of every month or channel, None where it would reveal what a service's own report hides."""
        found = summed(rows, lambda row: f"{row.service_id}\0{key(row)}")
        empty: Counted = {}
        pairs = [
            [_both(content_and_others(found.get(f"{id}\0{one}", empty), self._first) for id in members) for one in keys]
            for members in self._members
        ]
        if not pairs or not keys:
            return dict.fromkeys(keys)
        counts = np.array(pairs, dtype=np.int64).transpose(2, 0, 1)
        hidden = self._hidden([hidden_in_row(cells) for cells in counts.sum(axis=0).tolist()], len(keys))
        gone = hidden_sums(counts, hidden)
        sums = counts.sum(axis=1).tolist()
        return {
            one: None if gone[at] else share_of((sums[0][at], sums[1][at])) for at, one in enumerate(keys)
        }  # fmt: skip

    def hidden_faces(self) -> frozenset[int]:
        """Faces whose sum is hidden."""
        of_line = [_added(self._of_service[id] for id in members) for members in self._members]
        faces = [{face: count(counts, self._first, face) for face in FACES} for counts in of_line]
        hidden: set[int] = set()
        for group in FACE_GROUPS:
            counts = np.array([[[of[face] for face in group] for of in faces]], dtype=np.int64)
            places = [{group.index(face) for face in faces_hidden(of) if face in group} for of in faces]
            gone = hidden_sums(counts, self._hidden(places, len(group)))
            hidden |= {face for at, face in enumerate(group) if gone[at]}
        return frozenset(hidden)

    def _hidden(self, places: Sequence[Iterable[int]], columns: int) -> np.ndarray:
        """What lines hide; a group of small services hides everything."""
        mask = np.zeros((len(self._members), columns), dtype=np.bool_)
        for line, hidden in enumerate(places):
            mask[line, sorted(hidden)] = True
        mask[self._shown :] = True
        return mask


def _both(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    content, others = zip(*pairs, strict=True)
    return sum(content), sum(others)


def _together(
    parts: _Parts, of_service: Mapping[str, Counted], counts_of: Callable[[Counted], tuple[int, int]]
) -> Share | None:
    """The share of all; None where the few answers of some services could be worked out from it."""
    pairs = [counts_of(of_service[id]) for id in parts.counted]
    few = [sum(pair) for pair in pairs if is_small(sum(pair))]
    if not pairs or (few and not may_stand_together(few)):
        return None
    return share_of(_both(pairs))


def _drivers_hidden(
    questionnaire: Questionnaire, parts: _Parts, of_service: Mapping[str, Counted]
) -> frozenset[tuple[str, str]]:
    """Choices of which a sum would reveal the few who named them in some service, and questions of few answers."""
    hidden: set[tuple[str, str]] = set()
    counted = [of_service[id] for id in parts.counted]
    for question in questionnaire.questions:
        if question.kind is not Kind.MULTI:
            continue
        for value in (ANSWERED, *(choice.id for choice in question.choices)):
            asked = [(count(counts, question.id, ANSWERED), count(counts, question.id, value)) for counts in counted]
            few = [given for of, given in asked if is_small(given) or of < SMALLEST_SHOWN]
            known = sum(1 for of, given in asked if is_small(given) and of >= SMALLEST_SHOWN)
            # how many were asked in the small services is known of all of them together
            most = known * (SMALLEST_SHOWN - 1) + sum(of for of, _ in asked if of < SMALLEST_SHOWN)
            if any(few) and not may_stand_together(few, at_least=known, at_most=most):
                hidden.add((question.id, value))
    return frozenset(hidden)


def _services(
    parts: _Parts, of_service: Mapping[str, Counted], known: Mapping[str, Service], first: str
) -> tuple[NamedShare, ...]:
    """Those with the most answers, as their own reports show them."""
    pairs = {id: content_and_others(of_service[id], first) for id in parts.shown}
    most = sorted(pairs, key=lambda id: (-sum(pairs[id]), id))[:SERVICES_LISTED]
    return named_shares({id: share_of(pairs[id]) for id in most}, lambda id: known[id].title if id in known else id)


def _agency_key(service: Service) -> str:
    """One agency may be written in several ways; the directory's id is one."""
    return service.agency_id or service.agency


def _agencies(
    parts: _Parts, of_service: Mapping[str, Counted], known: Mapping[str, Service], first: str
) -> tuple[NamedShare, ...]:
    """Agencies with ten answers that can be shown, the most first."""
    members = [*parts.shown, *(id for ids in parts.of_agency.values() for id in ids)]
    of_agency: dict[str, list[tuple[int, int]]] = {}
    for id in members:
        of_agency.setdefault(parts.agency[id], []).append(content_and_others(of_service[id], first))
    sums = {key: _both(pairs) for key, pairs in of_agency.items() if key}
    names = {_agency_key(service): service.agency for service in known.values()}
    ranked = sorted(sums, key=lambda key: (-sum(sums[key]), persian_order(names[key]), key))
    return named_shares({key: share_of(sums[key]) for key in ranked}, names.__getitem__)
