"""Proposes obligations in any Persian regulation, for a person to accept: limits, periods, who, counted from what.

Rules over the wording as it stands, with hazm's normaliser and sentence tokeniser; what it quotes is always verbatim.
It proposes too much rather than too little: striking out is quicker than finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from hazm import Normalizer, SentenceTokenizer

from knowledge.limits import LimitKind
from knowledge.numerals import CARDINALS, NUMBER_WORD, ascii_digits
from knowledge.provisions import Provision, Regulation
from reminders.jalali import Unit
from reminders.jalali_input import MONTHS

__all__ = ["Passage", "Proposal", "passages_of_file", "passages_of_regulation", "proposal_json", "propose"]

_NUMBER: Final = rf"(?:\(?\s*[۰-۹0-9]{{1,3}}\s*\)?|{NUMBER_WORD})"
_UNITS: Final = {
    "روز": Unit.DAY, "هفته": Unit.WEEK, "ماه": Unit.MONTH, "فصل": Unit.QUARTER, "سال": Unit.YEAR,
}  # fmt: skip
_UNIT: Final = r"(?P<unit>روز|هفته|ماهه?|فصل|ساله?)"
_GAP: Final = r"[\s\u200c]+"
_YEAR: Final = r"(?:[۰-۹]{4}|جاری|[اآ]ول|دوم|سوم)"
_MONTH: Final = rf"(?:{'|'.join(MONTHS)})"

#: What sets an end: a span, a calendar date, or the event itself.
_SPAN: Final = re.compile(
    rf"(?:(?:حداکثر|حداقل|حد\s?اکثر){_GAP})?(?:(?:ظرف|در{_GAP}مدت|تا|طی|پس{_GAP}از|به{_GAP}مدت)"
    rf"(?:{_GAP}(?:مدت|حداکثر|حداقل|زمان))*{_GAP})?"
    rf"(?P<number>{_NUMBER})[\s\u200c]*{_UNIT}(?!\u200c?(?:انه|ها|گذشته|آینده))"
)
_LIMITING: Final = re.compile(r"ظرف|حداکثر|تا\b|مهلت|پس از|بعد از|طی|مدت|از تاریخ|از زمان|از ابلاغ")
_CALENDAR: Final = re.compile(
    rf"(?:حداکثر{_GAP})?تا(?:{_GAP}(?:پایان|انتهای|آخر|موعد قانونی \(پایان))?{_GAP}?"
    rf"(?:{_GAP})?(?:(?:{_MONTH})(?:[\s\u200c]*ماه)?(?:{_GAP}(?:سال{_GAP})?{_YEAR})|سال{_GAP}{_YEAR}"
    rf"|سه{_GAP}?ماهه?{_GAP}اول{_GAP}سال{_GAP}{_YEAR})"
    rf"|پایان{_GAP}سال{_GAP}{_YEAR}|سه[\s\u200c]ماهه{_GAP}اول{_GAP}سال{_GAP}{_YEAR}"
)
_PERIOD: Final = re.compile(
    rf"(?:حداقل{_GAP}|حداکثر{_GAP})?(?:هر|در{_GAP}هر|در{_GAP}بازه[\s\u200c]های{_GAP}زمانی){_GAP}"
    rf"(?:(?P<number>{_NUMBER})[\s\u200c]*)?{_UNIT}(?:{_GAP}(?:یک[\s\u200c]?بار|یکبار))?"
    rf"|(?:به{_GAP}صورت|به\u200cصورت|گزارش(?:{_GAP}|\u200c)?(?:های{_GAP})?|ارزیابی{_GAP}|رتبه[\s\u200c]?بندی{_GAP}|پیشرفت{_GAP}|"
    rf"عملکرد{_GAP}|باید{_GAP}|بودجه{_GAP})"
    rf"[\s\u200c]*(?P<word>فصلی|سالانه|سالیانه|ماهانه|ماهیانه|هفتگی|دوره[\s\u200c]?ای|ادواری|سنواتی|مستمر|هرساله)"
    rf"|هرساله|بهبود{_GAP}مستمر|پیگیری{_GAP}مستمر|به{_GAP}طور{_GAP}مستمر|منظم{_GAP}جلسات|سازوکار{_GAP}منظم|بازه[\s\u200c]های{_GAP}زمانی{_GAP}مشخص|^مستمر$"
)
_EVENT_ENDS: Final = re.compile(
    rf"در{_GAP}(?:اولین{_GAP}جلسه|سقف{_GAP}مهلت|مهلت{_GAP}مقرر)|ظرف{_GAP}مهلت{_GAP}مقرر|اعلام{_GAP}توسط{_GAP}کمیسیون"
)
_STAGE: Final = re.compile(
    r"(?:از )?ماه(?:\u200cهای)? (?:اول|[۰-۹]+)(?: تا [۰-۹]+)?(?: به (?:بعد|صورت مستمر))?(?=[\s)،:.]|$)"
)
_WORDS: Final = {
    "فصلی": (1, Unit.QUARTER), "سالانه": (1, Unit.YEAR), "سالیانه": (1, Unit.YEAR), "هرساله": (1, Unit.YEAR),
    "سنواتی": (1, Unit.YEAR), "ماهانه": (1, Unit.MONTH), "ماهیانه": (1, Unit.MONTH), "هفتگی": (1, Unit.WEEK),
}  # fmt: skip
_ANCHOR: Final = re.compile(
    r"(?:پس از|بعد از|از تاریخ|از زمان|از)\s+"
    r"((?:ابلاغ|تصویب|تأیید|تایید|اعلام|تاریخ ابلاغ|تغییر|زمان ابلاغ)[^،.؛\n]{0,80})"
)
#: Spans that are no limits: how long something lasts or how old it is.
_NOT_A_LIMIT: Final = re.compile(
    r"سابقه|اعتبار|قبل از|پیش از|در دوره|برنامه (?:پنج|پنج‌)?ساله|قانون برنامه|سن |عمر|گذشته"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One provision's own words, with the address that proposals carry."""

    eid: str
    text: str


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


def passages_of_regulation(regulation: Regulation) -> list[Passage]:
    """The provisions of the corpus that have words of their own."""
    return [Passage(p.address.eid, p.wording) for p in regulation.provisions if _may_oblige(p)]


def passages_of_file(text: str) -> list[Passage]:
    """Any regulation's plain text, cut at «ماده» and «تبصره»."""
    normal = _normalizer().normalize(text)
    passages: list[Passage] = []
    article, eid, lines = 0, "preface", list[str]()

    def close() -> None:
        if any(line.strip() for line in lines):
            passages.append(Passage(eid, "\n".join(lines).strip()))

    notes = 0
    for line in normal.splitlines():
        if match := _ARTICLE.match(line):
            close()
            article, notes = _integer(match[1]) or article + 1, 0
            eid, lines = f"art_{article}", [line[match.end() :]]
        elif match := _NOTE.match(line):
            close()
            notes = _integer(match[1] or "") or notes + 1
            eid, lines = f"art_{article}__note_{notes}", [line[match.end() :]]
        else:
            lines.append(line)
    close()
    return passages


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
        "anchor": proposal.anchor,
        "responsible": list(proposal.responsible),
        "sentence": proposal.sentence,
    }


_ARTICLE: Final = re.compile(r"\s*ماده\s*\(?([۰-۹0-9]+|[آ-ی ]{2,12}?)\)?\s*[-–:ـ.]\s*")
_NOTE: Final = re.compile(r"\s*تبصره\s*\(?([۰-۹0-9]*)\)?\s*[-–:ـ.]\s*")


@lru_cache(maxsize=1)
def _normalizer() -> Normalizer:
    return Normalizer(persian_numbers=True)


@lru_cache(maxsize=1)
def _sentences() -> SentenceTokenizer:
    return SentenceTokenizer()


def _may_oblige(provision: Provision) -> bool:
    eid = provision.address.eid
    return bool(provision.wording) and eid != "" and not eid.startswith(("preface", "letter", "hdg", "chp"))


def _in_passage(passage: Passage, bodies: Sequence[tuple[str, str]]) -> Iterator[Proposal]:
    taken: list[tuple[int, int]] = []
    charged = _charged(passage.text, bodies)
    for kind, amount, unit, start, end in _limits(passage.text):
        if any(start < b and a < end for a, b in taken):
            continue
        taken.append((start, end))
        sentence = _sentence(passage.text, start)
        anchor = _anchor(passage.text, end) if kind is LimitKind.RELATIVE else ""
        if anchor and not any(w in anchor for w in ("این", "تصویب‌نامه", "سند", "آیین‌نامه", "مصوبه", "بخشنامه", "آن")):
            kind = LimitKind.EVENT
        responsible = _charged(sentence, bodies) or charged
        yield Proposal(passage.eid, passage.text[start:end].strip(), kind, amount, unit, anchor, responsible, sentence)


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
    for match in _CALENDAR.finditer(text):
        yield LimitKind.ABSOLUTE, None, None, match.start(), match.end()


def _periods(text: str) -> Iterator[_Found]:
    for match in _PERIOD.finditer(text):
        amount: int | None
        unit: Unit | None
        word = (match["word"] or "").replace("\u200c", " ")
        if word in _WORDS:
            amount, unit = _WORDS[word]
        elif match["unit"]:
            amount, unit = _integer(match["number"] or "") or 1, _unit(match["unit"])
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
        yield LimitKind.RELATIVE, _integer(match["number"]), _unit(match["unit"]), match.start(), match.end()


_NEAR: Final = 40
_CLOSE: Final = 14


def _anchor(text: str, end: int) -> str:
    match = _ANCHOR.match(text[end:].lstrip(" \u200c")) or _ANCHOR.search(text[end : end + _NEAR])
    return match[1].strip() if match else ""


def _unit(word: str) -> Unit:
    return _UNITS[word.removesuffix("ه") if word in ("ماهه", "ساله") else word]


def _integer(text: str) -> int | None:
    plain = ascii_digits(text).strip("() \u200c")
    if plain.isdecimal():
        return int(plain)
    total = 0
    for word in re.split(r"\s+و\s+|\s+|\u200c", plain):
        if word and word not in CARDINALS:
            return None
        total += CARDINALS.get(word, 0)
    return total or None


def _sentence(text: str, start: int) -> str:
    place = 0
    for sentence in _sentences().tokenize(text):
        found = text.find(sentence, place)
        if found < 0:
            continue
        place = found + len(sentence)
        if start < place:
            return str(sentence)
    return text


def _charged(text: str, bodies: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The body named first: Persian sentences of duty begin with who must act."""
    found = [(at, -len(name), body) for name, body in bodies if len(name) > 3 and (at := text.find(name)) >= 0]
    return (min(found)[2],) if found else ()
