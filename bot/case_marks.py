"""How buttons name cases and what was kept of them, so that storage finds the messages that show somebody's words.

Known to the buttons (`bot.survey_buttons`) and to /forget (`storage.survey_forgetting`); no framework may come in here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

__all__ = ["CASE", "COLLEAGUE", "KEPT", "SEND_ANSWER", "case_marks", "kept_mark"]

#: Prefixes of callback data that go on with the id of a case, or of a wording kept of one.
CASE: Final = "cs"
SEND_ANSWER: Final = "cy"
COLLEAGUE: Final = "cg"
KEPT: Final = "kp"


def case_marks(case_id: int) -> Iterator[str]:
    """What a stored message holds that has a button of this case, and no other: quotes that people type are escaped."""
    return (f'"data":"{prefix}:{case_id}:' for prefix in (CASE, SEND_ANSWER, COLLEAGUE))


def kept_mark(kept_id: int) -> str:
    """The same of a kept wording."""
    return f'"data":"{KEPT}:{kept_id}:'
