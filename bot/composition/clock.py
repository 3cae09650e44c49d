"""The time of this machine; everybody else is handed it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from bot.settings import Settings


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def today_in(settings: Settings) -> dt.date:
    return dt.datetime.now(ZoneInfo(settings.timezone)).date()
