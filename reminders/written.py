"""What people write as a reason, a report, a note: whether it says anything at all."""

from __future__ import annotations

import re

__all__ = ["has_words"]


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it: signs and emoji alone tell nobody anything."""
    return re.search(r"[^\W_]", text) is not None
