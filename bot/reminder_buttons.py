"""Callback data of buttons under reminders. Whoever handles a press checks the rights again: codes can be forged."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

__all__ = ["DutyAction", "DutyButton", "JoiningButton", "ReportButton"]

_Id = Annotated[int, Field(ge=1, le=2**53)]


class DutyAction(StrEnum):
    """What a button under a duty does."""

    DETAILS = "d"
    REPORT = "r"
    SNOOZE = "s"
    CALENDAR = "c"


class DutyButton(CallbackData, prefix="u"):
    """One duty by its `DutyKey.code`."""

    action: DutyAction
    code: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]


class ReportButton(CallbackData, prefix="e"):
    """An operator confirms or returns a report."""

    report: _Id
    confirm: bool


class JoiningButton(CallbackData, prefix="j"):
    """An operator approves or refuses somebody who asked to join."""

    membership: _Id
    approve: bool
