"""The report of one service, from its own counts alone: it never depends on what others answered elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from surveys.questionnaire import FACES, Questionnaire
from surveys.report import Report
from surveys.report_figures import (
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
from surveys.responses import AGAIN
from surveys.services import Service
from surveys.statistics import Share
from surveys.suppression import SMALLEST_SHOWN, hidden_in_row
from surveys.tallies import TallyRow

__all__ = ["report_of_one"]


def report_of_one(
    questionnaire: Questionnaire,
    service: Service,
    months: Sequence[str],
    rows: Iterable[TallyRow],
    channels: Iterable[TallyRow],
) -> Report:
    """`rows` by month and `channels` by channel are this service's; the rest may be summed over."""
    rows, first = list(rows), questionnaire.first.id
    counts = summed(rows, lambda _: "").get("", {})
    faces = {face: count(counts, first, face) for face in FACES}
    enough = sum(faces.values()) >= SMALLEST_SHOWN
    hidden = faces_hidden(faces) if enough else frozenset(FACES)
    by_month, by_channel = summed(rows, lambda row: row.month), summed(channels, lambda row: row.channel)
    of_months = {month: content_and_others(by_month.get(month, {}), first) for month in months}
    of_channels = {channel: content_and_others(by_channel[channel], first) for channel in sorted(by_channel)}
    return Report(
        service=service,
        months=tuple(months),
        funnel=funnel_of(counts) if enough else None,
        n=sum(faces.values()) if enough else None,
        top_two=share_of(content_and_others(counts, first)),
        faces={face: None if face in hidden else faces[face] for face in FACES},
        settled=share_of(settled_counts(counts)),
        again_top_two=share_of(content_and_others(counts, AGAIN)),
        drivers=drivers_of(questionnaire, counts) if enough else (),
        trend=trend_of(months, _shares(of_months, enough)),
        channels=named_shares(_shares(of_channels, enough)),
        services=(),
        agencies=(),
        left_out=0,
    )


def _shares(parts: Mapping[str, tuple[int, int]], enough: bool) -> dict[str, Share | None]:
    keys = list(parts)
    hidden = hidden_in_row([sum(parts[key]) for key in keys]) if enough else range(len(keys))
    return {key: None if at in hidden else share_of(parts[key]) for at, key in enumerate(keys)}
