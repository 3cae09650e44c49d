"""How people ask for lists of limits: «کدام مهلت‌ها هنوز نرسیده؟»، «این ماه چه مهلتی داریم؟»، «تکالیف X تا پایان سال».

The words stand in limit_queries.toml. A question that holds any other word is about a provision and none of this
module's business.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from persiantools.jdatetime import JalaliDate

from knowledge.citations import CitationReader
from knowledge.limit_lists import LimitQuery, Wanted
from knowledge.limits import UNIT_WORDS, Length, length
from knowledge.naming import ActorNames
from knowledge.numerals import NUMBER_WORD, number_words
from knowledge.provisions import Corpus
from knowledge.time_windows import find_window
from knowledge.understanding import plain

__all__ = ["LimitQueryReader"]

#: «ده ماهه», «۱۰ روزه», «هر شش ماه یک بار».
_SPAN: Final = re.compile(
    rf"(?<!\w)(?P<each>هر )?(?P<number>[0-9]{{1,3}}|{NUMBER_WORD}) ?(?P<unit>{'|'.join(UNIT_WORDS)})"
    r"(?:ه|گی| ?ای)?(?: (?:یک|ی) ?بار)?(?!\w)"
)
_FILE = Path(__file__).with_name("limit_queries.toml")


@dataclass(frozen=True, slots=True)
class _Patterns:
    limit: re.Pattern[str]
    limits: re.Pattern[str]
    limits_of_year: re.Pattern[str]
    one_of_many: re.Pattern[str]
    duties: re.Pattern[str]
    work: re.Pattern[str]
    ours: re.Pattern[str]
    due: re.Pattern[str]
    reports: re.Pattern[str]
    any: re.Pattern[str]
    latest: re.Pattern[str]
    at_all: re.Pattern[str]
    states: Mapping[Wanted, re.Pattern[str]]
    periods: Sequence[tuple[re.Pattern[str], Length]]
    phrases: re.Pattern[str]
    filler: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    data = tomllib.loads(_FILE.read_text("utf-8"))
    limit, duty, many = data["limit"], data["duty"], data["many"]
    each, listed, following = ("|".join(data[name]) for name in ("each", "listed", "next"))
    limits = (f"{limit}{many}", *data["limits"])
    return _Patterns(
        limit=_whole_words([f"{limit}(?:{many}|ی)?", *data["limits"]]),
        limits=_whole_words(limits),
        limits_of_year=_whole_words([f"(?P<limits>{'|'.join(limits)}) (?P<year>1[34][0-9]{{2}})"]),
        one_of_many=_whole_words(
            [rf"(?:{each}) (?:یک |از )*{limit}ی?", f"(?:{listed}|{following}) {limit}", f"{limit} (?:{following})"]
        ),
        duties=_whole_words([f"{duty}{many}", *data["duties"]]),
        work=_whole_words(data["work"]),
        ours=_whole_words(data["ours"]),
        due=_whole_words(data["due"]),
        reports=_whole_words(data["reports"]),
        any=_whole_words([f"{limit}ی? (?:{'|'.join(data['any'])})"]),
        latest=_whole_words([f"(?:{'|'.join(data['latest'])}) {limit}(?:{many}|ی)?"]),
        at_all=_whole_words(data["at_all"]),
        states={Wanted(name): _whole_words(words) for name, words in data["states"].items()},
        periods=[(_whole_words(one["words"]), (one["amount"], one["unit"])) for one in data["periods"]],
        phrases=_whole_words(data["filler"]["phrases"]),
        filler=re.compile("|".join((*data["filler"]["words"], each, listed, following))),
    )


def _whole_words(alternatives: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w\u200c])(?:{'|'.join(alternatives)})(?!\w)")


class LimitQueryReader:
    """Reads questions for lists of limits against one corpus."""

    def __init__(self, corpus: Corpus, citations: CitationReader, actors: ActorNames) -> None:
        self._citations, self._actors = citations, actors
        self._short_names = {plain(name): r.slug for r in corpus.regulations.values() for name in r.cited_as}

    def read(self, question: str, today: dt.date) -> LimitQuery | None:
        """What the question lists; None for every other question."""
        patterns, text = _patterns(), _bare(question)
        limit, duties, work = (bool(p.search(text)) for p in (patterns.limit, patterns.duties, patterns.work))
        reports = bool(patterns.reports.search(text))
        if not (limit or duties or work or reports):
            return None
        query, matter = self._query(text, today, reports=reports)
        if matter:
            return None
        window, wanted, actor, lasting = query.window, query.wanted, query.actor, query.length
        narrowed = window is not None or lasting is not None or wanted is not Wanted.EVERY
        if limit:
            one_of_many = patterns.one_of_many.search(text) and (
                narrowed or patterns.at_all.search(text) or actor is not None
            )
            several = (
                patterns.limits.search(text)
                or one_of_many
                or (window is not None and patterns.any.search(text))
                or (wanted is Wanted.PASSED and patterns.latest.search(text))
            )
            return query if several else None
        if duties:
            return query if narrowed else None
        if reports:
            return query if lasting else None
        if window is None:
            return None
        to_come = window.until >= JalaliDate(today)
        asked = patterns.due.search(text) or (to_come and (actor is not None or patterns.ours.search(text)))
        return query if asked else None

    def changed(self, question: str, before: LimitQuery, today: dt.date) -> LimitQuery | None:
        """A query that was asked before, as «ماه بعد چی؟» changes it; None for every other question."""
        query, matter = self._query(_bare(question), today)
        if matter or query == LimitQuery(Wanted.EVERY):
            return None
        return LimitQuery(
            before.wanted if query.wanted is Wanted.EVERY else query.wanted,
            query.window or before.window,
            query.regulations or before.regulations,
            query.actor or before.actor,
            query.length or before.length,
        )

    def _query(self, text: str, today: dt.date, *, reports: bool = False) -> tuple[LimitQuery, str]:
        """What a bare text says of limits, and its words of something else. A length of `reports` is a period."""
        patterns = _patterns()
        bare = patterns.limits_of_year.sub(self._with_year, patterns.phrases.sub(" ", text))
        window, rest = find_window(bare, JalaliDate(today)) or (None, bare)
        regulations = self._citations.texts.named(rest)
        lasting, recurring, rest = _length(rest)
        wanted, rest = _state(self._citations.texts.without(rest) if regulations else rest)
        actor, matter = None, " ".join(_matter(rest))
        if matter and matter in self._short_names and not regulations:
            regulations, matter = (self._short_names[matter],), ""
        elif matter and (found := self._actors.find(rest)) and not _matter(found[2]):
            actor, matter = found[1], ""
        if lasting and (recurring or reports) and wanted is Wanted.EVERY:
            wanted = Wanted.RECURRING
        return LimitQuery(wanted, window, regulations, actor, lasting), matter

    def _with_year(self, found: re.Match[str]) -> str:
        """«مهلت‌های ۱۴۰۳» with the word for a year; as it is where a text bears the year as its name («۱۴۰۲»)."""
        named = self._citations.texts.named(found["year"])
        return found.group() if named else f"{found['limits']} سال {found['year']}"


def _bare(question: str) -> str:
    return re.sub(r"[؟?!.،,;؛«»\"':()\s]+", " ", plain(question)).strip()


def _state(text: str) -> tuple[Wanted, str]:
    """The state that is named, EVERY for none or both sides; the text without the words for it."""
    named: list[Wanted] = []
    for wanted, pattern in _patterns().states.items():
        without = pattern.sub(" ", text)
        if without != text:
            named.append(wanted)
            text = without
    if len(named) > 1:  # «هنوز منتظر رویداد» waits; «گذشته و مانده» is everything
        named = [one for one in named if one in (Wanted.WAITING, Wanted.RECURRING)]
    return (named[0] if len(named) == 1 else Wanted.EVERY), text


def _length(text: str) -> tuple[Length | None, bool, str]:
    """How long the limits last that are asked for («ده ماهه»), whether only as a period («فصلی»); the other words."""
    for pattern, period in _patterns().periods:
        without, found = pattern.subn(" ", text)
        if found:
            return period, True, without
    if said := _SPAN.search(text):
        number = int(said["number"]) if said["number"].isdigit() else number_words(said["number"])
        if number:
            return length(number, UNIT_WORDS[said["unit"]]), bool(said["each"]), _SPAN.sub(" ", text)
    return None, False, text


def _matter(text: str) -> list[str]:
    """Words that tell of something particular."""
    patterns = _patterns()
    for pattern in (patterns.limit, patterns.duties, patterns.work, patterns.reports):
        text = pattern.sub(" ", text)
    return [word for word in re.findall(r"\w+", text) if not patterns.filler.fullmatch(word)]
