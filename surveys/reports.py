"""What /report shows of a service or of all: shares with intervals, distribution, drivers, trend; small cells hidden.

A share is published from ten answers on, whatever its two sides are; counts beside it follow the rule of small cells.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from surveys.answering import known_service
from surveys.periods import month_of, months_before
from surveys.ports import OpenSurveyWork
from surveys.questionnaire import FACES, Questionnaire, Questionnaires
from surveys.refusals import RefusedError
from surveys.responses import AGAIN, ANSWERED, COUNTS
from surveys.services import Service
from surveys.staff_rights import StaffRights
from surveys.statistics import Change, Share, change_between, share
from surveys.suppression import SMALLEST_SHOWN, Sum, suppressed
from surveys.tallies import TallyRow

__all__ = ["Driver", "Funnel", "MakeReport", "MonthShare", "NamedShare", "Report", "report_of"]

MONTHS: Final = 12
SERVICES_LISTED: Final = 20
_TOP: Final = "top"
_BOTTOM: Final = "bottom"
_N: Final = "n"


@dataclass(frozen=True, slots=True)
class Funnel:
    """People, not answers. `held` wait for an operator and are in no score, nor are the excluded ones."""

    offered: int
    opened: int
    answered: int
    finished: int
    held: int
    excluded: int


@dataclass(frozen=True, slots=True)
class Driver:
    """How many of those who were asked named this choice; None is hidden."""

    question: str
    choice: str
    count: int | None
    of: int


@dataclass(frozen=True, slots=True)
class MonthShare:
    """One Jalali month; `share` None where nobody or too few answered. `change` against the last month shown before."""

    month: str
    share: Share | None
    change: Change


@dataclass(frozen=True, slots=True)
class NamedShare:
    """A service, agency or channel; `share` None where hidden."""

    key: str
    name: str
    share: Share | None


@dataclass(frozen=True, slots=True)
class Report:
    """`n` answered the required question; None when fewer than ten did: then nothing else is shown either.

    `faces` from 1 to 5, None where hidden. Shares are of the two best faces, of `settled` "yes" among those who said.
    """

    service: Service | None
    months: tuple[str, ...]
    funnel: Funnel
    n: int | None
    top_two: Share | None
    faces: Mapping[int, int | None]
    settled: Share | None
    again_top_two: Share | None
    drivers: tuple[Driver, ...]
    trend: tuple[MonthShare, ...]
    channels: tuple[NamedShare, ...]
    services: tuple[NamedShare, ...]
    agencies: tuple[NamedShare, ...]


class MakeReport:
    """The report of one service, or of all with their services and agencies beside each other."""

    def __init__(
        self,
        work: OpenSurveyWork,
        questionnaires: Questionnaires,
        *,
        clock: Callable[[], dt.datetime],
        timezone: dt.tzinfo,
    ) -> None:
        self._work, self._questionnaires, self._clock, self._timezone = work, questionnaires, clock, timezone

    async def __call__(self, service_id: str | None = None, *, months: int = MONTHS, by: int | None = None) -> Report:
        """The `months` Jalali months that end today, at most 120; RefusedError for an unknown service.

        `by` is the member of staff who asks: operators see everything, representatives one of their agency's services.
        None is the command line.
        """
        today = self._clock().astimezone(self._timezone).date()
        wanted = months_before(month_of(today), min(max(months, 1), 120))
        async with self._work() as work:
            service = None if service_id is None else await known_service(work, service_id)
            if by is not None:
                _must_see(await work.staff.rights(by), service)
            ids: Collection[str] | None = None if service is None else [service.id]
            rows = await work.tallies.rows(ids, wanted)
            channels = await work.tallies.by_channel(ids, wanted)
            question = self._questionnaires.current().first.id
            by_service = [] if service else await work.tallies.by_service(wanted, question)
            catalogue = [] if service else await work.services.all()
        return report_of(self._questionnaires.current(), service, wanted, rows, channels, by_service, catalogue)


def _must_see(rights: StaffRights, service: Service | None) -> None:
    rights.must_be_staff()
    if service is None:
        rights.must_be_operator()
    elif not rights.may_report(service):
        raise RefusedError("staff-other-agency")


Counted = Mapping[tuple[str, str], int]


def report_of(
    questionnaire: Questionnaire,
    service: Service | None,
    months: Sequence[str],
    rows: Iterable[TallyRow],
    channels: Iterable[TallyRow],
    by_service: Iterable[TallyRow],
    catalogue: Iterable[Service],
) -> Report:
    """The report of counts as storage gives them."""
    rows = list(rows)
    first = questionnaire.first.id
    counts = _summed(rows, lambda row: "")[""] if rows else {}
    faces = {face: counts.get((first, str(face)), 0) for face in FACES}
    n = sum(faces.values())
    enough = n >= SMALLEST_SHOWN
    services = _services(by_service, first, {s.id: s for s in catalogue})
    return Report(
        service=service,
        months=tuple(months),
        funnel=_funnel(counts),
        n=n if enough else None,
        top_two=_top_two(counts, first) if enough else None,
        faces=_faces(faces) if enough else dict.fromkeys(FACES),
        settled=_settled(counts) if enough else None,
        again_top_two=_top_two(counts, AGAIN),
        drivers=_drivers(questionnaire, counts) if enough else (),
        trend=_trend(months, _summed(rows, lambda row: row.month), first),
        channels=_named(_summed(channels, lambda row: row.channel), first, lambda key: key),
        services=services[0],
        agencies=services[1],
    )


def _summed(rows: Iterable[TallyRow], key: Callable[[TallyRow], str]) -> dict[str, dict[tuple[str, str], int]]:
    summed: dict[str, dict[tuple[str, str], int]] = {}
    for row in rows:
        of = summed.setdefault(key(row), {})
        of[(row.question, row.value)] = of.get((row.question, row.value), 0) + row.count
    return summed


def _funnel(counts: Counted) -> Funnel:
    return Funnel(
        *(counts.get((COUNTS, name), 0) for name in ("offered", "opened", "answered", "finished", "held", "excluded"))
    )


def _top_two(counts: Counted, question: str) -> Share | None:
    """None where fewer than ten answered."""
    n = sum(counts.get((question, str(face)), 0) for face in FACES)
    if n < SMALLEST_SHOWN:
        return None
    return share(sum(counts.get((question, str(face)), 0) for face in FACES[-2:]), n)


def _faces(faces: Mapping[int, int]) -> dict[int, int | None]:
    """n and the top-two share stand beside the distribution, so they count among what reveals."""
    top, bottom = sum(faces[face] for face in FACES[-2:]), sum(faces[face] for face in FACES[:-2])
    cells = {**{str(face): count for face, count in faces.items()}, _TOP: top, _BOTTOM: bottom, _N: top + bottom}
    sums = [
        Sum(_TOP, [str(face) for face in FACES[-2:]]),
        Sum(_BOTTOM, [str(face) for face in FACES[:-2]]),
    ]
    shown_anyway = {_TOP, _BOTTOM, _N}
    hidden = suppressed({k: v + SMALLEST_SHOWN * (k in shown_anyway) for k, v in cells.items()}, sums)
    for total, parts in ((_TOP, FACES[-2:]), (_BOTTOM, FACES[:-2])):
        if total in hidden:  # the share is published: only all its parts together keep them apart
            hidden |= {str(face) for face in parts}
    return {face: None if str(face) in hidden else count for face, count in faces.items()}


def _settled(counts: Counted) -> Share | None:
    said = {value: counts.get(("settled", value), 0) for value in ("yes", "partly", "no")}
    n = sum(said.values())
    return share(said["yes"], n) if n >= SMALLEST_SHOWN else None


def _drivers(questionnaire: Questionnaire, counts: Counted) -> tuple[Driver, ...]:
    """Choices of the multi-choice questions, the most named first. They overlap, so none reveals another."""
    drivers = [
        Driver(question.id, choice.id, _shown(counts.get((question.id, choice.id), 0)), of)
        for question in questionnaire.questions
        if question.kind == "multi" and (of := counts.get((question.id, ANSWERED), 0)) >= SMALLEST_SHOWN
        for choice in question.choices
    ]
    return tuple(sorted(drivers, key=lambda driver: (driver.question, -(driver.count or 0))))


def _shown(count: int) -> int | None:
    return None if 0 < count < SMALLEST_SHOWN else count


def _trend(months: Sequence[str], by_month: Mapping[str, Counted], question: str) -> tuple[MonthShare, ...]:
    shares = _hiding({month: _face_counts(by_month.get(month, {}), question) for month in months})
    trend: list[MonthShare] = []
    last: Share | None = None
    for month in months:
        now = shares[month]
        change = change_between(last, now) if last and now else Change.UNCERTAIN
        trend.append(MonthShare(month, now, change))
        last = now or last
    return tuple(trend)


def _face_counts(counts: Counted, question: str) -> tuple[int, int]:
    """(top two, n)."""
    by_face = [counts.get((question, str(face)), 0) for face in FACES]
    return sum(by_face[-2:]), sum(by_face)


def _hiding(groups: Mapping[str, tuple[int, int]]) -> dict[str, Share | None]:
    """Shares of groups whose total is shown too: small groups go, with one more where they could be worked out."""
    total = "\0total"
    cells = {key: n for key, (_, n) in groups.items()} | {total: sum(n for _, n in groups.values())}
    hidden = suppressed(cells, [Sum(total, list(groups))])
    return {key: None if key in hidden or n == 0 else share(top, n) for key, (top, n) in groups.items()}


def _named(by_key: Mapping[str, Counted], question: str, name: Callable[[str], str]) -> tuple[NamedShare, ...]:
    shares = _hiding({key: _face_counts(counts, question) for key, counts in by_key.items()})
    return tuple(NamedShare(key, name(key), found) for key, found in shares.items())


def _services(
    rows: Iterable[TallyRow], question: str, catalogue: Mapping[str, Service]
) -> tuple[tuple[NamedShare, ...], tuple[NamedShare, ...]]:
    """The services with the most answers, and all agencies; a service hidden in its agency stays hidden in both."""
    by_service = _summed(rows, lambda row: row.service_id)
    counts = {key: _face_counts(found, question) for key, found in by_service.items()}
    agency_of = {key: catalogue[key].agency if key in catalogue else "" for key in counts}
    agencies = {agency: [key for key in counts if agency_of[key] == agency] for agency in sorted({*agency_of.values()})}
    agency_counts = {a: (sum(counts[k][0] for k in ks), sum(counts[k][1] for k in ks)) for a, ks in agencies.items()}
    hidden = _hidden_services(counts, agencies, agency_counts)
    most = sorted(counts, key=lambda key: (-counts[key][1], key))[:SERVICES_LISTED]
    services = tuple(
        NamedShare(key, catalogue[key].title if key in catalogue else key, _share_of(counts[key], ("s", key) in hidden))
        for key in most
        if counts[key][1]
    )
    named = tuple(
        NamedShare(agency, agency, _share_of(agency_counts[agency], ("a", agency) in hidden)) for agency in agencies
    )
    return services, tuple(sorted(named, key=lambda one: -(one.share.n if one.share else 0)))


def _hidden_services(
    counts: Mapping[str, tuple[int, int]],
    agencies: Mapping[str, list[str]],
    agency_counts: Mapping[str, tuple[int, int]],
) -> frozenset[tuple[str, str]]:
    cells = {("s", key): n for key, (_, n) in counts.items()}
    cells |= {("a", agency): n for agency, (_, n) in agency_counts.items()}
    cells[("t", "")] = sum(n for _, n in counts.values())
    hidden: set[tuple[str, str]] = set()
    all_agencies = Sum(("t", ""), [("a", agency) for agency in agencies])
    hidden |= suppressed({k: v for k, v in cells.items() if k[0] != "s"}, [all_agencies])
    for agency, keys in agencies.items():  # each agency on its own: thousands of services stay quick
        inside = {k: cells[k] for k in (("a", agency), *(("s", key) for key in keys))}
        hidden |= suppressed(inside, [Sum(("a", agency), [("s", key) for key in keys])]) - {("a", agency)}
        if ("a", agency) in hidden:
            hidden |= {("s", key) for key in keys}
    return frozenset(hidden)


def _share_of(counts: tuple[int, int], hidden: bool) -> Share | None:
    return None if hidden or not counts[1] else share(*counts)
