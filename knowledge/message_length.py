"""How long words are where people read them: Telegram and browsers count UTF-16 units, of which an emoji takes two.

What is measured so before it is kept fits into the message that shows it later.
"""

from __future__ import annotations

__all__ = ["message_length"]


def message_length(text: str) -> int:
    """UTF-16 units of a text (Bot API, "MessageEntity"; HTML, "length of a string")."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
