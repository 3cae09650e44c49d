"""Callback data of agencies, duties, reports and events. Whoever handles a press checks the rights again: codes can be
forged.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Annotated, Literal

from aiogram.filters.callback_data import CallbackData
from pydantic import AfterValidator, Field

from bot.states import OpenForm
from reminders.jalali import parse_iso
from reminders.people import Role

__all__ = [
    "AgencyButton",
    "ArchiveButton",
    "AudienceButton",
    "BroadcastAction",
    "BroadcastButton",
    "CalendarAction",
    "CalendarButton",
    "ClosureButton",
    "DropReportButton",
    "DutyAction",
    "DutyButton",
    "DutyTab",
    "EventAction",
    "EventButton",
    "EventChooseButton",
    "EventRecordButton",
    "FormButton",
    "FormStep",
    "HandButton",
    "HandInButton",
    "InviteDaysButton",
    "JoiningButton",
    "LedgerButton",
    "ListedDutyButton",
    "MarkAction",
    "MarkButton",
    "NameButton",
    "OfficeButton",
    "OfficePage",
    "PlaceAction",
    "PlaceButton",
    "ReopenButton",
    "ReportAnewButton",
    "ReportButton",
    "ReportableButton",
    "RevokeButton",
    "RoleButton",
    "SnoozeButton",
    "SortAction",
    "SortButton",
    "SwitchButton",
    "WishButton",
    "short_code",
]


def _jalali(text: str) -> str:
    parse_iso(text)
    return text


_Id = Annotated[int, Field(ge=1, le=2**53)]
_Page = Annotated[int, Field(ge=0, le=999)]
_Code = Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
_AgencyId = Annotated[str, Field(max_length=44, pattern=r"^[a-z0-9-]*$")]
_FormNumber = Annotated[int, Field(ge=0, le=2**31)]
_Jalali = Annotated[str, Field(max_length=10), AfterValidator(_jalali)]
_Slug = Annotated[str, Field(max_length=24, pattern=r"^[a-z0-9-]*$")]


def short_code(name: str) -> str:
    """12 hex digits that stand for a longer name where there is no room."""
    return hashlib.blake2s(name.encode(), digest_size=6).hexdigest()


# -- forms -----------------------------------------------------------------------------------------------------------


class FormStep(StrEnum):
    """What a button under a question of a form says."""

    SKIP = "s"
    CANCEL = "c"


class FormButton(CallbackData, prefix="q"):
    """Leaves a step out or gives up what is being filled in; of one form, and of no other that is open by now."""

    step: FormStep
    form: Annotated[str, Field(pattern=r"^[A-Za-z]{1,20}$")]
    number: _FormNumber

    @property
    def belongs_to(self) -> OpenForm:
        return OpenForm(self.form, self.number)


class HandInButton(CallbackData, prefix="hi"):
    """Hands in one report of a duty: beneath an old message it must not do so for another one."""

    code: _Code
    number: _FormNumber


class DropReportButton(CallbackData, prefix="hx"):
    """Gives up one report of a duty, and no other that is being put together by now."""

    code: _Code
    number: _FormNumber


class ReportAnewButton(CallbackData, prefix="hn"):
    """Begins the report of a duty although that of another one was not handed in."""

    code: _Code


# -- people ----------------------------------------------------------------------------------------------------------


class AgencyButton(CallbackData, prefix="ag"):
    """One agency of those found."""

    agency: _AgencyId


class RoleButton(CallbackData, prefix="ro"):
    """The role in which somebody joins or is invited."""

    role: Role


class PlaceAction(StrEnum):
    """What a person does about their places."""

    JOIN = "j"
    AWAY = "a"
    BACK = "b"
    LEAVE = "l"
    LEAVE_YES = "y"
    SHOW = "s"


class PlaceButton(CallbackData, prefix="pl"):
    """`membership` where it is about one."""

    action: PlaceAction
    membership: Annotated[int, Field(ge=0, le=2**53)] = 0


class NameButton(CallbackData, prefix="nm"):
    """Changes what the person is called."""


class WishButton(CallbackData, prefix="wi"):
    """One ready-made wish for reminders."""

    wish: Annotated[str, Field(pattern=r"^[!-~]{0,20}$")]


# -- duties ----------------------------------------------------------------------------------------------------------


class DutyAction(StrEnum):
    """What a button under a duty does. `DETAILS` stands under reminders, which stay as they are; `OPEN` in lists."""

    DETAILS = "d"
    OPEN = "o"
    REPORT = "r"
    SNOOZE = "s"
    CALENDAR = "c"
    HAND_OVER = "h"


class DutyButton(CallbackData, prefix="u"):
    """One duty by its `DutyKey.code`."""

    action: DutyAction
    code: _Code


_Standing = Annotated[str, Field(max_length=12, pattern=r"^[a-z_]*$")]


class DutyTab(CallbackData, prefix="t"):
    """A page of a person's duties of one standing; of one regulation where its slug is given."""

    standing: _Standing = ""
    regulation: _Slug = ""
    page: _Page = 0


class ListedDutyButton(CallbackData, prefix="ul"):
    """Opens one duty of a list and knows the way back there."""

    code: _Code
    standing: _Standing
    regulation: _Slug
    page: _Page

    @classmethod
    def of(cls, code: str, tab: DutyTab) -> ListedDutyButton:
        return cls(code=code, standing=tab.standing, regulation=tab.regulation, page=tab.page)

    @property
    def tab(self) -> DutyTab:
        return DutyTab(standing=self.standing, regulation=self.regulation, page=self.page)


class MarkAction(StrEnum):
    """What is said of a duty that was past before the agency joined."""

    DONE = "d"
    NOT_OURS = "n"
    OPEN = "o"


class MarkButton(CallbackData, prefix="mk"):
    """Says it of one duty."""

    action: MarkAction
    code: _Code


class SortAction(StrEnum):
    """Ways through what was past before joining: look, say something of one, or of all that are left."""

    VIEW = "v"
    DONE = "d"
    NOT_OURS = "n"
    OPEN = "o"
    REST = "r"
    REST_DONE = "D"
    REST_NOT_OURS = "N"
    REST_OPEN = "O"


class SortButton(CallbackData, prefix="so"):
    """One agency's past duties, one at a time. `agency` is the `short_code` of its id, `place` among those left."""

    action: SortAction
    agency: _Code
    place: _Page = 0
    duty: Annotated[str, Field(pattern=r"^([0-9a-f]{12})?$")] = ""


class ReportableButton(CallbackData, prefix="rd"):
    """A page of the duties whose report is wanted."""

    page: _Page = 0


class LedgerButton(CallbackData, prefix="lg"):
    """The ledger of a day, as `datetime.date.toordinal`."""

    day: Annotated[int, Field(ge=730_120, le=766_645)]


class SnoozeButton(CallbackData, prefix="zz"):
    """Puts a duty's reminder off by days."""

    code: _Code
    days: Annotated[int, Field(ge=1, le=60)]


class HandButton(CallbackData, prefix="ha"):
    """Hands a duty to a colleague; 0: back to all."""

    code: _Code
    person: Annotated[int, Field(ge=0, le=2**53)]


# -- decisions of operators ------------------------------------------------------------------------------------------


class ReopenButton(CallbackData, prefix="rx"):
    """An operator takes the confirmation of a report back."""

    report: _Id


class ReportButton(CallbackData, prefix="e"):
    """An operator confirms or returns a report."""

    report: _Id
    confirm: bool


class ArchiveButton(CallbackData, prefix="ev"):
    """Sends the evidence of a report."""

    report: _Id


class JoiningButton(CallbackData, prefix="j"):
    """An operator approves or refuses somebody who asked to join."""

    membership: _Id
    approve: bool


class OfficePage(StrEnum):
    """What an operator can look at."""

    HOME = "h"
    JOINING = "j"
    REPORTS = "r"
    EVENTS = "e"
    INVITATIONS = "i"
    INVITE = "n"
    LEDGER = "l"
    CLOSURES = "c"
    CLOSE = "k"
    REGULATIONS = "p"
    BROADCAST = "b"
    AGENCIES = "a"


class OfficeButton(CallbackData, prefix="of"):
    """Opens a page of the operators' office."""

    page: OfficePage
    at: _Page = 0


class EventAction(StrEnum):
    """What an operator does with an anchor event."""

    SHOW = "s"
    DATE = "d"
    WITHDRAW = "w"


class EventButton(CallbackData, prefix="y"):
    """`event` is the `short_code` of the anchor's id."""

    event: _Code
    action: EventAction


class EventChooseButton(CallbackData, prefix="yo"):
    """The event that is meant, of several that a sentence may have reported for a day."""

    event: _Code
    date: _Jalali


class EventRecordButton(CallbackData, prefix="yr"):
    """Records what a preview shows: its date, "" a withdrawal; `seen` is the date on record beside it, "" none."""

    event: _Code
    date: _Jalali | Literal[""]
    seen: _Jalali | Literal[""]


class InviteDaysButton(CallbackData, prefix="id"):
    """For how many days the invitation that is being made holds."""

    days: Annotated[int, Field(ge=1, le=90)]


class RevokeButton(CallbackData, prefix="rv"):
    """Takes an invitation back; `code` is the `short_code` of its digest."""

    code: _Code


class ClosureButton(CallbackData, prefix="cl"):
    """Opens offices again on a day that an operator had closed."""

    day: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class SwitchButton(CallbackData, prefix="sw"):
    """Reminders of a previous regulation on or off."""

    regulation: _Slug
    on: bool


class AudienceButton(CallbackData, prefix="au"):
    """Who a broadcast is for: a class of agencies, "" for everybody."""

    group: Annotated[str, Field(max_length=40, pattern=r"^[a-z0-9-]*$")] = ""


class BroadcastAction(StrEnum):
    """What is done with a broadcast."""

    START = "s"
    PROGRESS = "p"
    STOP = "x"


class BroadcastButton(CallbackData, prefix="bc"):
    """One broadcast."""

    broadcast: _Id
    action: BroadcastAction


# -- calendar --------------------------------------------------------------------------------------------------------


class CalendarAction(StrEnum):
    """What is done with a person's calendar."""

    FILE = "f"
    ADDRESS = "a"
    REVOKE = "r"
    PICTURE = "p"


class CalendarButton(CallbackData, prefix="ca"):
    """The calendar file, its secret address, or the picture of the year."""

    action: CalendarAction
