"""Counts as storage gives them back."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["TallyRow"]


@dataclass(frozen=True, slots=True)
class TallyRow:
    """How often one value was given. What was summed over is ""."""

    service_id: str
    month: str
    channel: str
    question: str
    value: str
    count: int
