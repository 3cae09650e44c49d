"""Addresses in few characters, for deep links (64 of A-Z a-z 0-9 _ -) and callback data (64 bytes).

`roadmap-1404/art_21__note_1` is `roadmap-1404_a21n1`. The regulation keeps its slug, because a number in a list would
change its meaning when a regulation is added; families without a letter of their own are spelled in capitals.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.provisions import Address

__all__ = ["START_PARAMETER_MAX", "address_from_start", "decode_address", "encode_address", "start_parameter"]

#: Characters of a deep link's parameter (Bot API, "Deep linking").
START_PARAMETER_MAX = 64
_START = "a_"

_LETTERS = {
    "art": "a", "note": "n", "list": "l", "chp": "c", "res": "r", "project": "p", "timetable": "t", "stage": "s",
    "actor": "k", "item": "i", "step": "g", "phase": "f", "part": "d", "hdg": "h", "preface": "o", "letter": "e",
}  # fmt: skip
_FAMILIES = {letter: family for family, letter in _LETTERS.items()}
_CODE = re.compile(r"([a-z0-9-]+)(?:_((?:(?:[a-z]|[A-Z]+)[0-9]*)+))?")
_STEP = re.compile(r"([a-z]|[A-Z]+)([0-9]*)")


def encode_address(address: Address) -> str:
    """The short form; `decode_address` gives the address back."""
    steps = (step.partition("_") for step in address.eid.split("__") if step)
    code = "".join(_LETTERS.get(family, family.upper()) + number for family, _, number in steps)
    return f"{address.regulation}_{code}" if code else address.regulation


@lru_cache(maxsize=4096)  # a conversation remembers a few dozen, read at each message
def decode_address(code: str) -> Address:
    """The address of a short form; ValueError for anything that `encode_address` does not print."""
    found = _CODE.fullmatch(code)
    if found is None:
        raise ValueError(f"not an address code: {code!r}")
    regulation, steps = found.groups()
    eid = "__".join(_step(family, number) for family, number in _STEP.findall(steps or ""))
    address = Address.parse(f"{regulation}/{eid}" if eid else regulation)
    if encode_address(address) != code:
        raise ValueError(f"not an address code: {code!r}")
    return address


def _step(family: str, number: str) -> str:
    name = family.lower() if family.isupper() else _FAMILIES.get(family)
    if name is None:
        raise ValueError(f"unknown family: {family!r}")
    return f"{name}_{number}" if number else name


def start_parameter(address: Address) -> str | None:
    """The parameter of a deep link that opens the provision, or None where it would be too long."""
    parameter = _START + encode_address(address)
    return parameter if len(parameter) <= START_PARAMETER_MAX else None


def address_from_start(parameter: str) -> Address | None:
    """The address of a deep link's parameter, or None for any other parameter."""
    if not parameter.startswith(_START):
        return None
    try:
        return decode_address(parameter.removeprefix(_START))
    except ValueError:
        return None
