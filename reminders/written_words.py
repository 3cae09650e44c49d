"""Words that somebody else will read: reasons, legal bases, titles. What is too long is refused, never cut."""

from __future__ import annotations

from typing import Final

from reminders.refusals import RefusedError

__all__ = ["BASIS_MAX", "REASON_MAX", "TITLE_MAX", "has_words", "written_basis", "written_reason", "written_title"]

#: Characters.
REASON_MAX, BASIS_MAX, TITLE_MAX = 1000, 500, 100
#: Signs and pictures alone are no reason.
_LETTERS_MIN: Final = 2


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it: signs and emoji alone tell nobody anything."""
    return any(c.isalnum() for c in text)


def written_reason(text: str) -> str:
    """An operator's reason, as it is told. RefusedError without words and above 1,000 characters."""
    return _in_words(text, REASON_MAX, missing="remind-reason-missing", long="remind-reason-long")


def written_basis(text: str) -> str:
    """The number or name of a letter of introduction; "" for none. RefusedError for what names none, and above 500."""
    basis = text.strip()
    if basis and not has_words(basis):
        raise RefusedError("remind-basis-wordless")
    if len(basis) > BASIS_MAX:
        raise RefusedError("remind-basis-long", length=len(basis), max=BASIS_MAX)
    return basis


def written_title(text: str) -> str:
    """Why offices are closed on a day. RefusedError without words and above 100 characters."""
    return _in_words(text, TITLE_MAX, missing="remind-closure-title", long="remind-closure-long")


def _in_words(text: str, length_max: int, *, missing: str, long: str) -> str:
    words = text.strip()
    if sum(c.isalpha() for c in words) < _LETTERS_MIN:
        raise RefusedError(missing)
    if len(words) > length_max:
        raise RefusedError(long, length=len(words), max=length_max)
    return words
