"""Several references in one text: side by side («ماده ۲۱ نقشه راه و ماده ۵ چرخه»), or one in place of another («ماده
۵ نه، ۶ نقشه راه»).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from knowledge.numerals import NUMBER_WORD
from knowledge.reference_steps import PART

__all__ = ["meant_in_the_end", "side_by_side"]

_KIND = "ماده|تبصره|پروژه|طرح|ردیف|گام|قدم|مرحله|فاز|فصل|مصوبه|بند|جزء?"
_NUMBER = rf"\(?\s*(?:[0-9]{{1,3}}(?![0-9])\s*م?|{NUMBER_WORD})\s*\)?"
_LETTER = r"\(?(?:الف|[بپتثجچد])(?![\u0621-\u06cc])\)?"
_ONE = rf"(?:{_NUMBER}|{_LETTER})"
_ARTICLE = rf"ماده\s*\(?\s*(?:[0-9]|{NUMBER_WORD})"
#: Where another reference may begin; a note or item only with an article of its own: «تبصره ۳ ماده ۵ و تبصره ۱ ماده ۱۱»
#: are two, «تبصره ۱ و تبصره ۲ ماده ۶» have one.
_NEXT = re.compile(
    r"(?:(?P<and>\sو(?:\s(?:نیز|همچنین|هم|همینطور|بعدش?))?)|\s(?:با|یا|بعدش?|علاوه بر)|\s?[،؛,])\s"
    rf"(?=(?P<whole>(?:ماده|پروژه|ردیف|گام|مرحله|فصل)\s*\(?\s*(?:[0-9]|{NUMBER_WORD}))"
    rf"|(?:تبصره|بند)\s+(?:\S+\s+)?(?:از\s+)?{_ARTICLE})"
)
_RESOLUTION = re.compile(rf"(?<![\u0621-\u06cc])مصوبه\s+{_NUMBER}")
_WHOLE_BEFORE = re.compile(rf"(?<![\u0621-\u06cc])(?:ماده|پروژه|ردیف|گام|مرحله)\s*\(?\s*(?:[0-9]|{NUMBER_WORD})")
_ARTICLE_BEFORE = re.compile(rf"(?<![\u0621-\u06cc]){_ARTICLE}")
_SORRY = r"(?:نه|sorry|ببخش\w*|معذرت(?:\s*می\s*خوا\w+)?|اشتباه\s*(?:شد|کردم|گفتم|نوشتم)|منظورم(?!\s*(?:از|این))|خیر)"
#: «ماده ۵ نه، ۶», «پروژه ۱۲ نه ببخشید ۱۳», «ماده ۵ نقشه راه نه، ماده ۶ چرخه»: what is taken back, and how what is meant
#: begins. «ماده ۱۴، نه ماده ۱۵» is the other way round.
_TAKEN_BACK = re.compile(
    rf"(?<![\u0621-\u06cc])(?P<kind>{_KIND})(?:\s*شماره)?\s+(?P<one>{_ONE})(?P<named>(?:\s+(?!{_KIND}|نه\s)[\u0621-\u06cc\u200c]+){{0,6}}?)"
    rf"(?:(?P<mark>\s*[،,.…؛-]+\s*|\s+)نه(?P<after>\s*[،,.…؛-]+|\s*{_SORRY})?(?:{_SORRY}|[\s،,.])*+|\s*[،,.…؛-]*\s*(?P<sorry>{_SORRY})[\s،,.]*)"
    rf"\s*(?=(?P<next>{_KIND})(?:\s*شماره)?\s+(?:{_ONE}|ماده)|{_NUMBER})"
)
_EXCLUDED = re.compile(
    rf"(?<=[0-9\u0621-\u06cc)])\s*[،,؛]\s*(?:و\s+)?نه\s+(?:(?:{_KIND})\s+{_ONE}|[0-9]+)(?![\u0621-\u06cc0-9])(?!\s*[،,]?\s*(?:نه|ببخش))"
)


def meant_in_the_end(text: str, names_text: Callable[[str], bool]) -> str:
    """A text without the reference that it takes back, or says that it does not mean; the name of the text that stands
    there stays where none follows. Plain, ASCII digits.
    """
    found = _TAKEN_BACK.search(text)
    while found:
        named = found["named"].strip()
        surely = found["after"] or found["sorry"]
        if not surely and (named or found["mark"].strip()):
            break  # «ماده ۱۴، نه ماده ۱۵», «مرحله ۳ فرایند اجرایی، نه تبصره ماده ۶»
        if named and not names_text(named):
            break
        rest, kind = text[found.end() :], "" if found["next"] else f"{found['kind']} "
        inner = found["next"] and re.search(
            rf"(?<![\u0621-\u06cc]){found['next']}\s+{_ONE}\s*(?:از\s+)?$", text[: found.start()]
        )
        if inner and found["next"] != found["kind"]:  # «تبصره ۲ ماده ۱۴، نه تبصره ۱»: the article stays
            text = f"{text[: inner.start()]}{rest} {text[found.start() : found.end('one')]} {named}"
        else:
            text = f"{text[: found.start()]}{kind}{rest} {'' if names_text(rest) else named}"
        text = " ".join(text.split())
        found = _TAKEN_BACK.search(text)
    return _EXCLUDED.sub("", text)


def _names(text: str, names_text: Callable[[str], bool]) -> bool:
    return bool(_RESOLUTION.search(text)) or names_text(text)


def side_by_side(text: str, names_text: Callable[[str], bool]) -> Sequence[str]:
    """The texts of references that stand side by side, () for a single one. Other words than «و» part them only where
    each names a text of its own («ماده ۵ نقشه راه با ماده ۶ چرخه»): «تبصره ۲، ماده ۵» is one.
    """
    cuts = [0]
    ends = []
    for found in _NEXT.finditer(text):
        before, after = text[cuts[-1] : found.start()], text[found.end() :]
        apart = found["whole"] or _ARTICLE_BEFORE.search(before)
        if not apart or not PART.search(before):
            continue
        both = _WHOLE_BEFORE.search(before) and _names(before, names_text) and _names(after, names_text)
        if found["and"] or both:
            cuts.append(found.end())
            ends.append(found.start())
    places = zip(cuts, [*ends, len(text)], strict=True)
    return tuple(text[start:end].strip() for start, end in places) if len(cuts) > 1 else ()
