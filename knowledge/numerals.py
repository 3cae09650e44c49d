"""Persian numbers: digits of every script, and number words («بیست و یکم»)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

__all__ = [
    "CARDINALS",
    "NUMBER_STEM",
    "NUMBER_WORD",
    "ORDINALS",
    "ORDINAL_WORD",
    "TENS",
    "ascii_digits",
    "nth",
    "number_words",
    "persian_digits",
]

_TO_ASCII = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_TO_PERSIAN = str.maketrans("0123456789٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶۷۸۹")

_UNITS = [
    "صفر",
    "یک",
    "دو",
    "سه",
    "چهار",
    "پنج",
    "شش",
    "هفت",
    "هشت",
    "نه",
    "ده",
    "یازده",
    "دوازده",
    "سیزده",
    "چهارده",
    "پانزده",
]
_UNITS += ["شانزده", "هفده", "هجده", "نوزده"]
TENS: dict[str, int] = {
    "بیست": 20,
    "سی": 30,
    "چهل": 40,
    "پنجاه": 50,
    "شصت": 60,
    "هفتاد": 70,
    "هشتاد": 80,
    "نود": 90,
    "صد": 100,
}
_VARIANTS = {
    "شیش": 6,
    "هیجده": 18,
    "هژده": 18,
    "پونزده": 15,
    "شونزده": 16,
    "هیفده": 17,
    "هیوده": 17,
    "هیژده": 18,
    "چل": 40,
    "چار": 4,
    "پنجا": 50,
    "یه": 1,
    "دوی": 2,
}

CARDINALS: dict[str, int] = {word: n for n, word in enumerate(_UNITS)} | TENS | _VARIANTS
ORDINALS: dict[str, int] = {
    "اول": 1, "نخست": 1, "یکم": 1, "دوم": 2, "سوم": 3, "سی‌ام": 30, "سیم": 30, "آخر": -1,
}  # fmt: skip
for _word, _n in list(CARDINALS.items()):
    if _n and _word not in ("یه", "سه", "سی"):
        ORDINALS.setdefault(_word + "م", _n)
ORDINALS["سیام"] = 30
ORDINALS |= {"آخرین": -1, "اخرین": -1, "اخر": -1}  # also as folding leaves them
ORDINALS |= dict.fromkeys(("پایانی", "انتهایی", "واپسین"), -1)
for _last in ("اخر", "اخرین"):
    ORDINALS |= {f"{one} {left} به {_last}": -2 for one in ("یکی", "یک") for left in ("مانده", "مونده")}
    ORDINALS[f"ماقبل {_last}"] = -2
    ORDINALS |= dict.fromkeys((f"دو تا مانده به {_last}", f"دو تا مونده به {_last}"), -3)
ORDINALS |= {"سی ام": 30, "سی امین": 30}
for _word, _n in list(ORDINALS.items()):
    if _n > 0:
        ORDINALS.setdefault(_word + "ین", _n)
        ORDINALS.setdefault(_word + "ی", _n)

#: One of them, the longest first.
ORDINAL_WORD = "|".join(sorted(ORDINALS, key=len, reverse=True))
_ALTERNATIVES = "|".join(map(re.escape, sorted({*CARDINALS, *ORDINALS}, key=len, reverse=True)))
#: One written number, cardinal or ordinal, of up to three words («صد و بیست و یکم»).
_AND = r"[\s\u200c]*و[\s\u200c]*"
_ROUND = "|".join(TENS)
#: «سی یکم»: the «و» is heard, but not always written.
_UNIT = "|".join(re.escape(w) for w, n in {**CARDINALS, **ORDINALS}.items() if 0 < n < 10)
_HEARD = rf"(?:{_AND}|[\s\u200c]+(?=(?:{_UNIT})(?![\u0621-\u06cc])))"
NUMBER_STEM = rf"(?:(?:{_ROUND}){_HEARD}){{0,2}}(?:{_ALTERNATIVES})"
NUMBER_WORD = rf"{NUMBER_STEM}(?![\u0621-\u06cc]|[\s\u200c]*گانه)"


Item = TypeVar("Item")


def nth(row: Sequence[Item], number: int) -> Item | None:
    """The one that an ordinal means, counted from 1, or from the end where it is negative; None where there is none."""
    return row[number - 1 if number > 0 else number] if 0 < abs(number) <= len(row) else None


def ascii_digits(text: str) -> str:
    """Every Persian and Arabic digit as ASCII."""
    return text.translate(_TO_ASCII)


def persian_digits(text: str) -> str:
    """Every ASCII and Arabic digit as Persian."""
    return text.translate(_TO_PERSIAN)


def number_words(words: str) -> int | None:
    """The value of a written number («بیست و یکم» -> 21), of digits of any kind, or None.

    «آخر» is -1, the one before it -2.
    """
    words = ascii_digits(words.strip())
    if words.isdigit():
        return int(words)
    *rounds, last = _parts(words)
    values = [TENS.get(part, 0) for part in rounds] + [CARDINALS.get(last, ORDINALS.get(last, 0))]
    return None if 0 in values else sum(values) if rounds else values[0]


def _parts(words: str) -> list[str]:
    """«صد و بیست‌ویکم» as صد، بیست، یکم; the whole as one part where it is no such compound."""
    found = re.fullmatch(rf"(?:({_ROUND}){_HEARD})?(?:({_ROUND}){_HEARD})?({_ALTERNATIVES})", words)
    return [part for part in found.groups() if part] if found else [words]
