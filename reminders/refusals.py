"""What a use case refuses: nothing was changed, and one sentence says why."""

from __future__ import annotations

from typing import Final

__all__ = ["FinalRefusedError", "RefusedError"]


class RefusedError(Exception):
    """`message_key` names the sentence in bot/texts, `details` fill its placeholders."""

    def __init__(self, message_key: str, **details: str | int) -> None:
        super().__init__(f"{message_key} {details}" if details else message_key)
        self.message_key: Final = message_key
        self.details: Final = details


class FinalRefusedError(RefusedError):
    """Nothing else that the person could write would be taken: a form that ran into it is over."""
