"""How handling an update ended, as far as the dispatcher's answer does not say it."""

from __future__ import annotations

from typing import Final

__all__ = ["FAILED", "Failed"]


class Failed:
    """A handler failed; the person was told so in one sentence."""


FAILED: Final = Failed()
