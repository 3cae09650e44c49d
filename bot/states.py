"""States of the conversation. Everywhere else a plain text is a question."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram.fsm.state import State, StatesGroup

__all__ = [
    "Broadcasting",
    "CaseWork",
    "Closing",
    "Deciding",
    "Importing",
    "Inviting",
    "Joining",
    "Leaving",
    "Naming",
    "OpenForm",
    "Rating",
    "Reading",
    "Recording",
    "Reporting",
    "Wishing",
]


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that is being filled in: its group of states, and its number among those that the person has begun."""

    name: str = ""
    number: int = 0


class Reading(StatesGroup):
    """Opening a provision by its address."""

    waiting_for_reference = State()


class Joining(StatesGroup):
    """Asking to act for an agency."""

    naming_agency = State()
    choosing_role = State()
    giving_name = State()
    giving_name_invited = State()
    giving_basis = State()
    giving_date = State()
    giving_code = State()


class Naming(StatesGroup):
    """Saying what one is called, before what was asked for is shown."""

    before_agencies = State()
    before_duties = State()
    before_settings = State()


class Leaving(StatesGroup):
    """Saying until when one is away."""

    giving_day = State()


class Reporting(StatesGroup):
    """Reporting that a duty is done."""

    gathering = State()


class Deciding(StatesGroup):
    """An operator's reason for sending a report back, or for refusing somebody."""

    returning_report = State()
    refusing_person = State()


class Recording(StatesGroup):
    """An operator records the date of an event."""

    giving_date = State()
    confirming = State()


class Inviting(StatesGroup):
    """An operator makes an invitation."""

    naming_agency = State()
    choosing_role = State()
    choosing_days = State()
    giving_basis = State()
    giving_date = State()


class Importing(StatesGroup):
    """An operator brings agencies in."""

    giving_file = State()


class Closing(StatesGroup):
    """An operator adds a day without work."""

    giving_day = State()


class Rating(StatesGroup):
    """Rating a service."""

    naming_service = State()
    writing = State()
    giving_code = State()


class CaseWork(StatesGroup):
    """Staff see to a case."""

    answering = State()
    handing_over = State()
    keeping = State()


class Wishing(StatesGroup):
    """Saying in numbers when one wants to be reminded."""

    typing = State()


class Broadcasting(StatesGroup):
    """An operator writes to many."""

    choosing_audience = State()
    writing = State()
