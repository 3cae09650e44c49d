"""Every kind of callback data, typed. What does not parse is nobody's and gets the polite answer for old buttons.

The Bot API allows 64 bytes; `pack` refuses more, and a test packs the longest address of the corpus into each.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import AfterValidator, Field

from bot.address_codes import decode_address, encode_address
from knowledge.provisions import Address

__all__ = [
    "Asked",
    "Definitions",
    "Example",
    "Forget",
    "ForgetStep",
    "ListKind",
    "Listed",
    "Nothing",
    "Rate",
    "Regulations",
    "SetChoice",
    "Show",
    "ShowBeneath",
    "View",
]


def _address_code(code: str) -> str:
    decode_address(code)
    return code


_AddressCode = Annotated[str, Field(max_length=48), AfterValidator(_address_code)]
_Page = Annotated[int, Field(ge=0, le=999)]
_QuestionId = Annotated[int, Field(ge=1, le=2**53)]


class View(StrEnum):
    """Ways to look at one provision."""

    WORDING = "w"
    NOTES = "n"
    LIMITS = "l"
    CONTENTS = "c"


class Show(CallbackData, prefix="s"):
    """Show a provision in place. `question` is set where it answers, or may answer, a question."""

    at: _AddressCode
    view: View = View.WORDING
    page: _Page = 0
    question: _QuestionId | None = None

    @property
    def address(self) -> Address:
        return decode_address(self.at)

    @classmethod
    def of(cls, address: Address, view: View = View.WORDING, *, page: int = 0, question: int | None = None) -> Show:
        return cls(at=encode_address(address), view=view, page=page, question=question)


class ShowBeneath(CallbackData, prefix="sb"):
    """Show a provision beneath the pressed message, which stays."""

    at: _AddressCode

    @property
    def address(self) -> Address:
        return decode_address(self.at)

    @classmethod
    def of(cls, address: Address) -> ShowBeneath:
        return cls(at=encode_address(address))


class ListKind(StrEnum):
    """Lists that belong to an answer."""

    CANDIDATES = "c"
    PROVISIONS = "p"


class Listed(CallbackData, prefix="l"):
    """A page of a list that belongs to an answer."""

    question: _QuestionId
    kind: ListKind
    page: _Page = 0


class Asked(CallbackData, prefix="a"):
    """Back to the answer of a question."""

    question: _QuestionId


class Rate(CallbackData, prefix="r"):
    """«مفید بود؟»"""

    question: _QuestionId
    useful: bool


class Regulations(CallbackData, prefix="g"):
    """The list of regulations."""


class Definitions(CallbackData, prefix="d"):
    """A page of the terms that one regulation defines; the list of regulations without a slug."""

    regulation: Annotated[str, Field(max_length=40, pattern=r"^[a-z0-9-]*$")] = ""
    page: _Page = 0


class Example(CallbackData, prefix="x"):
    """Ask an example question."""

    number: Annotated[int, Field(ge=1, le=9)]


class SetChoice(CallbackData, prefix="o"):
    """Choose one value of one setting."""

    setting: Annotated[str, Field(pattern=r"^[!-~]{0,20}$")]
    value: Annotated[str, Field(pattern=r"^[!-~]{0,20}$")]


class ForgetStep(StrEnum):
    """Ways through being forgotten."""

    ASK = "a"
    YES = "y"
    YES_AS_LAST = "l"
    NO = "n"


class Forget(CallbackData, prefix="f"):
    """Delete everything kept about the person: ask first, do it, or leave it."""

    step: ForgetStep


class Nothing(CallbackData, prefix="z"):
    """A button that only tells something, such as «صفحه ۲ از ۵»."""
