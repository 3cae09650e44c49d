"""Column types that behave the same on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Final

from sqlalchemy import DateTime, Dialect, String, Text
from sqlalchemy.types import TypeDecorator

__all__ = ["CleanText", "UtcDateTime", "is_key", "to_json"]

#: Both databases' largest integer key; Python's have no end, and a forged button may hold any.
_LARGEST_KEY: Final = 2**63 - 1


def is_key(number: int) -> bool:
    """Whether a number from outside can be a key at all. Drivers raise on larger ones instead of finding nothing."""
    return -_LARGEST_KEY <= number <= _LARGEST_KEY


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware time in, the same moment in UTC out, also on SQLite, which has no zones. ValueError for naive ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value!r}")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class CleanText(TypeDecorator[str]):
    """What people type. PostgreSQL takes no NUL and neither database lone surrogates: both become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return value.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


#: Short identifiers of our own: platform names, statuses, addresses.
Name = String(100)


def to_json(value: Any) -> str:
    """Compact JSON that both databases store, whatever a platform sent.

    Letters stay readable; lone surrogates, which no encoding takes, are escaped; NaN and infinities, which JSON lacks,
    become their names.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False, separators=(",", ":"))
    except ValueError:
        return to_json(json.loads(json.dumps(value), parse_constant=str))
    return text
