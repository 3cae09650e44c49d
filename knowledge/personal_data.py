"""Personal data that people paste into a chat: national ids, phone and card numbers. Found, so that it is not kept.

Sources: national id check digit (Civil Registration, mod 11; a mistyped one counts where the text calls it so),
16-digit cards, Iranian numbering plan (mobile 09xx xxx xxxx; sheba: ISO 13616, "IR" and 24 digits).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from knowledge.numerals import ascii_digits

__all__ = ["PersonalData", "find_personal_data", "mask_personal_data"]


class PersonalData(StrEnum):
    """Kinds of personal data that are refused in questions and masked in stored texts."""

    NATIONAL_ID = "national_id"
    PHONE = "phone"
    CARD = "card"
    SHEBA = "sheba"


_JOIN = r"[\s\-_.\u200c]?"
_DIGIT_RUN = re.compile(rf"(?<![0-9])\+?[0-9](?:{_JOIN}[0-9]){{7,25}}(?![0-9])")
_SHEBA = re.compile(rf"(?i)\bIR(?:{_JOIN}[0-9]){{24}}(?![0-9])")
_CALLED_NATIONAL_ID = re.compile(
    rf"(?:کد|شماره|شناسه)[\s\u200c]*(?:ی[\s\u200c]+)?مل[یي][^0-9]{{0,15}}([0-9](?:{_JOIN}[0-9]){{7,10}})(?![0-9])"
)
_MASK = "█"


def find_personal_data(text: str) -> list[PersonalData]:
    """Kinds found, in order of appearance; empty for a clean text."""
    return [kind for kind, _, _ in _spans(text)]


def mask_personal_data(text: str) -> str:
    """The text with the digits of personal data replaced by blocks, same length."""
    masked = list(text)
    for _, start, end in _spans(text):
        for i in range(start, end):
            if ascii_digits(masked[i]).isdigit():
                masked[i] = _MASK
    return "".join(masked)


def _spans(text: str) -> Iterator[tuple[PersonalData, int, int]]:
    plain = ascii_digits(text)
    taken: list[tuple[int, int]] = []
    for found in _SHEBA.finditer(plain):
        taken.append(found.span())
        yield PersonalData.SHEBA, *found.span()
    for found in _CALLED_NATIONAL_ID.finditer(plain):
        if not _is_national_id(re.sub(r"\D", "", found.group(1))):
            taken.append(found.span(1))
            yield PersonalData.NATIONAL_ID, *found.span(1)
    for found in _DIGIT_RUN.finditer(plain):
        if any(a <= found.start() < b for a, b in taken):
            continue
        yield from _in_run(found.group(), found.start())


def _in_run(run: str, offset: int) -> Iterator[tuple[PersonalData, int, int]]:
    """Personal data in one run of digits: the whole run first, else its separate groups («0012345679 09121234567»)."""
    kind = _kind(re.sub(r"\D", "", run), plus=run.startswith("+"))
    if kind is not None:
        yield kind, offset, offset + len(run)
        return
    for group in re.finditer(r"\+?[0-9]+(?:[\-_.\u200c]?[0-9]+)*", run):
        kind = _kind(re.sub(r"\D", "", group.group()), plus=group.group().startswith("+"))
        if kind is not None:
            yield kind, offset + group.start(), offset + group.end()


def _kind(digits: str, *, plus: bool) -> PersonalData | None:
    if re.fullmatch(r"(?:0|98|0098)9[0-9]{9}", digits) or (plus and re.fullmatch(r"[0-9]{10,14}", digits)):
        return PersonalData.PHONE
    if re.fullmatch(r"9[0-9]{9}", digits) and not _is_national_id(digits):
        return PersonalData.PHONE
    if re.fullmatch(r"0[1-8][0-9]{9}", digits):  # a landline with its area code
        return PersonalData.PHONE
    if len(digits) == 16:  # with or without a right check digit: no number of these texts is so long
        return PersonalData.CARD
    if len(digits) == 10 and _is_national_id(digits):
        return PersonalData.NATIONAL_ID
    return None


def _is_national_id(digits: str) -> bool:
    if len(set(digits)) == 1:
        return False
    rest = sum(int(d) * (10 - i) for i, d in enumerate(digits[:9])) % 11
    return int(digits[9]) == (rest if rest < 2 else 11 - rest)
