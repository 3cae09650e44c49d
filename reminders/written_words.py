"""Words that somebody else will read: reasons, legal bases, titles. What is too long is refused, never cut."""

from __future__ import annotations

from typing import Final

from knowledge.message_length import message_length
from reminders.refusals import RefusedError

__all__ = ["BASIS_MAX", "REASON_MAX", "TITLE_MAX", "has_words", "written_basis", "written_reason", "written_title"]

#: UTF-16 units, as messages are counted.
REASON_MAX, BASIS_MAX, TITLE_MAX = 1000, 500, 100
#: Signs and pictures alone are no reason.
_LETTERS_MIN: Final = 2


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it: signs and emoji alone tell nobody anything."""
    return any(c.isalnum() for c in text)


def written_reason(text: str) -> str:
    """An operator's reason, as it is told. RefusedError without words and above 1,000 characters."""
    reason = text.strip()
    if not _is_written(reason):
        raise RefusedError("remind-reason-missing")
    if (length := message_length(reason)) > REASON_MAX:
        raise RefusedError("remind-reason-long", length=length, max=REASON_MAX)
    return reason


def written_basis(text: str) -> str:
    """The number or name of a letter of introduction; "" for none. RefusedError for what names none, and above 500."""
    basis = text.strip()
    if basis and not has_words(basis):
        raise RefusedError("remind-basis-wordless")
    if (length := message_length(basis)) > BASIS_MAX:
        raise RefusedError("remind-basis-long", length=length, max=BASIS_MAX)
    return basis


def written_title(text: str) -> str:
    """Why offices are closed on a day. RefusedError without words and above 100 characters."""
    title = text.strip()
    if not _is_written(title):
        raise RefusedError("remind-closure-title")
    if (length := message_length(title)) > TITLE_MAX:
        raise RefusedError("remind-closure-long", length=length, max=TITLE_MAX)
    return title


def _is_written(words: str) -> bool:
    return sum(c.isalpha() for c in words) >= _LETTERS_MIN
