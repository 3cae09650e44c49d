"""Who must act, read from a sentence of duty by rules: who stands before «مکلف است», after «توسط», in a column «متولی».

Helpers («با همکاری …»), those who approve or receive, and those who are judged are no bearers of the duty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["duty_bearers"]

Names = Sequence[tuple[str, str]]  # (name or alias, what to call the body)

_COLUMN: Final = re.compile(r"(?:متولی|مجری|مسئول(?: اجرا)?)\s*:\s*(?P<who>[^\n]+)")
_DUTY: Final = re.compile(r"(?:مکلف|موظف|ملزم|متعهد)|لازم است|(?<!\w)(?:باید|می\u200cبایست|بایستی)(?!\w)")
_BY: Final = re.compile(r"(?:توسط|از سوی|به دست)\s+(?:(?:تمامی|کلیه|همه)\s+)?$")
#: What stands right before a body that only helps, approves, receives or is judged.
_BESIDE: Final = re.compile(
    r"(?<!\w)(?:همکاری|هماهنگی|راهبری|مشارکت|ریاست|عضویت|تأیید|تایید|تصویب|موافقت|نظر|پیشنهاد|درخواست|ابلاغی?|اعلامی?|"
    r"سالانه|سالیانه|فصلی|ماهانه|عملکرد|خدمات|فرآیندهای|کارکنان|به|از|در|برای|با|بر|بین|میان|توسط|سوی|که)"
    r"\s+(?:(?:تمامی|کلیه|همه|سایر|محترم)\s+)?[«(]?$"
)
_AND: Final = re.compile(r"\s*\)?\s*(?:،|و)\s*(?:(?:تمامی|کلیه|همه|سایر)\s+)?\(?\s*")
_BEFORE: Final = 40
#: A body this near to the beginning is the subject, whoever else does something later in the sentence.
_SUBJECT_WITHIN: Final = 12


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    body: str


def duty_bearers(sentence: str, at: int, names: Names) -> tuple[str, ...]:
    """The bodies charged by a sentence whose limit stands at `at`; empty where it names none."""
    if column := _COLUMN.search(sentence):
        return _distinct(_mentions(column["who"], names))
    mentions = _mentions(sentence, names)
    verb = _verb(sentence, at)
    free = list(_with_joined(sentence, mentions))
    if verb is not None and (before := [group for group in free if group[-1].end <= verb]):
        return _distinct(before[-1])
    if verb is None and free and free[0][0].start <= _SUBJECT_WITHIN:
        return _distinct(free[0])
    if agent := next(_agents(sentence, mentions), None):
        return _distinct(agent)
    return _distinct(free[0]) if free and verb is None else ()


def _verb(sentence: str, at: int) -> int | None:
    """Where the word of duty stands that governs the limit: the last before it, else the first after it."""
    places = [m.start() for m in _DUTY.finditer(sentence)]
    before = [p for p in places if p <= at]
    return before[-1] if before else next(iter(places), None)


def _mentions(text: str, names: Names) -> list[_Mention]:
    """Whole names in the text, the longest where several fit, in reading order."""
    found: list[_Mention] = []
    for name, body in sorted(names, key=lambda n: -len(n[0])):
        for match in re.finditer(rf"(?<![\w\u200c]){re.escape(name)}(?![\w\u200c])", text):
            if not any(match.start() < m.end and m.start < match.end() for m in found):
                found.append(_Mention(match.start(), match.end(), body))
    return sorted(found, key=lambda m: m.start)


def _with_joined(sentence: str, mentions: Sequence[_Mention]) -> Iterator[list[_Mention]]:
    """Groups of bodies joined by «و» or «،» whose first is not merely beside the duty."""
    for group in _groups(sentence, mentions):
        if not _BESIDE.search(sentence[max(0, group[0].start - _BEFORE) : group[0].start]):
            yield group


def _agents(sentence: str, mentions: Sequence[_Mention]) -> Iterator[list[_Mention]]:
    for group in _groups(sentence, mentions):
        if _BY.search(sentence[max(0, group[0].start - _BEFORE) : group[0].start]):
            yield group


def _groups(sentence: str, mentions: Sequence[_Mention]) -> Iterator[list[_Mention]]:
    """Bodies that are listed together; a comma alone, with no «و» to come, only ends a clause."""
    group: list[_Mention] = []
    and_said = False
    for mention in mentions:
        between = sentence[group[-1].end : mention.start] if group else ""
        if group and not _AND.fullmatch(between):
            yield from _listed(group, and_said)
            group, and_said = [], False
        group.append(mention)
        and_said = and_said or "و" in between.split()
    yield from _listed(group, and_said)


def _listed(group: list[_Mention], and_said: bool) -> Iterator[list[_Mention]]:
    if and_said:
        yield group
    else:
        yield from ([mention] for mention in group)


def _distinct(mentions: Sequence[_Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.body for m in mentions))
