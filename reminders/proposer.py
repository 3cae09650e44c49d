"""Proposes obligations in any Persian regulation, for a person to accept: limits, periods, who, counted from what.

Rules over the wording as it stands, with hazm's sentence tokeniser; what it quotes is always verbatim.
It proposes too much rather than too little: striking out is quicker than finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from hazm import SentenceTokenizer
from persiantools.jdatetime import JalaliDate

from knowledge.limits import LimitKind
from knowledge.numerals import NUMBER_WORD, ascii_digits
from reminders.duty_bearers import duty_bearers
from reminders.jalali import Unit, iso
from reminders.passages import Passage, written_number
from reminders.written_dates import written_dates

__all__ = ["Proposal", "proposal_json", "propose"]

_NUMBER: Final = rf"(?:\(?\s*[۰-۹0-9]{{1,3}}\s*\)?|{NUMBER_WORD})"
_UNITS: Final = {
    "روز": Unit.DAY, "هفته": Unit.WEEK, "ماه": Unit.MONTH, "فصل": Unit.QUARTER, "سال": Unit.YEAR,
}  # fmt: skip
_UNIT: Final = r"(?P<unit>روز|هفته|ماهه?|فصل|ساله?)"
_GAP: Final = r"[\s\u200c]+"
#: What sets an end beside written dates: a span, or the event itself.
_SPAN: Final = re.compile(
    rf"(?:(?:حداکثر|حداقل|حد\s?اکثر){_GAP})?(?:(?:ظرف|در{_GAP}مدت|تا|طی|پس{_GAP}از|به{_GAP}مدت)"
    rf"(?:{_GAP}(?:مدت|حداکثر|حداقل|زمان))*{_GAP})?"
    rf"(?P<number>{_NUMBER})[\s\u200c]*{_UNIT}(?!\u200c?(?:انه|ها|گذشته|آینده))"
)
_LIMITING: Final = re.compile(r"ظرف|حداکثر|تا\b|مهلت|پس از|بعد از|طی|مدت|از تاریخ|از زمان|از ابلاغ")
_PERIOD: Final = re.compile(
    rf"(?:حداقل{_GAP}|حداکثر{_GAP})?(?:هر|در{_GAP}هر|در{_GAP}بازه[\s\u200c]های{_GAP}زمانی){_GAP}"
    rf"(?:(?P<number>{_NUMBER})[\s\u200c]*)?{_UNIT}(?:{_GAP}(?:یک[\s\u200c]?بار|یکبار))?"
    rf"|(?:به{_GAP}صورت|به\u200cصورت|گزارش(?:{_GAP}|\u200c)?(?:های{_GAP})?|ارزیابی{_GAP}|رتبه[\s\u200c]?بندی{_GAP}|پیشرفت{_GAP}|"
    rf"عملکرد{_GAP}|باید{_GAP}|بودجه{_GAP})"
    rf"[\s\u200c]*(?P<word>فصلی|سالانه|سالیانه|ماهانه|ماهیانه|هفتگی|دوره[\s\u200c]?ای|ادواری|سنواتی|مستمر|هرساله)"
    rf"|هرساله|بهبود{_GAP}مستمر|پیگیری{_GAP}مستمر|به{_GAP}طور{_GAP}مستمر|منظم{_GAP}جلسات|سازوکار{_GAP}منظم|بازه(?:[\s\u200c]های)?{_GAP}زمانی{_GAP}مشخصی?"
    rf"|(?<=مهلت مقرر: )مستمر|(?m:^مستمر$)"
)
_EVENT_ENDS: Final = re.compile(
    rf"در{_GAP}(?:اولین{_GAP}جلسه|سقف{_GAP}مهلت|مهلت{_GAP}مقرر)|ظرف{_GAP}مهلت{_GAP}مقرر|اعلام{_GAP}توسط{_GAP}کمیسیون"
)
_STAGE: Final = re.compile(
    r"(?<![\w\u200c])(?:از )?ماه(?:\u200cهای)? (?:اول|[۰-۹]{1,2})(?: تا [۰-۹]+)?"
    r"(?: به (?:بعد|صورت مستمر))?(?=[\s)،:.]|$)"
)
_WORDS: Final = {
    "فصلی": (1, Unit.QUARTER), "سالانه": (1, Unit.YEAR), "سالیانه": (1, Unit.YEAR), "هرساله": (1, Unit.YEAR),
    "سنواتی": (1, Unit.YEAR), "ماهانه": (1, Unit.MONTH), "ماهیانه": (1, Unit.MONTH), "هفتگی": (1, Unit.WEEK),
}  # fmt: skip
_ANCHOR: Final = re.compile(
    r"(?:پس از|بعد از|از تاریخ|از زمان|از)\s+"
    r"((?:ابلاغ|تصویب) (?:این [\w\u200c]+|آن(?!\w))"
    r"|(?:ابلاغ|تصویب|تأیید|تایید|اعلام|تاریخ ابلاغ|تغییر|زمان ابلاغ)[^،.؛:)\n]{0,80}?"
    r"(?=\s(?:نسبت|اقدام|توسط|را|به|در|برای|فراهم|تهیه|تدوین|هستند|نماینده|دبیر)(?!\w)|[،.؛:)\n]|$))"
)
#: Spans that are no limits: how long something lasts or how old it is.
_NOT_A_LIMIT: Final = re.compile(
    r"سابقه|اعتبار|قبل از|پیش از|در دوره|برنامه (?:پنج|پنج‌)?ساله|قانون برنامه|سن |عمر|گذشته"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A limit found. `quote` stands in the passage word for word; `sentence` is where it stands."""

    eid: str
    quote: str
    kind: LimitKind
    amount: int | None
    unit: Unit | None
    anchor: str
    responsible: tuple[str, ...]
    sentence: str
    due: JalaliDate | None = None


def propose(passages: Sequence[Passage], bodies: Sequence[tuple[str, str]] = ()) -> list[Proposal]:
    """Every limit and period found, in reading order. `bodies`: (name or alias, what to call it in the proposal)."""
    return [p for passage in passages for p in _in_passage(passage, bodies)]


def proposal_json(proposal: Proposal) -> dict[str, Any]:
    """For `propose-obligations --json`; the same names as in `obligations.toml` where they mean the same."""
    return {
        "eid": proposal.eid,
        "quote": proposal.quote,
        "kind": proposal.kind.value,
        "amount": proposal.amount,
        "unit": proposal.unit.value if proposal.unit else None,
        "due": iso(proposal.due) if proposal.due else None,
        "anchor": proposal.anchor,
        "responsible": list(proposal.responsible),
        "sentence": proposal.sentence,
    }


@lru_cache(maxsize=1)
def _sentences() -> SentenceTokenizer:
    return SentenceTokenizer()


def _in_passage(passage: Passage, bodies: Sequence[tuple[str, str]]) -> Iterator[Proposal]:
    taken: list[tuple[int, int]] = []
    dues = {(d.start, d.end): d.due for d in written_dates(passage.text)}
    for kind, amount, unit, start, end in _limits(passage.text):
        if any(start < b and a < end for a, b in taken):
            continue
        taken.append((start, end))
        sentence, offset = _sentence(passage.text, start)
        anchor = _anchor(passage.text, end) if kind is LimitKind.RELATIVE else ""
        if anchor and not any(w in anchor for w in ("این", "تصویب‌نامه", "سند", "آیین‌نامه", "مصوبه", "بخشنامه", "آن")):
            kind = LimitKind.EVENT
        responsible = duty_bearers(sentence, start - offset, bodies) or _charged_around(passage, bodies)
        quote = _unambiguous(passage.text, start, end)
        yield Proposal(passage.eid, quote, kind, amount, unit, anchor, responsible, sentence, dues.get((start, end)))


_Found = tuple[LimitKind, int | None, Unit | None, int, int]


def _limits(text: str) -> Iterator[_Found]:
    yield from _calendar_dates(text)
    yield from _periods(text)
    yield from _spans(text)
    for match in _EVENT_ENDS.finditer(text):
        yield LimitKind.EVENT, None, None, match.start(), match.end()
    for match in _STAGE.finditer(text):
        if "مستمر" in match[0] or "به بعد" in match[0]:
            yield LimitKind.CONTINUOUS, None, None, match.start(), match.end()
        else:
            months = re.findall("[۰-۹]+", match[0])
            yield (
                LimitKind.RELATIVE,
                int(ascii_digits(months[-1])) if months else 1,
                Unit.MONTH,
                match.start(),
                match.end(),
            )


def _calendar_dates(text: str) -> Iterator[_Found]:
    for date in written_dates(text):
        if date.years is None:
            yield LimitKind.ABSOLUTE, None, None, date.start, date.end
        else:
            yield LimitKind.RELATIVE, date.years, Unit.YEAR, date.start, date.end


def _periods(text: str) -> Iterator[_Found]:
    for match in _PERIOD.finditer(text):
        amount: int | None
        unit: Unit | None
        word = (match["word"] or "").replace("\u200c", " ")
        if word in _WORDS:
            amount, unit = _WORDS[word]
        elif match["unit"]:
            amount, unit = written_number(match["number"] or "") or 1, _unit(match["unit"])
        else:
            amount, unit = (1, Unit.YEAR) if "هرساله" in match[0] else (None, None)
        kind = LimitKind.CONTINUOUS if "مستمر" in match[0] else LimitKind.PERIODIC
        yield kind, amount, unit, match.start(), match.end()


def _spans(text: str) -> Iterator[_Found]:
    for match in _SPAN.finditer(text):
        before = text[max(0, match.start() - _NEAR) : match.start()]
        after = text[match.end() : match.end() + _NEAR]
        if not (_LIMITING.search(match[0]) or re.match(r"[\s\u200c]*(?:کاری |اداری )?(?:پس از|بعد از|از)\b", after)):
            continue
        if _NOT_A_LIMIT.search(before[-_CLOSE:]) or _NOT_A_LIMIT.match(after.strip()[:_CLOSE]):
            continue
        yield LimitKind.RELATIVE, written_number(match["number"]), _unit(match["unit"]), match.start(), match.end()


_NEAR: Final = 40
_CLOSE: Final = 14


def _anchor(text: str, end: int) -> str:
    """What the limit counts from: said right after it, or a few words later."""
    match = _ANCHOR.search(text, end)
    return match[1].strip() if match and match.start() <= end + _NEAR else ""


def _unit(word: str) -> Unit:
    return _UNITS[word.removesuffix("ه") if word in ("ماهه", "ساله") else word]


def _sentence(text: str, start: int) -> tuple[str, int]:
    """The sentence that holds a place, and where it begins; a line break ends a sentence as well."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    if _FIELD.match(line):
        return text, 0
    place = 0
    for sentence in _sentences().tokenize(line):
        found = line.find(sentence, place)
        if found < 0:
            continue
        place = found + len(sentence)
        if start - line_start < place:
            return str(sentence), line_start + found
    return line, line_start


#: A row of a table, written as «name: value» lines: who must act stands in another line.
_FIELD: Final = re.compile(r"[^:\n]{1,30}:\s")


def _charged_around(passage: Passage, bodies: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Who the provision, or what it stands in, charges when the sentence names nobody."""
    for text in (passage.text, *passage.context):
        for sentence in (s for line in text.splitlines() for s in _sentences().tokenize(line)):
            if found := duty_bearers(str(sentence), len(sentence), bodies):
                return found
    return ()


def _unambiguous(text: str, start: int, end: int) -> str:
    """The words found, with as many after them as tell them from the same words elsewhere in the provision."""
    quote = text[start:end].strip()
    while text.count(quote) > 1 and end < len(text):
        following = re.compile(r"\s*\S+").match(text, end)
        if following is None:
            break
        end = following.end()
        quote = text[start:end].strip()
    return quote
