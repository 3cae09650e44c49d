"""The error shapes of the Bot API (section "Making requests" and ResponseParameters)."""

from typing import Any

_PREFIX = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


class ApiError(Exception):
    """An answer with ``ok: false``: HTTP status, Telegram's description and, for floods, ``retry_after`` in seconds."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict[str, Any]:
        """The JSON object that the server sends."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def _error(code: int, detail: str) -> ApiError:
    return ApiError(code, f"{_PREFIX[code]}: {detail}")


def bad_request(detail: str) -> ApiError:
    """400."""
    return _error(400, detail)


def forbidden(detail: str) -> ApiError:
    """403."""
    return _error(403, detail)


def conflict(detail: str) -> ApiError:
    """409."""
    return _error(409, detail)


def too_many_requests(retry_after_s: int) -> ApiError:
    """429 with the whole seconds to wait."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after_s}", retry_after_s)
