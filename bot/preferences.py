"""What a person can choose about answers. Unknown or broken values count as not chosen."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

__all__ = ["CHOICES", "DateStyle", "Detail", "Preferences"]


class DateStyle(StrEnum):
    """How dates are written: «۳۱ مرداد ۱۴۰۴» or «۱۴۰۴/۰۵/۳۱»."""

    WORDS = "words"
    DIGITS = "digits"


class Detail(StrEnum):
    """How much stands beneath a quote: everything, or just limit and body."""

    FULL = "full"
    SHORT = "short"


#: Settings and their values in the order in which they are offered.
CHOICES: Mapping[str, type[StrEnum]] = {"detail": Detail, "dates": DateStyle}


@dataclass(frozen=True, slots=True)
class Preferences:
    """One person's choices."""

    dates: DateStyle = DateStyle.WORDS
    detail: Detail = Detail.FULL

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Preferences:
        """The choices in what storage keeps of a person."""
        chosen = cls()
        for name in CHOICES:
            with suppress(ValueError):
                chosen = chosen.with_choice(name, str(settings.get(name)))
        return chosen

    def with_choice(self, setting: str, value: str) -> Preferences:
        """With one setting chosen; ValueError for a setting or value that does not exist."""
        match setting:
            case "dates":
                return replace(self, dates=DateStyle(value))
            case "detail":
                return replace(self, detail=Detail(value))
        raise ValueError(f"no such setting: {setting!r}")

    def as_settings(self) -> dict[str, str]:
        """What storage keeps."""
        return {name: str(value) for name, value in asdict(self).items()}
