"""What goes wrong on the web, and the Persian sentence and HTTP status for each."""

from __future__ import annotations

from fastapi import HTTPException

__all__ = ["Problem"]


class Problem(HTTPException):
    """A request that is answered with one sentence: `key` names it in bot/texts/web.ftl, `code` is for programs."""

    def __init__(self, status: int, code: str, key: str, *, retry_after_s: int | None = None) -> None:
        super().__init__(status, code)
        self.code, self.key, self.retry_after_s = code, key, retry_after_s
