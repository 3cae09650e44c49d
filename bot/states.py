"""States of the conversation. Everywhere else a plain text is a question."""

from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup

__all__ = ["Reading"]


class Reading(StatesGroup):
    """Opening a provision by its address."""

    waiting_for_reference = State()
